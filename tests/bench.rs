//! The benchmark compares deckc with Typst written by hand: both decks must say
//! the same, or the comparison says nothing.

#[path = "../benches/slides/mod.rs"]
mod slides;
#[path = "../benches/hand_written/world.rs"]
mod world;

use std::path::Path;
use std::process::Command;

/// Every kind of slide, once and a part's beginning twice.
const N_SLIDES: usize = 11;

#[test]
fn the_slides_of_the_benchmark_say_the_same_in_both_forms() {
    let folder = tempfile::tempdir().unwrap();
    slides::write(folder.path(), 0, N_SLIDES).unwrap();

    let built = Command::new(env!("CARGO_BIN_EXE_deckc"))
        .args(["build", "deck.md", "--strict", "-o", "deckc.pdf"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    std::fs::write(folder.path().join("typst.pdf"), world::pdf(folder.path())).unwrap();

    let (ours, theirs) = (pages(folder.path(), "deckc.pdf"), pages(folder.path(), "typst.pdf"));
    assert_eq!(ours.len(), N_SLIDES);
    for (number, (ours, theirs)) in (1..).zip(ours.iter().zip(&theirs)) {
        assert_eq!(ours, theirs, "page {number}");
    }
    assert_eq!(ours.len(), theirs.len());
}

/// The words of each page of a PDF, sorted: the two may place a slide's parts in
/// another order.
fn pages(folder: &Path, pdf: &str) -> Vec<Vec<String>> {
    let text = Command::new("pdftotext")
        .args([pdf, "-"])
        .current_dir(folder)
        .output()
        .expect("pdftotext is there: install poppler-utils, or let tests/run do it");
    let text = String::from_utf8(text.stdout).unwrap();
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(|page| {
            let mut words: Vec<String> = page.split_whitespace().map(String::from).collect();
            words.sort();
            words
        })
        .collect()
}
