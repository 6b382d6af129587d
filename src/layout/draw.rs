//! Drawing a layout with ASCII characters.

use super::Layout;
use crate::geom::{Canvas, Pt, Rect};

/// The width that a character stands for; with [`ROW`] it has the proportions
/// of a terminal's cell.
const COLUMN: Pt = Pt(16.0);
/// The height that a line stands for.
const ROW: Pt = Pt(32.0);

/// The slots as boxes with their names, within the frame of the canvas.
pub(super) fn draw(layout: &Layout, canvas: Canvas) -> String {
    let frame = Rect::new(Pt::ZERO, Pt::ZERO, canvas.width(), canvas.height());
    let (_, right, _, bottom) = cells(frame);
    let mut picture = vec![vec![b' '; right + 1]; bottom + 1];
    let rects = layout.solve(canvas);
    for (name, rect) in &rects {
        boxed(&mut picture, *rect, name);
    }
    boxed(&mut picture, frame, "");
    let mut out = String::new();
    for line in picture {
        out.push_str(String::from_utf8_lossy(&line).trim_end());
        out.push('\n');
    }
    out
}

/// Left, right, top and bottom of a rectangle in cells; a box has room for its
/// name.
fn cells(rect: Rect) -> (usize, usize, usize, usize) {
    // Layouts lie on the canvas, so a cell is a small number and not negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cell = |at: Pt, unit: Pt| (at / unit).round().max(0.0) as usize;
    let (left, top) = (cell(rect.x, COLUMN), cell(rect.y, ROW));
    (left, cell(rect.right(), COLUMN).max(left + 2), top, cell(rect.bottom(), ROW).max(top + 2))
}

/// Draws one box, cut to the picture.
fn boxed(picture: &mut [Vec<u8>], rect: Rect, name: &str) {
    let (left, right, top, bottom) = cells(rect);
    let mut put = |y: usize, x: usize, ch: u8| {
        if let Some(cell) = picture.get_mut(y).and_then(|line| line.get_mut(x)) {
            // Where two lines cross there is a corner.
            *cell = if matches!((*cell, ch), (b'+', _) | (b'-', b'|') | (b'|', b'-')) {
                b'+'
            } else {
                ch
            };
        }
    };
    for x in left..=right {
        let ch = if x == left || x == right { b'+' } else { b'-' };
        put(top, x, ch);
        put(bottom, x, ch);
    }
    for y in top + 1..bottom {
        put(y, left, b'|');
        put(y, right, b'|');
    }
    let room = right - left - 1;
    let shown = &name.as_bytes()[..name.len().min(room)];
    let start = left + 1 + (room - shown.len()) / 2;
    for (x, ch) in (start..).zip(shown) {
        put(usize::midpoint(top, bottom), x, *ch);
    }
}

#[cfg(test)]
mod tests {
    use crate::geom::Canvas;
    use crate::layout::Layouts;

    #[test]
    fn a_layout_is_drawn_in_proportion() {
        let layouts = Layouts::built_in();
        let expected = "\
+-----------------------------------------------------------+
|  +-----------------------------------------------------+  |
|  |                        title                        |  |
|  +-----------------------------------------------------+  |
|  +-------------------------+ +-------------------------+  |
|  |                         | |                         |  |
";
        let drawn = layouts.by_name["two-column"].drawing(Canvas::Wide);
        assert!(drawn.starts_with(expected), "{drawn}");
    }

    #[test]
    fn every_slot_is_named_in_the_drawing() {
        for layout in Layouts::built_in().by_name.values() {
            for canvas in Canvas::ALL {
                let drawn = layout.drawing(canvas);
                for slot in &layout.slots {
                    assert!(drawn.contains(&slot.name), "{}\n{drawn}", layout.name);
                }
            }
        }
    }
}
