//! Filters, made in the pixels of a picture once, so that both outputs show the
//! same.
//!
//! The arithmetic is that of CSS (W3C Filter Effects Module Level 1, section 8:
//! the shorthand functions, which work on sRGB values). Each filter cuts its
//! result to what a channel can hold, as the next one finds it there. Other than
//! in CSS, a blur takes what lies beyond an edge for more of the edge: the edges of
//! a picture stay, and show no rim of what is behind it.

use image::RgbaImage;
use rayon::prelude::*;

use crate::model::{Filter, FilterKind};

/// Makes filters in pixels, in order. `scale` is how many pixels of the picture
/// are one of the canvas.
pub(super) fn apply(pixels: &mut RgbaImage, filters: &[Filter], scale: f64) {
    let mut waiting: Vec<Step> = Vec::new();
    for filter in filters {
        let amount = f64::from(filter.amount) / 1000.0;
        if filter.kind == FilterKind::Blur {
            colors(pixels, &std::mem::take(&mut waiting));
            blur(pixels, amount * scale);
        } else {
            waiting.push(Step::of(filter.kind, amount));
        }
    }
    colors(pixels, &waiting);
}

/// What a filter does to a colour, channels from 0 to 1.
enum Step {
    /// Each channel times the first number, and the second.
    Linear(f64, f64),
    /// The rows of a matrix.
    Matrix([[f64; 3]; 3]),
    /// The opacity times this.
    Fade(f64),
}

impl Step {
    fn of(kind: FilterKind, amount: f64) -> Self {
        let rest = 1.0 - amount.min(1.0);
        match kind {
            FilterKind::Brightness => Self::Linear(amount, 0.0),
            FilterKind::Contrast => Self::Linear(amount, 0.5 - 0.5 * amount),
            FilterKind::Invert => Self::Linear(1.0 - 2.0 * amount, amount),
            FilterKind::Opacity => Self::Fade(amount),
            FilterKind::Grayscale => Self::Matrix(between(LUMINANCE, rest)),
            FilterKind::Sepia => Self::Matrix(between(SEPIA, rest)),
            FilterKind::Saturate => Self::Matrix(between(GREY, amount)),
            FilterKind::HueRotate => Self::Matrix(turned(amount)),
            // It is no matter of one pixel.
            FilterKind::Blur => Self::Linear(1.0, 0.0),
        }
    }

    fn on(&self, color: [f64; 4]) -> [f64; 4] {
        let [red, green, blue, alpha] = color;
        let cut = |value: f64| value.clamp(0.0, 1.0);
        match self {
            Self::Linear(slope, rise) => {
                let each = |channel: f64| cut(channel * slope + rise);
                [each(red), each(green), each(blue), alpha]
            }
            Self::Matrix(rows) => {
                let made = rows.map(|row| cut(row[0] * red + row[1] * green + row[2] * blue));
                [made[0], made[1], made[2], alpha]
            }
            Self::Fade(share) => [red, green, blue, cut(alpha * share)],
        }
    }
}

/// Grey of the same luminance (8.3, `grayscale`).
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];
/// Grey as `feColorMatrix` of type `saturate` has it (8.9).
const GREY: [f64; 3] = [0.213, 0.715, 0.072];
/// Brown (8.10, `sepia`).
const SEPIA: [[f64; 3]; 3] = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]];

/// Either the same row for all channels, or one for each.
trait Rows {
    fn rows(self) -> [[f64; 3]; 3];
}

impl Rows for [f64; 3] {
    fn rows(self) -> [[f64; 3]; 3] {
        [self; 3]
    }
}

impl Rows for [[f64; 3]; 3] {
    fn rows(self) -> [[f64; 3]; 3] {
        self
    }
}

/// A matrix of which `rest` stays as it was.
fn between(whole: impl Rows, rest: f64) -> [[f64; 3]; 3] {
    let mut rows = whole.rows();
    for (nth, row) in rows.iter_mut().enumerate() {
        for (at, value) in row.iter_mut().enumerate() {
            let same = if nth == at { 1.0 } else { 0.0 };
            *value += (same - *value) * rest;
        }
    }
    rows
}

/// The hues turned by so many degrees (`feColorMatrix` of type `hueRotate`).
fn turned(degrees: f64) -> [[f64; 3]; 3] {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let row = |fixed: [f64; 3], by_cos: [f64; 3], by_sin: [f64; 3]| {
        [0, 1, 2].map(|at| fixed[at] + by_cos[at] * cos + by_sin[at] * sin)
    };
    [
        row(GREY, [0.787, -0.715, -0.072], [-0.213, -0.715, 0.928]),
        row(GREY, [-0.213, 0.285, -0.072], [0.143, 0.140, -0.283]),
        row(GREY, [-0.213, -0.715, 0.928], [-0.787, 0.715, 0.072]),
    ]
}

/// Makes steps in every pixel.
fn colors(pixels: &mut RgbaImage, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    pixels.par_chunks_exact_mut(4).for_each(|pixel| {
        let channel = |at: usize| f64::from(pixel[at]) / 255.0;
        let color = [channel(0), channel(1), channel(2), channel(3)];
        let made = steps.iter().fold(color, |color, step| step.on(color));
        for (channel, value) in pixel.iter_mut().zip(made) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
            let value = (value * 255.0).round() as u8;
            *channel = value;
        }
    });
}

/// Blurs with a standard deviation in pixels, across and then down. Colours weigh
/// as much as they cover.
fn blur(pixels: &mut RgbaImage, deviation: f64) {
    if deviation < 0.05 {
        return;
    }
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    weigh(pixels);
    let lens = Lens::of(deviation);
    pixels.par_chunks_exact_mut(width * 4).for_each(|row| lens.blur(row));
    let mut columns = turn(pixels, width, height);
    columns.par_chunks_exact_mut(height * 4).for_each(|column| lens.blur(column));
    pixels.copy_from_slice(&turn(&columns, height, width));
    unweigh(pixels);
}

/// Colours times their opacity.
fn weigh(pixels: &mut [u8]) {
    pixels.par_chunks_exact_mut(4).for_each(|pixel| {
        let alpha = u32::from(pixel[3]);
        for channel in &mut pixel[..3] {
            *channel = u8::try_from((u32::from(*channel) * alpha + 127) / 255).unwrap_or(u8::MAX);
        }
    });
}

/// Colours over their opacity.
fn unweigh(pixels: &mut [u8]) {
    pixels.par_chunks_exact_mut(4).for_each(|pixel| {
        let alpha = u32::from(pixel[3]).max(1);
        for channel in &mut pixel[..3] {
            let whole = (u32::from(*channel) * 255 + alpha / 2) / alpha;
            *channel = u8::try_from(whole).unwrap_or(u8::MAX);
        }
    });
}

/// Rows as columns.
fn turn(pixels: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut turned = vec![0; pixels.len()];
    turned.par_chunks_exact_mut(height * 4).enumerate().for_each(|(x, column)| {
        for (y, pixel) in column.chunks_exact_mut(4).enumerate() {
            let at = (y * width + x) * 4;
            pixel.copy_from_slice(&pixels[at..at + 4]);
        }
    });
    turned
}

/// How a row is blurred.
enum Lens {
    /// By these weights, of which the first is the pixel's own; they and their like
    /// on the other side sum to 65,536.
    Weights(Vec<u64>),
    /// By three means in a row, each of the pixels so far before and behind: what
    /// the specification allows from 2 pixels on (`feGaussianBlur`).
    Means([(usize, usize); 3]),
}

impl Lens {
    fn of(deviation: f64) -> Self {
        if deviation < 2.0 {
            let weight = |at: u32| {
                let off = f64::from(at) / deviation;
                libm::exp(-off * off / 2.0)
            };
            let all: Vec<f64> = (0..=6).map(weight).collect();
            let sum = all[0] + 2.0 * all[1..].iter().sum::<f64>();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 2^16"
            )]
            let mut weights: Vec<u64> =
                all.iter().map(|weight| (weight / sum * 65_536.0).round() as u64).collect();
            weights[0] = 65_536 - 2 * weights[1..].iter().sum::<u64>();
            return Self::Weights(weights);
        }
        let exact = deviation * 3.0 * (2.0 * std::f64::consts::PI).sqrt() / 4.0 + 0.5;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is small")]
        let size = (exact.floor() as usize).max(1);
        let half = size / 2;
        Self::Means(if size.is_multiple_of(2) {
            [(half, half - 1), (half - 1, half), (half, half)]
        } else {
            [(half, half); 3]
        })
    }

    /// Blurs a row of pixels.
    fn blur(&self, row: &mut [u8]) {
        match self {
            Self::Weights(weights) => weighted(row, weights),
            Self::Means(means) => {
                for (before, behind) in means {
                    mean(row, *before, *behind);
                }
            }
        }
    }
}

fn weighted(row: &mut [u8], weights: &[u64]) {
    let old = row.to_vec();
    let last = old.len() / 4 - 1;
    for at in 0..=last {
        for channel in 0..4 {
            let value = |at: usize| u64::from(old[at * 4 + channel]);
            let pairs = weights.iter().enumerate().skip(1);
            let sum = pairs.fold(weights[0] * value(at), |sum, (off, weight)| {
                sum + weight * (value(at.saturating_sub(off)) + value((at + off).min(last)))
            });
            row[at * 4 + channel] = u8::try_from((sum + 32_768) >> 16).unwrap_or(u8::MAX);
        }
    }
}

/// Each pixel becomes the mean of those so far before and behind it, which are
/// summed on the way.
fn mean(row: &mut [u8], before: usize, behind: usize) {
    let old = row.to_vec();
    let last = old.len() / 4 - 1;
    let size = (before + behind + 1) as u64;
    for channel in 0..4 {
        let value = |at: usize| u64::from(old[at.min(last) * 4 + channel]);
        let mut sum = value(0) * before as u64 + (0..=behind).map(value).sum::<u64>();
        for at in 0..=last {
            row[at * 4 + channel] = u8::try_from((sum + size / 2) / size).unwrap_or(u8::MAX);
            sum += value(at + behind + 1);
            sum -= value(at.saturating_sub(before));
        }
    }
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn made(kind: FilterKind, amount: i32, color: [u8; 4]) -> [u8; 4] {
        let mut pixels = RgbaImage::from_pixel(1, 1, Rgba(color));
        apply(&mut pixels, &[Filter { kind, amount }], 1.0);
        pixels.get_pixel(0, 0).0
    }

    /// Those of Chromium 156 for the same filters, but for one in rounding.
    #[test]
    fn colours_become_what_browsers_make_of_them() {
        let color = [200, 100, 50, 255];
        assert_eq!(made(FilterKind::Brightness, 600, color), [120, 60, 30, 255]);
        assert_eq!(made(FilterKind::Brightness, 1500, color), [255, 150, 75, 255]);
        assert_eq!(made(FilterKind::Contrast, 2000, color), [255, 73, 0, 255]);
        assert_eq!(made(FilterKind::Invert, 1000, color), [55, 155, 205, 255]);
        assert_eq!(made(FilterKind::Grayscale, 1000, color), [118, 118, 118, 255]);
        assert_eq!(made(FilterKind::Sepia, 1000, color), [165, 147, 114, 255]);
        assert_eq!(made(FilterKind::Saturate, 2000, color), [255, 82, 0, 255]);
        assert_eq!(made(FilterKind::HueRotate, 180_000, color), [35, 135, 185, 255]);
        assert_eq!(made(FilterKind::Opacity, 300, color), [200, 100, 50, 77]);
    }

    #[test]
    fn a_blur_spreads_light_and_loses_none() {
        for deviation in [1.0, 4.0] {
            let mut pixels = RgbaImage::from_pixel(81, 81, Rgba([0, 0, 0, 255]));
            for x in 38..43 {
                for y in 38..43 {
                    pixels.put_pixel(x, y, Rgba([255, 255, 255, 255]));
                }
            }
            blur(&mut pixels, deviation);
            let sum: u64 = pixels.pixels().map(|it| u64::from(it.0[0])).sum();
            let all = 25 * 255;
            assert!(sum.abs_diff(all) < all / 10, "{deviation}: {sum} of {all}");
            assert!(pixels.get_pixel(40, 40).0[0] < 255);
            assert_eq!(pixels.get_pixel(0, 0).0, [0, 0, 0, 255]);
        }
    }

    #[test]
    fn the_edges_of_a_blurred_picture_stay() {
        let mut pixels = RgbaImage::from_pixel(9, 5, Rgba([90, 60, 30, 255]));
        blur(&mut pixels, 12.0);
        assert!(pixels.pixels().all(|it| it.0 == [90, 60, 30, 255]));
    }
}
