//! Colours: what a file says its numbers mean, as sRGB.
//!
//! Browsers follow a profile, and programs that show a PDF mostly do not. Pictures
//! ship as sRGB, so that both outputs show the same.
//!
//! The profile is read by moxcms, and its tables are asked only where no processor
//! interpolates them in a way of its own; what lies between is computed here, so
//! that every machine gives the same.

use std::sync::LazyLock;

use image::DynamicImage;
use moxcms::{
    Chromaticity, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout, ToneReprCurve,
    TransferCharacteristics, TransformOptions,
};

use super::metadata::PngColours;

/// The largest difference of a channel, of 255, that nobody sees: profiles that mean
/// sRGB round it in as many ways as there are programs.
const TOLERANCE: u8 = 3;

/// The power that a screen makes light of television's numbers with (ITU-R BT.1886);
/// what a camera makes of light (BT.709) is not its inverse.
const TELEVISION: f32 = 2.4;

/// Nodes to a side of a table: those of moxcms, which it computes without
/// interpolating.
const RGB_SIDE: usize = 33;
const INK_SIDE: usize = 17;

/// What makes sRGB of a picture's numbers.
pub(super) struct Colours(Kind);

enum Kind {
    /// A curve for each channel, and a mix of the three.
    Curves { linear: Box<[[f64; 256]; 3]>, mix: [[f64; 3]; 3] },
    /// A curve of greys.
    Grey(Box<[u8; 256]>),
    /// A table: the colours at its nodes, the last channel fastest.
    Table { channels: usize, side: usize, nodes: Vec<[f32; 3]> },
    /// Inks of which nothing is known: each takes its light.
    Inks,
}

/// What the numbers of a picture are by its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Greys, perhaps with alpha.
    Grey,
    /// Red, green and blue, perhaps with alpha.
    Rgb,
    /// The light that four inks leave.
    Inks,
}

impl Colours {
    /// What a profile says of a picture; `None` where it says sRGB, or nothing that
    /// can be understood: browsers take sRGB then.
    pub(super) fn of_icc(icc: Option<&[u8]>, numbers: Numbers) -> Option<Self> {
        let profile = icc.and_then(|icc| ColorProfile::new_from_slice(icc).ok());
        let made = profile.and_then(|profile| Self::of_profile(&profile, numbers));
        match numbers {
            Numbers::Inks => Some(made.unwrap_or(Self(Kind::Inks))),
            Numbers::Grey | Numbers::Rgb => made.filter(Self::differs),
        }
    }

    /// What a PNG says of itself, without a profile.
    pub(super) fn of_png(said: PngColours) -> Option<Self> {
        let mut profile = ColorProfile::new_srgb();
        profile.cicp = None;
        match said {
            PngColours::Nothing | PngColours::Profile => return None,
            PngColours::Coded([primaries, transfer, matrix, range]) => {
                profile.update_rgb_colorimetry_from_cicp(CicpProfile {
                    color_primaries: primaries.try_into().ok()?,
                    // Browsers show logarithms (9, 10) and a camera's range (12) as sRGB.
                    transfer_characteristics: match transfer {
                        9 | 10 | 12 => TransferCharacteristics::Srgb,
                        other => other.try_into().ok()?,
                    },
                    matrix_coefficients: matrix.try_into().ok()?,
                    full_range: range == 1,
                });
                if matches!(transfer, 1 | 6 | 11 | 14 | 15) {
                    profile.cicp = None;
                    set_power(&mut profile, TELEVISION);
                }
            }
            PngColours::Measured { gamma, places } => {
                if let Some([white, red, green, blue]) = places {
                    let at = |[x, y]: [f32; 2]| Chromaticity::new(x, y);
                    let primaries =
                        ColorPrimaries { red: at(red), green: at(green), blue: at(blue) };
                    profile.update_rgb_colorimetry(at(white).to_xyyb(), primaries);
                }
                set_power(&mut profile, gamma);
            }
        }
        Self::of_profile(&profile, Numbers::Rgb).filter(Self::differs)
    }

    fn of_profile(profile: &ColorProfile, numbers: Numbers) -> Option<Self> {
        let has_table = [
            &profile.lut_a_to_b_perceptual,
            &profile.lut_a_to_b_colorimetric,
            &profile.lut_a_to_b_saturation,
        ]
        .iter()
        .any(|it| it.is_some());
        let kind = match (profile.color_space, numbers) {
            (DataColorSpace::Gray, Numbers::Grey) => {
                let linear = profile.build_gray_linearize_table::<u8, 256, 8>().ok()?;
                Kind::Grey(Box::new(linear.map(|it| encoded(f64::from(it)))))
            }
            // A picture of greys may have a profile of colours.
            (DataColorSpace::Rgb, Numbers::Rgb | Numbers::Grey) if has_table => {
                table(profile, Layout::Rgb, 3, RGB_SIDE)?
            }
            (DataColorSpace::Rgb, Numbers::Rgb | Numbers::Grey) => {
                let mix = profile.transform_matrix(&ColorProfile::new_srgb()).v;
                let is_sound = mix.iter().flatten().all(|it| it.is_finite() && it.abs() < 1e3);
                let red = profile.build_r_linearize_table::<u8, 256, 8>(true).ok()?;
                let green = profile.build_g_linearize_table::<u8, 256, 8>(true).ok()?;
                let blue = profile.build_b_linearize_table::<u8, 256, 8>(true).ok()?;
                let linear = [red, green, blue].map(|it| it.map(f64::from));
                is_sound.then(|| Kind::Curves { linear: Box::new(linear), mix })?
            }
            (DataColorSpace::Cmyk, Numbers::Inks) => table(profile, Layout::Rgba, 4, INK_SIDE)?,
            // A profile of something else than the picture is none.
            _ => return None,
        };
        Some(Self(kind))
    }

    /// Whether anybody sees that it is not sRGB.
    fn differs(&self) -> bool {
        let step = |n: usize| u8::try_from(n * 51).unwrap_or(u8::MAX);
        let mut samples = (0..216).map(|n| [step(n / 36), step(n / 6 % 6), step(n % 6)]);
        samples.any(|sample| {
            let seen = match &self.0 {
                Kind::Grey(curve) => sample.map(|it| curve[usize::from(it)]),
                _ => self.of(&sample),
            };
            sample.iter().zip(seen).any(|(a, b)| TOLERANCE < a.abs_diff(b))
        })
    }

    /// A picture of these numbers as sRGB.
    pub(super) fn in_srgb(&self, picture: DynamicImage) -> DynamicImage {
        match (&self.0, picture) {
            (Kind::Grey(curve), mut picture) => {
                match &mut picture {
                    DynamicImage::ImageLuma8(it) => {
                        it.iter_mut().for_each(|it| *it = curve[usize::from(*it)]);
                    }
                    DynamicImage::ImageLumaA8(it) => {
                        it.pixels_mut().for_each(|it| it.0[0] = curve[usize::from(it.0[0])]);
                    }
                    _ => {}
                }
                picture
            }
            (Kind::Inks | Kind::Table { channels: 4, .. }, picture) => {
                let inks = picture.into_rgba8();
                let mut out = image::RgbImage::new(inks.width(), inks.height());
                for (pixel, light) in out.pixels_mut().zip(inks.pixels()) {
                    pixel.0 = self.of(&light.0);
                }
                out.into()
            }
            (_, picture) if picture.color().has_alpha() => {
                let mut rgba = picture.into_rgba8();
                for pixel in rgba.pixels_mut() {
                    let [red, green, blue] = self.of(&pixel.0[..3]);
                    pixel.0 = [red, green, blue, pixel.0[3]];
                }
                rgba.into()
            }
            (_, picture) => {
                let mut rgb = picture.into_rgb8();
                rgb.pixels_mut().for_each(|pixel| pixel.0 = self.of(&pixel.0));
                rgb.into()
            }
        }
    }

    /// The colour of some numbers, of which there are as many as channels.
    fn of(&self, numbers: &[u8]) -> [u8; 3] {
        match &self.0 {
            Kind::Curves { linear, mix } => {
                let [red, green, blue] =
                    [0, 1, 2].map(|channel| linear[channel][usize::from(numbers[channel])]);
                mix.map(|row| encoded(row[0] * red + row[1] * green + row[2] * blue))
            }
            Kind::Grey(curve) => [curve[usize::from(numbers[0])]; 3],
            Kind::Table { channels, side, nodes } => {
                between(nodes, *side, &numbers[..*channels]).map(|value| {
                    // Clamped before.
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let value = (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
                    value
                })
            }
            Kind::Inks => {
                let black = u16::from(numbers[3]);
                [0, 1, 2].map(|ink| {
                    let light = (u16::from(numbers[ink]) * black + 127) / 255;
                    u8::try_from(light).unwrap_or(u8::MAX)
                })
            }
        }
    }
}

/// Makes light of the numbers of a profile by a power.
fn set_power(profile: &mut ColorProfile, gamma: f32) {
    let curve = Some(ToneReprCurve::Parametric(vec![gamma]));
    profile.red_trc.clone_from(&curve);
    profile.green_trc.clone_from(&curve);
    profile.blue_trc = curve;
}

/// The table of a profile. Inks are counted in the light that they leave.
fn table(profile: &ColorProfile, layout: Layout, channels: usize, side: usize) -> Option<Kind> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() };
    let transform = profile.create_transform_f32(layout, &srgb, Layout::Rgb, options).ok()?;
    let n_nodes = side.pow(u32::try_from(channels).ok()?);
    let mut numbers = Vec::with_capacity(n_nodes * channels);
    for node in 0..n_nodes {
        for channel in (0..channels).rev() {
            let at = node / side.pow(u32::try_from(channel).ok()?) % side;
            // A side has at most 33 nodes.
            let share = u8::try_from(at).map_or(0.0, f32::from)
                / u8::try_from(side - 1).map_or(1.0, f32::from);
            numbers.push(if channels == 4 { 1.0 - share } else { share });
        }
    }
    let mut found = vec![0.0; n_nodes * 3];
    transform.transform(&numbers, &mut found).ok()?;
    let nodes: Vec<[f32; 3]> = found.chunks_exact(3).map(|it| [it[0], it[1], it[2]]).collect();
    nodes.iter().flatten().all(|it| it.is_finite()).then_some(Kind::Table { channels, side, nodes })
}

/// What lies between the nodes of a table, in proportion.
fn between(nodes: &[[f32; 3]], side: usize, numbers: &[u8]) -> [f32; 3] {
    let mut sum = [0.0; 3];
    let last = side - 1;
    for corner in 0..1_usize << numbers.len() {
        let (mut weight, mut node) = (1.0, 0);
        for (channel, number) in numbers.iter().enumerate() {
            let at = usize::from(*number) * last;
            let (cell, part) = (at / 255, at % 255);
            let share = u8::try_from(part).map_or(0.0, f32::from) / 255.0;
            let is_upper = corner >> channel & 1 == 1;
            weight *= if is_upper { share } else { 1.0 - share };
            node = node * side + (cell + usize::from(is_upper)).min(last);
        }
        if weight > 0.0 {
            for (sum, value) in sum.iter_mut().zip(nodes[node]) {
                *sum += weight * value;
            }
        }
    }
    sum
}

/// A linear share of light as sRGB codes it.
fn encoded(linear: f64) -> u8 {
    /// The codes of 65536 shares: the steps are finer than those of the codes even
    /// in the dark.
    static CODES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        (0..=u16::MAX)
            .map(|share| {
                let linear = f64::from(share) / f64::from(u16::MAX);
                let coded = if linear <= 0.003_130_8 {
                    linear * 12.92
                } else {
                    1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
                };
                // From 0 to 255.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let code = (coded * 255.0 + 0.5) as u8;
                code
            })
            .collect()
    });
    // Clamped, and above 0.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let share = (linear.clamp(0.0, 1.0) * f64::from(u16::MAX) + 0.5) as usize;
    CODES[share]
}
