//! Fields: what front matter and directives share in reading their keys.
//!
//! Takes entries of a YAML map, gives typed values or says what is wrong with
//! each. Which keys there are is the callers' business.

use super::text::Located;
use super::yaml::{self, Entry, Node, Value};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Overflow, Time, Transition};
use crate::source::{Span, Spanned};

/// A piece of YAML whose keys are being read.
pub(super) struct Fields<'f> {
    /// The YAML.
    pub(super) text: &'f Located,
    /// How many bytes were put before it for the parser.
    pub(super) before: usize,
    /// Takes the findings.
    pub(super) found: &'f mut Vec<Diagnostic>,
}

impl Fields<'_> {
    /// The span of a key or value.
    pub(super) fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let at = |at: usize| at.saturating_sub(self.before).min(self.text.text.len());
        self.text.span(at(range.start)..at(range.end))
    }

    /// Reports a value of another kind than wanted: of all of an entry, or of
    /// a part of it. Where there is nothing to see, the key is underlined.
    fn wrong(&mut self, entry: &Entry, node: &Node, wanted: &str, example: &str) {
        let range = if node.range.is_empty() { &entry.range } else { &node.range };
        let place = self.span(range);
        let key = &entry.key;
        let message = if node.value == Value::Null {
            format!("`{key}` has no value")
        } else {
            format!("`{key}` is {}, not {wanted}", node.kind())
        };
        self.found.push(
            Diagnostic::error("wrong-type", place, message)
                .hint(format!("write it like `{example}`")),
        );
    }

    /// Text: any scalar.
    pub(super) fn text(&mut self, entry: &Entry, example: &str) -> Option<Spanned<String>> {
        self.scalar(entry, &entry.node, "text", example)
    }

    /// A scalar, which is the value of an entry or stands in it.
    fn scalar(
        &mut self,
        entry: &Entry,
        node: &Node,
        wanted: &str,
        example: &str,
    ) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } => Some(Spanned::new(text.clone(), self.span(&node.range))),
            Value::Null | Value::List(_) | Value::Map(_) => {
                self.wrong(entry, node, wanted, example);
                None
            }
        }
    }

    /// A text that must have a form.
    pub(super) fn form(
        &mut self,
        entry: &Entry,
        wanted: &str,
        example: &str,
        holds: impl FnOnce(&str) -> bool,
    ) -> Option<Spanned<String>> {
        let text = self.text(entry, example)?;
        if holds(&text.value) {
            return Some(text);
        }
        let (key, value) = (&entry.key, &text.value);
        let message = format!("`{key}` is `{value}`, not {wanted}");
        self.found.push(
            Diagnostic::error("wrong-value", text.span, message)
                .hint(format!("write it like `{example}`")),
        );
        None
    }

    /// An address on the web, with a scheme or starting with `//`.
    pub(super) fn address(&mut self, entry: &Entry) -> Option<Spanned<String>> {
        let example = format!("{}: https://example.org/", entry.key);
        self.form(entry, "an address on the web", &example, is_address)
    }

    /// How slides take each other's place.
    pub(super) fn transition(&mut self, entry: &Entry) -> Option<Transition> {
        let is_one = |text: &str| Transition::named(text).is_some();
        let text = self.form(entry, "`none`, `fade` or `slide`", "transition: fade", is_one)?;
        Transition::named(&text.value)
    }

    /// What happens to code that is too long.
    pub(super) fn overflow(&mut self, entry: &Entry) -> Option<Overflow> {
        let is_one = |text: &str| matches!(text, "error" | "split");
        let text = self.form(entry, "`error` or `split`", "overflow: split", is_one)?;
        Some(if text.value == "split" { Overflow::Split } else { Overflow::Error })
    }

    /// A time.
    pub(super) fn time(&mut self, entry: &Entry) -> Option<Spanned<Time>> {
        // A bare number most likely counts minutes.
        let minutes = match &entry.node.value {
            Value::Scalar { text, .. } => text.parse::<u16>().ok(),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        };
        let time = minutes.map_or("1m30s".to_owned(), |minutes| format!("{minutes}m"));
        let example = format!("{}: {time}", entry.key);
        let wanted = "a time of at most 24 hours";
        let text = self.form(entry, wanted, &example, |text| Time::parse(text).is_some())?;
        Some(Spanned::new(Time::parse(&text.value)?, text.span))
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&mut self, entry: &Entry, example: &str) -> Vec<Spanned<String>> {
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Null | Value::Scalar { .. } | Value::Map(_) => std::slice::from_ref(&entry.node),
        };
        nodes
            .iter()
            .filter_map(|node| self.scalar(entry, node, "a list of texts", example))
            .collect()
    }
}

/// Whether a text is an address on the web.
pub(super) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://", "//"].iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// Reads YAML whose outermost value must be a map.
///
/// `before` and `after` are put around it for the parser.
pub(super) fn entries(
    text: &Located,
    (before, after): (&str, &str),
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let yaml = format!("{before}{}{after}", text.text);
    let fields = Fields { text, before: before.len(), found };
    match yaml::parse(&yaml) {
        Ok(Node { value: Value::Map(entries), .. }) => entries,
        Ok(Node { value: Value::Null, .. }) if text.text.trim().is_empty() => Vec::new(),
        Ok(node) => {
            let bare = text.text.trim();
            let start = text.text.len() - text.text.trim_start().len() + before.len();
            let all = start..start + bare.len();
            let place = fields.span(if node.range.is_empty() { &all } else { &node.range });
            fields.found.push(
                Diagnostic::error("syntax", place, format!("{what} has no keys"))
                    .hint("write a key, a colon, a space and a value on each line")
                    .hint("a first line `---` starts no slide: delete it if the deck has no keys"),
            );
            Vec::new()
        }
        Err(error) => {
            let length = yaml[error.at..].chars().next().map_or(1, char::len_utf8);
            let at = fields.span(&(error.at..error.at + length));
            let message = format!("{what} is not YAML: {}", error.message);
            fields.found.push(Diagnostic::error("syntax", at, message).hint(
                "put quotes around a value that holds a colon, `#`, `{`, `[`, `&`, `*` or quotes",
            ));
            Vec::new()
        }
    }
}

/// Reports an entry whose key stands above already. The first one holds.
pub(super) fn duplicate(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error("duplicate-key", span, format!("`{key}` is given twice"))
        .also(first, "it is given here first")
        .hint("delete one of the two")
}

/// Adds findings to those of the run.
pub(super) fn hand_over(found: Vec<Diagnostic>, diags: &mut Diagnostics) {
    diags.extend(found);
}
