//! How dark and how light a picture is, part by part: what a text in front of it
//! can meet.
//!
//! A picture is seen blended with what is behind it, and larger or smaller than it
//! is. What is shown between its pixels lies between them, so the darkest and the
//! lightest value of each channel in a part, and in the parts beside it, hold for
//! every pixel of the screen there.

use image::DynamicImage;

use super::{Figure, Format, metadata, raster};
use crate::color::{Backdrop, Layer, Rgb};

/// Into how many parts a picture is divided across and down, at most.
const PARTS: u32 = 64;

/// The tones of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Tones {
    columns: u32,
    rows: u32,
    /// Row by row.
    parts: Vec<Part>,
}

/// What a part shows on black and on white: of what can be seen through, more of
/// the one or of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    on_black: Backdrop,
    on_white: Backdrop,
}

impl Tones {
    /// Those of a picture of which nothing is known.
    const ANY: Part = Part { on_black: Backdrop::ANY, on_white: Backdrop::ANY };

    /// The tones of a figure. Of one that moves or whose pixels cannot be decoded, it
    /// may be anything.
    pub(super) fn of(key: &str, figure: &Figure) -> Self {
        let known = match figure.format {
            Format::Mp4 | Format::Webm => None,
            Format::Svg => figure.colors.as_deref().map(Self::of_drawing),
            format if metadata::moves(format, &figure.bytes) => None,
            Format::Png | Format::Jpeg | Format::Gif | Format::Webp => {
                raster::turned(key, figure).ok().map(|pixels| Self::of_pixels(&pixels))
            }
        };
        known.unwrap_or_else(|| Self { columns: 1, rows: 1, parts: vec![Self::ANY] })
    }

    /// What a drawing paints is somewhere between its colours, and what it leaves
    /// free shows what is behind it.
    fn of_drawing(colors: &[Layer]) -> Self {
        let mut part =
            Part { on_black: Backdrop::plain(Rgb::BLACK), on_white: Backdrop::plain(Rgb::WHITE) };
        for color in colors.iter().map(|layer| layer.pure()) {
            part.on_black = part.on_black.or(color);
            part.on_white = part.on_white.or(color);
        }
        Self { columns: 1, rows: 1, parts: vec![part] }
    }

    fn of_pixels(pixels: &DynamicImage) -> Self {
        let (width, height) = (pixels.width().max(1), pixels.height().max(1));
        let (columns, rows) = (width.min(PARTS), height.min(PARTS));
        let mut parts: Vec<Option<Part>> = vec![None; (columns * rows) as usize];
        let mut add = |x: u32, y: u32, on_black: Rgb, on_white: Rgb| {
            let place =
                |at: u32, of: u32, parts: u32| u64::from(at) * u64::from(parts) / u64::from(of);
            let at = place(y, height, rows) * u64::from(columns) + place(x, width, columns);
            let Some(part) = usize::try_from(at).ok().and_then(|at| parts.get_mut(at)) else {
                return;
            };
            let part = part.get_or_insert(Part {
                on_black: Backdrop::plain(on_black),
                on_white: Backdrop::plain(on_white),
            });
            part.on_black = part.on_black.or(on_black);
            part.on_white = part.on_white.or(on_white);
        };
        if pixels.color().has_alpha() {
            for (x, y, pixel) in pixels.to_rgba8().enumerate_pixels() {
                let [r, g, b, alpha] = pixel.0;
                let layer = Layer::new(Rgb::new(r, g, b), f64::from(alpha) / 255.0);
                add(x, y, layer.on(Rgb::BLACK), layer.on(Rgb::WHITE));
            }
        } else {
            for (x, y, pixel) in pixels.to_rgb8().enumerate_pixels() {
                let [r, g, b] = pixel.0;
                let color = Rgb::new(r, g, b);
                add(x, y, color, color);
            }
        }
        let parts = parts.into_iter().map(|part| part.unwrap_or(Self::ANY)).collect();
        Self { columns, rows, parts }
    }

    /// What a part of the picture can show in front of a backdrop. The part is
    /// given by its left, top, right and bottom as shares of the picture.
    #[must_use]
    pub fn on(&self, backdrop: Backdrop, [left, top, right, bottom]: [f64; 4]) -> Backdrop {
        // What is beside a part is blended with it where pixels are scaled.
        let range = |from: f64, to: f64, parts: u32| {
            let place = |share: f64| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let at = (share * f64::from(parts)).floor().clamp(0.0, f64::from(parts - 1)) as u32;
                at
            };
            place(from).saturating_sub(1)..=(place(to) + 1).min(parts - 1)
        };
        let mut found: Option<Backdrop> = None;
        for row in range(top, bottom, self.rows) {
            for column in range(left, right, self.columns) {
                let Some(part) = self.parts.get((row * self.columns + column) as usize) else {
                    continue;
                };
                let seen = part.on(backdrop);
                found = Some(found.map_or(seen, |it| it.or(seen.darkest).or(seen.lightest)));
            }
        }
        found.unwrap_or(Backdrop::ANY)
    }
}

impl Part {
    /// In front of what is between two colours.
    ///
    /// A channel of a pixel is a straight line over that of what is behind it. The
    /// lowest of several lines lies above the line between its ends, and the
    /// highest below.
    fn on(self, backdrop: Backdrop) -> Backdrop {
        let between = |black: u8, white: u8, at: u8| {
            let share = f64::from(at) / 255.0;
            f64::from(black) + (f64::from(white) - f64::from(black)) * share
        };
        let channels = |black: Rgb, white: Rgb, at: Rgb| {
            [(black.r, white.r, at.r), (black.g, white.g, at.g), (black.b, white.b, at.b)]
                .map(|(black, white, at)| between(black, white, at))
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let rgb = |[r, g, b]: [f64; 3]| Rgb::new(r as u8, g as u8, b as u8);
        Backdrop {
            darkest: rgb(channels(self.on_black.darkest, self.on_white.darkest, backdrop.darkest)
                .map(f64::floor)),
            lightest: rgb(channels(
                self.on_black.lightest,
                self.on_white.lightest,
                backdrop.lightest,
            )
            .map(f64::ceil)),
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    #[test]
    fn a_part_of_a_picture_has_tones_of_its_own() {
        let halves = RgbaImage::from_fn(640, 640, |x, _| {
            if x < 320 { Rgba([10, 20, 30, 255]) } else { Rgba([250, 240, 230, 255]) }
        });
        let tones = Tones::of_pixels(&DynamicImage::ImageRgba8(halves));
        let paper = Backdrop::plain(Rgb::BLACK);
        let dark = tones.on(paper, [0.0, 0.0, 0.4, 1.0]);
        assert_eq!(dark, Backdrop::plain(Rgb::new(10, 20, 30)));
        let both = tones.on(paper, [0.0, 0.0, 0.6, 1.0]);
        assert_eq!(both.lightest, Rgb::new(250, 240, 230));
        assert_eq!(both.darkest, Rgb::new(10, 20, 30));
    }

    #[test]
    fn what_is_behind_a_picture_shows_through() {
        let half = RgbaImage::from_pixel(2, 2, Rgba([200, 0, 0, 128]));
        let tones = Tones::of_pixels(&DynamicImage::ImageRgba8(half));
        let on = |paper| tones.on(Backdrop::plain(paper), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(on(Rgb::BLACK), Backdrop::plain(Rgb::new(100, 0, 0)));
        assert_eq!(on(Rgb::WHITE), Backdrop::plain(Rgb::new(227, 127, 127)));
    }
}
