//! Findings for people: the line of Markdown, what is wrong with it underlined,
//! and below it the act that mends it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Weight, Renderer, Snippet};

use super::{Report, diff};
use crate::cli::terminal;
use crate::diag::{Diagnostic, Level};
use crate::source::{Source, SourceId, Span};

/// The most lines of a span that are drawn. What is wrong with more is wrong
/// with all of them, and the first ones say which.
const MAX_LINES: usize = 6;

/// Every finding, one after the other, a blank line after each.
pub(in crate::cli) fn render(report: &Report) -> String {
    report.findings.iter().map(|it| finding(report, it) + "\n").collect()
}

/// Something that stopped the command, in the same form.
pub(in crate::cli) fn failure(message: &str, hints: &[String]) -> String {
    let hints = hints.iter().map(|hint| Weight::HELP.message(wrapped(hint)));
    let group = Group::with_title(Weight::ERROR.primary_title(message)).elements(hints);
    renderer().render(&[group])
}

fn renderer() -> Renderer {
    Renderer::styled().term_width(terminal::width())
}

/// One finding.
fn finding(report: &Report, finding: &Diagnostic) -> String {
    let weight = match finding.level {
        Level::Error => Weight::ERROR,
        Level::Warning => Weight::WARNING,
    };
    let message = match finding.slide {
        Some(slide) => format!("slide {slide}: {}", finding.message),
        None => finding.message.clone(),
    };
    let title = weight.primary_title(message).id(finding.name);
    let mut group = Group::with_title(title).elements(snippets(report, finding));
    let mut hints = finding.hints.iter();
    // The diff shows the first hint; the others stand below the snippet.
    let act = if finding.patches.is_empty() { None } else { hints.next() };
    group = group.elements(hints.map(|hint| Weight::HELP.message(wrapped(hint))));
    let mut text = renderer().render(&[group]);
    text.push('\n');
    if !finding.patches.is_empty() {
        let act = act.map_or("change it like this", String::as_str);
        let title = Group::with_title(Weight::HELP.secondary_title(wrapped(act)));
        text.push_str(&renderer().render(&[title]));
        text.push('\n');
        text.push_str(&patches(report, finding));
    }
    text
}

/// The places of a finding, one snippet a source, the one with the primary
/// span first.
fn snippets<'a>(report: &'a Report, finding: &'a Diagnostic) -> Vec<Element<'a>> {
    let mut ids = vec![finding.span.source];
    ids.extend(finding.labels.iter().map(|label| label.span.source));
    let mut seen = Vec::new();
    ids.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(*id);
        is_new
    });
    ids.into_iter().filter_map(|id| snippet(report, finding, id)).collect()
}

fn snippet<'a>(report: &'a Report, finding: &'a Diagnostic, id: SourceId) -> Option<Element<'a>> {
    let source = report.source(id)?;
    let mut places = Vec::new();
    if finding.span.source == id {
        places.push((AnnotationKind::Primary, shortened(source, finding.span), &finding.label));
    }
    for label in finding.labels.iter().filter(|label| label.span.source == id) {
        places.push((AnnotationKind::Context, shortened(source, label.span), &label.text));
    }
    let window = Window::around(source, places.iter().map(|(_, range, _)| range));
    let annotations = places.into_iter().map(|(kind, range, label)| {
        let annotation = kind.span(window.within(&range));
        if label.is_empty() { annotation } else { annotation.label(label.as_str()) }
    });
    let snippet = Snippet::source(window.text)
        .path(report.path(&source.path))
        .line_start(window.first_line)
        .annotations(annotations.collect::<Vec<_>>());
    Some(snippet.into())
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

/// The lines of a source around some places, so that a long deck is not
/// searched for every finding.
struct Window<'a> {
    text: &'a str,
    start: usize,
    first_line: usize,
}

impl<'a> Window<'a> {
    fn around<'r>(source: &'a Source, ranges: impl Iterator<Item = &'r Range<usize>>) -> Self {
        let (mut first, mut last) = (source.n_lines().max(1), 1);
        for range in ranges {
            first = first.min(source.line(range.start));
            last = last.max(source.line(range.end));
        }
        let first_line = first.saturating_sub(1).max(1);
        let start = source.line_start(first_line);
        let end = source.line_start(last + 2).max(start);
        Self { text: source.text.get(start..end).unwrap_or_default(), start, first_line }
    }

    fn within(&self, range: &Range<usize>) -> Range<usize> {
        let cut = |at: usize| at.saturating_sub(self.start).min(self.text.len());
        cut(range.start)..cut(range.end)
    }
}

/// A span as bytes that surely lie in the source, between characters.
fn in_bounds(source: &Source, span: Span) -> Range<usize> {
    let floor = |at: usize| {
        let mut at = at.min(source.text.len());
        while !source.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let range = span.range();
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// A span without the white space at its end, and no longer than is drawn.
fn shortened(source: &Source, span: Span) -> Range<usize> {
    let range = in_bounds(source, span);
    let text = &source.text[range.clone()];
    let end = range.start + text.trim_end().len();
    let last_line = source.line(range.start) + MAX_LINES - 1;
    let end = end.min(source.line_range(last_line).end).max(range.start);
    let text = &source.text[range.start..end];
    range.start..range.start + text.trim_end().len()
}

/// A hint broken between words, to stand beside `   = help: `.
fn wrapped(text: &str) -> String {
    /// Room for the line number, the bar and the word before the text.
    const INDENT: usize = 14;
    terminal::wrapped(text, INDENT)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::{Source, Sources};

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
