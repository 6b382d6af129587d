//! Typesetting: slides to a Typst document and to pages.
//!
//! Takes a placed deck, gives the document for the PDF and PNG writers, and
//! [`Page`]s of plain boxes and lines for everybody else. Typst receives each
//! slide as data, one call a slide: deck text is never code. A mark before every
//! block carries its name into the finished frames, from which `measure` reads
//! lines, boxes, sizes and colours back.

mod block;
mod chunk;
mod data;
mod drawing;
mod formula;
mod ground;
mod inline;
mod measure;
mod memo;
mod paper;
mod states;
mod style;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde_json::{Value, json};
use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::model::{Document as _, DocumentInfo};
use typst::utils::hash128;
use typst_layout::{Page as Sheet, PagedDocument};

use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::figure::Figures;
use crate::geom::{Pt, Rect};
use crate::highlight::Tokens;
use crate::model::{Block, BlockId, Step, blocks_are_rtl};
use crate::outline;
use crate::page::Page;
use crate::place::{Gaps, Placed, PlacedSlide, Wraps};
use crate::source::Source;
use crate::theme::Theme;
use chunk::Pixels;
use data::{bytes, data};
use memo::Known;
pub use memo::Memo;
pub use paper::{Paper, Size as PaperSize, guide, paper};
use style::CodeStyle;
use world::{DeckWorld, SetFace, Shared};

/// The name of the finding that a deck could not be typeset.
pub const REFUSED: &str = "typesetting";

/// How many of a deck's last chunks nothing is forgotten after.
const KEPT: usize = 4;

/// How often a build forgets at most. To look for what is old takes as long as there
/// is much of it.
const FORGOTTEN: usize = 24;

/// Points to a CSS pixel.
const PT_PER_PX: f64 = 0.75;

/// A typeset deck.
#[derive(Debug)]
pub struct Typeset {
    /// Typst's pages: one a slide, its last step.
    sheets: EcoVec<Sheet>,
    info: DocumentInfo,
    /// The same pages as boxes and lines, in the order of the placed slides.
    pub pages: Vec<Page>,
}

impl Typeset {
    /// The Typst document. It knows where each thing stands, which takes a look at
    /// every page.
    #[must_use]
    pub fn document(&self) -> PagedDocument {
        PagedDocument::new(self.sheets.clone(), self.info.clone())
    }

    /// Typst's pages, in the order of the placed slides.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }
}

/// Typesets every slide once, in the state of its last step.
///
/// Gives `None`, and an error, if Typst refuses a slide.
pub fn typeset(
    dressed: Dressed<'_>,
    memo: Option<&Memo>,
    diags: &mut Diagnostics,
) -> Option<Typeset> {
    let slides = &dressed.placed.slides;
    let calls: Vec<Call> =
        (0..slides.len()).map(|slide| Call { slide, step: None, page: slide }).collect();
    let faces = SetFace::all(dressed, memo);
    let measure = |sheet: &Sheet, call: Call| {
        let slide = &slides[call.slide];
        measure::page(sheet, dressed, slide, room(dressed.placed, slide), &faces)
    };
    let (sheets, info, pages) = set(dressed, &calls, &faces, &measure, memo, diags)?;
    Some(Typeset { sheets, info, pages })
}

/// Typesets every step of every slide as a page of its own.
///
/// Gives `None`, and an error, if Typst refuses a slide.
pub fn typeset_steps(dressed: Dressed<'_>, diags: &mut Diagnostics) -> Option<PagedDocument> {
    let steps = (0..)
        .zip(&dressed.placed.slides)
        .flat_map(|(slide, it)| (0..=it.last_step.0).map(move |step| (slide, Some(Step(step)))));
    let calls: Vec<Call> =
        (0..).zip(steps).map(|(page, (slide, step))| Call { slide, step, page }).collect();
    let faces = SetFace::all(dressed, None);
    let (sheets, info, _) = set(dressed, &calls, &faces, &|_, _| Page::default(), None, diags)?;
    Some(PagedDocument::new(sheets, info))
}

/// One page to set: a slide, and the step in which it is shown; `None` for the
/// last.
#[derive(Clone, Copy, Debug)]
struct Call {
    slide: usize,
    step: Option<Step>,
    /// Where the page stands among all pages, from 0.
    page: usize,
}

/// What the block and inline writers need to know of the slide they are on.
#[derive(Clone, Copy)]
struct Ctx<'a> {
    theme: &'a Theme,
    tokens: &'a Tokens,
    wraps: &'a Wraps,
    gaps: &'a Gaps,
    figures: &'a Figures,
    paths: &'a BTreeMap<&'a str, String>,
    levels: &'a BTreeMap<BlockId, u8>,
    /// The first page of each slide by its name, from 1: links lead there.
    targets: &'a BTreeMap<&'a str, usize>,
    slide_id: &'a str,
    /// Whether what stands around the next block reads from right to left.
    rtl: bool,
    /// How far the panel of code reaches past the edge of its slot.
    bleed: Pt,
    title: Option<BlockId>,
    /// Whether every heading is in the outline, and not only the title.
    outlined: bool,
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
        let figure = self.figures.get(asset);
        let (width, height, cap) =
            figure.map_or((1.0, 1.0, 1.0), |it| (it.width, it.height, it.enlarge));
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

/// What the chunks of a deck share.
struct Job<'a> {
    dressed: Dressed<'a>,
    shared: Shared,
    pixels: Pixels,
    paths: BTreeMap<&'a str, String>,
    levels: BTreeMap<BlockId, u8>,
    targets: BTreeMap<&'a str, usize>,
}

/// Sets the pages, and looks at each of them. Those that the memo has are taken
/// from there.
fn set(
    dressed: Dressed<'_>,
    calls: &[Call],
    faces: &[SetFace],
    look: &(impl Fn(&Sheet, Call) -> Page + Sync),
    memo: Option<&Memo>,
    diags: &mut Diagnostics,
) -> Option<(EcoVec<Sheet>, DocumentInfo, Vec<Page>)> {
    let job = Job::new(dressed, calls, faces, memo);
    let slides: Vec<SlideData> = calls.par_iter().map(|call| job.slide(*call)).collect();
    let asked = memo.map(|memo| (memo, job.shared.digest(faces)));
    let known: Vec<Option<Known>> = slides
        .par_iter()
        .map(|slide| asked.and_then(|(memo, deck)| memo.pages.get(&job.key(slide, deck))))
        .collect();
    let open: Vec<&SlideData> =
        slides.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(it, _)| it).collect();

    let n_chunks = open.len().div_ceil(chunk::SIZE);
    if 1 < n_chunks {
        job.pixels.remember();
    }
    let n_left = AtomicUsize::new(n_chunks);
    let round = memo.map_or(0, |memo| memo.pages.round());
    let chunks: Vec<Result<Vec<Known>, Vec<Diagnostic>>> = open
        .par_chunks(chunk::SIZE)
        .enumerate()
        .map(|(number, slides)| {
            let document = job.set((round, number), slides)?;
            let info = document.info();
            let pages = document.pages().iter().zip(slides).map(|(sheet, slide)| {
                Arc::new((sheet.clone(), info.clone(), look(sheet, slide.call)))
            });
            let pages = pages.collect();
            // The end of the program forgets the rest at no cost.
            let left = n_left.fetch_sub(1, Ordering::Relaxed);
            if KEPT < left && left.is_multiple_of(n_chunks.div_ceil(FORGOTTEN)) {
                job.pixels.forget_others();
            }
            Ok(pages)
        })
        .collect();
    if let Some(memo) = memo {
        memo.keep_files(|asset| dressed.figures.contains_key(asset));
        if 0 < n_chunks {
            job.pixels.forget_old();
        }
    }

    let mut set = Vec::with_capacity(open.len());
    let mut said = BTreeSet::new();
    for chunk in chunks {
        match chunk {
            Ok(pages) => set.extend(pages),
            // A damaged picture or font is met in many chunks.
            Err(findings) => {
                diags.extend(findings.into_iter().filter(|it| said.insert(it.message.clone())));
            }
        }
    }
    if set.len() < open.len() {
        return None;
    }
    if let Some((memo, deck)) = asked {
        for (slide, page) in open.iter().zip(&set) {
            memo.pages.put(job.key(slide, deck), Arc::clone(page));
        }
    }
    let mut set = set.into_iter();
    let (mut sheets, mut pages) = (EcoVec::with_capacity(calls.len()), Vec::new());
    let mut info = None;
    for (known, call) in known.into_iter().zip(calls) {
        let (mut sheet, its_info, page) = Arc::unwrap_or_clone(known.or_else(|| set.next())?);
        sheet.number = dressed.placed.slides[call.slide].number as u64;
        sheets.push(sheet);
        pages.push(page);
        info.get_or_insert(its_info);
    }
    Some((sheets, info?, pages))
}

/// One slide as Typst receives it.
struct SlideData {
    call: Call,
    json: Bytes,
    /// The paths of the pictures that it shows.
    pictures: BTreeSet<String>,
}

impl<'a> Job<'a> {
    fn new(dressed: Dressed<'a>, calls: &[Call], faces: &[SetFace], memo: Option<&Memo>) -> Self {
        let placed = dressed.placed;
        let mut files = BTreeMap::new();
        let mut paths = BTreeMap::new();
        let mut pictures = Vec::new();
        for (number, (asset, figure)) in dressed.figures.iter().enumerate() {
            let path = format!("/asset/{number}.{}", figure.format.extension());
            let file = match memo {
                Some(memo) => memo.file(asset, &figure.bytes),
                None => Bytes::new(Arc::clone(&figure.bytes)),
            };
            pictures.push((figure, file.clone()));
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
    fn set(
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
    fn compile(
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
    fn ctx(&self, call: Call) -> Ctx<'_> {
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
    fn again(&self, call: Call) -> bool {
        let id = self.dressed.placed.slides[call.slide].id.as_str();
        self.targets.get(id).is_some_and(|first| *first != call.page + 1)
    }

    /// A slide as data.
    fn slide_data(&self, call: Call) -> Value {
        let placed = self.dressed.placed;
        data(&self.ctx(call), placed, &placed.slides[call.slide], self.logo())
    }

    /// A slide as Typst receives it.
    fn slide(&self, call: Call) -> SlideData {
        let data = self.slide_data(call);
        let mut pictures = BTreeSet::new();
        self.shared.files_of(&data, &mut pictures);
        SlideData { call, json: bytes(&data), pictures }
    }

    /// What the page of a slide depends on: everything that Typst sees of it, and
    /// the place of its page, since the places of two pages must differ. `deck` is
    /// what all pages depend on.
    fn key(&self, slide: &SlideData, deck: u128) -> u128 {
        let Call { slide: _, step, page } = slide.call;
        let pictures: Vec<Option<&Bytes>> =
            slide.pictures.iter().map(|path| self.shared.file(path)).collect();
        let attached: Vec<&str> = self.attached(page).iter().map(|source| &*source.text).collect();
        hash128(&(deck, page, step.map(|step| step.0), &slide.json, pictures, attached))
    }

    /// The texts that a page carries: the first one has them.
    fn attached(&self, page: usize) -> &[Source] {
        if page == 0 { self.dressed.attached } else { &[] }
    }

    /// The path of the logo.
    fn logo(&self) -> Option<&str> {
        let logo = self.dressed.placed.meta.logo.as_ref()?;
        self.paths.get(logo.value.as_str()).map(String::as_str)
    }

    /// What Typst sees of a chunk.
    fn world(&self, chunk: &[&SlideData]) -> DeckWorld<'_> {
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
