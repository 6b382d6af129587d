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
mod guide;
mod inline;
mod look;
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
use crate::page::Page;
use crate::place::Wraps;
use crate::plan::Plan;
use breaks::Breaks;
pub use guide::write_guide;
pub use look::{Seen, look};
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
        self.page.boxes.get(&id).map(|it| Breaks::between(&it.lines)).unwrap_or_default()
    }
}

/// What earlier runs left: the faces to embed, by the characters that they set.
#[derive(Debug, Default)]
pub struct Memo {
    faces: Shelf<BTreeMap<FaceKey, BTreeSet<char>>, Arc<Vec<WebFace>>>,
    fonts: Mutex<Fonts>,
}

impl Memo {
    /// Ends a run.
    pub fn turn(&self) {
        self.faces.turn();
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
    let style = css::style(checked, dressed, &pictures, notes, memo);
    let levels = outline::levels(placed);
    let meta = &placed.meta;

    let mut out = Html::default();
    out.raw("<!DOCTYPE html>\n");
    let dir = meta.is_rtl().then_some("rtl");
    out.open("html", &[("lang", Some(meta.lang())), ("dir", dir)]);
    out.raw("\n<head>\n<meta charset=\"utf-8\">\n");
    let policy = policy(&style, &runtime::SCRIPT);
    out.open(
        "meta",
        &[("http-equiv", Some("Content-Security-Policy")), ("content", Some(&policy))],
    );
    out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let speaker = meta.speaker.as_ref().map(|it| it.value.name.as_str());
    let description = meta.description.as_ref().map(|it| it.value.as_str());
    let generator = concat!("deckc ", env!("CARGO_PKG_VERSION"));
    for (name, content) in
        [("generator", Some(generator)), ("author", speaker), ("description", description)]
    {
        if content.is_some() {
            out.open("meta", &[("name", Some(name)), ("content", content)]);
            out.raw("\n");
        }
    }
    out.raw("<title>");
    out.text(placed.title());
    out.raw("</title>\n<style>");
    // Neither the style nor the script holds text of the deck, nor `</`.
    out.raw(&style);
    out.raw("</style>\n<script>");
    out.raw(&runtime::SCRIPT);
    out.raw("</script>\n</head>\n<body>\n");
    let size = css::canvas(placed.canvas());
    out.open(
        "main",
        &[
            ("class", Some("reveal deck")),
            ("data-width", Some(&size.0.to_string())),
            ("data-height", Some(&size.1.to_string())),
        ],
    );
    out.raw("\n<div class=\"slides\">\n");
    for (slide, page) in placed.slides.iter().zip(checked.pages()) {
        let ctx = Ctx {
            tokens: dressed.tokens,
            wraps: &slide.wraps,
            pictures: &pictures,
            levels: &levels,
            page,
            from: Step::FIRST,
            rtl: placed.meta.is_rtl(),
        };
        slide::slide(&ctx, &mut out, placed, slide, notes);
    }
    out.raw("</div>\n</main>\n");
    plan::plan(&mut out, &Plan::of(placed));
    out.raw("</body>\n</html>\n");
    out.finish()
}

/// The Content-Security-Policy: our own style and script, by hash, and what
/// stands in the file itself. Data is no script, and frames are not needed: the
/// presenter view is the file once more, in a window.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; font-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style),
    )
}
