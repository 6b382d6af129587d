//! Symbols: functions, methods and types, found by a parser of the language.
//!
//! The grammars are tree-sitter's, which read files that do not compile, too:
//! what stands around a symbol may be broken.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use tree_sitter::{Node, Parser, Tree};

use super::Wrong;

/// A language in which symbols are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// Go.
    Go,
    /// Rust.
    Rust,
    /// Python.
    Python,
}

impl Grammar {
    /// Every language in which symbols are found, for messages.
    pub const NAMES: &'static str = "Go, Rust and Python";

    /// The language of a file, by the end of its name.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        match Path::new(path).extension()?.to_str()? {
            "go" => Some(Self::Go),
            "rs" => Some(Self::Rust),
            "py" | "pyi" => Some(Self::Python),
            _ => None,
        }
    }

    /// Whether a text is a whole file of this language.
    #[must_use]
    pub fn accepts(self, text: &str) -> bool {
        let Some(tree) = self.parse(text) else { return false };
        let root = tree.root_node();
        // The grammar of Go takes statements where the language has none.
        let is_statement = |node: Node<'_>| {
            let kind = node.kind();
            let is_clause = matches!(kind, "package_clause" | "comment");
            self == Self::Go && node.is_named() && !is_clause && !kind.ends_with("_declaration")
        };
        let mut nodes = root.walk();
        !root.has_error() && !root.children(&mut nodes).any(is_statement)
    }

    fn parse(self, text: &str) -> Option<Tree> {
        let language = match self {
            Self::Go => tree_sitter_go::LANGUAGE,
            Self::Rust => tree_sitter_rust::LANGUAGE,
            Self::Python => tree_sitter_python::LANGUAGE,
        };
        let mut parser = Parser::new();
        parser.set_language(&language.into()).ok()?;
        parser.parse(text, None)
    }

    /// What a node of the syntax tree defines.
    fn kind(self, node: Node<'_>) -> Option<Kind> {
        match (self, node.kind()) {
            (Self::Go, "function_declaration" | "method_declaration")
            | (Self::Rust, "function_item" | "function_signature_item")
            | (Self::Python, "function_definition") => Some(Kind::Func),
            (Self::Go, "type_spec" | "type_alias")
            | (
                Self::Rust,
                "struct_item" | "enum_item" | "union_item" | "type_item" | "trait_item",
            )
            | (Self::Python, "class_definition") => Some(Kind::Type),
            _ => None,
        }
    }

    /// The type that a function is a method of, in Go with the `*` of a pointer.
    fn owner<'a>(self, node: Node<'_>, text: &'a str) -> Option<&'a str> {
        let owner = match self {
            Self::Go => {
                let receiver = node.child_by_field_name("receiver")?;
                let mut cursor = receiver.walk();
                receiver
                    .named_children(&mut cursor)
                    .find_map(|it| it.child_by_field_name("type"))?
            }
            Self::Rust => enclosing(node, &["impl_item", "trait_item"])
                .and_then(|it| it.child_by_field_name("type").or(it.child_by_field_name("name")))?,
            Self::Python => enclosing(node, &["class_definition", "function_definition"])?
                .child_by_field_name("name")?,
        };
        // `Pool[T]`, `Pool<T>`: parameters are no part of the name.
        text[owner.byte_range()].split(['[', '<']).next().map(str::trim)
    }

    /// A method's name as the language writes it.
    fn method(self, owner: &str, name: &str) -> String {
        match self {
            Self::Go => format!("({owner}).{name}"),
            Self::Rust => format!("{owner}::{name}"),
            Self::Python => format!("{owner}.{name}"),
        }
    }

    /// Whether a node before a symbol belongs to it, beside comments.
    fn is_attribute(self, node: Node<'_>) -> bool {
        self == Self::Rust && node.kind() == "attribute_item"
    }
}

/// The two kinds of symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Func,
    Type,
}

/// A symbol of a file.
struct Symbol<'a, 'tree> {
    owner: Option<&'a str>,
    name: &'a str,
    node: Node<'tree>,
}

impl<'a> Symbol<'a, '_> {
    /// The name of the type that it is a method of.
    fn owner_name(&self) -> Option<&'a str> {
        self.owner.map(|owner| owner.trim_start_matches('*').trim())
    }
}

/// The lines of a symbol, as indices of lines.
pub(super) fn find(
    text: &str,
    grammar: Grammar,
    name: &str,
    is_type: bool,
    with_doc: bool,
) -> Result<Range<usize>, Wrong> {
    let tree = grammar.parse(text).ok_or(Wrong::NoGrammar)?;
    let kind = if is_type { Kind::Type } else { Kind::Func };
    let symbols = symbols(&tree, text, grammar, kind);
    // `(*Pool).Run`, `(Pool).Run`, `Pool.Run` and `Pool::run` name a method alike.
    let plain = name.replace("::", ".").replace(['(', ')', '*', '&'], "");
    let (owner, bare) = match plain.rsplit_once('.') {
        Some((owner, bare)) => (Some(owner), bare),
        None => (None, plain.as_str()),
    };
    let mut found: Vec<_> =
        symbols.iter().filter(|it| it.name == bare && it.owner_name() == owner).collect();
    if found.is_empty() && owner.is_none() {
        // A method may be named alone where only one type has it.
        found = symbols.iter().filter(|it| it.name == bare).collect();
    }
    match found.as_slice() {
        [one] => Ok(rows(one.node, text, grammar, with_doc)),
        [] => Err(Wrong::NotThere(names(&symbols, grammar))),
        several => Err(Wrong::Ambiguous(several.iter().map(|it| line(it.node)).collect())),
    }
}

/// Every symbol of a kind, in the order of the file.
fn symbols<'a, 'tree>(
    tree: &'tree Tree,
    text: &'a str,
    grammar: Grammar,
    kind: Kind,
) -> Vec<Symbol<'a, 'tree>> {
    let mut symbols = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if grammar.kind(node) == Some(kind)
            && let Some(name) = node.child_by_field_name("name")
        {
            let owner = grammar.owner(node, text).filter(|_| kind == Kind::Func);
            symbols.push(Symbol { owner, name: &text[name.byte_range()], node });
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return symbols;
            }
        }
    }
}

/// The nearest node around another that is of one of some kinds.
fn enclosing<'tree>(node: Node<'tree>, kinds: &[&str]) -> Option<Node<'tree>> {
    let mut around = node.parent();
    while let Some(node) = around {
        if kinds.contains(&node.kind()) {
            return Some(node);
        }
        around = node.parent();
    }
    None
}

/// The names of symbols, each once, as the language writes them.
fn names(symbols: &[Symbol<'_, '_>], grammar: Grammar) -> Vec<String> {
    let mut seen = BTreeMap::new();
    for symbol in symbols {
        let name = match symbol.owner {
            Some(owner) => grammar.method(owner, symbol.name),
            None => symbol.name.to_owned(),
        };
        seen.entry(name).or_insert(symbol.node.start_byte());
    }
    let mut names: Vec<_> = seen.into_iter().collect();
    names.sort_by_key(|(_, at)| *at);
    names.into_iter().map(|(name, _)| name).collect()
}

/// The line, counted from 1, on which a node begins.
fn line(node: Node<'_>) -> u32 {
    u32::try_from(node.start_position().row + 1).unwrap_or(u32::MAX)
}

/// The lines that a symbol takes, with its attributes and, if asked for, the
/// comment directly above it.
fn rows(symbol: Node<'_>, text: &str, grammar: Grammar, with_doc: bool) -> Range<usize> {
    let mut node = symbol;
    // What holds one symbol and nothing else is shown with it: `type Pool struct`
    // begins with the `type` of its declaration, a Python function with its decorators.
    while let Some(parent) = node.parent() {
        let holds_one = match parent.kind() {
            "type_declaration" => parent.named_child_count() == 1,
            "decorated_definition" => true,
            _ => false,
        };
        if !holds_one {
            break;
        }
        node = parent;
    }
    let end = node.end_position().row;
    let mut start = node.start_position().row;
    let mut above = node.prev_sibling();
    while let Some(sibling) = above {
        // A comment of Rust may take in the end of its line.
        let inside = text[sibling.byte_range()].trim_end().matches('\n').count();
        let touches = sibling.start_position().row + inside + 1 == start;
        let is_comment = sibling.kind().contains("comment");
        if !touches || !(grammar.is_attribute(sibling) || is_comment) {
            break;
        }
        if is_comment && (!with_doc || begins_behind_code(sibling, text)) {
            break;
        }
        start = sibling.start_position().row;
        above = sibling.prev_sibling();
    }
    start..end + 1
}

/// Whether other text stands before a node on its line.
fn begins_behind_code(node: Node<'_>, text: &str) -> bool {
    let start = node.start_byte();
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    !text[line..start].trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::tests::taken;
    use super::super::{Selector, cut};
    use super::*;

    const GO: &str = "package pool

// Pool runs jobs.
type Pool[T any] struct {
\tjobs chan T
}

type (
\t// ID names a job.
\tID int
\tName = string
)

var x = 1 // not a doc
// Run runs
// the jobs.
func (p *Pool[T]) Run() {
\tgo func() { p.jobs <- *new(T) }()
}

func (ID) Run() {}

func New() *Pool[int] { return nil }

func (p *Pool[T]) Close() {}
";

    #[test]
    fn go_has_functions_methods_and_types() {
        let run = ["func (p *Pool[T]) Run() {", "\tgo func() { p.jobs <- *new(T) }()", "}"];
        for name in ["(*Pool).Run", "(Pool).Run", "Pool.Run"] {
            assert_eq!(taken(GO, &format!("func={name}"), "a.go").unwrap(), run);
        }
        assert_eq!(
            taken(GO, "func=New", "a.go").unwrap(),
            ["func New() *Pool[int] { return nil }"]
        );
        assert_eq!(taken(GO, "func=Close", "a.go").unwrap(), ["func (p *Pool[T]) Close() {}"]);
        assert_eq!(
            taken(GO, "type=Pool", "a.go").unwrap(),
            ["type Pool[T any] struct {", "\tjobs chan T", "}"]
        );
        assert_eq!(taken(GO, "type=ID", "a.go").unwrap(), ["\tID int"]);
        assert_eq!(taken(GO, "type=Name", "a.go").unwrap(), ["\tName = string"]);
    }

    #[test]
    fn a_doc_comment_comes_along_when_asked_for() {
        let with_doc = |selector: &str| -> Vec<&str> {
            let selector = Selector::parse(selector).unwrap();
            let lines = cut(GO, &selector, Some(Grammar::Go), true).unwrap();
            lines.into_iter().map(|line| &GO[line.range]).collect()
        };
        assert_eq!(with_doc("func=Pool.Run")[..2], ["// Run runs", "// the jobs."]);
        assert_eq!(with_doc("type=Pool")[0], "// Pool runs jobs.");
        assert_eq!(with_doc("type=ID"), ["\t// ID names a job.", "\tID int"]);
        assert_eq!(with_doc("func=New").len(), 1);
    }

    #[test]
    fn a_name_that_two_have_or_none_is_told() {
        assert_eq!(taken(GO, "func=Run", "a.go"), Err(Wrong::Ambiguous(vec![17, 21])));
        let Err(Wrong::NotThere(names)) = taken(GO, "func=Pool.Stop", "a.go") else { panic!() };
        assert_eq!(names, ["(*Pool).Run", "(ID).Run", "New", "(*Pool).Close"]);
        assert_eq!(taken("x", "func=a", "a.zig"), Err(Wrong::NoGrammar));
    }

    #[test]
    fn rust_keeps_attributes() {
        let text = "/// Doc.\n#[derive(Debug)]\npub struct Pool<T>(T);\n\nimpl<T> Pool<T> {\n    \
                    /// Runs.\n    #[must_use]\n    pub fn run(&self) {}\n}\n\nfn run() {}\n";
        assert_eq!(
            taken(text, "type=Pool", "a.rs").unwrap(),
            ["#[derive(Debug)]", "pub struct Pool<T>(T);"]
        );
        assert_eq!(
            taken(text, "func=Pool::run", "a.rs").unwrap(),
            ["    #[must_use]", "    pub fn run(&self) {}"]
        );
        assert_eq!(taken(text, "func=run", "a.rs").unwrap(), ["fn run() {}"]);
        let selector = Selector::parse("type=Pool").unwrap();
        let lines = cut(text, &selector, Some(Grammar::Rust), true).unwrap();
        assert_eq!(lines.first().map(|line| line.number), Some(1));
    }

    #[test]
    fn python_keeps_decorators() {
        let text = "class Pool:\n    @property\n    def size(self):\n        return 1\n\n\
                    def size():\n    pass\n";
        assert_eq!(
            taken(text, "func=Pool.size", "a.py").unwrap(),
            ["    @property", "    def size(self):", "        return 1"]
        );
        assert_eq!(taken(text, "func=size", "a.py").unwrap(), ["def size():", "    pass"]);
        assert_eq!(taken(text, "type=Pool", "a.py").unwrap().len(), 4);
    }

    #[test]
    fn a_broken_file_still_has_its_symbols() {
        let text = "package p\n\nfunc Good() {}\n\nfunc Bad( {\n";
        assert_eq!(taken(text, "func=Good", "a.go").unwrap(), ["func Good() {}"]);
    }
}
