//! How decks are read: what every command that compiles one is told.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::Failure;
use super::find::DeckFile;
use crate::compile::Options;

/// How decks are read.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// Use this theme instead of the deck's.
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,

    /// Read files below this folder. Default: the deck's folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,

    /// Also use the fonts installed on this machine: the outputs then depend on it.
    #[arg(long)]
    system_fonts: bool,
}

impl Reading {
    /// The deck that is named, or the one of this folder.
    pub(super) fn deck(&self, named: Option<&Path>) -> Result<DeckFile, Failure> {
        DeckFile::find(named, self.root.as_deref())
    }

    /// The decks that are named, or the one of this folder.
    pub(super) fn decks(&self, named: &[PathBuf]) -> Result<Vec<DeckFile>, Failure> {
        DeckFile::find_all(named, self.root.as_deref())
    }

    /// How they are compiled, before anything is asked for.
    pub(super) fn options(&self) -> Options {
        Options { theme: self.theme.clone(), system_fonts: self.system_fonts, ..Options::default() }
    }
}
