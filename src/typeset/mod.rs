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
mod job;
mod measure;
mod memo;
mod native;
mod paper;
mod states;
mod style;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use typst::ecow::EcoVec;
use typst::model::{Document as _, DocumentInfo};
use typst_layout::{Page as Sheet, PagedDocument};

use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::figure::Figures;
use crate::geom::{Pt, Rect};
use crate::highlight::Tokens;
use crate::model::{Block, BlockId, Step, blocks_are_rtl};
use crate::page::Page;
use crate::place::{Gaps, Placed, PlacedSlide, Wraps};
use crate::theme::Theme;
use job::{Job, SlideData};
use memo::Known;
pub use memo::Memo;
pub use paper::{Paper, Size as PaperSize, guide, paper};
use world::SetFace;

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

/// Begins, beside what the caller does, to read what every deck needs.
pub fn warm() {
    rayon::spawn(world::warm);
}

/// Forgets what nothing had a use for since the last turn.
pub fn turn() {
    typst::comemo::evict(1);
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
    all.unwrap_or_else(|| placed.canvas().rect())
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
