//! Draws findings under the lines they concern.

use std::fmt::Write as _;

use deckc::diag::{Diagnostic, Level};
use deckc::source::{Sources, Span};
use unicode_width::UnicodeWidthStr as _;

/// Every finding, one below the other; empty where there is none.
pub(crate) fn diagnostics(found: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in found {
        let level = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        writeln!(out, "{level}[{}]: {}", diagnostic.name, diagnostic.message).unwrap();
        underline(&mut out, sources, diagnostic.span, '^', &diagnostic.label);
        for label in &diagnostic.labels {
            underline(&mut out, sources, label.span, '-', &label.text);
        }
        assert!(!diagnostic.hints.is_empty(), "say how to mend it: {diagnostic:?}");
        for hint in &diagnostic.hints {
            writeln!(out, "  hint: {hint}").unwrap();
        }
        for patch in &diagnostic.patches {
            let old = sources.text(patch.span);
            writeln!(out, "  patch: {old:?} -> {:?}", patch.text).unwrap();
        }
    }
    out
}

/// One place: the line, and marks under it. Of a span of several lines the
/// first is drawn, and the number of the last one told.
fn underline(out: &mut String, sources: &Sources, span: Span, mark: char, label: &str) {
    let source = sources.get(span.source);
    let range = span.range();
    let (first, last) =
        (source.line(range.start), source.line(range.end.saturating_sub(1).max(range.start)));
    let line = source.line_range(first);
    let text =
        |range: std::ops::Range<usize>| source.text.get(range).unwrap_or("").replace('\t', " ");
    let name =
        if span.source.0 == 0 { String::new() } else { format!("{}:", source.path.display()) };
    let head = format!("{name}{first}");
    let marked =
        text(range.start.min(line.end)..range.end.min(line.end).max(range.start.min(line.end)));
    let before = text(line.start..range.start.clamp(line.start, line.end));
    writeln!(out, "{head} | {}", text(line)).unwrap();
    write!(
        out,
        "{} | {}{}",
        " ".repeat(head.len()),
        " ".repeat(before.width()),
        String::from(mark).repeat(marked.width().max(1))
    )
    .unwrap();
    if last > first {
        write!(out, " ... to line {last}").unwrap();
    }
    writeln!(out, "{}{label}", if label.is_empty() { "" } else { " " }).unwrap();
}
