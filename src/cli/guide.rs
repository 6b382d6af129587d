//! `deckc guide`: the delivery guide of a deck, as PDF and HTML.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::made::{Delivery, Made, Wanted};
use super::output;
use super::{Exit, Failure, terminal};
use crate::compile::{self, Options};

/// Write the delivery guide of a deck: checklists, the plan by the clock, the
/// script, what to skip and what to add, demos, questions, contacts.
///
/// It comes from the deck alone: notes, times, roles and backup slides. Lines
/// that deckc has itself seen to are ticked; of code, `deckc test --update` keeps
/// what it saw. Headings and advice are English.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc guide                          deck-guide.pdf and deck-guide.html
  deckc guide talk.md --start 14:30    the plan by the clock
  deckc guide -o guide.pdf             only the PDF
  deckc guide --contact 'Organizer: Ada, +44 20 7946 0000'

Paragraphs of notes that begin with **Hook.**, **Key points.**, **Transition.**,
**Energy.**, **Demo.** or **Call to action.** get a place of their own.")]
pub(super) struct Args {
    /// The deck, or a folder with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    deck: Option<PathBuf>,

    /// Where to write: a `.pdf` or `.html` file for that alone, or a name for both.
    /// Default: `<deck>-guide`.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    #[command(flatten)]
    delivery: Delivery,
}

/// Writes the guide.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let deck = args.delivery.reading.deck(args.deck.as_deref())?;
    let options = Options { pdf: true, programs: true, ..args.delivery.reading.options()? };
    let wanted = Wanted { act: "writing the guide of", strict: args.delivery.strict, fresh: false };
    let Some(mut made) = Made::make(&deck, &options, wanted)? else { return Ok(Exit::Findings) };
    let standards = &options.pdf_options.standards;
    let facts = args.delivery.facts(&made, standards);
    let guide = made.or_refuse(|deck, diags| {
        compile::guide(deck, &facts, args.delivery.paper.size(), standards, diags)
    });
    let Some((html, pdf)) = guide else { return Ok(Exit::Findings) };
    let (html_path, pdf_path) = args.targets(&deck.shown);
    let html = html_path.map(|path| (path, html.as_bytes()));
    let pdf = pdf_path.map(|path| (path, pdf.as_slice()));
    let outputs: Vec<(PathBuf, &[u8])> = html.into_iter().chain(pdf).collect();
    let written = output::write(&outputs)?;
    if terminal::is_watched() {
        terminal::say(&format!("{}: {}", deck.shown.display(), output::told(&written)));
    }
    Ok(Exit::Clean)
}

impl Args {
    /// Where the HTML and the PDF go.
    fn targets(&self, deck: &Path) -> (Option<PathBuf>, Option<PathBuf>) {
        let both = |base: &Path| {
            let with = |ending| Some(output::with_ending(base, ending));
            (with(".html"), with(".pdf"))
        };
        let beside = output::with_ending(&deck.with_extension(""), "-guide");
        let Some(output) = &self.output else { return both(&beside) };
        if output.is_dir() || output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return both(&output.join(beside.file_name().unwrap_or_default()));
        }
        match output.extension().and_then(|ending| ending.to_str()) {
            Some("html") => (Some(output.clone()), None),
            Some("pdf") => (None, Some(output.clone())),
            Some(_) | None => both(output),
        }
    }
}
