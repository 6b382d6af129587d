//! Findings for machines: one JSON object a line.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::Report;
use crate::diag::{Applicability, Diagnostic, Level};
use crate::source::Span;

/// A finding: what `--format json` writes, one a line.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The name that `deckc explain` knows.
    name: &'a str,
    /// How much it weighs.
    level: Level,
    /// What is wrong, in one line.
    message: &'a str,
    /// The slide it concerns, counted from 1 in the source, where that is known.
    slide: Option<usize>,
    #[serde(flatten)]
    place: Option<Place>,
    /// What stands at the place. May be empty.
    label: &'a str,
    /// Further places.
    labels: Vec<Label<'a>>,
    /// The acts that mend it, best first.
    hints: &'a [String],
    /// The change that mends it, where a machine can make it. All parts belong
    /// together.
    patches: Vec<Patch<'a>>,
    /// What the patches are worth: `certain` ones are made by `--fix`, a
    /// `placeholder` leaves the finding for the author to fill in, a `guess` is one
    /// way of several. `null` without patches.
    applicability: Option<Applicability>,
}

/// Where something stands. Missing where the finding concerns no text.
#[derive(Serialize, JsonSchema)]
struct Place {
    /// The file, from the working folder, with forward slashes.
    file: String,
    /// The first byte, counted from 0.
    start: u32,
    /// The byte after the last one.
    end: u32,
    /// The line of the first byte, counted from 1.
    line: usize,
    /// The column of the first byte, counted from 1 in characters.
    column: usize,
    /// The line of the byte after the last one.
    end_line: usize,
    /// The column of the byte after the last one.
    end_column: usize,
}

/// A further place of a finding.
#[derive(Serialize, JsonSchema)]
struct Label<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    /// What stands there.
    text: &'a str,
}

/// A change: the bytes of the place are replaced by the text.
#[derive(Serialize, JsonSchema)]
struct Patch<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    /// What stands there afterwards.
    text: &'a str,
}

/// The schema of a line.
pub(super) fn line_schema() -> Schema {
    schema::<Finding<'_>>()
}

/// The schema of what is written of a type: a field that is left out where it is
/// empty need not be there.
pub(in crate::cli) fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>()
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
        applicability: (!finding.patches.is_empty()).then_some(finding.applicability),
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
