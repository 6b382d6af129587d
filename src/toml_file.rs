//! TOML files whose every key and value keeps its place.
//!
//! Takes the text of a layout or a theme and gives a [`Table`]; [`Reading`]
//! takes values out of it, reports every mistake with the bytes it concerns,
//! and goes on, so that one run shows all of them. What the keys mean is
//! `layout/`'s and `theme/`'s business.

use toml_edit::{ImDocument, Item, TableLike};

use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::Pt;
use crate::source::{SourceId, Sources, Span, Spanned};

/// The most bytes of a layout or theme: six hundred times what the shipped ones
/// have.
const MAX_BYTES: usize = 1 << 20;

/// A table: keys with values, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The table's head, or its braces; the start of the file for the file.
    pub span: Span,
    /// What messages call it: `the layout`, `slot title`.
    pub what: String,
    /// The keys and their values.
    pub entries: Vec<(Spanned<String>, Node)>,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The kinds of value that layouts and themes use.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A number, whole or not.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date or time, which no key takes.
    Date,
    /// An array.
    List(Vec<Node>),
    /// A table.
    Table(Vec<(Spanned<String>, Node)>),
}

impl Value {
    /// What messages call a value of this kind.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(found, _)| found.value == key).map(|(_, node)| node)
    }

    /// Where a key stands.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|(found, _)| found.value == key).map(|(found, _)| found.span)
    }
}

/// Reads one file and collects what is wrong with it.
#[derive(Debug)]
pub struct Reading<'a> {
    rule: &'static str,
    source: SourceId,
    diags: &'a mut Diagnostics,
    failed: bool,
}

impl<'a> Reading<'a> {
    /// Starts reading a source; findings get the name `rule`.
    pub const fn new(rule: &'static str, source: SourceId, diags: &'a mut Diagnostics) -> Self {
        Self { rule, source, diags, failed: false }
    }

    /// Whether anything was wrong.
    #[must_use]
    pub const fn failed(&self) -> bool {
        self.failed
    }

    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.diags.push(diagnostic);
    }

    /// A mistake of this file, to be completed and given to
    /// [`Reading::report`].
    #[must_use]
    pub fn mistake(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.rule, span, message)
    }

    /// The file as a table. Reports what is not TOML, and a key given twice.
    pub fn file(&mut self, sources: &Sources, what: &str) -> Option<Table> {
        let text = &sources.get(self.source).text;
        let start = Span::new(self.source, 0..0);
        if MAX_BYTES < text.len() {
            let message = format!("{what} has {} bytes, more than {MAX_BYTES}", text.len());
            let hint = "leave out what it does not need: those that deckc ships have at most 2,000";
            self.report(self.mistake(start, message).hint(hint));
            return None;
        }
        match ImDocument::parse(&**text) {
            Ok(document) => {
                let entries = self.entries(document.as_table(), start);
                Some(Table { span: start, what: what.to_owned(), entries })
            }
            Err(error) => {
                let span = error.span().map_or(start, |range| Span::new(self.source, range));
                // The parser says nothing where a value should be and is not.
                let message = match error.message().trim() {
                    "" => "a value is missing".to_owned(),
                    message => message.replace('\n', ", "),
                };
                self.report(
                    self.mistake(span, message)
                        .hint("write TOML: `key = \"text\"`, `key = 1`, `[table]`"),
                );
                None
            }
        }
    }

    /// The keys and values of a table; those without bytes of their own, like
    /// `slots` in `[slots.body]`, stand where their table stands.
    fn entries(&self, table: &dyn TableLike, at: Span) -> Vec<(Spanned<String>, Node)> {
        let place = |range: Option<_>| range.map_or(at, |range| Span::new(self.source, range));
        let entry = |(name, item): (&str, &Item)| {
            let span = place(table.key(name).and_then(toml_edit::Key::span));
            (Spanned::new(name.to_owned(), span), self.item(item, place(item.span())))
        };
        table.iter().map(entry).collect()
    }

    fn item(&self, item: &Item, span: Span) -> Node {
        let value = match item {
            Item::None => Value::List(Vec::new()),
            Item::Value(value) => return self.node(value, span),
            Item::Table(table) => Value::Table(self.entries(table, span)),
            Item::ArrayOfTables(tables) => Value::List(
                tables
                    .iter()
                    .map(|table| Node { span, value: Value::Table(self.entries(table, span)) })
                    .collect(),
            ),
        };
        Node { span, value }
    }

    fn node(&self, value: &toml_edit::Value, at: Span) -> Node {
        let span = value.span().map_or(at, |range| Span::new(self.source, range));
        let value = match value {
            toml_edit::Value::String(text) => Value::Text(text.value().clone()),
            // No token is anywhere near 2^52, where this would round.
            #[expect(clippy::cast_precision_loss)]
            toml_edit::Value::Integer(number) => Value::Number(*number.value() as f64),
            toml_edit::Value::Float(number) => Value::Number(*number.value()),
            toml_edit::Value::Boolean(flag) => Value::Flag(*flag.value()),
            toml_edit::Value::Datetime(_) => Value::Date,
            toml_edit::Value::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item, span)).collect())
            }
            toml_edit::Value::InlineTable(table) => Value::Table(self.entries(table, span)),
        };
        Node { span, value }
    }

    /// Reports every key that is not one of `known`.
    pub fn only(&mut self, table: &Table, known: &[&str]) {
        for (key, _) in &table.entries {
            if !known.contains(&key.value.as_str()) {
                let message = format!("{} has no key `{}`", table.what, key.value);
                let mistake = self.mistake(key.span, message);
                self.report(mistake.mistyped(key.span, &key.value, known));
            }
        }
    }

    /// The value of a key that must be there.
    pub fn need<'t>(&mut self, table: &'t Table, key: &str) -> Option<&'t Node> {
        let found = table.get(key);
        if found.is_none() {
            let message = format!("{} has no `{key}`", table.what);
            self.report(self.mistake(table.span, message).hint(format!("add `{key} = ...`")));
        }
        found
    }

    /// Reports that a value is of the wrong kind.
    pub fn wrong_kind(&mut self, node: &Node, key: &str, expected: &str) {
        let message = format!("`{key}` is {}, not {expected}", node.value.kind());
        self.report(self.mistake(node.span, message).hint(format!("write {expected}")));
    }

    /// A string.
    pub fn text(&mut self, node: &Node, key: &str) -> Option<Spanned<String>> {
        if let Value::Text(text) = &node.value {
            return Some(Spanned::new(text.clone(), node.span));
        }
        self.wrong_kind(node, key, "a string");
        None
    }

    /// A list.
    pub fn list<'t>(&mut self, node: &'t Node, key: &str) -> Option<&'t [Node]> {
        if let Value::List(items) = &node.value {
            return Some(items);
        }
        self.wrong_kind(node, key, "a list");
        None
    }

    /// A list of strings.
    pub fn texts(&mut self, node: &Node, key: &str) -> Option<Vec<Spanned<String>>> {
        let items = self.list(node, key)?;
        items.iter().map(|item| self.text(item, key)).collect()
    }

    /// A table, which messages call `what`.
    pub fn table(&mut self, at: Span, node: &Node, key: &str, what: &str) -> Option<Table> {
        if let Value::Table(entries) = &node.value {
            return Some(Table { span: at, what: what.to_owned(), entries: entries.clone() });
        }
        self.wrong_kind(node, key, "a table");
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        self.wrong_kind(node, key, "`true` or `false`");
        None
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, node: &Node, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, key)?;
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{key}` cannot be `{}`", text.value);
            let mistake = self.mistake(text.span, message);
            self.report(mistake.quoted_mistyped(text.span, &text.value, &names));
        }
        found
    }

    /// A length like `"24pt"`: finite, not negative, and no more than 10,000 pt.
    pub fn length(&mut self, node: &Node, key: &str) -> Option<Pt> {
        if let Value::Number(number) = node.value {
            let message = format!("`{key}` has no unit");
            let text = format!("\"{number}pt\"");
            let hint = format!("write points: `{text}`");
            self.report(self.mistake(node.span, message).hint(hint).patch(node.span, text));
            return None;
        }
        let text = self.text(node, key)?;
        let found = length(&text.value);
        if found.is_none() {
            let message = format!("`{}` is not a length", text.value);
            self.report(self.mistake(text.span, message).hint("write points, like `\"24pt\"`"));
        }
        found
    }
}

/// A length like `24pt`, from 0 to 10,000 pt.
#[must_use]
pub fn length(text: &str) -> Option<Pt> {
    number(text.strip_suffix("pt")?).map(Pt)
}

/// A plain decimal number from 0 to 10,000: digits, and at most one point.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let plain = text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !plain {
        return None;
    }
    text.parse().ok().filter(|value| (0.0..=10_000.0).contains(value))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let id = sources.add(Source::new(Path::new("a.toml"), text));
        let mut diags = Diagnostics::default();
        let table = Reading::new("broken-layout", id, &mut diags).file(&sources, "the layout");
        (table, diags.sorted())
    }

    #[test]
    fn keys_and_values_keep_their_bytes_and_their_order() {
        let text = "b = \"é\"\n[slots.z]\nk = [1, 2.5]\n[slots.a]\nf = true\n";
        let (table, diags) = read(text);
        assert!(diags.is_empty(), "{diags:?}");
        let table = table.expect("the file is TOML");
        let (key, node) = &table.entries[0];
        assert_eq!((&text[key.span.range()], &text[node.span.range()]), ("b", "\"é\""));
        let Some(Node { value: Value::Table(slots), .. }) = table.get("slots") else {
            panic!("slots is a table");
        };
        let names: Vec<&str> = slots.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(names, ["z", "a"]);
        assert_eq!(&text[slots[1].0.span.range()], "a");
    }

    #[test]
    fn what_is_not_toml_is_reported_where_it_stands() {
        for text in
            ["a = ", "a = 1\na = 2\n", "= 1", "a = \"x", "[a", "a = 1979-05-27", "\u{feff}["]
        {
            let (_, diags) = read(text);
            assert!(diags.len() <= 1, "{text}: {diags:?}");
            for diag in diags {
                assert!(diag.span.range().end <= text.len(), "{text}");
                assert!(!diag.message.contains('\n'), "{text}");
            }
        }
    }

    #[test]
    fn lengths_are_plain_numbers_of_points() {
        assert_eq!(length("28.8pt"), Some(Pt(28.8)));
        for text in ["24", "24px", "-1pt", "1e3pt", "infpt", "NaNpt", "pt", "1.2.3pt", "10001pt"] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
