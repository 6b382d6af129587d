//! How much room a drawing has in its slot, before anything is set.
//!
//! Takes a slot and the picture in it, gives a width and a height in points. It is
//! an estimate: what stands beside the picture is counted in lines of average
//! letters. Being off does no harm, since a picture is scaled to the room that the
//! typesetter finds; a chart drawn for its room merely needs no scaling.

use crate::geom::{Canvas, Pt};
use crate::model::{Block, BlockKind, Image, walk};
use crate::place::PlacedSlot;
use crate::theme::{TextStyle, Theme};

/// The advance of an average letter of running text, as a share of the size.
const LETTER: f64 = 0.52;

/// The least that is drawn for: below it no drawing can be read.
const LEAST: (f64, f64) = (120.0, 90.0);

/// What a picture of a note is drawn for: no slot holds it.
pub(super) fn of_note(canvas: Canvas) -> (f64, f64) {
    (canvas.width().get() * 0.5, canvas.height().get() * 0.5)
}

/// The room that a picture has in a slot.
pub(super) fn of(slot: &PlacedSlot, image: &Image, theme: &Theme) -> (f64, f64) {
    let rect = slot.rect;
    let is_it = |block: &Block| matches!(&block.kind, BlockKind::Image(it) if it == image);
    let n_pictures = slot.blocks.iter().filter(|it| matches!(it.kind, BlockKind::Image(_))).count();
    let caption =
        if image.caption.is_empty() { Pt::ZERO } else { theme.scale.small.pitch + Pt(6.0) };
    let height = if slot.blocks.iter().any(is_it) {
        let gaps = theme.space.block * n(slot.blocks.len().saturating_sub(1));
        let others: Pt = slot.blocks.iter().map(|it| height(it, rect.w, theme)).sum();
        (rect.h - gaps - others) / n(n_pictures) - caption
    } else {
        // Within a list or a callout a picture is as wide as they are.
        rect.h * 0.6 - caption
    };
    (rect.w.get().max(LEAST.0), height.get().max(LEAST.1))
}

/// About how high a block is; nothing for a picture, which takes what is left.
fn height(block: &Block, width: Pt, theme: &Theme) -> Pt {
    let (scale, space) = (&theme.scale, &theme.space);
    match &block.kind {
        BlockKind::Heading { .. } => lines(block, width, scale.heading),
        BlockKind::Para { .. } => lines(block, width, scale.body),
        BlockKind::List(list) => {
            let item = |blocks: &Vec<Block>| -> Pt {
                blocks.iter().map(|it| height(it, width - space.indent, theme)).sum()
            };
            let gap = if list.tight { space.item } else { space.block };
            let gaps = gap * n(list.items.len().saturating_sub(1));
            list.items.iter().map(|it| item(&it.blocks)).sum::<Pt>() + gaps
        }
        BlockKind::Quote { blocks } => blocks.iter().map(|it| height(it, width, theme)).sum(),
        BlockKind::Callout(callout) => {
            let inside: Pt = callout.blocks.iter().map(|it| height(it, width, theme)).sum();
            inside + scale.body.pitch + space.pad_y * 2.0 + space.item
        }
        BlockKind::Code(code) => scale.code_pitch * n(code.lines.len()) + space.pad_y * 2.0,
        BlockKind::Table(table) => {
            (scale.table.pitch + space.cell_y * 2.0) * n(table.rows.len() + 1)
        }
        BlockKind::Formula(_) => scale.body.pitch * 2.0,
        BlockKind::Image(_) => Pt::ZERO,
    }
}

/// The height of a block's own text.
fn lines(block: &Block, width: Pt, style: TextStyle) -> Pt {
    let mut n_chars = 0;
    for inlines in walk::own_inlines(block) {
        walk::texts(inlines, &mut |text, _| n_chars += text.chars().count());
    }
    let n_lines = (style.size * (LETTER * n(n_chars)) / width).ceil().max(1.0);
    style.pitch * n_lines
}

/// How many blocks or lines, at most what a slide could ever hold.
fn n(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
