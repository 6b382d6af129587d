//! Writing outputs: beside their target first, then renamed into place, so that
//! nobody ever sees half a file.

use std::io::{self, Write as _};
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
    std::fs::create_dir_all(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            Failure::files(format!("cannot write `{}`: a file stands in its way", path.display()))
        }
        _ => failed(&error),
    })?;
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

/// Removes files.
pub(super) fn remove(paths: &[PathBuf]) -> Result<(), Failure> {
    paths.iter().try_for_each(|path| {
        std::fs::remove_file(path).map_err(|error| Failure::io("remove", path, &error))
    })
}

/// How many files are named one by one before their folder stands for them.
const MAX_NAMED: usize = 6;

/// What was written, for people: `wrote talk.html (312 kB); unchanged: talk.pdf
/// (1.2 MB)`. Many files of a folder are told together.
pub(super) fn told(written: &[Written]) -> String {
    let list = |same: bool| {
        let files: Vec<&Written> = written.iter().filter(|file| file.same == same).collect();
        let mut told: Vec<String> = Vec::new();
        for group in files.chunk_by(|a, b| a.path.parent() == b.path.parent()) {
            if let (true, Some(folder)) = (MAX_NAMED < group.len(), group[0].path.parent()) {
                let bytes = group.iter().map(|file| file.bytes).sum();
                let (n, folder) = (group.len(), folder.join(""));
                told.push(format!("{n} files in {} ({})", folder.display(), size(bytes)));
                continue;
            }
            let named = |file: &&Written| format!("{} ({})", file.path.display(), size(file.bytes));
            told.extend(group.iter().map(named));
        }
        told.join(", ")
    };
    let lists = [("wrote", list(false)), ("unchanged:", list(true))];
    let lists = lists.into_iter().filter(|(_, files)| !files.is_empty());
    lists.map(|(word, files)| format!("{word} {files}")).collect::<Vec<_>>().join("; ")
}

/// A path with an ending put after its name, dots in the name kept.
pub(super) fn with_ending(base: &Path, ending: &str) -> PathBuf {
    let mut name = base.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
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
