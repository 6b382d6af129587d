//! What stands behind a slide, or beside all that is on it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Extent, Image};
use crate::source::Span;

/// The background of a slide: pictures that say nothing of their own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Background {
    /// The pictures, in order; they share the room evenly.
    pub pictures: Vec<Backing>,
    /// The part of the slide that they take for themselves; `None` where they
    /// stand behind everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// Whether they stand one below the other, and not side by side.
    pub stacked: bool,
}

/// One picture of a background.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Backing {
    /// What is written for it.
    pub span: Span,
    /// What stands between its brackets.
    #[serde(skip)]
    pub words: Span,
    /// The picture; it is decorative.
    pub image: Image,
    /// How large it is.
    pub size: Size,
    /// Hundredths of it that are seen; the background of the theme shows through
    /// the rest.
    pub opacity: u8,
}

impl Backing {
    /// The opacity of a picture of which nothing else is said, in hundredths.
    pub const OPAQUE: u8 = 100;
}

/// How large a picture of a background is. What reaches past its room is cut off,
/// as much on one side as on the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// It fills its room.
    #[default]
    Cover,
    /// All of it is seen.
    Contain,
    /// One of its pixels is one of the canvas, which is 720 of them high.
    Auto,
    /// It is so wide, or so high, or fits into a box of that size.
    Within(Option<Extent>, Option<Extent>),
}

/// Points to a pixel of the canvas, which has 1280 x 720 of them at 16:9.
const PT_PER_PX: f64 = 0.75;

impl Size {
    /// Points to a pixel of a picture of this many pixels, in a room in points.
    #[must_use]
    pub fn scale(self, (room_w, room_h): (f64, f64), (width, height): (f64, f64)) -> f64 {
        let (x, y) = (room_w / width, room_h / height);
        let of = |extent: Extent, whole: f64| match extent {
            Extent::Points(points) => f64::from(points),
            Extent::Percent(share) => whole * f64::from(share) / 100.0,
        };
        match self {
            Self::Cover => x.max(y),
            Self::Contain => x.min(y),
            Self::Auto | Self::Within(None, None) => PT_PER_PX,
            Self::Within(Some(w), None) => of(w, room_w) / width,
            Self::Within(None, Some(h)) => of(h, room_h) / height,
            Self::Within(Some(w), Some(h)) => (of(w, room_w) / width).min(of(h, room_h) / height),
        }
    }
}

/// The part of a slide that its background takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Split {
    /// Where it is.
    pub side: Side,
    /// Hundredths of the slide's width.
    pub share: u16,
}

/// A side of a slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// On the left.
    Left,
    /// On the right.
    Right,
}

impl Side {
    /// The word for it in decks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}
