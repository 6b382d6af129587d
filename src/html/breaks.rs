//! Replaying line breaks: where Typst broke a line, the HTML breaks it.
//!
//! A break is counted in characters that show something: Typst drops white space
//! at line ends, and adds a soft hyphen where it hyphenates. Lines follow each
//! other in the order of the text also where they read from right to left.

use crate::font::is_invisible;
use crate::model::{BlockId, Inline, InlineKind, walk};
use crate::page::Line;

/// What happens before a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The line goes on.
    Nothing,
    /// A line ends that Typst broke.
    Break,
    /// White space goes on behind a break within it. It belongs to the end of
    /// the line before, where Typst gives it no width.
    Void,
}

/// The breaks of one block, used up from the first character to the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaks {
    /// How many characters stand before each break, from the last to the first.
    ahead: Vec<usize>,
    /// How many characters stand before each break of the author's and before
    /// the end, from the last to the first.
    ends: Vec<usize>,
    /// How many characters were written.
    written: usize,
    /// Whether a line begins here that Typst broke.
    broken: bool,
    /// Whether something stands on the line.
    begun: bool,
    /// The block whose breaks these are.
    pub(super) block: BlockId,
    /// How many of its formulas were written.
    n_formulas: usize,
}

impl Breaks {
    /// The breaks between some lines of a block.
    pub(super) fn between(block: BlockId, lines: &[Line]) -> Self {
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
        Self { ahead, block, ..Self::default() }
    }

    /// The breaks of a block whose lines hold some inlines.
    #[must_use]
    pub(super) fn of(mut self, content: &[Inline]) -> Self {
        let mut at = 0;
        walk::inlines(content, &mut |inline| match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => at += n_seen(text),
            InlineKind::Image(_) | InlineKind::Icon { .. } | InlineKind::Formula(_) => at += 1,
            InlineKind::FootnoteRef { number } => at += n_seen(&number.to_string()),
            InlineKind::Break => self.ends.push(at),
            InlineKind::Styled { .. } | InlineKind::Link { .. } => {}
        });
        self.ends.push(at);
        self.ends.reverse();
        self
    }

    /// What happens before the next character, which is `ch`: a line ends before
    /// the white space at its end, where there is some, and behind what cannot be
    /// seen otherwise, which belongs to the character before it.
    ///
    /// Counts the character. A break is given once.
    pub(super) fn before(&mut self, ch: char) -> Before {
        let seen = !is_invisible(ch);
        // Where the author breaks the line, white space before it stays.
        let is_end = self.ends.last() == Some(&self.written);
        let found = if self.broken && ch.is_whitespace() {
            Before::Void
        } else if (seen || ch.is_whitespace() && !is_end) && self.due() {
            Before::Break
        } else {
            Before::Nothing
        };
        self.written += usize::from(seen);
        self.broken = !seen && (found == Before::Break || self.broken);
        self.begun = seen || self.begun && found == Before::Nothing;
        found
    }

    /// Whether nothing stands on the line before the next character.
    pub(super) const fn begins(&self) -> bool {
        !self.begun
    }

    /// Whether the line ends behind what was written.
    pub(super) fn ends(&self) -> bool {
        [self.ahead.last(), self.ends.last()].contains(&Some(&self.written))
    }

    /// Whether a line ends before the image that comes next; counts the image.
    pub(super) fn before_image(&mut self) -> bool {
        self.before('\u{fffc}') == Before::Break
    }

    /// The number of the formula that comes next, from 0; counts it.
    pub(super) fn next_formula(&mut self) -> usize {
        self.n_formulas += 1;
        self.n_formulas - 1
    }

    /// The author broke the line here: the break that Typst made for it is used
    /// up.
    pub(super) fn hard(&mut self) {
        self.due();
        self.ends.pop();
        (self.broken, self.begun) = (false, false);
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

/// How many characters of a text show something.
fn n_seen(text: &str) -> usize {
    text.chars().filter(|ch| !is_invisible(*ch)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_falls_behind_the_last_character_of_a_line() {
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(BlockId(0), &[line(3), line(2), line(4)]);
        let text = "abc de fghi";
        let at: Vec<usize> = text
            .char_indices()
            .filter(|(_, ch)| breaks.before(*ch) == Before::Break)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(at, [3, 6]);
    }

    #[test]
    fn a_hard_break_is_not_doubled() {
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(BlockId(0), &[line(1), line(1)]);
        assert_eq!(breaks.before('a'), Before::Nothing);
        breaks.hard();
        assert_eq!(breaks.before('b'), Before::Nothing);
    }

    #[test]
    fn white_space_before_a_break_of_the_author_is_not_one_more() {
        let inline = |kind| Inline { span: crate::source::Span::default(), kind };
        let code = |text: &str| inline(InlineKind::Code { text: text.to_owned() });
        let content = [code("a "), inline(InlineKind::Break), code("b c "), code(" d ")];
        let line = |n_chars| Line { n_chars, ..Line::default() };
        let mut breaks = Breaks::between(BlockId(0), &[line(1), line(2), line(1)]).of(&content);
        let mut found: Vec<Before> = "a ".chars().map(|ch| breaks.before(ch)).collect();
        assert_eq!(found, [Before::Nothing; 2]);
        breaks.hard();
        found = "b c  d ".chars().map(|ch| breaks.before(ch)).collect();
        assert_eq!(found[..3], [Before::Nothing; 3]);
        assert_eq!(found[3..5], [Before::Break, Before::Void]);
        assert_eq!(found[5..], [Before::Nothing; 2]);
        // Behind a break in a word, white space is no part of the break.
        let mut breaks = Breaks::between(BlockId(0), &[line(1), line(2)]);
        found = "ab c".chars().map(|ch| breaks.before(ch)).collect();
        assert_eq!(found[1..3], [Before::Break, Before::Nothing]);
    }
}
