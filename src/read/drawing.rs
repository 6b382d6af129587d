//! Drawings: fences that become pictures.
//!
//! Takes a fence whose first word is a kind of drawing, gives an image without a
//! file. What the lines of the fence mean is the business of `figure/`; here
//! are the words of its info string, its alternative text and its steps.

use comrak::nodes::{Node, NodeCodeBlock};

use super::run::Cx;
use super::{fence, images, included, shortcodes};
use crate::data::profile;
use crate::diag::{Diagnostic, nearest};
use crate::model::{BlockId, CodeLine, Drawing, DrawingKind, Image, Showing, Step, Word};
use crate::source::{Span, Spanned};

/// How many steps a drawing may have: as many as a focus of code.
const MAX_STEPS: u32 = 100;

/// The most lines that a drawing is made from.
const MAX_LINES: usize = 20_000;

/// The words that every drawing knows: what it shows for those who cannot see
/// it, that it shows nothing that matters, and what stands below it.
const COMMON: [&str; 3] = ["alt", "decorative", "caption"];

/// What a kind of drawing knows beside that.
struct Knows {
    /// The words, alone or with a value. What `file` or `data` names is read in
    /// place of the lines of the fence.
    words: &'static [&'static str],
    /// How many others may stand behind the kind: a form, or files.
    bare: usize,
    /// Whether the author must say what it shows. Otherwise it says that itself
    /// (`figure::describe`).
    needs_alt: fn(&Drawing) -> bool,
    /// Whether braces may name parts that appear one a step.
    has_parts: bool,
    /// How many steps it takes beside its first.
    further_steps: fn(&Drawing) -> usize,
}

const fn knows(kind: DrawingKind) -> Knows {
    match kind {
        DrawingKind::Goroutines => Knows {
            words: &["file"],
            bare: 0,
            needs_alt: |_| false,
            has_parts: false,
            further_steps: |drawing| n_lines(drawing, |line| line == "step"),
        },
        DrawingKind::Mermaid => Knows {
            words: &["file"],
            bare: 0,
            needs_alt: |drawing| n_lines(drawing, |line| line.starts_with("accDescr")) == 0,
            has_parts: true,
            further_steps: |drawing| drawing.parts.len().saturating_sub(1),
        },
        DrawingKind::Dot => Knows {
            words: &["file"],
            bare: 0,
            needs_alt: |_| true,
            has_parts: false,
            further_steps: |_| 0,
        },
        DrawingKind::Chart => Knows {
            words: &["data", "unit", "x", "y", "log", "highlight", "bins"],
            bare: 1,
            needs_alt: |_| false,
            has_parts: false,
            further_steps: |_| 0,
        },
        DrawingKind::Benchstat => Knows {
            words: &["unit", "only", "bars"],
            bare: 2,
            needs_alt: |_| false,
            has_parts: false,
            further_steps: |_| 0,
        },
        DrawingKind::Flamegraph => Knows {
            words: &["focus", "top", "sample", "unit", "highlight"],
            bare: 1,
            needs_alt: |_| false,
            has_parts: false,
            further_steps: |drawing| {
                drawing.word("focus").map_or(0, |focus| focus.value.matches('|').count())
            },
        },
    }
}

/// How many lines of a drawing are such.
fn n_lines(drawing: &Drawing, is_one: fn(&str) -> bool) -> usize {
    drawing.lines.iter().filter(|line| is_one(line.text.trim())).count()
}

/// The kind that the first word of an info string names.
pub(super) fn kind(code: &NodeCodeBlock) -> Option<DrawingKind> {
    let first = code.info.split([' ', '\t', '{']).next().filter(|_| code.fenced)?;
    DrawingKind::ALL.into_iter().find(|(name, _)| *name == first).map(|(_, kind)| kind)
}

/// Reads a drawing; `None` only with a finding.
pub(super) fn read(
    cx: &mut Cx<'_, '_, '_>,
    node: Node<'_>,
    code: &NodeCodeBlock,
    id: BlockId,
) -> Option<Image> {
    let kind = kind(code)?;
    let (lines, info) = fence::lines(cx, node, code);
    let mut tokens = fence::tokens(cx, info?).into_iter();
    let place = tokens.next()?.span;
    let mut drawing = Drawing {
        kind,
        lines,
        words: Vec::new(),
        parts: Vec::new(),
        further_steps: 0,
        steps_from: Step::FIRST,
    };
    let Knows { words, bare, .. } = knows(kind);
    let known: Vec<&str> = COMMON.iter().chain(words).copied().collect();
    for token in tokens {
        if token.value.starts_with('{') {
            named_parts(cx, &token, &mut drawing);
        } else {
            word(cx, (kind.name(), &known, bare), &token, &mut drawing.words);
        }
    }
    let file = drawing.word("file").or_else(|| drawing.word("data")).cloned();
    if let Some(file) = file {
        drawing.lines = of_file(cx, &file, &drawing.lines)?;
    }
    if kind == DrawingKind::Benchstat {
        drawing.lines = of_files(cx, &drawing, place)?;
    }
    if kind == DrawingKind::Flamegraph {
        of_profile(cx, &mut drawing)?;
    }
    if MAX_LINES < drawing.lines.len() {
        let n_lines = drawing.lines.len();
        cx.report(
            Diagnostic::error("drawing", place, "this drawing is made from too many lines")
                .label(format!("{n_lines} lines; at most {MAX_LINES} are read"))
                .hint("show a part of the data"),
        );
        return None;
    }
    let further = u32::try_from((knows(kind).further_steps)(&drawing)).unwrap_or(u32::MAX);
    if MAX_STEPS < further {
        let message = format!("this drawing has {further} steps after its first");
        cx.report(
            Diagnostic::error("drawing", place, message)
                .label(format!("at most {MAX_STEPS} are possible"))
                .hint("show it on several slides"),
        );
        return None;
    }
    if further > 0 {
        drawing.further_steps = further;
        drawing.steps_from = cx.draft.steps.number(further);
    }
    if drawing.is_table() {
        said_by_cells(cx, &drawing);
    }
    let text =
        |name| drawing.word(name).map(|it| shortcodes::in_words(&it.value)).unwrap_or_default();
    let (alt, caption) = (text("alt"), text("caption"));
    let decorative = drawing.word("decorative").is_some();
    if !decorative {
        check_alt(cx, &drawing, &alt, place);
    }
    Some(Image {
        path: Spanned::new(kind.name().to_owned(), place),
        asset: format!("<{} {id}>", kind.name()),
        alt,
        decorative,
        caption,
        showing: Showing::default(),
        video: None,
        drawing: Some(Box::new(drawing)),
    })
}

/// The lines of the file that a fence without lines of its own names.
pub(super) fn of_file(
    cx: &mut Cx<'_, '_, '_>,
    file: &Spanned<String>,
    own: &[CodeLine],
) -> Option<Vec<CodeLine>> {
    if let Some(line) = own.iter().find(|line| !line.text.trim().is_empty()) {
        replaced(cx, line, file);
        return None;
    }
    included::text(cx, file)
}

/// The lines of the files that stand behind the kind, each of which has some.
fn of_files(cx: &mut Cx<'_, '_, '_>, drawing: &Drawing, place: Span) -> Option<Vec<CodeLine>> {
    let Some(first) = drawing.bare(0) else {
        cx.report(
            Diagnostic::error("drawing", place, "this fence names no file")
                .hint("write the files of both runs behind it: `benchstat old.txt new.txt`"),
        );
        return None;
    };
    let mut lines: Vec<CodeLine> = Vec::new();
    for file in (0..).map_while(|nth| drawing.bare(nth)) {
        let own = if std::ptr::eq(file, first) { &drawing.lines[..] } else { &[] };
        let more = of_file(cx, file, own)?;
        let wrong = match more.first() {
            None => "this file is empty",
            Some(line) if lines.iter().any(|it| it.span.source == line.span.source) => {
                "this is the same file once more"
            }
            Some(_) => {
                lines.extend(more);
                continue;
            }
        };
        cx.report(
            Diagnostic::error("drawing", file.span, wrong)
                .hint("name the file of another run of `go test -bench=. -count=10`"),
        );
        return None;
    }
    Some(lines)
}

/// Reads the profile that stands behind the kind, if one does: folded stacks as
/// they are, and what pprof wrote as folded stacks.
fn of_profile(cx: &mut Cx<'_, '_, '_>, drawing: &mut Drawing) -> Option<()> {
    let Some(file) = drawing.bare(0).cloned() else {
        if let Some(sample) = drawing.word("sample") {
            cx.report(
                Diagnostic::error("drawing", sample.span, "these stacks have one measure")
                    .hint("delete `sample=`; files of pprof's have several"),
            );
        }
        return Some(());
    };
    let bytes = included::bytes(cx, &file)?;
    if !profile::is_pprof(&bytes) {
        drawing.lines = of_file(cx, &file, &drawing.lines)?;
        return Some(());
    }
    if let Some(line) = drawing.lines.iter().find(|line| !line.text.trim().is_empty()) {
        replaced(cx, line, &file);
        return None;
    }
    let sample = drawing.word("sample");
    match profile::pprof(&bytes, sample.map(|it| it.value.as_str())) {
        Ok(profile) => {
            let lines = profile.to_folded().into_iter();
            drawing.lines = lines.map(|line| CodeLine::new(line, file.span)).collect();
            let name = Spanned::new("measured".to_owned(), file.span);
            let measured = format!("{} {}", profile.kind, profile.unit);
            drawing.words.push(Word { name, value: Spanned::new(measured, file.span) });
            Some(())
        }
        Err(why) => {
            let at = sample.map_or(file.span, |it| it.span);
            cx.report(
                Diagnostic::error("drawing", at, format!("cannot read `{}`: {why}", file.value))
                    .hint("name a profile of pprof's, or folded stacks: `main;work;sum 12`"),
            );
            None
        }
    }
}

/// Reports a profile in the fence of a file.
fn replaced(cx: &mut Cx<'_, '_, '_>, line: &CodeLine, file: &Spanned<String>) {
    cx.report(
        Diagnostic::error("drawing", line.span, "this line stands in a fence that names a file")
            .label("the file would replace it")
            .also(file.span, "the lines of this file are drawn")
            .hint("delete the lines of the fence, or the name of the file"),
    );
}

/// Reports words about those who cannot see a table: its cells are read aloud.
fn said_by_cells(cx: &mut Cx<'_, '_, '_>, drawing: &Drawing) {
    for word in &drawing.words {
        let name = &word.name;
        if ["alt", "decorative"].contains(&name.value.as_str()) {
            let message = format!("`{}` says nothing of a table", name.value);
            cx.report(
                Diagnostic::error("unknown-key", name.span, message)
                    .label("its cells are read aloud as they are")
                    .hint("delete it"),
            );
        }
    }
}

/// Reports a drawing that says nothing to those who cannot see it.
fn check_alt(cx: &mut Cx<'_, '_, '_>, drawing: &Drawing, alt: &str, place: Span) {
    let name = drawing.kind.name();
    if images::is_to_do(alt) {
        let finding = "the alt text of this drawing is still to be written";
        cx.report(
            Diagnostic::error("alt-text", place, finding)
                .hint(format!("say what it shows: `{name} alt=\"a worker pool\"`")),
        );
    } else if alt.trim().is_empty() && (knows(drawing.kind).needs_alt)(drawing) {
        cx.report(
            Diagnostic::error("alt-text", place, "this drawing has no alt text")
                .label("it says nothing to those who cannot see it")
                .hint(format!("say what it shows: `{name} alt=\"a worker pool\"`"))
                .hint(format!("write `{name} decorative` for one that says nothing"))
                .patch(Span { start: place.end, ..place }, format!(" alt=\"{}\"", images::TO_DO))
                .placeholder(),
        );
    }
}

/// Reads parts in braces.
fn named_parts(cx: &mut Cx<'_, '_, '_>, token: &Spanned<String>, drawing: &mut Drawing) {
    let (kind, span) = (drawing.kind.name(), token.span);
    let inner = token.value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Knows { has_parts, .. } = knows(drawing.kind);
    match inner.and_then(parts) {
        _ if !has_parts => cx.report(
            Diagnostic::error("focus", span, format!("a `{kind}` fence has no parts to name"))
                .hint(match drawing.kind {
                    DrawingKind::Goroutines => "write a line `step` where a step begins",
                    DrawingKind::Mermaid
                    | DrawingKind::Dot
                    | DrawingKind::Chart
                    | DrawingKind::Benchstat
                    | DrawingKind::Flamegraph => "delete the parts in braces",
                }),
        ),
        Some(_) if !drawing.parts.is_empty() => cx.report(
            Diagnostic::error("focus", span, "this drawing names its parts twice")
                .hint("write them as steps of one, like `{1|2-3}`"),
        ),
        Some(parts) => drawing.parts = parts,
        None => cx.report(
            Diagnostic::error("focus", span, "this names no parts of a drawing")
                .hint("write numbers in rising order, like `{1-3|4|5-6}`"),
        ),
    }
}

/// Reads a word behind the kind of a fence that knows some, and takes so many
/// others.
pub(super) fn word(
    cx: &mut Cx<'_, '_, '_>,
    (kind, known, n_bare): (&str, &[&str], usize),
    token: &Spanned<String>,
    words: &mut Vec<Word>,
) {
    let (text, span) = (token.value.as_str(), token.span);
    let name_length = text.find('=').unwrap_or(text.len());
    let (name, value) = (&text[..name_length], text.get(name_length + 1..));
    let n_others = words.iter().filter(|word| word.name.value.is_empty()).count();
    let is_mistyped = || !nearest(name, known.iter().copied()).is_empty();
    if !name.is_empty() && words.iter().any(|word| word.name.value == name) {
        let twice = format!("`{name}` stands here a second time");
        cx.report(Diagnostic::error("unknown-key", span, twice).hint("keep one of them"));
    } else if known.contains(&name) {
        let unquoted = fence::unquoted(value);
        let from = name_length + 1 + usize::from(value.is_some_and(|it| it.starts_with('"')));
        let place = match unquoted.len() {
            0 => span,
            length => cx.part.within(span, from, from + length),
        };
        let name = Spanned::new(name.to_owned(), cx.part.within(span, 0, name_length));
        words.push(Word { name, value: Spanned::new(unquoted, place) });
    } else if value.is_none() && n_others < n_bare && !is_mistyped() {
        let name = Spanned::new(String::new(), Span { end: span.start, ..span });
        words.push(Word { name, value: token.clone() });
    } else {
        let name_span = cx.part.within(span, 0, name_length);
        let message = format!("unknown word `{name}` of a `{kind}` fence");
        let unknown = Diagnostic::error("unknown-key", name_span, message);
        cx.report(if is_mistyped() {
            unknown.mistyped(name_span, name, known)
        } else {
            let listed: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
            unknown.hint(format!("behind `{kind}` stand {}", listed.join(", ")))
        });
    }
}

/// Reads `1-3|4|5-6`: what appears at each step, in rising order.
fn parts(text: &str) -> Option<Vec<(u32, u32)>> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for part in text.split('|') {
        let (from, to) = part.trim().split_once('-').unwrap_or((part, part));
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        let free = found.last().map_or(0, |(_, last)| *last);
        if to < from || from <= free {
            return None;
        }
        found.push((from, to));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbers_in_rising_order() {
        assert_eq!(parts("1-3|4|5-6"), Some(vec![(1, 3), (4, 4), (5, 6)]));
        assert_eq!(parts("2"), Some(vec![(2, 2)]));
        for text in ["", "0", "3-1", "1|1", "2|1-3", "a", "1||2", "1,2"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
