//! The outline: the level that each heading has in the outputs.
//!
//! Takes a placed deck. Authors write `#` or `##` by taste; readers aloud and
//! PDF/UA (7.4.2) want levels that start at 1 and skip none. A slide's title is
//! level 1 on `title` and `section` slides and level 2 after one of those; a
//! heading below the title is one deeper.

use std::collections::BTreeMap;

use crate::model::{Block, BlockId, BlockKind};
use crate::place::{Placed, PlacedSlide};

/// The level of every heading on the slides, from 1, by block.
#[must_use]
pub fn levels(placed: &Placed) -> BTreeMap<BlockId, u8> {
    let mut levels = BTreeMap::new();
    let mut parted = false;
    let mut last = 0;
    for slide in &placed.slides {
        let opens = matches!(slide.layout.as_str(), "title" | "section");
        let title_level = if parted && !opens { 2 } else { 1 };
        parted |= opens;
        let title = title(slide).map(|block| block.id);
        for slot in &slide.slots {
            number(&slot.blocks, title, title_level, &mut last, &mut levels);
        }
    }
    levels
}

/// The block that is the slide's title: its first heading.
#[must_use]
pub fn title(slide: &PlacedSlide) -> Option<&Block> {
    let mut blocks = slide.slots.iter().flat_map(|slot| &slot.blocks);
    blocks.find(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Numbers the headings among some blocks and below them.
fn number(
    blocks: &[Block],
    title: Option<BlockId>,
    title_level: u8,
    last: &mut u8,
    levels: &mut BTreeMap<BlockId, u8>,
) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { .. } => {
                let wanted = if Some(block.id) == title { title_level } else { title_level + 1 };
                let level = wanted.min(*last + 1);
                *last = level;
                levels.insert(block.id, level);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    number(&item.blocks, title, title_level, last, levels);
                }
            }
            BlockKind::Quote { blocks } => number(blocks, title, title_level, last, levels),
            BlockKind::Callout(callout) => {
                number(&callout.blocks, title, title_level, last, levels);
            }
            BlockKind::Para { .. }
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Table(_)
            | BlockKind::Formula(_) => {}
        }
    }
}
