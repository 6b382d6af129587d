//! `deckc explain`: a rule, or what became of a slide.

mod slide;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::find::{DEFAULT, DeckFile};
use super::report::{Report, human};
use super::{Exit, Failure, terminal};
use crate::check::{LAWS, RULES};
use crate::compile::{self, Prepared};
use crate::diag::{Diagnostics, nearest_hint};
use crate::place::PlacedSlide;
use crate::source::Sources;

/// Explain a law or a rule, or what became of a slide.
///
/// Of a slide it tells which layout it has and why, and how full each slot is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc explain                list every law and rule
  deckc explain long-code      the page of a rule
  deckc explain 7              slide 7 of deck.md
  deckc explain talk.md:7      slide 7 of talk.md
  deckc explain talk.md:pools  the slide of talk.md with the id pools
  deckc explain talk.md        every slide of talk.md, in one line each")]
pub(super) struct Args {
    /// A law, a rule, a slide's number, or DECK:SLIDE with a number or an id.
    #[arg(value_name = "WHAT")]
    what: Option<String>,

    /// Read files below this folder. Default: the deck's folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,
}

/// Prints an explanation.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let root = args.root.as_deref();
    let Some(what) = &args.what else {
        terminal::print(&list())?;
        return Ok(Exit::Clean);
    };
    if let Some(docs) = page(what) {
        terminal::print(docs)?;
        return Ok(Exit::Clean);
    }
    if what.bytes().all(|byte| byte.is_ascii_digit()) {
        return explain(None, Some(what), root);
    }
    if let Some((deck, slide)) = what.rsplit_once(':').filter(|(deck, _)| !deck.is_empty()) {
        return explain(Some(Path::new(deck)), Some(slide), root);
    }
    if Path::new(what).exists() || Path::new(what).extension().is_some() {
        return explain(Some(Path::new(what)), None, root);
    }
    let names: Vec<&str> = names().map(|(name, _)| name).collect();
    Err(Failure::usage(format!("there is no law or rule `{what}`"))
        .hint(nearest_hint(what, &names))
        .hint(format!("to explain a slide, name the deck: `deckc explain {DEFAULT}:{what}`")))
}

/// Every law and rule with its page.
fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let laws = LAWS.iter().map(|law| (law.name, law.docs));
    laws.chain(RULES.iter().map(|rule| (rule.name, rule.docs)))
}

fn page(name: &str) -> Option<&'static str> {
    names().find_map(|(found, docs)| (found == name).then_some(docs))
}

/// The laws and the rules, each with the first sentence of its page.
fn list() -> String {
    let mut out = String::from("Laws hold for every deck:\n");
    let width = names().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (index, (name, docs)) in names().enumerate() {
        if index == LAWS.len() {
            out.push_str("\nRules can be allowed on a slide, with a reason:\n");
        }
        let first = docs.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        let indent = width + 4;
        let first = terminal::wrapped(first.trim_end_matches('.'), indent);
        let first = first.replace('\n', &format!("\n{:indent$}", ""));
        let _ = writeln!(out, "  {name:width$}  {first}");
    }
    out.push_str("\nRead a page with `deckc explain NAME`; allow a rule with\n");
    out.push_str("`<!-- allow: {long-code: \"the length is the point\"} -->`.\n");
    out
}

/// Explains one slide of a deck, or every slide in one line.
fn explain(
    named: Option<&Path>,
    slide: Option<&str>,
    root: Option<&Path>,
) -> Result<Exit, Failure> {
    let deck = DeckFile::find(named, root)?;
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let options = compile::Options::default();
    let prepared = compile::prepare(&deck.loader, &deck.name, &options, &mut sources, &mut diags)
        .map_err(|why| deck.unreadable(&why))?;
    let report = Report { sources, prefix: deck.prefix.clone(), findings: diags.sorted() };
    let Some(prepared) = prepared else {
        terminal::show(&human::render(&report));
        return Ok(Exit::Findings);
    };
    let text = match slide {
        None => slide::overview(&prepared),
        Some(wanted) => {
            let index = find(&prepared, wanted, &deck)?;
            slide::explain(&prepared, index, &report)
        }
    };
    terminal::print(&text)?;
    Ok(Exit::Clean)
}

/// The slide with this number in the source, or with this id.
fn find(prepared: &Prepared, wanted: &str, deck: &DeckFile) -> Result<usize, Failure> {
    let slides = &prepared.placed.slides;
    let number = wanted.parse::<usize>().ok();
    let is_wanted = |slide: &PlacedSlide| match number {
        Some(number) => slide.source_number == number,
        None => slide.id == wanted,
    };
    slides.iter().position(is_wanted).ok_or_else(|| {
        let failure = Failure::usage(format!("`{}` has no slide `{wanted}`", deck.shown.display()));
        let last = slides.iter().map(|slide| slide.source_number).max();
        if let (Some(_), Some(last)) = (number, last) {
            return failure.hint(format!("its slides are 1 to {last}; hidden ones are not shown"));
        }
        let ids: Vec<&str> = slides.iter().map(|slide| slide.id.as_str()).collect();
        failure.hint(nearest_hint(wanted, &ids))
    })
}
