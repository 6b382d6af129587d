//! The files under `fonts/` are what the binary ships, and their web editions
//! set text as the TrueType files do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use deckc::compile::{Options, compile};
use deckc::diag::Diagnostics;
use deckc::font::{FaceKey, Fonts, advice, latin_truetype, latin_woff2};
use deckc::loader::Loader;
use deckc::source::Sources;

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

#[test]
fn a_font_file_beside_the_deck_adds_its_faces() {
    let (fonts, found) = beside(&[("squares.ttc", SQUARES)]);
    assert_eq!(found, [""; 0]);
    let key = |weight| FaceKey { family: "Deckc Squares".into(), weight, italic: false };
    let faces: Vec<_> = [400, 700].map(|weight| fonts.face(&key(weight)).unwrap()).into();
    assert_eq!(faces.iter().map(|face| face.weight).collect::<Vec<_>>(), [400, 700]);
    assert!(faces[0].has('世') && !faces[1].has('世'));
    assert!((faces[0].ascent - 0.8).abs() < 1e-9 && (faces[0].descent - 0.2).abs() < 1e-9);
    let families = fonts.chain(&["Inter".to_owned()]);
    assert_eq!(families, ["Inter", "JetBrains Mono", "Noto Emoji", "Deckc Squares"]);
    assert_eq!(fonts.family_for(&families, '世'), Some("Deckc Squares"));
    assert_eq!(fonts.family_for(&families[..3], '世'), None);
}

#[test]
fn a_font_with_cff_outlines_is_emptied_of_what_the_deck_does_not_use() {
    let fonts = beside(&[("squares.ttc", SQUARES)]).0;
    let key = FaceKey { family: "Deckc Squares".into(), weight: 400, italic: false };
    let web = fonts.web_faces(&BTreeMap::from([(key, BTreeSet::from(['A', '世']))]));
    assert_eq!(web[0].format(), ("font/woff2", "woff2"));
    // The font still knows B, so the page must not ask it for one.
    assert_eq!(web[0].chars, BTreeSet::from(['A', '世']));
}

#[test]
fn a_face_beside_the_deck_stands_in_for_a_shipped_one() {
    let own = &Fonts::built_in().faces[8].data.to_vec();
    let fonts = beside(&[("emoji.ttf", own)]).0;
    assert_eq!(fonts.faces.iter().filter(|face| face.family == "Noto Emoji").count(), 1);
}

#[test]
fn a_font_file_that_cannot_be_used_is_named() {
    let found = beside(&[
        ("broken.ttf", b"no font".as_slice()),
        ("cut.ttc", &SQUARES[..200]),
        ("web.woff2", b"wOF2"),
        ("notes.txt", b"not looked at"),
    ]);
    assert_eq!(
        found.1,
        [
            "the font file `fonts/broken.ttf` cannot be used: unknown magic",
            "the font file `fonts/cut.ttc` cannot be used: its table directory is broken",
            "the font file `fonts/web.woff2` is an edition for web pages",
        ]
    );
}

#[test]
fn fonts_come_as_folders_within_the_folder() {
    let inter = &Fonts::built_in().faces[0].data.to_vec();
    let (fonts, found) = beside(&[
        ("Deckc_Squares/static/squares.ttc", SQUARES),
        ("Deckc_Squares/squares.ttc", SQUARES),
        ("__MACOSX/Inter/._Inter-Regular.ttf", b"what an archive adds"),
        ("inter/Inter-Regular.ttf", inter),
        ("inter/web/Inter-Regular.woff2", b"wOF2"),
    ]);
    assert_eq!(
        found,
        ["the font file `fonts/inter/web/Inter-Regular.woff2` is an edition for web pages"]
    );
    let of = |family| fonts.faces.iter().filter(|face| face.family == family).count();
    assert_eq!((of("Deckc Squares"), of("Inter")), (2, 5));
}

#[test]
fn a_family_is_found_by_its_own_name_where_typst_has_another() {
    // Typst renames a face that has this PostScript name.
    let renamed =
        [("JetBrains Mono", "Archibald Mono"), ("JetBrainsMono-Regular", "ArchivoNarrow-Regular")]
            .into_iter()
            .fold(Fonts::built_in().faces[5].data.to_vec(), |font, (from, to)| {
                replaced(&font, from, to)
            });
    let info = typst::text::FontInfo::new(&renamed, 0).unwrap();
    assert_eq!(info.family, "Archivo Narrow");

    let theme = include_str!("../themes/dark.toml");
    let theme = theme.replace("\"Inter\"", "\"Archibald Mono\"");
    let html = html(&[
        ("deck.md", b"---\ntitle: T\ntheme: own\n---\n\n# T\n\nText and `code`\n"),
        ("themes/own.toml", theme.as_bytes()),
        ("fonts/archibald.ttf", &renamed),
    ]);
    assert!(html.contains("@font-face{font-family:\"Archibald Mono\""), "{}", &html[..4000]);
    assert!(!html.contains("@font-face{font-family:\"Inter\""));
}

#[test]
fn advice_names_a_font_for_the_script() {
    for (ch, expected) in [
        ('世', "Noto Sans SC"),
        ('한', "Noto Sans KR"),
        ('あ', "Noto Sans JP"),
        ('ع', "Noto Sans Arabic"),
    ] {
        assert!(advice(ch).contains(expected), "{}", advice(ch));
    }
    assert!(advice('\u{fffd}').contains("wrong encoding"));
    assert!(advice('\u{e0b0}').contains("Nerd Font"));
}

/// A collection of two faces with CFF outlines; see `tests/fonts/README.md`.
const SQUARES: &[u8] = include_bytes!("fonts/squares.ttc");

/// The shipped fonts and these files of `fonts/` beside a deck, and the
/// messages about them.
fn beside(files: &[(&str, &[u8])]) -> (Fonts, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("fonts"), files);
    let mut diags = Diagnostics::default();
    let loader = Loader::new(folder.path()).unwrap();
    let fonts = Fonts::built_in().with_folder(&loader, &mut diags);
    (fonts, diags.sorted().into_iter().map(|it| it.message).collect())
}

/// The HTML of the deck among some files.
fn html(files: &[(&str, &[u8])]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let loader = Loader::new(folder.path()).unwrap();
    let options = Options { html: true, ..Options::default() };
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let output = compile(&loader, "deck.md", &options, &mut sources, &mut diags).unwrap();
    output.unwrap_or_else(|| panic!("{diags:#?}")).html.unwrap()
}

/// Writes files by their paths below a folder.
fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

/// A font with another name of the same length in place of one of its own.
fn replaced(font: &[u8], from: &str, to: &str) -> Vec<u8> {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (from, to) = (utf16(from), utf16(to));
    assert_eq!(from.len(), to.len());
    let mut font = font.to_vec();
    for at in 0..=font.len() - from.len() {
        if font[at..].starts_with(&from) {
            font[at..at + to.len()].copy_from_slice(&to);
        }
    }
    font
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
