//! The ground: what has been painted on a page, and what of it is behind a text.
//!
//! Filled shapes and pictures in the order of painting. Lines are left out: they
//! are drawn around boxes and below words, not behind them.

use std::sync::Arc;

use crate::color::{Backdrop, Layer, Rgb};
use crate::figure::Tones;
use crate::geom::{Pt, Rect};
use crate::model::BlockId;

/// What is painted on a page.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// The colour of the page.
    paper: Rgb,
    painted: Vec<Painted>,
    /// Pictures whose tones are known, with what is cut off of them.
    pictures: Vec<(Rect, Arc<Tones>)>,
}

/// A filled shape or a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Painted {
    pub(super) rect: Rect,
    /// `None` for what has many colours.
    pub(super) layer: Option<Layer>,
    /// The code block whose focus it shows.
    pub(super) focus: Option<BlockId>,
    /// Its place among the pictures whose tones are known.
    pub(super) picture: Option<usize>,
}

/// What is narrower than this is not behind a letter, but beside it.
const SLIVER: Pt = Pt(1.0);

/// The part of a text's height in which its letters stand, as shares of its
/// font's ascent and descent together: from above an `x` to the baseline.
const LETTERS: (f64, f64) = (0.35, 0.75);

impl Ground {
    pub(super) const fn new(paper: Rgb) -> Self {
        Self { paper, painted: Vec::new(), pictures: Vec::new() }
    }

    /// Paints on top of everything.
    pub(super) fn paint(&mut self, painted: Painted) {
        self.painted.push(painted);
    }

    /// Paints the part `seen` of a picture whose tones are known.
    pub(super) fn paint_picture(&mut self, seen: Rect, whole: Rect, tones: Arc<Tones>) {
        let picture = Some(self.pictures.len());
        self.pictures.push((whole, tones));
        self.paint(Painted { rect: seen, layer: None, focus: None, picture });
    }

    /// How many things are painted.
    pub(super) fn len(&self) -> usize {
        self.painted.len()
    }

    /// Where the last thing is.
    pub(super) fn last(&self) -> Rect {
        self.painted.last().map(|it| it.rect).unwrap_or_default()
    }

    /// The same with another focus of a code block, which is painted on top of the
    /// first `at` things.
    pub(super) fn with_focus(&self, block: BlockId, at: usize, bands: Vec<Painted>) -> Self {
        let (below, above) = self.painted.split_at(at.min(self.painted.len()));
        let above = above.iter().filter(|it| it.focus != Some(block));
        let painted = below.iter().copied().chain(bands).chain(above.copied()).collect();
        Self { paper: self.paper, painted, pictures: self.pictures.clone() }
    }

    /// What is behind a text of this colour: where several things are, the one
    /// from which it stands out least.
    pub(super) fn behind(&self, text: Rect, color: Rgb) -> Backdrop {
        let edge = SLIVER.min(text.w / 4.0);
        let (from, to) = LETTERS;
        let letters = Rect::new(
            text.x + edge,
            text.y + text.h * from,
            text.w - edge * 2.0,
            text.h * (to - from),
        );
        let near = |it: &&Painted| {
            letters.x <= it.rect.right()
                && it.rect.x <= letters.right()
                && letters.y <= it.rect.bottom()
                && it.rect.y <= letters.bottom()
        };
        let near: Vec<&Painted> = self.painted.iter().filter(near).collect();
        let xs = near.iter().flat_map(|it| [it.rect.x, it.rect.right()]);
        let ys = near.iter().flat_map(|it| [it.rect.y, it.rect.bottom()]);
        let (xs, ys) =
            (middles(letters.x, letters.right(), xs), middles(letters.y, letters.bottom(), ys));
        let mut weakest: Option<(f64, Backdrop)> = None;
        for (x, y) in xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y))) {
            let found = self.at(&near, text, x, y);
            let contrast = found.contrast(color);
            if weakest.is_none_or(|(least, _)| contrast < least) {
                weakest = Some((contrast, found));
            }
        }
        weakest.map_or(Backdrop::plain(self.paper), |(_, found)| found)
    }

    /// All that is behind a figure, or `None` where no picture is.
    pub(super) fn under(&self, figure: Rect) -> Option<Backdrop> {
        let meets = |it: &Painted| {
            it.picture.is_some()
                && figure.intersection(it.rect).w > Pt::ZERO
                && figure.intersection(it.rect).h > Pt::ZERO
        };
        self.painted.iter().any(meets).then(|| {
            let dark = self.behind(figure, Rgb::BLACK);
            let light = self.behind(figure, Rgb::WHITE);
            dark.or(light.darkest).or(light.lightest)
        })
    }

    /// What some painted things show at a point of a text.
    fn at(&self, painted: &[&Painted], text: Rect, x: Pt, y: Pt) -> Backdrop {
        let inside = |it: &&&Painted| {
            let rect = it.rect;
            rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom()
        };
        let mut found = Backdrop::plain(self.paper);
        for it in painted.iter().filter(inside) {
            found = match (it.layer, it.picture.and_then(|at| self.pictures.get(at))) {
                (Some(layer), _) => found.under(layer),
                (None, Some((whole, tones))) => tones.on(found, shares(text, *whole)),
                (None, None) => Backdrop::ANY,
            };
        }
        found
    }
}

/// The left, top, right and bottom of a text as shares of a picture.
fn shares(text: Rect, picture: Rect) -> [f64; 4] {
    [
        (text.x - picture.x) / picture.w,
        (text.y - picture.y) / picture.h,
        (text.right() - picture.x) / picture.w,
        (text.bottom() - picture.y) / picture.h,
    ]
}

/// The middles of the stretches into which `cuts` divide the way from `start` to
/// `end`; slivers are left out where there is more.
fn middles(start: Pt, end: Pt, cuts: impl Iterator<Item = Pt>) -> Vec<Pt> {
    let mut cuts: Vec<Pt> = cuts.filter(|cut| start < *cut && *cut < end).collect();
    cuts.extend([start, end]);
    cuts.sort_by(|a, b| a.get().total_cmp(&b.get()));
    cuts.dedup();
    let stretches = cuts.windows(2).filter(|it| SLIVER <= it[1] - it[0]);
    let found: Vec<Pt> = stretches.map(|it| it[0] + (it[1] - it[0]) / 2.0).collect();
    if found.is_empty() { vec![start + (end - start) / 2.0] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(bar: Rect) -> Ground {
        let mut ground = Ground::new(Rgb::BLACK);
        ground.paint(Painted {
            rect: bar,
            layer: Some(Layer::new(Rgb::WHITE, 1.0)),
            focus: None,
            picture: None,
        });
        ground
    }

    const TEXT: Rect = Rect::new(Pt(10.0), Pt(100.0), Pt(80.0), Pt(30.0));

    #[test]
    fn what_is_behind_one_letter_counts() {
        let behind = |x: f64, w: f64| {
            ground(Rect::new(Pt(x), Pt(90.0), Pt(w), Pt(50.0))).behind(TEXT, Rgb::WHITE)
        };
        assert_eq!(behind(0.0, 24.0), Backdrop::plain(Rgb::WHITE));
        // Beside it, and so little of it that no letter stands there.
        assert_eq!(behind(0.0, 9.0), Backdrop::plain(Rgb::BLACK));
        assert_eq!(behind(0.0, 11.5), Backdrop::plain(Rgb::BLACK));
    }

    #[test]
    fn what_is_above_or_below_the_letters_does_not() {
        let behind = |y: f64, h: f64| {
            ground(Rect::new(Pt(0.0), Pt(y), Pt(200.0), Pt(h))).behind(TEXT, Rgb::WHITE)
        };
        assert_eq!(behind(70.0, 35.0), Backdrop::plain(Rgb::BLACK));
        assert_eq!(behind(125.0, 35.0), Backdrop::plain(Rgb::BLACK));
        assert_eq!(behind(70.0, 48.0), Backdrop::plain(Rgb::WHITE));
    }

    #[test]
    fn another_focus_takes_the_place_of_the_one_that_is_painted() {
        let white = Some(Layer::new(Rgb::WHITE, 1.0));
        let here = Rect::new(Pt(0.0), Pt(90.0), Pt(200.0), Pt(50.0));
        let elsewhere = Rect { y: Pt(300.0), ..here };
        let band = |rect| Painted { rect, layer: white, focus: Some(BlockId(1)), picture: None };
        let mut ground = Ground::new(Rgb::BLACK);
        ground.paint(band(here));
        let moved = ground.with_focus(BlockId(1), 0, vec![band(elsewhere)]);
        assert_eq!(ground.behind(TEXT, Rgb::WHITE), Backdrop::plain(Rgb::WHITE));
        assert_eq!(moved.behind(TEXT, Rgb::WHITE), Backdrop::plain(Rgb::BLACK));
    }
}
