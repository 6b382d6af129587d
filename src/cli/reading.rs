//! How decks are read: what every command that compiles one is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueHint;

use super::Failure;
use super::cache::Cache;
use super::find::DeckFile;
use crate::compile::Options;
use crate::store::Store;

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

    /// Keep results in this folder, for later runs: coloured code, drawings, and pictures
    /// that were made smaller or converted. It may be shared, and deleted at any time.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,
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
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let cache = self.cache.as_deref().map(Cache::open).transpose()?;
        Ok(Options {
            theme: self.theme.clone(),
            system_fonts: self.system_fonts,
            store: cache.map(|cache| Arc::new(cache) as Arc<dyn Store>),
            ..Options::default()
        })
    }
}
