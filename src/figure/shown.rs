//! How many of a picture's pixels anybody can see: as many as the largest box in
//! which it is shown has on a screen of twice the canvas's pixels.

use crate::geom::{Canvas, Pt, Rect};
use crate::model::{Extent, Fit, Image, Showing, Size};
use crate::place::Behind;

/// Pixels to a point on such a screen; the canvas has four thirds.
const PX_PER_PT: f64 = 8.0 / 3.0;

/// By how much a side may be longer than what is seen of it. Below that, a file of
/// fewer pixels is hardly smaller.
const MAX_EXCESS: f64 = 1.5;

/// The highest line of text: a picture in it is as high as its text.
const LINE: Pt = Pt(120.0);

/// A box in which a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    /// How wide it is; `None` for as wide as its height makes it, and for as wide as
    /// the picture is where that is not known either.
    width: Option<Pt>,
    /// How high it is, likewise.
    height: Option<Pt>,
    /// Whether the picture fills the box, and does not merely stand within it.
    covers: bool,
}

impl Shown {
    /// An image that stands alone in a room. What else stands there only takes from
    /// it. Within a list, a quote or a callout it is as high as its width makes it.
    pub(super) fn alone(image: &Image, room: Rect, is_nested: bool) -> Self {
        let Showing { width, height, fit, edit: _ } = &image.showing;
        let width = width.map(|it| length(it, room.w));
        let height = height.map(|it| length(it, room.h));
        match (width, height) {
            _ if *fit == Fit::Cover => {
                Self::over(width.unwrap_or(room.w), height.unwrap_or(room.h))
            }
            (None, None) if is_nested => Self { width: Some(room.w), height: None, covers: false },
            (None, None) => Self::within(room.w, room.h),
            (width, height) => Self { width, height, covers: false },
        }
    }

    /// A picture of a background.
    pub(super) fn behind(it: &Behind) -> Self {
        let room = it.room;
        match it.backing.size {
            Size::Cover => Self::over(room.w, room.h),
            Size::Contain => Self::within(room.w, room.h),
            // Each of its pixels is one of the canvas.
            Size::Auto => Self { width: None, height: None, covers: false },
            Size::Within(width, height) => Self {
                width: width.map(|it| length(it, room.w)),
                height: height.map(|it| length(it, room.h)),
                covers: false,
            },
        }
    }

    /// An image in a line of text.
    pub(super) const fn in_line() -> Self {
        Self { width: None, height: Some(LINE), covers: false }
    }

    /// A picture of which all is seen within a box.
    pub(super) const fn within(width: Pt, height: Pt) -> Self {
        Self { width: Some(width), height: Some(height), covers: false }
    }

    /// A picture that fills a box, and of which the rest is cut off.
    pub(super) const fn over(width: Pt, height: Pt) -> Self {
        Self { width: Some(width), height: Some(height), covers: true }
    }

    /// A picture as high as a band.
    pub(super) const fn high(height: Pt) -> Self {
        Self { width: None, height: Some(height), covers: false }
    }

    /// A picture in a drawing, by its size in a drawing and by points to a unit.
    pub(super) fn scaled(width: f64, height: f64, scale: f64) -> Self {
        Self::within(Pt(width * scale), Pt(height * scale))
    }

    /// The same on slides of a width in pixels, where that is more than those of the
    /// screen.
    pub(super) fn on(self, canvas: Canvas, width: u32) -> Self {
        let by = (f64::from(width) / (canvas.width().get() * PX_PER_PT)).max(1.0);
        let larger = |it: Option<Pt>| it.map(|it| it * by);
        Self { width: larger(self.width), height: larger(self.height), ..self }
    }

    /// Pixels of the screen to a pixel of a picture's side.
    fn share(self, (width, height): (f64, f64)) -> f64 {
        let across = self.width.map(|it| it.get() * PX_PER_PT / width);
        let down = self.height.map(|it| it.get() * PX_PER_PT / height);
        let shares = [across, down].into_iter().flatten();
        if self.covers { shares.fold(0.0, f64::max) } else { shares.fold(f64::INFINITY, f64::min) }
    }
}

/// A length of a box in a room.
fn length(extent: Extent, whole: Pt) -> Pt {
    match extent {
        Extent::Points(points) => Pt(f64::from(points)),
        Extent::Percent(hundredths) => whole * (f64::from(hundredths) / 100.0),
    }
}

/// Points to a unit of a drawing of a size where it is largest; `None` where that is
/// not known.
pub(super) fn scale(shown: &[Shown], size: (f64, f64)) -> Option<f64> {
    let share = shown.iter().map(|it| it.share(size)).reduce(f64::max)?;
    share.is_finite().then_some(share / PX_PER_PT)
}

/// How many pixels a picture of a size needs, shown in some boxes; `None` for one
/// that has no more, or hardly more. One that no box is known for needs all.
pub(super) fn needed(shown: &[Shown], (width, height): (u32, u32)) -> Option<(u32, u32)> {
    let size = (f64::from(width), f64::from(height));
    let share = shown.iter().map(|it| it.share(size)).reduce(f64::max)?;
    let side = |length: f64| {
        // A share of a length that fits, fits.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = (length * share).round() as u32;
        length.max(1)
    };
    (share * MAX_EXCESS < 1.0).then(|| (side(size.0), side(size.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_box_counts() {
        let slot = Shown::within(Pt(480.0), Pt(270.0));
        let whole = Shown::within(Pt(960.0), Pt(540.0));
        assert_eq!(needed(&[slot], (5120, 2880)), Some((1280, 720)));
        assert_eq!(needed(&[slot, whole, slot], (5120, 2880)), Some((2560, 1440)));
        // One and a half times what is seen is left alone, and so is less.
        assert_eq!(needed(&[slot], (1920, 1080)), None);
        assert_eq!(needed(&[slot], (640, 360)), None);
        assert_eq!(needed(&[], (5120, 2880)), None);
        // Of a slide that is drawn at 3840 pixels a quarter has 1920.
        assert_eq!(needed(&[slot.on(Canvas::Wide, 3840)], (5120, 2880)), Some((1920, 1080)));
        assert_eq!(slot.on(Canvas::Wide, 1920), slot);
    }

    #[test]
    fn what_is_cut_off_has_pixels_as_well() {
        let square = |covers| Shown { width: Some(Pt(300.0)), height: Some(Pt(300.0)), covers };
        assert_eq!(needed(&[square(false)], (4000, 2000)), Some((800, 400)));
        assert_eq!(needed(&[square(true)], (4000, 2000)), Some((1600, 800)));
        assert_eq!(needed(&[Shown::in_line()], (4000, 4000)), Some((320, 320)));
    }
}
