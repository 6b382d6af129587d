//! Text with a way back to the source it was cut from.
//!
//! Takes lines of a source, perhaps without their indentation or with an
//! invented one, and gives one text for a parser. Every byte of it maps to a
//! byte of the source, so that spans are exact whatever was done to the lines.
//! A source line may become two lines here; two never become one.

use std::ops::Range;

use crate::source::{SourceId, Span};

/// A text made of lines of one source. Every line ends in `\n`.
#[derive(Debug)]
pub(super) struct Located {
    /// The source that the lines come from.
    pub(super) source: SourceId,
    /// The text.
    pub(super) text: String,
    /// Its lines, in order.
    pub(super) lines: Vec<Line>,
}

/// Where a line of a [`Located`] text comes from.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The byte of the text at which the line starts.
    pub(super) start: usize,
    /// How many bytes at its start are invented.
    pub(super) pad: usize,
    /// The byte of the source at which its first byte that is not invented
    /// stands.
    pub(super) origin: usize,
    /// How many bytes of the source it stands for.
    pub(super) len: usize,
    /// Whether the line goes on with the source line of the line before it.
    pub(super) continues: bool,
    /// Whether a `:::` line was put in other words for the parser.
    pub(super) marker: bool,
}

impl Located {
    /// A text without lines.
    pub(super) const fn new(source: SourceId) -> Self {
        Self { source, text: String::new(), lines: Vec::new() }
    }

    /// The lines of a part of a source.
    pub(super) fn part(source: SourceId, text: &str, range: Range<usize>) -> Self {
        let mut located = Self::new(source);
        let bytes = text.as_bytes();
        let mut start = range.start;
        while start < range.end {
            let end = bytes[start..range.end]
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'))
                .map_or(range.end, |at| start + at);
            located.push("", &text[start..end], start);
            start = match &bytes[end..range.end] {
                [b'\r', b'\n', ..] => end + 2,
                _ => end + 1,
            };
        }
        located
    }

    /// Adds a line: an invented indentation, then `content`, which stands at
    /// byte `origin` of the source.
    pub(super) fn push(&mut self, pad: &str, content: &str, origin: usize) {
        self.lines.push(Line {
            start: self.text.len(),
            pad: pad.len(),
            origin,
            len: content.len(),
            continues: false,
            marker: false,
        });
        self.text.push_str(pad);
        self.text.push_str(content);
        self.text.push('\n');
    }

    /// A part of the text, with the same way back.
    pub(super) fn cut(&self, range: Range<usize>) -> Self {
        let mut located = Self::new(self.source);
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            let content = rest.split('\n').next().unwrap_or_default();
            located.push("", content, self.origin(at));
            at += content.len() + 1;
        }
        located
    }

    /// The text without the indentation that its lines share. A first line that
    /// starts behind something else has none and does not count.
    pub(super) fn dedented(&self) -> Self {
        let lines = || (0..self.lines.len()).map(|index| (index, self.line(index)));
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let shared = lines()
            .filter(|(index, line)| *index > 0 && !line.trim().is_empty())
            .map(|(_, line)| indent(line))
            .min()
            .unwrap_or(0);
        let mut located = Self::new(self.source);
        for (index, line) in lines() {
            let cut = if index == 0 { indent(line) } else { shared.min(indent(line)) };
            located.push("", &line[cut..], self.origin(self.lines[index].start + cut));
        }
        located
    }

    /// The content of a line, its invented indentation included, without its
    /// end. Lines count from 0.
    pub(super) fn line(&self, index: usize) -> &str {
        let Some(line) = self.lines.get(index) else { return "" };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| next.start);
        self.text[line.start..end].trim_end_matches('\n')
    }

    /// The byte of the source for a byte of the text.
    pub(super) fn origin(&self, at: usize) -> usize {
        let index = self.lines.partition_point(|line| line.start <= at);
        let Some(line) = index.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return self.lines.first().map_or(0, |line| line.origin);
        };
        line.origin + (at - line.start).saturating_sub(line.pad).min(line.len)
    }

    /// The span of a range of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start);
        // The end of a range belongs to the line of its last byte.
        let end = if range.end > range.start {
            self.origin(range.end - 1) + usize::from(!self.is_past_line(range.end - 1))
        } else {
            start
        };
        Span::new(self.source, start..end.max(start))
    }

    /// The span of all of it.
    pub(super) fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// Whether a byte of the text stands for nothing in the source: a line's
    /// end, or what was put in other words.
    fn is_past_line(&self, at: usize) -> bool {
        let index = self.lines.partition_point(|line| line.start <= at).saturating_sub(1);
        self.lines.get(index).is_some_and(|line| {
            let within = at - line.start;
            within < line.pad || within - line.pad >= line.len
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_finds_its_way_back() {
        let source = "ab\r\ncd\re";
        let located = Located::part(SourceId(0), source, 0..source.len());
        assert_eq!(located.text, "ab\ncd\ne\n");
        let back: Vec<usize> = (0..located.text.len()).map(|at| located.origin(at)).collect();
        assert_eq!(back, [0, 1, 2, 4, 5, 6, 7, 8]);
        assert_eq!(located.span(3..5).range(), 4..6);
        assert_eq!(located.span(0..3).range(), 0..2);
        assert_eq!(located.line(1), "cd");
    }

    #[test]
    fn an_invented_indentation_has_no_place_of_its_own() {
        let mut located = Located::new(SourceId(0));
        located.push("  ", "x", 9);
        assert_eq!(located.span(0..3).range(), 9..10);
        assert_eq!(located.origin(2), 9);
    }
}
