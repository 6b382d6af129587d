//! Fonts: the faces that a deck can use, and which characters they have.
//!
//! The shipped families are embedded; `fonts/` beside a deck, with what lies
//! below it, adds more. The shipped set has TrueType outlines only, because
//! those can be cut down to the characters in use. Nothing here sets or
//! measures text.
//!
//! Start-up is lazy: reading a face costs its headers, and its character map
//! is read when a character is asked for.

mod advice;
mod built_in;
mod cff;
mod coverage;
mod file;
mod folder;
mod subset;
mod system;
mod web;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock, OnceLock};

pub use self::advice::advice;
use self::coverage::Coverage;
use crate::diag::Diagnostics;
use crate::loader::Loader;

/// One face of a family.
#[derive(Clone, Debug)]
pub struct Face {
    /// The family's name, as themes write it.
    pub family: String,
    /// 100 to 900. That of a variable font's default.
    pub weight: u16,
    /// The weights that it can be set in: one, or a variable font's axis.
    pub weights: RangeInclusive<u16>,
    /// Whether it is italic or oblique.
    pub italic: bool,
    /// The font file.
    pub data: Cow<'static, [u8]>,
    /// The Latin subset as WOFF2, made beforehand; `None` for a face from
    /// beside the deck.
    pub woff2: Option<&'static [u8]>,
    /// The distance from the baseline up to the top of the face, as a share of
    /// the size (`hhea` ascender, or `OS/2` typographic ascender when the font
    /// asks for it): what a browser uses to place a line. Chromium rounds
    /// ascent times size to whole CSS pixels.
    pub ascent: f64,
    /// The distance from the baseline down, as a positive share of the size;
    /// rounded by Chromium likewise.
    pub descent: f64,
    /// The characters that the face has a glyph for, read when first asked for.
    coverage: OnceLock<Coverage>,
}

impl Face {
    /// Whether the face has a glyph for a character.
    #[must_use]
    pub fn has(&self, ch: char) -> bool {
        self.coverage.get_or_init(|| Coverage::read(&self.data)).has(ch)
    }

    /// Whether this is another face in every respect.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let named = |face: &Self| (face.key(), face.weights.clone(), face.woff2);
        named(self) == named(other) && self.data == other.data
    }

    /// Whether another face sets everything that asks for this one.
    fn is_served_by(&self, other: &Self) -> bool {
        self.family == other.family
            && self.italic == other.italic
            && other.weights.contains(&self.weight)
    }

    /// What text asks for that is set in exactly this face.
    #[must_use]
    pub fn key(&self) -> FaceKey {
        FaceKey { family: self.family.clone(), weight: self.weight, italic: self.italic }
    }
}

/// The faces that a deck can use.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    /// Every face: shipped ones first.
    pub faces: Vec<Arc<Face>>,
}

/// A face as the HTML embeds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebFace {
    /// The family's name.
    pub family: String,
    /// 100 to 900. That of a variable font's default.
    pub weight: u16,
    /// The weights that it can be set in: one, or a variable font's axis.
    pub weights: RangeInclusive<u16>,
    /// Whether it is italic.
    pub italic: bool,
    /// A WOFF2 file, or an OpenType file that could not be made smaller.
    pub data: Cow<'static, [u8]>,
    /// The characters it serves, for CSS `unicode-range`; empty for all.
    pub chars: BTreeSet<char>,
}

impl WebFace {
    /// The media type of the file and its name in CSS `format()`.
    #[must_use]
    pub fn format(&self) -> (&'static str, &'static str) {
        match self.data.get(..4) {
            Some(b"wOF2") => ("font/woff2", "woff2"),
            Some(b"OTTO") => ("font/otf", "opentype"),
            _ => ("font/ttf", "truetype"),
        }
    }
}

/// Whether a character shows nothing by itself and needs no glyph: white space,
/// controls, and what Unicode 16 lists as `Default_Ignorable_Code_Point`.
#[must_use]
pub fn is_invisible(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The Latin subset of a TrueType file as WOFF2: how the files that stand
/// ready in `fonts/` are made.
///
/// `None` for a file that is no font or has CFF outlines.
#[must_use]
pub fn latin_woff2(data: &[u8]) -> Option<Vec<u8>> {
    match subset::woff2(data, &latin_of(data), subset::Effort::Most)? {
        subset::Subset::Cut(file) => Some(file),
        subset::Subset::Emptied(_) => None,
    }
}

/// The TrueType file that [`latin_woff2`] compresses.
#[must_use]
pub fn latin_truetype(data: &[u8]) -> Option<Vec<u8>> {
    subset::truetype(data, &latin_of(data))
}

/// The characters of the Latin subset that a font has.
fn latin_of(data: &[u8]) -> BTreeSet<char> {
    let coverage = Coverage::read(data);
    subset::LATIN.iter().cloned().flatten().filter(|&ch| coverage.has(ch)).collect()
}

/// A family, weight and slant that text asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceKey {
    /// The family's name.
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
}

impl Fonts {
    /// The shipped faces.
    #[must_use]
    pub fn built_in() -> Self {
        static FACES: LazyLock<Vec<Arc<Face>>> =
            LazyLock::new(|| built_in::faces().map(Arc::new).collect());
        Self { faces: FACES.clone() }
    }

    /// The face that sets formulas, which is none of these: text never falls back
    /// to it.
    #[must_use]
    pub fn math() -> Arc<Face> {
        static MATH: OnceLock<Arc<Face>> = OnceLock::new();
        Arc::clone(MATH.get_or_init(|| Arc::new(built_in::math())))
    }

    /// These faces and those of the font files below `fonts/` beside the deck. A
    /// face from there stands in for a shipped one of its family, weight and
    /// slant.
    ///
    /// Reports a file that is no font.
    #[must_use]
    pub fn with_folder(mut self, loader: &Loader, diags: &mut Diagnostics) -> Self {
        let found = folder::faces(loader, diags);
        self.faces.retain(|face| !found.iter().any(|other| face.is_served_by(other)));
        self.faces.extend(found.into_iter().map(Arc::new));
        self
    }

    /// These faces and, for those of `chars` that none of them has, faces of
    /// the fonts that are installed on the machine. Of editions for several
    /// languages, that for `lang` is taken (BCP 47).
    #[must_use]
    pub fn with_system(mut self, chars: &BTreeSet<char>, lang: &str) -> Self {
        let missing =
            |ch: &&char| !is_invisible(**ch) && !self.faces.iter().any(|face| face.has(**ch));
        let missing = chars.iter().filter(missing).copied().collect();
        self.faces.extend(system::faces(missing, lang).into_iter().map(Arc::new));
        self
    }

    /// Whether these are the same faces in the same order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Face>, &Arc<Face>)| Arc::ptr_eq(a, b) || a.is_same(b);
        self.faces.len() == other.faces.len() && self.faces.iter().zip(&other.faces).all(same)
    }

    /// The families to try for text that asks for `first`: those, then every
    /// other family, in the order of the faces.
    #[must_use]
    pub fn chain(&self, first: &[String]) -> Vec<String> {
        let mut chain = first.to_vec();
        for face in &self.faces {
            if !chain.contains(&face.family) {
                chain.push(face.family.clone());
            }
        }
        chain
    }

    /// The first of `families` that has a glyph for a character.
    #[must_use]
    pub fn family_for<'a>(&self, families: &'a [String], ch: char) -> Option<&'a str> {
        let covers = |family: &&String| {
            self.faces.iter().any(|face| face.family == **family && face.has(ch))
        };
        families.iter().find(covers).map(String::as_str)
    }

    /// The face that serves a family at a weight and slant: the same slant if
    /// there is one, then the nearest weight.
    #[must_use]
    pub fn face(&self, key: &FaceKey) -> Option<&Arc<Face>> {
        self.faces.iter().filter(|face| face.family == key.family).min_by_key(|face| {
            let nearest = key.weight.clamp(*face.weights.start(), *face.weights.end());
            (face.italic != key.italic, nearest.abs_diff(key.weight), face.weight)
        })
    }

    /// The advance of `0` in the first of `families` that has one, as a share of
    /// the size. In a monospaced family every character advances as far.
    #[must_use]
    pub fn column(&self, families: &[String]) -> Option<f64> {
        let family = self.family_for(families, '0')?;
        let key = FaceKey { family: family.to_owned(), weight: 400, italic: false };
        coverage::advance(&self.face(&key)?.data, '0')
    }

    /// Whether the first of `families` sets every letter, digit and sign of ASCII,
    /// and a blank, equally wide in each of its faces.
    #[must_use]
    pub fn is_even(&self, families: &[String]) -> bool {
        let (Some(family), Some(column)) = (families.first(), self.column(families)) else {
            return false;
        };
        let faces: Vec<_> = self.faces.iter().filter(|face| face.family == *family).collect();
        let is_even = |face: &&Arc<Face>| {
            face.weights.start() == face.weights.end() && coverage::is_even(&face.data, column)
        };
        !faces.is_empty() && faces.iter().all(is_even)
    }

    /// How far a text advances in the first of `families` that has each of its
    /// characters, as a share of the size. Kerning, which makes most texts a
    /// little shorter, does not count.
    #[must_use]
    pub fn width(&self, families: &[String], weight: u16, text: &str) -> f64 {
        let advance = |ch: char| {
            let family = self.family_for(families, ch)?.to_owned();
            let face = self.face(&FaceKey { family, weight, italic: false })?;
            coverage::advance(&face.data, ch)
        };
        // What has no glyph is an error elsewhere.
        text.chars().map(|ch| advance(ch).unwrap_or(0.5)).sum()
    }

    /// The faces to embed for the characters that a deck sets in each: one file
    /// a face, with the characters in use and, for shipped faces, Latin.
    #[must_use]
    pub fn web_faces(&self, used: &BTreeMap<FaceKey, BTreeSet<char>>) -> Vec<WebFace> {
        web::faces(self, used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_faces_are_complete() {
        let fonts = Fonts::built_in();
        assert_eq!(fonts.faces.len(), 9);
        let key = |family: &str, weight, italic| FaceKey { family: family.into(), weight, italic };
        let inter = fonts.face(&key("Inter", 600, false)).unwrap();
        assert_eq!((inter.weight, inter.italic), (600, false));
        assert!((inter.ascent - 0.968_75).abs() < 1e-9);
        assert!((inter.descent - 0.241_210_937_5).abs() < 1e-9);
        let mono = fonts.face(&key("JetBrains Mono", 700, true)).unwrap();
        assert_eq!((mono.weight, mono.italic), (400, true));
        assert!((mono.ascent - 1.02).abs() < 1e-9 && (mono.descent - 0.3).abs() < 1e-9);
    }

    #[test]
    fn only_a_monospaced_family_is_even() {
        let fonts = Fonts::built_in();
        assert!(fonts.is_even(&["JetBrains Mono".to_owned(), "Inter".to_owned()]));
        assert!(!fonts.is_even(&["Inter".to_owned(), "JetBrains Mono".to_owned()]));
        assert!(!fonts.is_even(&["Unknown".to_owned(), "JetBrains Mono".to_owned()]));
        assert!(!fonts.is_even(&[]));
    }

    #[test]
    fn the_first_family_with_a_glyph_serves_a_character() {
        let fonts = Fonts::built_in();
        let families = ["Inter", "JetBrains Mono", "Noto Emoji"].map(String::from);
        for (ch, family) in [
            ('A', "Inter"),
            ('→', "Inter"),
            ('⌘', "Inter"),
            ('✓', "Inter"),
            ('─', "JetBrains Mono"),
        ] {
            assert_eq!(fonts.family_for(&families, ch), Some(family), "{ch}");
        }
        assert_eq!(fonts.family_for(&families, '🚀'), Some("Noto Emoji"));
        assert_eq!(fonts.family_for(&families, '日'), None);
    }
}
