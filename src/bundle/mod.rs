//! The bundle: what goes on the stick, and whether it is all there.
//!
//! Takes what was made of a deck, gives files by name; [`verify`] takes files and
//! says what is wrong with them. Nothing is read or written here.

mod names;
mod source;
mod sums;
mod verify;
mod zip;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use self::names::{clash, problem};
pub use self::source::source;
pub use self::sums::{SUMS, read as read_sums, sum};
pub use self::verify::{Verdict, verify};
pub use self::zip::{BadZip, pack, unpack};

/// Files by name, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the deck's source.
pub const SOURCE: &str = "source";

/// What is put together.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The title of the deck.
    pub title: String,
    /// How many slides it has.
    pub slides: usize,
    /// The slides, with notes and presenter view.
    pub html: Vec<u8>,
    /// The slides as PDF, a page a slide.
    pub pdf: Vec<u8>,
    /// Slides above their notes.
    pub notes: Vec<u8>,
    /// The handout.
    pub handout: Vec<u8>,
    /// The delivery guide.
    pub guide: Vec<u8>,
    /// The deck, by its name below the folder of the source.
    pub deck: String,
    /// The deck's files and the examples, by their names from the root.
    pub source: Files,
}

/// Puts a bundle together: with a page that says how to open it, and the sums of
/// all files.
#[must_use]
pub fn bundle(parts: Parts) -> Files {
    let mut files = Files::new();
    let about = open_me(&parts);
    for (name, bytes) in [
        ("index.html", parts.html),
        ("deck.pdf", parts.pdf),
        ("deck-notes.pdf", parts.notes),
        ("handout.pdf", parts.handout),
        ("guide.pdf", parts.guide),
        ("OPEN-ME.txt", about.into_bytes()),
    ] {
        files.insert(name.to_owned(), bytes);
    }
    for (name, bytes) in parts.source {
        files.insert(format!("{SOURCE}/{name}"), bytes);
    }
    let sums = sums::write(&files);
    files.insert(SUMS.to_owned(), sums.into_bytes());
    files
}

/// How to open it, in plain words, with line ends that every editor knows.
fn open_me(parts: &Parts) -> String {
    let title = parts.title.replace(['\r', '\n'], " ");
    let n = parts.slides;
    let deck = &parts.deck;
    let mut text = String::new();
    let _ = write!(
        text,
        "{title}\n{}\n\n\
         To present: open index.html in a browser (Chrome, Edge, Firefox, Safari).\n\
         Nothing has to be installed, and no network is needed.\n\n\
         \x20 F            full screen\n\
         \x20 Right, Left  next and back; every clicker works\n\
         \x20 S            your own view in a second window: notes, clock, next slide\n\
         \x20 ?            all keys\n\n\
         If the browser does not work: deck.pdf has the same {n} slides.\n\n\
         deck.pdf         the slides\n\
         deck-notes.pdf   each slide above its notes\n\
         handout.pdf      for the audience, with lines to write on\n\
         guide.pdf        checklists, times, script, questions: print it\n\
         source           the text that all of it was made from: {SOURCE}/{deck}\n\
         SHA256SUMS       the sums of all files\n\n\
         Notes are in index.html, deck.pdf, deck-notes.pdf, guide.pdf and the source.\n\
         Give only handout.pdf to others, or publish the slides without notes.\n\n\
         To see whether a file was damaged: deckc verify, or sha256sum -c SHA256SUMS\n\
         in this folder.\n",
        "=".repeat(title.chars().count().min(72)),
    );
    text.replace('\n', "\r\n")
}
