//! The assets that a deck uses, and where it names them.

use std::collections::BTreeMap;

use super::shown::Shown;
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockKind, Edit, Image, walk};
use crate::place::Placed;
use crate::source::{Span, Spanned};

/// Where a deck names an asset.
pub(super) struct Asset {
    /// What is made of its pixels, and of which file.
    pub(super) edit: Option<Edit>,
    /// Whether text may stand in front of it.
    pub(super) under: bool,
    /// Whether it is to play.
    pub(super) video: bool,
    /// Where it is shown, each box once.
    pub(super) shown: Vec<Shown>,
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
            video: false,
            shown: Vec::new(),
            first: (span, Some(slide)),
            others: Vec::new(),
            names: Vec::new(),
        }
    }
}

/// Every file that the slides, their notes and the front matter show.
pub(super) fn assets(placed: &Placed) -> BTreeMap<String, Asset> {
    let mut found = BTreeMap::new();
    let canvas = placed.canvas();
    let whole = Rect::new(Pt::ZERO, Pt::ZERO, canvas.width(), canvas.height());
    if let Some(logo) = &placed.meta.logo {
        let shown = Shown::high(canvas.footer().h);
        add(&mut found, &logo.value, (None, shown), logo, None);
    }
    for slide in &placed.slides {
        let mut visit = |image: &Image, shown: Shown| {
            if image.drawing.is_none() {
                let how = (image.showing.edit.as_deref(), shown);
                add(&mut found, &image.asset, how, &image.path, Some(slide.source_number));
            }
            if let Some(video) = &image.video {
                let (path, slide) = (&video.path, Some(slide.source_number));
                add(&mut found, &video.asset, (None, shown), path, slide);
                found.entry(video.asset.clone()).and_modify(|asset| asset.video = true);
            }
        };
        for it in &slide.behind {
            visit(&it.backing.image, Shown::behind(it));
        }
        for slot in &slide.slots {
            images(&slot.blocks, slot.rect, &mut visit);
        }
        for note in &slide.notes {
            images(&note.blocks, whole, &mut visit);
        }
        for footnote in &slide.footnotes {
            walk::inline_images(&footnote.content, &mut |it| visit(it, Shown::in_line()));
        }
        for it in slide.behind.iter().filter(|it| it.under) {
            found.entry(it.backing.image.asset.clone()).and_modify(|asset| asset.under = true);
        }
    }
    found
}

/// Calls `visit` for every picture of some blocks, and where in a room it is shown.
fn images<'a>(blocks: &'a [Block], room: Rect, visit: &mut impl FnMut(&'a Image, Shown)) {
    for top in blocks {
        walk::blocks(std::slice::from_ref(top), &mut |block| {
            if let BlockKind::Image(image) = &block.kind {
                visit(image, Shown::alone(image, room, !std::ptr::eq(block, top)));
            }
            for own in walk::own_inlines(block) {
                walk::inline_images(own, &mut |it| visit(it, Shown::in_line()));
            }
        });
    }
}

fn add(
    found: &mut BTreeMap<String, Asset>,
    key: &str,
    (edit, shown): (Option<&Edit>, Shown),
    path: &Spanned<String>,
    slide: Option<usize>,
) {
    let span = path.span;
    let names = name_of(edit.map_or(key, |edit| &edit.file), path).into_iter();
    if let Some(asset) = found.get_mut(key) {
        if !asset.shown.contains(&shown) {
            asset.shown.push(shown);
        }
        asset.others.push(span);
        asset.names.extend(names);
    } else {
        let (edit, names) = (edit.cloned(), names.collect());
        let (shown, others) = (vec![shown], Vec::new());
        let asset =
            Asset { edit, under: false, video: false, shown, first: (span, slide), others, names };
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
