//! What a program printed against what its `output` fence says.
//!
//! A line `...` stands for any number of lines, `...` within a line for any
//! text. A line between two slashes is a regular expression for one line.

use regex::Regex;

/// Where two outputs part: the line of the fence, counted from 0 (past the last
/// one where the program printed more), and the line that was printed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The line of the fence, counted from 0.
    pub expected: usize,
    /// What was printed there; `None` where nothing more was.
    pub printed: Option<String>,
}

/// Compares the lines of a fence with what was printed; `None` where they agree.
/// White space at the end of a line does not count, nor do blank lines at the
/// end.
#[must_use]
pub fn compare(expected: &[&str], printed: &str) -> Option<Parts> {
    let printed: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    let mut expected: Vec<&str> = expected.iter().map(|line| line.trim_end()).collect();
    while expected.last() == Some(&"") {
        expected.pop();
    }
    // How far the printed lines can be matched by the first lines of the fence:
    // the set of places that are reached grows only at a `...`.
    let mut reached = vec![0];
    for (at, line) in expected.iter().enumerate() {
        let next: Vec<usize> = if *line == "..." {
            (reached[0]..=printed.len()).collect()
        } else {
            let fits = line_test(line);
            let found = reached.iter().filter(|&&it| printed.get(it).is_some_and(|it| fits(it)));
            found.map(|it| it + 1).collect()
        };
        if next.is_empty() {
            let printed = printed.get(reached[0]).map(ToString::to_string);
            return Some(Parts { expected: at, printed });
        }
        reached = next;
    }
    if reached.last() == Some(&printed.len()) {
        return None;
    }
    let printed = printed.get(reached[0]).map(ToString::to_string);
    Some(Parts { expected: expected.len(), printed })
}

/// Whether a fence holds a line that stands for more than itself.
#[must_use]
pub fn has_patterns(expected: &[&str]) -> bool {
    expected.iter().any(|line| line.contains("...") || expression(line.trim_end()).is_some())
}

/// The regular expression between two slashes.
fn expression(line: &str) -> Option<Regex> {
    let inner = line.trim().strip_prefix('/')?.strip_suffix('/').filter(|it| !it.is_empty())?;
    Regex::new(&format!("^(?:{inner})$")).ok()
}

/// What a line of a fence asks of a printed one.
fn line_test(line: &str) -> Box<dyn Fn(&str) -> bool + '_> {
    if let Some(expression) = expression(line) {
        return Box::new(move |printed| expression.is_match(printed.trim()));
    }
    if line.contains("...") {
        return Box::new(|printed| {
            let spaced: Vec<&str> = words(printed).collect();
            holds(line, printed) || printed.contains('\t') && holds(line, &spaced.join(" "))
        });
    }
    Box::new(move |printed| {
        printed == line || printed.contains('\t') && words(printed).eq(words(line))
    })
}

/// The words of a line: tabs that were printed stand as spaces in a deck.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\t']).filter(|word| !word.is_empty())
}

/// Whether the pieces between the `...` of a line stand in another, in order.
fn holds(line: &str, printed: &str) -> bool {
    let pieces: Vec<&str> = line.split("...").collect();
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    for piece in &pieces[1..pieces.len() - 1] {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_agree_line_by_line() {
        assert_eq!(compare(&["a", "b  ", ""], "a \nb\n\n"), None);
        assert_eq!(
            compare(&["a", "b"], "a\nc\n"),
            Some(Parts { expected: 1, printed: Some("c".to_owned()) })
        );
        assert_eq!(compare(&["a", "b"], "a\n"), Some(Parts { expected: 1, printed: None }));
        assert_eq!(
            compare(&["a"], "a\nb\n"),
            Some(Parts { expected: 1, printed: Some("b".to_owned()) })
        );
    }

    #[test]
    fn dots_stand_for_lines_and_for_text() {
        assert_eq!(compare(&["a", "...", "z"], "a\nb\nz\ny\nz\n"), None);
        assert_eq!(compare(&["...", "z"], "z\n"), None);
        assert_eq!(compare(&["a", "..."], "a\n"), None);
        assert!(compare(&["...", "x"], "a\nb\n").is_some());
        assert_eq!(compare(&["took ...ms for ... jobs"], "took 12ms for 3 jobs\n"), None);
        assert!(compare(&["aa...aa"], "aaa\n").is_some());
    }

    #[test]
    fn a_tab_that_was_printed_is_any_white_space() {
        assert_eq!(compare(&["ok      pool    0.1s"], "ok  \tpool\t0.1s"), None);
        assert_eq!(compare(&["ok ... 0.1s"], "ok  \tpool\t0.1s"), None);
        assert!(compare(&["a b"], "a  b").is_some());
    }

    #[test]
    fn slashes_hold_a_regular_expression() {
        assert_eq!(compare(&[r"/\d+ ns/op/"], "12 ns/op"), None);
        assert!(compare(&[r"/\d+/"], "twelve").is_some());
        assert_eq!(compare(&["/usr/bin"], "/usr/bin"), None);
    }
}
