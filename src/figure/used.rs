//! The assets that a deck uses, and where it names them.

use std::collections::BTreeMap;

use crate::model::{Edit, Image, walk};
use crate::place::Placed;
use crate::source::{Span, Spanned};

/// Where a deck names an asset.
pub(super) struct Asset {
    /// What is made of its pixels, and of which file.
    pub(super) edit: Option<Edit>,
    /// Whether text may stand in front of it.
    pub(super) under: bool,
    /// The first place, and its slide in the source.
    pub(super) first: (Span, Option<usize>),
    /// The other places, in order.
    pub(super) others: Vec<Span>,
    /// Where the name of the file, without its folder, stands in those places
    /// that spell it as it is.
    pub(super) names: Vec<Span>,
}

impl Asset {
    /// One that is named once, by no name of a file.
    pub(super) const fn only(span: Span, slide: usize) -> Self {
        Self {
            edit: None,
            under: false,
            first: (span, Some(slide)),
            others: Vec::new(),
            names: Vec::new(),
        }
    }
}

/// Every file that the slides, their notes and the front matter show.
pub(super) fn assets(placed: &Placed) -> BTreeMap<String, Asset> {
    let mut found = BTreeMap::new();
    if let Some(logo) = &placed.meta.logo {
        add(&mut found, &logo.value, None, logo, None);
    }
    for slide in &placed.slides {
        let mut visit = |image: &Image| {
            if image.drawing.is_none() {
                let edit = image.showing.edit.as_deref();
                add(&mut found, &image.asset, edit, &image.path, Some(slide.source_number));
            }
        };
        slide.behind.iter().for_each(|it| visit(&it.backing.image));
        let shown = slide.slots.iter().map(|slot| &slot.blocks);
        let noted = slide.notes.iter().map(|note| &note.blocks);
        shown.chain(noted).for_each(|blocks| walk::images(blocks, &mut visit));
        for footnote in &slide.footnotes {
            walk::inline_images(&footnote.content, &mut visit);
        }
        for it in slide.behind.iter().filter(|it| it.under) {
            found.entry(it.backing.image.asset.clone()).and_modify(|asset| asset.under = true);
        }
    }
    found
}

fn add(
    found: &mut BTreeMap<String, Asset>,
    key: &str,
    edit: Option<&Edit>,
    path: &Spanned<String>,
    slide: Option<usize>,
) {
    let span = path.span;
    let names = name_of(edit.map_or(key, |edit| &edit.file), path).into_iter();
    if let Some(asset) = found.get_mut(key) {
        asset.others.push(span);
        asset.names.extend(names);
    } else {
        let (edit, names) = (edit.cloned(), names.collect());
        let asset = Asset { edit, under: false, first: (span, slide), others: Vec::new(), names };
        found.insert(key.to_owned(), asset);
    }
}

/// Where the name of a file stands in a path, if it is spelled there as it is.
fn name_of(key: &str, path: &Spanned<String>) -> Option<Span> {
    let name = key.rsplit('/').next()?;
    let range = path.span.range();
    let is_spelled = range.len() == path.value.len() && path.value.ends_with(name);
    is_spelled.then(|| Span::new(path.span.source, range.end - name.len()..range.end))
}
