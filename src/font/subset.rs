//! Subsets: font files cut down to the characters in use, as WOFF2.
//!
//! A subset keeps kerning and ligatures, so that text has the same widths as
//! with the whole file. Hints are left out: they would round advances on some
//! screens, and the PDF has none. TrueType outlines are cut out; CFF outlines
//! are emptied in place.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider as _};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use ttf2woff2::BrotliQuality;

use super::cff;

/// The characters of the subsets made beforehand: what talks in Latin script
/// use, with the signs of code, of terminals and of a little mathematics.
pub(super) const LATIN: &[RangeInclusive<char>] = &[
    ' '..='~',            // ASCII
    '\u{a0}'..='\u{17f}', // Latin-1 Supplement, Latin Extended-A
    'ƒ'..='ƒ',
    'Ș'..='ț', // Romanian
    'ˆ'..='ˇ',
    '˘'..='˝',
    'Α'..='ώ', // Greek: µ and λ of performance talks, Δ, Σ
    'ẞ'..='ẞ',
    '\u{2002}'..='\u{200b}', // spaces of fixed width, zero-width space
    '‐'..='―',               // hyphens and dashes
    '‘'..='„',
    '†'..='•',
    '…'..='…',
    '‰'..='‰',
    '′'..='″',
    '‹'..='›',
    '⁄'..='⁄',
    '⁰'..='₎', // superscripts and subscripts
    '€'..='€',
    '№'..='№',
    '™'..='™',
    'Ω'..='Ω',
    '⅐'..='⅞', // fractions
    '←'..='↙', // arrows
    '↩'..='↪',
    '↵'..='↵',
    '⇐'..='⇔',
    '⇧'..='⇧',
    '∀'..='∀', // mathematical operators
    '∂'..='∃',
    '∅'..='∆',
    '∈'..='∉',
    '∏'..='∏',
    '∑'..='−',
    '∕'..='∕',
    '∗'..='∗',
    '∙'..='√',
    '∞'..='∞',
    '∧'..='∫',
    '≈'..='≈',
    '≠'..='≡',
    '≤'..='≥',
    '⊂'..='⊂',
    '⊆'..='⊆',
    '⌃'..='⌃', // keys
    '⌘'..='⌘',
    '⌥'..='⌥',
    '⌫'..='⌫',
    '⏎'..='⏎',
    '─'..='▟', // box drawing, block elements
    '■'..='◿', // geometric shapes
    '★'..='☆',
    '✓'..='✘',
    '⟨'..='⟩',
    '⟵'..='⟷',
];

/// Whether a character is in the subsets made beforehand, where the face has
/// it.
pub(super) fn is_latin(ch: char) -> bool {
    LATIN.iter().any(|range| range.contains(&ch))
}

/// How hard WOFF2 files are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// For files that are kept: brotli's level 11.
    Most,
    /// For files made while a deck is built: brotli's level 9, three times
    /// as fast and 3 % larger (measured on JetBrains Mono).
    Quick,
}

/// A WOFF2 file.
pub(super) enum Subset {
    /// It knows only the characters that it was made for.
    Cut(Vec<u8>),
    /// It knows all characters of its font, most without an outline.
    Emptied(Vec<u8>),
}

/// The WOFF2 file of a font that has only some characters.
///
/// `None` for a font that the subsetter cannot read.
pub(super) fn woff2(data: &[u8], chars: &BTreeSet<char>, effort: Effort) -> Option<Subset> {
    let quality = match effort {
        Effort::Most => BrotliQuality::from(11),
        Effort::Quick => BrotliQuality::from(9),
    };
    let font = FontRef::new(data).ok()?;
    if font.glyf().is_ok() {
        return ttf2woff2::encode(&truetype(data, chars)?, quality).ok().map(Subset::Cut);
    }
    let plan = plan(&font, chars);
    let keep = plan.old_to_new_glyph_mapping().map(|(old, _)| old.to_u32()).collect();
    let emptied = cff::blank(data, &keep)?;
    ttf2woff2::encode(&emptied, BrotliQuality::from(6)).ok().map(Subset::Emptied)
}

/// The TrueType file of a font that has only some characters and what its
/// layout tables make of them.
///
/// `None` for a font with CFF outlines and for one that the subsetter cannot
/// read.
pub(super) fn truetype(data: &[u8], chars: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    font.glyf().ok()?;
    subset_font(&font, &plan(&font, chars)).ok()
}

/// What a subset keeps.
fn plan(font: &FontRef<'_>, chars: &BTreeSet<char>) -> Plan {
    let unicodes: IntSet<u32> = chars.iter().map(|&ch| u32::from(ch)).collect();
    let features: IntSet<Tag> =
        DEFAULT_LAYOUT_FEATURES.iter().chain(&[Tag::new(b"tnum")]).copied().collect();
    let mut every_script = IntSet::empty();
    every_script.invert();
    // Copyright, family, style, unique id, full name, version, PostScript
    // name, and the licence with its address: the licence asks for them.
    let names: IntSet<NameId> =
        [0, 1, 2, 3, 4, 5, 6, 13, 14].into_iter().map(NameId::new).collect();
    Plan::new(
        &IntSet::empty(),
        &unicodes,
        font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        &dropped_tables(),
        &every_script,
        &features,
        &names,
        &[0x0409].into_iter().collect(), // English (United States)
    )
}

/// The tables that browsers do not use for horizontal text in outlines.
fn dropped_tables() -> IntSet<Tag> {
    [
        b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"JSTF", b"LTSH", b"PCLT", b"SVG ", b"Feat", b"Glat",
        b"Gloc", b"Silf", b"Sill", b"meta", b"TTFA", b"FFTM",
    ]
    .into_iter()
    .map(Tag::new)
    .collect()
}
