//! Reading files: the one place that opens anything.
//!
//! Files are read only below a root folder, symbolic links followed and then
//! checked; addresses are refused. There is no writing here, and no network
//! anywhere. A [draft](Loader::with_draft) stands in for a file, so that a change
//! can be tried before anybody writes it. A loader [remembers](Loader::seen) what
//! it was asked for: what was made with it depends on that, and on nothing else.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The most bytes that one file may have: 64 MiB, far above any picture that
/// a projector can show.
pub const MAX_BYTES: u64 = 64 << 20;

/// Reads files below a root.
#[derive(Clone, Debug)]
pub struct Loader {
    root: PathBuf,
    drafts: BTreeMap<PathBuf, Arc<str>>,
    /// Shared by the loader's clones.
    seen: Arc<Mutex<BTreeMap<String, Memory>>>,
}

/// What a loader found, and the checksum of what it read there.
type Memory = (Seen, u32);

/// What a loader found where it was asked to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A file, which was read.
    File,
    /// A folder, whose names were read.
    Folder,
    /// Nothing that could be read. Something that comes to be there changes what
    /// is made.
    Nothing,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It is an address on the network.
    Remote,
    /// It lies outside the root.
    Outside,
    /// There is no such file.
    Missing,
    /// It is a symbolic link to a file that does not exist.
    DeadLink,
    /// It is a folder, or has more than [`MAX_BYTES`].
    TooLarge,
    /// It is not UTF-8; the byte where it stops being so.
    NotUtf8(usize),
    /// The system refused, in its own words.
    Refused(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote => f.write_str("it is an address on the network"),
            Self::Outside => f.write_str("it lies outside the deck's folder"),
            Self::Missing => f.write_str("there is no such file"),
            Self::DeadLink => f.write_str("it is a link to a file that does not exist"),
            Self::TooLarge => write!(f, "it is larger than {} MiB", MAX_BYTES >> 20),
            Self::NotUtf8(at) => write!(f, "it is not UTF-8 from byte {at} on"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for LoadError {}

impl Loader {
    /// A loader for files below `root`.
    ///
    /// # Errors
    /// If the root is not a folder that can be entered.
    pub fn new(root: &Path) -> Result<Self, LoadError> {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let root = root.canonicalize().map_err(|error| refused(&error))?;
        Ok(Self { root, drafts: BTreeMap::new(), seen: Arc::default() })
    }

    /// A loader that gives `text` for the file at a [real path](Loader::real),
    /// which need not exist.
    #[must_use]
    pub fn with_draft(mut self, real: PathBuf, text: impl Into<Arc<str>>) -> Self {
        self.drafts.insert(real, text.into());
        self
    }

    /// The folder below which files are read.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Everything that was asked for so far, as it was named, sorted; addresses
    /// are not in it.
    #[must_use]
    pub fn seen(&self) -> BTreeMap<String, Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().map(|(path, (what, _))| (path.clone(), *what)).collect()
    }

    /// Whether a file that was read has what it had then.
    #[must_use]
    pub fn is_as_read(&self, path: &str) -> bool {
        let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        let is_same = |bytes: Vec<u8>| known == Some((Seen::File, crc32fast::hash(&bytes)));
        self.read(path).is_ok_and(is_same)
    }

    /// Forgets what was asked for.
    pub fn forget_seen(&self) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn remember(&self, path: &str, what: Seen, checksum: u32) {
        if !is_remote(path) {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.insert(path.to_owned(), (what, checksum));
        }
    }

    /// Reads the bytes of a file named relative to the root.
    ///
    /// # Errors
    /// [`LoadError::Remote`] for an address, [`LoadError::Outside`] for a path
    /// that leaves the root by itself or by a symbolic link, and the system's
    /// refusals.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.read(path);
        match &bytes {
            Ok(bytes) => self.remember(path, Seen::File, crc32fast::hash(bytes)),
            Err(_) => self.remember(path, Seen::Nothing, 0),
        }
        bytes
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let path = self.real(path)?;
        if let Some(draft) = self.drafts.get(&path) {
            return Ok(draft.as_bytes().to_owned());
        }
        let meta = path.metadata().map_err(|error| refused(&error))?;
        if !meta.is_file() {
            return Err(LoadError::Missing);
        }
        if meta.len() > MAX_BYTES {
            return Err(LoadError::TooLarge);
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&path).map_err(|error| refused(&error))?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
        if bytes.len() as u64 > MAX_BYTES { Err(LoadError::TooLarge) } else { Ok(bytes) }
    }

    /// Reads the text of a file named relative to the root.
    ///
    /// # Errors
    /// Those of [`Loader::bytes`], and [`LoadError::NotUtf8`].
    pub fn text(&self, path: &str) -> Result<String, LoadError> {
        String::from_utf8(self.bytes(path)?)
            .map_err(|error| LoadError::NotUtf8(error.utf8_error().valid_up_to()))
    }

    /// The names of the files in a folder below the root that end in `.ext`,
    /// sorted; empty where there is no such folder.
    #[must_use]
    pub fn list(&self, folder: &str, ext: &str) -> Vec<String> {
        let entries = self.real(folder).and_then(|path| path.read_dir().map_err(|e| refused(&e)));
        self.remember(folder, if entries.is_ok() { Seen::Folder } else { Seen::Nothing }, 0);
        let Ok(entries) = entries else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| {
                Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ext))
            })
            .collect();
        names.sort();
        names
    }

    /// The files below a folder below the root that end in one of `exts`, as
    /// paths counted from the root, sorted; empty where there is no such folder.
    ///
    /// Links to folders are not followed, since they may lead in a circle, and
    /// names that start with a dot are not files of the user's.
    #[must_use]
    pub fn list_below(&self, folder: &str, exts: &[&str]) -> Vec<String> {
        let real = self.real(folder).ok().filter(|real| real.is_dir());
        self.remember(folder, if real.is_some() { Seen::Folder } else { Seen::Nothing }, 0);
        let Some(real) = real else { return Vec::new() };
        let named = |path: PathBuf| {
            let below = path.strip_prefix(&real).ok()?;
            let names: Option<Vec<&str>> = below.iter().map(std::ffi::OsStr::to_str).collect();
            let names = names?;
            let hidden = names.iter().any(|name| name.starts_with('.'));
            (!hidden).then(|| format!("{folder}/{}", names.join("/")))
        };
        let (files, folders) = below(vec![real.clone()], exts);
        for path in folders.into_iter().filter_map(named) {
            self.remember(&path, Seen::Folder, 0);
        }
        files.into_iter().filter_map(named).collect()
    }

    /// Every file below a folder below the root, as paths counted from the root,
    /// sorted. Links are not followed; names that start with a dot, and folders
    /// that `skip` names, are left out.
    #[must_use]
    pub fn all_below(&self, folder: &str, skip: &[&str]) -> Vec<String> {
        let Ok(real) = self.real(folder) else { return Vec::new() };
        let mut found = Vec::new();
        let mut open = vec![real];
        while let Some(folder) = open.pop() {
            for entry in folder.read_dir().into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let Ok(kind) = entry.file_type() else { continue };
                if name.starts_with('.') || skip.contains(&name.as_str()) {
                    continue;
                }
                if kind.is_dir() {
                    open.push(entry.path());
                } else if kind.is_file() {
                    found.extend(entry.path().strip_prefix(&self.root).ok().and_then(named));
                }
            }
        }
        found.sort();
        found
    }

    /// The real path of a file named relative to the root, symbolic links
    /// followed. It lies below the root.
    ///
    /// # Errors
    /// Those of [`Loader::bytes`], apart from what only the content shows.
    pub fn real(&self, path: &str) -> Result<PathBuf, LoadError> {
        if is_remote(path) {
            return Err(LoadError::Remote);
        }
        let relative = Path::new(path);
        let leaves = |component: Component<'_>| {
            matches!(component, Component::RootDir | Component::Prefix(_))
        };
        if relative.components().any(leaves) || path.contains('\0') {
            return Err(LoadError::Outside);
        }
        let full = self.root.join(relative);
        if self.drafts.contains_key(&full) {
            return Ok(full);
        }
        let full = full.canonicalize().map_err(|error| match refused(&error) {
            LoadError::Missing if full.is_symlink() => LoadError::DeadLink,
            why => why,
        })?;
        if full.starts_with(&self.root) { Ok(full) } else { Err(LoadError::Outside) }
    }
}

/// A relative path with forward slashes; `None` for one that is not UTF-8.
fn named(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    names.map(|names| names.join("/"))
}

/// Whether a path is an address: a scheme and a colon, or two slashes.
///
/// A single letter before the colon is a drive of Windows, not a scheme.
#[must_use]
pub fn is_remote(path: &str) -> bool {
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    scheme || path.starts_with("//")
}

/// The folders of the fonts that are installed for every user of a machine.
const FONT_FOLDERS: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "/opt/homebrew/share/fonts",
    "C:\\Windows\\Fonts",
];

/// The extensions of font files.
pub const FONT_EXTENSIONS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// The font files installed on the machine, sorted. Nothing else outside the
/// root is ever read, and these only when a user asks for system fonts.
#[must_use]
pub fn installed_fonts() -> Vec<PathBuf> {
    below(FONT_FOLDERS.iter().map(PathBuf::from).collect(), &FONT_EXTENSIONS).0
}

/// The files in some folders and in those below them that end in one of `exts`,
/// sorted; and the folders below them. Links to folders are not followed: they
/// may lead in a circle.
fn below(mut open: Vec<PathBuf>, exts: &[&str]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut found, mut folders) = (Vec::new(), Vec::new());
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            let ends_so =
                |ext: &std::ffi::OsStr| exts.iter().any(|it| ext.eq_ignore_ascii_case(it));
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path.clone());
                open.push(path);
            } else if path.extension().is_some_and(ends_so) {
                found.push(path);
            }
        }
    }
    found.sort();
    (found, folders)
}

/// The bytes of a file that [`installed_fonts`] found; `None` for one that is
/// too large or cannot be read.
#[must_use]
pub fn installed_bytes(path: &Path) -> Option<Vec<u8>> {
    let small = path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES);
    small.then(|| std::fs::read(path).ok()).flatten()
}

/// The system's refusal in deckc's terms.
fn refused(error: &std::io::Error) -> LoadError {
    if error.kind() == std::io::ErrorKind::NotFound {
        LoadError::Missing
    } else {
        LoadError::Refused(error.to_string())
    }
}
