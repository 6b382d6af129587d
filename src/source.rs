//! Source texts and the spans that point into them.
//!
//! Every node of the model keeps a [`Span`]. A span is bytes; lines and
//! columns exist only where a person reads them.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which source a span points into. The deck itself is 0.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct SourceId(pub u16);

/// A range of bytes in one source.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct Span {
    /// The source that the bytes belong to.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span of `range` in `source`.
    ///
    /// A position past 4 GiB is cut to 4 GiB; the loader refuses such files.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, start: cut(range.start), end: cut(range.end.max(range.start)) }
    }

    /// The bytes that the span covers.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both. The source is that of `self`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The empty span at the start of this one.
    #[must_use]
    pub fn before(self) -> Self {
        Self { end: self.start, ..self }
    }
}

/// A value and the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One text: the deck, an included deck, a layout or a theme.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path to show in messages, with forward slashes, relative to the
    /// working folder where that is possible.
    pub path: PathBuf,
    /// The text as it stands in the file.
    pub text: Arc<str>,
    /// The byte at which each line starts; the first is 0.
    lines: Vec<usize>,
}

impl Source {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(path: &Path, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let ends =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { path: path.to_owned(), text, lines }
    }

    /// The line, counted from 1, in which a byte stands.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// The column, counted from 1 in characters, at which a byte stands.
    #[must_use]
    pub fn column(&self, byte: usize) -> usize {
        let start = self.line_start(self.line(byte));
        let byte = byte.min(self.text.len());
        self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1)
    }

    /// The byte at which a line starts. Lines count from 1; a line past the
    /// end starts where the text ends.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The bytes of a line, without its line end. Lines count from 1.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.line_start(line);
        let end = self.line_start(line + 1);
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// How many lines the text has; a final line end does not start another.
    #[must_use]
    pub fn n_lines(&self) -> usize {
        self.lines.len() - usize::from(self.text.ends_with('\n'))
    }
}

/// All the texts of one run, by [`SourceId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a text and gives its id.
    ///
    /// # Panics
    /// Never in practice: the loader limits a deck to fewer than 65,536 files.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = u16::try_from(self.all.len()).expect("the loader limits the number of sources");
        self.all.push(source);
        SourceId(id)
    }

    /// The text with this id.
    ///
    /// # Panics
    /// If the id was not given out by [`Sources::add`] of this collection.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[usize::from(id.0)]
    }

    /// The bytes under a span, or nothing where it does not fit its source.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.all
            .get(usize::from(span.source.0))
            .and_then(|source| source.text.get(span.range()))
            .unwrap_or("")
    }

    /// Every text, in order of its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u16..).map(SourceId).zip(&self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let source = Source::new(Path::new("a.md"), "é世\n🚀\tx\r\nend");
        assert_eq!(source.n_lines(), 3);
        assert_eq!(source.line(0), 1);
        let x = source.text.find('x').expect("the text has an x");
        assert_eq!((source.line(x), source.column(x)), (2, 3));
        assert_eq!(&source.text[source.line_range(2)], "🚀\tx");
        assert_eq!(&source.text[source.line_range(3)], "end");
        assert_eq!(source.line_range(9), source.text.len()..source.text.len());
    }
}
