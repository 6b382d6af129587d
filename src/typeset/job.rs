//! What the chunks of a deck share, and what Typst sees of a chunk: a world whose
//! main text has one call a slide, each with its slide as data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde_json::{Value, json};
use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst::utils::hash128;
use typst_layout::PagedDocument;

use super::chunk::{self, Pixels};
use super::data::{bytes, data};
use super::memo::Memo;
use super::style::{self, CodeStyle};
use super::world::{self, DeckWorld, SetFace, Shared};
use super::{Call, Ctx, REFUSED};
use crate::diag::Diagnostic;
use crate::dress::Dressed;
use crate::geom::Pt;
use crate::model::BlockId;
use crate::outline;
use crate::place::PlacedSlide;
use crate::source::Source;

/// What the chunks of a deck share.
pub(super) struct Job<'a> {
    pub(super) dressed: Dressed<'a>,
    pub(super) shared: Shared,
    pub(super) pixels: Pixels,
    pub(super) paths: BTreeMap<&'a str, String>,
    pub(super) levels: BTreeMap<BlockId, u8>,
    pub(super) targets: BTreeMap<&'a str, usize>,
}

/// One slide as Typst receives it.
pub(super) struct SlideData {
    pub(super) call: Call,
    pub(super) json: Bytes,
    /// The paths of the pictures that it shows.
    pub(super) pictures: BTreeSet<String>,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        dressed: Dressed<'a>,
        calls: &[Call],
        faces: &[SetFace],
        memo: Option<&Memo>,
    ) -> Self {
        let placed = dressed.placed;
        let mut files = BTreeMap::new();
        let mut paths = BTreeMap::new();
        let mut pictures = Vec::new();
        let shown = dressed.figures.iter().filter(|(_, figure)| !figure.format.is_video());
        for (number, (asset, figure)) in shown.enumerate() {
            // Typst tells by the content what a file without an ending is.
            let path = format!("/asset/{number}");
            let file = match memo {
                Some(memo) => memo.file(asset, &figure.bytes),
                None => Bytes::new(Arc::clone(&figure.bytes)),
            };
            pictures.push(file.clone());
            files.insert(path.clone(), file);
            paths.insert(asset.as_str(), path);
        }
        let logo = placed.meta.logo.as_ref().and_then(|logo| paths.get(logo.value.as_str()));
        let (theme, logo) = (dressed.theme, logo.map(String::as_str));
        let style = style::style(placed, theme, CodeStyle::of(theme), dressed.fonts, logo);
        files.insert(world::STYLE.to_owned(), bytes(&style));
        let mut targets = BTreeMap::new();
        for call in calls {
            targets.entry(placed.slides[call.slide].id.as_str()).or_insert(call.page + 1);
        }
        let (shared, levels) = (Shared::new(files, faces), outline::levels(placed));
        let pixels = Pixels::new(pictures.into_iter());
        Self { dressed, shared, pixels, paths, levels, targets }
    }

    /// Sets a chunk of slides, each of which becomes a page. No other chunk in this
    /// process may have the number.
    pub(super) fn set(
        &self,
        number: (u64, usize),
        chunk: &[&SlideData],
    ) -> Result<PagedDocument, Vec<Diagnostic>> {
        let world = self.world(chunk);
        let document = self.compile(&world, number, &|line| Some(chunk.get(line)?.call.slide))?;
        let (pages, slides) = (document.pages().len(), chunk.len());
        if pages == slides {
            return Ok(document);
        }
        let at = chunk.first().and_then(|it| self.dressed.placed.slides.get(it.call.slide));
        let at = at.map(|slide| slide.span.before()).unwrap_or_default();
        Err(vec![
            Diagnostic::error(REFUSED, at, format!("{slides} slides became {pages} pages"))
                .hint("this is a mistake in deckc: please report it with the deck"),
        ])
    }

    /// Sets the main text of a world. `slide` tells which slide a line of it is
    /// about, lines counted from 0 below the set-up.
    pub(super) fn compile(
        &self,
        world: &DeckWorld<'_>,
        number: (u64, usize),
        slide: &dyn Fn(usize) -> Option<usize>,
    ) -> Result<PagedDocument, Vec<Diagnostic>> {
        let slides = &self.dressed.placed.slides;
        // A damaged font beside the deck can bring a shaper to a panic; that is a
        // finding like any other, not the end of the program.
        let set = catch_unwind(AssertUnwindSafe(|| chunk::set(world, number)));
        match set {
            Ok(Ok(document)) => Ok(document),
            Ok(Err(errors)) => {
                let at = |line| slide(line).and_then(|at| slides.get(at));
                Err(errors.iter().map(|error| refusal(world, &at, error)).collect())
            }
            Err(_) => {
                let at = slide(0).and_then(|at| slides.get(at));
                let at = at.map(|slide| slide.span.before()).unwrap_or_default();
                Err(vec![
                    Diagnostic::error(
                        "typesetting",
                        at,
                        "a page cannot be set: a font or a picture is damaged",
                    )
                    .hint("take the files in `fonts/` away one by one, or get them anew"),
                ])
            }
        }
    }

    /// What the writers need to know of a slide. Nothing is the target of a
    /// link where pages are not slides.
    pub(super) fn ctx(&self, call: Call) -> Ctx<'_> {
        let placed = self.dressed.placed;
        let slide = &placed.slides[call.slide];
        Ctx {
            theme: self.dressed.theme,
            tokens: self.dressed.tokens,
            wraps: &slide.wraps,
            gaps: &slide.gaps,
            figures: self.dressed.figures,
            paths: &self.paths,
            levels: &self.levels,
            targets: &self.targets,
            slide_id: &slide.id,
            rtl: placed.meta.is_rtl(),
            bleed: Pt::ZERO,
            title: outline::title(slide).map(|block| block.id),
            outlined: false,
            again: self.again(call),
        }
    }

    /// Whether an earlier page shows the same slide.
    pub(super) fn again(&self, call: Call) -> bool {
        let id = self.dressed.placed.slides[call.slide].id.as_str();
        self.targets.get(id).is_some_and(|first| *first != call.page + 1)
    }

    /// A slide as data.
    pub(super) fn slide_data(&self, call: Call) -> Value {
        let placed = self.dressed.placed;
        data(&self.ctx(call), placed, &placed.slides[call.slide], self.logo())
    }

    /// A slide as Typst receives it.
    pub(super) fn slide(&self, call: Call) -> SlideData {
        let data = self.slide_data(call);
        let mut pictures = BTreeSet::new();
        self.shared.files_of(&data, &mut pictures);
        SlideData { call, json: bytes(&data), pictures }
    }

    /// What the page of a slide depends on: everything that Typst sees of it, and
    /// the place of its page, since the places of two pages must differ. `deck` is
    /// what all pages depend on.
    pub(super) fn key(&self, slide: &SlideData, deck: u128) -> u128 {
        let Call { slide: _, step, page } = slide.call;
        let pictures: Vec<Option<&Bytes>> =
            slide.pictures.iter().map(|path| self.shared.file(path)).collect();
        let attached: Vec<&str> = self.attached(page).iter().map(|source| &*source.text).collect();
        hash128(&(deck, page, step.map(|step| step.0), &slide.json, pictures, attached))
    }

    /// The texts that a page carries: the first one has them.
    pub(super) fn attached(&self, page: usize) -> &[Source] {
        if page == 0 { self.dressed.attached } else { &[] }
    }

    /// The path of the logo.
    pub(super) fn logo(&self) -> Option<&str> {
        let logo = self.dressed.placed.meta.logo.as_ref()?;
        self.paths.get(logo.value.as_str()).map(String::as_str)
    }

    /// What Typst sees of a chunk.
    pub(super) fn world(&self, chunk: &[&SlideData]) -> DeckWorld<'_> {
        let mut main =
            String::from("#import \"/deckc/prelude.typ\": attach, setup, slide\n#show: setup\n");
        let mut slides = BTreeMap::new();
        for (number, SlideData { call, json, .. }) in chunk.iter().enumerate() {
            let path = format!("/deckc/s/{number}.json");
            let step = call.step.map_or("none".to_owned(), |step| step.0.to_string());
            writeln!(main, "#slide(json(\"{path}\"), at: {step})").expect("a string takes all");
            slides.insert(path, json.clone());
        }
        // What is attached comes last: the first lines are counted on.
        let attached = chunk.first().map_or(&[][..], |slide| self.attached(slide.call.page));
        for (number, source) in attached.iter().enumerate() {
            let (name, text) = (format!("/deckc/a/{number}.json"), format!("/deckc/a/{number}"));
            writeln!(main, "#attach(json({name:?}), read({text:?}, encoding: none))")
                .expect("a string takes all");
            slides.insert(name, bytes(&json!(attached_name(attached, number))));
            slides.insert(text, Bytes::from_string(source.text.to_string()));
        }
        DeckWorld::new(&self.shared, main, slides)
    }
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

/// Typst's refusal of a slide, in deckc's terms.
///
/// Checks before typesetting leave nothing that Typst refuses but a picture
/// that it cannot decode.
fn refusal<'a>(
    world: &DeckWorld<'_>,
    slide: &dyn Fn(usize) -> Option<&'a PlacedSlide>,
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
        .next_back();
    let slide = line.and_then(|line| slide(line.checked_sub(2)?));
    let span = slide.map(|slide| slide.span).unwrap_or_default();
    let diagnostic =
        Diagnostic::error(REFUSED, span, format!("the slide cannot be set: {}", error.message));
    let diagnostic = error.hints.iter().fold(diagnostic, |it, hint| it.hint(hint.v.as_str()));
    match slide {
        Some(slide) => diagnostic.on_slide(slide.source_number),
        None => diagnostic,
    }
}
