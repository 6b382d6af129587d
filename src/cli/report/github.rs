//! Findings as workflow commands of GitHub Actions, which show them beside the
//! lines of a pull request.

use super::Report;
use crate::diag::{Diagnostic, Level};

/// One command a line, in the order of the source.
pub(super) fn render(report: &Report) -> String {
    report.findings.iter().map(|it| line(report, it) + "\n").collect()
}

fn line(report: &Report, finding: &Diagnostic) -> String {
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    let place = report.source(finding.span.source).map_or_else(String::new, |source| {
        let (start, end) = (finding.span.range().start, finding.span.range().end);
        let file = property(&report.path(&source.path));
        let (line, end_line) = (source.line(start), source.line(end));
        let (column, end_column) = (source.column(start), source.column(end));
        // Columns are shown only within one line.
        let columns = if line == end_line {
            format!(",col={column},endColumn={end_column}")
        } else {
            String::new()
        };
        format!("file={file},line={line},endLine={end_line}{columns},")
    });
    let mut text = finding.message.clone();
    if let Some(slide) = finding.slide {
        text = format!("slide {slide}: {text}");
    }
    for hint in &finding.hints {
        text.push_str("\nhelp: ");
        text.push_str(hint);
    }
    let name = property(finding.name);
    format!("::{command} {place}title={name}::{}", data(&text))
}

/// A message, escaped as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, in which colons and commas have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
