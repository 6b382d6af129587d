//! What a font file says of itself: its height, its characters and how far they
//! advance.

use ttf_parser::{Face, cmap};

/// The characters that a face has a glyph for.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// First and last of each run of characters, in rising order.
    ranges: Vec<(u32, u32)>,
}

impl Coverage {
    /// Reads the character map of a font file. A file that is no font covers
    /// nothing.
    pub(super) fn read(data: &[u8]) -> Self {
        let Ok(face) = Face::parse(data, 0) else {
            return Self::default();
        };
        let Some(table) = face.tables().cmap else {
            return Self::default();
        };
        let mut found = Vec::new();
        for subtable in table.subtables.into_iter().filter(cmap::Subtable::is_unicode) {
            subtable.codepoints(|code| {
                if subtable.glyph_index(code).is_some_and(|glyph| glyph.0 != 0) {
                    found.push(code);
                }
            });
        }
        found.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for code in found {
            match ranges.last_mut() {
                Some((_, last)) if code <= last.saturating_add(1) => *last = code,
                _ => ranges.push((code, code)),
            }
        }
        Self { ranges }
    }

    /// Whether there is a glyph for a character.
    pub(super) fn has(&self, ch: char) -> bool {
        let code = u32::from(ch);
        let past = self.ranges.partition_point(|(first, _)| *first <= code);
        past.checked_sub(1).is_some_and(|at| code <= self.ranges[at].1)
    }
}

/// The ascent and descent of a face, as positive shares of the size.
pub(super) fn vertical(face: &Face<'_>) -> (f64, f64) {
    let em = f64::from(face.units_per_em());
    (f64::from(face.ascender()) / em, -f64::from(face.descender()) / em)
}

/// Whether every character from the blank to the tilde advances by this share of
/// the size.
pub(super) fn is_even(data: &[u8], column: f64) -> bool {
    let Ok(face) = Face::parse(data, 0) else { return false };
    let em = f64::from(face.units_per_em());
    let advance = |ch| face.glyph_hor_advance(face.glyph_index(ch)?);
    (' '..='~').all(|ch| advance(ch).is_some_and(|it| (f64::from(it) / em - column).abs() < 1e-9))
}

/// The advance of a character as a share of the size; `None` where the face has
/// no glyph for it.
pub(super) fn advance(data: &[u8], ch: char) -> Option<f64> {
    let face = Face::parse(data, 0).ok()?;
    let advance = face.glyph_hor_advance(face.glyph_index(ch)?)?;
    Some(f64::from(advance) / f64::from(face.units_per_em()))
}
