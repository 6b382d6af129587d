//! Walking through placed slides: every block, every inline, every text.

use crate::model::{Block, BlockKind, Inline, InlineKind, Note};
use crate::place::PlacedSlide;
use crate::source::Span;

/// Calls `visit` for every block of some blocks, nested ones after the block
/// that holds them.
pub(super) fn blocks<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List(list) => {
                for item in &list.items {
                    self::blocks(&item.blocks, visit);
                }
            }
            BlockKind::Quote { blocks } => self::blocks(blocks, visit),
            BlockKind::Callout(callout) => self::blocks(&callout.blocks, visit),
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Table(_) => {}
        }
    }
}

/// Every block of a slide, in the order of its slots.
pub(super) fn slide_blocks(slide: &PlacedSlide) -> Vec<&Block> {
    let mut found = Vec::new();
    for slot in &slide.slots {
        blocks(&slot.blocks, &mut |block| found.push(block));
    }
    found
}

/// The heading that is the slide's title: its first one.
pub(super) fn title(slide: &PlacedSlide) -> Option<(&Block, u8)> {
    slide.slots.iter().flat_map(|slot| &slot.blocks).find_map(|block| match &block.kind {
        BlockKind::Heading { level, .. } => Some((block, *level)),
        BlockKind::Para { .. }
        | BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_) => None,
    })
}

/// The span of the title, or the start of the slide where there is none.
pub(super) fn title_span(slide: &PlacedSlide) -> Span {
    title(slide).map_or_else(|| first_span(slide), |(block, _)| block.span)
}

/// The first block of a slide in the order of the source, or its start.
pub(super) fn first_span(slide: &PlacedSlide) -> Span {
    let blocks = slide.slots.iter().flat_map(|slot| &slot.blocks);
    blocks.map(|block| block.span).min().unwrap_or_else(|| slide.span.before())
}

/// The inlines of a block that are its own, not those of nested blocks.
pub(super) fn own_inlines(block: &Block) -> Vec<&[Inline]> {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => vec![content],
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.map(|cell| cell.content.as_slice()).collect()
        }
        BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_) => Vec::new(),
    }
}

/// Calls `visit` for every inline, nested ones after the one that holds them.
pub(super) fn inlines<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match &inline.kind {
            InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                self::inlines(content, visit);
            }
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Image(_)
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => {}
        }
    }
}

/// How many words a text has: what stands between white space and holds a
/// letter or a digit.
pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// How many words some blocks say. Code is not spoken.
pub(super) fn words(found: &[Block]) -> usize {
    let mut total = 0;
    blocks(found, &mut |block| {
        let texts = own_inlines(block).into_iter().map(crate::model::plain_text);
        total += texts.map(|text| count_words(&text)).sum::<usize>();
    });
    total
}

/// How many words the notes of a slide have.
pub(super) fn note_words(notes: &[Note]) -> usize {
    notes.iter().map(|note| words(&note.blocks)).sum()
}
