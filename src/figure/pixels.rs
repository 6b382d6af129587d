//! Pictures whose pixels do not ship as the file has them: cropped by the author,
//! of other colours than sRGB, turned, or many more than are ever seen.
//!
//! A picture of which none of that is true keeps its bytes, but for what they say
//! beside the picture: decoding takes longer than everything else.

use std::sync::{Arc, Mutex, PoisonError};

use image::DynamicImage;
use image::metadata::Orientation;

use super::colours::Numbers;
use super::problem::Problem;
use super::raster::Raster;
use super::shown::{self, Shown};
use super::shrink::{self, Plan};
use super::{Figure, Format, filter, metadata, raster};
use crate::geom::Canvas;
use crate::model::{Edit, Room, Size};
use crate::store::{Key, Store};

/// What a picture is made for.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub(super) struct Wanted<'a> {
    /// What the author wants made of it.
    pub(super) edit: Option<&'a Edit>,
    /// Where it is shown; nothing where that is not known.
    pub(super) shown: &'a [Shown],
    /// Whether text may stand in front of it.
    pub(super) under: bool,
    /// Whether its size is all that is asked for.
    pub(super) only_size: bool,
    /// Whether an SVG shows it, whose readers turn no JPEG.
    pub(super) is_in_svg: bool,
    /// Whether it is to play.
    pub(super) video: bool,
    /// Where what is made is kept.
    pub(super) store: Option<&'a dyn Store>,
}

/// Pixels from which on pictures are decoded one after the other: each takes
/// hundreds of megabytes.
const LARGE: u64 = 25_000_000;

/// Held while a large picture is decoded.
static DECODING: Mutex<()> = Mutex::new(());

/// What ships of a picture of pixels.
///
/// Gives a problem for pixels that have to be decoded and cannot be, and for what
/// cannot be made of a picture that moves.
pub(super) fn shipped(key: &str, raster: &Raster, wanted: Wanted<'_>) -> Result<Figure, Problem> {
    let Raster { figure, size, turn, colours, moves, .. } = raster;
    let broken = |why: &str| raster::broken(key, why);
    if wanted.only_size && figure.format == Format::Png && !metadata::png_is_sound(&figure.bytes) {
        return Err(broken("its pixels are damaged"));
    }
    if *moves {
        if let Some(edit) = wanted.edit {
            return Err(refused(key, edit, "it moves", "make it a PNG of one frame"));
        }
        if *turn != Orientation::NoTransforms {
            return Err(broken("it moves, and says that it is to be turned"));
        }
        if wanted.only_size {
            return Ok(figure.clone());
        }
        let whole = without_metadata(raster);
        let whole = whole.ok_or_else(|| broken("its parts do not lead to its end"))?;
        // Whether what is in an SVG moves is up to who draws it.
        let still = if wanted.is_in_svg { None } else { Some(still(key, raster, wanted)?) };
        return Ok(Figure { still, ..whole });
    }
    let crop = wanted.edit.map_or([0; 4], |edit| edit.crop);
    let cut = Cut::new(*size, crop);
    let fewer = shown::needed(wanted.shown, (cut.width, cut.height));
    let measured =
        Figure { width: f64::from(cut.width), height: f64::from(cut.height), ..figure.clone() };
    if wanted.only_size {
        return Ok(measured);
    }
    // Browsers turn a JPEG as it says, and so does the typesetter.
    let may_say_so = figure.format == Format::Jpeg && !wanted.is_in_svg;
    let turns = *turn != Orientation::NoTransforms && !may_say_so;
    let is_filtered = wanted.edit.is_some_and(|edit| !edit.filters.is_empty());
    let as_is = crop == Edit::WHOLE && !is_filtered && !turns && colours.is_none();
    let own = as_is.then(|| without_metadata(raster)).flatten();
    if let (Some(own), None) = (&own, fewer) {
        return Ok(own.clone());
    }
    let (format, bytes) = kept_or_made(key, raster, (cut, fewer), wanted)?;
    // What was packed better than it can be here stays.
    Ok(match own {
        Some(own) if own.bytes.len() <= bytes.len() => own,
        _ => Figure { format, bytes: bytes.into(), ..measured },
    })
}

/// The pixels of a picture as they ship.
fn made(
    key: &str,
    raster: &Raster,
    (cut, fewer): (Cut, Option<(u32, u32)>),
    edit: Option<&Edit>,
) -> Result<(Format, Vec<u8>), Problem> {
    let is_large = LARGE < u64::from(raster.size.0) * u64::from(raster.size.1);
    let turn = is_large.then(|| DECODING.lock().unwrap_or_else(PoisonError::into_inner));
    let mut pixels = raster::pixels(key, &raster.figure)?;
    pixels.apply_orientation(raster.turn);
    if (pixels.width(), pixels.height()) != (cut.width, cut.height) {
        pixels = pixels.crop_imm(cut.x, cut.y, cut.width, cut.height);
    }
    if let Some(to) = fewer {
        pixels = shrunk(pixels, to, raster.numbers == Numbers::Inks);
    }
    drop(turn);
    if let Some(colours) = &raster.colours {
        pixels = colours.in_srgb(pixels);
    }
    let Some(edit) = edit.filter(|edit| !edit.filters.is_empty()) else {
        return Ok(raster::encoded(&pixels, raster.is_lossy));
    };
    let scale = pixels_to_px(edit.room, f64::from(pixels.width()), f64::from(pixels.height()));
    let mut pixels = pixels.into_rgba8();
    filter::apply(&mut pixels, &edit.filters, scale);
    let is_opaque = pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let pixels = DynamicImage::ImageRgba8(pixels);
    Ok(if is_opaque {
        raster::encoded(&pixels.into_rgb8().into(), raster.is_lossy)
    } else {
        raster::encoded(&pixels, false)
    })
}

/// How many pixels of a picture are one of the canvas, in its room or as wide as
/// the canvas.
fn pixels_to_px(room: Option<Room>, width: f64, height: f64) -> f64 {
    const PT_PER_PX: f64 = 0.75;
    let (extent, size) = match room {
        // As large as it is, a picture has all of its pixels.
        Some(Room { size: Size::Auto, .. }) => return 1.0,
        Some(Room { extent: (w, h), size }) => ((f64::from(w), f64::from(h)), size),
        None => ((Canvas::Wide.width().get(), f64::INFINITY), Size::Contain),
    };
    PT_PER_PX / size.scale(extent, (width, height))
}

/// The problem with a picture of which nothing can be made.
pub(super) fn refused(key: &str, edit: &Edit, why: &str, hint: &str) -> Problem {
    let (done, act) = match edit.filters.as_slice() {
        [] => ("cropped", "crop the file"),
        _ => ("filtered", "change the colours in the file"),
    };
    let message = format!("`{key}` cannot be {done}: {why}");
    Problem::error("wrong-value", message, format!("{act}, or {hint}"))
}

/// A picture of fewer pixels.
fn shrunk(pixels: DynamicImage, to: (u32, u32), is_inks: bool) -> DynamicImage {
    let color = pixels.color();
    let plan = Plan {
        from: (pixels.width(), pixels.height()),
        to,
        channels: usize::from(color.channel_count()),
        has_alpha: color.has_alpha() && !is_inks,
    };
    let bytes = shrink::shrunk(pixels.as_bytes(), plan);
    let (width, height) = to;
    let made = match pixels {
        DynamicImage::ImageLuma8(_) => {
            image::GrayImage::from_raw(width, height, bytes).map(Into::into)
        }
        DynamicImage::ImageLumaA8(_) => {
            image::GrayAlphaImage::from_raw(width, height, bytes).map(Into::into)
        }
        DynamicImage::ImageRgb8(_) => {
            image::RgbImage::from_raw(width, height, bytes).map(Into::into)
        }
        _ => image::RgbaImage::from_raw(width, height, bytes).map(Into::into),
    };
    made.unwrap_or(pixels)
}

/// A figure whose file says nothing beside the picture; `None` where its parts
/// cannot be told apart.
fn without_metadata(raster: &Raster) -> Option<Figure> {
    let Raster { figure, turn, moves, .. } = raster;
    let stripped = metadata::stripped(figure.format, &figure.bytes, *turn, *moves).ok()?;
    Some(match stripped {
        None => figure.clone(),
        Some(bytes) => Figure { bytes: bytes.into(), ..figure.clone() },
    })
}

/// What the store has of the pixels of a picture, or what is made of them.
fn kept_or_made(
    key: &str,
    raster: &Raster,
    (cut, fewer): (Cut, Option<(u32, u32)>),
    wanted: Wanted<'_>,
) -> Result<(Format, Vec<u8>), Problem> {
    let make = || made(key, raster, (cut, fewer), wanted.edit);
    let Some(store) = wanted.store else { return make() };
    let name = name(&raster.figure, wanted.edit, fewer);
    let is_jpeg = |bytes: &[u8]| raster::format(bytes) == Some(Format::Jpeg);
    if let Some(bytes) = store.get(&name) {
        let format = if is_jpeg(&bytes) { Format::Jpeg } else { Format::Png };
        return Ok((format, bytes));
    }
    let made = make()?;
    store.put(&name, &made.1);
    Ok(made)
}

/// The first frame of a picture that moves.
fn still(key: &str, raster: &Raster, wanted: Wanted<'_>) -> Result<Arc<Figure>, Problem> {
    let cut = Cut::new(raster.size, Edit::WHOLE);
    let fewer = shown::needed(wanted.shown, raster.size);
    let (format, bytes) = kept_or_made(key, raster, (cut, fewer), wanted)?;
    Ok(Arc::new(Figure { format, bytes: bytes.into(), ..raster.figure.clone() }))
}

/// The name under which what is made of a picture is kept.
fn name(figure: &Figure, edit: Option<&Edit>, fewer: Option<(u32, u32)>) -> Key {
    let edit = edit.map(Edit::name);
    Key::of("picture", [&*figure.bytes, format!("{edit:?} {fewer:?}").as_bytes()])
}

/// What is left of a picture.
#[derive(Clone, Copy)]
struct Cut {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Cut {
    /// What is left when hundredths of a picture are cut off at its top, right,
    /// bottom and left; at least one pixel.
    fn new((width, height): (u32, u32), [top, right, bottom, left]: [u8; 4]) -> Self {
        let (x, width) = kept(width, left, right);
        let (y, height) = kept(height, top, bottom);
        Self { x, y, width, height }
    }
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
