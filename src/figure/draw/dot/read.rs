//! What a graph says.
//!
//! Takes lines, gives nodes, edges and clusters with the attributes that count. An
//! attribute that would show and is not drawn is a mistake; one of looks or of layout
//! is passed over, as `tests/spec/dot.md` says.

use std::collections::BTreeMap;

use super::tokens::{self, Token};
use super::{MAX_ITEMS, SHAPES};
use crate::diag::nearest_hint;
use crate::figure::draw::Mistake;
use crate::model::CodeLine;

/// How deep subgraphs nest.
const MAX_DEPTH: usize = 8;

/// Attributes that show something else than looks, and are not drawn.
const NOT_DRAWN: [&str; 5] = ["headlabel", "taillabel", "xlabel", "image", "peripheries"];

/// The values of `style` that are drawn, or are how boxes look anyway.
const STYLES: [&str; 6] = ["solid", "dashed", "dotted", "bold", "filled", "rounded"];

/// The names of attributes with their values.
pub(super) type Attributes = BTreeMap<String, String>;

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Attributes,
}

/// An edge between two nodes.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) attributes: Attributes,
}

/// A group of nodes that is drawn around them: its label, the group around it, and
/// its nodes.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    pub(super) label: String,
    pub(super) parent: Option<usize>,
    pub(super) nodes: Vec<usize>,
}

/// A graph.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) is_directed: bool,
    pub(super) rankdir: String,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) clusters: Vec<Cluster>,
}

/// Reads a graph.
pub(super) fn graph(lines: &[CodeLine]) -> Result<Graph, Mistake> {
    let tokens = tokens::read(lines)?;
    let mut reader = Reader { tokens: &tokens, at: 0, graph: Graph::default() };
    reader.graph()?;
    let graph = reader.graph;
    if graph.nodes.is_empty() {
        return Err(Mistake::whole("this graph has no node", HINT));
    }
    Ok(graph)
}

/// What a graph looks like.
const HINT: &str = "write a graph like `digraph { a -> b [label=\"c\"] }`";

/// What holds for the nodes and edges of a subgraph, and where they belong.
#[derive(Clone, Default)]
struct Scope {
    cluster: Option<usize>,
    node: Attributes,
    edge: Attributes,
    depth: usize,
}

/// Reads one statement after the other.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    graph: Graph,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, sign: &str) -> bool {
        self.peek().is_some_and(|token| token.is(sign))
    }

    fn take(&mut self, sign: &str) -> bool {
        let is = self.is(sign);
        self.at += usize::from(is);
        is
    }

    fn want(&mut self, sign: &str) -> Result<(), Mistake> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(&format!("`{sign}`"))) }
    }

    /// A name, or the value of an attribute.
    fn name(&mut self, wanted: &str) -> Result<Token, Mistake> {
        let Some(token) = self.peek().filter(|token| token.is_name()).cloned() else {
            return Err(self.wrong(wanted));
        };
        self.at += 1;
        Ok(token)
    }

    /// The mistake that something else was expected here.
    fn wrong(&self, wanted: &str) -> Mistake {
        match (self.peek(), self.tokens.last()) {
            (Some(token), _) => Mistake::at(
                token.span,
                format!("`{}` stands where {wanted} should", token.text),
                HINT,
            ),
            (None, Some(token)) => {
                Mistake::at(token.span, format!("{wanted} is missing behind this"), HINT)
            }
            (None, None) => Mistake::whole("this graph is empty", HINT),
        }
    }

    fn graph(&mut self) -> Result<(), Mistake> {
        self.take("strict");
        self.graph.is_directed = self.take("digraph");
        if !self.graph.is_directed && !self.take("graph") {
            return Err(self.wrong("`digraph` or `graph`"));
        }
        if !self.is("{") {
            self.name("the name of the graph or `{`")?;
        }
        self.want("{")?;
        self.statements(Scope::default())?;
        if self.peek().is_some() { Err(self.wrong("the end")) } else { Ok(()) }
    }

    /// Statements up to a closing brace; gives the nodes that they name.
    fn statements(&mut self, mut scope: Scope) -> Result<Vec<usize>, Mistake> {
        if MAX_DEPTH < scope.depth {
            let at = self.tokens[self.at.min(self.tokens.len() - 1)].span;
            let what = format!("subgraphs nest more than {MAX_DEPTH} deep");
            return Err(Mistake::at(at, what, "draw a part of the graph"));
        }
        let mut named = Vec::new();
        while !self.take("}") {
            if self.take(";") || self.take(",") {
                continue;
            }
            let Some(first) = self.peek().cloned() else { return Err(self.wrong("`}`")) };
            let next_is =
                |sign: &str| self.tokens.get(self.at + 1).is_some_and(|token| token.is(sign));
            let kind = ["graph", "node", "edge"].into_iter().find(|it| first.is(it));
            if let Some(kind) = kind.filter(|_| next_is("[")) {
                self.at += 1;
                let attributes = self.attributes()?;
                match kind {
                    "node" => scope.node.extend(attributes),
                    "edge" => scope.edge.extend(attributes),
                    _ => self.about(scope.cluster, &first, &attributes)?,
                }
            } else if next_is("=") {
                self.at += 2;
                let value = self.name("a value")?;
                self.about(scope.cluster, &first, &[(first.text.clone(), value.text)].into())?;
            } else {
                named.extend(self.chain(&scope)?);
            }
        }
        Ok(named)
    }

    /// A node, a subgraph, or several joined by edges.
    fn chain(&mut self, scope: &Scope) -> Result<Vec<usize>, Mistake> {
        let mut ends = vec![self.end(scope)?];
        while self.is("->") || self.is("--") {
            let is_directed = self.is("->");
            if is_directed != self.graph.is_directed {
                let (here, there) = if is_directed { ("->", "--") } else { ("--", "->") };
                let kind = if is_directed { "graph" } else { "digraph" };
                let span = self.tokens[self.at].span;
                let what = format!("`{here}` joins no nodes of a `{kind}`");
                return Err(Mistake::at(span, what, format!("write `{there}`")));
            }
            self.at += 1;
            ends.push(self.end(scope)?);
        }
        let first = self.tokens[self.at - 1].span;
        let attributes = if self.is("[") { self.attributes()? } else { Attributes::new() };
        if let [only] = ends.as_slice() {
            for at in only {
                self.graph.nodes[*at].attributes.extend(attributes.clone());
            }
        }
        for pair in ends.windows(2) {
            for (from, to) in pair[0].iter().flat_map(|a| pair[1].iter().map(move |b| (*a, *b))) {
                let mut all = scope.edge.clone();
                all.extend(attributes.clone());
                self.graph.edges.push(Edge { from, to, attributes: all });
                if MAX_ITEMS < self.graph.nodes.len() + self.graph.edges.len() {
                    let what =
                        format!("this graph has more than {MAX_ITEMS} nodes and edges together");
                    return Err(Mistake::at(first, what, "show a part of it"));
                }
            }
        }
        Ok(ends.into_iter().flatten().collect())
    }

    /// What an edge can end at: a node, or all nodes of a subgraph.
    fn end(&mut self, scope: &Scope) -> Result<Vec<usize>, Mistake> {
        let is_subgraph = self.take("subgraph");
        let name = if is_subgraph && !self.is("{") {
            self.name("the name of the subgraph or `{`")?.text
        } else {
            String::new()
        };
        if is_subgraph || self.is("{") {
            self.want("{")?;
            let mut inner = Scope { depth: scope.depth + 1, ..scope.clone() };
            if name.starts_with("cluster") {
                inner.cluster = Some(self.graph.clusters.len());
                self.graph.clusters.push(Cluster { parent: scope.cluster, ..Cluster::default() });
            }
            return self.statements(inner);
        }
        let token = self.name("the name of a node")?;
        // A port: where on the node an edge ends is left to the layout.
        while self.take(":") {
            self.name("a port")?;
        }
        let known = self.graph.nodes.iter().position(|node| node.name == token.text);
        let at = known.unwrap_or_else(|| {
            let (name, attributes) = (token.text, scope.node.clone());
            self.graph.nodes.push(Node { name, attributes });
            self.graph.nodes.len() - 1
        });
        if let Some(cluster) = scope.cluster
            && !self.graph.clusters.iter().any(|it| it.nodes.contains(&at))
        {
            self.graph.clusters[cluster].nodes.push(at);
        }
        if MAX_ITEMS < self.graph.nodes.len() {
            let what = format!("this graph has more than {MAX_ITEMS} nodes");
            return Err(Mistake::at(token.span, what, "show a part of it"));
        }
        Ok(vec![at])
    }

    fn attributes(&mut self) -> Result<Attributes, Mistake> {
        let mut found = Attributes::new();
        while self.take("[") {
            while !self.take("]") {
                if self.take(",") || self.take(";") {
                    continue;
                }
                let key = self.name("an attribute or `]`")?;
                let value = if self.take("=") {
                    self.name("a value")?
                } else {
                    Token { text: "true".to_owned(), ..key.clone() }
                };
                check(&key, &value)?;
                found.insert(key.text, value.text);
            }
        }
        Ok(found)
    }

    /// Takes what is said of the graph, or of the cluster that it stands in.
    fn about(
        &mut self,
        cluster: Option<usize>,
        at: &Token,
        attributes: &Attributes,
    ) -> Result<(), Mistake> {
        for (key, value) in attributes {
            match (key.as_str(), cluster) {
                ("label", Some(cluster)) => self.graph.clusters[cluster].label.clone_from(value),
                ("label", None) => {
                    let what = "the label of a whole graph is not drawn";
                    let hint = format!("write it behind `dot`: `caption=\"{value}\"`");
                    return Err(Mistake::at(at.span, what, hint));
                }
                ("rankdir", None) => self.graph.rankdir.clone_from(value),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Looks whether what an attribute says is drawn.
fn check(key: &Token, value: &Token) -> Result<(), Mistake> {
    let text = value.text.as_str();
    if NOT_DRAWN.contains(&key.text.as_str()) {
        let what = format!("`{}` is not drawn", key.text);
        return Err(Mistake::at(key.span, what, "say it in `label`"));
    }
    let unknown = |what: &str, known: &[&str]| {
        Err(Mistake::at(
            value.span,
            format!("`{text}` is no {what} that is drawn"),
            nearest_hint(text, known),
        ))
    };
    match key.text.as_str() {
        "shape" if SHAPES.iter().all(|(name, ..)| *name != text) => {
            unknown("shape", &SHAPES.map(|(name, ..)| name))
        }
        "style" => {
            let styles = text.split(',').map(str::trim);
            let is_known = |style: &str| STYLES.contains(&style) || style.is_empty();
            if styles.clone().all(is_known) { Ok(()) } else { unknown("style", &STYLES) }
        }
        "dir" if !["forward", "back", "both", "none"].contains(&text) => {
            unknown("direction", &["forward", "back", "both", "none"])
        }
        "label" if text.contains('|') && text.contains(['{', '<']) => Err(Mistake::at(
            value.span,
            "the fields of a record are not drawn",
            "write one text, or a node for each field",
        )),
        _ => Ok(()),
    }
}
