//! Figures: every asset that a deck shows, read, checked and measured.
//!
//! Takes the assets that a placed deck names, gives each one's bytes and
//! natural size. The format is told by the content, never by the name. An SVG
//! is rewritten: what it draws stays, with its text as outlines; what it does,
//! loads or embeds as HTML goes, and is reported. What a fence says is drawn as
//! SVG and goes the same way. Pictures are not scaled here: the typesetter sizes
//! them.

mod draw;
mod drawings;
mod edit;
mod kept;
mod memo;
mod metadata;
mod problem;
mod qr;
mod raster;
mod room;
mod svg;
mod tones;
mod used;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::memo::Memo;
use self::problem::Problem;
use self::svg::SvgFonts;
pub use self::tones::Tones;
use self::used::Asset;
use crate::color::Layer;
use crate::diag::Diagnostics;
use crate::font::Fonts;
use crate::loader::Loader;
use crate::model::Image;
use crate::place::Placed;
use crate::store::Store;
use crate::theme::Theme;

/// The format of a figure's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF; its first frame is what the PDF shows.
    Gif,
    /// WebP.
    Webp,
    /// SVG, cleaned: no scripts, no references, text as paths.
    Svg,
}

impl Format {
    /// The media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The file extension, without a dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }
}

/// One picture.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The format of `bytes`.
    pub format: Format,
    /// The file's content, or the cleaned SVG.
    pub bytes: Arc<[u8]>,
    /// Natural width in pixels, or in the SVG's user units; above 0. A picture
    /// that its file says to turn is measured as turned.
    pub width: f64,
    /// Natural height, likewise.
    pub height: f64,
    /// By how much it may be shown larger than its natural size at 96 pixels to the
    /// inch.
    pub enlarge: f64,
    /// The texts of an SVG, in the order of painting; empty for pixels. Text
    /// that a program turned into outlines is none.
    pub texts: Vec<Text>,
    /// Each colour that an SVG is painted with, once; `None` where one of them
    /// is not plain, and for pixels.
    pub colors: Option<Vec<Layer>>,
    /// How dark and light it is, where text may stand in front of it; `None` for
    /// others.
    pub tones: Option<Arc<Tones>>,
}

/// A stretch of an SVG's text that has one size and one background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The characters.
    pub text: String,
    /// The size as it is drawn, after every transform, in the units of the
    /// figure's width.
    pub size: f64,
    /// The size as the file writes it, before every transform.
    pub font_size: f64,
    /// The colour; `None` for a gradient or a pattern.
    pub ink: Option<Layer>,
    /// What the figure paints behind it; the slide shows through the rest.
    /// `None` where that is no plain colour.
    pub ground: Option<Layer>,
}

/// The figures of a deck, by asset.
pub type Figures = BTreeMap<String, Figure>;

/// Writes what drawings say to those who cannot see them, where the author does
/// not say it.
pub fn describe(placed: &mut Placed) {
    drawings::describe(placed);
}

/// Reads every asset of a deck, each once, and draws its drawings in the colours
/// of a theme; without one none is drawn.
///
/// Reports a missing, remote, outside, oversized or broken asset at the bytes
/// that name it, and what is wrong with a drawing at its line. The text of an SVG
/// is set in `fonts`. What the store has is not drawn again.
pub fn load(
    placed: &Placed,
    loader: &Loader,
    fonts: &Fonts,
    theme: Option<&Theme>,
    memo: Option<&Memo>,
    store: Option<&dyn Store>,
    diags: &mut Diagnostics,
) -> Figures {
    if let Some(memo) = memo {
        memo.is_for(fonts);
    }
    let svg_fonts = SvgFonts::new(fonts);
    let read: Vec<_> = used::assets(placed)
        .into_par_iter()
        .map(|(key, asset)| {
            let mut problems = Vec::new();
            let figure = read((key.as_str(), &asset), loader, &svg_fonts, memo, &mut problems);
            (key, asset, figure, problems)
        })
        .collect();
    let mut figures = Figures::new();
    for (key, asset, figure, problems) in read {
        diags.extend(problems.into_iter().map(|problem| problem.at(&asset)));
        figures.extend(figure.map(|figure| (key, figure)));
    }
    if let Some(theme) = theme {
        figures.extend(drawings::load(placed, theme, fonts, &svg_fonts, (memo, store), diags));
    }
    figures
}

/// Decodes the pixels of every figure and reports those that are broken; gives
/// whether there are any.
///
/// [`load`] reads headers only, since decoding takes longer than everything
/// else. This is for a deck that could not be typeset: it finds the picture.
pub fn find_undecodable(placed: &Placed, figures: &Figures, diags: &mut Diagnostics) -> bool {
    let found: Vec<_> = used::assets(placed)
        .into_par_iter()
        .filter_map(|(key, asset)| {
            let file = asset.edit.as_ref().map_or(&key, |edit| &edit.file);
            let problem = raster::undecodable(file, figures.get(&key)?)?;
            Some(problem.at(&asset))
        })
        .collect();
    let any = !found.is_empty();
    diags.extend(found);
    any
}

/// Reads one asset. Gives `None` only with a problem that is an error.
fn read(
    (key, asset): (&str, &Asset),
    loader: &Loader,
    fonts: &SvgFonts<'_>,
    memo: Option<&Memo>,
    problems: &mut Vec<Problem>,
) -> Option<Figure> {
    let edit = asset.edit.as_ref();
    let file = edit.map_or(key, |edit| &edit.file);
    let measured = |figure: Figure| {
        let tones = asset.under.then(|| Arc::new(Tones::of(file, &figure)));
        Figure { tones, ..figure }
    };
    if let Some(text) = file.strip_prefix(Image::QR) {
        let drawn = qr::draw(text).and_then(|svg| svg::read(file, &svg, fonts, problems));
        let edited = drawn.and_then(|figure| edit::edited(file, figure, edit));
        return edited.map(measured).map_err(|problem| problems.push(problem)).ok();
    }
    let bytes = match loader.bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(problem::unread(file, &error, loader));
            return None;
        }
    };
    let make = |bytes, problems: &mut Vec<Problem>| {
        let figure = made(file, bytes, fonts, problems)?;
        let edited = edit::edited(file, figure, edit);
        edited.map(measured).map_err(|problem| problems.push(problem)).ok()
    };
    let Some(memo) = memo else { return make(bytes, problems) };
    let known = memo.get((key, asset.under), bytes, |bytes| {
        let mut problems = Vec::new();
        (make(bytes, &mut problems), problems)
    });
    problems.extend(known.1);
    known.0
}

/// What the bytes of an asset are.
fn made(
    key: &str,
    bytes: Vec<u8>,
    fonts: &SvgFonts<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Figure> {
    let figure = match raster::format(&bytes) {
        Some(format) => raster::read(key, format, bytes),
        None => match svg::text(&bytes) {
            Some(text) => svg::read(key, text, fonts, problems),
            None => Err(problem::unknown(key, &bytes)),
        },
    };
    figure.map_err(|problem| problems.push(problem)).ok()
}
