//! The source of a deck: every file that it was made from, and its examples.

use std::collections::BTreeSet;

use super::Files;
use crate::loader::{LoadError, Loader, Seen};
use crate::lock;
use crate::model::{BlockKind, walk};
use crate::place::Placed;

/// Files that stand at the top of what is compiled together.
const MODULES: [&str; 4] = ["go.mod", "Cargo.toml", "pyproject.toml", "requirements.txt"];

/// Folders of what was made of code, and can be made again.
const MADE: [&str; 4] = ["target", "node_modules", "__pycache__", "venv"];

/// The folder beside a deck that holds its examples.
const EXAMPLES: &str = "examples";

/// What a deck was made from: the files that were read for it, its lock, the
/// modules of the code that it shows, `examples` beside it, and what `add` names.
///
/// # Errors
/// The first file that cannot be read, and why.
pub fn source(
    placed: &Placed,
    loader: &Loader,
    deck: &str,
    add: &[String],
) -> Result<Files, (String, LoadError)> {
    let read = loader.seen().into_iter().filter(|(_, seen)| *seen == Seen::File);
    let mut names: BTreeSet<String> = read.filter_map(|(name, _)| plain(&name)).collect();
    names.insert(deck.to_owned());
    let lock = lock::path(deck);
    if loader.real(&lock).is_ok() {
        names.insert(lock);
    }
    for path in shown(placed) {
        names.extend(module(loader, &path));
        names.insert(path);
    }
    let beside = deck.rfind('/').map_or(String::new(), |slash| deck[..=slash].to_owned());
    names.extend(loader.all_below(&format!("{beside}{EXAMPLES}"), &MADE));
    for it in add {
        let below = loader.all_below(it, &MADE);
        if below.is_empty() {
            names.insert(it.clone());
        }
        names.extend(below);
    }
    let read = |name: String| match loader.bytes(&name) {
        Ok(bytes) => Ok((name, bytes)),
        Err(why) => Err((name, why)),
    };
    names.into_iter().map(read).collect()
}

/// The files whose code the deck shows, as they are; what stands at a revision is
/// in the lock.
fn shown(placed: &Placed) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for slot in placed.slides.iter().flat_map(|slide| &slide.slots) {
        walk::blocks(&slot.blocks, &mut |block| {
            if let BlockKind::Code(code) = &block.kind
                && let Some(file) = code.file.as_ref().filter(|file| file.revision.is_none())
            {
                found.insert(file.path.clone());
            }
        });
    }
    found
}

/// The files that are compiled together with one: those of the nearest module
/// around it, or those beside it.
fn module(loader: &Loader, path: &str) -> Vec<String> {
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]).collect::<Vec<_>>();
    let is_module = |folder: &&&str| {
        MODULES.iter().any(|name| loader.real(&format!("{folder}/{name}")).is_ok())
    };
    let nearest = folders.iter().rev().find(is_module).or(folders.last());
    nearest.map(|folder| loader.all_below(folder, &MADE)).unwrap_or_default()
}

/// A path without `.` and `..`; `None` for one that leaves the root.
fn plain(path: &str) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}
