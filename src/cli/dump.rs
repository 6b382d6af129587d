//! `deckc dump`: a deck as one of the stages leaves it, as JSON.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueHint;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::find::DeckFile;
use super::reading::Reading;
use super::report::{Report, human, schema};
use super::{Exit, Failure, terminal};
use crate::compile::{self, Options, Prepared};
use crate::diag::Diagnostics;
use crate::loader::LoadError;
use crate::model::Deck;
use crate::page::Page;
use crate::place::Placed;
use crate::read;
use crate::source::Sources;

/// Print a deck as one of the stages leaves it, as JSON.
///
/// Findings go to standard error. A deck with mistakes is printed as far as it
/// could be understood.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc dump --stage model            what was read from deck.md
  deckc dump talk.md --stage pages    where every line stands, in points
  deckc dump --stage placed --schema  the JSON schema of this form")]
pub(super) struct Args {
    /// The deck, or a folder with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    deck: Option<PathBuf>,

    /// After which stage.
    #[arg(long, value_name = "STAGE")]
    stage: Stage,

    /// Print the JSON schema instead of a deck.
    #[arg(long, conflicts_with = "deck")]
    schema: bool,

    #[command(flatten)]
    reading: Reading,
}

/// A stage whose result can be printed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Stage {
    /// Slides and what they say, as the author wrote them.
    Model,
    /// Slides with their layout, and every block in its slot.
    Placed,
    /// Every slide typeset: boxes and lines in points.
    Pages,
}

/// The pages of a deck, and what they show.
#[derive(Serialize, JsonSchema)]
struct Pages<'a> {
    /// One a slide, in the order of the outputs.
    pages: Vec<NamedPage<'a>>,
}

/// A page, and which slide it shows.
#[derive(Serialize, JsonSchema)]
struct NamedPage<'a> {
    /// The slide's number in the outputs, counted from 1.
    number: usize,
    /// The slide's name in links.
    id: &'a str,
    /// Its boxes and lines.
    #[serde(flatten)]
    page: &'a Page,
}

/// Prints one stage of a deck.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    if args.schema {
        let schema: Schema = match args.stage {
            Stage::Model => schema::<Deck>(),
            Stage::Placed => schema::<Placed>(),
            Stage::Pages => schema::<Pages<'_>>(),
        };
        terminal::print(&json(&schema))?;
        return Ok(Exit::Clean);
    }
    let deck = args.reading.deck(args.deck.as_deref())?;
    let options = args.reading.options()?;
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let text = dump(&deck, args.stage, &options, &mut sources, &mut diags)
        .map_err(|why| deck.unreadable(&why))?;
    let report = Report { sources, prefix: deck.prefix.clone(), findings: diags.sorted() };
    if !report.findings.is_empty() {
        terminal::show(&human::render(&report));
    }
    terminal::print(&text.unwrap_or_default())?;
    Ok(if report.n_errors() == 0 { Exit::Clean } else { Exit::Findings })
}

fn dump(
    deck: &DeckFile,
    stage: Stage,
    options: &Options,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Option<String>, LoadError> {
    let (loader, name) = (&deck.loader, &deck.name);
    match stage {
        Stage::Model => Ok(Some(json(&read::read(loader, name, sources, diags)?))),
        Stage::Placed => Ok(Some(json(&compile::place(loader, name, options, sources, diags)?))),
        Stage::Pages => {
            let prepared = compile::prepare(loader, name, options, sources, diags)?;
            Ok(prepared.map(|prepared| json(&pages(&prepared))))
        }
    }
}

fn pages(prepared: &Prepared) -> Pages<'_> {
    let slides = prepared.placed.slides.iter();
    let pages = slides.zip(&prepared.typeset.pages);
    let named = pages.map(|(slide, page)| NamedPage { number: slide.number, id: &slide.id, page });
    Pages { pages: named.collect() }
}

/// Pretty JSON, lengths rounded to a hundredth of a point, with a final line
/// end.
fn json(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut out, Rounded(PrettyFormatter::with_indent(b"  ")));
    value.serialize(&mut serializer).expect("every node is JSON, and memory can be written to");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Writes numbers with at most two digits after the point, so that dumps can be
/// compared.
struct Rounded<'a>(PrettyFormatter<'a>);

impl Formatter for Rounded<'_> {
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        // Adding zero makes a negative zero a plain one.
        self.0.write_f64(out, (value * 100.0).round() / 100.0 + 0.0)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}
