//! Excerpts: the lines of a file that a deck shows.
//!
//! Takes the text of a file and a [`Selector`], gives the lines it names as
//! byte ranges of that text, so that what is said about a line can point into
//! the file. Files are not opened here, and nothing is changed within a line.

mod region;
mod symbol;

use std::fmt;
use std::ops::Range;

pub use self::symbol::Grammar;

/// What to take out of a file: the part behind the `#` of `file=pool.go#L10-L24`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Selector {
    /// All of it.
    Whole,
    /// From one line to another, both included, counted from 1: `L10-L24`.
    Lines(u32, u32),
    /// What stands between the markers of this name: `region=batch`.
    Region(String),
    /// A function, or a method by its type: `func=Run`, `func=(*Pool).Run`.
    Func(String),
    /// A type: `type=Pool`.
    Type(String),
}

impl Selector {
    /// Reads what stands behind the `#`; `None` if it is none of the forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((key, name)) = text.split_once('=') {
            let name = name.trim().to_owned();
            return match key {
                _ if name.is_empty() => None,
                "region" => Some(Self::Region(name)),
                "func" => Some(Self::Func(name)),
                "type" => Some(Self::Type(name)),
                _ => None,
            };
        }
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let number = |text: &str| text.strip_prefix('L')?.parse::<u32>().ok();
        let (from, to) = (number(from)?, number(to)?);
        (1 <= from && from <= to).then_some(Self::Lines(from, to))
    }

    /// Whether finding it takes a grammar of the file's language.
    #[must_use]
    pub const fn needs_grammar(&self) -> bool {
        matches!(self, Self::Func(_) | Self::Type(_))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Lines(from, to) if from == to => write!(f, "L{from}"),
            Self::Lines(from, to) => write!(f, "L{from}-L{to}"),
            Self::Region(name) => write!(f, "region={name}"),
            Self::Func(name) => write!(f, "func={name}"),
            Self::Type(name) => write!(f, "type={name}"),
        }
    }
}

/// Why an excerpt cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The file has only so many lines.
    TooShort(u32),
    /// Nothing has the name; these names are there.
    NotThere(Vec<String>),
    /// More than one thing has the name; the lines on which they begin.
    Ambiguous(Vec<u32>),
    /// A region begins on this line and does not end.
    Open(u32),
    /// Symbols are not found in this language.
    NoGrammar,
}

/// A line of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, counted from 1.
    pub number: u32,
    /// Its bytes in the file, without the line end.
    pub range: Range<usize>,
}

/// Takes the lines that `selector` names out of `text`.
///
/// Lines that only steer an excerpt are left out of it: the markers of regions,
/// and lines that end in `OMIT`. `with_doc` puts the comment above a function
/// or type before it. Blank lines at either end are left out.
///
/// # Errors
/// Why there are no such lines.
pub fn cut(
    text: &str,
    selector: &Selector,
    grammar: Option<Grammar>,
    with_doc: bool,
) -> Result<Vec<Line>, Wrong> {
    let all = lines(text);
    let n_lines = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let found = match selector {
        Selector::Whole => 0..all.len(),
        Selector::Lines(_, to) if *to > n_lines => return Err(Wrong::TooShort(n_lines)),
        Selector::Lines(from, to) => *from as usize - 1..*to as usize,
        Selector::Region(name) => region::find(text, &all, name)?,
        Selector::Func(name) | Selector::Type(name) => {
            let grammar = grammar.ok_or(Wrong::NoGrammar)?;
            let is_type = matches!(selector, Selector::Type(_));
            symbol::find(text, grammar, name, is_type, with_doc)?
        }
    };
    let mut cut: Vec<Line> = all[found]
        .iter()
        .filter(|line| !region::steers(&text[line.range.clone()]))
        .cloned()
        .collect();
    let is_blank = |line: &Line| text[line.range.clone()].trim().is_empty();
    while cut.last().is_some_and(is_blank) {
        cut.pop();
    }
    let n_blank = cut.iter().take_while(|line| is_blank(line)).count();
    cut.drain(..n_blank);
    Ok(cut)
}

/// The lines of a text. What follows the last line end is a line if it is not
/// empty.
fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let whole = text.split_inclusive('\n').zip(1..);
    whole
        .map(|(line, number)| {
            let start = at;
            at += line.len();
            let bare = line.strip_suffix('\n').unwrap_or(line);
            let bare = bare.strip_suffix('\r').unwrap_or(bare);
            Line { number, range: start..start + bare.len() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the lines that a selector takes out of a file.
    pub(super) fn taken(text: &str, selector: &str, name: &str) -> Result<Vec<String>, Wrong> {
        let selector = Selector::parse(selector).unwrap();
        let lines = cut(text, &selector, Grammar::of(name), false)?;
        Ok(lines.into_iter().map(|line| text[line.range].to_owned()).collect())
    }

    #[test]
    fn a_selector_is_read_and_shown_in_one_form() {
        for text in ["L10-L24", "L7", "region=batch", "func=(*Pool).Run", "type=Pool"] {
            assert_eq!(Selector::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        for text in ["", "L0", "L9-L3", "10-24", "region=", "line=3", "L1-"] {
            assert_eq!(Selector::parse(text), None, "{text}");
        }
    }

    #[test]
    fn lines_count_from_one_and_their_ends_do_not_matter() {
        let text = "one\r\ntwo\r\n\r\nfour";
        assert_eq!(taken(text, "L2-L4", "x").unwrap(), ["two", "", "four"]);
        assert_eq!(taken(text, "L5", "x"), Err(Wrong::TooShort(4)));
    }

    #[test]
    fn blank_lines_at_either_end_are_left_out() {
        assert_eq!(taken("\n\na\n\nb\n\n", "L1-L6", "x").unwrap(), ["a", "", "b"]);
        assert!(taken("\n\n", "L1-L2", "x").unwrap().is_empty());
    }
}
