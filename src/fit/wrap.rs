//! Where a line of code goes on on the next row.
//!
//! Takes the runs of a line and the columns that it has, gives the bytes before
//! which a row starts. A row ends at the border of a token, best after a comma,
//! last in a string that is longer than a row. A word that is longer than a row
//! stays whole: that is overflow, which is measured.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::HANG;
use crate::highlight::TokenRun;
use crate::theme::Token;

/// The deepest indentation that further rows repeat, in columns.
const MAX_INDENT: usize = 16;

/// The fewest columns of a last row that look like more than a mistake.
const MIN_ROW: usize = 3;

/// How many columns stand empty before the text of a further row: the
/// indentation of its line, and the hook.
pub(super) fn hang(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    indent.min(MAX_INDENT) + HANG
}

/// The bytes before which a further row starts, in rising order; none for a
/// line that fits.
pub(super) fn breaks(runs: &[TokenRun], columns: usize) -> Vec<usize> {
    let line: String = runs.iter().map(|run| run.text.as_str()).collect();
    let whole = line.trim_end().width();
    if whole <= columns {
        return Vec::new();
    }
    let further = columns.saturating_sub(hang(&line)).max(1);
    let seams = seams(runs, &line);
    let mut ahead = seams.as_slice();
    let (mut found, mut start, mut depth, mut room) = (Vec::new(), 0, 0, columns);
    while room < whole - start {
        let fitting = ahead.iter().take_while(|seam| seam.end <= start + room);
        // What a seam costs is what a row may leave empty to end there.
        let worth = |seam: &Seam| {
            let orphan = if whole - seam.start < MIN_ROW { 30 } else { 0 };
            (seam.start + 200).saturating_sub(seam.cost(depth) + orphan)
        };
        let best =
            fitting.enumerate().max_by_key(|(_, seam)| worth(seam)).map_or(0, |(nth, _)| nth);
        let Some(seam) = ahead.get(best) else { break };
        found.push(seam.at);
        (start, depth, room) = (seam.start, seam.depth, further);
        ahead = &ahead[best + 1..];
    }
    found
}

/// A place where a row may start.
#[derive(Clone, Copy, Debug)]
struct Seam {
    /// The byte before which it starts.
    at: usize,
    /// The columns before it.
    start: usize,
    /// The columns before it without the white space at their end.
    end: usize,
    /// How many brackets are open.
    depth: usize,
    /// How many columns a row may leave empty rather than end here.
    cost: usize,
}

impl Seam {
    /// What it costs to end a row here that began at a depth. Each bracket that
    /// the row opens costs more than what stands in it is worth.
    fn cost(&self, depth: usize) -> usize {
        self.cost + 24 * self.depth.saturating_sub(depth).min(3)
    }
}

/// Every place of a line where a row may start, from left to right.
fn seams(runs: &[TokenRun], line: &str) -> Vec<Seam> {
    let mut found = Vec::new();
    let (mut at, mut start, mut end, mut depth) = (0, 0, 0, 0usize);
    let mut last = None;
    let mut open = None;
    for run in runs {
        // Placeholders in a string have a class of their own.
        let quoted = run.token == Token::String || open.is_some();
        let opened = open.is_some();
        open = if quoted { quote(&run.text, open) } else { None };
        for (offset, grapheme) in run.text.grapheme_indices(true) {
            let next = grapheme.chars().next().unwrap_or(' ');
            if let Some(last) = last.filter(|_| !next.is_whitespace()) {
                let spaced = line[..at].ends_with(char::is_whitespace);
                let cost = match run.token {
                    Token::Comment if offset > 0 => spaced.then_some(0),
                    _ if quoted && (offset > 0 || opened) => spaced.then_some(22),
                    _ => cost(last, &line[at..], spaced),
                };
                // What stands in a bracket goes on with it, or starts behind it.
                let depth = depth - usize::from(depth > 0 && matches!(last, '(' | '['));
                found.extend(cost.map(|cost| Seam { at, start, end, depth, cost }));
            }
            match next {
                _ if quoted || run.token == Token::Comment => {}
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += grapheme.len();
            start += grapheme.width();
            if !next.is_whitespace() {
                (last, end) = (grapheme.chars().next_back(), start);
            }
        }
    }
    found
}

/// The quote that is open behind a piece of a string.
fn quote(text: &str, mut open: Option<char>) -> Option<char> {
    let mut escaped = false;
    for ch in text.chars() {
        match open {
            _ if escaped => {}
            None if matches!(ch, '"' | '\'' | '`') => open = Some(ch),
            Some(quote) if quote == ch => open = None,
            None | Some(_) => {}
        }
        escaped = ch == '\\' && !escaped;
    }
    open
}

/// What it costs to end a row behind a character and before a text; `None`
/// where they belong together.
fn cost(last: char, after: &str, spaced: bool) -> Option<usize> {
    let next = after.chars().next()?;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '"' | '\'');
    let is_operator = |c: char| "+-*/%&|<>?!^~".contains(c);
    match (last, next) {
        (_, ',' | ';' | ')' | ']' | '}') => spaced.then_some(25),
        (',' | ';', _) => Some(0),
        ('(' | '[', _) => Some(20),
        // What opens a block stays with what it belongs to.
        (_, '{' | '=' | ':') if spaced => Some(20),
        (_, '-') if spaced && is_flag(after) => Some(14),
        (_, _) if spaced && is_operator(next) => Some(4),
        (_, _) if spaced => {
            Some(if matches!(last, ':' | '=') || is_operator(last) { 14 } else { 10 })
        }
        // A chain of calls, or the first of them.
        (')' | ']' | '}' | '?', '.') => is_call(after).then_some(6),
        (_, '.') => is_call(after).then_some(20),
        // The word before a call or an index.
        (_, '(' | '[') => is_word(last).then_some(40),
        _ => None,
    }
}

/// Whether a text starts with an option of a command.
fn is_flag(text: &str) -> bool {
    text.trim_start_matches('-').starts_with(char::is_alphabetic)
}

/// Whether a text starts with `.name(`.
fn is_call(text: &str) -> bool {
    let name = text.trim_start_matches('.');
    let rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    rest.len() < name.len() && rest.starts_with('(')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::highlight_lines;

    /// The rows of a line of Go.
    fn rows(line: &str, columns: usize) -> Vec<String> {
        let runs = highlight_lines("go", &[line]).remove(0);
        let mut rows = Vec::new();
        let mut start = 0;
        for at in breaks(&runs, columns) {
            rows.push(line[start..at].to_owned());
            start = at;
        }
        rows.push(line[start..].to_owned());
        rows
    }

    #[test]
    fn a_line_that_fits_has_one_row() {
        assert_eq!(rows("a := b", 6), ["a := b"]);
        assert_eq!(rows("", 6), [""]);
    }

    #[test]
    fn rows_end_after_commas() {
        assert_eq!(
            rows("    p := &Pool{jobs: make(chan Job), results: make(chan Result, n)}", 50),
            ["    p := &Pool{jobs: make(chan Job), ", "results: make(chan Result, n)}"]
        );
    }

    #[test]
    fn a_string_is_broken_at_its_spaces_if_nothing_else_is_left() {
        assert_eq!(
            rows("return fmt.Errorf(\"could not read %s: %w\", path, err)", 46),
            ["return fmt.Errorf(\"could not read %s: %w\", ", "path, err)"]
        );
        assert_eq!(
            rows("return fmt.Errorf(\"could not read %s: %w\", path, err)", 40),
            ["return fmt.Errorf(", "\"could not read %s: %w\", path, err)"]
        );
        assert_eq!(
            rows("x := \"could not read the file that was named here\"", 30),
            ["x := \"could not read the file ", "that was named here\""]
        );
    }

    #[test]
    fn a_word_is_never_broken() {
        let long = "x".repeat(40);
        assert_eq!(rows(&format!("a := {long}"), 20), ["a := ", &long]);
        assert_eq!(rows(&long, 20), [long]);
    }
}
