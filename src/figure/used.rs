//! The assets that a deck uses, and where it names them.

use std::collections::BTreeMap;

use crate::model::{Block, BlockKind, Image, Inline, InlineKind};
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
        let shown = slide.slots.iter().flat_map(|slot| &slot.blocks);
        let noted = slide.notes.iter().flat_map(|note| &note.blocks);
        shown.chain(noted).for_each(|block| in_block(block, &mut visit));
        slide.footnotes.iter().for_each(|footnote| in_inlines(&footnote.content, &mut visit));
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

fn in_block(block: &Block, visit: &mut impl FnMut(&Image)) {
    match &block.kind {
        BlockKind::Image(image) => visit(image),
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
            in_inlines(content, visit);
        }
        BlockKind::List(list) => {
            list.items.iter().flat_map(|item| &item.blocks).for_each(|it| in_block(it, visit));
        }
        BlockKind::Quote { blocks } => blocks.iter().for_each(|it| in_block(it, visit)),
        BlockKind::Callout(callout) => callout.blocks.iter().for_each(|it| in_block(it, visit)),
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.for_each(|cell| in_inlines(&cell.content, visit));
        }
        BlockKind::Code(_) => {}
    }
}

fn in_inlines(inlines: &[Inline], visit: &mut impl FnMut(&Image)) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Image(image) => visit(image),
            InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                in_inlines(content, visit);
            }
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => {}
        }
    }
}
