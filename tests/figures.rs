//! Pictures: told by their content, measured without being drawn, and refused
//! with the act that mends them.

use std::path::Path;

use deckc::color::{Layer, Rgb};
use deckc::diag::{Diagnostic, Diagnostics, Level};
use deckc::figure::{self, Figure, Figures, Format, With};
use deckc::font::Fonts;
use deckc::loader::Loader;
use deckc::model::Meta;
use deckc::place::Placed;
use deckc::source::{Span, Spanned};
use image::{DynamicImage, ImageFormat};

#[test]
fn pixels_are_told_by_their_content() {
    for (format, expected) in [
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::Webp),
    ] {
        let (figure, found) = load("picture.dat", &picture(format));
        assert!(found.is_empty(), "{found:?}");
        let figure = figure.unwrap();
        assert_eq!((figure.format, figure.width, figure.height), (expected, 30.0, 20.0));
    }
}

#[test]
fn a_file_that_was_cut_off_is_an_error() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let bytes = picture(format);
        let (figure, found) = load("picture.png", &bytes[..bytes.len() - 10]);
        assert!(figure.is_none());
        assert_eq!(message(&found), "the picture `picture.png` is broken: it ends too early");
    }
    let (_, found) = load("picture.png", &picture(ImageFormat::Png)[..20]);
    assert!(message(&found).starts_with("the picture `picture.png` is broken: "), "{found:?}");
}

#[test]
fn broken_pixels_are_found_when_they_are_decoded() {
    let mut png = picture(ImageFormat::Png);
    let middle = png.len() - 20;
    png[middle] ^= 0xff;
    let (placed, figures, mut diags) = load_deck("a.png", &png);
    assert!(diags.is_empty());
    assert!(figure::find_undecodable(&placed, &figures, &mut diags));
    let found = diags.sorted();
    assert!(message(&found).starts_with("the picture `a.png` is broken: CRC error"), "{found:?}");
    assert_eq!(found[0].span, span());
}

#[test]
fn a_photo_that_is_to_be_turned_is_measured_as_turned() {
    // An Exif segment whose only entry is orientation 6: a quarter to the right.
    let exif =
        b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let jpeg = picture(ImageFormat::Jpeg);
    let turned = [&jpeg[..2], exif, &jpeg[2..]].concat();
    let figure = load("photo.jpg", &turned).0.unwrap();
    assert_eq!((figure.width, figure.height), (20.0, 30.0));
}

#[test]
fn what_a_file_says_beside_its_picture_does_not_ship() {
    let says = |bytes: &[u8]| bytes.windows(6).any(|it| it == b"51.5 N");
    let segment = |marker: u8, text: &[u8]| {
        let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], text].concat()
    };
    let jpeg = picture(ImageFormat::Jpeg);
    let exif = segment(
        0xe1,
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\x0051.5 N",
    );
    let comment = segment(0xfe, b"51.5 N");
    let file = [&jpeg[..2], &exif, &comment, &jpeg[2..], b"51.5 N behind the end"].concat();
    let figure = load("photo.jpg", &file).0.unwrap();
    assert!(says(&file) && !says(&figure.bytes));
    assert_eq!((figure.width, figure.height), (20.0, 30.0));
    // What is left is turned in the same way, and the pixels are the same.
    let again = load("photo.jpg", &figure.bytes).0.unwrap();
    assert_eq!((again.width, again.height), (20.0, 30.0));
    assert_eq!(again.bytes, figure.bytes);
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
    assert_eq!(pixels(&figure.bytes), pixels(&jpeg));

    let png = picture(ImageFormat::Png);
    let mut text = b"tEXtGPS\x0051.5 N".to_vec();
    text.extend(crc32(&text).to_be_bytes());
    let length = u32::try_from(text.len() - 8).unwrap().to_be_bytes();
    let file = [&png[..33], &length, &text, &png[33..]].concat();
    let figure = load("screen.png", &file).0.unwrap();
    assert!(says(&file) && *figure.bytes == *png);
}

#[test]
fn a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() {
    let mut png = picture(ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    let found = load("big.png", &png).1;
    assert_eq!(
        message(&found),
        "the picture `big.png` has 30000 x 30000 pixels, which is 900 million; the most is 100 million"
    );
}

#[test]
fn an_svg_that_takes_too_long_to_draw_is_refused() {
    let doubled = |name: &str, first: &str, next: &dyn Fn(usize) -> String, last: &str| {
        let more: String = (1..20).map(next).collect();
        let svg = format!("<defs>{first}{more}</defs>{last}");
        (format!("{name}.svg"), svg)
    };
    let nested = |kind: &'static str, property: &'static str| {
        move |level: usize| {
            let part = format!("<path d='M0 0h9v9z' {property}='url(#i{})'/>", level - 1);
            format!("<{kind} id='i{level}' width='9' height='9'>{part}{part}</{kind}>")
        }
    };
    let kinds = [("clipPath", "clip-path"), ("mask", "mask"), ("pattern", "fill")];
    let mut all: Vec<(String, String)> = Vec::new();
    for (kind, property) in kinds {
        let first = format!("<{kind} id='i0' width='9' height='9'><path d='M0 0h9v9z'/></{kind}>");
        let last = format!("<path d='M0 0h9v9z' {property}='url(#i19)'/>");
        all.push(doubled(kind, &first, &nested(kind, property), &last));
    }
    let clones = |level: usize| {
        format!("<g id='i{level}'>{0}{0}</g>", format!("<use href='#i{}'/>", level - 1))
    };
    all.push(doubled("use", "<path id='i0' d='M0 0h9'/>", &clones, "<use href='#i19'/>"));
    let corners = "L1 1".repeat(2_000);
    let marker = format!("<marker id='m'>{}</marker>", "<path d='M0 0h9'/>".repeat(500));
    all.push((
        "marker.svg".into(),
        format!("{marker}<path marker-mid='url(#m)' d='M0 0{corners}'/>"),
    ));
    for (name, svg) in all {
        let (figure, found) = load(&name, svg_file(&svg).as_bytes());
        assert!(figure.is_none(), "{name}");
        assert_eq!(
            message(&found),
            format!(
                "the SVG `{name}` draws more than 500000 elements once its references are followed"
            )
        );
    }

    let kernel = "1 ".repeat(2_500);
    for filter in [
        "<filter id='f' x='-1e4' y='-1e4' width='2e4' height='2e4'><feGaussianBlur stdDeviation='50'/></filter>",
        "<filter id='f'><feMorphology operator='dilate' radius='40'/></filter>",
        "<filter id='f'><feTurbulence numOctaves='100'/></filter>",
        &format!("<filter id='f'><feConvolveMatrix order='50' kernelMatrix='{kernel}'/></filter>"),
    ] {
        let svg = format!("{filter}<path d='M0 0h100v100h-100z' filter='url(#f)'/>");
        let (figure, found) = load("filter.svg", svg_file(&svg).as_bytes());
        assert!(figure.is_none(), "{filter}");
        assert_eq!(
            message(&found),
            "the filters of the SVG `filter.svg` take more than 1000 million steps"
        );
    }
}

#[test]
fn an_svg_with_a_shadow_is_shown() {
    let shadow = "<filter id='f'><feDropShadow dx='2' dy='2' stdDeviation='4'/></filter>";
    let svg = format!("{shadow}<path d='M0 0h100v100h-100z' filter='url(#f)'/>");
    let (figure, found) = load("shadow.svg", svg_file(&svg).as_bytes());
    assert!(figure.is_some() && found.is_empty(), "{found:?}");
}

#[test]
fn what_only_a_browser_works_out_is_said_to_be_lost() {
    let said = |content: &str| {
        let found = load("a.svg", svg_file(content).as_bytes()).1;
        found.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    let path = |attributes: &str| format!("<path d='M0 0h9v9z' {attributes}/>");
    for (content, functions) in [
        (path("style='fill: light-dark(#fff, var(--dark))'"), "`light-dark()`, `var()`"),
        (path("stroke='oklch(.6 .2 30)'"), "`oklch()`"),
        (format!("<style>.a{{fill:var(--c)}}</style>{}", path("class='a'")), "`var()`"),
    ] {
        let message = format!(
            "the SVG `a.svg` has colours that only a browser works out: {functions}; they are left out"
        );
        assert_eq!(said(&content), [message]);
    }
    let moves = "<style>@keyframes k{to{opacity:0}} path{animation:k 1s}</style>";
    let message = "the SVG `a.svg` has scripts or animation; the slide shows it at rest";
    assert_eq!(said(&(moves.to_owned() + &path(""))), [message]);
    // Colours that every program knows, and what is no colour.
    for fine in ["fill='rgb(1,2,3)'", "style='fill:hsl(9 9% 9%);font-family:var(--f)'"] {
        assert!(said(&path(fine)).is_empty(), "{:?}", said(&path(fine)));
    }
}

#[test]
fn other_formats_are_named() {
    for (bytes, kind) in [
        (&b""[..], "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\0\0\0\x20ftypavif....", "is an AVIF picture, which deckc does not read"),
        (b"<!DOCTYPE html>\n<HTML>", "is a page of HTML"),
        (
            b"version https://git-lfs.github.com/spec/v1\n",
            "is a pointer of Git LFS and not the picture",
        ),
        (b"hello", "is no picture"),
    ] {
        assert_eq!(message(&load("a.png", bytes).1), format!("the file `a.png` {kind}"));
    }
    let wide: Vec<u8> = svg_file("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = [b"<?xml version='1.0' encoding='latin1'?><svg><!-- ", &[0xe9][..], b" --></svg>"];
    for bytes in [[&[0xff, 0xfe][..], &wide].concat(), latin.concat()] {
        assert_eq!(message(&load("a.svg", &bytes).1), "the SVG `a.svg` is not written in UTF-8");
    }
}

#[test]
fn a_missing_file_names_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("img")).unwrap();
    std::fs::write(folder.path().join("img/pool.svg"), "<svg/>").unwrap();
    let found = load_from(folder.path(), "img/Pool.png").1;
    assert_eq!(message(&found), "there is no file `img/Pool.png`");
    assert_eq!(found[0].hints, ["did you mean `img/pool.svg`?"]);
    for (key, expected) in [
        ("https://example.com/a.png", "the picture `https://example.com/a.png` is on the network"),
        ("../a.png", "there is no file `../a.png`"),
        ("/etc/passwd", "the file `/etc/passwd` lies outside the deck's folder"),
    ] {
        assert_eq!(message(&load_from(folder.path(), key).1), expected);
    }
}

#[test]
fn an_svg_is_written_back_with_its_text_as_outlines() {
    let (figure, found) = svg(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 100 50">
        <text x="5" y="20" font-family="Arial, sans-serif" font-size="8">Größe → ✓ 🚀</text></svg>"#,
    );
    assert!(found.is_empty(), "{found:?}");
    let figure = figure.unwrap();
    let text = std::str::from_utf8(&figure.bytes).unwrap();
    assert!(text.contains("<path") && !text.contains("<text"), "{text}");
    assert_eq!((figure.width, figure.height), (200.0, 100.0));
    let [text] = figure.texts.as_slice() else { panic!("{:?}", figure.texts) };
    assert_eq!(text.text, "Größe → ✓ 🚀");
    assert!((text.size - 16.0).abs() < 1e-4, "{}", text.size);
}

#[test]
fn what_is_behind_the_text_of_an_svg_is_what_it_paints_there() {
    let ground = |before: &str| {
        let (figure, found) = svg(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
            <defs><clipPath id="left"><rect width="100" height="100"/></clipPath>
            <clipPath id="right"><rect x="150" width="50" height="100"/></clipPath>
            <linearGradient id="g"><stop stop-color="red"/><stop offset="1"/></linearGradient></defs>
            {before}</svg>"#
        ));
        assert!(found.is_empty(), "{found:?}");
        let texts = figure.unwrap().texts;
        let shown = |layer: Option<Layer>| layer.map(|it| it.on(Rgb::BLACK).to_string());
        let [text] = texts.as_slice() else { panic!("{texts:?}") };
        (shown(text.ink).unwrap_or_default(), shown(text.ground).unwrap_or_default())
    };
    let text = r##"<text x="40" y="50" font-size="20" fill="#ffffff">go</text>"##;
    let rect = |fill: &str| format!(r#"<rect width="200" height="100" fill="{fill}"/>"#);
    let under = |before: &str| ground(&format!("{before}{text}")).1;

    assert_eq!(under(""), "#000000");
    assert_eq!(under(&rect("#336699")), "#336699");
    assert_eq!(under(&format!("{}{}", rect("#336699"), rect("#ffffff80"))), "#99b3cc");
    assert_eq!(under(r##"<circle cx="160" cy="50" r="30" fill="#336699"/>"##), "#000000");
    assert_eq!(under(r##"<path d="M0 47H200" stroke="#336699"/>"##), "#000000");
    assert_eq!(under(r##"<path d="M0 47H200" stroke-width="40" stroke="#336699"/>"##), "#336699");
    for (clip, expected) in [("left", "#336699"), ("right", "#000000")] {
        let clipped = format!(r#"<g clip-path="url(#{clip})">{}</g>"#, rect("#336699"));
        assert_eq!(under(&clipped), expected);
    }
    assert_eq!(under(&rect("url(#g)")), "", "a gradient is not known");
    assert_eq!(under(&format!("{}{}", rect("url(#g)"), rect("#336699"))), "#336699");

    let faint = format!(r#"<g opacity="0.5">{}{text}</g>"#, rect("#336699"));
    assert_eq!(ground(&faint), ("#808080".to_owned(), "#1a334d".to_owned()));
    let halo = r##"<text x="40" y="50" font-size="20" fill="#ffffff" stroke="#123456"
        stroke-width="6" paint-order="stroke">go</text>"##;
    assert_eq!(ground(halo), ("#ffffff".to_owned(), "#123456".to_owned()));
}

#[test]
fn an_svg_without_its_font_or_glyphs_says_so() {
    let found = svg(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">
        <text font-family="Comic Neue">a世</text></svg>"#)
    .1;
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the text of the SVG `a.svg` asks for the font `Comic Neue`, which the deck does not have",
            "no font has the character `世` (U+4E16) in the text of the SVG `a.svg`",
        ]
    );
    assert_eq!((found[0].level, found[1].level), (Level::Warning, Level::Error));
    assert!(found[1].hints[0].contains("Noto Sans SC"), "{:?}", found[1].hints);
}

#[test]
fn what_an_svg_loses_is_reported() {
    let rect = r#"<rect width="5" height="5"/>"#;
    for (content, expected) in [
        ("<script>alert(1)</script>", "has scripts or animation; the slide shows it at rest"),
        (r#"<g onclick="x()"/>"#, "has scripts or animation; the slide shows it at rest"),
        ("<foreignObject><p>x</p></foreignObject>", "has HTML in it, which would be left out"),
        (
            r#"<image href="/etc/passwd" width="1" height="1"/>"#,
            "shows another file, `/etc/passwd`, which would be left out",
        ),
        (
            r#"<image href="http://example.com/a.png" width="1" height="1"/>"#,
            "shows another file, `http://example.com/a.png`, which would be left out",
        ),
        (
            "<style>@import url(x.css);</style>",
            "takes its style from another file, which would be left out",
        ),
    ] {
        let (figure, found) = svg(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{content}{rect}</svg>"#
        ));
        assert_eq!(message(&found), format!("the SVG `a.svg` {expected}"));
        let clean = figure.unwrap();
        let text = std::str::from_utf8(&clean.bytes).unwrap();
        for word in ["script", "onclick", "foreignObject", "href", "import"] {
            assert!(!text.contains(word), "{text}");
        }
    }
}

#[test]
fn an_svg_that_is_broken_says_why() {
    for (content, expected) in [
        ("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "it draws nothing"),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><g>",
            "the root node was opened but never closed",
        ),
    ] {
        let (figure, found) = svg(content);
        assert!(figure.is_none());
        assert_eq!(message(&found), format!("the SVG `a.svg` is broken: {expected}"));
    }
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}{}</svg>",
        "<g opacity='0.9'>".repeat(100_000),
        "</g>".repeat(100_000)
    );
    assert_eq!(message(&svg(&deep).1), "the SVG `a.svg` nests groups more than 200 deep");
    let allowed = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}<rect width='5' height='5'/>{}</svg>",
        "<g opacity='0.9'>".repeat(198),
        "</g>".repeat(198)
    );
    assert!(svg(&allowed).0.is_some());
}

#[test]
fn an_asset_is_reported_once_where_it_is_named_first() {
    let found = load("a.png", b"").1;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].span, span());
}

/// An SVG of 100 x 100 with something in it.
fn svg_file(inside: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>{inside}</svg>")
}

/// A picture of 30 x 20 pixels.
fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::new_rgb8(30, 20).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn svg(content: &str) -> (Option<Figure>, Vec<Diagnostic>) {
    load("a.svg", content.as_bytes())
}

/// Loads a file with this content, and what is said of it.
fn load(name: &str, content: &[u8]) -> (Option<Figure>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    load_from(folder.path(), name)
}

/// A deck whose logo has this content, what was loaded, and what was said.
fn load_deck(name: &str, content: &[u8]) -> (Placed, Figures, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    let placed = with_logo(name);
    let mut diags = Diagnostics::default();
    let loader = Loader::new(folder.path()).unwrap();
    let figures = load_with(&placed, &loader, &mut diags);
    (placed, figures, diags)
}

fn load_with(placed: &Placed, loader: &Loader, diags: &mut Diagnostics) -> Figures {
    let fonts = &Fonts::built_in();
    let with =
        With { loader, fonts, theme: None, only_sizes: false, widest: 0, memo: None, store: None };
    figure::load(placed, with, diags)
}

fn with_logo(key: &str) -> Placed {
    let logo = Some(Spanned::new(key.to_owned(), span()));
    Placed { meta: Meta { logo, ..Meta::default() }, slides: Vec::new() }
}

/// Loads the asset that a deck in a folder names as its logo.
fn load_from(folder: &Path, key: &str) -> (Option<Figure>, Vec<Diagnostic>) {
    let placed = with_logo(key);
    let mut diags = Diagnostics::default();
    let loader = Loader::new(folder).unwrap();
    let mut figures = load_with(&placed, &loader, &mut diags);
    (figures.remove(key), diags.sorted())
}

fn span() -> Span {
    Span { start: 5, end: 9, ..Span::default() }
}

/// The message of the only finding.
fn message(found: &[Diagnostic]) -> &str {
    assert_eq!(found.len(), 1, "{found:?}");
    &found[0].message
}

/// The checksum of a PNG's chunks (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    !crc
}
