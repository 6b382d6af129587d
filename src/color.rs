//! Colours and the contrast between them.
//!
//! Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) with relative
//! luminance, compared unrounded.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

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

/// A colour that may let some of what is behind it through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// Red, green and blue, 0 to 255, each times the share that is covered.
    covered: [f64; 3],
    /// The share that is covered, from 0 to 1.
    alpha: f64,
}

impl Layer {
    /// Nothing at all.
    pub const CLEAR: Self = Self { covered: [0.0; 3], alpha: 0.0 };

    /// A colour that covers this share, from 0 to 1, of what is behind it.
    #[must_use]
    pub fn new(color: Rgb, alpha: f64) -> Self {
        let alpha = alpha.clamp(0.0, 1.0);
        let channels = [color.r, color.g, color.b];
        Self { covered: channels.map(|channel| f64::from(channel) * alpha), alpha }
    }

    /// Whether nothing behind it shows.
    #[must_use]
    pub fn is_opaque(self) -> bool {
        1.0 <= self.alpha
    }

    /// This on top of another one, as "source over" composes them (W3C
    /// Compositing and Blending, 9.1.4).
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let through = 1.0 - self.alpha;
        let mut covered = self.covered;
        for (channel, under) in covered.iter_mut().zip(below.covered) {
            *channel += under * through;
        }
        Self { covered, alpha: self.alpha + below.alpha * through }
    }

    /// This with only a share, from 0 to 1, of its opacity.
    #[must_use]
    pub fn faded(self, share: f64) -> Self {
        Self { covered: self.covered.map(|channel| channel * share), alpha: self.alpha * share }
    }

    /// The colour itself, as it would cover all that is behind it; black for one
    /// that covers nothing.
    #[must_use]
    pub fn pure(self) -> Rgb {
        let channels =
            if self.alpha > 0.0 { self.covered.map(|it| it / self.alpha) } else { [0.0; 3] };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let [r, g, b] = channels.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
        Rgb::new(r, g, b)
    }

    /// What is seen of it in front of an opaque colour.
    #[must_use]
    pub fn on(self, color: Rgb) -> Rgb {
        let seen = self.over(Self::new(color, 1.0)).covered;
        // A share of a channel value and the rest of another, so it fits.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let [r, g, b] = seen.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
        Rgb::new(r, g, b)
    }
}

/// What stands behind a text: some colour between two.
///
/// Both are the same where the colour is known. Behind a picture they are black
/// and white, since any pixel may be under any letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Backdrop {
    /// The lowest value of each channel.
    pub darkest: Rgb,
    /// The highest value of each channel.
    pub lightest: Rgb,
}

impl Backdrop {
    /// Any colour at all.
    pub const ANY: Self = Self { darkest: Rgb::BLACK, lightest: Rgb::WHITE };

    /// One known colour.
    #[must_use]
    pub const fn plain(color: Rgb) -> Self {
        Self { darkest: color, lightest: color }
    }

    /// This or one more colour.
    #[must_use]
    pub fn or(self, color: Rgb) -> Self {
        let each = |a: Rgb, b: Rgb, pick: fn(u8, u8) -> u8| {
            Rgb::new(pick(a.r, b.r), pick(a.g, b.g), pick(a.b, b.b))
        };
        Self {
            darkest: each(self.darkest, color, u8::min),
            lightest: each(self.lightest, color, u8::max),
        }
    }

    /// This with a layer, such as a scrim, in front of it.
    #[must_use]
    pub fn under(self, layer: Layer) -> Self {
        Self { darkest: layer.on(self.darkest), lightest: layer.on(self.lightest) }
    }

    /// The lowest contrast that a colour can have in front of it: 1 for a colour
    /// that is as light as something between the two.
    #[must_use]
    pub fn contrast(self, color: Rgb) -> f64 {
        let (dark, light) = (self.darkest.luminance(), self.lightest.luminance());
        if (dark..=light).contains(&color.luminance()) {
            1.0
        } else {
            color.contrast(self.darkest).min(color.contrast(self.lightest))
        }
    }
}

impl fmt::Display for Backdrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.darkest == self.lightest {
            write!(f, "`{}`", self.darkest)
        } else {
            write!(f, "anything from `{}` to `{}`", self.darkest, self.lightest)
        }
    }
}

/// One channel, made linear. There are few, and every word of a deck asks.
fn linear(channel: u8) -> f64 {
    static LINEAR: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        (0..=u8::MAX).map(linear).collect()
    });
    LINEAR[usize::from(channel)]
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
    fn layers_compose_as_they_are_painted() {
        let half = Layer::new(Rgb::WHITE, 0.5);
        assert_eq!(half.on(Rgb::BLACK), Rgb::new(128, 128, 128));
        assert_eq!(half.over(half).on(Rgb::BLACK), Rgb::new(191, 191, 191));
        assert_eq!(Layer::new(Rgb::WHITE, 1.0).faded(0.5), half);
        assert_eq!(Layer::CLEAR.on(Rgb::WHITE), Rgb::WHITE);
    }

    #[test]
    fn text_on_a_picture_needs_a_scrim() {
        let scrim = |alpha| Backdrop::ANY.under(Layer::new(Rgb::BLACK, alpha));
        assert!((Backdrop::ANY.contrast(Rgb::WHITE) - 1.0).abs() < 1e-9);
        // White on the lightest pixel under a black scrim: #999999 gives 2.8:1,
        // #595959 gives 7.0:1.
        assert!(scrim(0.4).contrast(Rgb::WHITE) < 4.5);
        assert!(scrim(0.651).contrast(Rgb::WHITE) >= 7.0);
    }

    #[test]
    fn the_nearest_passing_colour_passes() {
        let weak = Rgb::new(0x88, 0x88, 0x88);
        let found = weak.nearest_passing(&[Rgb::WHITE], 7.0).expect("black passes on white");
        assert!(found.contrast(Rgb::WHITE) >= 7.0);
        assert_eq!(Rgb::BLACK.nearest_passing(&[Rgb::BLACK, Rgb::WHITE], 7.0), None);
    }
}
