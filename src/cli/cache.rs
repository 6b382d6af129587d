//! `--cache`: a folder of results that the next build need not make.
//!
//! A file a result, named by its key, below a folder of the key's first byte.
//! It begins with the hash of what follows, so that a file that was cut off,
//! changed or written by something else is none. Files are written beside their
//! place and renamed: programs may share the folder, and it may be deleted at any
//! time, as a whole or in parts.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::Failure;
use crate::store::{Key, Store};

/// How many bytes the hash in front takes.
const HASH: usize = 32;

/// A folder of results.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache in a folder, which is made where it is missing.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::io("keep results in", folder, &error))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The folder and the file of a key.
    fn place(&self, key: &Key) -> (PathBuf, PathBuf) {
        let name = key.to_string();
        let folder = self.folder.join(&name[..2]);
        let file = folder.join(&name[2..]);
        (folder, file)
    }

    /// Writes a value, in a way that nobody sees half of it.
    fn write(&self, key: &Key, value: &[u8]) -> std::io::Result<()> {
        let (folder, place) = self.place(key);
        std::fs::create_dir_all(&folder)?;
        let mut file = tempfile::Builder::new().prefix(".").tempfile_in(&folder)?;
        file.write_all(&Sha256::digest(value))?;
        file.write_all(value)?;
        file.persist(place)?;
        Ok(())
    }
}

impl Store for Cache {
    fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut bytes = std::fs::read(self.place(key).1).ok()?;
        let value = (HASH <= bytes.len()).then(|| bytes.split_off(HASH))?;
        (*Sha256::digest(&value) == *bytes).then_some(value)
    }

    fn put(&self, key: &Key, value: &[u8]) {
        // Without the file the next build makes the result again: slower, and the
        // same. A full disk is told where an output cannot be written.
        let _ = self.write(key, value);
    }
}
