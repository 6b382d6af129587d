//! Tables from data: a fence `table`, with rows of its own or of a file.
//!
//! Takes comma-separated values whose first row is the head. What a cell says is
//! text, emoji and icons, and no Markdown. Columns of numbers are found, so that nobody writes what
//! the data says.

use comrak::nodes::{Node, NodeCodeBlock};

use super::of_numbers;
use crate::diag::{Diagnostic, nearest};
use crate::model::{Align, Cell, Column, Table, Word, rows};
use crate::read::run::Cx;
use crate::read::{drawing, fence, shortcodes};
use crate::source::Spanned;

/// The first word of the info string.
const FENCE: &str = "table";

/// The words behind it.
const WORDS: [&str; 4] = ["data", "columns", "rows", "align"];

/// The most rows of a table: several times what fits a slide.
const MAX_ROWS: usize = 100;

/// The most columns.
const MAX_COLUMNS: usize = 50;

/// Whether a code block is a table.
pub(in crate::read) fn is_fence(code: &NodeCodeBlock) -> bool {
    code.fenced && code.info.split([' ', '\t']).next() == Some(FENCE)
}

/// Reads a table; `None` only with a finding.
pub(in crate::read) fn fence(
    cx: &mut Cx<'_, '_, '_>,
    node: Node<'_>,
    code: &NodeCodeBlock,
) -> Option<Table> {
    let (mut lines, info) = fence::lines(cx, node, code);
    let mut tokens = fence::tokens(cx, info?).into_iter();
    let place = tokens.next()?.span;
    let mut words = Vec::new();
    for token in tokens {
        drawing::word(cx, (FENCE, &WORDS, 0), &token, &mut words);
    }
    let word = |name: &str| -> Option<&Spanned<String>> {
        words.iter().find(|word: &&Word| word.name.value == name).map(|word| &word.value)
    };
    if let Some(file) = word("data") {
        lines = drawing::of_file(cx, file, &lines)?;
    }
    let mut data = match rows(&lines) {
        Ok(rows) => rows,
        Err(wrong) => {
            let unread = Diagnostic::error("table", wrong.span, wrong.message);
            cx.report(unread.hint(wrong.hint));
            return None;
        }
    };
    if data.len() < 2 {
        let only = if data.is_empty() { "no row" } else { "a head and no row" };
        cx.report(
            Diagnostic::error("table", place, format!("this table has {only}"))
                .hint("write a head and rows: `queue,ns/op`, then `channel,86.2`")
                .hint("or name a file that has them: `table data=queues.csv`"),
        );
        return None;
    }
    let head = data.remove(0);
    if !is_even(cx, &head, &data) {
        return None;
    }
    let data = match word("rows") {
        Some(wanted) => these_rows(cx, wanted, &data)?,
        None => data,
    };
    let columns = match word("columns") {
        Some(wanted) => these_columns(cx, wanted, &head)?,
        None => (0..head.len()).collect(),
    };
    if MAX_ROWS < data.len() || MAX_COLUMNS < columns.len() {
        let (n_rows, n_columns) = (data.len(), columns.len());
        cx.report(
            Diagnostic::error("table", place, "this table is too large for a slide")
                .label(format!("{}, {}", counted(n_rows, "row"), counted(n_columns, "column")))
                .hint("show some of it: `rows=1-8`, `columns=queue,ns/op`"),
        );
        return None;
    }
    let mut cells = |row: &Vec<Spanned<String>>| -> Vec<Cell> {
        columns.iter().map(|column| cell(cx, &row[*column])).collect()
    };
    let head = cells(&head);
    let rows = data.iter().map(&mut cells).collect();
    let mut table = Table { columns: Vec::new(), head, rows };
    let found = |nth| match of_numbers(&table, nth, Column::Text(Align::Right)) {
        Column::Text(_) => Column::Text(Align::Left),
        numbers @ Column::Numbers { .. } => numbers,
    };
    let mut found: Vec<Column> = (0..columns.len()).map(found).collect();
    if let Some(wanted) = word("align") {
        aligned(cx, wanted, &mut found)?;
    }
    table.columns = found;
    Some(table)
}

/// Whether every row has as many cells as the head; reports the first that has
/// not.
fn is_even(
    cx: &mut Cx<'_, '_, '_>,
    head: &[Spanned<String>],
    data: &[Vec<Spanned<String>>],
) -> bool {
    let Some(row) = data.iter().find(|row| row.len() != head.len()) else { return true };
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return true };
    let from = row.get(head.len()).unwrap_or(first);
    let (n_cells, n_head) = (row.len(), head.len());
    let message = format!("this row has {n_cells} cells, the head {n_head}");
    cx.report(
        Diagnostic::error("table", from.span.to(last.span), message)
            .also(head[0].span.to(head[n_head - 1].span), "the head")
            .hint("give every row as many cells as the head; one without text is an empty cell")
            .hint("put quotes around a cell that holds a comma: `\"1,024\"`"),
    );
    false
}

/// The rows that `rows=1-8,12` names, counted from 1 below the head.
fn these_rows(
    cx: &mut Cx<'_, '_, '_>,
    wanted: &Spanned<String>,
    data: &[Vec<Spanned<String>>],
) -> Option<Vec<Vec<Spanned<String>>>> {
    let mut found = Vec::new();
    for range in wanted.value.split(',') {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let parsed: Option<(usize, usize)> = from.trim().parse().ok().zip(to.trim().parse().ok());
        match parsed {
            Some((from, to)) if 1 <= from && from <= to && to <= data.len() => {
                found.extend_from_slice(&data[from - 1..to]);
            }
            Some(_) | None => {
                cx.report(
                    Diagnostic::error(
                        "wrong-value",
                        wanted.span,
                        format!("`{range}` names no rows of this table"),
                    )
                    .label(format!("it has {} below its head", counted(data.len(), "row")))
                    .hint("count them from 1 below the head: `rows=1-8` or `rows=1,4-6`"),
                );
                return None;
            }
        }
    }
    Some(found)
}

/// The columns that `columns=queue,ns/op` names, in that order.
fn these_columns(
    cx: &mut Cx<'_, '_, '_>,
    wanted: &Spanned<String>,
    head: &[Spanned<String>],
) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for name in wanted.value.split(',') {
        let span = cx.part.within(wanted.span, at, at + name.len());
        at += name.len() + 1;
        let Some(nth) = head.iter().position(|cell| cell.value == name.trim()) else {
            let names = || head.iter().map(|cell| cell.value.as_str());
            let message = format!("the table has no column `{}`", name.trim());
            let unknown = Diagnostic::error("unknown-key", span, message);
            let near = nearest(name.trim(), names());
            cx.report(if near.is_empty() {
                let listed: Vec<String> = names().take(8).map(|it| format!("`{it}`")).collect();
                unknown.hint(format!("it has {}", listed.join(", ")))
            } else {
                unknown.mistyped(span, name, &near)
            });
            return None;
        };
        found.push(nth);
    }
    Some(found)
}

/// Changes how columns stand: `align=left,right,center,number`.
fn aligned(
    cx: &mut Cx<'_, '_, '_>,
    wanted: &Spanned<String>,
    columns: &mut [Column],
) -> Option<()> {
    let words: Vec<&str> = wanted.value.split(',').map(str::trim).collect();
    let n_columns = columns.len();
    let wrong = |message: String| {
        Diagnostic::error("wrong-value", wanted.span, message)
            .label(format!("the table has {}", counted(n_columns, "column")))
            .hint("write a word for each column: `left`, `center`, `right` or `auto`")
    };
    if words.len() != n_columns {
        let message = format!("`align` has {}", counted(words.len(), "word"));
        cx.report(wrong(message));
        return None;
    }
    for (nth, word) in words.iter().enumerate() {
        let column = match *word {
            "left" => Column::Text(Align::Left),
            "center" => Column::Text(Align::Center),
            "right" => Column::Text(Align::Right),
            "auto" => continue,
            _ => {
                let finding = wrong(format!("`{word}` is no alignment"));
                cx.report(finding);
                return None;
            }
        };
        columns[nth] = column;
    }
    Some(())
}

/// A number of things.
fn counted(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

fn cell(cx: &mut Cx<'_, '_, '_>, said: &Spanned<String>) -> Cell {
    let words: Vec<&str> = said.value.split_whitespace().collect();
    let mut content = if words.is_empty() {
        Vec::new()
    } else {
        shortcodes::split_plain(cx, &words.join(" "), said.span)
    };
    shortcodes::name_lone_icons(&mut content);
    Cell { id: cx.run.next_id(), span: said.span, content }
}
