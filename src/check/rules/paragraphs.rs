//! `paragraphs`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::{Block, BlockKind};

/// A block of prose on a slide.
pub(super) const RULE: Rule =
    Rule { name: "paragraphs", level: Level::Warning, docs: include_str!("paragraphs.md"), check };

/// Three lines of body text; what is longer is no longer seen as one thought.
const MAX_WORDS: usize = 35;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for slide in &ctx.placed.slides {
        for block in slide.slots.iter().flat_map(|slot| prose(&slot.blocks)) {
            let BlockKind::Para { .. } = &block.kind else { continue };
            let n_words = walk::words(std::slice::from_ref(block));
            if MAX_WORDS < n_words {
                found.push(
                    RULE.on(slide, block.span, format!("a paragraph of {n_words} words"))
                        .label(format!("at most {MAX_WORDS} are taken in at once"))
                        .hint("make it bullets of a few words each, and say the sentences"),
                );
            }
        }
    }
}

/// The blocks that are the author's own prose: a quote is as long as it was
/// said.
fn prose(blocks: &[Block]) -> Vec<&Block> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Para { .. } => found.push(block),
            BlockKind::List(list) => {
                found.extend(list.items.iter().flat_map(|item| prose(&item.blocks)));
            }
            BlockKind::Callout(callout) => found.extend(prose(&callout.blocks)),
            BlockKind::Quote { .. }
            | BlockKind::Heading { .. }
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Table(_)
            | BlockKind::Formula(_) => {}
        }
    }
    found
}
