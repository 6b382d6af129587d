//! `deckc new`: a deck to start from.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::find::DEFAULT;
use super::{Exit, Failure, terminal};

/// Start a deck: one that builds at once and shows how to write one.
///
/// An existing file is never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc new                          deck.md in this folder
  deckc new talk.md                  under another name
  deckc new talk                     deck.md in a folder of its own
  deckc new talk/ --from go-talk     twenty minutes about code, with its examples
  deckc new talk/ --from lightning   five minutes about one thing")]
pub(super) struct Args {
    /// The file to write, like `talk.md`, or the folder for a `deck.md`. Default:
    /// `deck.md`.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    path: Option<PathBuf>,

    /// What to start from.
    #[arg(long, value_name = "DECK", default_value = "plain")]
    from: Template,
}

/// What a deck starts from.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Template {
    /// Each thing once: steps, code, a table, notes, times.
    Plain,
    /// A talk about Go in three parts: code from files that compile, a plan for
    /// twenty minutes, answers on backup slides.
    GoTalk,
    /// Five minutes, seven slides, one thought.
    Lightning,
}

impl Template {
    /// The deck.
    const fn deck(self) -> &'static str {
        match self {
            Self::Plain => include_str!("new/plain/deck.md"),
            Self::GoTalk => include_str!("new/go-talk/deck.md"),
            Self::Lightning => include_str!("new/lightning/deck.md"),
        }
    }

    /// What the deck refers to, beside it.
    const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Plain | Self::Lightning => &[],
            // Under its own name it would be a module of this repository's.
            Self::GoTalk => &[
                ("examples/go.mod", include_str!("new/go-talk/examples/go.mod.txt")),
                (
                    "examples/flight/flight.go",
                    include_str!("new/go-talk/examples/flight/flight.go"),
                ),
                (
                    "examples/flight/flight_test.go",
                    include_str!("new/go-talk/examples/flight/flight_test.go"),
                ),
            ],
        }
    }
}

/// Writes the deck.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let named = args.path.as_deref().unwrap_or(Path::new(DEFAULT));
    let text = named.to_string_lossy();
    let is_folder = named.is_dir()
        || text.ends_with(['/', std::path::MAIN_SEPARATOR])
        || named.extension().is_none();
    let path = if is_folder { named.join(DEFAULT) } else { named.to_owned() };
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = args.from.files().iter().map(|(name, text)| (folder.join(name), *text));
    let files: Vec<(PathBuf, &str)> =
        std::iter::once((path.clone(), args.from.deck())).chain(beside).collect();
    // All of them or none: half a talk would not build.
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists() || path.is_symlink()) {
        return Err(taken(there));
    }
    for (path, text) in &files {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
        }
        let mut file = std::fs::File::create_new(path).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                taken(path)
            } else {
                Failure::io("write", path, &error)
            }
        })?;
        file.write_all(text.as_bytes()).map_err(|error| Failure::io("write", path, &error))?;
    }
    let shown = path.display();
    let deck = if path == Path::new(DEFAULT) { String::new() } else { format!(" {shown}") };
    terminal::say(&format!("wrote {shown}; build it with `deckc build{deck}`"));
    Ok(Exit::Clean)
}

/// Something is there already.
fn taken(path: &Path) -> Failure {
    let shown = path.display();
    Failure::files(format!("`{shown}` is there already, and was left as it is"))
        .hint("name another file: `deckc new talk.md`")
}
