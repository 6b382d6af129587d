//! Writing HTML: one file with everything inside.
//!
//! Takes a checked deck and its pages, gives the text of the file. Slides are
//! flow content in reveal.js's markup; line breaks, column widths and image
//! boxes are those of the pages. There is no script here that lays anything
//! out, no address, and nothing that the PDF does not show.

mod block;
mod breaks;
mod code;
mod css;
mod formula;
mod guide;
mod inline;
mod live;
mod look;
mod name;
mod out;
mod picture;
mod plan;
mod runtime;
mod slide;
mod talk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use crate::check::Checked;
use crate::dress::Dressed;
use crate::font::{FaceKey, Fonts, WebFace};
use crate::highlight::Tokens;
use crate::memo::Shelf;
use crate::model::{BlockId, Step};
use crate::outline;
use crate::page::{Drawn, Page};
use crate::place::{Placed, PlacedSlide, Wraps};
use crate::plan::Plan;
use breaks::Breaks;
pub use guide::write_guide;
pub use live::{LiveSlide, Picture, Place, Preview, broken, document, preview, remote, waiting};
pub use look::{Seen, look};
use name::Names;
use out::Html;
use picture::Pictures;
pub use talk::{Listed, STYLE as TALK_STYLE, TalkPage, embed, talk_body, talk_page, talks_page};

/// What the block and inline writers need to know of the slide they are on.
#[derive(Clone, Copy)]
struct Ctx<'a> {
    tokens: &'a Tokens,
    wraps: &'a Wraps,
    pictures: &'a Pictures<'a>,
    levels: &'a BTreeMap<BlockId, u8>,
    page: &'a Page,
    names: &'a Names,
    /// The step from which what is being written in can be seen.
    from: Step,
    /// Whether what is being written in reads from right to left.
    rtl: bool,
}

impl Ctx<'_> {
    /// For what stands in an element that reads in a direction.
    fn reading(&self, rtl: bool) -> Self {
        Self { rtl, ..*self }
    }

    /// The attribute `dir` of an element, where it is not that around it.
    fn dir(&self, rtl: bool) -> (&'static str, Option<&'static str>) {
        ("dir", (rtl != self.rtl).then_some(if rtl { "rtl" } else { "ltr" }))
    }

    /// For what stands in an element that appears at a step.
    fn within(&self, step: Step) -> Self {
        Self { from: self.from.max(step), ..*self }
    }

    /// Where the text of a block breaks; nowhere for a block that is not on the
    /// page.
    fn breaks(&self, id: BlockId) -> Breaks {
        let lines = self.page.boxes.get(&id).map(|it| it.lines.as_slice());
        Breaks::between(id, lines.unwrap_or_default())
    }

    /// The formulas of a block, as they are drawn; none for a block that is not on
    /// the page.
    fn formulas(&self, id: BlockId) -> &[Drawn] {
        self.page.boxes.get(&id).map(|it| it.formulas.as_slice()).unwrap_or_default()
    }
}

/// What earlier runs left: the faces to embed, by the characters that they set.
#[derive(Debug, Default)]
pub struct Memo {
    faces: Shelf<BTreeMap<FaceKey, BTreeSet<char>>, Arc<Vec<WebFace>>>,
    fonts: Mutex<Fonts>,
    /// What pictures are called after, by asset.
    pictures: Shelf<String, (Arc<[u8]>, String)>,
}

impl Memo {
    /// Ends a run.
    pub fn turn(&self) {
        self.faces.turn();
        self.pictures.turn();
    }

    /// What a picture is called after: its bytes, which are hashed once.
    fn picture_name(&self, asset: &str, bytes: &Arc<[u8]>) -> String {
        let asset = asset.to_owned();
        if let Some((known, name)) = self.pictures.get(&asset)
            && (Arc::ptr_eq(&known, bytes) || known == *bytes)
        {
            return name;
        }
        let name = live::name_of(bytes);
        self.pictures.put(asset, (Arc::clone(bytes), name.clone()));
        name
    }

    /// The faces to embed.
    fn web_faces(
        &self,
        fonts: &Fonts,
        used: &BTreeMap<FaceKey, BTreeSet<char>>,
    ) -> Arc<Vec<WebFace>> {
        let mut last = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if !last.is_same(fonts) {
            *last = fonts.clone();
            self.faces.clear();
        }
        drop(last);
        let make = || Arc::new(fonts.web_faces(used));
        self.faces.get_or(used.clone(), make)
    }
}

/// About how long a file is without its style, its script and its slides, in bytes.
const FRAME: usize = 16 * 1024;

/// Writes the HTML of a checked deck.
///
/// The speaker's notes are in it only with `notes`.
#[must_use]
pub fn write(
    checked: Checked<'_>,
    dressed: Dressed<'_>,
    notes: bool,
    memo: Option<&Memo>,
) -> String {
    let placed = checked.placed();
    let pictures = Pictures::new(placed, dressed.figures);
    let mut style = css::style(checked.pages(), dressed, &pictures, notes, memo);
    let levels = outline::levels(placed);
    let mut slides = Html::default();
    for (slide, page) in placed.slides.iter().zip(checked.pages()) {
        let names = Names::counted(slide.number);
        style += &css::slide(dressed, &names, slide, page);
        let ctx = ctx(dressed, &pictures, &levels, &names, slide, page);
        slide::slide(&ctx, &mut slides, placed, slide, notes);
    }
    let plays = dressed.figures.values().any(|figure| figure.format.is_video());
    let head = Head::of(placed, policy(&style, &runtime::SCRIPT, plays));
    let slides = slides.finish();
    let mut out = Html::with_capacity(style.len() + runtime::SCRIPT.len() + slides.len() + FRAME);
    head.open(&mut out, &style, &runtime::SCRIPT);
    drop(style);
    out.raw(&slides);
    out.raw("</div>\n</main>\n");
    plan::plan(&mut out, &Plan::of(placed));
    out.raw("</body>\n</html>\n");
    out.finish()
}

/// What the writers need to know of a slide.
fn ctx<'a>(
    dressed: Dressed<'a>,
    pictures: &'a Pictures<'a>,
    levels: &'a BTreeMap<BlockId, u8>,
    names: &'a Names,
    slide: &'a PlacedSlide,
    page: &'a Page,
) -> Ctx<'a> {
    Ctx {
        tokens: dressed.tokens,
        wraps: &slide.wraps,
        pictures,
        levels,
        page,
        names,
        from: Step::FIRST,
        rtl: dressed.placed.meta.is_rtl(),
    }
}

/// What stands around the slides.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    lang: String,
    rtl: bool,
    policy: String,
    speaker: Option<String>,
    description: Option<String>,
    title: String,
    /// The canvas in CSS pixels.
    size: (f64, f64),
}

impl Head {
    fn of(placed: &Placed, policy: String) -> Self {
        let meta = &placed.meta;
        Self {
            lang: meta.lang().to_owned(),
            rtl: meta.is_rtl(),
            policy,
            speaker: meta.speaker.as_ref().map(|it| it.value.name.clone()),
            description: meta.description.as_ref().map(|it| it.value.clone()),
            title: placed.title().to_owned(),
            size: css::canvas(placed.canvas()),
        }
    }

    /// Opens the file, up to where slides stand.
    fn open(&self, out: &mut Html, style: &str, script: &str) {
        out.raw("<!DOCTYPE html>\n");
        let dir = self.rtl.then_some("rtl");
        out.open("html", &[("lang", Some(&self.lang)), ("dir", dir)]);
        out.raw("\n<head>\n<meta charset=\"utf-8\">\n");
        let policy = Some(self.policy.as_str());
        out.open("meta", &[("http-equiv", Some("Content-Security-Policy")), ("content", policy)]);
        out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        let generator = concat!("deckc ", env!("CARGO_PKG_VERSION"));
        for (name, content) in [
            ("generator", Some(generator)),
            ("author", self.speaker.as_deref()),
            ("description", self.description.as_deref()),
        ] {
            if content.is_some() {
                out.open("meta", &[("name", Some(name)), ("content", content)]);
                out.raw("\n");
            }
        }
        out.raw("<title>");
        out.text(&self.title);
        out.raw("</title>\n<style>");
        // Neither the style nor the script holds text of the deck, nor `</`.
        out.raw(style);
        out.raw("</style>\n<script>");
        out.raw(script);
        out.raw("</script>\n</head>\n<body>\n");
        out.open(
            "main",
            &[
                ("class", Some("reveal deck")),
                ("data-width", Some(&self.size.0.to_string())),
                ("data-height", Some(&self.size.1.to_string())),
            ],
        );
        out.raw("\n<div class=\"slides\">\n");
    }
}

/// The Content-Security-Policy: our own style and script, by hash, and what
/// stands in the file itself. Data is no script, and frames are not needed: the
/// presenter view is the file once more, in a window.
fn policy(style: &str, script: &str, plays: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
    let media = if plays { "media-src data:; " } else { "" };
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; {media}font-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style),
    )
}
