//! Pictures of pixels: format, size, and whether the file is whole.
//!
//! Pixels are not decoded: headers tell the size, and the marks at the end
//! tell a file that was cut off.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader};

use super::problem::Problem;
use super::{Figure, Format, metadata};

/// How much a pixel picture may be enlarged: shown above two canvas pixels to
/// one of its own, it looks broken rather than small.
const MAX_ENLARGEMENT: f64 = 2.0;

/// The most pixels that a picture may have: twelve times a 4K screen. Decoded,
/// that is 400 MB.
const MAX_PIXELS: u64 = 100_000_000;

/// How well JPEG is written, of 100: nobody sees the difference on a wall.
const QUALITY: u8 = 90;

/// The format of a file by its first bytes; `None` for one that is not made
/// of pixels.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        _ => None,
    }
}

/// Reads and measures a picture.
///
/// Gives a problem for a header that cannot be read, a file that was cut off,
/// and a picture without pixels or with more than [`MAX_PIXELS`].
pub(super) fn read(key: &str, format: Format, bytes: Vec<u8>) -> Result<Figure, Problem> {
    let broken = |why: &str| broken(key, why);
    let Some(codec) = codec(format) else { return Err(broken("it has no pixels")) };
    let mut decoder = ImageReader::with_format(Cursor::new(&bytes), codec)
        .into_decoder()
        .map_err(|error| broken(&reason(&error)))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(broken("it has no pixels"));
    }
    if pixels > MAX_PIXELS {
        return Err(Problem::error(
            "large-asset",
            format!(
                "the picture `{key}` has {width} x {height} pixels, which is {} million; the most is {} million",
                pixels / 1_000_000,
                MAX_PIXELS / 1_000_000
            ),
            "scale the picture down: a slide is shown in at most 3840 x 2160 pixels",
        ));
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let turned = match turn {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    };
    drop(decoder);
    if !is_whole(format, &bytes) {
        return Err(broken("it ends too early"));
    }
    let (width, height) = if turned { (height, width) } else { (width, height) };
    // Only a JPEG can be made to say how it is turned and nothing else.
    let can_say = format == Format::Jpeg || turn == Orientation::NoTransforms;
    let stripped = can_say.then(|| metadata::stripped(format, &bytes, turn));
    let bytes = stripped.and_then(Result::ok).flatten().unwrap_or(bytes);
    Ok(Figure {
        format,
        bytes: bytes.into(),
        width: f64::from(width),
        height: f64::from(height),
        enlarge: MAX_ENLARGEMENT,
        texts: Vec::new(),
        colors: None,
        tones: None,
    })
}

/// The pixels of a figure, turned as its file says; `None` for one that has none.
///
/// Gives a problem for pixels that cannot be decoded.
pub(super) fn pixels(key: &str, figure: &Figure) -> Option<Result<DynamicImage, Problem>> {
    let codec = codec(figure.format)?;
    let decoded = ImageReader::with_format(Cursor::new(&figure.bytes), codec)
        .into_decoder()
        .and_then(|mut decoder| {
            let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
            let mut pixels = DynamicImage::from_decoder(decoder)?;
            pixels.apply_orientation(turn);
            Ok(pixels)
        });
    Some(decoded.map_err(|error| broken(key, &reason(&error))))
}

/// Whether a picture's pixels are to be read by a colour profile of its own.
pub(super) fn has_profile(figure: &Figure) -> bool {
    let decoder = codec(figure.format)
        .map(|codec| ImageReader::with_format(Cursor::new(&figure.bytes), codec).into_decoder());
    decoder.is_some_and(|it| {
        it.is_ok_and(|mut decoder| decoder.icc_profile().is_ok_and(|profile| profile.is_some()))
    })
}

/// A figure of other pixels in place of a figure's own: losslessly, but as JPEG
/// where it was one.
pub(super) fn replaced(figure: &Figure, pixels: &DynamicImage) -> Figure {
    let mut bytes = Vec::new();
    let format = if figure.format == Format::Jpeg { Format::Jpeg } else { Format::Png };
    if format == Format::Jpeg {
        let _ = JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&pixels.to_rgb8());
    } else {
        let encoder = PngEncoder::new(&mut bytes);
        let _ = pixels.write_with_encoder(encoder);
    }
    let (width, height) = (f64::from(pixels.width()), f64::from(pixels.height()));
    Figure { format, bytes: bytes.into(), width, height, ..figure.clone() }
}

/// What is wrong with the pixels of a figure; `None` for one that can be
/// decoded, and for one that has no pixels.
pub(super) fn undecodable(key: &str, figure: &Figure) -> Option<Problem> {
    let decoded = image::load_from_memory_with_format(&figure.bytes, codec(figure.format)?);
    decoded.err().map(|error| broken(key, &reason(&error)))
}

fn broken(key: &str, why: &str) -> Problem {
    let message = format!("the picture `{key}` is broken: {why}");
    Problem::error("broken-asset", message, "export or download it again")
}

/// The decoder for a format; `None` for one that has no pixels.
const fn codec(format: Format) -> Option<ImageFormat> {
    match format {
        Format::Png => Some(ImageFormat::Png),
        Format::Jpeg => Some(ImageFormat::Jpeg),
        Format::Gif => Some(ImageFormat::Gif),
        Format::Webp => Some(ImageFormat::WebP),
        Format::Svg => None,
    }
}

/// The decoder's reason without its own preamble.
fn reason(error: &image::ImageError) -> String {
    let text = error.to_string();
    let text = text.split_once(": ").map_or(text.as_str(), |(_, why)| why);
    text.trim_end_matches('.').to_owned()
}

/// Whether the file has the mark with which its format ends.
fn is_whole(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Png => png_has_end(bytes),
        // Cameras write thumbnails and padding behind the last mark.
        Format::Jpeg => has_pair(bytes, [0xff, 0xd9]),
        Format::Gif => bytes.contains(&b';') && bytes.len() > 13,
        Format::Webp => {
            let length =
                bytes.get(4..8).and_then(|it| it.try_into().ok()).map_or(0, u32::from_le_bytes);
            bytes.len() as u64 >= u64::from(length) + 8
        }
        Format::Svg => true,
    }
}

/// Whether the chunks of a PNG lead to its end chunk.
fn png_has_end(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        if head.ends_with(b"IEND") {
            return true;
        }
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        // Length, type and checksum stand around the data of a chunk.
        at = at.saturating_add(length as usize).saturating_add(12);
    }
    false
}

/// Whether two bytes stand side by side, looked for from the end.
fn has_pair(bytes: &[u8], pair: [u8; 2]) -> bool {
    bytes.windows(2).rev().any(|window| window == pair)
}
