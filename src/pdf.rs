//! Writing the PDF: tagged, to the standards asked for, the same bytes on every
//! run.
//!
//! Takes a checked deck and its Typst document. There is no clock here: the file
//! has the date of the talk, and not that of its making.

mod apart;
mod look;
mod notes;
mod standards;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp, pdf};

pub use self::look::{Seen, look};
pub use self::standards::{Refused, Standards};
use crate::check::Checked;
use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::guide::Guide;
use crate::model::{BlockKind, InlineKind, prose, walk};
use crate::place::{Placed, PlacedSlide};
use crate::source::{Span, Spanned};
use crate::typeset::{self, Paper, PaperSize, Typeset};

/// What the PDF is to be.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether it has a page a step instead of a page a slide. Default: no.
    pub all_steps: bool,
    /// Whether its pages have the speaker's notes for presenters of PDF. They
    /// are never seen on the page. Default: no.
    pub notes: bool,
    /// The standards that it keeps. Default: PDF/UA-1 with PDF/A-2a.
    pub standards: Standards,
}

/// Writes the PDF: a page a slide in its last step, or a page a step.
///
/// Gives `None`, and an error, if a standard refuses the document.
pub fn write(
    checked: Checked<'_>,
    dressed: Dressed<'_>,
    typeset: &Typeset,
    options: &Options,
    diags: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let stepped = checked.placed().slides.iter().any(|slide| slide.last_step.0 > 0);
    let document = if options.all_steps && stepped {
        typeset::typeset_steps(dressed, diags)?
    } else {
        typeset.document()
    };
    let bytes = export(checked.placed(), document, "", &options.standards, diags)?;
    if !options.notes {
        return Some(bytes);
    }
    let slides = &checked.placed().slides;
    let n_pages = |slide: &PlacedSlide| {
        if options.all_steps { slide.last_step.0 as usize + 1 } else { 1 }
    };
    let notes = slides.iter().flat_map(|slide| {
        let texts = slide.notes.iter().map(|note| prose(&note.blocks));
        let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        std::iter::repeat_n((!text.is_empty()).then_some(text), n_pages(slide))
    });
    let with = notes::embed(bytes, &notes.collect::<Vec<_>>());
    if with.is_none() {
        diags.push(
            Diagnostic::error("pdf-notes", Span::default(), "the notes cannot be put into the PDF")
                .hint("this is a mistake in deckc: please report it with the deck"),
        );
    }
    with
}

/// Writes the deck on paper: with its notes, or as a handout.
///
/// Gives `None`, and an error, if a standard refuses the document.
pub fn write_paper(
    checked: Checked<'_>,
    dressed: Dressed<'_>,
    paper: Paper,
    standards: &Standards,
    diags: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let document = typeset::paper(dressed, paper, diags)?;
    export(checked.placed(), document, paper.suffix(), standards, diags)
}

/// Writes the delivery guide of a deck.
///
/// Gives `None`, and an error, if a standard refuses the document.
pub fn write_guide(
    dressed: Dressed<'_>,
    guide: &Guide,
    size: PaperSize,
    standards: &Standards,
    diags: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let document = typeset::guide(dressed, guide, size, diags)?;
    export(dressed.placed, document, ": guide", standards, diags)
}

/// A document as a file; `name` tells it from the deck's own.
fn export(
    placed: &Placed,
    document: PagedDocument,
    name: &str,
    standards: &Standards,
    diags: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}{name}", placed.title())),
        creator: Smart::Custom(Some(concat!("deckc ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: date(placed.meta.date.as_ref(), standards).map(Timestamp::new_utc),
        standards: standards.checked(),
        ..PdfOptions::default()
    };
    let document = if standards.let_mix() { apart::drawn(document) } else { document };
    match pdf(&document, &options) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            diags.extend(errors.iter().map(|error| refusal(placed, standards, error)));
            None
        }
    }
}

/// The writer's refusal in deckc's terms. It knows no places in the deck; a
/// character that it names is searched for, and anything else concerns the deck
/// as a whole, which its first block stands for.
fn refusal(placed: &Placed, standards: &Standards, error: &SourceDiagnostic) -> Diagnostic {
    let message = format!("the PDF cannot keep {}: {}", standards.names(), error.message);
    let found = named_char(&error.message).and_then(|c| find(placed, c));
    let first = || placed.slides.iter().flat_map(|slide| &slide.slots).flat_map(|it| &it.blocks);
    let span = found.or_else(|| first().next().map(|block| block.span)).unwrap_or_default();
    let it = Diagnostic::error("pdf-standard", span, message);
    let it = error.hints.iter().fold(it, |it, hint| it.hint(hint.v.as_str()));
    it.hint("or ask for others with `--pdf-standard`, like `ua-1` alone")
}

/// The character that a message names as `\u{e000}`.
fn named_char(message: &str) -> Option<char> {
    let (_, rest) = message.split_once("\\u{")?;
    let (code, _) = rest.split_once('}')?;
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

/// The first text or line of code that holds a character.
fn find(placed: &Placed, wanted: char) -> Option<Span> {
    let mut found = None;
    let shown = placed.slides.iter().flat_map(|slide| &slide.slots).map(|slot| &slot.blocks);
    let noted = placed.slides.iter().flat_map(|slide| &slide.notes).map(|note| &note.blocks);
    for blocks in shown.chain(noted) {
        walk::blocks(blocks, &mut |block| {
            if let BlockKind::Code(code) = &block.kind {
                let line = code.lines.iter().find(|line| line.text.contains(wanted));
                found = found.or(line.map(|line| line.span));
            }
            for inlines in walk::own_inlines(block) {
                walk::inlines(inlines, &mut |inline| match &inline.kind {
                    InlineKind::Text { text } | InlineKind::Code { text } => {
                        found = found.or_else(|| text.contains(wanted).then_some(inline.span));
                    }
                    InlineKind::Styled { .. }
                    | InlineKind::Link { .. }
                    | InlineKind::Image(_)
                    | InlineKind::Icon { .. }
                    | InlineKind::Formula(_)
                    | InlineKind::Break
                    | InlineKind::FootnoteRef { .. } => {}
                });
            }
        });
    }
    found
}

/// The date that the file carries: the day of the talk, where the front matter
/// names it as `2026-11-21`. PDF/A asks for a date; without one it is the first
/// day of 1970, since the clock would make every build another file.
fn date(named: Option<&Spanned<String>>, standards: &Standards) -> Option<Datetime> {
    let day = |text: &str| {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let valid = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        valid.then(|| Datetime::from_ymd_hms(year, month, day, 0, 0, 0))?
    };
    let named = named.and_then(|date| day(date.value.trim()));
    named.or_else(|| standards.need_date().then(|| Datetime::from_ymd_hms(1970, 1, 1, 0, 0, 0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_that_of_the_talk_or_none() {
        let date = |text: &str, names: &[&str]| {
            let standards = Standards::new(names.iter().copied(), false).unwrap();
            let named = Spanned::new(text.to_owned(), Span::default());
            date(Some(&named), &standards)
                .map(|it| (it.year().unwrap(), it.month().unwrap(), it.day().unwrap()))
        };
        assert_eq!(date("2026-11-21", &["ua-1"]), Some((2026, 11, 21)));
        for text in ["21 November 2026", "2026-02-30", "2026-1-2", "-026-11-21", "2026-11-21T10:00"]
        {
            assert_eq!(date(text, &["ua-1"]), None, "{text}");
            assert_eq!(date(text, &["a-2a"]), Some((1970, 1, 1)), "{text}");
        }
    }
}
