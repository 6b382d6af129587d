//! How a picture is shown: its size, and what of it.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Filter, Size};

/// What an author says of how a picture is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Showing {
    /// How wide its box is; `None` for what its height, or its room, gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Extent>,
    /// How high its box is, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Extent>,
    /// How it stands in its box.
    pub fit: Fit,
    /// What is made of its pixels beforehand; `None` for a picture as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<Box<Edit>>,
}

/// A length of a picture's box; above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// Points of the canvas, which is 540 of them high.
    Points(u16),
    /// Hundredths of the room that the picture has, at most 100.
    Percent(u16),
}

/// How a picture stands in its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// All of it is seen.
    #[default]
    Contain,
    /// It fills its box, and what reaches past it is cut off, as much on one side
    /// as on the other.
    Cover,
}

impl Fit {
    /// The words for them in decks.
    pub const NAMES: [(&'static str, Self); 2] =
        [("contain", Self::Contain), ("cover", Self::Cover)];
}

/// What is made of the pixels of a picture before it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// The file that the pixels come from, as an image without an edit names it.
    pub file: String,
    /// Hundredths of the picture that are cut off at its top, right, bottom and
    /// left.
    pub crop: [u8; 4],
    /// What is made of their colours, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// The room that it is blurred for; `None` for one as wide as the canvas.
    #[serde(skip)]
    pub room: Option<Room>,
}

/// A room, and how a picture stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its width and height in whole points.
    pub extent: (u16, u16),
    /// How large the picture is in it.
    pub size: Size,
}

impl Edit {
    /// Nothing is cut off.
    pub const WHOLE: [u8; 4] = [0; 4];

    /// A name for the edited picture that no file has.
    #[must_use]
    pub fn asset(&self) -> String {
        format!("{}/{}", self.file, self.name())
    }

    /// A name for what is made of it, whatever the file.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = String::new();
        if self.crop != Self::WHOLE {
            let [top, right, bottom, left] = self.crop;
            write!(name, "/crop={top},{right},{bottom},{left}").expect("a string takes all");
        }
        for Filter { kind, amount } in &self.filters {
            write!(name, "/{}={}", kind.name(), f64::from(*amount) / 1000.0)
                .expect("a string takes all");
        }
        if let Some(Room { extent: (w, h), size }) = self.room {
            write!(name, "/{w}x{h}-{size:?}").expect("a string takes all");
        }
        name
    }
}
