//! A deck as a preview shows it: slide by slide, so that only what changed is
//! sent; pictures by address, so that a slide is small; and with every block
//! carrying its name, so that a click finds its line.
//!
//! Takes the slides that are not broken. Which slide stands in for a broken one,
//! and who is told, is the server's part.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::out::Html;
use super::picture::{Pictures, still_name};
use super::{Ctx, Head, Memo, Names, css, plan, runtime, slide};
use crate::check::Sound;
use crate::dress::Dressed;
use crate::model::walk;
use crate::outline;
use crate::page::Page;
use crate::place::PlacedSlide;
use crate::plan::Plan;
use crate::source::Sources;

/// The script of a preview: that of a deck, and what follows it. No file that is
/// built has it.
static SCRIPT: LazyLock<String> = LazyLock::new(|| runtime::script_with(FILES));

/// The style of what a preview adds.
static STYLE: LazyLock<String> = LazyLock::new(|| runtime::shipped(include_str!("live/live.css")));

/// The files that a preview adds to the script.
const FILES: &str = concat!(
    include_str!("live/swap.js"),
    include_str!("live/panel.js"),
    include_str!("live/live.js"),
    include_str!("live/boot.js"),
);

/// A picture that a preview asks for: its media type and its bytes.
pub type Picture = (&'static str, Arc<[u8]>);

/// One slide as a preview shows it, but for where it stands in the deck.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LiveSlide {
    /// The section.
    pub html: String,
    /// The rules that only this slide has.
    pub css: String,
    /// By the name of each block, how many lines below the slide's first it stands.
    pub blocks: BTreeMap<String, usize>,
    /// How full each slot is, in percent, in the layout's order.
    pub fill: Vec<(String, u32)>,
    /// The planned time in seconds.
    pub time: u32,
}

/// Where a slide comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name.
    pub id: String,
    /// Its number in the source, counted from 1.
    pub number: usize,
    /// Its number on its page, counted from 1.
    pub page: usize,
    /// What screen readers call it: where it stands, and its title.
    pub label: String,
    /// The source, relative to the root.
    pub path: String,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// Its text.
    pub text: Arc<str>,
}

/// A deck as a preview shows it.
#[derive(Clone, Debug)]
pub struct Preview {
    head: Head,
    /// The style of the whole deck.
    pub style: String,
    /// The plan as JSON.
    pub plan: String,
    /// The slides; `None` for a broken one.
    pub slides: Vec<(Place, Option<Arc<LiveSlide>>)>,
    /// The pictures by the name under which slides ask for them.
    pub pictures: BTreeMap<String, Picture>,
}

impl Preview {
    /// The deck's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.head.title
    }

    /// What a page is loaded with and keeps: language, direction and canvas. A page
    /// of another frame has to be loaded anew.
    #[must_use]
    pub fn frame(&self) -> String {
        let Head { lang, rtl, size, .. } = &self.head;
        format!("{lang:?} {rtl} {size:?}")
    }
}

/// Writes the slides of a deck that are not broken.
#[must_use]
pub fn preview(
    sound: &Sound<'_>,
    dressed: Dressed<'_>,
    sources: &Sources,
    notes: bool,
    memo: Option<&Memo>,
) -> Preview {
    let placed = sound.placed();
    let mut pictures = BTreeMap::new();
    let mut names = BTreeMap::new();
    let stills = dressed
        .figures
        .iter()
        .filter_map(|(asset, figure)| Some((still_name(asset), figure.still.as_deref()?)));
    let whole = dressed.figures.iter().map(|(asset, figure)| (asset.clone(), figure));
    for (asset, figure) in whole.chain(stills) {
        let bytes = &figure.bytes;
        let name = match memo {
            Some(memo) => memo.picture_name(&asset, bytes),
            None => name_of(bytes),
        };
        let name = format!("{name}.{}", figure.format.extension());
        pictures.insert(name.clone(), (figure.format.mime(), Arc::clone(bytes)));
        names.insert(asset, name);
    }
    let link = |asset: &str| format!("-/picture/{}", names.get(asset).map_or("", String::as_str));
    let linked = Pictures::linked(dressed.figures, link);
    let levels = outline::levels(placed);
    let times = Plan::of(placed);
    let texts: Vec<&str> = placed.slides.iter().map(|slide| sources.text(slide.span)).collect();
    let names = Names::of_texts(placed.slides.iter().zip(texts.iter().copied()));
    let slides: Vec<_> = (0..placed.slides.len())
        .into_par_iter()
        .map(|at| {
            let (slide, page) = (&placed.slides[at], &sound.pages()[at]);
            let source = sources.get(slide.span.source);
            let line = source.line(slide.span.range().start);
            let place = Place {
                id: slide.id.clone(),
                number: slide.source_number,
                page: slide.number,
                label: slide::label(placed, slide),
                path: source.path.to_string_lossy().replace('\\', "/"),
                line,
                text: texts[at].into(),
            };
            let made = sound.has(at).then(|| {
                let time = times.slides.get(at).map_or(0, |it| it.time.0);
                let ctx = super::ctx(dressed, &linked, &levels, &names[at], slide, page);
                Arc::new(made(&ctx, dressed, (slide, page), notes, sources, time))
            });
            (place, made)
        })
        .collect();
    let style = css::style(sound.pages(), dressed, &linked, notes, memo) + &STYLE;
    let plan = serde_json::to_string(&plan::data(&times)).expect("numbers and texts become JSON");
    Preview { head: Head::of(placed, String::new()), style, plan, slides, pictures }
}

/// One slide.
fn made(
    ctx: &Ctx<'_>,
    dressed: Dressed<'_>,
    (placed, page): (&PlacedSlide, &Page),
    notes: bool,
    sources: &Sources,
    time: u32,
) -> LiveSlide {
    let mut out = Html::default();
    slide::slide(ctx, &mut out, dressed.placed, placed, notes);
    let source = sources.get(placed.span.source);
    let first = source.line(placed.span.range().start);
    let mut blocks = BTreeMap::new();
    for slot in &placed.slots {
        walk::blocks(&slot.blocks, &mut |block| {
            if block.span.source == placed.span.source {
                let line = source.line(block.span.range().start);
                blocks.insert(ctx.names.block(block.id), line.saturating_sub(first));
            }
        });
    }
    let slots = placed.slots.iter().zip(&page.slots);
    LiveSlide {
        html: out.finish(),
        css: css::slide(dressed, ctx.names, placed, page),
        blocks,
        fill: slots.map(|(slot, fill)| (slot.name.clone(), fill.percent())).collect(),
        time,
    }
}

/// What stands in for a slide that was never whole.
#[must_use]
pub fn broken(place: &Place) -> LiveSlide {
    let mut out = Html::default();
    let label = format!("Slide {} has errors", place.number);
    out.open("section", &[("class", Some("slide live-broken"))]);
    out.raw("<p>");
    out.text(&label);
    out.raw("</p></section>\n");
    LiveSlide { html: out.finish(), ..LiveSlide::default() }
}

/// The page that shows a deck: its slides as they stand in `slides`, and `state`,
/// which its script goes on from.
#[must_use]
pub fn document(preview: &Preview, slides: &[Arc<LiveSlide>], state: &impl Serialize) -> String {
    let script = &*SCRIPT;
    let head = Head { policy: policy(&preview.style, script), ..preview.head.clone() };
    let mut out = Html::default();
    head.open(&mut out, &preview.style, script);
    for slide in slides {
        out.raw(&slide.html);
    }
    out.raw("</div>\n</main>\n");
    // Both are JSON in which nothing can end the element.
    out.raw("<script class=\"plan\" type=\"application/json\">");
    out.raw(&preview.plan.replace('<', "\\u003c"));
    out.raw("</script>\n<script class=\"live\" type=\"application/json\">");
    out.json(state);
    out.raw("</script>\n</body>\n</html>\n");
    out.finish()
}

/// The page that stands in for a deck of which nothing can be shown, with why: what
/// is found, and where. Its script goes on from `state`.
#[must_use]
pub fn waiting<'a>(
    findings: impl Iterator<Item = (&'a str, Option<String>)>,
    state: &impl Serialize,
) -> String {
    small_page("deckc", &STYLE, include_str!("live/waiting.js"), |out| {
        out.raw("<section class=\"live-findings live-waiting\">");
        for (text, at) in findings {
            out.raw("<article class=\"error\"><pre>");
            out.text(text);
            out.raw("</pre>");
            if let Some(at) = at {
                out.raw("<code class=\"live-at\">");
                out.text(&at);
                out.raw("</code>");
            }
            out.raw("</article>");
        }
        out.raw("</section>\n<script class=\"live\" type=\"application/json\">");
        out.json(state);
        out.raw("</script>\n");
    })
}

/// The page with which a telephone goes through a talk.
#[must_use]
pub fn remote(title: &str) -> String {
    let (style, script) = (include_str!("live/remote.css"), include_str!("live/remote.js"));
    small_page(title, style, script, |out| out.raw(include_str!("live/remote.html")))
}

/// A page without a deck.
fn small_page(title: &str, style: &str, script: &str, body: impl FnOnce(&mut Html)) -> String {
    let mut out = Html::default();
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let policy = policy(style, script);
    out.open(
        "meta",
        &[("http-equiv", Some("Content-Security-Policy")), ("content", Some(&policy))],
    );
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.text(title);
    out.raw("</title>\n<style>");
    out.raw(style);
    out.raw("</style>\n</head>\n<body>\n");
    body(&mut out);
    out.raw("<script>");
    out.raw(script);
    out.raw("</script>\n</body>\n</html>\n");
    out.finish()
}

/// As for a file that is built, but for what the page asks its server for.
fn policy(style: &str, script: &str) -> String {
    let own = super::policy(style, script, true).replace("media-src data:", "media-src 'self'");
    own.replace("img-src data:", "img-src 'self' data:") + "; connect-src 'self'"
}

/// What a picture is called after.
pub(super) fn name_of(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    BASE64.encode(&hash[..12]).replace('+', "-").replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_built_has_nothing_of_a_preview() {
        for (mine, built, word) in
            [(&*SCRIPT, &*runtime::SCRIPT, "EventSource"), (&*STYLE, &*runtime::STYLE, "live-")]
        {
            assert!(mine.contains(word) && !built.contains(word), "{word}");
            assert!(!mine.contains("</") && !mine.contains("<!--"));
        }
    }
}
