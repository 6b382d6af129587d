//! The fonts of an SVG: what sets its text, and what is missing for that.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};

use resvg::usvg::{self, fontdb, roxmltree};

use crate::figure::problem::Problem;
use crate::font::{self, Fonts};

/// What the fonts lack.
#[derive(Clone, Debug, Default)]
pub(super) struct Missed {
    /// The first family of each list of families of which there is none.
    families: BTreeSet<String>,
    /// Characters without a glyph.
    chars: BTreeSet<char>,
}

/// The deck's fonts as usvg takes them, read when the first SVG has text.
pub(in crate::figure) struct SvgFonts<'a> {
    fonts: &'a Fonts,
    database: OnceLock<Arc<fontdb::Database>>,
}

impl<'a> SvgFonts<'a> {
    pub(in crate::figure) const fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, database: OnceLock::new() }
    }

    /// The fonts for an SVG; none for one without text.
    pub(super) fn database(&self, document: &roxmltree::Document<'_>) -> Arc<fontdb::Database> {
        if document.descendants().any(|node| node.tag_name().name() == "text") {
            Arc::clone(self.database.get_or_init(|| Arc::new(database(self.fonts))))
        } else {
            Arc::default()
        }
    }
}

/// The faces, and what stands in for the generic families.
fn database(fonts: &Fonts) -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for face in &fonts.faces {
        database.load_font_source(fontdb::Source::Binary(Arc::new(Bytes(Arc::clone(face)))));
    }
    let first = |mono: bool| {
        let is_mono = |family: &str| family.contains("Mono");
        let found = fonts.faces.iter().find(|face| is_mono(&face.family) == mono);
        found.map(|face| face.family.clone()).unwrap_or_default()
    };
    database.set_serif_family(first(false));
    database.set_sans_serif_family(first(false));
    database.set_cursive_family(first(false));
    database.set_fantasy_family(first(false));
    database.set_monospace_family(first(true));
    database
}

/// A face's bytes, shared.
struct Bytes(Arc<font::Face>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0.data
    }
}

/// Finds fonts as usvg does, and notes what there is no font for.
pub(super) fn resolver(missed: &Arc<Mutex<Missed>>) -> usvg::FontResolver<'static> {
    let select = usvg::FontResolver::default_font_selector();
    let fall_back = usvg::FontResolver::default_fallback_selector();
    let (for_families, for_chars) = (Arc::clone(missed), Arc::clone(missed));
    usvg::FontResolver {
        select_font: Box::new(move |font, database| {
            if let Some(family) = unknown_family(font.families(), database)
                && let Ok(mut missed) = for_families.lock()
            {
                missed.families.insert(family.to_owned());
            }
            select(font, database)
        }),
        select_fallback: Box::new(move |ch, excluded, database| {
            let found = fall_back(ch, excluded, database);
            if found.is_none()
                && !font::is_invisible(ch)
                && let Ok(mut missed) = for_chars.lock()
            {
                missed.chars.insert(ch);
            }
            found
        }),
    }
}

/// The first family of a list where the deck has none of them and the list
/// does not end in a generic one.
fn unknown_family<'a>(
    families: &'a [usvg::FontFamily],
    database: &fontdb::Database,
) -> Option<&'a str> {
    let known = |name: &str| {
        database.faces().any(|face| face.families.iter().any(|(family, _)| family == name))
    };
    let mut first = None;
    for family in families {
        match family {
            usvg::FontFamily::Named(name) if known(name) => return None,
            usvg::FontFamily::Named(name) => first = first.or(Some(name.as_str())),
            usvg::FontFamily::Serif
            | usvg::FontFamily::SansSerif
            | usvg::FontFamily::Cursive
            | usvg::FontFamily::Fantasy
            | usvg::FontFamily::Monospace => return None,
        }
    }
    first
}

/// The problems that missing fonts make.
pub(super) fn problems(key: &str, missed: &Missed) -> Vec<Problem> {
    let family = |family: &String| {
        Problem::warning(
            "foreign-svg",
            format!(
                "the text of the SVG `{key}` asks for the font `{family}`, which the deck does not have"
            ),
            format!(
                "put the font file into `fonts/` beside the deck, or write `font-family: {family}, sans-serif` to allow another"
            ),
        )
    };
    let ch = |ch: &char| {
        Problem::error(
            "missing-glyphs",
            format!(
                "no font has the character `{ch}` (U+{:04X}) in the text of the SVG `{key}`",
                u32::from(*ch)
            ),
            font::advice(*ch),
        )
    };
    missed.families.iter().map(family).chain(missed.chars.iter().map(ch)).collect()
}
