//! Colours and the contrast between them.
//!
//! Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) with relative
//! luminance, compared unrounded.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct Rgb {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
}

impl Rgb {
    /// Black.
    pub const BLACK: Self = Self::new(0, 0, 0);
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// A colour from its channels.
    #[must_use]
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative
    /// luminance", with the threshold 0.04045 of IEC 61966-2-1).
    #[must_use]
    pub fn luminance(self) -> f64 {
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// The contrast ratio with another colour, from 1 to 21 (WCAG 2.2,
    /// "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour on the straight line to `other`, at `share` of the way from
    /// 0 to 1, channel by channel.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let channel = |a: u8, b: u8| {
            let mixed = f64::from(a) + (f64::from(b) - f64::from(a)) * share;
            // Between two channel values, so it fits.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let mixed = mixed.round() as u8;
            mixed
        };
        Self::new(channel(self.r, other.r), channel(self.g, other.g), channel(self.b, other.b))
    }

    /// The colour nearest to this one that reaches `floor` against every
    /// background: this colour mixed with white or black by as little as
    /// passes. `None` where neither white nor black passes.
    #[must_use]
    pub fn nearest_passing(self, backgrounds: &[Self], floor: f64) -> Option<Self> {
        let passes = |color: Self| backgrounds.iter().all(|back| color.contrast(*back) >= floor);
        (0..=255u8)
            .map(|step| f64::from(step) / 255.0)
            .flat_map(|share| [self.mix(Self::WHITE, share), self.mix(Self::BLACK, share)])
            .find(|color| passes(*color))
    }
}

/// One channel, made linear.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

/// A text that is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAColor;

impl fmt::Display for NotAColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a colour is written `#rrggbb`")
    }
}

impl std::error::Error for NotAColor {}

impl FromStr for Rgb {
    type Err = NotAColor;

    /// Reads `#rrggbb`.
    fn from_str(text: &str) -> Result<Self, NotAColor> {
        let digits = text.strip_prefix('#').ok_or(NotAColor)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAColor);
        }
        let channel =
            |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| NotAColor);
        Ok(Self::new(channel(0)?, channel(2)?, channel(4)?))
    }
}

impl Serialize for Rgb {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes 4.5:1 on white, #777777 fails.
        let grey = |value| Rgb::new(value, value, value);
        assert!(grey(0x76).contrast(Rgb::WHITE) >= 4.5);
        assert!(grey(0x77).contrast(Rgb::WHITE) < 4.5);
    }

    #[test]
    fn the_nearest_passing_colour_passes() {
        let weak = Rgb::new(0x88, 0x88, 0x88);
        let found = weak.nearest_passing(&[Rgb::WHITE], 7.0).expect("black passes on white");
        assert!(found.contrast(Rgb::WHITE) >= 7.0);
        assert_eq!(Rgb::BLACK.nearest_passing(&[Rgb::BLACK, Rgb::WHITE], 7.0), None);
    }
}
