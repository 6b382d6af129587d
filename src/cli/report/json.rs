//! Findings for machines: one JSON object a line.

use serde::Serialize;

use super::Report;
use crate::diag::{Diagnostic, Level};
use crate::source::Span;

/// A finding, as `--format json` writes it.
#[derive(Serialize)]
struct Finding<'a> {
    name: &'a str,
    level: Level,
    message: &'a str,
    slide: Option<usize>,
    #[serde(flatten)]
    place: Option<Place>,
    label: &'a str,
    labels: Vec<Label<'a>>,
    hints: &'a [String],
    patches: Vec<Patch<'a>>,
}

/// Where something stands: bytes from 0, lines and columns from 1. A column is a
/// character. The end is the place after the last character.
#[derive(Serialize)]
struct Place {
    file: String,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    text: &'a str,
}

#[derive(Serialize)]
struct Patch<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    text: &'a str,
}

/// One object a line, in the order of the source.
pub(super) fn render(report: &Report) -> String {
    report.findings.iter().map(|it| line(report, it) + "\n").collect()
}

fn line(report: &Report, finding: &Diagnostic) -> String {
    let labels = finding.labels.iter();
    let patches = finding.patches.iter();
    let finding = Finding {
        name: finding.name,
        level: finding.level,
        message: &finding.message,
        slide: finding.slide,
        place: place(report, finding.span),
        label: &finding.label,
        labels: labels.map(|it| Label { place: place(report, it.span), text: &it.text }).collect(),
        hints: &finding.hints,
        patches: patches
            .map(|it| Patch { place: place(report, it.span), text: &it.text })
            .collect(),
    };
    serde_json::to_string(&finding).expect("strings and numbers are always JSON")
}

fn place(report: &Report, span: Span) -> Option<Place> {
    let source = report.source(span.source)?;
    let (start, end) = (span.range().start, span.range().end);
    Some(Place {
        file: report.path(&source.path),
        start: span.start,
        end: span.end,
        line: source.line(start),
        column: source.column(start),
        end_line: source.line(end),
        end_column: source.column(end),
    })
}
