//! Fonts: the faces that a deck can use, and which characters they have.
//!
//! The shipped families are embedded; `fonts/` beside a deck adds more. TrueType
//! outlines only in the shipped set.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One face of a family.
#[derive(Clone, Debug)]
pub struct Face {
    /// The family's name, as themes write it.
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    /// Whether it is italic or oblique.
    pub italic: bool,
    /// The font file.
    pub data: Cow<'static, [u8]>,
    /// The Latin subset as WOFF2, made beforehand; `None` for a face from
    /// beside the deck.
    pub woff2: Option<&'static [u8]>,
    /// The distance from the baseline up to the top of the face, as a share of
    /// the size (`hhea` ascender, or `OS/2` typographic ascender when the font
    /// asks for it): what a browser uses to place a line.
    pub ascent: f64,
    /// The distance from the baseline down, as a positive share of the size.
    pub descent: f64,
    /// The characters that the face has a glyph for.
    pub coverage: BTreeSet<char>,
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
    /// 100 to 900.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
    /// A WOFF2 file, or an OpenType file that could not be made smaller.
    pub data: Cow<'static, [u8]>,
    /// The characters it serves, for CSS `unicode-range`; empty for all.
    pub chars: BTreeSet<char>,
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
        Self::default()
    }

    /// The first of `families` that has a glyph for a character.
    #[must_use]
    pub fn family_for<'a>(&self, families: &'a [String], ch: char) -> Option<&'a str> {
        let covers = |family: &&String| {
            self.faces.iter().any(|face| face.family == **family && face.coverage.contains(&ch))
        };
        families.iter().find(covers).map(String::as_str)
    }

    /// The face that serves a family at a weight and slant: the same slant if
    /// there is one, then the nearest weight.
    #[must_use]
    pub fn face(&self, key: &FaceKey) -> Option<&Arc<Face>> {
        self.faces.iter().filter(|face| face.family == key.family).min_by_key(|face| {
            (face.italic != key.italic, face.weight.abs_diff(key.weight), face.weight)
        })
    }

    /// The faces to embed for the characters that a deck sets in each.
    #[must_use]
    pub fn web_faces(&self, used: &BTreeMap<FaceKey, BTreeSet<char>>) -> Vec<WebFace> {
        let _ = used;
        Vec::new()
    }
}
