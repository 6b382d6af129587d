//! One font file: its faces, each with its names and measures.
//!
//! A face of a collection is taken out into a file of its own, so that every
//! face is a whole file for Typst and for browsers.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use ttf_parser::{Face as Parsed, Tag, Width, name_id};

use super::{Face, coverage};

/// The faces of a font file, each with how far its width class is from normal.
///
/// # Errors
/// Why the file is no font that can be shown.
pub(super) fn faces(data: Vec<u8>) -> Result<Vec<(u16, Face)>, String> {
    let Some(count) = ttf_parser::fonts_in_collection(&data) else {
        return Ok(vec![face(data)?]);
    };
    let mut found = Vec::new();
    for index in 0..count {
        let alone = take_out(&data, index).ok_or("its table directory is broken")?;
        found.push(face(alone)?);
    }
    Ok(found)
}

/// One face for each family, slant and weight, of faces with how far their
/// width class is from normal.
///
/// Those of normal width come first, since text asks for no other, then variable
/// fonts, which have every weight; among equals the order stays.
pub(super) fn best(mut all: Vec<(u16, Face)>) -> Vec<Face> {
    all.sort_by_key(|(width, face)| (*width, face.weights.start() == face.weights.end()));
    let mut faces: Vec<Face> = Vec::new();
    for (_, face) in all {
        if !faces.iter().any(|other| face.is_served_by(other)) {
            faces.push(face);
        }
    }
    faces
}

/// The face of a file that is no collection, and how far its width class is
/// from normal.
fn face(data: Vec<u8>) -> Result<(u16, Face), String> {
    let parsed = Parsed::parse(&data, 0).map_err(|error| error.to_string())?;
    let tables = parsed.tables();
    if tables.glyf.is_none() && tables.cff.is_none() && tables.cff2.is_none() {
        return Err("it has no outlines".to_owned());
    }
    let family = family(&parsed).ok_or("it does not name its family")?;
    let (ascent, descent) = coverage::vertical(&parsed);
    let weight = parsed.weight().to_number();
    let width = parsed.width().to_number().abs_diff(Width::Normal.to_number());
    let face = Face {
        family,
        weight,
        weights: weights(&parsed).unwrap_or(weight..=weight),
        italic: parsed.is_italic() || parsed.is_oblique(),
        woff2: None,
        ascent,
        descent,
        coverage: OnceLock::new(),
        data: Cow::Owned(data),
    };
    Ok((width, face))
}

/// The family's name: the plain family name without the words for style that
/// older programs need there, as in Typst, so that a theme and a Typst document
/// name a font alike. The typographic family is not taken: in some fonts it
/// joins what cannot be told apart by weight and slant.
fn family(parsed: &Parsed<'_>) -> Option<String> {
    let mut names = parsed.names().into_iter().filter(|name| name.name_id == name_id::FAMILY);
    let name = names.find_map(|name| name.to_string())?;
    let name = name.trim().trim_start_matches('.');
    let family = &name[..without_style(&name.to_ascii_lowercase())];
    (!family.is_empty()).then(|| family.to_owned())
}

/// Words for style at the end of a family's name, and those before them. The
/// lists are Typst's.
const STYLES: [&str; 32] = [
    "normal",
    "italic",
    "oblique",
    "slanted",
    "thin",
    "th",
    "hairline",
    "light",
    "lt",
    "regular",
    "medium",
    "med",
    "md",
    "bold",
    "bd",
    "demi",
    "extb",
    "black",
    "blk",
    "bk",
    "heavy",
    "narrow",
    "condensed",
    "cond",
    "cn",
    "cd",
    "compressed",
    "expanded",
    "exp",
    "vf",
    "var",
    "variable",
];
const DEGREES: [&str; 10] =
    ["extra", "ext", "ex", "x", "semi", "sem", "sm", "demi", "dem", "ultra"];

/// The length of a lower-case family name without its words for style.
fn without_style(name: &str) -> usize {
    const BETWEEN: [char; 3] = [' ', '-', '_'];
    let ending =
        |text: &str| STYLES.iter().find_map(|style| text.strip_suffix(style).map(str::len));
    let mut kept = name;
    loop {
        let mut rest = kept;
        while let Some(length) = ending(rest) {
            rest = &rest[..length];
        }
        if rest.len() == kept.len() {
            return kept.len();
        }
        let before = kept.len();
        if let Some(word) = rest.strip_suffix(BETWEEN) {
            (kept, rest) = (word, word);
        }
        let degree = DEGREES.iter().find_map(|degree| rest.strip_suffix(degree));
        if let Some(word) = degree.and_then(|rest| rest.strip_suffix(BETWEEN)) {
            kept = word;
        }
        if kept.len() == before {
            return before;
        }
    }
}

/// The weights that a variable font reaches.
fn weights(parsed: &Parsed<'_>) -> Option<RangeInclusive<u16>> {
    let axes = parsed.variation_axes();
    let axis = axes.into_iter().find(|axis| axis.tag == Tag::from_bytes(b"wght"))?;
    // Weights stand between 1 and 1000 (OpenType, `wght` axis).
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 1..=1000 first"
    )]
    let whole = |value: f32| value.clamp(1.0, 1000.0).round() as u16;
    Some(whole(axis.min_value)..=whole(axis.max_value))
}

/// One font of a collection as a file of its own: its table directory, and
/// the tables that it names, four bytes apart.
fn take_out(data: &[u8], index: u32) -> Option<Vec<u8>> {
    let u16_at = |at: usize| Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?));
    let u32_at = |at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?));
    // Offsets of the fonts follow the header's tag, version and count.
    let start = u32_at(12 + 4 * index as usize)? as usize;
    let n_tables = usize::from(u16_at(start + 4)?);
    // 12 bytes of directory, then 16 a table: tag, checksum, offset, length.
    let directory = data.get(start..start + 12 + 16 * n_tables)?;
    let mut out = directory.to_vec();
    for table in 0..n_tables {
        let record = 12 + 16 * table;
        let offset = u32_at(start + record + 8)? as usize;
        let length = u32_at(start + record + 12)? as usize;
        let content = data.get(offset..offset.checked_add(length)?)?;
        let moved = u32::try_from(out.len()).ok()?;
        out.get_mut(record + 8..record + 12)?.copy_from_slice(&moved.to_be_bytes());
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_lose_their_words_for_style() {
        for (name, family) in [
            ("inter", "inter"),
            ("inter variable", "inter"),
            ("intervariable", "intervariable"),
            ("inter semibold", "inter"),
            ("noto sans jp thin", "noto sans jp"),
            ("noto sans extra-condensed light", "noto sans"),
            ("bold", "bold"),
            ("goth", "goth"),
        ] {
            assert_eq!(&name[..without_style(name)], family, "{name}");
        }
    }
}
