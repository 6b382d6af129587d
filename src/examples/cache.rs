//! Results by content: the same program with the same toolchain is run once.
//!
//! The folder may be deleted at any time, and shared by several runs at once.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::plan::Plan;
use super::run::Ran;
use crate::lock;

/// Where results are kept.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

/// How many files of a module are looked at to know whether it has changed; one
/// with more is tested every time.
const MAX_FILES: usize = 20_000;

impl Cache {
    /// The cache in a folder, which need not exist.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// What came of a plan before.
    pub(super) fn get(&self, key: Option<&str>) -> Option<Vec<Ran>> {
        let text = std::fs::read_to_string(self.result(key?)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Keeps what came of a plan. A cache that cannot be written keeps nothing.
    pub(super) fn put(&self, key: Option<&str>, ran: &[Ran]) {
        let Some(key) = key else { return };
        let path = self.result(key);
        let Some(folder) = path.parent() else { return };
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let file = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer(&file, ran)?;
            file.persist(&path)?;
            Ok(())
        };
        let _ = write();
    }

    /// The folder where a toolchain keeps what it has compiled.
    pub(super) fn shared(&self, toolchain: &str) -> std::io::Result<PathBuf> {
        let folder = self.folder.join(toolchain);
        std::fs::create_dir_all(&folder)?;
        folder.canonicalize()
    }

    fn result(&self, key: &str) -> PathBuf {
        self.folder.join("results").join(format!("{key}.json"))
    }
}

/// The name of a plan's result: a hash of everything that it depends on.
/// `None` for a plan whose result is not kept.
pub(super) fn key(
    plan: &Plan,
    root: &Path,
    stamp: &str,
    env: &[(String, String)],
) -> Option<String> {
    let mut hash = Hash(Sha256::new());
    hash.add(env!("CARGO_PKG_VERSION"));
    hash.add(stamp);
    for (key, value) in env {
        hash.add(key);
        hash.add(value);
    }
    for (path, text) in &plan.files {
        hash.add(path);
        hash.add(text);
    }
    for step in &plan.steps {
        hash.add(if step.in_module { "module" } else { "own" });
        step.args.iter().for_each(|arg| hash.add(arg));
    }
    if let Some(module) = &plan.module {
        hash.add(module);
        let mut files = Vec::new();
        collect(&root.join(module), &mut files)?;
        for file in files {
            hash.add(file.as_os_str().as_encoded_bytes());
            hash.add(std::fs::read(&file).ok()?);
        }
    }
    Some(lock::hex(&hash.0.finalize()))
}

/// A hash of parts, each with its length, so that none runs into the next.
struct Hash(Sha256);

impl Hash {
    fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.0.update(part);
    }
}

/// The files below a folder, in order, without hidden ones and what Cargo has
/// built; `None` if there are too many.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Option<()> {
    let mut entries: Vec<_> = folder.read_dir().ok()?.filter_map(Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            collect(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
        if files.len() > MAX_FILES {
            return None;
        }
    }
    Some(())
}
