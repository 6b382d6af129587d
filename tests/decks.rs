//! The decks of `decks/`: each builds without a finding in every theme, twice
//! to the same bytes, and looks as `tests/golden/` says.
//!
//! A golden lists, slide by slide, the layout, how full each slot is, and every
//! line with where it stands; and a hash of each output.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use deckc::check;
use deckc::compile::{self, Options, Output, Prepared};
use deckc::diag::Diagnostics;
use deckc::loader::Loader;
use deckc::source::Sources;
use sha2::{Digest as _, Sha256};

/// The decks, by file name, sorted.
fn decks() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    let mut names: Vec<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|ext| ext == "md"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "there are decks");
    names.into_iter().map(|name| (folder.clone(), name)).collect()
}

/// Both outputs of a deck that has no finding.
fn build(folder: &Path, name: &str, theme: &str) -> Output {
    let loader = Loader::new(folder).unwrap();
    let options =
        Options { html: true, pdf: true, theme: Some(theme.to_owned()), ..Options::default() };
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let output = compile::compile(&loader, name, &options, &mut sources, &mut diags).unwrap();
    let found: Vec<String> = diags.sorted().into_iter().map(|it| it.message).collect();
    assert!(found.is_empty(), "{name} in {theme}: {found:#?}");
    output.unwrap()
}

#[test]
fn every_deck_builds_without_a_finding_in_every_theme() {
    for (folder, name) in decks() {
        for (theme, _) in deckc::theme::BUILT_IN {
            let output = build(&folder, &name, theme);
            assert!(output.html.is_some() && output.pdf.is_some());
        }
    }
}

#[test]
fn decks_look_as_their_goldens_say() {
    let mut wrong = Vec::new();
    for (folder, name) in decks() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(&name)
            .with_extension("txt");
        let (first, second) = (build(&folder, &name, "dark"), build(&folder, &name, "dark"));
        assert!(first.html == second.html, "{name}: two builds, two HTML files");
        assert!(first.pdf == second.pdf, "{name}: two builds, two PDF files");

        let mut found = pages(&folder, &name);
        let (html, pdf) = (first.html.unwrap(), first.pdf.unwrap());
        writeln!(found, "html {:x}\npdf  {:x}", Hash(html.as_bytes()), Hash(&pdf)).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &found).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?} look different: read the difference with UPDATE=1");
}

/// Every slide and every line of a deck.
fn pages(folder: &Path, name: &str) -> String {
    let loader = Loader::new(folder).unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let deck = compile::prepare(&loader, name, &Options::default(), &mut sources, &mut diags);
    let deck: Prepared = deck.unwrap().unwrap();
    let with = check::With {
        theme: &deck.theme,
        fonts: &deck.fonts,
        figures: &deck.figures,
        sources: &sources,
        tokens: &deck.tokens,
    };
    assert!(check::check(&deck.placed, &deck.typeset.pages, with, &mut diags).is_some());

    let mut out = String::new();
    for (slide, page) in deck.placed.slides.iter().zip(&deck.typeset.pages) {
        let steps = if slide.last_step.0 > 0 {
            format!(", {} steps", slide.last_step.0)
        } else {
            String::new()
        };
        writeln!(out, "{} {} ({}{steps})", slide.number, slide.title, slide.layout).unwrap();
        for (slot, fill) in slide.slots.iter().zip(&page.slots) {
            let full = fill.used.h / fill.room.h * 100.0;
            writeln!(out, "  {}: {full:.0} % full", slot.name).unwrap();
        }
        for it in page.boxes.values() {
            for line in &it.lines {
                let text: Vec<&str> = line.runs.iter().map(|run| run.text.as_str()).collect();
                let (x, y) = (line.rect.x.get(), line.rect.y.get());
                writeln!(out, "    {x:6.1} {y:6.1} {:6.1} | {}", line.rect.w.get(), text.concat())
                    .unwrap();
            }
            if let Some(picture) = it.picture {
                let (x, y) = (picture.x.get(), picture.y.get());
                let (w, h) = (picture.w.get(), picture.h.get());
                writeln!(out, "    {x:6.1} {y:6.1} {w:6.1} x {h:.1} picture").unwrap();
            }
        }
        out.push('\n');
    }
    out
}

/// The SHA-256 of some bytes, to be written in hexadecimal.
struct Hash<'a>(&'a [u8]);

impl std::fmt::LowerHex for Hash<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Sha256::digest(self.0).iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
