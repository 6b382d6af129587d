//! Tools: where the program of a toolchain is, and which version.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Settings, update};
use crate::program::Toolchain;

/// Finds a program on the search path.
pub(super) fn find(program: &str, env: &BTreeMap<String, String>) -> Option<PathBuf> {
    std::env::split_paths(env.get("PATH")?)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

/// What tells one version of a program from another without running it: its
/// real path, its length and when it was changed.
pub(super) fn stamp(program: &Path) -> String {
    let real = program.canonicalize().unwrap_or_else(|_| program.to_owned());
    let meta = real.metadata().ok();
    let length = meta.as_ref().map_or(0, std::fs::Metadata::len);
    let changed = meta
        .and_then(|meta| meta.modified().ok())
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |time| time.as_nanos());
    format!("{} {length} {changed}", real.display())
}

/// The version of Go's language that a toolchain has, as `go.mod` writes it:
/// from the file `VERSION` of its own folder, or the first one with generics.
pub(super) fn go_version(go: &Path) -> String {
    let read = || {
        let root = go.canonicalize().ok()?.parent()?.parent()?.to_owned();
        let text = std::fs::read_to_string(root.join("VERSION")).ok()?;
        let version = text.trim_start().strip_prefix("go")?.split_whitespace().next()?.to_owned();
        let mut parts = version.split('.');
        Some(format!("{}.{}", parts.next()?, parts.next()?))
    };
    read().unwrap_or_else(|| "1.18".to_owned())
}

/// The version of a toolchain, in its own words.
pub(super) fn version(toolchain: &Toolchain, settings: &Settings<'_>) -> Option<String> {
    let args: &[&str] = match toolchain {
        Toolchain::Go => &["go", "version"],
        Toolchain::Rust => &["rustc", "--version"],
        Toolchain::Python => &["python3", "--version"],
        Toolchain::Other(_) => &[toolchain.program(), "--version"],
    };
    update::first_line(args, settings.runner, &settings.limits, settings.env)
}
