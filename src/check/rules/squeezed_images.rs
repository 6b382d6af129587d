//! `squeezed-images`: see its page.

use super::{Ctx, Rule};
use crate::diag::{Diagnostic, Level};
use crate::model::BlockKind;

/// A picture in the little room that other blocks leave.
pub(super) const RULE: Rule = Rule {
    name: "squeezed-images",
    level: Level::Warning,
    docs: include_str!("squeezed_images.md"),
    check,
};

/// A picture that gets less than this share of its slot's height is no longer
/// what the slide is about.
const MIN_SHARE: f64 = 0.25;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for (slide, page) in ctx.placed.slides.iter().zip(ctx.pages) {
        for (slot, fill) in slide.slots.iter().zip(&page.slots) {
            // Nothing squeezes a picture that has the slot to itself.
            if slot.blocks.len() < 2 {
                continue;
            }
            for block in &slot.blocks {
                let BlockKind::Image(image) = &block.kind else { continue };
                let laid = page.boxes.get(&block.id);
                let Some((area, picture)) = laid.and_then(|it| it.area.zip(it.picture)) else {
                    continue;
                };
                // A picture as wide as its slot is low by its own shape.
                let fills = area.w <= picture.w * 1.05;
                if image.decorative || fills || fill.room.h * MIN_SHARE <= area.h {
                    continue;
                }
                let (room, whole) = (area.h.rounded(), fill.room.h.rounded());
                let path = &image.path;
                found.push(
                    RULE.on(
                        slide,
                        path.span,
                        format!("the picture `{}` is squeezed into {room}", path.value),
                    )
                    .label(format!("the other blocks take the rest of {whole}"))
                    .hint("write less beside it, or let it stand beside the text: `image-beside`")
                    .hint("or give it a slide of its own"),
                );
            }
        }
    }
}
