//! Code side by side, line by line.
//!
//! Where two pieces of code stand beside each other, the lines that both have
//! stand at one height: rows are left free where one side has none.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Room;
use crate::model::{BlockKind, Code};
use crate::place::{PlacedSlide, PlacedSlot};

/// Leaves rows free in the two panes of a slide that stand side by side. Where
/// that would take more rows than fit, both are left as they are.
pub(super) fn align(slide: &mut PlacedSlide, room: Room<'_>) {
    if !slide.beside {
        return;
    }
    let mut panes = slide.slots.iter().filter_map(pane);
    let (Some(left), Some(right), None) = (panes.next(), panes.next(), panes.next()) else {
        return;
    };
    let (of_left, of_right) = gaps(left.1, right.1);
    let n_rows = left.1.lines.len() + of_left.iter().sum::<usize>();
    let most = room.rows(left.2.rect.h.min(right.2.rect.h));
    if n_rows <= most {
        let found = [(left.0, of_left), (right.0, of_right)];
        slide.gaps.extend(found.into_iter().filter(|(_, gaps)| gaps.iter().any(|n| 0 < *n)));
    }
}

/// A slot that moved to the other grid of its layout and holds one code block.
fn pane(slot: &PlacedSlot) -> Option<(crate::model::BlockId, &Code, &PlacedSlot)> {
    let ([block], Some(_)) = (slot.blocks.as_slice(), slot.beside) else { return None };
    let BlockKind::Code(code) = &block.kind else { return None };
    Some((block.id, code, slot))
}

/// The rows to leave free before each line of two pieces of code, and behind the
/// last one.
fn gaps(left: &Code, right: &Code) -> (Vec<usize>, Vec<usize>) {
    let texts = |code: &Code| -> Vec<String> {
        code.lines.iter().map(|line| line.text.trim_end().to_owned()).collect()
    };
    let (old, new) = (texts(left), texts(right));
    let (mut of_left, mut of_right) = (vec![0; old.len() + 1], vec![0; new.len() + 1]);
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (was, is) = (op.old_range(), op.new_range());
        if op.tag() != DiffTag::Equal {
            // The lines that differ stand side by side as far as there are both.
            of_left[was.end] += is.len().saturating_sub(was.len());
            of_right[is.end] += was.len().saturating_sub(is.len());
        }
    }
    (of_left, of_right)
}
