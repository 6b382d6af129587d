//! The lock: what `deckc test --update` found, kept beside the deck.
//!
//! `deck.lock` beside `deck.md` holds the text of everything that the deck
//! shows of files, what its programs printed, and the toolchains that ran them.
//! Takes the text of such a file and gives a [`Lock`], and the other way round;
//! `drift` compares it with the deck. Nothing is run here and nothing written.

mod drift;
mod read;
mod standing;
mod write;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

pub use self::drift::{check, codes, files, program_key, text};
pub use self::read::load;
pub use self::standing::{Standing, standing};
use crate::model::CodeFile;

/// What is known of a deck's code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The version of each toolchain that was run, in its own words.
    pub tools: BTreeMap<String, String>,
    /// The parts of files that the deck shows, by [`include_key`].
    pub includes: BTreeMap<String, Include>,
    /// What programs printed, by the hash of the program.
    pub outputs: BTreeMap<String, Recorded>,
    /// The other programs that held, by their hash: those whose output the deck
    /// does not show.
    pub held: BTreeMap<String, Held>,
}

/// The part of a file that a deck showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The number of its first line in the file, counted from 1.
    pub first: u32,
    /// The number of its last line.
    pub last: u32,
    /// The revision that a name like `v1.2` stood for; `None` for a part of the
    /// file as it is.
    pub commit: Option<String>,
    /// Its lines, without the indentation that they share, each with a line end.
    pub text: String,
}

/// What a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The slide that shows it, for who reads the lock.
    pub slide: String,
    /// What was done: `run`, `race` or `bench`.
    pub task: String,
    /// The toolchain, as [`Lock::tools`] names it.
    pub tool: String,
    /// All that it printed.
    pub text: String,
}

/// A program that held, and printed nothing that the deck shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The slide that shows it, for who reads the lock.
    pub slide: String,
    /// What was done: `check`, `run`, `race` or `fail`.
    pub task: String,
    /// The toolchain, as [`Lock::tools`] names it.
    pub tool: String,
}

/// The lock's file for a deck: `talks/go.lock` for `talks/go.md`.
#[must_use]
pub fn path(deck: &str) -> String {
    let folder = deck.rfind('/').map_or(0, |slash| slash + 1);
    let name = &deck[folder..];
    let stem = name.rfind('.').filter(|dot| 0 < *dot).map_or(name, |dot| &name[..dot]);
    format!("{}{stem}.lock", &deck[..folder])
}

/// The name of an include: what stands behind `file=`, with the path from the
/// root.
#[must_use]
pub fn include_key(file: &CodeFile) -> String {
    let mut key = file.path.clone();
    if let Some(revision) = &file.revision {
        key.push('@');
        key.push_str(&revision.value);
    }
    if !file.selector.is_empty() {
        key.push('#');
        key.push_str(&file.selector);
    }
    if file.with_doc {
        key.push_str(" doc");
    }
    key
}

/// Lines as a text: each with a line end.
pub fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A hash of parts as hexadecimal digits; each part is hashed with its length,
/// so that none runs into the next.
#[must_use]
pub fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_stands_beside_the_deck() {
        assert_eq!(path("deck.md"), "deck.lock");
        assert_eq!(path("talks.d/go.md"), "talks.d/go.lock");
        assert_eq!(path("a/.md"), "a/.md.lock");
        assert_eq!(path("talk"), "talk.lock");
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let include = |text: &str| Include {
            first: 3,
            last: 9,
            commit: Some("abc".to_owned()),
            text: text.to_owned(),
        };
        let lock = Lock {
            tools: BTreeMap::from([("go".to_owned(), "go1.19 \"x\"".to_owned())]),
            includes: ["plain\n\tindented\n", "it's '''\n", "\u{1}\\\n", "", "\n\nx"]
                .into_iter()
                .enumerate()
                .map(|(at, text)| (format!("a.go#L{at}"), include(text)))
                .collect(),
            outputs: BTreeMap::from([(
                "00ff".to_owned(),
                Recorded {
                    slide: "pool".to_owned(),
                    task: "run".to_owned(),
                    tool: "go".to_owned(),
                    text: "1\r\n2\n".to_owned(),
                },
            )]),
            held: BTreeMap::from([(
                "01ff".to_owned(),
                Held { slide: "loop".to_owned(), task: "check".to_owned(), tool: "go".to_owned() },
            )]),
        };
        let text = lock.to_string();
        assert_eq!(read::parse(&text).expect("it was just written"), lock, "{text}");
    }
}
