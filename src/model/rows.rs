//! Rows of cells in the lines of a fence, or of the file that it names.

use std::ops::Range;

use super::CodeLine;
use crate::data::csv::{self, Wrong};
use crate::source::{Span, Spanned};

/// What is wrong with rows: where, what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub message: &'static str,
    /// What to do.
    pub hint: &'static str,
}

/// Reads comma-separated values, or those that tabs or semicolons part.
///
/// # Errors
/// A quote without an end, and text behind one.
pub fn rows(lines: &[CodeLine]) -> Result<Vec<Vec<Spanned<String>>>, Unread> {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(lines.len());
    for line in lines {
        starts.push(text.len());
        text.push_str(&line.text);
        text.push('\n');
    }
    let place = |range: Range<usize>| {
        let at = |byte: usize| {
            let nth = starts.partition_point(|start| *start <= byte).saturating_sub(1);
            let span = lines[nth].span;
            let within = u32::try_from(byte - starts[nth]).unwrap_or(u32::MAX);
            Span { start: span.start.saturating_add(within).min(span.end), ..span }
        };
        let start = at(range.start);
        let end = if range.is_empty() { start.start } else { at(range.end - 1).start + 1 };
        Span { end: end.max(start.start), ..start }
    };
    match csv::read(&text, csv::separator(&text)) {
        Ok(rows) => {
            let cell = |cell: csv::Cell| Spanned::new(cell.text, place(cell.range));
            Ok(rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect())
        }
        Err(Wrong::Open(at)) => Err(Unread {
            span: place(at..at + 1),
            message: "this quote is never closed",
            hint: "write `\"` where the cell ends, and `\"\"` for a quote in a cell",
        }),
        Err(Wrong::Behind(range)) => Err(Unread {
            span: place(range),
            message: "this stands behind the quote that ends its cell",
            hint: "put quotes around all of the cell, and write `\"\"` for a quote in it",
        }),
    }
}
