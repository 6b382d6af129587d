//! Pictures and videos as parts of the file, each stored once.
//!
//! A picture that is shown once stands in its `img`. One that is shown more
//! often, also under several names, stands in the style sheet, and its `img`s refer
//! to it by class. Of a video that is shown more often the first one has the file, and
//! the script gives it to the others. Where less motion is asked for, the style sheet
//! shows the first frame of a picture that moves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::figure::{Figure, Figures};
use crate::model::{Block, BlockId, BlockKind, Image, Video, walk};
use crate::place::Placed;

/// The source of an `img` whose picture is in the style sheet: one transparent
/// pixel, as GIF.
const EMPTY: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/// The pictures of a deck.
pub(super) struct Pictures<'a> {
    figures: &'a Figures,
    /// The first name of each picture that has several, by the others.
    same: BTreeMap<&'a str, &'a str>,
    /// The number of each picture that is shown more than once, by its first name.
    shared: BTreeMap<&'a str, usize>,
    /// The number of each picture that moves, likewise.
    moving: BTreeMap<&'a str, usize>,
    /// Where each video is shown first, and with which poster; all by first names.
    videos: BTreeMap<&'a str, (BlockId, &'a str)>,
    /// Where each picture is found, if not in the file.
    links: Option<BTreeMap<&'a str, Linked>>,
}

/// Where a picture is found, and its first frame, if it moves.
struct Linked {
    whole: String,
    still: Option<String>,
}

/// How an `img` shows its picture.
pub(super) struct Shown {
    /// The attribute `src`.
    pub(super) src: String,
    /// Classes to add; may be empty.
    pub(super) class: String,
}

/// What a `video` plays.
pub(super) struct Played {
    /// The attribute `src`.
    pub(super) src: Option<String>,
    /// The attribute `poster`.
    pub(super) poster: Option<String>,
    /// The video that has what is not here.
    pub(super) first: Option<BlockId>,
}

impl<'a> Pictures<'a> {
    /// Counts how often each picture of a deck is shown.
    pub(super) fn new(placed: &'a Placed, figures: &'a Figures) -> Self {
        let same = same(figures);
        let first = |asset: &'a str| same.get(asset).copied().unwrap_or(asset);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut videos = BTreeMap::new();
        let mut count = |image: &'a Image| {
            for asset in shown_as(image, figures) {
                *counts.entry(first(asset)).or_default() += 1;
            }
        };
        for slide in &placed.slides {
            slide.behind.iter().for_each(|it| count(&it.backing.image));
            let slots = slide.slots.iter().map(|slot| &slot.blocks);
            for blocks in slots.chain(slide.notes.iter().map(|note| &note.blocks)) {
                each(blocks, &mut |block, image| match (&image.video, block) {
                    (Some(video), Some(block)) => {
                        let shown = (block.id, first(&image.asset));
                        videos.entry(first(&video.asset)).or_insert(shown);
                    }
                    _ => count(image),
                });
            }
            for note in &slide.footnotes {
                walk::inline_images(&note.content, &mut count);
            }
        }
        if let Some(logo) = &placed.meta.logo {
            let shown = placed.slides.iter().filter(|slide| slide.footer).count();
            *counts.entry(first(&logo.value)).or_default() += shown;
        }
        let shared = counts.into_iter().filter(|(_, shown)| *shown > 1).map(|(asset, _)| asset);
        let shared = shared.zip(0..).collect();
        let moving = moving(figures, &same);
        Self { figures, same, shared, moving, videos, links: None }
    }

    /// Pictures that are not in the file: `link` says where each one is.
    pub(super) fn linked(figures: &'a Figures, link: impl Fn(&str) -> String) -> Self {
        let links = figures.iter().map(|(asset, it)| {
            let still = it.still.is_some().then(|| link(&still_name(asset)));
            (asset.as_str(), Linked { whole: link(asset), still })
        });
        let (same, links) = (BTreeMap::new(), Some(links.collect()));
        let (shared, videos) = (BTreeMap::new(), BTreeMap::new());
        Self { figures, moving: moving(figures, &same), same, shared, videos, links }
    }

    /// The first name of an asset.
    fn first<'n>(&self, asset: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.same.get(asset).copied().unwrap_or(asset)
    }

    /// How an asset is shown; `None` for one that could not be read.
    pub(super) fn show(&self, asset: &str) -> Option<Shown> {
        let first = self.first(asset);
        let (src, shared) = match self.shared.get(first) {
            Some(number) => (EMPTY.to_owned(), Some(format!("asset{number}"))),
            None => (self.address(asset)?, None),
        };
        let moving = self.moving.get(first).map(|number| format!("moving{number}"));
        let classes: Vec<String> = shared.into_iter().chain(moving).collect();
        Some(Shown { src, class: classes.join(" ") })
    }

    /// What a video plays that a block shows.
    pub(super) fn play(&self, block: BlockId, image: &Image, video: &Video) -> Played {
        let first = self.videos.get(self.first(&video.asset)).filter(|(it, _)| *it != block);
        let has_poster = first.is_none_or(|(_, poster)| *poster != self.first(&image.asset));
        Played {
            src: if first.is_none() { self.address(&video.asset) } else { None },
            poster: if has_poster { self.address(&image.asset) } else { None },
            first: first.map(|(block, _)| *block),
        }
    }

    /// The address of an asset, wherever else it is shown.
    fn address(&self, asset: &str) -> Option<String> {
        match &self.links {
            Some(links) => links.get(asset).map(|it| it.whole.clone()),
            None => self.figures.get(asset).map(data_uri),
        }
    }

    /// Adds the rules that hold the shared pictures, and the first frames of those that
    /// move, to a style sheet.
    pub(super) fn add_rules(&self, css: &mut String) {
        // Base64 writes four characters for three bytes.
        let long = |figure: &Figure| figure.bytes.len() / 3 * 4 + 100;
        let shared = self.shared.iter();
        let shared: Vec<_> =
            shared.filter_map(|(asset, nth)| Some((self.figures.get(*asset)?, nth))).collect();
        css.reserve(shared.iter().map(|(figure, _)| long(figure)).sum());
        for (figure, number) in shared {
            write!(css, ".asset{number}{{content:url(\"").expect("a string takes all");
            add_data_uri(css, figure);
            css.push_str("\")}\n");
        }
        for (asset, number) in &self.moving {
            let still = match &self.links {
                Some(links) => links.get(asset).and_then(|it| it.still.clone()),
                None => self.figures.get(*asset).and_then(|it| it.still.as_deref()).map(data_uri),
            };
            let Some(still) = still else { continue };
            css.push_str("@media (prefers-reduced-motion: reduce){");
            writeln!(css, ".moving{number}{{content:url(\"{still}\")}}}}")
                .expect("a string takes all");
        }
    }
}

/// What the first frame of an asset is called.
pub(super) fn still_name(asset: &str) -> String {
    format!("{asset}//still")
}

/// Calls `visit` for every picture of some blocks; with its block where it stands alone.
fn each<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(Option<&'a Block>, &'a Image)) {
    walk::blocks(blocks, &mut |block| {
        if let BlockKind::Image(image) = &block.kind {
            visit(Some(block), image);
        }
        for inlines in walk::own_inlines(block) {
            walk::inline_images(inlines, &mut |image| visit(None, image));
        }
    });
}

/// The numbers of the pictures that move, by their first names.
fn moving<'a>(figures: &'a Figures, same: &BTreeMap<&str, &str>) -> BTreeMap<&'a str, usize> {
    let moving = figures.iter().filter(|(_, figure)| figure.still.is_some());
    let firsts = moving.map(|(asset, _)| asset.as_str()).filter(|it| !same.contains_key(it));
    firsts.zip(0..).collect()
}

/// The first name of each picture that has several, by the others.
fn same(figures: &Figures) -> BTreeMap<&str, &str> {
    let mut firsts: BTreeMap<&[u8], &str> = BTreeMap::new();
    let mut same = BTreeMap::new();
    for (asset, figure) in figures {
        let first = *firsts.entry(&figure.bytes).or_insert(asset);
        if first != asset {
            same.insert(asset.as_str(), first);
        }
    }
    same
}

/// The assets that show an image: its layers, where it has some.
fn shown_as<'a>(image: &'a Image, figures: &'a Figures) -> Vec<&'a str> {
    let layers = image.layers();
    if layers.is_empty() {
        return vec![&image.asset];
    }
    let known = layers.iter().filter_map(|(asset, _)| figures.get_key_value(asset));
    known.map(|(asset, _)| asset.as_str()).collect()
}

/// A picture as an address that holds it.
fn data_uri(figure: &Figure) -> String {
    let mut uri = String::new();
    add_data_uri(&mut uri, figure);
    uri
}

fn add_data_uri(out: &mut String, figure: &Figure) {
    out.push_str("data:");
    out.push_str(figure.format.mime());
    out.push_str(";base64,");
    BASE64.encode_string(&figure.bytes, out);
}
