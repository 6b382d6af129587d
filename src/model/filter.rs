//! Filters: what is made of the colours of a picture.

use schemars::JsonSchema;
use serde::Serialize;

/// A filter of a picture, as CSS has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Filter {
    /// What it does.
    pub kind: FilterKind,
    /// How much of it, in thousandths: of one, of a degree, or of a pixel of a
    /// canvas that is 720 of them high.
    pub amount: i32,
}

/// What a filter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FilterKind {
    /// Blurs it; the amount is the standard deviation.
    Blur,
    /// Makes it lighter or darker.
    Brightness,
    /// Draws its tones apart or together.
    Contrast,
    /// Takes the colour out of it.
    Grayscale,
    /// Turns its hues.
    HueRotate,
    /// Makes dark light and light dark.
    Invert,
    /// Lets what is behind it through.
    Opacity,
    /// Makes its colours stronger or weaker.
    Saturate,
    /// Makes it brown, as old photos are.
    Sepia,
}

impl FilterKind {
    /// Every filter, by its word in decks.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("blur", Self::Blur),
        ("brightness", Self::Brightness),
        ("contrast", Self::Contrast),
        ("grayscale", Self::Grayscale),
        ("hue-rotate", Self::HueRotate),
        ("invert", Self::Invert),
        ("opacity", Self::Opacity),
        ("saturate", Self::Saturate),
        ("sepia", Self::Sepia),
    ];

    /// Its word in decks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// How much of it there is where an author does not say, as Marp has it.
    #[must_use]
    pub const fn usual(self) -> i32 {
        match self {
            Self::Blur => 10_000,
            Self::Brightness => 1500,
            Self::Contrast | Self::Saturate => 2000,
            Self::Grayscale | Self::Invert | Self::Sepia => 1000,
            Self::HueRotate => 180_000,
            Self::Opacity => 500,
        }
    }

    /// The least and the most of it that changes anything, in thousandths.
    #[must_use]
    pub const fn range(self) -> (i32, i32) {
        match self {
            Self::Blur => (0, 200_000),
            Self::Brightness | Self::Contrast | Self::Saturate => (0, 100_000),
            Self::Grayscale | Self::Invert | Self::Opacity | Self::Sepia => (0, 1000),
            Self::HueRotate => (-3_600_000, 3_600_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_the_order_of_the_variants() {
        for (name, kind) in FilterKind::NAMES {
            assert_eq!(kind.name(), name);
        }
    }
}
