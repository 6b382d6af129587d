//! Replaying line breaks: where Typst broke a line, the HTML breaks it.
//!
//! A break is counted in characters that show something: Typst drops white space
//! at line ends, and adds a soft hyphen where it hyphenates. Lines follow each
//! other in the order of the text also where they read from right to left.

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

    /// Whether a line ends before the next character, which is `ch`: before the
    /// white space at the line's end, where there is some, and behind what
    /// cannot be seen otherwise, which belongs to the character before it.
    ///
    /// Counts the character. A break is given once.
    pub(super) fn before(&mut self, ch: char) -> bool {
        let seen = !is_invisible(ch);
        let due = (seen || ch.is_whitespace()) && self.due();
        self.written += usize::from(seen);
        due
    }

    /// Whether a line ends before the image that comes next; counts the image.
    pub(super) fn before_image(&mut self) -> bool {
        self.before('\u{fffc}')
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
    fn a_break_falls_behind_the_last_character_of_a_line() {
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(&[line(3), line(2), line(4)]);
        let text = "abc de fghi";
        let at: Vec<usize> =
            text.char_indices().filter(|(_, ch)| breaks.before(*ch)).map(|(at, _)| at).collect();
        assert_eq!(at, [3, 6]);
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
