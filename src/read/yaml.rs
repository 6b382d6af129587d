//! YAML: a tree of values with the bytes they stand on.
//!
//! Takes a piece of YAML, gives a [`Node`] or what is wrong with its syntax.
//! What keys mean is the callers' business. Scalars keep their text: `2024` and
//! `2017-10-02` are read as they were written.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, Options, Spanned};

/// A value, and where it stands in the YAML.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// The bytes of the value, quotes included.
    pub(super) range: Range<usize>,
    /// The value.
    pub(super) value: Value,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing: `key:` or `null`.
    Null,
    /// Text, a number, a truth value or a date: the text as written, without
    /// quotes and with escapes resolved.
    Scalar {
        /// The text.
        text: String,
        /// What a program that is not deckc would take it for.
        json: serde_json::Value,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order; a key may come twice.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// The bytes of the key.
    pub(super) range: Range<usize>,
    /// The value.
    pub(super) node: Node,
}

/// What is wrong with the syntax, and where.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// The place.
    pub(super) at: usize,
    /// What the parser says.
    pub(super) message: String,
}

impl Node {
    /// The word for the kind of value in messages.
    pub(super) const fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// The value as JSON.
    pub(super) fn json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Scalar { json, .. } => json.clone(),
            Value::List(nodes) => nodes.iter().map(Self::json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.node.json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

/// Reads a piece of YAML. Nothing at all is [`Value::Null`].
pub(super) fn parse(yaml: &str) -> Result<Node, SyntaxError> {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::LastWins;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.strict_booleans = true;
    options.with_snippet = false;
    match serde_saphyr::from_str_with_options::<Option<Spanned<Raw>>>(yaml, options) {
        Ok(Some(found)) => Ok(node(found, yaml)),
        Ok(None) => Ok(Node { range: 0..yaml.len(), value: Value::Null }),
        Err(error) => {
            let at =
                error.location().map_or(0, |place| byte_at(yaml, place.line(), place.column()));
            let message = error.to_string();
            // The place is told by the span, whose lines count in the deck.
            let message = message.lines().next().unwrap_or_default();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            Err(SyntaxError { at, message })
        }
    }
}

/// The byte of a line and a column, both counted from 1, the column in
/// characters.
fn byte_at(yaml: &str, line: u64, column: u64) -> usize {
    let skip = |count: u64| usize::try_from(count.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut lines = yaml.split_inclusive('\n');
    let start: usize = lines.by_ref().take(skip(line)).map(str::len).sum();
    let rest = lines.next().unwrap_or_default();
    start + rest.char_indices().nth(skip(column)).map_or(rest.trim_end().len(), |(at, _)| at)
}

/// A value as the parser gives it, before its text is cut from the source.
enum Raw {
    Null,
    Text(String),
    Other(serde_json::Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Other(value.into()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Other(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Other(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Other(value.into()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = seq.next_element()? {
            nodes.push(node);
        }
        Ok(Raw::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

/// The bytes of a value.
fn range<T>(spanned: &Spanned<T>, yaml: &str) -> Range<usize> {
    let span = spanned.referenced.span();
    let at = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let start = at(span.byte_offset()).min(yaml.len());
    let end = (start + at(span.byte_len())).min(yaml.len());
    start..start + yaml.get(start..end).unwrap_or_default().trim_end().len()
}

/// Cuts the texts of scalars from the source, and gives containers the bytes of
/// what they hold.
fn node(raw: Spanned<Raw>, yaml: &str) -> Node {
    let mut range = range(&raw, yaml);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(text) => Value::Scalar { json: text.clone().into(), text },
        Raw::Other(json) => {
            let text = yaml.get(range.clone()).unwrap_or_default().to_owned();
            Value::Scalar { text, json }
        }
        Raw::List(nodes) => {
            let nodes: Vec<Node> = nodes.into_iter().map(|raw| node(raw, yaml)).collect();
            if let (Some(first), Some(last)) = (nodes.first(), nodes.last()) {
                range = first.range.start..last.range.end.max(first.range.start);
            }
            Value::List(nodes)
        }
        Raw::Map(entries) => {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|(key, raw)| Entry {
                    range: self::range(&key, yaml),
                    key: key.value,
                    node: node(raw, yaml),
                })
                .collect();
            if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
                range = first.range.start..last.node.range.end.max(last.range.end);
            }
            Value::Map(entries)
        }
    };
    Node { range, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_keep_their_bytes() {
        let yaml = "é: 世界\nsize: 16:9\nlist: [a, \"b c\"]\nyear: 2024\né: x\nempty:\n";
        let Ok(Node { value: Value::Map(entries), .. }) = parse(yaml) else {
            panic!("{:?}", parse(yaml));
        };
        let texts: Vec<(&str, &str)> = entries
            .iter()
            .map(|entry| (&yaml[entry.range.clone()], &yaml[entry.node.range.clone()]))
            .collect();
        assert_eq!(
            texts,
            [
                ("é", "世界"),
                ("size", "16:9"),
                ("list", "a, \"b c\""),
                ("year", "2024"),
                ("é", "x"),
                ("empty", ""),
            ]
        );
        let Value::Scalar { text, .. } = &entries[3].node.value else { panic!("no text") };
        assert_eq!(text, "2024");
    }

    #[test]
    fn broken_yaml_says_where() {
        let error = parse("a: b\nc: [").unwrap_err();
        assert_eq!((error.at, error.message.as_str()), (8, "unclosed bracket '['"));
        assert_eq!(parse("").unwrap().value, Value::Null);
    }
}
