//! `deckc check`: every problem of a deck, and nothing written but what `--fix`
//! mends.

mod fix;
mod rehearsal;

use std::path::PathBuf;

use clap::ValueHint;

use super::find::DeckFile;
use super::reading::Reading;
use super::report::{self, Format, Report};
use super::several;
use super::summary::Summary;
use super::terminal::{self, Progress};
use super::{Exit, Failure};
use crate::compile::{self, Prepared};
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Report every problem of decks, and with `--fix` mend what a machine can.
///
/// The same laws and rules as for `build`. Findings go to standard output.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc check                       deck.md
  deckc check --fix                 mend what can be mended, and show it
  deckc check --fix --dry-run       show what `--fix` would change
  deckc check --rehearsal FILE      what each slide took, against the plan
  deckc check --rehearsal FILE --fix   write what they took into the deck
  deckc check talks/*.md --strict   warnings count as errors
  deckc check --format json         one object a line, for editors
  deckc check --schema              the JSON schema of such a line
  deckc check --format sarif        one document, for code hosts
  deckc check --format github       notes beside the lines of a pull request")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Args {
    /// The decks, or folders with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    decks: Vec<PathBuf>,

    /// Make the changes that findings show, where they mend the finding and add
    /// none; the decks, and layouts and themes beside them, are written.
    #[arg(long)]
    fix: bool,

    /// With `--fix`: show the changes and write nothing.
    #[arg(long, requires = "fix")]
    dry_run: bool,

    /// Compare a rehearsal, as the presenter view saves it, with the plan of the
    /// deck; with `--fix`, write its times into the deck.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    rehearsal: Option<PathBuf>,

    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,

    /// How to write the findings.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// Print the JSON schema of a line of `--format json`, and check nothing.
    #[arg(long, conflicts_with_all = ["decks", "fix", "rehearsal"])]
    schema: bool,

    #[command(flatten)]
    reading: Reading,
}

/// A deck and what is wrong with it.
struct Checked<'a> {
    deck: &'a DeckFile,
    report: Report,
    summary: Summary,
    /// What its slides took in the rehearsal, for people.
    table: String,
}

/// Checks every deck, in the order of the arguments.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    if args.schema {
        terminal::print(&report::json_schema())?;
        return Ok(Exit::Clean);
    }
    let decks = args.reading.decks(&args.decks)?;
    let options = args.options(&decks)?;
    if args.fix {
        return fix::run(decks, args, &options);
    }
    let progress = Progress::show(&match decks.as_slice() {
        [deck] => format!("checking {}", deck.shown.display()),
        decks => format!("checking {} decks", decks.len()),
    });
    let (mut checked, mut failures) = (Vec::new(), Vec::new());
    for it in several::each(&decks, |deck, ends| check(deck, args, &options, ends)) {
        match it {
            Ok(it) => checked.push(it),
            Err(failure) => failures.push(failure),
        }
    }
    drop(progress);
    let findings = args.format.render(checked.iter().map(|it| &it.report));
    let tables: String = checked.iter().map(|it| it.table.as_str()).collect();
    terminal::print(&match args.format {
        Format::Human => findings + &tables,
        _ => findings,
    })?;
    for it in &checked {
        if args.sums_up(it) {
            terminal::say(&it.sum());
        }
    }
    Ok(failed(&failures).max(args.exit(&checked)))
}

/// Tells why decks could not be checked; the others are, all the same.
fn failed(failures: &[Failure]) -> Exit {
    let mut exit = Exit::Clean;
    for failure in failures {
        terminal::say(&failure.to_string());
        exit = exit.max(failure.exit);
    }
    exit
}

impl Args {
    /// How the decks are compiled.
    fn options(&self, decks: &[DeckFile]) -> Result<compile::Options, Failure> {
        let rehearsal = self.rehearsal.as_deref();
        Ok(compile::Options {
            only_findings: true,
            rehearsal: rehearsal.map(|file| rehearsal::load(file, decks)).transpose()?,
            ..self.reading.options()?
        })
    }

    /// Whether a person is told how a deck stands.
    fn sums_up(&self, checked: &Checked<'_>) -> bool {
        matches!(self.format, Format::Human)
            && (terminal::is_watched() || !checked.report.findings.is_empty())
    }

    /// What the findings come to.
    fn exit(&self, checked: &[Checked<'_>]) -> Exit {
        let refuses =
            |report: &Report| 0 < report.n_errors() || self.strict && !report.findings.is_empty();
        if checked.iter().any(|it| refuses(&it.report)) { Exit::Findings } else { Exit::Clean }
    }
}

impl Checked<'_> {
    /// `talk.md: 12 slides, 1 error`.
    fn sum(&self) -> String {
        format!("{}: {}", self.deck.shown.display(), self.summary.line(&self.report))
    }
}

/// The findings of a deck, and what it comes to.
fn check<'a>(
    deck: &'a DeckFile,
    args: &Args,
    options: &compile::Options,
    ends: fn(Prepared),
) -> Result<Checked<'a>, Failure> {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let prepared = compile::prepare(&deck.loader, &deck.name, options, &mut sources, &mut diags)
        .map_err(|why| deck.unreadable(&why))?;
    let summary = prepared.as_ref().map(Summary::of).unwrap_or_default();
    let mut table = String::new();
    if let Some(prepared) = prepared {
        compile::finish(&prepared, options, &sources, &mut diags);
        if let Some(rehearsal) = &options.rehearsal {
            table = rehearsal::table(&prepared.placed, rehearsal);
        }
        ends(prepared);
    }
    let report = Report { sources, prefix: deck.prefix.clone(), findings: diags.sorted() };
    if let Some(failure) = report.wrong_theme(args.reading.theme.as_deref()) {
        return Err(failure);
    }
    Ok(Checked { deck, report, summary, table })
}
