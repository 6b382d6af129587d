//! Code side by side.
//!
//! A layout may have a second grid for its slots. A slide takes it where all that
//! would move is code that fits there as it is, with no line broken.

use unicode_width::UnicodeWidthStr as _;

use super::{Room, Width};
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockKind};
use crate::place::{PlacedSlide, PlacedSlot};

/// Moves the slots of a slide to the other grid of its layout, if they fit it.
pub(super) fn beside(slide: &mut PlacedSlide, room: Room<'_>) {
    let moving = |slot: &&PlacedSlot| slot.beside.is_some_and(|rect| rect != slot.rect);
    let mut moved = slide.slots.iter().filter(moving);
    let fits = |slot: &PlacedSlot| slot.beside.is_some_and(|rect| fits(slot, rect, room));
    // How high footnotes are is not known here.
    let is_open = slide.footnotes.is_empty() && moved.clone().nth(1).is_some();
    if !is_open || !moved.all(fits) {
        return;
    }
    for slot in &mut slide.slots {
        slot.rect = slot.beside.unwrap_or(slot.rect);
    }
    slide.beside = true;
}

/// Whether a slot holds nothing but code, and it fits a rectangle.
fn fits(slot: &PlacedSlot, rect: Rect, room: Room<'_>) -> bool {
    let width = Width { text: rect.w, bleed: slot.bleed };
    let mut height = Pt::ZERO;
    let mut fits_across = |block: &Block| {
        let BlockKind::Code(code) = &block.kind else { return false };
        let columns = room.columns(code, width);
        // Which room remarks need is not known here.
        if !code.remarks.is_empty() {
            return false;
        }
        height += room.height(code.lines.len());
        code.lines.iter().all(|line| line.text.trim_end().width() <= columns)
    };
    let is_code = slot.blocks.iter().all(&mut fits_across);
    #[expect(clippy::cast_precision_loss, reason = "a slot holds some blocks")]
    let gaps = room.theme.space.block * slot.blocks.len().saturating_sub(1) as f64;
    is_code && height + gaps <= rect.h
}
