//! Pictures of pixels: format, size, and whether the file is whole.
//!
//! Headers tell the size, and the marks at the end tell a file that was cut off:
//! decoding takes longer than everything else, and is for those that need it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::colours::{Colours, Numbers};
use super::metadata::{self, PngColours};
use super::problem::Problem;
use super::{Figure, Format, jpeg};

/// How much a pixel picture may be enlarged: shown above two canvas pixels to
/// one of its own, it looks broken rather than small.
const MAX_ENLARGEMENT: f64 = 2.0;

/// The most pixels that a picture may have: twelve times a 4K screen.
const MAX_PIXELS: u64 = 100_000_000;

/// The most bytes that its pixels may take.
const MAX_DECODED: u64 = 600_000_000;

/// The most bytes that a header may take: profiles of printers have some megabytes.
const MAX_HEAD: u64 = 32 << 20;

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

/// A picture of pixels as its file has it, and what the file says of it.
pub(super) struct Raster {
    /// The file, measured as it is turned.
    pub(super) figure: Figure,
    /// Pixels across and down, as they are turned.
    pub(super) size: (u32, u32),
    /// How they are to be turned.
    pub(super) turn: Orientation,
    /// What they are numbers of.
    pub(super) numbers: Numbers,
    /// What makes sRGB of them; `None` where they are sRGB.
    pub(super) colours: Option<Colours>,
    /// Whether the file holds several pictures, of which this is the first.
    pub(super) moves: bool,
    /// Whether it is written anew as JPEG.
    pub(super) is_lossy: bool,
}

/// Reads and measures a picture.
///
/// Gives a problem for a header that cannot be read, a file that was cut off,
/// and a picture without pixels or with more than [`MAX_PIXELS`].
pub(super) fn read(key: &str, format: Format, bytes: &[u8]) -> Result<Raster, Problem> {
    let broken = |why: &str| broken(key, why);
    let head = head(format, bytes).map_err(|why| broken(&why))?;
    let pixels = u64::from(head.size.0) * u64::from(head.size.1);
    if pixels == 0 {
        return Err(broken("it has no pixels"));
    }
    if pixels > MAX_PIXELS || pixels * u64::from(head.pixel_bytes) > MAX_DECODED {
        let (width, height) = head.size;
        let deep = if head.pixel_bytes > 4 { " of 16 bits a channel" } else { "" };
        let most = MAX_PIXELS.min(MAX_DECODED / u64::from(head.pixel_bytes));
        return Err(Problem::error(
            "large-asset",
            format!(
                "the picture `{key}` has {width} x {height} pixels{deep}, which is {} million; the most is {} million",
                pixels / 1_000_000,
                most / 1_000_000
            ),
            "scale the picture down: a slide is shown in at most 3840 x 2160 pixels",
        ));
    }
    if !is_whole(format, bytes) {
        return Err(broken("it ends too early"));
    }
    let said =
        if format == Format::Png { metadata::png_colours(bytes) } else { PngColours::Profile };
    let other = match said {
        // How much light such numbers stand for depends on the screen.
        PngColours::Coded([_, 16 | 18, ..]) => Some("is made for screens of high dynamic range"),
        PngColours::Coded([10, ..]) => Some("has the colours of no screen (XYZ)"),
        _ => None,
    };
    if let Some(why) = other {
        let message = format!("the picture `{key}` {why}");
        let hint = "export it in sRGB: a projector shows nothing else";
        return Err(Problem::error("broken-asset", message, hint));
    }
    let colours = match said {
        PngColours::Profile => Colours::of_icc(head.profile.as_deref(), head.numbers),
        said => Colours::of_png(said),
    };
    let is_lossy = match format {
        Format::Jpeg => true,
        Format::Webp => !metadata::is_lossless_webp(bytes) && !head.has_alpha,
        Format::Png | Format::Gif | Format::Svg | Format::Mp4 | Format::Webm => false,
    };
    let size = if is_quarter(head.turn) { (head.size.1, head.size.0) } else { head.size };
    Ok(Raster {
        size,
        turn: head.turn,
        numbers: head.numbers,
        colours,
        moves: metadata::moves(format, bytes),
        is_lossy,
        figure: Figure {
            format,
            bytes: bytes.into(),
            width: f64::from(size.0),
            height: f64::from(size.1),
            enlarge: MAX_ENLARGEMENT,
            texts: Vec::new(),
            colors: None,
            tones: None,
            still: None,
        },
    })
}

/// What the header of a picture says.
struct Head {
    size: (u32, u32),
    turn: Orientation,
    profile: Option<Vec<u8>>,
    numbers: Numbers,
    has_alpha: bool,
    /// Bytes to a decoded pixel.
    pixel_bytes: u8,
}

fn head(format: Format, bytes: &[u8]) -> Result<Head, String> {
    if format == Format::Jpeg {
        let jpeg::Head { size, turn, profile, numbers } = jpeg::head(bytes)?;
        return Ok(Head { size, turn, profile, numbers, has_alpha: false, pixel_bytes: 3 });
    }
    let mut decoder = decoder(format, bytes, MAX_HEAD)?;
    let color: ColorType = decoder.color_type();
    Ok(Head {
        size: decoder.dimensions(),
        turn: decoder.orientation().unwrap_or(Orientation::NoTransforms),
        profile: decoder.icc_profile().ok().flatten(),
        numbers: if color.has_color() { Numbers::Rgb } else { Numbers::Grey },
        has_alpha: color.has_alpha(),
        pixel_bytes: color.bytes_per_pixel(),
    })
}

/// Whether a picture that is turned stands where it lay.
const fn is_quarter(turn: Orientation) -> bool {
    match turn {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

/// The pixels of a file, 8 bits to a channel, as the file has them.
pub(super) fn pixels(key: &str, figure: &Figure) -> Result<DynamicImage, Problem> {
    let decoded = match figure.format {
        Format::Jpeg => jpeg::pixels(&figure.bytes),
        format => decoder(format, &figure.bytes, 2 * MAX_DECODED).and_then(|decoder| {
            DynamicImage::from_decoder(decoder).map_err(|error| reason(&error))
        }),
    };
    let pixels = decoded.map_err(|why| broken(key, &why))?;
    Ok(match pixels.color() {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => pixels,
        ColorType::L16 => pixels.into_luma8().into(),
        ColorType::La16 => pixels.into_luma_alpha8().into(),
        color if color.has_alpha() => pixels.into_rgba8().into(),
        _ => pixels.into_rgb8().into(),
    })
}

/// The pixels of a file, turned as it says.
pub(super) fn turned(key: &str, figure: &Figure) -> Result<DynamicImage, Problem> {
    let head = head(figure.format, &figure.bytes).map_err(|why| broken(key, &why))?;
    let mut pixels = pixels(key, figure)?;
    pixels.apply_orientation(head.turn);
    Ok(pixels)
}

/// Pixels as a file: losslessly as PNG, or as JPEG.
pub(super) fn encoded(pixels: &DynamicImage, is_lossy: bool) -> (Format, Vec<u8>) {
    let mut bytes = Vec::new();
    let format = if is_lossy { Format::Jpeg } else { Format::Png };
    let written = if is_lossy {
        pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
    } else {
        let (level, filter) = (CompressionType::Default, FilterType::Adaptive);
        pixels.write_with_encoder(PngEncoder::new_with_quality(&mut bytes, level, filter))
    };
    debug_assert!(written.is_ok(), "memory takes everything");
    (format, bytes)
}

/// What is wrong with the pixels of a figure; `None` for one that can be
/// decoded, and for one that has no pixels.
pub(super) fn undecodable(key: &str, figure: &Figure) -> Option<Problem> {
    if figure.format == Format::Svg || figure.format.is_video() {
        None
    } else {
        pixels(key, figure).err()
    }
}

/// The decoder of a file that is no JPEG, or why there is none. It takes at most so
/// many bytes.
fn decoder(format: Format, bytes: &[u8], most: u64) -> Result<impl ImageDecoder + use<'_>, String> {
    let codec = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Svg | Format::Mp4 | Format::Webm => return Err("it has no pixels".to_owned()),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec);
    // How many pixels there may be is held by deckc, which says so in its own words.
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(most);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| reason(&error))
}

pub(super) fn broken(key: &str, why: &str) -> Problem {
    let message = format!("the picture `{key}` is broken: {why}");
    Problem::error("broken-asset", message, "export or download it again")
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
        Format::Gif => metadata::is_whole_gif(bytes),
        Format::Webp => {
            let length =
                bytes.get(4..8).and_then(|it| it.try_into().ok()).map_or(0, u32::from_le_bytes);
            bytes.len() as u64 >= u64::from(length) + 8
        }
        Format::Svg | Format::Mp4 | Format::Webm => true,
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
