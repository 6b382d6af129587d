//! The shipped faces: what stands in `fonts/`, one line a face.
//!
//! `fonts/<family>/ORIGIN.md` says where each comes from.

use std::borrow::Cow;

use super::Face;

/// A shipped face: family, weight, slant, and its path below `fonts/` without
/// an extension.
macro_rules! shipped {
    ($(($family:literal, $weight:literal, $italic:literal, $path:literal)),* $(,)?) => {
        &[$((
            $family,
            $weight,
            $italic,
            include_bytes!(concat!("../../fonts/", $path, ".ttf")),
        )),*]
    };
}

/// Family, weight, slant and font file of every shipped face.
type Shipped = (&'static str, u16, bool, &'static [u8]);

/// Every shipped face, the default text first.
const SHIPPED: &[Shipped] = shipped![
    ("Inter", 400, false, "inter/Inter-Regular"),
    ("Inter", 400, true, "inter/Inter-Italic"),
    ("Inter", 600, false, "inter/Inter-SemiBold"),
    ("Inter", 700, false, "inter/Inter-Bold"),
    ("Inter", 700, true, "inter/Inter-BoldItalic"),
    ("JetBrains Mono", 400, false, "jetbrains-mono/JetBrainsMono-Regular"),
    ("JetBrains Mono", 400, true, "jetbrains-mono/JetBrainsMono-Italic"),
    ("JetBrains Mono", 700, false, "jetbrains-mono/JetBrainsMono-Bold"),
    ("Noto Emoji", 400, false, "noto-emoji/NotoEmoji-Regular"),
];

/// The shipped faces, in the order of [`SHIPPED`].
pub(super) fn faces() -> impl Iterator<Item = Face> {
    SHIPPED.iter().map(|&(family, weight, italic, data)| {
        let (ascent, descent) = super::coverage::vertical(data, 0).unwrap_or((1.0, 0.25));
        Face {
            family: family.to_owned(),
            weight,
            italic,
            data: Cow::Borrowed(data),
            woff2: None,
            ascent,
            descent,
            coverage: std::sync::OnceLock::new(),
        }
    })
}
