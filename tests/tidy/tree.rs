//! The files of the tree, as text.

use std::path::{Path, PathBuf};

/// What a build or an installer makes, which is nobody's to tidy.
const MADE: [&str; 5] = [".git", "target", "node_modules", ".venv", "proptest-regressions"];

/// A text file of the tree.
pub(super) struct File {
    /// Its path below the root, with `/`.
    pub(super) path: String,
    /// What it says.
    pub(super) text: String,
}

impl File {
    /// Whether its name ends in `.ext`.
    pub(super) fn is(&self, ext: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == ext)
    }
}

/// The folder of `Cargo.toml`.
pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below a folder of the tree, by path. `""` is the whole tree.
pub(super) fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust files below `src/`.
pub(super) fn sources() -> Vec<File> {
    files("src").into_iter().filter(|file| file.is("rs")).collect()
}

fn walk(folder: &Path, found: &mut Vec<File>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.filter_map(Result::ok) {
        let (path, name) = (entry.path(), entry.file_name());
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let below = path.strip_prefix(root()).expect("the walk starts at the root");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            found.push(File { path: parts.join("/"), text });
        }
    }
}
