//! JPEG: what its header says, and its pixels.
//!
//! Decoded without the shortcuts that only some processors have: their pixels
//! differ by one here and there, and so would what is made of them.

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::colours::Numbers;
use super::metadata;

/// What the header of a picture says.
#[derive(Debug)]
pub(super) struct Head {
    /// Pixels across and down, before they are turned.
    pub(super) size: (u32, u32),
    /// How it is to be turned.
    pub(super) turn: Orientation,
    /// Its ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// What its numbers are.
    pub(super) numbers: Numbers,
}

/// Reads the header. Gives what is wrong with it in the decoder's words.
pub(super) fn head(bytes: &[u8]) -> Result<Head, String> {
    let decoder = opened(bytes, ColorSpace::RGB)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let side = |length| u32::try_from(length).unwrap_or(u32::MAX);
    let turn = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Head {
        size: (side(width), side(height)),
        turn: turn.unwrap_or(Orientation::NoTransforms),
        profile: decoder.icc_profile(),
        numbers: numbers(&decoder),
    })
}

/// The pixels; those of inks as the light that each of them leaves, in the order of
/// cyan, magenta, yellow and black.
pub(super) fn pixels(bytes: &[u8]) -> Result<DynamicImage, String> {
    let header = opened(bytes, ColorSpace::RGB)?;
    let (width, height) = header.dimensions().unwrap_or_default();
    let numbers = numbers(&header);
    drop(header);
    let adobe = metadata::adobe_transform(bytes).filter(|_| numbers == Numbers::Inks);
    let mut unmixed = None;
    if let Some((at, MIXED)) = adobe {
        // The decoder would make colours of mixed inks; it is told that they are not.
        let mut copy = bytes.to_vec();
        copy[at] = 0;
        unmixed = Some(copy);
    }
    let space = match numbers {
        Numbers::Grey => ColorSpace::Luma,
        Numbers::Rgb => ColorSpace::RGB,
        Numbers::Inks => ColorSpace::CMYK,
    };
    let mut decoder = opened(unmixed.as_deref().unwrap_or(bytes), space)?;
    let mut samples = decoder.decode().map_err(|error| words(&error))?;
    let side = |length| u32::try_from(length).unwrap_or(u32::MAX);
    let (width, height) = (side(width), side(height));
    let made = match numbers {
        Numbers::Grey => GrayImage::from_raw(width, height, samples).map(DynamicImage::from),
        Numbers::Rgb => RgbImage::from_raw(width, height, samples).map(DynamicImage::from),
        Numbers::Inks => {
            match adobe {
                Some((_, MIXED)) => samples.chunks_exact_mut(4).for_each(unmix),
                // Adobe's programs write the light that is left, all others the ink.
                Some(_) => {}
                None => samples.iter_mut().for_each(|it| *it = 255 - *it),
            }
            RgbaImage::from_raw(width, height, samples).map(DynamicImage::from)
        }
    };
    made.ok_or_else(|| "it has fewer pixels than it says".to_owned())
}

/// Adobe's number for inks that are coded as a brightness, two differences and black.
const MIXED: u8 = 2;

/// The light that inks leave, of inks coded as a brightness and two differences
/// (ITU T.871, 7, for what is left of white).
fn unmix(pixel: &mut [u8]) {
    let [y, cb, cr] = [pixel[0], pixel[1], pixel[2]].map(i32::from);
    let (cb, cr) = (cb - 128, cr - 128);
    // The factors in parts of 65536, and half of one to round.
    let light = |added: i32| {
        let value = y + ((added + (1 << 15)) >> 16);
        255 - u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
    };
    pixel[0] = light(91_881 * cr);
    pixel[1] = light(-22_554 * cb - 46_802 * cr);
    pixel[2] = light(116_130 * cb);
}

fn opened(bytes: &[u8], space: ColorSpace) -> Result<JpegDecoder<ZCursor<&[u8]>>, String> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_use_unsafe(false)
        .jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| words(&error))?;
    Ok(decoder)
}

/// What the components of a picture are.
fn numbers(decoder: &JpegDecoder<ZCursor<&[u8]>>) -> Numbers {
    match decoder.info().map_or(0, |info| info.components) {
        1 => Numbers::Grey,
        4 => Numbers::Inks,
        _ => Numbers::Rgb,
    }
}

/// The decoder's words, without a line break or a full stop.
fn words(error: &zune_jpeg::errors::DecodeErrors) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_matches(['"', '.']).to_owned()
}
