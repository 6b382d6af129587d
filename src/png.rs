//! Writing pages as PNG.
//!
//! Takes a typeset deck, gives one picture a slide.

use typst::utils::Scalar;
use typst_render::{RenderOptions, render};

use crate::typeset::Typeset;

/// The page of a slide, counted from 0, as a PNG that is `width` pixels wide.
///
/// Gives `None` for a slide that there is not, and for a width of 0.
#[must_use]
pub fn write(typeset: &Typeset, slide: usize, width: u32) -> Option<Vec<u8>> {
    let page = typeset.document.pages().get(slide).filter(|_| width > 0)?;
    let pixel_per_pt = Scalar::new(f64::from(width) / page.frame.width().to_pt());
    render(page, &RenderOptions { pixel_per_pt, render_bleed: false }).encode_png().ok()
}
