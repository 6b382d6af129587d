//! Motion: how a slide comes in where slides can move, which is in HTML.

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::Spanned;

/// How a slide comes in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Motion {
    /// What the slide asks for; otherwise the front matter decides.
    pub transition: Option<Transition>,
    /// A name that neighbouring slides share: between them, what stands on both
    /// moves to its new place.
    pub animate: Option<Spanned<String>>,
}

/// How a slide takes the place of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Transition {
    /// At once.
    #[default]
    None,
    /// It fades in.
    Fade,
    /// It comes in from the side, and pushes the other one out.
    Slide,
}

impl Transition {
    /// Every transition, by the name that decks and reveal.js use.
    pub const NAMES: [(&'static str, Self); 3] =
        [("none", Self::None), ("fade", Self::Fade), ("slide", Self::Slide)];

    /// The transition of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(it, _)| *it == name).map(|(_, transition)| transition)
    }

    /// The name that decks and reveal.js use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Fade => "fade",
            Self::Slide => "slide",
        }
    }
}
