//! Writing pages as PNG: slides and their steps, a sheet of all slides, and the
//! card that stands for the talk.
//!
//! Takes a typeset deck, gives named pictures. The same page gives the same
//! bytes. Nothing is laid out here.

use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::{RenderOptions, render};

use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::source::Span;
use crate::typeset::{self, Paper, Typeset};

/// The width of pictures unless another is asked for, in pixels: that of most
/// projectors.
pub const WIDTH: u32 = 1920;

/// The most pixels that one picture may have: 64 million, which is 256 MB in
/// memory.
pub const MAX_PIXELS: u32 = 64_000_000;

/// What to make pictures of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Every slide in its last step.
    Slides,
    /// Every step of every slide.
    Steps,
    /// All slides on one sheet.
    Sheet,
    /// The first slide.
    Poster,
    /// The card of 1200 x 630 pixels that stands for the talk where it is linked
    /// to: title, speaker, event and date in the deck's theme.
    Card,
}

/// A picture of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What it is called, without ending: `03`, `03-2`, `poster`.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Makes the pictures asked for. `width` is in pixels; a card has its own.
///
/// Gives an error for pictures that are too large, and what Typst refuses.
pub fn write(
    dressed: Dressed<'_>,
    typeset: &Typeset,
    kinds: &[Kind],
    width: u32,
    diags: &mut Diagnostics,
) -> Vec<Picture> {
    let slides = &dressed.placed.slides;
    let digits = slides.len().to_string().len().max(2);
    let mut made = Vec::new();
    let mut picture =
        |name: String, page: &Page, width: u32, diags: &mut Diagnostics| match draw(page, width) {
            Ok(bytes) => made.push(Picture { name, bytes }),
            Err(why) => diags.push(too_large(&name, &why)),
        };
    let document = |paper: Paper, diags: &mut Diagnostics| -> Option<PagedDocument> {
        typeset::paper(dressed, paper, diags)
    };
    for kind in kinds {
        match kind {
            Kind::Slides => {
                for (slide, page) in slides.iter().zip(typeset.sheets()) {
                    picture(format!("{:0digits$}", slide.number), page, width, diags);
                }
            }
            Kind::Steps => {
                let Some(steps) = typeset::typeset_steps(dressed, diags) else { continue };
                let names = slides.iter().flat_map(|slide| {
                    (1..=slide.last_step.0 + 1)
                        .map(move |step| format!("{:0digits$}-{step}", slide.number))
                });
                for (name, page) in names.zip(steps.pages()) {
                    picture(name, page, width, diags);
                }
            }
            Kind::Sheet => {
                let sheet = document(Paper::Contact, diags);
                for page in sheet.iter().flat_map(PagedDocument::pages) {
                    picture("sheet".to_owned(), page, width, diags);
                }
            }
            Kind::Poster => {
                if let Some(page) = typeset.sheets().first() {
                    picture("poster".to_owned(), page, width, diags);
                }
            }
            Kind::Card => {
                let card = document(Paper::Card, diags);
                for page in card.iter().flat_map(PagedDocument::pages) {
                    picture("card".to_owned(), page, 1200, diags);
                }
            }
        }
    }
    made
}

/// A page as a PNG that is `width` pixels wide, or why it cannot be one.
fn draw(page: &Page, width: u32) -> Result<Vec<u8>, String> {
    let (across, down) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    let scale = f64::from(width) / across;
    let pixels = across * scale * down * scale;
    let (has, may) = ((pixels / 1e6).ceil(), f64::from(MAX_PIXELS) / 1e6);
    if may < pixels / 1e6 {
        return Err(format!("it would have {has} million pixels; {may} million are allowed"));
    }
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    render(page, &options).encode_png().map_err(|why| why.to_string())
}

fn too_large(name: &str, why: &str) -> Diagnostic {
    let message = format!("cannot draw `{name}.png`: {why}");
    Diagnostic::error("large-picture", Span::default(), message)
        .hint("ask for a smaller `--png-width`")
}
