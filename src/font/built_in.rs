//! The shipped faces: what stands in `fonts/`, one line a face.
//!
//! `fonts/<family>/ORIGIN.md` says where each comes from.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::Face;
use super::coverage::vertical;

/// A shipped face.
struct Shipped {
    family: &'static str,
    weight: u16,
    italic: bool,
    data: &'static [u8],
    woff2: Option<&'static [u8]>,
}

/// A face from its path below `fonts/` without an extension; with `latin`, its
/// Latin subset stands beside it.
macro_rules! shipped {
    ($family:literal, $weight:literal, $italic:literal, $path:literal) => {
        Shipped {
            family: $family,
            weight: $weight,
            italic: $italic,
            data: include_bytes!(concat!("../../fonts/", $path, ".ttf")),
            woff2: None,
        }
    };
    ($family:literal, $weight:literal, $italic:literal, $path:literal, latin) => {
        Shipped {
            woff2: Some(include_bytes!(concat!("../../fonts/", $path, ".latin.woff2"))),
            ..shipped!($family, $weight, $italic, $path)
        }
    };
}

/// Every shipped face, the default text first.
const SHIPPED: &[Shipped] = &[
    shipped!("Inter", 400, false, "inter/Inter-Regular", latin),
    shipped!("Inter", 400, true, "inter/Inter-Italic", latin),
    shipped!("Inter", 600, false, "inter/Inter-SemiBold", latin),
    shipped!("Inter", 700, false, "inter/Inter-Bold", latin),
    shipped!("Inter", 700, true, "inter/Inter-BoldItalic", latin),
    shipped!("JetBrains Mono", 400, false, "jetbrains-mono/JetBrainsMono-Regular", latin),
    shipped!("JetBrains Mono", 400, true, "jetbrains-mono/JetBrainsMono-Italic", latin),
    shipped!("JetBrains Mono", 700, false, "jetbrains-mono/JetBrainsMono-Bold", latin),
    shipped!("Noto Emoji", 400, false, "noto-emoji/NotoEmoji-Regular"),
];

/// The face for formulas.
const MATH: Shipped = Shipped {
    family: "New Computer Modern Math",
    weight: 400,
    italic: false,
    data: include_bytes!("../../fonts/new-computer-modern-math/NewCMMath-Book.otf"),
    woff2: None,
};

/// The face that sets formulas; it is no part of [`faces`], since it sets nothing
/// else.
pub(super) fn math() -> Face {
    face(&MATH)
}

/// The shipped faces, in the order of [`SHIPPED`].
pub(super) fn faces() -> impl Iterator<Item = Face> {
    SHIPPED.iter().map(face)
}

/// A shipped face, read.
fn face(face: &Shipped) -> Face {
    let parsed = ttf_parser::Face::parse(face.data, 0).expect("the shipped files are fonts");
    let (ascent, descent) = vertical(&parsed);
    Face {
        family: face.family.to_owned(),
        weight: face.weight,
        weights: face.weight..=face.weight,
        italic: face.italic,
        data: Cow::Borrowed(face.data),
        woff2: face.woff2,
        ascent,
        descent,
        coverage: OnceLock::new(),
    }
}
