//! The files under `fonts/` are what the binary ships, and their web editions
//! set text as the TrueType files do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use deckc::font::{FaceKey, Fonts, latin_truetype, latin_woff2};

#[test]
fn every_font_file_is_shipped() {
    let fonts = Fonts::built_in();
    let files = font_files();
    assert_eq!(files.len(), fonts.faces.len());
    for path in files {
        let data = std::fs::read(&path).unwrap();
        let shipped = fonts.faces.iter().any(|face| *face.data == *data);
        assert!(shipped, "{} is not in src/font/built_in.rs", path.display());
        for name in ["OFL.txt", "ORIGIN.md"] {
            assert!(path.with_file_name(name).is_file(), "{} has no {name}", path.display());
        }
    }
}

#[test]
fn the_web_editions_are_made_from_the_font_files() {
    for path in font_files() {
        let beside = path.with_extension("latin.woff2");
        if !beside.exists() {
            continue;
        }
        let made = latin_woff2(&std::fs::read(&path).unwrap()).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&beside, &made).unwrap();
        }
        let same = std::fs::read(&beside).unwrap() == made;
        assert!(same, "{} does not come from its font file: set UPDATE=1", beside.display());
    }
}

#[test]
fn a_latin_subset_sets_every_pair_as_wide_as_the_whole_face() {
    let ascii: Vec<char> = (' '..='~').chain("ÄÉñőß–—“”’…→⇒µπ×≤≠✓".chars()).collect();
    let mut pairs = String::new();
    for left in &ascii {
        for right in &ascii {
            pairs.extend([left, right]);
        }
    }
    for face in Fonts::built_in().faces.iter().filter(|face| face.woff2.is_some()) {
        let subset = latin_truetype(&face.data).unwrap();
        let text: String = pairs.chars().filter(|ch| face.has(*ch)).collect();
        let whole = advances(&face.data, &text);
        assert!(whole == advances(&subset, &text), "{} {}", face.family, face.weight);
        assert!(whole.iter().all(|(glyph_is_missing, ..)| !glyph_is_missing));
    }
}

#[test]
fn text_in_latin_takes_the_ready_file_and_other_text_one_file_for_both() {
    let fonts = Fonts::built_in();
    let inter = |weight| FaceKey { family: "Inter".into(), weight, italic: false };
    let used = BTreeMap::from([
        (inter(400), "Hello → wörld".chars().collect()),
        (inter(600), "Привет".chars().collect()),
        (inter(700), BTreeSet::new()),
    ]);
    let web = fonts.web_faces(&used);
    assert_eq!(web.iter().map(|face| face.weight).collect::<Vec<_>>(), [400, 600]);
    assert_eq!(Some(&*web[0].data), fonts.face(&inter(400)).unwrap().woff2);
    assert_ne!(Some(&*web[1].data), fonts.face(&inter(600)).unwrap().woff2);
    assert_eq!(web[1].format(), ("font/woff2", "woff2"));
    assert!(web[1].data.len() < 60_000, "{}", web[1].data.len());
}

#[test]
fn an_emoji_costs_a_few_hundred_bytes() {
    let key = FaceKey { family: "Noto Emoji".into(), weight: 400, italic: false };
    let web = Fonts::built_in().web_faces(&BTreeMap::from([(key, BTreeSet::from(['🚀']))]));
    assert_eq!(web[0].format().1, "woff2");
    assert!(web[0].data.len() < 2_000, "{}", web[0].data.len());
}

/// The TrueType files below `fonts/`, sorted.
fn font_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let folders = root.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = folders
        .filter(|folder| folder.is_dir())
        .flat_map(|folder| folder.read_dir().unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "ttf"))
        .collect();
    found.sort();
    found
}

/// Whether the glyph is missing, its character, and its advance and offsets,
/// glyph by glyph.
fn advances(font: &[u8], text: &str) -> Vec<(bool, u32, i32, i32, i32)> {
    let face = rustybuzz::Face::from_slice(font, 0).unwrap();
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(text);
    let shaped = rustybuzz::shape(&face, &[], buffer);
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    let fields = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
        let missing = info.glyph_id == 0;
        (missing, info.cluster, position.x_advance, position.x_offset, position.y_offset)
    };
    glyphs.map(fields).collect()
}
