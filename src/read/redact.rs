//! Redacting: the text of a deck without what only the speaker sees.
//!
//! Takes a deck that was read, gives its texts without notes and without hidden
//! slides, fit to be given away. Nothing else changes: read again, the texts
//! give the same slides.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::front_matter;
use super::{comment, text::Located};
use crate::diag::Diagnostics;
use crate::model::{BlockKind, Deck, InlineKind, Role, Slide, walk};
use crate::source::{Source, SourceId, Sources, Span};

/// The texts of a deck, the deck itself first: as they are.
#[must_use]
pub fn texts(deck: &Deck, sources: &Sources) -> Vec<Source> {
    named(deck, sources, |id| sources.get(id).text.to_string())
}

/// The texts of a deck, the deck itself first: without notes and hidden slides.
#[must_use]
pub fn redacted_texts(deck: &Deck, sources: &Sources) -> Vec<Source> {
    named(deck, sources, |id| {
        let text = &sources.get(id).text;
        let body = front_matter::find(id, text, &mut Diagnostics::default()).body;
        let slides: Vec<&Slide> = deck.slides.iter().filter(|it| it.span.source == id).collect();
        let mut cuts: Vec<Cut> = Vec::new();
        let mut keep: Vec<Range<usize>> = std::iter::once(0..body).collect();
        for slide in slides {
            if slide.role == Role::Hidden {
                let range = with_break(text, body, slide.span.range());
                cuts.push(Cut { range, marked: false });
            } else {
                cuts.extend(slide.notes.iter().map(|it| note(text, it.span.range())));
                keep.extend(code(slide).filter(|span| span.source == id).map(Span::range));
            }
        }
        cuts.extend(comments(id, text, &keep));
        without(text, cuts)
    })
}

/// The texts that slides were read from, each once.
fn named(deck: &Deck, sources: &Sources, text: impl Fn(SourceId) -> String) -> Vec<Source> {
    let mut found: BTreeMap<&Path, SourceId> = BTreeMap::new();
    let path = |id: SourceId| sources.get(id).path.as_path();
    for slide in &deck.slides {
        // A text that is included twice is read twice.
        found.entry(path(slide.span.source)).or_insert(slide.span.source);
    }
    let first = SourceId::default();
    found.remove(path(first));
    let ids = std::iter::once(first).chain(found.into_values());
    ids.map(|id| Source::new(path(id), text(id))).collect()
}

/// Where a slide shows code, in which a comment is no note.
fn code(slide: &Slide) -> impl Iterator<Item = Span> {
    let mut found = Vec::new();
    for group in &slide.groups {
        walk::blocks(&group.blocks, &mut |block| {
            if matches!(block.kind, BlockKind::Code(_)) {
                found.push(block.span);
            }
            for inlines in walk::own_inlines(block) {
                walk::inlines(inlines, &mut |inline| {
                    if matches!(inline.kind, InlineKind::Code { .. }) {
                        found.push(inline.span);
                    }
                });
            }
        });
    }
    for footnote in &slide.footnotes {
        walk::inlines(&footnote.content, &mut |inline| {
            if matches!(inline.kind, InlineKind::Code { .. }) {
                found.push(inline.span);
            }
        });
    }
    found.into_iter()
}

/// Every comment that is a note, also where no slide takes it up: in a footnote
/// that nobody refers to, or in the alternative text of a picture.
fn comments(id: SourceId, text: &str, keep: &[Range<usize>]) -> Vec<Cut> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        let inner = start + "<!--".len();
        from = inner;
        if text[..start].ends_with('\\') || keep.iter().any(|range| range.contains(&start)) {
            continue;
        }
        let Some(end) = text[inner..].find("-->").map(|at| inner + at) else { break };
        from = end + "-->".len();
        let inside = Located::part(id, text, inner..end);
        if matches!(comment::classify(&inside), comment::Comment::Note(_)) {
            found.push(note(text, start..from));
        }
    }
    found
}

/// A hidden slide with one of the breaks around it.
fn with_break(text: &str, body: usize, slide: Range<usize>) -> Range<usize> {
    let after = text[slide.end..].split_inclusive('\n').next().unwrap_or_default();
    let before = text[..slide.start].split_inclusive('\n').next_back().unwrap_or_default();
    let is_first = slide.start <= body;
    if is_break(after) && (is_first || is_break(before)) {
        slide.start..slide.end + after.len()
    } else if !is_first && is_break(before) && text[slide.end..].trim().is_empty() {
        slide.start - before.len()..slide.end
    } else {
        slide
    }
}

/// Whether a line is a thematic break.
fn is_break(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| "-*_".contains(*c)) else { return false };
    let rest: Vec<char> = marks.collect();
    2 <= rest.len() && rest.iter().all(|c| *c == first)
}

/// A part of a text that goes, and whether an empty comment takes its place.
struct Cut {
    range: Range<usize>,
    marked: bool,
}

/// A note with what would be left of it: the comma before its key, the spaces
/// beside it, or its lines where it stands alone on them. An empty comment stays
/// where the note parts what would grow together: the items of a list, the lines
/// of a paragraph.
fn note(text: &str, note: Range<usize>) -> Cut {
    let note = note.start..note.start + text[note].trim_end().len();
    let cut = |range| Cut { range, marked: false };
    let line = text[..note.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..note.start];
    let after = text[note.end..].split_inclusive('\n').next().unwrap_or_default();
    let is_comment = text[note.clone()].starts_with("<!--");
    if before.chars().all(|c| c.is_whitespace() || c == '>') {
        let alone = after.trim().is_empty();
        let next = text[note.end..].trim_start();
        let above = text[..line].lines().next_back().unwrap_or_default();
        let parts =
            if alone { !before.is_empty() || !starts_text(next) } else { !above.trim().is_empty() };
        if is_comment && parts && !next.is_empty() && !starts_block(next) {
            return Cut { range: note, marked: true };
        }
        if alone {
            return cut(line..note.end + after.len());
        }
    }
    let start = note.start - (before.len() - before.trim_end().len());
    if !is_comment && text[..start].ends_with(',') {
        cut(start - 1..note.end)
    } else if after.trim().is_empty() || after.starts_with(' ') {
        cut(start..note.end)
    } else {
        cut(note)
    }
}

/// A text without some parts of it.
fn without(text: &str, mut cuts: Vec<Cut>) -> String {
    cuts.sort_by_key(|cut| (cut.range.start, cut.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Cut { range, marked } in cuts {
        if range.end <= at {
            continue;
        }
        out.push_str(&text[at..range.start.max(at)]);
        at = range.end;
        if marked {
            out.push_str("<!-- -->");
        } else {
            join(&mut out, &text[at..]);
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Mends the place where whole lines were cut: one blank line stays where there
/// were two, and one comes where two paragraphs would become one.
fn join(out: &mut String, rest: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        return;
    }
    let before = out.lines().next_back().unwrap_or_default();
    let after = rest.lines().next().unwrap_or_default();
    if before.trim().is_empty() && after.trim().is_empty() && !rest.is_empty() {
        let blank = out.trim_end().len();
        let end = out[blank..].find('\n').map_or(out.len(), |at| blank + at + 1);
        out.truncate(end);
    } else if !before.trim().is_empty() && starts_text(after) {
        out.push_str(if out.ends_with("\r\n") { "\r\n" } else { "\n" });
    }
}

/// Whether a line would go on the paragraph above it.
fn starts_text(line: &str) -> bool {
    !line.is_empty() && !starts_block(line) && !starts_item(line)
}

/// Whether a line starts a block at the margin, whatever is above it.
fn starts_block(line: &str) -> bool {
    let is_fence = line.starts_with("```") || line.starts_with("~~~") || line.starts_with(":::");
    is_fence
        || line.starts_with("<!--")
        || line.starts_with('#')
        || is_break(line.lines().next().unwrap_or_default())
}

/// Whether a line may be part of a list, a quote or a table above it.
fn starts_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
    numbered || line.starts_with([' ', '\t', '-', '*', '+', '>', '|'])
}
