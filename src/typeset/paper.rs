//! Slides on paper: with their notes, as a handout, all on one sheet, and the
//! card that stands for a talk.
//!
//! Takes a placed deck, gives a Typst document. Slides are set once more at
//! another size, so they stay text and lines; notes are set in the style of
//! paper, black on white. There is no page here that anything is measured on:
//! text flows from page to page, and what is a slide was measured as one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::{Value, json};
use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::model::Document as _;
use typst_layout::PagedDocument;

use super::data::bytes;
use super::job::Job;
use super::style::{self, CodeStyle};
use super::world::{DeckWorld, SetFace};
use super::{Call, Ctx, block};
use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::geom::Pt;
use crate::guide::Guide;
use crate::layout::TextRole;
use crate::model::{Role, Time};
use crate::place::{Gaps, Wraps};
use crate::plan::Plan;
use crate::theme::{self, Space, TextStyle, Theme};

/// What is set on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// A slide above its notes, on as many pages as they take.
    Notes(Size),
    /// Two, three, four or six slides a page, with lines to write on.
    Handout(u8, Size),
    /// Every slide on one sheet.
    Contact,
    /// The card that stands for the talk: 900 x 472.5 pt.
    Card,
}

impl Paper {
    /// What stands behind the deck's title in the document's.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Notes(_) => ": notes",
            Self::Handout(..) => ": handout",
            Self::Contact | Self::Card => "",
        }
    }
}

/// The size of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// ISO 216 A4.
    #[default]
    A4,
    /// ANSI A, 8.5 x 11 inches.
    Letter,
}

impl Size {
    /// Width and height.
    #[must_use]
    pub const fn points(self) -> (Pt, Pt) {
        match self {
            Self::A4 => (Pt(595.28), Pt(841.89)),
            Self::Letter => (Pt(612.0), Pt(792.0)),
        }
    }
}

/// How many slides are set together: a multiple of every number that a handout
/// puts on a page.
const CHUNK: usize = 24;

/// The margin of a sheet: 17 mm, which every printer can do.
const MARGIN: Pt = Pt(48.0);

/// The theme of paper.
const THEME: &str = "print";

/// Code on paper: 57 columns fit a sheet.
const CODE: CodeStyle = CodeStyle { size: Pt(14.0), pitch: Pt(18.0), wraps: true };

/// Sets slides on paper.
///
/// Gives `None`, and an error, if Typst refuses something.
pub fn paper(dressed: Dressed<'_>, paper: Paper, diags: &mut Diagnostics) -> Option<PagedDocument> {
    let calls: Vec<Call> = (0..dressed.placed.slides.len())
        .map(|slide| Call { slide, step: None, page: slide })
        .collect();
    let faces = SetFace::all(dressed, None);
    let mut job = Job::new(dressed, &calls, &faces, None);
    // Pages are not slides, so nothing can link to them.
    job.targets.clear();
    let ink = theme(dressed)?;
    let title = format!("{}{}", dressed.placed.title(), paper.suffix());
    let files = files(&job, paper, &title, &ink);
    job.shared.add(files);
    let size = match paper {
        Paper::Notes(_) | Paper::Handout(..) => CHUNK,
        Paper::Contact | Paper::Card => calls.len(),
    };
    let chunks: Vec<Result<PagedDocument, Vec<Diagnostic>>> = calls
        .par_chunks(size.max(1))
        .enumerate()
        .map(|(number, calls)| {
            let (world, per) = world(&job, paper, calls, &ink);
            let document =
                job.compile(&world, (0, number), &|line| Some(calls.get(line * per)?.slide));
            job.pixels.forget_others();
            document
        })
        .collect();
    let mut sheets = EcoVec::new();
    let mut info = None;
    for chunk in chunks {
        match chunk {
            Ok(document) => {
                sheets.extend(document.pages().iter().cloned());
                info.get_or_insert_with(|| document.info().clone());
            }
            Err(findings) => diags.extend(findings),
        }
    }
    let info = info.filter(|_| !diags.has_errors())?;
    for (number, sheet) in (1..).zip(sheets.make_mut().iter_mut()) {
        sheet.number = number;
    }
    Some(PagedDocument::new(sheets, info))
}

/// Sets the delivery guide of a deck.
///
/// Gives `None`, and an error, if Typst refuses something.
pub fn guide(
    dressed: Dressed<'_>,
    guide: &Guide,
    size: Size,
    diags: &mut Diagnostics,
) -> Option<PagedDocument> {
    let faces = SetFace::all(dressed, None);
    let mut job = Job::new(dressed, &[], &faces, None);
    let ink = theme(dressed)?;
    let levels = guide.levels();
    let files = files(&job, Paper::Notes(size), &guide.title, &ink);
    job.shared.add(files);
    let ctx = Ctx {
        theme: &ink,
        tokens: dressed.tokens,
        wraps: &Wraps::new(),
        gaps: &Gaps::new(),
        figures: dressed.figures,
        paths: &job.paths,
        levels: &levels,
        targets: &BTreeMap::new(),
        slide_id: "",
        rtl: false,
        bleed: Pt::ZERO,
        title: None,
        outlined: true,
        again: false,
    };
    let blocks: Vec<Value> = guide
        .blocks
        .iter()
        .flat_map(|it| {
            let role = match levels.get(&it.id) {
                Some(1) => TextRole::Display,
                Some(2) => TextRole::Title,
                Some(_) | None => TextRole::Body,
            };
            match block::blocks(&ctx, role, 0, std::slice::from_ref(it)) {
                Value::Array(blocks) => blocks,
                _ => Vec::new(),
            }
        })
        .collect();
    let main = "#import \"/paper/paper.typ\": guide, setup\n#show: setup\n\
                #guide(json(\"/paper/0.json\"))\n";
    let data = BTreeMap::from([("/paper/0.json".to_owned(), bytes(&json!({ "blocks": blocks })))]);
    let world = DeckWorld::new(&job.shared, main.to_owned(), data);
    match job.compile(&world, (0, 0), &|_| None) {
        Ok(document) => Some(document),
        Err(findings) => {
            diags.extend(findings);
            None
        }
    }
}

/// The theme of paper, with the deck's characters in reach: nothing but
/// sub- and superscripts is smaller than 14 pt, since all of it is read at a lectern.
pub(super) fn theme(dressed: Dressed<'_>) -> Option<Theme> {
    let print = theme::built_in(THEME)?;
    let style =
        |size: f64, pitch: f64, weight: u16| TextStyle { size: Pt(size), pitch: Pt(pitch), weight };
    let mut scale = print.scale;
    scale.display = style(28.0, 35.0, 700);
    scale.fact = style(28.0, 35.0, 700);
    scale.title = style(21.0, 28.0, 700);
    scale.heading = style(16.0, 22.0, 700);
    scale.lead = style(16.0, 22.0, 400);
    scale.body = style(14.0, 19.0, 400);
    scale.table = style(14.0, 19.0, 400);
    scale.small = style(14.0, 18.0, 400);
    let space = Space {
        block: Pt(8.0),
        item: Pt(3.0),
        indent: Pt(18.0),
        pad_x: Pt(9.0),
        pad_y: Pt(6.0),
        cell_x: Pt(6.0),
        cell_y: Pt(4.0),
        bar: Pt(2.5),
        radius: Pt(3.0),
        tab: print.space.tab,
    };
    Some(Theme {
        scale,
        space,
        text_fonts: dressed.fonts.chain(&print.text_fonts),
        code_fonts: dressed.fonts.chain(&print.code_fonts),
        ..print
    })
}

/// What every chunk sees besides the slides' own style.
fn files(job: &Job<'_>, paper: Paper, title: &str, ink: &Theme) -> BTreeMap<String, Bytes> {
    let dressed = job.dressed;
    let style = style::style(dressed.placed, ink, CODE, dressed.fonts, job.logo());
    let (width, height) = match paper {
        Paper::Notes(size) | Paper::Handout(_, size) => size.points(),
        Paper::Contact => (Pt(960.0), Pt(540.0)),
        Paper::Card => (Pt(900.0), Pt(472.5)),
    };
    let margin = if paper == Paper::Contact { Pt(24.0) } else { MARGIN };
    let sheet = json!({ "width": width, "height": height, "margin": margin, "title": title });
    [("/paper/style.json", style), ("/paper/sheet.json", sheet)]
        .into_iter()
        .map(|(path, data)| (path.to_owned(), bytes(&data)))
        .collect()
}

/// What Typst sees of a chunk, and how many slides a line of its main text is
/// about.
fn world<'a>(
    job: &'a Job<'_>,
    paper: Paper,
    calls: &[Call],
    ink: &Theme,
) -> (DeckWorld<'a>, usize) {
    let placed = job.dressed.placed;
    let slide = |call: &Call| job.slide_data(*call);
    let (function, per, data): (_, _, Vec<Value>) = match paper {
        Paper::Notes(_) => {
            let plan = Plan::of(placed);
            let starts = plan.starts();
            let each = |call: &Call| {
                let it = &placed.slides[call.slide];
                let ctx = Ctx { theme: ink, title: None, ..job.ctx(*call) };
                let notes: Vec<Value> = it
                    .notes
                    .iter()
                    .filter_map(|note| match block::blocks(&ctx, TextRole::Body, 0, &note.blocks) {
                        Value::Array(blocks) => Some(blocks),
                        _ => None,
                    })
                    .flatten()
                    .collect();
                json!({
                    "slide": slide(call), "notes": notes, "number": it.number.to_string(),
                    "says": says(&plan, &starts, call.slide),
                })
            };
            ("notes", 1, calls.iter().map(each).collect())
        }
        Paper::Handout(per, _) => {
            let each = |calls: &[Call]| {
                let number = calls.first().map_or(0, |call| call.slide) / usize::from(per) + 1;
                let slides: Vec<Value> = calls.iter().map(slide).collect();
                json!({ "slides": slides, "per": per, "number": number.to_string() })
            };
            let per = usize::from(per.max(1));
            ("handout", per, calls.chunks(per).map(each).collect())
        }
        Paper::Contact => {
            let named =
                |call: &Call| json!([placed.slides[call.slide].number.to_string(), slide(call)]);
            let slides: Vec<Value> = calls.iter().map(named).collect();
            let columns = (3..10).find(|n| slides.len() <= n * n).unwrap_or(10);
            ("contact", calls.len(), vec![json!({ "slides": slides, "columns": columns })])
        }
        Paper::Card => ("card", calls.len(), vec![card(job)]),
    };
    let mut main = format!("#import \"/paper/paper.typ\": {function}, setup\n#show: setup\n");
    let mut files = BTreeMap::new();
    for (number, data) in data.iter().enumerate() {
        let path = format!("/paper/{number}.json");
        writeln!(main, "#{function}(json(\"{path}\"))").expect("a string takes all");
        files.insert(path, bytes(data));
    }
    (DeckWorld::new(&job.shared, main, files), per.max(1))
}

/// What the card says.
fn card(job: &Job<'_>) -> Value {
    let meta = &job.dressed.placed.meta;
    let text = |it: &Option<crate::source::Spanned<String>>| {
        it.as_ref().map(|it| it.value.clone()).unwrap_or_default()
    };
    let at = [text(&meta.event), meta.day()].into_iter().filter(|it| !it.is_empty());
    json!({
        "title": job.dressed.placed.title(),
        "subtitle": text(&meta.subtitle),
        "speaker": meta.speaker.as_ref().map(|it| it.value.name.clone()).unwrap_or_default(),
        "at": at.collect::<Vec<_>>().join(" · "),
    })
}

/// What is said of a slide below it: its number, its part in the plan, its time
/// and when it begins.
fn says(plan: &Plan, starts: &[Time], slide: usize) -> String {
    let planned = &plan.slides[slide];
    let mut text = format!("Slide {} of {}", slide + 1, plan.slides.len());
    match planned.role {
        Role::Main => {
            let _ = write!(text, " · {} from {}", planned.time, starts[slide]);
        }
        Role::Optional | Role::Backup | Role::Hidden => {
            let _ = write!(text, " · {} · {}", planned.role.name(), planned.time);
        }
    }
    text
}
