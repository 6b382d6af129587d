//! Replaying line breaks: where Typst broke a line, the HTML breaks it.
//!
//! A break is counted in characters that are seen, since Typst drops white space
//! at line ends, and with it what only directs. Lines follow each other in the order of the text
//! also where they read from right to left.

use crate::font::is_invisible;
use crate::page::Line;

/// The breaks of one block, used up from the first character to the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaks {
    /// How many characters stand before each break, from the last to the first.
    ahead: Vec<usize>,
    /// How many characters were written.
    written: usize,
}

impl Breaks {
    /// The breaks between some lines.
    pub(super) fn between(lines: &[Line]) -> Self {
        let mut before = 0;
        let mut ahead: Vec<usize> = lines
            .iter()
            .map(|line| {
                before += line.n_chars;
                before
            })
            .collect();
        ahead.pop();
        ahead.reverse();
        Self { ahead, written: 0 }
    }

    /// Whether a line ends before the next character, which is `ch`.
    ///
    /// Counts the character. A break is given once.
    pub(super) fn before(&mut self, ch: char) -> bool {
        if is_invisible(ch) {
            return false;
        }
        let due = self.due();
        self.written += 1;
        due
    }

    /// The author broke the line here: the break that Typst made for it is used
    /// up.
    pub(super) fn hard(&mut self) {
        self.due();
    }

    /// Uses up every break at or before this place, and says whether there was
    /// one.
    fn due(&mut self) -> bool {
        let before = self.ahead.len();
        while self.ahead.last().is_some_and(|at| *at <= self.written) {
            self.ahead.pop();
        }
        self.ahead.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_falls_before_the_first_character_of_a_line() {
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(&[line(3), line(2), line(4)]);
        let text = "abc de fghi";
        let at: Vec<usize> =
            text.char_indices().filter(|(_, ch)| breaks.before(*ch)).map(|(at, _)| at).collect();
        assert_eq!(at, [4, 7]);
    }

    #[test]
    fn a_hard_break_is_not_doubled() {
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(&[line(1), line(1)]);
        assert!(!breaks.before('a'));
        breaks.hard();
        assert!(!breaks.before('b'));
    }
}
