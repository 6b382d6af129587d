//! Finding the deck: from an argument, or from its absence, to a loader and a
//! path below the loader's root.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::diag::nearest;
use crate::loader::{LoadError, Loader};

/// The deck that a command takes when none is named.
pub(super) const DEFAULT: &str = "deck.md";

/// A deck that exists.
#[derive(Clone, Debug)]
pub(super) struct DeckFile {
    /// Reads files below the root.
    pub(super) loader: Loader,
    /// The deck, relative to the root, with forward slashes.
    pub(super) name: String,
    /// The deck as the author named it.
    pub(super) shown: PathBuf,
    /// What stands before a path relative to the root to make it one relative
    /// to the working folder; empty where they are the same.
    pub(super) prefix: PathBuf,
}

impl DeckFile {
    /// Finds every deck that is named, or the default one.
    pub(super) fn find_all(named: &[PathBuf], root: Option<&Path>) -> Result<Vec<Self>, Failure> {
        if named.is_empty() {
            return Ok(vec![Self::find(None, root)?]);
        }
        named.iter().map(|deck| Self::find(Some(deck), root)).collect()
    }

    /// Finds a deck: the file named, `deck.md` in the folder named, or `deck.md`
    /// in the working folder. Files are read below `root`, by default the
    /// deck's folder.
    pub(super) fn find(named: Option<&Path>, root: Option<&Path>) -> Result<Self, Failure> {
        let shown = match named {
            Some(folder) if folder.is_dir() => folder.join(DEFAULT),
            Some(file) => file.to_owned(),
            None => PathBuf::from(DEFAULT),
        };
        if !shown.is_file() {
            return Err(missing(&shown, named.is_some()));
        }
        let folder = shown.parent().unwrap_or(Path::new(""));
        let prefix = root.unwrap_or(folder).to_owned();
        let loader = Loader::new(&prefix)
            .map_err(|why| Failure::files(format!("cannot read `{}`: {why}", prefix.display())))?;
        let name = match root {
            None => shown.file_name().map(PathBuf::from),
            Some(_) => shown
                .canonicalize()
                .ok()
                .and_then(|deck| deck.strip_prefix(loader.root()).ok().map(Path::to_owned)),
        };
        let name = name.ok_or_else(|| {
            let (deck, root) = (shown.display(), prefix.display());
            Failure::usage(format!("`{deck}` does not lie below the root `{root}`"))
                .hint("name a root that holds the deck and everything it shows")
        })?;
        let name = name
            .to_str()
            .ok_or_else(|| Failure::files(format!("`{}` is not a UTF-8 path", shown.display())))?
            .replace('\\', "/");
        Ok(Self { loader, name, shown, prefix })
    }

    /// Why the deck, which exists, could not be read.
    pub(super) fn unreadable(&self, why: &LoadError) -> Failure {
        let failure = Failure::files(format!(
            "cannot read `{}`: {}",
            self.shown.display(),
            super::failure::plainly(&why.to_string())
        ));
        match why {
            LoadError::NotUtf8(_) => failure.hint("save it as UTF-8"),
            LoadError::Outside => {
                failure.hint("name a folder that holds it and what it links to with `--root`")
            }
            LoadError::Remote
            | LoadError::Missing
            | LoadError::DeadLink
            | LoadError::TooLarge
            | LoadError::Refused(_) => failure,
        }
    }
}

/// Says what was looked for, and what is there instead.
fn missing(deck: &Path, named: bool) -> Failure {
    let folder = match deck.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let failure = Failure::files(format!("there is no deck `{}`", deck.display()));
    if !folder.is_dir() {
        return failure.hint(format!("there is no folder `{}` either", folder.display()));
    }
    let place = if folder == Path::new(".") {
        "this folder".to_owned()
    } else {
        format!("`{}`", folder.display())
    };
    let mut there = markdown_in(folder);
    let start = "start a deck with `deckc new`";
    if there.is_empty() {
        return failure.hint(format!("no `.md` file is in {place}; {start}"));
    }
    let wanted = deck.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let near = nearest(wanted, there.iter().map(String::as_str));
    if let (true, [first, ..]) = (named, near.as_slice()) {
        return failure.hint(format!("did you mean `{}`?", deck.with_file_name(first).display()));
    }
    let more = there.len().saturating_sub(8);
    there.truncate(8);
    let mut list = there.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if more > 0 {
        list = format!("{list} and {more} more");
    }
    failure.hint(format!("in {place} there is {list}; name the deck, or {start}"))
}

/// The names of the Markdown files in a folder, sorted.
pub(super) fn markdown_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            Path::new(name).extension().is_some_and(|ext| ext.eq_ignore_ascii_case("md"))
        })
        .collect();
    names.sort();
    names
}
