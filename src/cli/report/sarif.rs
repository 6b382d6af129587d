//! Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Report;
use crate::diag::{Diagnostic, Level};
use crate::explain;
use crate::source::Span;

/// One document with the findings of every deck.
pub(super) fn render(reports: &[&Report]) -> String {
    let results: Vec<Value> = reports
        .iter()
        .flat_map(|report| report.findings.iter().map(|it| result(report, it)))
        .collect();
    let names = reports.iter().flat_map(|report| &report.findings).map(|it| it.name);
    let rules: BTreeMap<&str, Value> = names.map(|name| (name, rule(name))).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "deckc",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

/// What a name stands for, with its page.
fn rule(name: &str) -> Value {
    match explain::page(name) {
        Some(page) => json!({
            "id": name,
            "shortDescription": { "text": page.summary() },
            "help": { "text": page.docs, "markdown": page.docs },
        }),
        None => json!({ "id": name }),
    }
}

fn result(report: &Report, finding: &Diagnostic) -> Value {
    let mut text = finding.message.clone();
    if let Some(slide) = finding.slide {
        text = format!("slide {slide}: {text}");
    }
    for hint in &finding.hints {
        let _ = write!(text, "\nhelp: {hint}");
    }
    let mut result = json!({
        "ruleId": finding.name,
        "level": match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        "message": { "text": text },
    });
    if let Some(place) = place(report, finding.span) {
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    let related = finding.labels.iter().filter_map(|label| {
        let place = place(report, label.span)?;
        Some(json!({ "physicalLocation": place, "message": { "text": label.text } }))
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = fix(report, finding) {
        result["fixes"] = json!([fix]);
    }
    result
}

fn place(report: &Report, span: Span) -> Option<Value> {
    Some(json!({
        "artifactLocation": { "uri": uri(report, span)? },
        "region": region(report, span)?,
    }))
}

/// The change that mends a finding.
fn fix(report: &Report, finding: &Diagnostic) -> Option<Value> {
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for patch in &finding.patches {
        files.entry(uri(report, patch.span)?).or_default().push(json!({
            "deletedRegion": region(report, patch.span)?,
            "insertedContent": { "text": patch.text },
        }));
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(uri, parts)| json!({ "artifactLocation": { "uri": uri }, "replacements": parts }))
        .collect();
    let text = finding.hints.first().map_or("change it", String::as_str);
    (!changes.is_empty())
        .then(|| json!({ "description": { "text": text }, "artifactChanges": changes }))
}

/// Lines and columns from 1, the end being the place after the last character.
fn region(report: &Report, span: Span) -> Option<Value> {
    let source = report.source(span.source)?;
    let (start, end) = (span.range().start, span.range().end);
    Some(json!({
        "startLine": source.line(start),
        "startColumn": source.column(start),
        "endLine": source.line(end),
        "endColumn": source.column(end),
        "byteOffset": start,
        "byteLength": end - start,
    }))
}

/// A path as a relative reference of RFC 3986: every byte but unreserved ones
/// and slashes is escaped.
fn uri(report: &Report, span: Span) -> Option<String> {
    let path = report.path(&report.source(span.source)?.path);
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    Some(uri)
}
