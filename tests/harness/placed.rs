//! A placed deck as an outline: each slide with its layout, and each slot with
//! what it holds.

use std::fmt::Write as _;

use deckc::model::{Block, BlockKind, plain_text};
use deckc::place::Placed;

/// The outline of a placed deck.
pub(crate) fn placed(placed: &Placed) -> String {
    let mut out = String::new();
    for slide in &placed.slides {
        let moved = if slide.number == slide.source_number {
            String::new()
        } else {
            format!(" (slide {} of the source)", slide.source_number)
        };
        writeln!(out, "{}. {}: {}{moved}", slide.number, slide.layout, slide.reason).unwrap();
        for slot in &slide.slots {
            let blocks: Vec<String> = slot.blocks.iter().map(block).collect();
            writeln!(out, "   {}: {}", slot.name, blocks.join(", ")).unwrap();
        }
    }
    out
}

/// A block in a few words.
fn block(block: &Block) -> String {
    let kind = block.kind.name();
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
            format!("{kind} {:?}", plain_text(content))
        }
        BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_) => kind.to_owned(),
    }
}
