//! Drawing: what Typst painted, as outlines.
//!
//! Takes the letters and shapes of a formula, gives paths: a browser shows them
//! without the font, exactly as the PDF does.

use std::fmt::Write as _;

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::layout::{Point, Transform};
use typst::text::TextItem;
use typst::visualize::{CurveItem, Geometry, Shape as Painted};

use super::measure::color;
use crate::geom::{Pt, Rect};
use crate::page::Shape;

/// The outlines of a stretch of letters, as one path, and the box around them;
/// `None` where they show nothing. `at` places them.
pub(super) fn letters(text: &TextItem, at: Transform) -> Option<(Shape, Rect)> {
    let scale = text.size.to_pt() / text.font.units_per_em();
    let mut path = Path::new(at, scale);
    let (mut x, mut y) = (0.0, 0.0);
    for glyph in &text.glyphs {
        path.x = x + glyph.x_offset.at(text.size).to_pt();
        path.y = y + glyph.y_offset.at(text.size).to_pt();
        let _ = text.font.ttf().outline_glyph(GlyphId(glyph.id), &mut path);
        x += glyph.x_advance.at(text.size).to_pt();
        y += glyph.y_advance.at(text.size).to_pt();
    }
    let color = color(&text.fill).unwrap_or_default();
    let bounds = path.bounds()?;
    Some((Shape { path: path.text, color, stroke: None }, bounds))
}

/// The outlines of a shape: its fill and its line.
pub(super) fn shape(shape: &Painted, at: Transform) -> Vec<Shape> {
    let mut path = Path::new(at, 1.0);
    match &shape.geometry {
        Geometry::Line(to) => {
            path.point('M', 0.0, 0.0);
            path.point('L', to.x.to_pt(), to.y.to_pt());
        }
        Geometry::Rect(size) => {
            let (w, h) = (size.x.to_pt(), size.y.to_pt());
            for (nth, (x, y)) in [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].into_iter().enumerate() {
                path.point(if nth == 0 { 'M' } else { 'L' }, x, y);
            }
            path.text.push('Z');
        }
        Geometry::Curve(curve) => {
            for item in &curve.0 {
                let xy = |point: &Point| (point.x.to_pt(), point.y.to_pt());
                match item {
                    CurveItem::Move(to) => path.point('M', xy(to).0, xy(to).1),
                    CurveItem::Line(to) => path.point('L', xy(to).0, xy(to).1),
                    CurveItem::Cubic(a, b, to) => {
                        path.points('C', &[xy(a), xy(b), xy(to)]);
                    }
                    CurveItem::Close => path.text.push('Z'),
                }
            }
        }
    }
    let fill = shape.fill.as_ref().map(|fill| (fill, None));
    let line = shape.stroke.as_ref().map(|it| (&it.paint, Some(Pt(it.thickness.to_pt()))));
    let shape = |(paint, stroke)| {
        let color = color(paint).unwrap_or_default();
        Shape { path: path.text.clone(), color, stroke }
    };
    fill.into_iter().chain(line).map(shape).collect()
}

/// A path on its way. Glyphs count upwards, pages downwards.
struct Path {
    text: String,
    at: Transform,
    scale: f64,
    x: f64,
    y: f64,
    low: (f64, f64),
    high: (f64, f64),
}

impl Path {
    fn new(at: Transform, scale: f64) -> Self {
        let (low, high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        Self { text: String::new(), at, scale, x: 0.0, y: 0.0, low, high }
    }

    /// The box around every point; `None` without points.
    fn bounds(&self) -> Option<Rect> {
        let (low, high) = (self.low, self.high);
        let size = (Pt(high.0 - low.0), Pt(high.1 - low.1));
        (low.0 <= high.0).then(|| Rect::new(Pt(low.0), Pt(low.1), size.0, size.1))
    }

    fn point(&mut self, command: char, x: f64, y: f64) {
        self.points(command, &[(x, y)]);
    }

    fn points(&mut self, command: char, points: &[(f64, f64)]) {
        self.text.push(command);
        for (nth, (x, y)) in points.iter().enumerate() {
            let point = Point::new(typst::layout::Abs::pt(*x), typst::layout::Abs::pt(*y))
                .transform(self.at);
            let (px, py) = (point.x.to_pt(), point.y.to_pt());
            self.low = (self.low.0.min(px), self.low.1.min(py));
            self.high = (self.high.0.max(px), self.high.1.max(py));
            // A hundredth of a point is less than any screen shows.
            let number = |value: f64| {
                let rounded = (value * 100.0).round() / 100.0;
                if rounded == 0.0 { 0.0 } else { rounded }
            };
            let space = if nth == 0 { "" } else { " " };
            write!(self.text, "{space}{} {}", number(px), number(py)).expect("a string takes all");
        }
    }

    fn glyph(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale + self.x, -f64::from(y) * self.scale - self.y)
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.glyph(x, y);
        self.points('M', &[to]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.glyph(x, y);
        self.points('L', &[to]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let points = [self.glyph(x1, y1), self.glyph(x, y)];
        self.points('Q', &points);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.glyph(x1, y1), self.glyph(x2, y2), self.glyph(x, y)];
        self.points('C', &points);
    }

    fn close(&mut self) {
        self.text.push('Z');
    }
}
