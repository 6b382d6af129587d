//! The delivery guide as HTML: one file that reads on a phone and prints.

use super::block::blocks;
use super::out::Html;
use super::picture::Pictures;
use super::{Ctx, Names, policy};
use crate::dress::Dressed;
use crate::guide::Guide;
use crate::layout::TextRole;
use crate::model::Step;
use crate::page::Page;
use crate::place::Wraps;

/// What a guide looks like.
const STYLE: &str = include_str!("guide.css");

/// Writes the guide of a deck.
#[must_use]
pub fn write_guide(dressed: Dressed<'_>, guide: &Guide) -> String {
    let pictures = Pictures::new(dressed.placed, dressed.figures);
    let mut style = STYLE.to_owned();
    pictures.add_rules(&mut style);
    let ctx = Ctx {
        names: &Names::counted(0),
        tokens: dressed.tokens,
        wraps: &Wraps::new(),
        pictures: &pictures,
        levels: &guide.levels(),
        page: &Page::default(),
        // The speaker has everything from the start.
        from: Step(u32::MAX),
        rtl: false,
    };
    let mut out = Html::default();
    out.raw("<!DOCTYPE html>\n");
    out.open("html", &[("lang", Some("en"))]);
    out.raw("\n<head>\n<meta charset=\"utf-8\">\n");
    let policy = policy(&style, "", false);
    out.open(
        "meta",
        &[("http-equiv", Some("Content-Security-Policy")), ("content", Some(&policy))],
    );
    out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.text(&guide.title);
    out.raw("</title>\n<style>");
    out.raw(&style);
    out.raw("</style>\n</head>\n<body>\n<main>\n");
    for block in &guide.blocks {
        blocks(&ctx, &mut out, TextRole::Body, 0, std::slice::from_ref(block));
        out.raw("\n");
    }
    out.raw("</main>\n</body>\n</html>\n");
    out.finish()
}
