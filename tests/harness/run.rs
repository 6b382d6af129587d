//! Runs the reader on a deck of a page.

use std::path::Path;

use deckc::compile::Options;
use deckc::diag::{Diagnostic, Diagnostics};
use deckc::font::Fonts;
use deckc::layout::Layouts;
use deckc::loader::Loader;
use deckc::model::Deck;
use deckc::place::{Placed, place};
use deckc::source::Sources;

use super::{Case, draw, outline, placed};

/// What the reader gave.
pub(crate) struct Read {
    /// The deck.
    pub(crate) deck: Deck,
    /// The placed and fitted deck, for a case with the option `placed`.
    pub(crate) placed: Option<Placed>,
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
    let mut whole = Diagnostics::default();
    if case.options.split_whitespace().any(|option| option == "whole") {
        whole = findings(&loader, false);
        assert_eq!(whole.clone().sorted(), findings(&loader, true).sorted(), "check and build");
    }
    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    let mut deck = deckc::read::read(&loader, "deck.md", &mut sources, &mut diags).unwrap();
    deckc::figure::tabulate(&mut deck);
    let placed = case.options.split_whitespace().any(|option| option == "placed").then(|| {
        let layouts = Layouts::load(&loader, &mut sources, &mut diags);
        let theme = deck.meta.theme.as_ref();
        let (name, at) = theme.map_or((deckc::theme::DEFAULT, None), |theme| {
            (theme.value.as_str(), Some(theme.span))
        });
        let theme = deckc::theme::find(name, at, &loader, &mut sources, &mut diags);
        let mut placed = place(deck.clone(), &layouts, &mut diags);
        deckc::figure::describe(&mut placed);
        if let Some(theme) = theme {
            placed.expand_tabs(theme.space.tab);
            let mut tokens = deckc::highlight::highlight(&placed, |_| false, None, None);
            deckc::fit::fit(&mut placed, &mut tokens, &theme, &Fonts::built_in());
        }
        placed
    });
    let diagnostics = if whole.is_empty() { diags.sorted() } else { whole.sorted() };
    Read { deck, placed, sources, diagnostics }
}

/// The findings on `deck.md` of everything up to the writers, which are the same for who
/// wants nothing else.
pub(crate) fn findings(loader: &Loader, only_findings: bool) -> Diagnostics {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let options = Options { only_findings, ..Options::default() };
    deckc::compile(loader, "deck.md", &options, &mut sources, &mut found).unwrap();
    found
}

/// The bytes of the deck. Options stand for what a page cannot show: `bom` puts
/// a byte order mark first, `crlf` makes the line ends those of Windows, and
/// `no-final-newline` cuts the last one off. `placed` changes nothing here: it
/// asks for layouts, theme, placing and fitting. `whole` asks for the findings of
/// everything up to the writers.
fn text(case: &Case<'_>) -> String {
    let mut text = case.deck.to_owned();
    for option in case.options.split_whitespace() {
        text = match option {
            "bom" => format!("\u{feff}{text}"),
            "crlf" => text.replace('\n', "\r\n"),
            "no-final-newline" => text.trim_end_matches('\n').to_owned(),
            "placed" | "whole" => text,
            other => panic!("`{other}` is no option of a deck"),
        };
    }
    text
}

/// The expectations that the reader can answer, and placing where the case
/// asks for it.
pub(crate) fn run(case: &Case<'_>, name: &str) -> Option<String> {
    let read = read(case);
    match name {
        "model" => Some(outline::outline(&read.deck)),
        "redacted" => {
            let texts = deckc::read::redacted_texts(&read.deck, &read.sources);
            let texts = texts.iter().map(|it| format!("==> {}\n{}", it.path.display(), it.text));
            Some(texts.collect())
        }
        "placed" => read.placed.as_ref().map(placed::placed),
        "fitted" => read.placed.as_ref().map(placed::fitted),
        "diagnostics" => Some(draw::diagnostics(&read.diagnostics, &read.sources)),
        _ => None,
    }
}
