//! `deckc check`: every problem of a deck, and nothing written.

use std::path::PathBuf;

use clap::ValueHint;

use super::find::DeckFile;
use super::report::{self, Format, Report};
use super::summary::Summary;
use super::terminal::{self, Progress};
use super::{Exit, Failure};
use crate::compile;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Report every problem of decks without writing anything.
///
/// The same laws and rules as for `build`. Findings go to standard output.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc check                       deck.md
  deckc check talks/*.md --strict   warnings count as errors
  deckc check --format json         one object a line, for editors
  deckc check --schema              the JSON schema of such a line
  deckc check --format sarif        one document, for code hosts
  deckc check --format github       notes beside the lines of a pull request")]
pub(super) struct Args {
    /// The decks, or folders with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    decks: Vec<PathBuf>,

    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,

    /// How to write the findings.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// Print the JSON schema of a line of `--format json`, and check nothing.
    #[arg(long, conflicts_with = "decks")]
    schema: bool,

    /// Use this theme instead of the deck's.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// Read files below this folder. Default: the deck's folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,

    /// Also use the fonts installed on this machine.
    #[arg(long)]
    system_fonts: bool,
}

/// Checks every deck, in the order of the arguments.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    if args.schema {
        terminal::print(&report::json_schema())?;
        return Ok(Exit::Clean);
    }
    let mut reports = Vec::new();
    let mut exit = Exit::Clean;
    for deck in DeckFile::find_all(&args.decks, args.root.as_deref())? {
        let progress = Progress::show(&format!("checking {}", deck.shown.display()));
        let (report, summary) = check(&deck, args)?;
        drop(progress);
        if 0 < report.n_errors() || args.strict && !report.findings.is_empty() {
            exit = Exit::Findings;
        }
        reports.push((deck, report, summary));
    }
    terminal::print(&args.format.render(reports.iter().map(|(_, report, _)| report)))?;
    for (deck, report, summary) in &reports {
        let is_human = matches!(args.format, Format::Human);
        if is_human && (terminal::is_watched() || !report.findings.is_empty()) {
            terminal::say(&format!("{}: {}", deck.shown.display(), summary.line(report)));
        }
    }
    Ok(exit)
}

/// The findings of a deck, and what it comes to.
fn check(deck: &DeckFile, args: &Args) -> Result<(Report, Summary), Failure> {
    let options = compile::Options {
        theme: args.theme.clone(),
        system_fonts: args.system_fonts,
        ..compile::Options::default()
    };
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let prepared = compile::prepare(&deck.loader, &deck.name, &options, &mut sources, &mut diags)
        .map_err(|why| deck.unreadable(&why))?;
    let summary = prepared.as_ref().map(Summary::of).unwrap_or_default();
    if let Some(prepared) = prepared {
        compile::finish(&prepared, &options, &sources, &mut diags);
    }
    let report = Report { sources, prefix: deck.prefix.clone(), findings: diags.sorted() };
    if let Some(failure) = report.wrong_theme(args.theme.as_deref()) {
        return Err(failure);
    }
    Ok((report, summary))
}
