//! Redacted texts give the same slides when they are read again, without notes
//! and hidden slides: for every deck of the manual and of `decks/`.

use std::fs;
use std::path::Path;

use deckc::diag::{Diagnostics, Level};
use deckc::loader::Loader;
use deckc::model::{Deck, Role};
use deckc::read;
use deckc::source::{Source, Sources};

use crate::harness::{fences, outline, pages};

#[test]
fn redacted_decks_are_the_same_decks_without_notes() {
    let mut n_notes = 0;
    for path in pages("tests/spec") {
        let page = fs::read_to_string(&path).unwrap();
        let fences = fences(&page);
        let mut rest = fences.as_slice();
        while let [deck, tail @ ..] = rest {
            let n_own = tail.iter().take_while(|fence| !fence.info.starts_with("deck")).count();
            let (own, next) = tail.split_at(n_own);
            rest = next;
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), "deck.md", deck.text);
            for fence in own {
                if let Some(file) = fence.info.strip_prefix("file ") {
                    write(folder.path(), file, fence.text);
                }
            }
            n_notes +=
                check(folder.path(), "deck.md", &format!("{}:{}", path.display(), deck.line));
        }
    }
    let decks = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    for name in
        ["go-concurrency-at-scale.md", "go-performance.md", "so-you-wanna-go-fast.md", "tour.md"]
    {
        let folder = tempfile::tempdir().unwrap();
        copy(&decks, folder.path());
        n_notes += check(folder.path(), name, name);
    }
    assert!(n_notes > 100, "{n_notes} notes: the decks are full of them");
}

/// Redacts a deck and compares; gives how many notes it had. A deck with an
/// error is never given away.
fn check(folder: &Path, name: &str, place: &str) -> usize {
    let Some((mut deck, texts)) = read_deck(folder, name) else { return 0 };
    let n_notes: usize = deck.slides.iter().map(|slide| slide.notes.len()).sum();
    for source in &texts {
        write(folder, source.path.to_str().unwrap(), &source.text);
    }
    deck.slides.retain(|slide| slide.role != Role::Hidden);
    if deck.slides.is_empty() {
        return n_notes;
    }
    deck.slides.iter_mut().for_each(|slide| slide.notes.clear());
    let shown: Vec<&str> = texts.iter().map(|it| &*it.text).collect();
    let (again, _) = read_deck(folder, name)
        .unwrap_or_else(|| panic!("{place}: redacted, it has errors\n{}", shown.join("==>\n")));
    assert_eq!(outlined(&again), outlined(&deck), "{place}\n{}", shown.join("==>\n"));
    n_notes
}

fn read_deck(folder: &Path, name: &str) -> Option<(Deck, Vec<Source>)> {
    let loader = Loader::new(folder).unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let deck = read::read(&loader, name, &mut sources, &mut diags).unwrap();
    // A slide that only hidden ones surround may be the first thing missing.
    let errors = diags.iter().filter(|it| it.level == Level::Error && it.name != "dead-link");
    (errors.count() == 0).then(|| {
        let texts = read::redacted_texts(&deck, &sources);
        (deck, texts)
    })
}

/// The outline, with the numbers of slides that have no name taken off, since
/// hidden slides count, and with the two spaces around a note as one.
fn outlined(deck: &Deck) -> String {
    let outline = outline::outline(deck);
    let lines = outline.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let line = format!("{}{}\n", &line[..indent], words.join(" "));
        match line.split_once("#slide-") {
            Some((before, after)) => {
                format!("{before}#slide{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => line,
        }
    });
    lines.collect()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
