//! Drawings that are drawn apart from the page that shows them: an isolated group
//! (`isolation: isolate`), in the units of the drawing, whatever its place and size.
//!
//! Takes the pages that are to be written. The writer draws every SVG where it
//! stands, so a logo would be in the file once a page; what it draws apart it stores
//! once, as it does with pictures of pixels. And where a drawing says how its colours
//! mix, they would mix with those of the page, which they do in no browser.

use std::collections::BTreeMap;

use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::model::Document as _;
use typst::utils::hash128;
use typst::visualize::{Image, ImageKind, SvgImage};
use typst_layout::PagedDocument;

use crate::figure;

/// The drawings of some pages, by their content.
type Drawings = BTreeMap<u128, Shown>;

/// How a drawing is shown.
#[derive(Clone, Copy)]
struct Shown {
    times: usize,
    /// Points to a unit where it is largest.
    scale: f64,
    /// Whether what is behind it could be seen in its colours.
    mixes: bool,
}

/// The same document, with every drawing that is shown more than once, or that mixes
/// colours, drawn apart.
pub(super) fn drawn(document: PagedDocument) -> PagedDocument {
    let mut drawings = Drawings::new();
    for page in document.pages() {
        collect(&page.frame, 1.0, &mut drawings);
    }
    drawings.retain(|_, shown| shown.times > 1 || shown.mixes);
    if drawings.is_empty() {
        return document;
    }
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        set_apart(&mut page.frame, &drawings);
    }
    PagedDocument::new(pages.into(), document.info().clone())
}

/// The drawing that a picture is, and what tells it from all others; `None` for
/// pixels.
fn drawing(image: &Image) -> Option<(&SvgImage, u128)> {
    match image.kind() {
        ImageKind::Svg(svg) => Some((svg, hash128(svg.data()))),
        ImageKind::Raster(_) | ImageKind::Pdf(_) => None,
    }
}

/// Notes the drawings of a frame, which is itself shown at a scale.
fn collect(frame: &Frame, scale: f64, found: &mut Drawings) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let by = group.transform.sx.abs().max(group.transform.sy.abs());
                collect(&group.frame, scale * by.get(), found);
            }
            FrameItem::Image(image, size, _) => {
                let Some((svg, key)) = drawing(image) else { continue };
                let shown = found.entry(key).or_insert_with(|| Shown {
                    times: 0,
                    scale: 0.0,
                    mixes: text(svg).is_some_and(figure::mixes),
                });
                shown.times += 1;
                shown.scale = shown.scale.max(scale * size.x.to_pt() / svg.width());
            }
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            }
        }
    }
}

/// Draws these drawings of a frame apart. A frame without one stays the one that
/// it was.
fn set_apart(frame: &mut Frame, drawings: &Drawings) {
    if !has_some(frame, drawings) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => set_apart(&mut group.frame, drawings),
            FrameItem::Image(image, ..) => {
                let other = drawing(image).and_then(|(svg, key)| apart(svg, drawings.get(&key)?));
                if let Some(svg) = other {
                    *image = Image::new(svg, image.alt().map(Into::into), image.scaling());
                }
            }
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            }
        }
        true
    });
}

/// Whether some of these drawings are in a frame.
fn has_some(frame: &Frame, drawings: &Drawings) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_some(&group.frame, drawings),
        FrameItem::Image(image, ..) => {
            drawing(image).is_some_and(|(_, key)| drawings.contains_key(&key))
        }
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            false
        }
    })
}

/// A drawing in a group of its own.
fn apart(svg: &SvgImage, shown: &Shown) -> Option<SvgImage> {
    let text = figure::isolated(text(svg)?, shown.scale)?;
    SvgImage::new(Bytes::from_string(text)).ok()
}

fn text(svg: &SvgImage) -> Option<&str> {
    std::str::from_utf8(svg.data()).ok()
}
