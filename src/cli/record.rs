//! What deckc has written into a folder: the sums of the files, so that it takes
//! away what is its own, as it left it, and nothing else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::bundle::{problem, sum};

/// The sum of each file, by its name below the folder, with forward slashes.
pub(super) type Record = BTreeMap<String, String>;

/// A record as text, in the form of `sha256sum`.
pub(super) fn text(record: &Record) -> String {
    record.iter().flat_map(|(name, sum)| [sum, "  ", name, "\n"]).collect()
}

/// The recorded files that are as deckc left them and are not to stay.
pub(super) fn leftovers(
    folder: &Path,
    earlier: &Record,
    stays: impl Fn(&str) -> bool,
) -> Vec<PathBuf> {
    let is_inside =
        |name: &str| problem(name).is_none() && !name.split('/').any(|part| part == "..");
    let gone = earlier.iter().filter(|(name, _)| is_inside(name) && !stays(name));
    gone.map(|(name, known)| (folder.join(name), known))
        .filter(|(path, known)| {
            !path.is_symlink() && std::fs::read(path).is_ok_and(|bytes| sum(&bytes) == **known)
        })
        .map(|(path, _)| path)
        .collect()
}
