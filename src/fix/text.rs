//! A text that is being changed, with a way back to what it was.
//!
//! Takes replacements in the bytes of the text as it stands, gives the text and
//! the same changes in the bytes of the original, so that they can be shown as
//! one diff however many rounds they took.

use std::ops::Range;
use std::sync::Arc;

/// A text and what was changed in it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    original: Arc<str>,
    pieces: Vec<Piece>,
}

/// A piece of the text.
#[derive(Clone, Debug)]
enum Piece {
    /// Bytes of the original.
    Kept(Range<usize>),
    /// What was put in.
    Put(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Put(text) => text.len(),
        }
    }

    /// The piece before and the piece from a byte of it on.
    fn cut(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(Range { start, end }) => {
                (Self::Kept(start..start + at), Self::Kept(start + at..end))
            }
            Self::Put(mut text) => {
                let rest = text.split_off(at);
                (Self::Put(text), Self::Put(rest))
            }
        }
    }
}

impl Text {
    /// A text in which nothing is changed.
    pub(super) fn new(original: Arc<str>) -> Self {
        let pieces = vec![Piece::Kept(0..original.len())];
        Self { original, pieces }
    }

    /// Replaces bytes of the text as it stands. They must lie in it, on whole
    /// characters.
    pub(super) fn replace(&mut self, range: Range<usize>, text: &str) {
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2);
        let mut at = 0;
        let mut put = Some(Piece::Put(text.to_owned()));
        for piece in self.pieces.drain(..) {
            let (start, end) = (at, at + piece.len());
            at = end;
            let mut rest = piece;
            if start < range.start {
                let (before, after) = rest.cut(range.start.min(end) - start);
                pieces.push(before);
                rest = after;
            }
            if range.start <= end {
                pieces.extend(put.take());
            }
            if range.end < end {
                let (_, after) = rest.cut(range.end.saturating_sub(start.max(range.start)));
                pieces.push(after);
            }
        }
        pieces.extend(put);
        pieces.retain(|piece| 0 < piece.len());
        self.pieces = pieces;
    }

    /// The text as it stands.
    pub(super) fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Kept(range) => &self.original[range.clone()],
            Piece::Put(text) => text.as_str(),
        });
        pieces.collect()
    }

    /// What was changed, in bytes of the original, in order.
    pub(super) fn changes(&self) -> Vec<(Range<usize>, String)> {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        let (mut at, mut put) = (0, String::new());
        let end = Piece::Kept(self.original.len()..self.original.len());
        for piece in self.pieces.iter().chain(std::iter::once(&end)) {
            match piece {
                Piece::Put(text) => put.push_str(text),
                Piece::Kept(range) => {
                    let gone = at..range.start;
                    let put = std::mem::take(&mut put);
                    if self.original[gone.clone()] != put {
                        changes.push((gone, put));
                    }
                    at = range.end;
                }
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_changes_are_told_in_bytes_of_the_original() {
        let mut text = Text::new("one two three".into());
        text.replace(4..7, "TWO");
        text.replace(0..0, "> ");
        text.replace(6..9, "2");
        assert_eq!(text.text(), "> one 2 three");
        assert_eq!(text.changes(), [(0..0, "> ".to_owned()), (4..7, "2".to_owned())]);
        text.replace(5..13, "");
        assert_eq!(text.text(), "> one");
        assert_eq!(text.changes(), [(0..0, "> ".to_owned()), (3..13, String::new())]);
        text.replace(5..5, " two three");
        text.replace(0..2, "");
        assert_eq!(text.changes(), []);
    }
}
