//! When a deck changes: by looking at the times of everything that was read for
//! it, and of what was looked for and is not there.
//!
//! Looking costs some microseconds a file and works wherever there are files: for
//! editors that put another file in the place of the old one, for version control,
//! on shared folders and in containers, where notices of changes get lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::cli::find::DeckFile;
use crate::loader::Seen;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(10);

/// How long everything must stay as it is before it is read: an editor is done.
const QUIET: Duration = Duration::from_millis(4);

/// How long a file may be gone: some editors take it away before they write it.
const GONE: Duration = Duration::from_millis(300);

/// What changes with a file sooner than a clock of the file system ticks is not
/// seen in its times, so what was read so soon is read once more.
const TICK: Duration = Duration::from_millis(40);

/// What tells one state of a file from another.
type Stamp = (Option<SystemTime>, u64, Vec<u64>);

/// What was looked at last.
pub(super) struct Watch {
    stamps: BTreeMap<String, Option<Stamp>>,
    /// When reading began.
    began: SystemTime,
    /// Whether something was read that had just changed, or changed since.
    fresh: bool,
}

impl Watch {
    /// Before anything was read.
    pub(super) fn new() -> Self {
        Self { stamps: BTreeMap::new(), began: now(), fresh: false }
    }

    /// Takes note of what was read; what changes after this is seen.
    pub(super) fn note(&mut self, deck: &DeckFile) {
        // A change while the deck was made shows as a stamp that is not the old one.
        let seen = deck.loader.seen();
        let old = std::mem::take(&mut self.stamps);
        for path in seen.keys() {
            let stamp = old.get(path).cloned().unwrap_or_else(|| stamp(deck, path));
            self.stamps.insert(path.clone(), stamp);
        }
        let since = self.began - TICK;
        let mut times = self.stamps.values().flatten().filter_map(|(modified, _, _)| *modified);
        self.fresh = times.any(|modified| since <= modified);
    }

    /// Waits for a change.
    pub(super) fn wait(&mut self, deck: &DeckFile) {
        if self.fresh {
            self.fresh = false;
            sleep(TICK);
            self.stamps = look(deck, &self.stamps);
            self.began = now();
            return;
        }
        let files = deck.loader.seen();
        let mut now = loop {
            sleep(EVERY);
            let now = look(deck, &self.stamps);
            if now != self.stamps {
                break now;
            }
        };
        // Until it is quiet, and no file that was read is gone.
        let mut waited = Duration::ZERO;
        loop {
            sleep(QUIET);
            waited += QUIET;
            let then = look(deck, &self.stamps);
            let lost = |(path, stamp): (&String, &Option<Stamp>)| {
                let empty = stamp.as_ref().is_none_or(|(_, size, _)| *size == 0);
                files.get(path) == Some(&Seen::File) && empty
            };
            let quiet = then == now && !then.iter().any(lost);
            now = then;
            if quiet || GONE <= waited {
                break;
            }
        }
        self.stamps = now;
        self.began = self::now();
    }
}

fn look(
    deck: &DeckFile,
    paths: &BTreeMap<String, Option<Stamp>>,
) -> BTreeMap<String, Option<Stamp>> {
    paths.keys().map(|path| (path.clone(), stamp(deck, path))).collect()
}

/// The state of a file or folder; `None` where there is none.
fn stamp(deck: &DeckFile, path: &str) -> Option<Stamp> {
    let meta = deck.loader.root().join(Path::new(path)).metadata().ok()?;
    #[cfg(unix)]
    let more = {
        use std::os::unix::fs::MetadataExt as _;
        vec![meta.ino(), meta.ctime().cast_unsigned(), meta.ctime_nsec().cast_unsigned()]
    };
    #[cfg(not(unix))]
    let more = Vec::new();
    Some((meta.modified().ok(), meta.len(), more))
}

#[expect(clippy::disallowed_methods, reason = "the command line measures time")]
fn now() -> SystemTime {
    SystemTime::now()
}
