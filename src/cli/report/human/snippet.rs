//! The lines of a source that a finding is about, underlined and labelled.
//!
//! What would not fit the width of the terminal is not cut: a label that is too
//! long for its place is a note below the lines.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};
use unicode_width::UnicodeWidthStr as _;

use super::super::Report;
use super::{INDENT, wrapped};
use crate::cli::terminal;
use crate::diag::Diagnostic;
use crate::source::{Source, SourceId, Span};

/// The most lines of a span that are drawn. What is wrong with more is wrong
/// with all of them, and the first ones say which.
const MAX_LINES: usize = 6;

/// The columns that the dots take where a line is cut on both sides.
const DOTS: usize = 12;

/// The lines of one source, and what did not fit beside them.
pub(super) struct Drawn<'a> {
    pub(super) source: Snippet<'a, Annotation<'a>>,
    pub(super) notes: Vec<String>,
}

/// The places of a finding, one snippet a source, the one with the primary
/// span first.
pub(super) fn draw<'a>(report: &'a Report, finding: &'a Diagnostic) -> Vec<Drawn<'a>> {
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

fn snippet<'a>(report: &'a Report, finding: &'a Diagnostic, id: SourceId) -> Option<Drawn<'a>> {
    let source = report.source(id)?;
    let mut places = Vec::new();
    if finding.span.source == id {
        places.push(Place::new(source, finding.span, &finding.label, AnnotationKind::Primary));
    }
    for label in finding.labels.iter().filter(|label| label.span.source == id) {
        places.push(Place::new(source, label.span, &label.text, AnnotationKind::Context));
    }
    let notes = make_room(source, &mut places);
    let window = Window::around(source, places.iter().map(|place| &place.range));
    let annotations = places.into_iter().map(|place| {
        let annotation = place.kind.span(window.within(&place.range));
        if place.label.is_empty() { annotation } else { annotation.label(place.label) }
    });
    let snippet = Snippet::source(window.text)
        .path(report.path(&source.path))
        .line_start(window.first_line)
        .annotations(annotations.collect::<Vec<_>>());
    Some(Drawn { source: snippet, notes })
}

/// A stretch of a source to underline.
struct Place {
    kind: AnnotationKind,
    range: Range<usize>,
    label: String,
}

impl Place {
    fn new(source: &Source, span: Span, label: &str, kind: AnnotationKind) -> Self {
        let label = terminal::visible(label).into_owned();
        Self { kind, range: shortened(source, span), label }
    }

    /// The columns of the underline on its last line, and where its label ends.
    fn columns(&self, source: &Source) -> (usize, usize, usize) {
        let start = source.line_start(source.line(self.range.end));
        let column = |at: usize| shown_width(&source.text[start..at.max(start)]);
        let end = column(self.range.end).max(column(self.range.start) + 1);
        let label = if self.label.is_empty() { 0 } else { self.label.width() + 1 };
        (column(self.range.start), end, end + label)
    }
}

/// Takes away labels, and then places, until the lines fit the terminal; gives
/// them as notes.
fn make_room(source: &Source, places: &mut Vec<Place>) -> Vec<String> {
    let mut notes = Vec::new();
    while !fit(source, places) {
        let widest = (0..places.len())
            .filter(|at| !places[*at].label.is_empty())
            .max_by_key(|at| places[*at].columns(source).2);
        let Some(at) = widest else { break };
        let place = &mut places[at];
        let label = std::mem::take(&mut place.label);
        if matches!(place.kind, AnnotationKind::Primary) {
            notes.insert(0, wrapped(&label, INDENT));
        } else {
            let line = source.line(place.range.start);
            notes.push(wrapped(&format!("line {line}: {label}"), INDENT));
        }
    }
    if !fit(source, places) {
        places.retain(|place| matches!(place.kind, AnnotationKind::Primary));
    }
    notes
}

/// Whether the lines fit the terminal, once what is left and right of the
/// underlines is cut where a line is too long.
fn fit(source: &Source, places: &[Place]) -> bool {
    let last = places.iter().map(|place| source.line(place.range.end)).max().unwrap_or(1);
    let several =
        places.iter().any(|place| source.line(place.range.start) < source.line(place.range.end));
    let gutter = last.to_string().len() + 3 + if several { 3 } else { 0 };
    let room = terminal::width().saturating_sub(gutter);
    let columns = || places.iter().map(|place| place.columns(source));
    let left = columns().map(|(start, ..)| start).min().unwrap_or(0);
    let right = columns().map(|(.., end)| end).max().unwrap_or(0);
    let lines = places.iter().flat_map(|place| {
        let lines = source.line(place.range.start)..=source.line(place.range.end);
        lines.map(|line| shown_width(&source.text[source.line_range(line)]))
    });
    let longest = lines.max().unwrap_or(0);
    // Only what has a line that is too long is cut.
    if longest <= room { right <= room } else { right - left + DOTS <= room }
}

/// How many columns a text takes when it is drawn.
fn shown_width(text: &str) -> usize {
    terminal::visible(text).width()
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
pub(super) fn in_bounds(source: &Source, span: Span) -> Range<usize> {
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
    let mut end = range.start + text.trim_end().len();
    // The underline of one line ends where the terminal does.
    let most = terminal::width().saturating_sub(DOTS + 10);
    if !text.contains('\n') && most < shown_width(text) {
        let mut width = 0;
        let fits = |c: &(usize, char)| {
            width += shown_width(c.1.encode_utf8(&mut [0; 4]));
            width <= most
        };
        let kept = text.char_indices().take_while(fits).last();
        end = range.start + kept.map_or(0, |(at, c)| at + c.len_utf8());
    }
    range.start..end
}
