//! Runs the reader on a deck of a page.

use std::path::Path;

use deckc::diag::{Diagnostic, Diagnostics};
use deckc::loader::Loader;
use deckc::model::Deck;
use deckc::source::Sources;

use super::{Case, draw, outline};

/// What the reader gave.
pub(crate) struct Read {
    /// The deck.
    pub(crate) deck: Deck,
    /// The deck's text and those of included decks.
    pub(crate) sources: Sources,
    /// The findings, in the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a deck from a folder of its own.
pub(crate) fn read(case: &Case<'_>) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("deck.md", &text(case));
    for (path, text) in &case.files {
        write(path, text);
    }
    let loader = Loader::new(folder.path()).unwrap();
    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    let deck = deckc::read::read(&loader, "deck.md", &mut sources, &mut diags).unwrap();
    Read { deck, sources, diagnostics: diags.sorted() }
}

/// The bytes of the deck. Options stand for what a page cannot show: `bom` puts
/// a byte order mark first, `crlf` makes the line ends those of Windows, and
/// `no-final-newline` cuts the last one off.
fn text(case: &Case<'_>) -> String {
    let mut text = case.deck.to_owned();
    for option in case.options.split_whitespace() {
        text = match option {
            "bom" => format!("\u{feff}{text}"),
            "crlf" => text.replace('\n', "\r\n"),
            "no-final-newline" => text.trim_end_matches('\n').to_owned(),
            other => panic!("`{other}` is no option of a deck"),
        };
    }
    text
}

/// The expectations that the reader alone can answer.
pub(crate) fn run(case: &Case<'_>, name: &str) -> Option<String> {
    let read = read(case);
    match name {
        "model" => Some(outline::outline(&read.deck)),
        "diagnostics" => Some(draw::diagnostics(&read.diagnostics, &read.sources)),
        _ => None,
    }
}
