//! A layout as a drawing of boxes.

use crate::geom::{Canvas, Pt, Rect};
use crate::layout::Layout;

/// How much higher than wide a character of a terminal is.
const ASPECT: f64 = 2.0;

/// The sides that a line of a cell goes to, as bits: up, right, down, left.
const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// The box-drawing character for each set of sides.
const LINES: [char; 16] =
    [' ', '│', '─', '└', '│', '│', '┌', '├', '─', '┘', '─', '┴', '┐', '┤', '┬', '┼'];

/// Draws the canvas, about so many characters wide, and the slots on it.
pub(super) fn draw(layout: &Layout, canvas: Canvas, width: usize) -> String {
    let slots = layout.solve(canvas);
    #[expect(clippy::cast_precision_loss, reason = "a drawing has some hundred cells")]
    let scale = width as f64 / canvas.width().get();
    let across = |rect: &Rect| (rect.x, rect.right());
    let down = |rect: &Rect| (rect.y, rect.bottom());
    let columns =
        Axis::new(canvas.width(), &slots.values().map(across).collect::<Vec<_>>(), scale, 4);
    let rows = Axis::new(
        canvas.height(),
        &slots.values().map(down).collect::<Vec<_>>(),
        scale / ASPECT,
        2,
    );
    let mut drawing = Drawing::new(columns.end() + 1, rows.end() + 1);
    drawing.frame(0, 0, columns.end(), rows.end());
    for (name, rect) in &slots {
        let (left, right) = (columns.cell(rect.x), columns.cell(rect.right()));
        let (top, bottom) = (rows.cell(rect.y), rows.cell(rect.bottom()));
        drawing.frame(left, top, right, bottom);
        drawing.write(left, right, usize::midpoint(top, bottom), name);
    }
    drawing.text()
}

/// Where each edge of a slot is drawn, along one side of the canvas: to scale,
/// but no two edges on top of each other, and no slot too thin for its name.
struct Axis {
    /// Lengths from the edge of the canvas and their cells, both rising.
    edges: Vec<(Pt, usize)>,
}

impl Axis {
    fn new(canvas: Pt, slots: &[(Pt, Pt)], scale: f64, min: usize) -> Self {
        let mut lengths = vec![Pt::ZERO, canvas];
        lengths.extend(slots.iter().flat_map(|(start, end)| [*start, *end]));
        lengths.sort_by(|a, b| a.get().total_cmp(&b.get()));
        lengths.dedup_by(|a, b| (*a - *b).get() < 0.01);
        let mut edges: Vec<(Pt, usize)> = Vec::new();
        for length in lengths {
            // Every slot that ends here, and the edge before, push this one on.
            let ends = slots.iter().filter(|(_, end)| is_same(*end, length));
            let starts = ends.filter_map(|(start, _)| find(&edges, *start));
            let after_slots = starts.map(|start| start + min).max().unwrap_or(0);
            let after_last = edges.last().map_or(0, |(_, last)| last + 1);
            edges.push((length, cell(length, scale).max(after_slots).max(after_last)));
        }
        Self { edges }
    }

    fn cell(&self, length: Pt) -> usize {
        find(&self.edges, length).unwrap_or(0)
    }

    fn end(&self) -> usize {
        self.edges.last().map_or(0, |(_, cell)| *cell)
    }
}

fn find(edges: &[(Pt, usize)], length: Pt) -> Option<usize> {
    edges.iter().find(|(found, _)| is_same(*found, length)).map(|(_, cell)| *cell)
}

fn is_same(a: Pt, b: Pt) -> bool {
    (a - b).get().abs() < 0.01
}

fn cell(length: Pt, scale: f64) -> usize {
    let cell = (length.get() * scale).round().clamp(0.0, 1000.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let cell = cell as usize;
    cell
}

/// Cells with lines through them, or with a letter.
struct Drawing {
    width: usize,
    lines: Vec<u8>,
    letters: Vec<Option<char>>,
}

impl Drawing {
    fn new(width: usize, height: usize) -> Self {
        let n_cells = width * height;
        Self { width, lines: vec![0; n_cells], letters: vec![None; n_cells] }
    }

    /// Draws a rectangle through these cells.
    fn frame(&mut self, left: usize, top: usize, right: usize, bottom: usize) {
        for x in left..=right {
            for y in [top, bottom] {
                self.add(x, y, if x == left { 0 } else { LEFT });
                self.add(x, y, if x == right { 0 } else { RIGHT });
            }
        }
        for y in top..=bottom {
            for x in [left, right] {
                self.add(x, y, if y == top { 0 } else { UP });
                self.add(x, y, if y == bottom { 0 } else { DOWN });
            }
        }
    }

    fn add(&mut self, x: usize, y: usize, sides: u8) {
        if let Some(cell) = self.lines.get_mut(y * self.width + x) {
            *cell |= sides;
        }
    }

    /// Writes a name in the middle between two columns, as far as it fits.
    fn write(&mut self, left: usize, right: usize, y: usize, name: &str) {
        let room = right.saturating_sub(left + 1);
        let name: Vec<char> = name.chars().take(room).collect();
        let start = left + 1 + (room - name.len()) / 2;
        for (x, letter) in (start..).zip(name) {
            if let Some(cell) = self.letters.get_mut(y * self.width + x) {
                *cell = Some(letter);
            }
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        let rows = self.lines.chunks(self.width).zip(self.letters.chunks(self.width));
        for (lines, letters) in rows {
            let row: String = lines
                .iter()
                .zip(letters)
                .map(|(line, letter)| letter.unwrap_or(LINES[usize::from(*line)]))
                .collect();
            out.push_str(row.trim_end());
            out.push('\n');
        }
        out
    }
}
