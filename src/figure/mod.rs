//! Figures: every asset that a deck shows, read, checked and measured.
//!
//! Takes the assets that a placed deck names, gives each one's bytes and
//! natural size. The format is told by the content, never by the name. An SVG
//! is rewritten: what it draws stays, with its text as outlines; what it does,
//! loads or embeds as HTML goes, and is reported. What a fence says is drawn as
//! SVG and goes the same way. Pictures are not sized here, the typesetter does that;
//! but pixels that nobody could see are left out, what is not sRGB is converted, and
//! what a file says beside its picture does not ship.

mod colours;
mod draw;
mod drawings;
mod filter;
mod footage;
mod jpeg;
mod kept;
mod memo;
mod metadata;
mod pixels;
mod problem;
mod qr;
mod raster;
mod room;
mod shown;
mod shrink;
mod stand_in;
mod svg;
mod tables;
mod tones;
mod used;
mod video;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::memo::Memo;
use self::pixels::Wanted;
use self::problem::Problem;
use self::svg::SvgFonts;
pub use self::svg::{isolated, mixes};
pub use self::tables::tabulate;
pub use self::tones::Tones;
use self::used::Asset;
use crate::color::Layer;
use crate::diag::Diagnostics;
use crate::font::Fonts;
use crate::loader::Loader;
use crate::model::{Edit, Image};
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
    /// A video, as MP4.
    Mp4,
    /// A video, as `WebM`.
    Webm,
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
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
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
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// Whether it plays, and only browsers show it.
    #[must_use]
    pub const fn is_video(self) -> bool {
        match self {
            Self::Mp4 | Self::Webm => true,
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Svg => false,
        }
    }
}

/// One picture.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The format of `bytes`.
    pub format: Format,
    /// What ships: the file's content, perhaps of fewer pixels, or the cleaned SVG.
    pub bytes: Arc<[u8]>,
    /// Natural width in pixels of the file, or in the SVG's user units; above 0. A
    /// picture that its file says to turn is measured as turned, and one of which
    /// something is cut off by what is left.
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
    /// What stands for one that moves where less motion is asked for: its first frame.
    /// `None` for one that does not, and where only sizes are measured.
    pub still: Option<Arc<Figure>>,
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

/// What figures are made with.
#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    /// Reads the files.
    pub loader: &'a Loader,
    /// What the text of SVGs is set in.
    pub fonts: &'a Fonts,
    /// The colours of drawings; without it none is drawn.
    pub theme: Option<&'a Theme>,
    /// Whether figures are measured only: their bytes show nothing then.
    pub only_sizes: bool,
    /// How wide slides are shown, in pixels, where that is more than twice the canvas.
    pub widest: u32,
    /// What earlier runs left.
    pub memo: Option<&'a Memo>,
    /// Where drawings and pictures that took work are kept.
    pub store: Option<&'a dyn Store>,
}

/// Reads every asset of a deck, each once, and draws its drawings.
///
/// Reports a missing, remote, outside, oversized or broken asset at the bytes
/// that name it, and what is wrong with a drawing at its line. Files of the same
/// content give the same figure, which is large enough for all places that show it.
pub fn load(placed: &Placed, with: With<'_>, diags: &mut Diagnostics) -> Figures {
    let With { loader, fonts, theme, only_sizes, widest, memo, store } = with;
    if let Some(memo) = memo {
        memo.is_for(fonts);
    }
    let svg_fonts = SvgFonts::new(fonts);
    let assets: Vec<(String, Asset)> = used::assets(placed).into_iter().collect();
    let sources: Vec<_> =
        assets.par_iter().map(|(key, asset)| source(key, asset, loader)).collect();
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (source, (_, asset))) in sources.iter().zip(&assets).enumerate() {
        let made = asset.edit.as_ref().map(Edit::name);
        if let Ok(source) = source {
            groups.entry((source, made, asset.video)).or_default().push(at);
        }
    }
    let groups: Vec<_> = groups.into_iter().collect();
    let made: Vec<_> = groups
        .par_iter()
        .flat_map_iter(|((source, _, video), group)| {
            let mut shown = Vec::new();
            for it in group.iter().flat_map(|at| &assets[*at].1.shown) {
                let it = it.on(placed.canvas(), widest);
                if !shown.contains(&it) {
                    shown.push(it);
                }
            }
            let under = group.iter().any(|at| assets[*at].1.under);
            let read = |at: usize| {
                let (key, asset) = &assets[at];
                let edit = asset.edit.as_ref();
                let only_size = only_sizes && !under;
                let (shown, video, is_in_svg) = (&shown, *video, false);
                let wanted = Wanted { edit, shown, under, only_size, is_in_svg, video, store };
                read(key, source, wanted, &svg_fonts, memo)
            };
            let first = read(group[0]);
            let is_sound = first.1.is_empty();
            // What is wrong with one is said of each by its name.
            let other = |at: &usize| (*at, if is_sound { first.clone() } else { read(*at) });
            let others: Vec<_> = group[1..].iter().map(other).collect();
            std::iter::once((group[0], first)).chain(others)
        })
        .collect();
    let mut made: BTreeMap<usize, Read> = made.into_iter().collect();
    let mut figures = Figures::new();
    for (at, ((key, asset), source)) in assets.iter().zip(&sources).enumerate() {
        let (figure, problems) = match source {
            Ok(_) => made.remove(&at).unwrap_or_default(),
            Err(problem) => (None, vec![problem.clone()]),
        };
        diags.extend(problems.into_iter().map(|problem| problem.at(asset)));
        figures.extend(figure.map(|figure| (key.clone(), figure)));
    }
    if let Some(theme) = theme {
        figures.extend(drawings::load(placed, theme, fonts, &svg_fonts, (memo, store), diags));
    }
    if only_sizes {
        for figure in figures.values_mut() {
            *figure = stand_in::of(figure);
        }
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

/// What was made of an asset, and what is wrong with it: `None` only with a problem
/// that is an error.
type Read = (Option<Figure>, Vec<Problem>);

/// What an asset is made of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// What a QR code says.
    Qr(String),
    /// The content of a file.
    File(Vec<u8>),
}

/// Reads what an asset is made of.
fn source(key: &str, asset: &Asset, loader: &Loader) -> Result<Source, Problem> {
    let file = asset.edit.as_ref().map_or(key, |edit| &edit.file);
    if let Some(text) = file.strip_prefix(Image::QR) {
        return Ok(Source::Qr(text.to_owned()));
    }
    let bytes = loader.bytes(file);
    bytes.map(Source::File).map_err(|error| problem::unread(file, &error, loader))
}

/// Makes an asset of its source.
fn read(
    key: &str,
    source: &Source,
    wanted: Wanted<'_>,
    fonts: &SvgFonts<'_>,
    memo: Option<&Memo>,
) -> Read {
    let file = wanted.edit.map_or(key, |edit| &edit.file);
    let make = || {
        let mut problems = Vec::new();
        let figure = match source {
            Source::Qr(text) => {
                qr::draw(text).and_then(|svg| drawing(file, &svg, wanted, fonts, &mut problems))
            }
            Source::File(bytes) => made(file, bytes, wanted, fonts, &mut problems),
        };
        let figure = figure.map_err(|problem| problems.push(problem)).ok();
        let figure = figure.map(|figure| {
            let tones = wanted.under.then(|| Arc::new(Tones::of(file, &figure)));
            Figure { tones, ..figure }
        });
        (figure, problems)
    };
    match (memo, source) {
        (Some(memo), Source::File(bytes)) => {
            let Wanted { shown, under, only_size, video, .. } = wanted;
            let name = format!("{key} {shown:?} {under} {only_size} {video}");
            memo.get(name, bytes, make)
        }
        _ => make(),
    }
}

/// What the bytes of an asset are.
fn made(
    key: &str,
    bytes: &[u8],
    wanted: Wanted<'_>,
    fonts: &SvgFonts<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Figure, Problem> {
    if wanted.video {
        return video::read(key, bytes, problems);
    }
    match raster::format(bytes) {
        Some(format) => pixels::shipped(key, &raster::read(key, format, bytes)?, wanted),
        None => match svg::text(bytes) {
            Some(text) => drawing(key, text, wanted, fonts, problems),
            None => Err(problem::unknown(key, bytes)),
        },
    }
}

/// An SVG, which has no pixels to make something of.
fn drawing(
    key: &str,
    text: &str,
    wanted: Wanted<'_>,
    fonts: &SvgFonts<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Figure, Problem> {
    if let Some(edit) = wanted.edit {
        let hint = if edit.filters.is_empty() { "change its `viewBox`" } else { "make it a PNG" };
        return Err(pixels::refused(key, edit, "it has no pixels", hint));
    }
    svg::read(key, text, fonts, wanted, problems)
}
