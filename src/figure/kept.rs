//! Drawings as a store keeps them. Those that something is wrong with are drawn
//! again, since it is said where they stand.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Figure, Format, Text};
use crate::color::Layer;
use crate::font::Fonts;
use crate::store::Key;

/// The figures of a drawing, by what stands behind the name of its asset.
type Figures = Vec<(String, Figure)>;

/// One of them.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    suffix: Cow<'a, str>,
    svg: Cow<'a, str>,
    width: f64,
    height: f64,
    enlarge: f64,
    texts: Cow<'a, [Text]>,
    colors: Option<Vec<Layer>>,
}

/// The name of some faces. Those that ship belong to this build of deckc.
pub(super) fn faces(fonts: &Fonts) -> Key {
    let names: Vec<String> = fonts.faces.iter().map(|face| format!("{:?}", face.key())).collect();
    let parts = fonts.faces.iter().zip(&names).flat_map(|(face, name)| {
        let own: &[u8] = match &face.data {
            Cow::Borrowed(_) => b"ships",
            Cow::Owned(data) => data,
        };
        [name.as_bytes(), own]
    });
    Key::of("faces", parts)
}

/// The name under which a drawing is kept: the faces of its text, and everything
/// else that it depends on.
pub(super) fn key(faces: &Key, drawing: &str) -> Key {
    Key::of("drawing", [faces.as_part(), drawing.as_bytes()])
}

/// Figures, packed; `None` for what is no drawing.
pub(super) fn pack(figures: &Figures) -> Option<Vec<u8>> {
    let mut all = Vec::with_capacity(figures.len());
    for (suffix, figure) in figures {
        all.push(Kept {
            suffix: suffix.as_str().into(),
            svg: std::str::from_utf8(&figure.bytes).ok()?.into(),
            width: figure.width,
            height: figure.height,
            enlarge: figure.enlarge,
            texts: figure.texts.as_slice().into(),
            colors: figure.colors.clone(),
        });
    }
    serde_json::to_vec(&all).ok()
}

/// Figures, unpacked; `None` for bytes that are none.
pub(super) fn unpack(bytes: &[u8]) -> Option<Figures> {
    let kept: Vec<Kept<'_>> = serde_json::from_slice(bytes).ok()?;
    let figure = |kept: Kept<'_>| {
        let figure = Figure {
            format: Format::Svg,
            bytes: kept.svg.as_bytes().into(),
            width: kept.width,
            height: kept.height,
            enlarge: kept.enlarge,
            texts: kept.texts.into_owned(),
            colors: kept.colors,
            tones: None,
            still: None,
        };
        (kept.suffix.into_owned(), figure)
    };
    Some(kept.into_iter().map(figure).collect())
}
