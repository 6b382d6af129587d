//! Lengths, points and rectangles on the canvas.
//!
//! Takes and gives plain numbers in points. There are no pixels here: CSS
//! pixels exist in `html/` only, and 1 pt is 4/3 px there.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A length in points on a canvas that is 540 pt high.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Pt(pub f64);

impl Pt {
    /// No length at all.
    pub const ZERO: Self = Self(0.0);

    /// The number of points.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The larger of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The smaller of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// Rounded to a hundredth of a point, for messages and dumps.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self((self.0 * 100.0).round() / 100.0)
    }
}

impl std::fmt::Display for Pt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} pt", (self.0 * 10.0).round() / 10.0)
    }
}

impl Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Pt {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Pt {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<f64> for Pt {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Div for Pt {
    type Output = f64;
    fn div(self, divisor: Self) -> f64 {
        self.0 / divisor.0
    }
}

impl Sum for Pt {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// A rectangle: its top left corner, measured from the top left corner of the
/// canvas, and its extent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rect {
    /// Distance from the left edge of the canvas.
    pub x: Pt,
    /// Distance from the top edge of the canvas.
    pub y: Pt,
    /// Width, never negative.
    pub w: Pt,
    /// Height, never negative.
    pub h: Pt,
}

impl Rect {
    /// A rectangle from its corner and extent.
    #[must_use]
    pub const fn new(x: Pt, y: Pt, w: Pt, h: Pt) -> Self {
        Self { x, y, w, h }
    }

    /// The x of the right edge.
    #[must_use]
    pub fn right(self) -> Pt {
        self.x + self.w
    }

    /// The y of the bottom edge.
    #[must_use]
    pub fn bottom(self) -> Pt {
        self.y + self.h
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        let right = self.right().max(other.right());
        let bottom = self.bottom().max(other.bottom());
        Self::new(x, y, right - x, bottom - y)
    }

    /// What both cover; without extent where they do not meet.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let x = self.x.max(other.x);
        let y = self.y.max(other.y);
        let right = self.right().min(other.right()).max(x);
        let bottom = self.bottom().min(other.bottom()).max(y);
        Self::new(x, y, right - x, bottom - y)
    }
}

/// The canvas of a deck. Both are 540 pt high, so that "24 pt" means the same
/// share of the screen on each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Canvas {
    /// 16:9, which is 960 x 540 pt.
    #[default]
    #[serde(rename = "16:9")]
    Wide,
    /// 4:3, which is 720 x 540 pt.
    #[serde(rename = "4:3")]
    Standard,
}

impl Canvas {
    /// Every canvas, widest first.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Standard];

    /// The name used in front matter: `16:9` or `4:3`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Standard => "4:3",
        }
    }

    /// The width of the canvas.
    #[must_use]
    pub const fn width(self) -> Pt {
        match self {
            Self::Wide => Pt(960.0),
            Self::Standard => Pt(720.0),
        }
    }

    /// The band at the foot of the canvas that holds the footer, the slide number
    /// and the logo: one line of small text.
    #[must_use]
    pub fn footer(self) -> Rect {
        Self::footer_of(self.rect())
    }

    /// The same of a part of the canvas.
    #[must_use]
    pub fn footer_of(part: Rect) -> Rect {
        const SIDE: Pt = Pt(16.0);
        const BAND: Pt = Pt(22.0);
        Rect::new(part.x + SIDE, part.bottom() - BAND, part.w - SIDE * 2.0, Pt(18.0))
    }

    /// All of the canvas.
    #[must_use]
    pub const fn rect(self) -> Rect {
        Rect::new(Pt::ZERO, Pt::ZERO, self.width(), self.height())
    }

    /// The height of the canvas: 540 pt.
    #[must_use]
    pub const fn height(self) -> Pt {
        Pt(540.0)
    }
}
