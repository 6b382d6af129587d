//! Typesetting: slides to a Typst document and to pages.
//!
//! Takes a placed deck, gives the document for the PDF and PNG writers, and
//! [`Page`]s of plain boxes and lines for everybody else. Typst receives each
//! slide as data, one call a slide: deck text is never code. A mark before every
//! block carries its name into the finished frames, from which `measure` reads
//! lines, boxes, sizes and colours back.

mod block;
mod inline;
mod measure;
mod style;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};
use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::{self, Dressed};
use crate::figure::{Figures, Format};
use crate::geom::{Pt, Rect};
use crate::highlight::Tokens;
use crate::model::{Block, BlockId, Step, blocks_are_rtl, is_rtl};
use crate::outline;
use crate::page::Page;
use crate::place::{Placed, PlacedSlide, Wraps};
use crate::source::Source;
use crate::theme::Theme;
use world::{DeckWorld, SetFace};

/// The name of the finding that a deck could not be typeset.
pub const REFUSED: &str = "typesetting";

/// How much a pixel picture may be enlarged: shown above two canvas pixels to
/// one of its own, it looks broken rather than small.
const MAX_ENLARGEMENT: f64 = 2.0;

/// Points to a CSS pixel.
const PT_PER_PX: f64 = 0.75;

/// A typeset deck.
#[derive(Debug)]
pub struct Typeset {
    /// The Typst document: one page a slide, its last step.
    pub document: PagedDocument,
    /// The same pages as boxes and lines, in the order of the placed slides.
    pub pages: Vec<Page>,
}

/// Typesets every slide once, in the state of its last step.
///
/// Gives `None`, and an error, if Typst refuses a slide.
pub fn typeset(dressed: Dressed<'_>, diags: &mut Diagnostics) -> Option<Typeset> {
    let calls: Vec<Call> =
        (0..dressed.placed.slides.len()).map(|slide| Call { slide, step: None }).collect();
    let faces = SetFace::all(dressed.fonts);
    let document = compile(dressed, &calls, &faces, diags)?;
    let pages = document
        .pages()
        .iter()
        .zip(&dressed.placed.slides)
        .map(|(page, slide)| measure::page(page, slide, room(dressed.placed, slide), &faces))
        .collect();
    Some(Typeset { document, pages })
}

/// Typesets every step of every slide as a page of its own.
///
/// Gives `None`, and an error, if Typst refuses a slide.
pub fn typeset_steps(dressed: Dressed<'_>, diags: &mut Diagnostics) -> Option<PagedDocument> {
    let calls: Vec<Call> = (0..)
        .zip(&dressed.placed.slides)
        .flat_map(|(slide, it)| {
            (0..=it.last_step.0).map(move |step| Call { slide, step: Some(Step(step)) })
        })
        .collect();
    compile(dressed, &calls, &SetFace::all(dressed.fonts), diags)
}

/// One page to set: a slide, and the step in which it is shown; `None` for the
/// last.
#[derive(Clone, Copy, Debug)]
struct Call {
    slide: usize,
    step: Option<Step>,
}

/// What the block and inline writers need to know of the slide they are on.
#[derive(Clone, Copy)]
struct Ctx<'a> {
    theme: &'a Theme,
    tokens: &'a Tokens,
    wraps: &'a Wraps,
    figures: &'a Figures,
    paths: &'a BTreeMap<&'a str, String>,
    levels: &'a BTreeMap<BlockId, u8>,
    /// The names of all slides, which links may lead to.
    ids: &'a BTreeSet<&'a str>,
    slide_id: &'a str,
    /// Whether what stands around the next block reads from right to left.
    rtl: bool,
    /// How far the panel of code reaches past the edge of its slot.
    bleed: Pt,
    title: Option<BlockId>,
    /// Whether an earlier page shows the same slide, so that this one is no
    /// target of links and bookmarks.
    again: bool,
}

impl Ctx<'_> {
    /// What the blocks within another one need to know: that one reads as they
    /// do.
    fn around(&self, blocks: &[Block]) -> Self {
        Self { rtl: blocks_are_rtl(blocks, self.rtl), bleed: Pt::ZERO, ..*self }
    }

    /// The path of an asset in Typst's world; `None` for one that could not be
    /// read, which is an error elsewhere.
    fn asset(&self, asset: &str) -> Option<&str> {
        self.paths.get(asset).map(String::as_str)
    }

    /// The path of an asset, its natural size in points, and by how much it may
    /// be enlarged.
    fn picture(&self, asset: &str) -> (Option<&str>, Pt, Pt, f64) {
        let (width, height, cap) = self.figures.get(asset).map_or((1.0, 1.0, 1.0), |figure| {
            let cap = if figure.format == Format::Svg { 1e6 } else { MAX_ENLARGEMENT };
            (figure.width, figure.height, cap)
        });
        (self.asset(asset), Pt(width * PT_PER_PX), Pt(height * PT_PER_PX), cap)
    }
}

/// The part of the canvas that a slide's layout uses, for footnotes: they stand
/// at its bottom.
fn room(placed: &Placed, slide: &PlacedSlide) -> Rect {
    let all = slide.slots.iter().map(|slot| slot.rect).reduce(Rect::union);
    all.unwrap_or_else(|| {
        Rect::new(Pt::ZERO, Pt::ZERO, placed.canvas().width(), placed.canvas().height())
    })
}

/// Sets the pages.
fn compile(
    dressed: Dressed<'_>,
    calls: &[Call],
    faces: &[SetFace],
    diags: &mut Diagnostics,
) -> Option<PagedDocument> {
    let placed = dressed.placed;
    let mut files = BTreeMap::new();
    let mut paths = BTreeMap::new();
    for (number, (asset, figure)) in dressed.figures.iter().enumerate() {
        let path = format!("/asset/{number}.{}", figure.format.extension());
        files.insert(path.clone(), Bytes::new(figure.bytes.clone()));
        paths.insert(asset.as_str(), path);
    }
    let logo = placed.meta.logo.as_ref().and_then(|logo| paths.get(logo.value.as_str()));
    let style = style::style(placed, dressed.theme, dressed.fonts, logo.map(String::as_str));
    files.insert("/deckc/style.json".to_owned(), bytes(&style));

    let levels = outline::levels(placed);
    let ids: BTreeSet<&str> = placed.slides.iter().map(|slide| slide.id.as_str()).collect();
    let mut main =
        String::from("#import \"/deckc/prelude.typ\": attach, setup, slide\n#show: setup\n");
    let mut last = None;
    for (number, call) in calls.iter().enumerate() {
        let slide = &placed.slides[call.slide];
        let ctx = Ctx {
            theme: dressed.theme,
            tokens: dressed.tokens,
            wraps: &slide.wraps,
            figures: dressed.figures,
            paths: &paths,
            levels: &levels,
            ids: &ids,
            slide_id: &slide.id,
            rtl: placed.meta.is_rtl(),
            bleed: Pt::ZERO,
            title: outline::title(slide).map(|block| block.id),
            again: last == Some(call.slide),
        };
        last = Some(call.slide);
        let path = format!("/deckc/s/{number}.json");
        let step = call.step.map_or("none".to_owned(), |step| step.0.to_string());
        writeln!(main, "#slide(json(\"{path}\"), at: {step})").expect("a string takes all");
        files.insert(path, bytes(&data(&ctx, placed, slide, logo.map(String::as_str))));
    }

    // What is attached comes last: the first lines are counted on.
    for (number, source) in dressed.attached.iter().enumerate() {
        let (name, text) = (format!("/deckc/a/{number}.json"), format!("/deckc/a/{number}"));
        writeln!(main, "#attach(json({name:?}), read({text:?}, encoding: none))")
            .expect("a string takes all");
        files.insert(name, bytes(&json!(attached_name(dressed.attached, number))));
        files.insert(text, Bytes::from_string(source.text.to_string()));
    }

    let world = DeckWorld::new(main, files, faces);
    // A damaged font beside the deck can bring a shaper to a panic; that is a
    // finding like any other, not the end of the program.
    let compiled = catch_unwind(AssertUnwindSafe(|| typst::compile::<PagedDocument>(&world)));
    let Ok(compiled) = compiled else {
        diags.push(
            Diagnostic::error(
                "typesetting",
                placed.slides.first().map(|slide| slide.span.before()).unwrap_or_default(),
                "a page cannot be set: a font or a picture is damaged",
            )
            .hint("take the files in `fonts/` away one by one, or get them anew"),
        );
        return None;
    };
    match compiled.output {
        Ok(document) if document.pages().len() == calls.len() => Some(document),
        Ok(document) => {
            let (pages, slides) = (document.pages().len(), calls.len());
            diags.push(
                Diagnostic::error(
                    REFUSED,
                    placed.slides.first().map(|slide| slide.span.before()).unwrap_or_default(),
                    format!("{slides} slides became {pages} pages"),
                )
                .hint("this is a mistake in deckc: please report it with the deck"),
            );
            None
        }
        Err(errors) => {
            diags.extend(errors.iter().map(|error| refusal(&world, placed, calls, error)));
            None
        }
    }
}

/// One slide as data.
fn data(ctx: &Ctx<'_>, placed: &Placed, slide: &PlacedSlide, logo: Option<&str>) -> Value {
    let slots: Vec<Value> = slide
        .slots
        .iter()
        .map(|slot| {
            json!({
                "x": slot.rect.x, "y": slot.rect.y, "w": slot.rect.w, "h": slot.rect.h,
                "st": dress::slot_role(slot.text),
                "align": slot.align.name(), "valign": slot.valign.name(),
                "b": block::blocks(&Ctx { bleed: slot.bleed, ..*ctx }, slot.text, 0, &slot.blocks),
            })
        })
        .collect();
    let notes: Vec<Value> = slide
        .footnotes
        .iter()
        .map(|note| json!({ "n": note.number, "i": note.id, "x": inline::inlines(ctx, &note.content), "rtl": is_rtl(&note.content, ctx.rtl) }))
        .collect();
    let footer = slide.footer.then(|| {
        let band = placed.canvas().footer();
        let text = placed.meta.footer.as_ref().map_or("", |text| text.value.as_str());
        json!({
            "x": band.x, "y": band.y, "w": band.w, "h": band.h,
            "text": text, "number": slide.number.to_string(), "logo": logo,
        })
    });
    json!({
        "label": (ctx.title.is_none() && !ctx.again).then_some(&slide.id),
        "number": slide.number,
        "accents": slide.accents.iter().map(|it| json!([it.x, it.y, it.w, it.h])).collect::<Vec<_>>(),
        "slots": slots,
        "notes": notes,
        "room": room(placed, slide),
        "footer": footer,
    })
}

/// The name of an attached text: its path, and for the deck itself `deck.md`
/// beside its path, unless another has that name. What one text includes is then
/// found when all are taken out into one folder.
fn attached_name(all: &[Source], number: usize) -> String {
    let path = |source: &Source| source.path.to_string_lossy().replace('\\', "/");
    let own = path(&all[number]);
    if number > 0 {
        return own;
    }
    let folder = own.rfind('/').map_or("", |slash| &own[..=slash]);
    let name = format!("{folder}deck.md");
    if all[1..].iter().any(|other| path(other) == name) { own } else { name }
}

/// Data as a file of the world.
fn bytes(data: &Value) -> Bytes {
    Bytes::new(serde_json::to_vec(data).expect("values become JSON"))
}

/// Typst's refusal of a slide, in deckc's terms.
///
/// Checks before typesetting leave nothing that Typst refuses but a picture
/// that it cannot decode.
fn refusal(
    world: &DeckWorld,
    placed: &Placed,
    calls: &[Call],
    error: &SourceDiagnostic,
) -> Diagnostic {
    let main = world.main();
    let spans =
        std::iter::once(error.span).chain(error.trace.iter().map(|point| point.span.into()));
    // The first two lines of the main text are the set-up.
    let line = spans
        .filter(|span| span.id() == Some(main))
        .filter_map(|span| {
            let start = world.range(span)?.start;
            let source = world.source(main).ok()?;
            Some(source.text().get(..start)?.matches('\n').count())
        })
        .last();
    let slide = line
        .and_then(|line| calls.get(line.checked_sub(2)?))
        .and_then(|call| placed.slides.get(call.slide));
    let span = slide.map(|slide| slide.span).unwrap_or_default();
    let diagnostic =
        Diagnostic::error(REFUSED, span, format!("the slide cannot be set: {}", error.message));
    let diagnostic = error.hints.iter().fold(diagnostic, |it, hint| it.hint(hint.v.as_str()));
    match slide {
        Some(slide) => diagnostic.on_slide(slide.source_number),
        None => diagnostic,
    }
}
