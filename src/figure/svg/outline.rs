//! The outline of a shape: whether a point lies in it.
//!
//! Takes a path as usvg resolves it, gives straight edges. Nothing is drawn.

use resvg::tiny_skia::{Path, PathSegment, Point, Transform};
use resvg::usvg::FillRule;

/// Into how many straight edges a curve is cut: a circle of 100 units is then
/// off by less than half a unit.
const EDGES_OF_A_CURVE: u8 = 8;

/// A closed shape of straight edges.
#[derive(Debug)]
pub(super) struct Outline {
    edges: Vec<(Point, Point)>,
    rule: FillRule,
}

impl Outline {
    /// The outline of a path where a transform puts it.
    pub(super) fn new(path: &Path, transform: Transform, rule: FillRule) -> Self {
        let mut edges = Vec::new();
        let (mut first, mut last) = (Point::zero(), Point::zero());
        let place = |mut point: Point| {
            transform.map_point(&mut point);
            point
        };
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    edges.push((last, first));
                    first = place(to);
                    last = first;
                }
                PathSegment::LineTo(to) => {
                    let to = place(to);
                    edges.push((last, to));
                    last = to;
                }
                PathSegment::QuadTo(by, to) => {
                    let (from, by, to) = (last, place(by), place(to));
                    curve(&mut edges, from, |t| mix(mix(from, by, t), mix(by, to, t), t));
                    last = to;
                }
                PathSegment::CubicTo(by, via, to) => {
                    let (from, by, via, to) = (last, place(by), place(via), place(to));
                    curve(&mut edges, from, |t| {
                        let (a, b, c) = (mix(from, by, t), mix(by, via, t), mix(via, to, t));
                        mix(mix(a, b, t), mix(b, c, t), t)
                    });
                    last = to;
                }
                PathSegment::Close => {
                    edges.push((last, first));
                    last = first;
                }
            }
        }
        // What is filled is closed, also where its path is not.
        edges.push((last, first));
        Self { edges, rule }
    }

    /// How many edges a look at it takes.
    pub(super) fn n_edges(&self) -> usize {
        self.edges.len()
    }

    /// Whether a point lies in it: how often the edges wind around it.
    pub(super) fn covers(&self, point: Point) -> bool {
        let mut windings = 0i32;
        for (from, to) in &self.edges {
            let is_down = from.y <= point.y && point.y < to.y;
            let is_up = to.y <= point.y && point.y < from.y;
            if !is_down && !is_up {
                continue;
            }
            let share = (point.y - from.y) / (to.y - from.y);
            if from.x + share * (to.x - from.x) > point.x {
                windings += if is_down { 1 } else { -1 };
            }
        }
        match self.rule {
            FillRule::NonZero => windings != 0,
            FillRule::EvenOdd => windings % 2 != 0,
        }
    }
}

/// Adds the edges of a curve, which `at` gives for a share from 0 to 1.
fn curve(edges: &mut Vec<(Point, Point)>, from: Point, at: impl Fn(f32) -> Point) {
    let mut last = from;
    for nth in 1..=EDGES_OF_A_CURVE {
        let to = at(f32::from(nth) / f32::from(EDGES_OF_A_CURVE));
        edges.push((last, to));
        last = to;
    }
}

/// The point at a share of the way.
fn mix(from: Point, to: Point, share: f32) -> Point {
    Point::from_xy(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::{PathBuilder, Rect};

    use super::*;

    fn outline(path: Option<Path>, rule: FillRule) -> Outline {
        Outline::new(&path.expect("a path"), Transform::from_translate(10.0, 0.0), rule)
    }

    #[test]
    fn a_circle_covers_its_middle_and_not_its_corner() {
        let circle = outline(PathBuilder::from_circle(50.0, 50.0, 50.0), FillRule::NonZero);
        assert!(circle.covers(Point::from_xy(60.0, 50.0)));
        assert!(circle.covers(Point::from_xy(109.0, 50.0)));
        assert!(!circle.covers(Point::from_xy(14.0, 4.0)));
    }

    #[test]
    fn a_hole_is_one_where_the_rule_says_so() {
        let mut path = PathBuilder::new();
        for (at, side) in [(0.0, 100.0), (40.0, 20.0)] {
            path.push_rect(Rect::from_xywh(at, at, side, side).expect("a square"));
        }
        let path = path.finish();
        let middle = Point::from_xy(60.0, 50.0);
        assert!(outline(path.clone(), FillRule::NonZero).covers(middle));
        assert!(!outline(path, FillRule::EvenOdd).covers(middle));
    }
}
