//! `deckc new`: a short deck to start from.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::find::DEFAULT;
use super::{Exit, Failure, terminal};

/// A deck that builds without a finding and shows how to write one.
const TEMPLATE: &str = include_str!("new/deck.md");

/// Start a deck: a short one that builds at once.
///
/// An existing file is never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc new            deck.md in this folder
  deckc new talk.md    under another name
  deckc new talk       deck.md in a folder of its own")]
pub(super) struct Args {
    /// The file to write, like `talk.md`, or the folder for a `deck.md`. Default:
    /// `deck.md`.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    path: Option<PathBuf>,
}

/// Writes the deck.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let named = args.path.as_deref().unwrap_or(Path::new(DEFAULT));
    let text = named.to_string_lossy();
    let is_folder = named.is_dir()
        || text.ends_with(['/', std::path::MAIN_SEPARATOR])
        || named.extension().is_none();
    let path = if is_folder { named.join(DEFAULT) } else { named.to_owned() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
    }
    let shown = path.display();
    let mut file = std::fs::File::create_new(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Failure::files(format!("`{shown}` is there already, and was left as it is"))
                .hint("name another file: `deckc new talk.md`")
        } else {
            Failure::io("write", &path, &error)
        }
    })?;
    file.write_all(TEMPLATE.as_bytes()).map_err(|error| Failure::io("write", &path, &error))?;
    let deck = if path == Path::new(DEFAULT) { String::new() } else { format!(" {shown}") };
    terminal::say(&format!("wrote {shown}; build it with `deckc build{deck}`"));
    Ok(Exit::Clean)
}
