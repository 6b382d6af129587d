//! `--deps`: a file that tells Make, Ninja and others what an output was made of.
//!
//! Takes what a deck's loader was asked for, gives a rule without a recipe:
//! outputs, a colon, files and folders. A file that was looked for and is not
//! there stands as the nearest folder that is: what comes to be there changes the
//! time of that folder. A folder that the outputs are written to is left out,
//! since every build would change it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use super::find::DeckFile;
use crate::loader::Seen;

/// The rule for the outputs of one deck.
pub(super) fn rule<'a>(targets: impl IntoIterator<Item = &'a Path>, deck: &DeckFile) -> String {
    let targets: Vec<&Path> = targets.into_iter().collect();
    let written: BTreeSet<PathBuf> =
        targets.iter().filter_map(|target| folder_of(target).canonicalize().ok()).collect();
    let mut needed = BTreeSet::new();
    for (path, what) in deck.loader.seen() {
        let path = plain(&deck.prefix.join(path));
        let found = match what {
            Seen::File | Seen::Folder => Some(path.as_path()),
            Seen::Nothing => path.ancestors().skip(1).map(or_here).find(|it| it.is_dir()),
        };
        let Some(found) = found else { continue };
        if found.canonicalize().is_ok_and(|folder| !written.contains(&folder)) {
            needed.insert(found.to_owned());
        }
    }
    let names = |out: &mut String, paths: &mut dyn Iterator<Item = &Path>, between: &str| {
        let names: Vec<String> = paths.map(escaped).collect();
        out.push_str(&names.join(between));
    };
    let mut rule = String::new();
    names(&mut rule, &mut targets.into_iter(), " ");
    rule.push_str(": ");
    names(&mut rule, &mut needed.iter().map(PathBuf::as_path), " \\\n  ");
    rule.push('\n');
    rule
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().map_or(Path::new("."), or_here)
}

/// A path, or `.` for the empty one.
fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// A path without `.` in it.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

/// A path as Make and Ninja read it: with forward slashes, and a backslash before
/// what would end it.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for ch in path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/").chars() {
        match ch {
            '$' => out.push_str("$$"),
            ' ' | '#' => _ = write!(out, "\\{ch}"),
            ch => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_it_ends() {
        assert_eq!(escaped(Path::new("a b#c$d/é.md")), r"a\ b\#c$$d/é.md");
    }
}
