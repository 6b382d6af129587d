//! The command line: the only place that prints, writes files, or reads the
//! clock and the environment.
//!
//! Takes the arguments, gives an exit code. One file a subcommand; what they
//! share is finding the deck (`find`), writing outputs (`output`), and showing
//! findings (`report`). Nothing is compiled or checked here.

mod build;
mod bundle;
mod cache;
mod check;
mod completions;
mod deps;
mod doctor;
mod dump;
mod explain;
mod failure;
mod find;
mod guide;
mod layouts;
mod made;
mod new;
mod output;
mod pictures;
mod publish;
mod reading;
mod record;
mod report;
mod serve;
mod several;
mod summary;
mod terminal;
mod test;
mod verify;

use std::panic;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::{Parser, Subcommand};

use failure::Failure;

use crate::typeset::PaperSize;

/// What a run came to, as the exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Errors in a deck, or warnings under `--strict`.
    Findings = 1,
    /// The command itself makes no sense.
    Usage = 2,
    /// Something could not be read or written.
    Files = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Compile slide decks from Markdown to one HTML file and one PDF.
#[derive(Debug, Parser)]
#[command(
    name = "deckc",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  deckc new                    a short deck.md to start from
  deckc build                  deck.md to deck.html and deck.pdf
  deckc build talk.md --html   talk.md to talk.html alone
  deckc check                  every problem of deck.md, nothing written

Exit codes: 0 clean, 1 errors in the deck (or warnings under --strict),
2 a command that makes no sense, 3 something could not be read or written."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Serve(serve::Args),
    Check(check::Args),
    New(new::Args),
    Guide(guide::Args),
    Bundle(bundle::Args),
    Verify(verify::Args),
    Publish(publish::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
    Layouts(layouts::Args),
    Explain(explain::Args),
    Dump(dump::Args),
    Test(test::Args),
    #[command(name = test::HELPER, hide = true)]
    Confine(test::HelperArgs),
}

/// The sheets of what is set on paper.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Sheet {
    /// 210 x 297 mm.
    A4,
    /// 8.5 x 11 inches.
    Letter,
}

impl Sheet {
    /// Its size.
    const fn size(self) -> PaperSize {
        match self {
            Self::A4 => PaperSize::A4,
            Self::Letter => PaperSize::Letter,
        }
    }
}

/// The exit code of a mistake in deckc itself: that of a Rust program that
/// panics.
const MISTAKE: u8 = 101;

/// Runs the program.
///
/// What a library panics about while it works on a damaged file is a finding
/// where it is caught, so a panic is told only when it gets this far.
#[must_use]
pub fn main() -> ExitCode {
    let told = Arc::new(Mutex::new(String::new()));
    let hook = Arc::clone(&told);
    panic::set_hook(Box::new(move |info| {
        if let Ok(mut told) = hook.lock() {
            *told = info.to_string();
        }
    }));
    panic::catch_unwind(run).unwrap_or_else(|_| {
        let why = told.lock().map(|told| told.clone()).unwrap_or_default();
        terminal::say(&format!(
            "error: deckc failed: {why}\n  = help: this is a mistake in deckc: please report it \
             with the deck"
        ));
        ExitCode::from(MISTAKE)
    })
}

/// Runs the subcommand that the arguments name.
fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Build(args) => build::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        Command::Guide(args) => guide::run(args),
        Command::Bundle(args) => bundle::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Publish(args) => publish::run(args),
        Command::Doctor(args) => doctor::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Layouts(args) => layouts::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Dump(args) => dump::run(args),
        Command::Test(args) => test::run(args),
        Command::Confine(args) => return test::confine(args),
    };
    result
        .unwrap_or_else(|failure| {
            terminal::say(&failure.to_string());
            failure.exit
        })
        .into()
}
