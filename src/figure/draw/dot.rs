//! `dot`: graphs in Graphviz's language.
//!
//! Takes the lines of a graph, which `read` understands, and lays it out as a
//! flowchart. What a graph says is drawn: nodes, edges, clusters, labels, shapes,
//! dashes and the direction. How it wishes to look, in colours, faces and sizes, is
//! the deck's business, and `rank` and its like are hints to another layout.

mod read;
mod tokens;

use self::read::{Attributes, Edge, Graph};
use super::sheet::Kit;
use super::{Drawn, Mistake, Mistakes, mermaid, put};
use crate::model::Drawing;

/// The most nodes and edges that are drawn: several times what can be read.
const MAX_ITEMS: usize = 200;

/// The shapes that are drawn, and how a flowchart opens and closes them.
const SHAPES: [(&str, &str, &str); 22] = [
    ("box", "[", "]"),
    ("rect", "[", "]"),
    ("rectangle", "[", "]"),
    ("square", "[", "]"),
    ("record", "[", "]"),
    ("Mrecord", "(", ")"),
    ("component", "[[", "]]"),
    ("ellipse", "([", "])"),
    ("oval", "([", "])"),
    ("egg", "([", "])"),
    ("circle", "((", "))"),
    ("doublecircle", "(((", ")))"),
    ("diamond", "{", "}"),
    ("cylinder", "[(", ")]"),
    ("hexagon", "{{", "}}"),
    ("parallelogram", "[/", "/]"),
    ("trapezium", "[/", "\\]"),
    ("invtrapezium", "[\\", "/]"),
    ("cds", ">", "]"),
    ("plaintext", "[", "]"),
    ("plain", "[", "]"),
    ("none", "[", "]"),
];

/// Draws a graph.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let drawn = read::graph(&drawing.lines).and_then(|graph| {
        mermaid::flowchart(kit, &flowchart(&graph)).map_err(|why| {
            let what = format!("this graph cannot be laid out: {why}");
            Mistake::whole(what, "show it in parts, a slide each")
        })
    });
    drawn.map_err(|mistake| mistakes.push(mistake)).ok()
}

/// A graph in Mermaid's language.
fn flowchart(graph: &Graph) -> String {
    let direction = match graph.rankdir.as_str() {
        it @ ("LR" | "RL" | "BT") => it,
        _ => "TB",
    };
    let mut out = format!("flowchart {direction}\n");
    for (at, node) in graph.nodes.iter().enumerate() {
        let label = node.attributes.get("label").map_or("\\N", String::as_str);
        let shape = node.attributes.get("shape").map_or("ellipse", String::as_str);
        let (_, open, close) = SHAPES.iter().find(|it| it.0 == shape).unwrap_or(&SHAPES[0]);
        put(&mut out, format_args!("n{at}{open}{}{close}\n", quoted(label, &node.name)));
        if ["plaintext", "plain", "none"].contains(&shape) {
            put(&mut out, format_args!("style n{at} fill:none,stroke:none\n"));
        }
    }
    for at in 0..graph.clusters.len() {
        if graph.clusters[at].parent.is_none() {
            cluster(graph, at, &mut out);
        }
    }
    for edge in &graph.edges {
        let (from, to, arrow) = arrow(edge, graph.is_directed);
        let label = edge.attributes.get("label").filter(|it| !it.is_empty());
        let label = label.map_or(String::new(), |it| format!("|{}|", quoted(it, "")));
        put(&mut out, format_args!("n{from} {arrow}{label} n{to}\n"));
    }
    out
}

/// The ends of an edge, and its arrow.
fn arrow(edge: &Edge, is_directed: bool) -> (usize, usize, String) {
    let value =
        |attributes: &Attributes, name: &str| attributes.get(name).cloned().unwrap_or_default();
    let style = value(&edge.attributes, "style");
    let dir = value(&edge.attributes, "dir");
    let has_head = value(&edge.attributes, "arrowhead") != "none";
    let dir = match dir.as_str() {
        "" if is_directed => "forward",
        "" => "none",
        other => other,
    };
    let line = match style.as_str() {
        "dashed" | "dotted" => ("-.-", "-.->", "<-.->"),
        "bold" => ("===", "==>", "<==>"),
        _ => ("---", "-->", "<-->"),
    };
    let arrow = match dir {
        "both" => line.2,
        "forward" | "back" if has_head => line.1,
        _ => line.0,
    };
    let (from, to) = if dir == "back" { (edge.to, edge.from) } else { (edge.from, edge.to) };
    (from, to, arrow.to_owned())
}

/// A cluster with what is in it.
fn cluster(graph: &Graph, at: usize, out: &mut String) {
    let cluster = &graph.clusters[at];
    let label = if cluster.label.is_empty() { " " } else { &cluster.label };
    put(out, format_args!("subgraph c{at} [{}]\n", quoted(label, "")));
    for node in &cluster.nodes {
        put(out, format_args!("n{node}\n"));
    }
    for inner in 0..graph.clusters.len() {
        if graph.clusters[inner].parent == Some(at) {
            self::cluster(graph, inner, out);
        }
    }
    out.push_str("end\n");
}

/// A label in Mermaid's quotes, in which nothing has a meaning but the ends of lines.
/// `\N` stands for a name.
fn quoted(label: &str, name: &str) -> String {
    let mut out = String::from("\"");
    let mut chars = label.chars();
    while let Some(ch) = chars.next() {
        match ch {
            '\\' => match chars.next() {
                Some('n' | 'l' | 'r') => out.push_str("<br/>"),
                Some('N') => name.chars().for_each(|ch| letter(&mut out, ch)),
                Some(other) => letter(&mut out, other),
                None => {}
            },
            ch => letter(&mut out, ch),
        }
    }
    // Graphviz ends a label with the end of its last line.
    let out = out.strip_suffix("<br/>").unwrap_or(&out);
    format!("{out}\"")
}

/// A character as itself, or by its number where it could have a meaning.
fn letter(out: &mut String, ch: char) {
    if ch.is_ascii_punctuation() && !".,:-/()'".contains(ch) {
        put(out, format_args!("#{};", u32::from(ch)));
    } else {
        out.push(ch);
    }
}
