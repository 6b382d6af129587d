//! What an author wants made of the pixels of a picture.

use image::DynamicImage;

use super::problem::Problem;
use super::{Figure, Format, raster};
use crate::model::Edit;

/// A picture as it is edited, or as it is.
///
/// Gives a problem for one that has no pixels, that moves, or cannot be decoded.
pub(super) fn edited(key: &str, figure: Figure, edit: Option<&Edit>) -> Result<Figure, Problem> {
    let Some(edit) = edit else { return Ok(figure) };
    let refused = |what: &str, hint: &str| {
        let message = format!("`{key}` cannot be cropped: {what}");
        Problem::error("wrong-value", message, hint)
    };
    let Some(pixels) = raster::pixels(key, &figure) else {
        return Err(refused("it has no pixels", "change the `viewBox` of the drawing"));
    };
    if figure.format == Format::Gif {
        return Err(refused("a GIF may move", "crop the file, or make it a PNG"));
    }
    Ok(raster::replaced(&figure, &cropped(&pixels?, edit.crop)))
}

/// What is left when hundredths of a picture are cut off at its top, right,
/// bottom and left; at least one pixel.
fn cropped(pixels: &DynamicImage, [top, right, bottom, left]: [u8; 4]) -> DynamicImage {
    let (x, w) = kept(pixels.width(), left, right);
    let (y, h) = kept(pixels.height(), top, bottom);
    pixels.crop_imm(x, y, w, h)
}

/// Where what is kept of a side begins, and how long it is.
fn kept(length: u32, before: u8, after: u8) -> (u32, u32) {
    // A side has at most 100 million pixels.
    let share = |hundredths: u8| {
        u32::try_from(u64::from(length) * u64::from(hundredths) / 100).unwrap_or(length)
    };
    let from = share(before);
    (from, (length - from - share(after)).max(1))
}
