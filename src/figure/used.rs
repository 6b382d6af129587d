//! The assets that a deck uses, and where it names them.

use std::collections::BTreeMap;

use crate::model::{Image, walk};
use crate::place::Placed;
use crate::source::Span;

/// Where a deck names an asset.
pub(super) struct Asset {
    /// The first place, and its slide in the source.
    pub(super) first: (Span, Option<usize>),
    /// The other places, in order.
    pub(super) others: Vec<Span>,
}

/// Every asset that the slides, their notes and the front matter show.
pub(super) fn assets(placed: &Placed) -> BTreeMap<String, Asset> {
    let mut found = BTreeMap::new();
    if let Some(logo) = &placed.meta.logo {
        add(&mut found, &logo.value, logo.span, None);
    }
    for slide in &placed.slides {
        let mut visit = |image: &Image| {
            add(&mut found, &image.asset, image.path.span, Some(slide.source_number));
        };
        let shown = slide.slots.iter().map(|slot| &slot.blocks);
        let noted = slide.notes.iter().map(|note| &note.blocks);
        shown.chain(noted).for_each(|blocks| walk::images(blocks, &mut visit));
        for footnote in &slide.footnotes {
            walk::inline_images(&footnote.content, &mut visit);
        }
    }
    found
}

fn add(found: &mut BTreeMap<String, Asset>, key: &str, span: Span, slide: Option<usize>) {
    match found.get_mut(key) {
        Some(asset) => asset.others.push(span),
        None => {
            found.insert(key.to_owned(), Asset { first: (span, slide), others: Vec::new() });
        }
    }
}
