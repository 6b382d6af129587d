//! Rows of texts in columns, as tables are set: numbers with their decimal marks
//! below each other.
//!
//! Takes what stands in each cell and how it looks; the sheet is as large as the
//! rows need.

use super::Drawn;
use super::sheet::{Anchor, Kit, Pen, Point, Sheet, Style, TEXT};
use crate::color::Rgb;
use crate::data::number;

/// The pitch of rows.
pub(super) const ROW: f64 = TEXT * 1.75;

/// What stays free between two columns.
const GAP: f64 = 26.0;

/// A cell: what it says, in which colour, and whether it is bold.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) color: Rgb,
    pub(super) bold: bool,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, color: Rgb) -> Self {
        Self { text: text.into(), color, bold: false }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    fn style(&self) -> Style {
        let style = Style::plain(self.color);
        if self.bold { style.bold() } else { style }
    }
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Text, from the left.
    Text,
    /// Numbers, their decimal points below each other.
    Number,
}

/// Draws a head and rows; what each row has is one cell a column.
pub(super) fn draw(kit: &Kit<'_>, columns: &[Column], head: &[&str], rows: &[Vec<Cell>]) -> Drawn {
    let palette = &kit.theme.palette;
    let head: Vec<Cell> = head.iter().map(|text| Cell::new(*text, palette.text()).bold()).collect();
    let widths: Vec<Width> = columns
        .iter()
        .enumerate()
        .map(|(nth, column)| Width::of(kit, *column, &head[nth], rows.iter().map(|row| &row[nth])))
        .collect();
    let wide: f64 = widths.iter().map(|width| width.all() + GAP).sum();
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let high = ROW * (rows.len() + 1) as f64;
    let mut sheet = Sheet::new(kit, (wide, high + 2.0), 1);
    let surface = palette.surface().to_string();
    sheet.rect(0, (0.0, 0.0, wide, ROW), 0.0, &surface, None);
    let mut y = ROW / 2.0;
    for (nth, cells) in std::iter::once(&head).chain(rows).enumerate() {
        let mut x = GAP / 2.0;
        for ((cell, column), width) in cells.iter().zip(columns).zip(&widths) {
            let (at, anchor) = match (column, nth) {
                (Column::Text, _) => (x, Anchor::Start),
                (Column::Number, 0) => (x + width.all(), Anchor::End),
                (Column::Number, _) => {
                    let tail = kit.width(&cell.text[split(&cell.text)..], cell.style());
                    (x + width.before + tail, Anchor::End)
                }
            };
            let place: Point = (at, y);
            sheet.text(kit, 0, place, anchor, cell.style(), &cell.text);
            x += width.all() + GAP;
        }
        let (color, thick) =
            if nth == 0 { (palette.accent(), 1.5) } else { (palette.rule(), 0.75) };
        sheet.line(0, (0.0, y + ROW / 2.0), (wide, y + ROW / 2.0), Pen::new(color, thick));
        y += ROW;
    }
    sheet.finish()
}

/// How wide a column is before its decimal marks and from them on.
struct Width {
    before: f64,
    after: f64,
}

impl Width {
    fn of<'a>(
        kit: &Kit<'_>,
        column: Column,
        head: &Cell,
        cells: impl Iterator<Item = &'a Cell>,
    ) -> Self {
        let mut width = Self { before: 0.0, after: 0.0 };
        for cell in cells {
            let at = if column == Column::Number { split(&cell.text) } else { cell.text.len() };
            let (before, after) = cell.text.split_at(at);
            width.before = width.before.max(kit.width(before, cell.style()));
            width.after = width.after.max(kit.width(after, cell.style()));
        }
        width.before = width.before.max(kit.width(&head.text, head.style()) - width.after);
        width
    }

    fn all(&self) -> f64 {
        self.before + self.after
    }
}

/// The byte at which the whole part of a number ends.
fn split(text: &str) -> usize {
    let n_before = number::read(text, '.').map_or(usize::MAX, |it| it.n_before);
    text.char_indices().nth(n_before).map_or(text.len(), |(at, _)| at)
}
