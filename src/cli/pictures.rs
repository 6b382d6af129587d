//! Pictures in their folder: which are asked for, and which an earlier build left.

use std::path::{Path, PathBuf};

use super::record::{self, Record};
use super::{Failure, output};
use crate::bundle::{read_sums, sum};
use crate::png::{self, Kind};

/// The record of the pictures that deckc has written, beside them.
const RECORD: &str = ".deckc-pictures";

/// What to make pictures of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(super) enum Picture {
    /// Every slide in its last step.
    Slides,
    /// Every step of every slide.
    Steps,
    /// All slides on one sheet.
    Sheet,
    /// The first slide.
    Poster,
    /// The card for links.
    Card,
}

impl Picture {
    const fn kind(self) -> Kind {
        match self {
            Self::Slides => Kind::Slides,
            Self::Steps => Kind::Steps,
            Self::Sheet => Kind::Sheet,
            Self::Poster => Kind::Poster,
            Self::Card => Kind::Card,
        }
    }

    /// Whether a file is named like a picture of this kind.
    fn has(self, name: &str) -> bool {
        let Some(name) = name.strip_suffix(".png") else { return false };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Slides => is_number(name),
            Self::Steps => name.split_once('-').is_some_and(|(a, b)| is_number(a) && is_number(b)),
            Self::Sheet => name == "sheet",
            Self::Poster => name == "poster",
            Self::Card => name == "card",
        }
    }
}

/// The kinds that are asked for, each once.
pub(super) fn kinds(asked: &[Picture]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = asked.iter().map(|picture| picture.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The pictures of a build.
pub(super) struct Pictures<'p> {
    /// Their names in the folder, and their bytes.
    pub(super) files: Vec<(String, &'p [u8])>,
    /// What an earlier build left of the kinds that are made, and this one has not.
    gone: Vec<PathBuf>,
    record: Record,
}

impl<'p> Pictures<'p> {
    /// Compares what was made with what is recorded in the folder. From a record
    /// that cannot be read, nothing is known to be deckc's own.
    pub(super) fn of(folder: &Path, made: &'p [png::Picture], asked: &[Picture]) -> Self {
        let files = made.iter().map(|it| (format!("{}.png", it.name), it.bytes.as_slice()));
        let files: Vec<_> = files.collect();
        if files.is_empty() {
            return Self { files, gone: Vec::new(), record: Record::new() };
        }
        let text = std::fs::read_to_string(folder.join(RECORD)).unwrap_or_default();
        let earlier: Record = read_sums(&text).unwrap_or_default().into_iter().collect();
        let mut record: Record =
            files.iter().map(|(name, bytes)| (name.clone(), sum(bytes))).collect();
        let asked_for = |name: &str| asked.iter().any(|picture| picture.has(name));
        let stays = |name: &str| record.contains_key(name) || !asked_for(name);
        let gone = record::leftovers(folder, &earlier, stays);
        for (name, sum) in earlier {
            if !asked_for(&name) {
                record.insert(name, sum);
            }
        }
        Self { files, gone, record }
    }

    /// Takes away what is left over, and records what is there.
    pub(super) fn settle(&self, folder: &Path) -> Result<(), Failure> {
        if self.files.is_empty() {
            return Ok(());
        }
        output::remove(&self.gone)?;
        let text = record::text(&self.record);
        output::write(&[(folder.join(RECORD), text.as_bytes())])?;
        Ok(())
    }
}
