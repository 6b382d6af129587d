//! Pictures as parts of the file, each stored once.
//!
//! A picture that is shown once stands in its `img`. One that is shown more
//! often, also under several names, stands in the style sheet, and its `img`s refer
//! to it by class.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::figure::{Figure, Figures};
use crate::model::{Image, walk};
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
    /// Where each picture is found, if not in the file.
    links: Option<BTreeMap<&'a str, String>>,
}

/// How an `img` shows its picture.
pub(super) struct Shown {
    /// The attribute `src`.
    pub(super) src: String,
    /// A class to add; may be empty.
    pub(super) class: String,
}

impl<'a> Pictures<'a> {
    /// Counts how often each picture of a deck is shown.
    pub(super) fn new(placed: &'a Placed, figures: &'a Figures) -> Self {
        let same = same(figures);
        let first = |asset: &'a str| same.get(asset).copied().unwrap_or(asset);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for slide in &placed.slides {
            for it in &slide.behind {
                *counts.entry(&it.backing.image.asset).or_default() += 1;
            }
            for slot in &slide.slots {
                walk::images(&slot.blocks, &mut |image| {
                    if image.video.is_some() {
                        return;
                    }
                    for asset in shown_as(image, figures) {
                        *counts.entry(first(asset)).or_default() += 1;
                    }
                });
            }
            if let Some(logo) = placed.meta.logo.as_ref().filter(|_| slide.footer) {
                *counts.entry(first(&logo.value)).or_default() += 1;
            }
        }
        let shared = counts.into_iter().filter(|(_, shown)| *shown > 1).map(|(asset, _)| asset);
        let shared = shared.zip(0..).collect();
        Self { figures, same, shared, links: None }
    }

    /// Pictures that are not in the file: `link` says where each one is.
    pub(super) fn linked(figures: &'a Figures, link: impl Fn(&str, &Figure) -> String) -> Self {
        let links = figures.iter().map(|(asset, it)| (asset.as_str(), link(asset, it)));
        let links = Some(links.collect());
        Self { figures, same: BTreeMap::new(), shared: BTreeMap::new(), links }
    }

    /// How an asset is shown; `None` for one that could not be read.
    pub(super) fn show(&self, asset: &str) -> Option<Shown> {
        let figure = self.figures.get(asset)?;
        if let Some(links) = &self.links {
            return Some(Shown { src: links.get(asset)?.clone(), class: String::new() });
        }
        let first = self.same.get(asset).copied().unwrap_or(asset);
        Some(match self.shared.get(first) {
            Some(number) => Shown { src: EMPTY.to_owned(), class: format!("asset{number}") },
            None => Shown { src: data_uri(figure), class: String::new() },
        })
    }

    /// The address of an asset, wherever else it is shown.
    pub(super) fn address(&self, asset: &str) -> Option<String> {
        match &self.links {
            Some(links) => links.get(asset).cloned(),
            None => self.figures.get(asset).map(data_uri),
        }
    }

    /// Adds the rules that hold the shared pictures to a style sheet.
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
    }
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
