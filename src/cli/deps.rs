//! `--deps`: a file that tells Make, Ninja and others what an output was made of.
//!
//! Takes what a deck's loader was asked for, gives a rule without a recipe:
//! outputs, a colon, files and folders. A file that was looked for and is not
//! there stands as the nearest folder that is: what comes to be there changes the
//! time of that folder. A folder that the outputs are written to is left out,
//! since every build would change it. An empty rule for each file lets Make go on
//! when one is deleted.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use super::Failure;
use super::find::DeckFile;
use crate::loader::Seen;

/// The rule for the outputs of one deck.
///
/// Fails for a name that neither program can read: a rule without it would let an
/// output grow old.
pub(super) fn rule(targets: &[PathBuf], deck: &DeckFile) -> Result<String, Failure> {
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
    let names = |paths: &mut dyn Iterator<Item = &PathBuf>, between: &str| {
        let names: Result<Vec<String>, Failure> = paths.map(|path| escaped(path)).collect();
        names.map(|names| names.join(between))
    };
    let (made, of) = (names(&mut targets.iter(), " ")?, names(&mut needed.iter(), " \\\n  ")?);
    let mut rules = format!("{made}: {of}\n");
    // Without the deck itself nothing can be built.
    let own = plain(&deck.prefix.join(&deck.name));
    for path in needed.iter().filter(|path| **path != own) {
        writeln!(rules, "{}:", escaped(path)?).expect("a string takes all");
    }
    Ok(rules)
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
fn escaped(path: &Path) -> Result<String, Failure> {
    let mut out = String::new();
    for (at, ch) in path.to_string_lossy().replace(MAIN_SEPARATOR, "/").chars().enumerate() {
        match ch {
            '$' => out.push_str("$$"),
            // Not the one behind the letter of a drive.
            ':' if cfg!(windows) && at == 1 => out.push(ch),
            ' ' | '#' | ':' => _ = write!(out, "\\{ch}"),
            ';' | '|' | '\t' | '\n' | '\r' => {
                let (ch, path) = (ch.escape_default(), path.display());
                return Err(Failure::files(format!(
                    "Make and Ninja read no name with `{ch}`: `{path}`"
                ))
                .hint("rename it, or build without `--deps`"));
            }
            ch => out.push(ch),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_it_ends() {
        let escaped = |path: &str| escaped(Path::new(path)).ok();
        assert_eq!(escaped("a b#c$d/e:é.md").as_deref(), Some(r"a\ b\#c$$d/e\:é.md"));
        assert_eq!(escaped("a;b.md"), None);
    }
}
