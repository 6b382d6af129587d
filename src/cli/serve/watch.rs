//! When a deck changes: by looking at the times of everything that was read for
//! it, and of what was looked for and is not there.
//!
//! Looking costs some microseconds a file and works wherever there are files: for
//! editors that put another file in the place of the old one, for version control,
//! on shared folders and in containers, where notices of changes get lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::cli::find::DeckFile;
use crate::loader::Seen;

/// How often files are looked at while the deck is written.
const EVERY: Duration = Duration::from_millis(5);

/// How often when nothing has changed for a while.
const SELDOM: Duration = Duration::from_millis(20);

/// How long that while is.
const WHILE: Duration = Duration::from_mins(1);

/// How much longer than looking the pause between two looks is at least, so that a
/// deck of thousands of files, or on a slow disk, keeps no processor busy.
const PAUSE: u32 = 19;

/// How long everything must stay as it is before it is read: an editor is done.
const QUIET: Duration = Duration::from_millis(2);

/// How long a file may be gone: some editors take it away before they write it.
const GONE: Duration = Duration::from_millis(300);

/// What changes with a file sooner than a clock of the file system ticks is not
/// seen in its times, so what was read so soon is read once more.
const TICK: Duration = Duration::from_millis(40);

/// What tells one state of a file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    /// When it was written, and when it came to its place.
    times: [Option<SystemTime>; 2],
    size: u64,
    /// Which one it is.
    node: u64,
}

/// Files and folders by their paths; `None` where there is nothing.
type Stamps = BTreeMap<String, Option<Stamp>>;

/// What was looked at last.
pub(super) struct Watch {
    stamps: Stamps,
    /// When reading began.
    began: SystemTime,
    /// What had just changed when it was read, or changed since.
    fresh: Vec<String>,
    /// What was looked at once more for that reason: whatever its times say, as those
    /// of a file from tomorrow, that is not done again.
    settled: Stamps,
}

impl Watch {
    /// Before anything was read.
    pub(super) fn new() -> Self {
        let (stamps, settled) = (Stamps::new(), Stamps::new());
        Self { stamps, began: now(), fresh: Vec::new(), settled }
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
        let is_fresh = |stamp: &Stamp| stamp.times.iter().flatten().any(|time| since <= *time);
        let fresh = self.stamps.iter().filter(|(_, it)| it.as_ref().is_some_and(is_fresh));
        let fresh = fresh.map(|(path, _)| path.clone());
        self.fresh = if self.stamps == self.settled { Vec::new() } else { fresh.collect() };
    }

    /// Waits for a change.
    pub(super) fn wait(&mut self, deck: &DeckFile) {
        let mut now = self.changed_since(deck).unwrap_or_else(|| self.next_change(deck));
        // Until it is quiet, and no file that was read has become nothing.
        let files = deck.loader.seen();
        let mut waited = Duration::ZERO;
        loop {
            sleep(QUIET);
            waited += QUIET;
            let then = look(deck, &self.stamps);
            let lost = |(path, stamp): (&String, &Option<Stamp>)| {
                let is_nothing = |stamp: Option<&Stamp>| stamp.is_none_or(|it| it.size == 0);
                files.get(path) == Some(&Seen::File)
                    && is_nothing(stamp.as_ref())
                    && !is_nothing(self.stamps.get(path).and_then(Option::as_ref))
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

    /// Looks once more at what had just changed when it was read; `None` where it is
    /// as it was read.
    fn changed_since(&mut self, deck: &DeckFile) -> Option<Stamps> {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh.is_empty() {
            return None;
        }
        sleep(TICK);
        let now = look(deck, &self.stamps);
        if now == self.stamps {
            self.settled.clone_from(&now);
            if fresh.iter().all(|path| deck.loader.is_as_read(path)) {
                return None;
            }
        }
        Some(now)
    }

    /// Looks until something is not as it was.
    fn next_change(&self, deck: &DeckFile) -> Stamps {
        let mut waited = Duration::ZERO;
        loop {
            let (now, took) = timed(|| look(deck, &self.stamps));
            if now != self.stamps {
                return now;
            }
            let pause = if waited < WHILE { EVERY } else { SELDOM };
            let pause = pause.max(took * PAUSE);
            sleep(pause);
            waited += pause;
        }
    }
}

fn look(deck: &DeckFile, paths: &Stamps) -> Stamps {
    paths.keys().map(|path| (path.clone(), stamp(deck, path))).collect()
}

/// The state of a file or folder; `None` where there is none.
fn stamp(deck: &DeckFile, path: &str) -> Option<Stamp> {
    let meta = deck.loader.root().join(Path::new(path)).metadata().ok()?;
    #[cfg(unix)]
    let (came, node) = {
        use std::os::unix::fs::MetadataExt as _;
        let since = Duration::new(
            u64::try_from(meta.ctime()).unwrap_or_default(),
            u32::try_from(meta.ctime_nsec()).unwrap_or_default(),
        );
        (SystemTime::UNIX_EPOCH.checked_add(since), meta.ino())
    };
    #[cfg(not(unix))]
    let (came, node) = (meta.created().ok(), 0);
    Some(Stamp { times: [meta.modified().ok(), came], size: meta.len(), node })
}

/// What an act gives, and how long it took.
#[expect(clippy::disallowed_methods, reason = "the command line measures time")]
fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = act();
    (done, began.elapsed())
}

#[expect(clippy::disallowed_methods, reason = "the command line measures time")]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs `act` with a file that changed just before it was read.
    fn with_fresh_deck(act: impl FnOnce(&Path, &DeckFile, &mut Watch)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deck.md");
        std::fs::write(&path, "# A").unwrap();
        let deck = DeckFile::find(Some(&path), None).unwrap_or_else(|why| panic!("{why}"));
        let mut watch = Watch::new();
        read(&mut watch, &deck);
        act(&path, &deck, &mut watch);
    }

    fn read(watch: &mut Watch, deck: &DeckFile) {
        deck.loader.forget_seen();
        deck.loader.text("deck.md").unwrap();
        watch.note(deck);
    }

    /// Waits while the deck is written some ticks later, and then has what it holds.
    fn is_read_once_written(
        path: &std::path::Path,
        deck: &DeckFile,
        watch: &mut Watch,
        ticks: u32,
        text: &'static str,
    ) {
        let path = path.to_owned();
        std::thread::spawn(move || {
            sleep(ticks * TICK);
            std::fs::write(path, text).unwrap();
        });
        watch.wait(deck);
        assert_eq!(deck.loader.text("deck.md").as_deref(), Ok(text));
    }

    #[test]
    fn a_file_that_changes_within_a_tick_is_read_again() {
        with_fresh_deck(|path, deck, watch| {
            assert_eq!(watch.fresh, ["deck.md"]);
            // Another text of the same length, at the same time: no stamp tells.
            std::fs::write(path, "# B").unwrap();
            watch.stamps.insert("deck.md".to_owned(), stamp(deck, "deck.md"));
            watch.wait(deck);
            assert_eq!(deck.loader.text("deck.md").as_deref(), Ok("# B"));
        });
    }

    #[test]
    fn a_file_that_is_saved_twice_is_not_read_between() {
        with_fresh_deck(|path, deck, watch| {
            // Cut off while it is looked at once more, and written a while later.
            std::fs::write(path, "").unwrap();
            is_read_once_written(path, deck, watch, 2, "# Whole");
        });
    }

    #[test]
    fn a_file_from_tomorrow_is_not_read_for_ever() {
        with_fresh_deck(|path, deck, watch| {
            let tomorrow = now() + Duration::from_hours(24);
            let file = std::fs::File::options().write(true).open(path).unwrap();
            file.set_modified(tomorrow).unwrap();
            watch.wait(deck);
            read(watch, deck);
            assert_eq!(watch.fresh, ["deck.md"], "it may have changed while it was read");
            is_read_once_written(path, deck, watch, 3, "# Another");
        });
    }
}
