//! Comma-separated values (RFC 4180), and those that tabs or semicolons part.
//!
//! Every cell knows where it stands, which is why no library reads them: what is
//! wrong with a cell is said of that cell.

use std::ops::Range;

/// A cell: what it says, without the quotes around it, and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text, without white space around it.
    pub text: String,
    /// Where it stands, quotes included; never empty apart from empty cells.
    pub range: Range<usize>,
}

/// What a text is not read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A quote that is never closed begins here.
    Open(usize),
    /// Something stands behind the quote that ends a cell.
    Behind(Range<usize>),
}

/// What parts the cells of a text: the first of tab, semicolon and comma that its
/// first line holds.
#[must_use]
pub fn separator(text: &str) -> char {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let bare: String = line
        .chars()
        .filter(|ch| {
            quoted ^= *ch == '"';
            !quoted
        })
        .collect();
    ['\t', ';'].into_iter().find(|mark| bare.contains(*mark)).unwrap_or(',')
}

/// Reads the rows of a text, top to bottom. Lines without text are none.
///
/// # Errors
/// A quote without an end, and text behind one.
pub fn read(text: &str, separator: char) -> Result<Vec<Vec<Cell>>, Wrong> {
    let mut rows = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < text.len() {
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        if text[at..line_end].trim_matches([' ', '\r']).is_empty() {
            at = line_end + 1;
            continue;
        }
        let mut row = Vec::new();
        loop {
            let cell = cell(text, at, separator)?;
            at = cell.1;
            row.push(cell.0);
            match text[at..].chars().next() {
                Some(ch) if ch == separator => at += ch.len_utf8(),
                _ => break,
            }
        }
        at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
        rows.push(row);
    }
    Ok(rows)
}

/// Reads the cell that begins at a byte; gives it and the byte behind it.
fn cell(text: &str, from: usize, separator: char) -> Result<(Cell, usize), Wrong> {
    let is_end = |ch: char| ch == separator || ch == '\n';
    let rest = &text[from..];
    let start = from + rest.len() - rest.trim_start_matches(' ').len();
    if !text[start..].starts_with('"') {
        let end = text[from..].find(is_end).map_or(text.len(), |end| from + end);
        let is_line = !text[end..].starts_with(separator);
        let end = if is_line && text[from..end].ends_with('\r') { end - 1 } else { end };
        let said = text[from..end].trim();
        let start = if said.is_empty() { from } else { end - text[from..end].trim_start().len() };
        let cell = Cell { text: said.to_owned(), range: start..start + said.len() };
        return Ok((cell, end));
    }
    let mut said = String::new();
    let mut at = start + 1;
    loop {
        let Some(quote) = text[at..].find('"') else { return Err(Wrong::Open(start)) };
        said.push_str(&text[at..at + quote]);
        at += quote + 1;
        if !text[at..].starts_with('"') {
            break;
        }
        said.push('"');
        at += 1;
    }
    let behind = text[at..].find(is_end).map_or(text.len(), |end| at + end);
    if !text[at..behind].trim().is_empty() {
        return Err(Wrong::Behind(at..behind));
    }
    Ok((Cell { text: said.trim().to_owned(), range: start..at }, behind))
}

#[cfg(test)]
mod tests {
    use super::{Wrong, read, separator};

    #[test]
    fn rows_and_cells_are_read_with_their_places() {
        let text = "\u{feff}name, ns/op\r\n\r\n\"a \"\"b\"\", c\", 12.5 \n,\nlast";
        let rows = read(text, ',').unwrap();
        let said: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(
            said,
            [vec!["name", "ns/op"], vec!["a \"b\", c", "12.5"], vec!["", ""], vec!["last"]]
        );
        assert_eq!(&text[rows[1][0].range.clone()], "\"a \"\"b\"\", c\"");
        assert_eq!(&text[rows[1][1].range.clone()], "12.5");
    }

    #[test]
    fn quotes_have_an_end_and_nothing_behind_it() {
        assert_eq!(read("a\n\"b", ','), Err(Wrong::Open(2)));
        assert_eq!(read("\"a\"b,c", ','), Err(Wrong::Behind(3..4)));
        assert_eq!(read("\"a\nb\",c", ',').unwrap().len(), 1);
    }

    #[test]
    fn the_first_line_tells_what_parts_cells() {
        assert_eq!(separator("a\tb,c\n"), '\t');
        assert_eq!(separator("\n\"a;b\",c\n1;2\n"), ',');
        assert_eq!(separator("a;b,c\n"), ';');
    }
}
