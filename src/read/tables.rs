//! Tables: GitHub's, with alignment.
//!
//! A row with too few cells is filled with empty ones. GitHub drops the cells
//! that a row has too many; here they are an error.

mod csv;

use comrak::nodes::{Node, NodeTable, NodeValue, TableAlignment};

pub(super) use self::csv::{fence, is_fence};
use super::inlines;
use super::run::Cx;
use crate::data::number;
use crate::diag::Diagnostic;
use crate::model::{Align, Cell, Column, Table, plain_text};
use crate::source::Span;

/// Reads a table.
pub(super) fn table<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    node: Node<'a>,
    table: &NodeTable,
    depth: usize,
) -> Table {
    let columns: Vec<Column> = table
        .alignments
        .iter()
        .map(|alignment| match alignment {
            TableAlignment::None | TableAlignment::Left => Column::Text(Align::Left),
            TableAlignment::Center => Column::Text(Align::Center),
            TableAlignment::Right => Column::Text(Align::Right),
        })
        .collect();
    let mut read = Table { columns, head: Vec::new(), rows: Vec::new() };
    for row in node.children() {
        let is_head = matches!(row.data().value, NodeValue::TableRow(true));
        let span = cx.span(row);
        check_cells(cx, span, read.columns.len());
        let mut cells = Vec::new();
        for cell in row.children() {
            let id = cx.run.next_id();
            // A cell that the row does not have stands at the row's end.
            let pos = cell.data().sourcepos;
            let found = cx.part.span(pos);
            let span = if pos.start.line == 0 || found.start < span.start || found.end > span.end {
                Span { start: span.end, ..span }
            } else {
                found
            };
            let content = inlines::children(cx, cell, depth + 1);
            cells.push(Cell { id, span, content });
        }
        if is_head {
            read.head = cells;
        } else {
            read.rows.push(cells);
        }
    }
    let columns = std::mem::take(&mut read.columns);
    read.columns = (0..).zip(columns).map(|(nth, column)| of_numbers(&read, nth, column)).collect();
    read
}

/// A column whose text stands at the end of the line, and that holds nothing but
/// numbers, is one of numbers.
fn of_numbers(table: &Table, nth: usize, column: Column) -> Column {
    if column != Column::Text(Align::Right) {
        return column;
    }
    let cells = table.rows.iter().filter_map(|row| row.get(nth));
    let texts: Vec<String> = cells.map(|cell| plain_text(&cell.content)).collect();
    let mark = number::shared_mark(&texts);
    mark.map_or(column, |mark| Column::Numbers { mark })
}

/// Reports a row with more cells than the table has columns.
fn check_cells(cx: &mut Cx<'_, '_, '_>, row: Span, n_columns: usize) {
    let starts = cell_starts(cx.part.slice(row));
    if let Some(start) = starts.get(n_columns) {
        let extra = cx.part.within(row, *start, usize::MAX / 2);
        let (n_cells, s) = (starts.len(), if n_columns == 1 { "" } else { "s" });
        let message = format!("this row has {n_cells} cells, the table {n_columns} column{s}");
        cx.report(
            Diagnostic::error("table", extra, message)
                .hint("give the table's first two lines a further column")
                .hint("write `\\|` for a bar that is text"),
        );
    }
}

/// Where the cells of a row start. A backslash before a bar makes it text.
fn cell_starts(row: &str) -> Vec<usize> {
    let bare = row.trim();
    let indent = row.len() - row.trim_start().len();
    let mut starts = Vec::new();
    if !bare.starts_with('|') {
        starts.push(indent);
    }
    let mut escaped = false;
    for (at, byte) in bare.bytes().enumerate() {
        if byte == b'|' && !escaped && at + 1 < bare.len() {
            starts.push(indent + at + 1);
        }
        escaped = byte == b'\\' && !escaped;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::cell_starts;

    #[test]
    fn bars_that_are_text_start_no_cell() {
        assert_eq!(cell_starts("| a | b |"), [1, 5]);
        assert_eq!(cell_starts("a | b"), [0, 3]);
        assert_eq!(cell_starts("| a \\| b |"), [1]);
        assert_eq!(cell_starts(""), [0]);
    }
}
