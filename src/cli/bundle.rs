//! `deckc bundle`: everything that the speaker carries, in a folder or a zip.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::made::{Delivery, Made, Wanted};
use super::output::{self, size};
use super::record;
use super::{Exit, Failure, terminal};
use crate::bundle::{self, Files, Parts};
use crate::compile::{self, Options};
use crate::pdf;
use crate::typeset::Paper;

/// How many slides of the handout stand on a page.
const A_PAGE: u8 = 3;

/// Put everything that the speaker carries on a stick: a folder, or a zip.
///
/// The slides as HTML with presenter view and as PDF, notes pages, a handout, the
/// delivery guide, the source with its examples, how to open it, and the sums of
/// all files. Names are safe on every stick and system. What of the deck has
/// drifted from `deck.lock` is an error; other warnings are shown, and refused
/// with `--strict`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc bundle -o /media/stick/talk     a folder
  deckc bundle talk.md -o talk.zip      one file
  deckc bundle --start 14:30            the guide goes by the clock
  deckc bundle --add data/              more of what the talk needs

`deckc verify FOLDER` says whether all of it is there and whole.")]
pub(super) struct Args {
    /// The deck, or a folder with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    deck: Option<PathBuf>,

    /// The folder, or a `.zip` file. Default: `<deck>-usb`.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// A file or folder below the deck's to put beside the source. Again for each.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    add: Vec<String>,

    /// Warn when the bundle has more than this many megabytes.
    #[arg(long, value_name = "MB", default_value_t = 100)]
    max_size: u32,

    #[command(flatten)]
    delivery: Delivery,
}

/// Makes the bundle.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let deck = args.delivery.reading.deck(args.deck.as_deref())?;
    let paper = args.delivery.paper.size();
    let options = Options {
        html: true,
        pdf: true,
        pdf_options: pdf::Options { notes: true, ..pdf::Options::default() },
        papers: vec![Paper::Notes(paper), Paper::Handout(A_PAGE, paper)],
        notes: true,
        programs: true,
        ..args.delivery.reading.options()?
    };
    let wanted = Wanted { act: "packing", strict: args.delivery.strict, fresh: true };
    let Some(mut made) = Made::make(&deck, &options, wanted)? else { return Ok(Exit::Findings) };
    let standards = &options.pdf_options.standards;
    let facts = args.delivery.facts(&made, standards);
    let guide = made.or_refuse(|deck, diags| compile::guide(deck, &facts, paper, standards, diags));
    let Some((_, guide)) = guide else { return Ok(Exit::Findings) };

    let add: Vec<String> =
        args.add.iter().map(|path| path.trim_end_matches('/').replace('\\', "/")).collect();
    let source = bundle::source(&made.deck.placed, &deck.loader, &deck.name, &add)
        .map_err(|(name, why)| Failure::files(format!("cannot read `{name}`: {why}")))?;
    let output = made.output;
    let paper = |wanted: fn(&Paper) -> bool| {
        let found = output.papers.iter().find(|(paper, _)| wanted(paper));
        found.map(|(_, bytes)| bytes.clone()).unwrap_or_default()
    };
    let files = bundle::bundle(Parts {
        title: made.deck.placed.title().to_owned(),
        slides: made.deck.placed.slides.len(),
        notes: paper(|paper| matches!(paper, Paper::Notes(_))),
        handout: paper(|paper| matches!(paper, Paper::Handout(..))),
        html: output.html.unwrap_or_default().into_bytes(),
        pdf: output.pdf.unwrap_or_default(),
        guide,
        deck: deck.name.clone(),
        source,
    });
    names_are_safe(&files)?;
    let verdict = bundle::verify(&files);
    if let Some(problem) = verdict.problems.first() {
        return Err(Failure::files(format!("the bundle would not be whole: {problem}"))
            .hint("this is a mistake in deckc: please report it with the deck"));
    }
    let target = args
        .output
        .clone()
        .unwrap_or_else(|| output::with_ending(&deck.shown.with_extension(""), "-usb"));
    write(&target, &files)?;
    Ok(tell(&target, &files, args))
}

/// Every name can be on every stick.
fn names_are_safe(files: &Files) -> Result<(), Failure> {
    let mut wrong = files.keys().filter_map(|name| Some((name, bundle::problem(name)?)));
    if let Some((name, why)) = wrong.next() {
        let more = wrong.count();
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        return Err(Failure::files(format!("`{name}` cannot be on every stick: {why}{more}"))
            .hint("rename it, and where the deck names it"));
    }
    if let Some((a, b)) = bundle::clash(files.keys()) {
        return Err(Failure::files(format!("`{a}` and `{b}` are one file on a stick"))
            .hint("rename one of them: capitals do not matter there"));
    }
    Ok(())
}

/// Whether a target is to be one file.
pub(super) fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Writes the bundle. What an earlier one put into the folder and this one does
/// not have is taken away, if it is still as that one left it.
fn write(target: &Path, files: &Files) -> Result<(), Failure> {
    if is_zip(target) {
        let zip = bundle::pack(files)
            .ok_or_else(|| Failure::files("a zip cannot hold more than 4 GB or 65,535 files"))?;
        output::write(&[(target.to_owned(), &zip)])?;
        return Ok(());
    }
    if target.is_file() {
        return Err(Failure::usage(format!("`{}` is a file, not a folder", target.display()))
            .hint("name a folder, or a file that ends in `.zip`"));
    }
    let earlier = std::fs::read_to_string(target.join(bundle::SUMS)).unwrap_or_default();
    let earlier = bundle::read_sums(&earlier).unwrap_or_default().into_iter().collect();
    let gone = record::leftovers(target, &earlier, |name| files.contains_key(name));
    let outputs: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(name, bytes)| (target.join(name), bytes.as_slice())).collect();
    output::write(&outputs)?;
    output::remove(&gone)
}

/// Says how large it is, and what takes the space where that is much.
fn tell(target: &Path, files: &Files, args: &Args) -> Exit {
    let total: usize = files.values().map(Vec::len).sum();
    let (shown, n) = (target.display(), files.len());
    terminal::say(&format!("{shown}: {n} files, {}", size(total)));
    if total <= args.max_size as usize * 1_000_000 {
        return Exit::Clean;
    }
    let mut largest: Vec<(&String, usize)> =
        files.iter().map(|(name, bytes)| (name, bytes.len())).collect();
    largest.sort_by_key(|(name, bytes)| (usize::MAX - bytes, *name));
    let named: Vec<String> = largest
        .iter()
        .take(5)
        .map(|(name, bytes)| format!("`{name}` has {}", size(*bytes)))
        .collect();
    let message = format!("the bundle is larger than {} MB", args.max_size);
    let hints =
        [named.join(", "), "make pictures smaller, or allow more with `--max-size`".to_owned()];
    terminal::say(&super::report::human::warning(&message, &hints));
    if args.delivery.strict { Exit::Findings } else { Exit::Clean }
}
