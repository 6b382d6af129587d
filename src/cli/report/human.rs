//! Findings for people: the line of Markdown, what is wrong with it underlined,
//! and below it the act that mends it.

use std::collections::BTreeMap;

use annotate_snippets::{Group, Level as Weight, Renderer};

use self::snippet::in_bounds;
use super::{Report, diff};
use crate::cli::terminal;
use crate::diag::{Diagnostic, Level};
use crate::source::SourceId;

mod snippet;

/// How many findings of one name are drawn. Whoever has more reads the first ones
/// and runs the command again.
const MAX_OF_A_NAME: usize = 20;

/// The findings, one after the other, a blank line after each; of many with one
/// name the first ones, and how many more there are.
pub(in crate::cli) fn render(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for it in &report.findings {
        let count = counts.entry(it.name).or_default();
        *count += 1;
        if *count <= MAX_OF_A_NAME {
            text += &finding(report, it);
            text.push('\n');
        }
    }
    for (name, count) in counts.into_iter().filter(|(_, count)| MAX_OF_A_NAME < *count) {
        let more = thousands(count - MAX_OF_A_NAME);
        let message = format!("… and {more} more of `{name}`; `--format json` shows them all");
        let note = Group::with_title(Weight::NOTE.secondary_title(wrapped(&message, INDENT)));
        text += &renderer().render(&[note]);
        text += "\n\n";
    }
    text
}

/// One finding, as [`render`] draws it.
pub(in crate::cli) fn one(report: &Report, it: &Diagnostic) -> String {
    finding(report, it)
}

/// A number with a comma before every three digits.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Something that stopped the command, in the same form.
pub(in crate::cli) fn failure(message: &str, hints: &[String]) -> String {
    without_place(Weight::ERROR, "error: ", message, hints)
}

/// Something to think about that stopped nothing.
pub(in crate::cli) fn warning(message: &str, hints: &[String]) -> String {
    without_place(Weight::WARNING, "warning: ", message, hints)
}

fn without_place(weight: Weight<'static>, word: &str, message: &str, hints: &[String]) -> String {
    let hints = hints.iter().map(|hint| Weight::HELP.message(wrapped(hint, INDENT)));
    let message = wrapped(message, word.len());
    let group = Group::with_title(weight.primary_title(message)).elements(hints);
    renderer().render(&[group])
}

fn renderer() -> Renderer {
    Renderer::styled().term_width(terminal::width())
}

/// One finding.
fn finding(report: &Report, finding: &Diagnostic) -> String {
    let (weight, word) = match finding.level {
        Level::Error => (Weight::ERROR, "error"),
        Level::Warning => (Weight::WARNING, "warning"),
    };
    let message = match finding.slide {
        Some(slide) => format!("slide {slide}: {}", finding.message),
        None => finding.message.clone(),
    };
    let message = wrapped(&message, word.len() + finding.name.len() + "[]: ".len());
    let mut group = Group::with_title(weight.primary_title(message).id(finding.name));
    for snippet in snippet::draw(report, finding) {
        group = group.element(snippet.source);
        group = group.elements(snippet.notes.into_iter().map(|note| Weight::NOTE.message(note)));
    }
    let mut hints = finding.hints.iter();
    // The diff shows the first hint; the others stand below the snippet.
    let act = if finding.patches.is_empty() { None } else { hints.next() };
    // What is another way to the diff stands above it, where it is the first way.
    let first =
        if act.is_some() { hints.next().map(|it| it.trim_start_matches("or ")) } else { None };
    let others = first.into_iter().chain(hints.map(String::as_str));
    group = group.elements(others.map(|hint| Weight::HELP.message(wrapped(hint, INDENT))));
    let mut text = renderer().render(&[group]);
    text.push('\n');
    if !finding.patches.is_empty() {
        let act = act.map_or("change it like this", String::as_str);
        let act = wrapped(act, "help: ".len());
        let title = Group::with_title(Weight::HELP.secondary_title(act));
        text.push_str(&renderer().render(&[title]));
        text.push('\n');
        text.push_str(&patches(report, finding));
    }
    text
}

/// The change that mends a finding, one diff a source.
fn patches(report: &Report, finding: &Diagnostic) -> String {
    let mut ids: Vec<SourceId> = finding.patches.iter().map(|patch| patch.span.source).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut text = String::new();
    for source_id in ids {
        let Some(source) = report.source(source_id) else { continue };
        let parts: Vec<_> = finding
            .patches
            .iter()
            .filter(|patch| patch.span.source == source_id)
            .map(|patch| (in_bounds(source, patch.span), patch.text.as_str()))
            .collect();
        text.push_str(&diff::draw(source, &parts));
    }
    text
}

/// The room for the line number, the bar and the word before a hint.
const INDENT: usize = 14;

/// Text broken between words, to stand beside something `indent` columns wide.
fn wrapped(text: &str, indent: usize) -> String {
    terminal::wrapped(&terminal::visible(text), indent)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::{Source, SourceId, Sources, Span};

    #[test]
    fn a_span_that_fits_no_source_is_shown_all_the_same() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new(Path::new("deck.md"), "# 世界\n"));
        let spans = [
            Span::new(id, 3..4),
            Span::new(id, 4..999),
            Span::new(id, 9..9),
            Span::new(SourceId(7), 0..3),
        ];
        let findings = spans.map(|span| Diagnostic::error("x", span, "wrong").patch(span, "-"));
        let report = Report { sources, prefix: "talks".into(), findings: findings.to_vec() };
        assert_eq!(render(&report).matches("wrong").count(), spans.len());
    }
}
