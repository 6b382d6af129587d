//! Laws: what nobody can argue with, measured on the typeset pages.
//!
//! Laws that show earlier are told by the stage that meets them first: a missing
//! asset by `figure/`, an unknown key by `read/`, content that no slot takes by
//! `place`, a size or a contrast that a theme asks for by `theme/`. Small text
//! and low contrast are measured here once more, on the page, since a law that
//! holds by construction is still worth a look at what was constructed.

mod low_contrast;
mod missing_glyphs;
mod overflow;
mod overlap;
mod roles;
mod small_text;
#[cfg(test)]
mod testing;

use rayon::prelude::*;

use super::{With, shown};
use crate::color::Rgb;
use crate::diag::Diagnostic;
use crate::figure::Figures;
use crate::fit::Room;
use crate::font::Fonts;
use crate::geom::{Canvas, Pt};
use crate::highlight::Tokens;
use crate::page::Page;
use crate::place::{Placed, PlacedSlide};
use crate::source::{Sources, Span};
use crate::theme::{Scale, Space};

/// How far a box may stick out before it counts: half a point is less than the
/// side of a letter's serif, and more than rounding makes of a length.
const TOLERANCE: Pt = Pt(0.5);

/// Every law that is measured on pages.
pub const LAWS: &[&Law] =
    &[&low_contrast::LAW, &missing_glyphs::LAW, &overflow::LAW, &overlap::LAW, &small_text::LAW];

/// A law.
#[derive(Debug)]
pub struct Law {
    /// Names the bad thing.
    pub name: &'static str,
    /// The page: what is bad, why, and what to do.
    pub docs: &'static str,
    check: Check,
}

/// How a law looks at a deck.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// Page by page.
    Page(fn(Ctx<'_>, &mut Vec<Diagnostic>)),
    /// All pages together: what is wrong on several has one cause.
    Deck(fn(&[Ctx<'_>], &mut Vec<Diagnostic>)),
}

/// What a law sees: one slide and its page.
#[derive(Clone, Copy, Debug)]
struct Ctx<'a> {
    slide: &'a PlacedSlide,
    page: &'a Page,
    canvas: Canvas,
    scale: &'a Scale,
    space: &'a Space,
    text_fonts: &'a [String],
    code_fonts: &'a [String],
    fonts: &'a Fonts,
    figures: &'a Figures,
    /// What a picture stands on: the page, or the surface of a callout.
    grounds: (Rgb, Rgb),
    /// What bars and bullets, and what lines are drawn in.
    graphics: (Rgb, Rgb),
    sources: &'a Sources,
    /// The classes of the code.
    tokens: &'a Tokens,
    /// What the extent of code depends on; `None` without a face for code.
    room: Option<Room<'a>>,
}

impl<'a> Ctx<'a> {
    /// The pictures of the slide.
    fn pictures(self) -> Vec<shown::Shown<'a>> {
        shown::pictures(self.slide, self.page, self.figures)
    }
}

impl Law {
    fn at(&self, ctx: Ctx<'_>, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.name, span, message).on_slide(ctx.slide.source_number)
    }
}

/// Measures every page.
pub(super) fn hold(placed: &Placed, pages: &[Page], with: With<'_>) -> Vec<Diagnostic> {
    let With { theme, fonts, figures, sources, tokens } = with;
    let room = Room::of(theme, fonts);
    let slides = placed.slides.iter().zip(pages).map(|(slide, page)| Ctx {
        slide,
        page,
        canvas: placed.canvas(),
        scale: &theme.scale,
        space: &theme.space,
        text_fonts: &theme.text_fonts,
        code_fonts: &theme.code_fonts,
        fonts,
        figures,
        grounds: (theme.palette.background(), theme.palette.surface()),
        graphics: (theme.palette.accent(), theme.palette.rule()),
        sources,
        tokens,
        room,
    });
    let slides: Vec<Ctx<'_>> = slides.collect();
    let found = LAWS.par_iter().flat_map_iter(|law| match law.check {
        Check::Page(check) => slides
            .par_iter()
            .flat_map_iter(|ctx| {
                let mut found = Vec::new();
                check(*ctx, &mut found);
                found
            })
            .collect(),
        Check::Deck(check) => {
            let mut found = Vec::new();
            check(&slides, &mut found);
            found
        }
    });
    found.collect()
}
