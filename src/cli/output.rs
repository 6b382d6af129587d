//! Writing outputs: beside their target first, then renamed into place, so that
//! nobody ever sees half a file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;

/// What became of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The file.
    pub(super) path: PathBuf,
    /// How many bytes it has.
    pub(super) bytes: usize,
    /// Whether it was the same already, and left untouched.
    pub(super) same: bool,
}

/// Writes several outputs: all of them, or none if one cannot be written beside
/// its target.
///
/// An output that is the same already keeps its time of change.
pub(super) fn write(outputs: &[(PathBuf, &[u8])]) -> Result<Vec<Written>, Failure> {
    let mut ready = Vec::new();
    for (path, content) in outputs {
        ready.push((path, content, prepare(path, content)?));
    }
    let mut written = Vec::new();
    for (path, content, prepared) in ready {
        let same = prepared.is_none();
        if let Some((file, target)) = prepared {
            file.persist(&target).map_err(|error| Failure::io("write", path, &error.error))?;
        }
        written.push(Written { path: path.clone(), bytes: content.len(), same });
    }
    Ok(written)
}

/// Writes the content beside its target; gives nothing where the target is the
/// same already.
fn prepare(path: &Path, content: &[u8]) -> Result<Option<(NamedTempFile, PathBuf)>, Failure> {
    let failed = |error: &std::io::Error| Failure::io("write", path, error);
    // Renaming would replace a symbolic link instead of the file it names.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let earlier = target.metadata().ok();
    if let Some(earlier) = &earlier {
        if !earlier.is_file() {
            return Err(Failure::files(format!(
                "cannot write `{}`: it is no file",
                path.display()
            ))
            .hint("name a file, or a folder that ends in `/`, with `-o`"));
        }
        if std::fs::read(&target).is_ok_and(|bytes| bytes == content) {
            return Ok(None);
        }
        // Renaming needs no right to write the file itself; a file that its
        // owner protects stays as it is.
        if earlier.permissions().readonly() {
            return Err(Failure::files(format!(
                "cannot write `{}`: it is read-only",
                path.display()
            )));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".deckc-").suffix(".part");
    #[cfg(unix)]
    {
        // What any new file gets, less the user's mask; the default is for
        // secrets.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(content).and_then(|()| file.flush()).map_err(|error| failed(&error))?;
    if let Some(earlier) = earlier {
        file.as_file().set_permissions(earlier.permissions()).map_err(|error| failed(&error))?;
    }
    Ok(Some((file, target)))
}

/// A size for people: `12 kB`, `1.4 MB`.
pub(super) fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let thousands = bytes as f64 / 1000.0;
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..10_000 => format!("{thousands:.1} kB"),
        10_000..1_000_000 => format!("{thousands:.0} kB"),
        _ => format!("{:.1} MB", thousands / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        let shown: Vec<String> = [0, 999, 1000, 12_345, 1_400_000].map(size).to_vec();
        assert_eq!(shown, ["0 B", "999 B", "1.0 kB", "12 kB", "1.4 MB"]);
    }
}
