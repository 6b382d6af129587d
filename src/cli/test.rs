//! `deckc test`: compile and run the code of a deck.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ValueHint;

use super::find::DeckFile;
use super::output::{self, Written};
use super::report::{Format, Report};
use super::terminal::{self, Progress};
use super::{Exit, Failure};
use crate::diag::Diagnostics;
use crate::examples::confine::{self, Confined, Strength};
use crate::examples::run::{Limits, Runner};
use crate::examples::{self, Settings, Tested, update};
use crate::loader::Loader;
use crate::lock;
use crate::model::Deck;
use crate::source::{SourceId, Sources, Span};

/// The hidden subcommand that confines a program.
pub(super) const HELPER: &str = "confine";

/// Compile and run the code of decks.
///
/// Every block of Go, Rust and Python must compile, unless its fence says
/// otherwise: `run`, `race` and `bench` also run it, `fail` must not compile,
/// `ignore="why"` leaves it alone. An `output` fence below it is what it prints.
/// Programs run confined, without the network; results are kept, so that what
/// has not changed is not run again. `--update` keeps what is shown and what was
/// printed in `deck.lock`, which is all that `build` knows of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc test                       the code of deck.md
  deckc test --update              write outputs into the deck, and deck.lock
  deckc test talks/*.md --strict   a missing toolchain is an error
  deckc test --timeout 10          programs may take ten seconds")]
pub(super) struct Args {
    /// The decks, or folders with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    decks: Vec<PathBuf>,

    /// Write what programs print into the deck's `output` fences, and `deck.lock`
    /// beside it.
    #[arg(long)]
    update: bool,

    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,

    /// How to write the findings.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// How long a program may run, in seconds; compilers have two minutes at least.
    /// Default: 120.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: Option<u64>,

    /// How much memory a command may hold, in MiB. Default: 4096.
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(16..=1_048_576))]
    memory: Option<u64>,

    /// Keep results in this folder. Default: `deckc/test` in the user's cache.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,

    /// Read files below this folder. Default: the deck's folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,
}

/// What the helper is called with; people have no use for it.
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub(super) struct HelperArgs {
    /// A folder in which the program may write.
    #[arg(long = "write", value_name = "FOLDER")]
    writable: Vec<PathBuf>,

    /// The program and its arguments.
    #[arg(last = true)]
    command: Vec<String>,
}

/// Runs as the helper.
pub(super) fn confine(args: &HelperArgs) -> std::process::ExitCode {
    confine::run(&Confined {
        writable: args.writable.clone(),
        command: args.command.clone(),
        args: std::env::args_os().skip(1).collect(),
        stage: std::env::var_os(confine::STAGE).and_then(|it| it.into_string().ok()),
    })
}

/// Tests every deck, in the order of the arguments.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let deckc = std::env::current_exe()
        .map_err(|error| Failure::files(format!("cannot find deckc's own program: {error}")))?;
    let runner = Runner::new(deckc, HELPER);
    let mut limits = Limits::default();
    if let Some(seconds) = args.timeout {
        limits.time = std::time::Duration::from_secs(seconds);
    }
    if let Some(mib) = args.memory {
        limits.memory = mib << 20;
    }
    let cache = args.cache.clone().or_else(user_cache).ok_or_else(|| {
        Failure::usage("there is no folder for results").hint("name one with `--cache`")
    })?;
    let text = |text: std::ffi::OsString| text.into_string().ok();
    let env = std::env::vars_os().filter_map(|(key, value)| Some((text(key)?, text(value)?)));
    let env = env.collect();
    let mut done = Vec::new();
    let mut exit = Exit::Clean;
    for deck in DeckFile::find_all(&args.decks, args.root.as_deref())? {
        let progress = Progress::show(&format!("testing {}", deck.shown.display()));
        let settings = Settings {
            runner: &runner,
            env: &env,
            limits,
            cache: cache.clone(),
            lock: None,
            progress: &|done, all| {
                if let Some(progress) = &progress {
                    let deck = deck.shown.display();
                    progress.update(&format!("testing {deck}: {done} of {all} programs"));
                }
            },
        };
        let (report, tested, written) = test(&deck, args, settings)?;
        if 0 < report.n_errors() || args.strict && !report.findings.is_empty() {
            exit = Exit::Findings;
        }
        done.push(Done { deck, report, tested, written });
    }
    terminal::print(&args.format.render(done.iter().map(|done| &done.report)))?;
    if matches!(args.format, Format::Human) {
        for Done { deck, report, tested, written } in &done {
            if terminal::is_watched() || !report.findings.is_empty() || !written.is_empty() {
                let wrote: Vec<String> =
                    written.iter().map(|it| it.path.display().to_string()).collect();
                let wrote = if wrote.is_empty() {
                    String::new()
                } else {
                    format!("; wrote {}", wrote.join(", "))
                };
                terminal::say(&format!("{}: {}{wrote}", deck.shown.display(), summary(*tested)));
            }
        }
        let ran = done.iter().any(|done| 0 < done.tested.ran);
        if let Some(open) = open(runner.strength()).filter(|_| ran) {
            terminal::say(&open);
        }
    }
    Ok(exit)
}

/// A deck that was tested.
struct Done {
    deck: DeckFile,
    report: Report,
    tested: Tested,
    written: Vec<Written>,
}

/// Tests one deck, and writes what is asked for.
fn test(
    deck: &DeckFile,
    args: &Args,
    settings: Settings<'_>,
) -> Result<(Report, Tested, Vec<Written>), Failure> {
    let mut read = Read::new(deck, &deck.loader)?;
    let earlier =
        lock::load(&deck.loader, &deck.name, &mut Sources::default(), &mut Diagnostics::default());
    let settings = Settings { lock: earlier.as_ref(), ..settings };
    let mut revisions = None;
    if args.update {
        let mut lost = Diagnostics::default();
        let found = update::revisions(&read.deck, &deck.loader, &settings, &mut lost);
        if lost.has_errors() {
            let Read { sources, diags, .. } = read;
            lost.extend(diags.sorted().into_iter().filter(|it| it.name != "unlocked-revision"));
            let report = Report { sources, prefix: deck.prefix.clone(), findings: lost.sorted() };
            return Ok((report, Tested::default(), Vec::new()));
        }
        // What git gave is read as if it were written already.
        let lock = lock::Lock { includes: found.clone(), ..lock::Lock::default() };
        let loader = deck.loader.clone();
        let path = loader.root().join(lock::path(&deck.name));
        read = Read::new(deck, &loader.with_draft(path, lock.to_string()))?;
        revisions = Some(found);
    }
    let Read { deck: slides, mut sources, mut diags } = read;
    // What was recorded gives way to what programs print.
    diags.retain(|finding| finding.name != "stale-output");
    let (mut tested, outcomes) =
        examples::test(&slides, &deck.loader, &settings, &mut sources, &mut diags);
    let mut written = Vec::new();
    if let Some(revisions) = revisions {
        diags.retain(|finding| finding.name != "drifted-include");
        let new = update::lock(&slides, &outcomes, revisions, &deck.loader, &sources, &settings);
        let changes = update::fences(&outcomes, &new, &deck.loader, &sources);
        let mended = |span| changes.iter().any(|(fence, _)| holds(*fence, span));
        diags.retain(|finding| {
            let is_mended = finding.name == "stale-output" && mended(finding.span);
            tested.failed -= usize::from(is_mended);
            tested.passed += usize::from(is_mended);
            !is_mended
        });
        let raw = update::raw(&outcomes, &new, &deck.loader, &mut diags);
        if !diags.has_errors() {
            let mut files: Vec<(PathBuf, String)> = changed(&changes, &sources)
                .into_iter()
                .map(|(id, text)| (deck.prefix.join(&sources.get(id).path), text))
                .collect();
            files.push((deck.prefix.join(lock::path(&deck.name)), new.to_string()));
            files.extend(raw.into_iter().map(|(path, text)| (deck.prefix.join(path), text)));
            let bytes: Vec<_> =
                files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
            written = output::write(&bytes)?.into_iter().filter(|it| !it.same).collect();
        }
    }
    let report = Report { sources, prefix: deck.prefix.clone(), findings: diags.sorted() };
    Ok((report, tested, written))
}

/// A deck, and what reading it found.
struct Read {
    deck: Deck,
    sources: Sources,
    diags: Diagnostics,
}

impl Read {
    fn new(deck: &DeckFile, loader: &Loader) -> Result<Self, Failure> {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let read = crate::read::read(loader, &deck.name, &mut sources, &mut diags)
            .map_err(|why| deck.unreadable(&why))?;
        Ok(Self { deck: read, sources, diags })
    }
}

/// Whether a finding lies in, or at the edge of, the lines of a fence.
fn holds(fence: Span, finding: Span) -> bool {
    fence.source == finding.source && finding.start <= fence.end && fence.start <= finding.end
}

/// The texts of the sources that some changes make.
fn changed(changes: &[(Span, String)], sources: &Sources) -> BTreeMap<SourceId, String> {
    let mut texts = BTreeMap::new();
    let mut changes: Vec<&(Span, String)> = changes.iter().collect();
    // From the end on, so that what was not changed yet stays where it is.
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    for (span, text) in changes {
        let changed =
            texts.entry(span.source).or_insert_with(|| sources.get(span.source).text.to_string());
        changed.replace_range(span.range(), text);
    }
    texts
}

/// What the test of a deck came to, in a line.
fn summary(tested: Tested) -> String {
    let Tested { passed, failed, ignored, unchecked, ran } = tested;
    let parts =
        [(passed, "hold"), (failed, "do not"), (ignored, "ignored"), (unchecked, "not checked")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let s = if ran == 1 { "" } else { "s" };
    let all = passed + failed + ignored + unchecked;
    let programs = if all == 1 { "1 program".to_owned() } else { format!("{all} programs") };
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{programs}{parts}; {ran} command{s} run")
}

/// What could not be confined on this system.
fn open(strength: Strength) -> Option<String> {
    let holes = [
        (strength.files, "write files"),
        (strength.network, "use the network"),
        (strength.processes, "leave processes behind"),
    ];
    let holes: Vec<&str> = holes.iter().filter(|(is, _)| !is).map(|(_, hole)| *hole).collect();
    if holes.is_empty() {
        return None;
    }
    Some(format!("note: this system lets programs of a deck {}", holes.join(", ")))
}

/// The user's folder for what can be made again.
fn user_cache() -> Option<PathBuf> {
    let set = |key: &str| std::env::var_os(key).filter(|it| !it.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| Some(set("HOME")?.join(".cache")))?;
    Some(base.join("deckc").join("test"))
}
