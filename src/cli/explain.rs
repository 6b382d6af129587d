//! `deckc explain`: what a finding means, or what became of a slide.

mod slide;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::find::{DEFAULT, DeckFile};
use super::report::{Report, human};
use super::{Exit, Failure, terminal};
use crate::compile::{self, Prepared};
use crate::diag::{Diagnostics, nearest_hint};
use crate::explain::{self, Page};
use crate::place::PlacedSlide;
use crate::source::Sources;

/// Explain what a finding means, or what became of a slide.
///
/// Of a slide it tells which layout it has and why, how full each slot is, and
/// when it is planned.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc explain                   list every finding that there is
  deckc explain long-code         the page of a rule
  deckc explain 7                 slide 7 of deck.md
  deckc explain talk.md:7         slide 7 of talk.md
  deckc explain talk.md:7-9 12    some slides of talk.md and one of deck.md
  deckc explain talk.md:pools     the slide of talk.md with the id pools
  deckc explain talk.md           every slide of talk.md, in one line each")]
pub(super) struct Args {
    /// Names of findings, numbers of slides, or DECK:SLIDE with a number, a range
    /// or an id.
    #[arg(value_name = "WHAT")]
    what: Vec<String>,

    /// Read files below this folder. Default: the deck's folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,
}

/// Prints the explanations, in the order of the arguments.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    if args.what.is_empty() {
        terminal::print(&list())?;
        return Ok(Exit::Clean);
    }
    let subjects = args.what.iter().map(|what| Subject::find(what));
    let subjects = subjects.collect::<Result<Vec<_>, _>>()?;
    let mut decks: Vec<(Option<&Path>, Deck)> = Vec::new();
    for (nth, subject) in subjects.into_iter().enumerate() {
        if 0 < nth {
            terminal::print("\n")?;
        }
        match subject {
            Subject::Name(page) => terminal::print(page.docs)?,
            Subject::Slides { deck: named, slides } => {
                let known = decks.iter().position(|(path, _)| *path == named);
                let at = if let Some(at) = known {
                    at
                } else {
                    let Some(deck) = Deck::open(named, args.root.as_deref())? else {
                        return Ok(Exit::Findings);
                    };
                    decks.push((named, deck));
                    decks.len() - 1
                };
                terminal::print(&decks[at].1.explain(slides)?)?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// What is to be explained.
enum Subject<'a> {
    /// A finding.
    Name(Page),
    /// Slides of a deck: all of them, or those with a number or an id.
    Slides { deck: Option<&'a Path>, slides: Option<&'a str> },
}

impl<'a> Subject<'a> {
    fn find(what: &'a str) -> Result<Self, Failure> {
        if let Some(page) = explain::page(what) {
            return Ok(Self::Name(page));
        }
        if numbers(what).is_some() {
            return Ok(Self::Slides { deck: None, slides: Some(what) });
        }
        if let Some((deck, slides)) = what.rsplit_once(':').filter(|(deck, _)| !deck.is_empty()) {
            return Ok(Self::Slides { deck: Some(Path::new(deck)), slides: Some(slides) });
        }
        let path = Path::new(what);
        if path.exists() || path.extension().is_some() {
            return Ok(Self::Slides { deck: Some(path), slides: None });
        }
        let topics = explain::topics();
        let names: Vec<&str> =
            topics.iter().flat_map(|topic| &topic.pages).map(|page| page.name).collect();
        Err(Failure::usage(format!("there is no finding `{what}`"))
            .hint(nearest_hint(what, &names))
            .hint(format!("to explain a slide, name the deck: `deckc explain {DEFAULT}:{what}`")))
    }
}

/// The first and the last number of `7` or `7-9`.
fn numbers(text: &str) -> Option<(usize, usize)> {
    let number = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| plain)
    };
    match text.split_once('-') {
        Some((first, last)) => Some((number(first)?, number(last)?)),
        None => number(text).map(|number| (number, number)),
    }
}

/// Every name, topic by topic, each with the first sentence of its page.
fn list() -> String {
    let topics = explain::topics();
    let names = topics.iter().flat_map(|topic| &topic.pages).map(|page| page.name.len());
    let width = names.max().unwrap_or(0);
    let indent = width + 4;
    let mut out = String::new();
    for topic in &topics {
        let _ = writeln!(out, "{}:", topic.title);
        for page in &topic.pages {
            let summary = page.summary();
            let summary = terminal::wrapped(summary.trim_end_matches('.'), indent);
            let summary = summary.replace('\n', &format!("\n{:indent$}", ""));
            let _ = writeln!(out, "  {:width$}  {summary}", page.name);
        }
        out.push('\n');
    }
    out.push_str("Read a page with `deckc explain NAME`; argue with a rule on its slide:\n");
    out.push_str("`<!-- allow: {long-code: \"the length is the point\"} -->`.\n");
    out
}

/// A deck whose slides can be explained.
struct Deck {
    file: DeckFile,
    prepared: Prepared,
    report: Report,
}

impl Deck {
    /// Typesets a deck. Gives nothing, and shows why, where that cannot be done.
    fn open(named: Option<&Path>, root: Option<&Path>) -> Result<Option<Self>, Failure> {
        let file = DeckFile::find(named, root)?;
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let options = compile::Options::default();
        let (loader, name) = (&file.loader, &file.name);
        let prepared = compile::prepare(loader, name, &options, &mut sources, &mut diags)
            .map_err(|why| file.unreadable(&why))?;
        let report = Report { sources, prefix: file.prefix.clone(), findings: diags.sorted() };
        if prepared.is_none() {
            terminal::show(&human::render(&report));
        }
        Ok(prepared.map(|prepared| Self { file, prepared, report }))
    }

    /// Every slide in one line, or those that are wanted at length.
    fn explain(&self, wanted: Option<&str>) -> Result<String, Failure> {
        let Some(wanted) = wanted else { return Ok(slide::overview(&self.prepared)) };
        let found: Vec<String> = self
            .find(wanted)?
            .into_iter()
            .map(|index| slide::explain(&self.prepared, index, &self.report))
            .collect();
        Ok(found.join("\n"))
    }

    /// The slides with these numbers in the source, or the one with this id.
    fn find(&self, wanted: &str) -> Result<Vec<usize>, Failure> {
        let slides = &self.prepared.placed.slides;
        let numbers = numbers(wanted);
        let is_wanted = |slide: &PlacedSlide| match numbers {
            Some((first, last)) => (first..=last).contains(&slide.source_number),
            None => slide.id == wanted,
        };
        let found: Vec<usize> =
            (0..slides.len()).filter(|index| is_wanted(&slides[*index])).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let deck = self.file.shown.display();
        let failure = Failure::usage(format!("`{deck}` has no slide `{wanted}`"));
        let last = slides.iter().map(|slide| slide.source_number).max();
        if let (Some(_), Some(last)) = (numbers, last) {
            let hint = format!("its slides are 1 to {last}; hidden ones are not shown");
            return Err(failure.hint(hint));
        }
        let ids: Vec<&str> = slides.iter().map(|slide| slide.id.as_str()).collect();
        Err(failure.hint(nearest_hint(wanted, &ids)))
    }
}
