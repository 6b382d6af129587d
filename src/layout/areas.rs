//! The ASCII picture of a layout: the name of the area of each cell.

use std::collections::BTreeMap;

use crate::source::{Sources, Span, Spanned};
use crate::toml_file::{Node, Reading};

/// Reads the picture: one line a row, names separated by white space, `.` for
/// a cell that belongs to no area.
///
/// Reports rows that have not one name for each of `columns`, a number of rows
/// that differs from `rows`, and areas that are not rectangles.
pub(super) fn read(
    reading: &mut Reading<'_>,
    sources: &Sources,
    node: &Node,
    columns: usize,
    rows: usize,
) -> Option<Vec<Vec<Spanned<String>>>> {
    reading.text(node, "areas")?;
    let picture: Vec<Vec<Spanned<String>>> = lines(sources, node.span);
    let mut complete = true;
    if picture.len() != rows {
        let message = format!("`areas` draws {} rows, `rows` has {rows}", picture.len());
        reading.report(reading.mistake(node.span, message).hint("draw one line for each row"));
        complete = false;
    }
    for row in &picture {
        if row.len() != columns {
            let span = row.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or(node.span);
            let message = format!("this row draws {} cells, `columns` has {columns}", row.len());
            let hint = "write one name for each column, `.` where there is no area";
            reading.report(reading.mistake(span, message).hint(hint));
            complete = false;
        }
    }
    if !complete {
        return None;
    }
    for (name, cells) in cells_by_name(&picture) {
        let (top, left) = cells
            .iter()
            .fold((usize::MAX, usize::MAX), |(top, left), (y, x)| (top.min(*y), left.min(*x)));
        let (bottom, right) =
            cells.iter().fold((0, 0), |(bottom, right), (y, x)| (bottom.max(*y), right.max(*x)));
        if cells.len() != (bottom - top + 1) * (right - left + 1) {
            let (y, x) = cells[0];
            let message = format!("area `{name}` is not a rectangle");
            let mut mistake = reading.mistake(picture[y][x].span, message).label("begins here");
            for (y, x) in &cells[1..] {
                mistake = mistake.also(picture[*y][*x].span, "and is here");
            }
            reading.report(mistake.hint("give each part a name and a slot of its own"));
        }
    }
    Some(picture)
}

/// The names in the string under a span, by line. White lines count for
/// nothing.
fn lines(sources: &Sources, span: Span) -> Vec<Vec<Spanned<String>>> {
    let raw = sources.text(span);
    let inner = raw.trim_matches(['"', '\'']);
    let mut at = raw.find(inner).unwrap_or(0) + span.range().start;
    let mut found = Vec::new();
    for line in inner.split_inclusive('\n') {
        let mut row = Vec::new();
        let mut rest = line;
        while let Some(begin) = rest.find(|ch: char| !ch.is_whitespace()) {
            let word = rest[begin..].split(char::is_whitespace).next().unwrap_or_default();
            let start = at + (line.len() - rest.len()) + begin;
            let place = Span::new(span.source, start..start + word.len());
            row.push(Spanned::new(word.to_owned(), place));
            rest = &rest[begin + word.len()..];
        }
        if !row.is_empty() {
            found.push(row);
        }
        at += line.len();
    }
    found
}

/// The cells of each area as (row, column), in reading order.
fn cells_by_name(picture: &[Vec<Spanned<String>>]) -> BTreeMap<&str, Vec<(usize, usize)>> {
    let mut cells: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (y, row) in picture.iter().enumerate() {
        for (x, cell) in row.iter().enumerate() {
            if cell.value != "." {
                cells.entry(&cell.value).or_default().push((y, x));
            }
        }
    }
    cells
}
