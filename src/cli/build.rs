//! `deckc build`: decks to HTML and PDF.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::deps;
use super::find::DeckFile;
use super::output::{self, Written, with_ending};
use super::pictures::{self, Picture, Pictures};
use super::reading::Reading;
use super::report::{Format, Report};
use super::several;
use super::summary::Summary;
use super::terminal::{self, Progress};
use super::{Exit, Failure, Sheet};
use crate::compile::{self, Output, Prepared};
use crate::diag::Diagnostics;
use crate::pdf::{self, Standards};
use crate::png;
use crate::source::Sources;
use crate::typeset::Paper;

/// Compile decks to HTML and PDF.
///
/// Every problem is reported in one run. After an error nothing is written, and
/// earlier outputs stay as they are.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_help = "\
Examples:
  deckc build                           deck.md to deck.html and deck.pdf
  deckc build talk.md --html            only talk.html
  deckc build talk.md -o out/go.pdf     only out/go.pdf
  deckc build talks/*.md -o out/        every deck, into one folder
  deckc build talk.md --pdf-steps all   a page for every step in the PDF
  deckc build talk.md --pdf-notes       also talk-notes.pdf, slides above their notes
  deckc build talk.md --handout 3       also talk-handout.pdf, three slides a page
  deckc build talk.md --png=steps,card  also talk-png/: every step, and a social card
  deckc build talk.md --attach-source   the PDF carries the Markdown, without notes
  deckc build --strict                  refuse warnings, as for publication
  deckc build --format github           findings beside the lines of a pull request
  deckc build -o out/ --deps out/deck.d   what was read, for Make and Ninja")]
pub(super) struct Args {
    /// The decks, or folders with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    decks: Vec<PathBuf>,

    /// Where to write: a `.html` or `.pdf` file for that output alone, another name
    /// for both with these endings, or a folder. Default: beside the deck.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Write the HTML and the PDF; this is the default.
    #[arg(long, conflicts_with = "html")]
    pdf: bool,

    /// Write only the HTML.
    #[arg(long)]
    html: bool,

    /// What the PDF shows of a slide with steps: its final state, or a page for
    /// every state.
    #[arg(long, value_name = "WHICH", default_value = "final")]
    pdf_steps: PdfSteps,

    /// Also write `<deck>-notes.pdf`: each slide above its notes.
    #[arg(long)]
    pdf_notes: bool,

    /// Also write `<deck>-handout.pdf`: so many slides a page, with lines to write on.
    #[arg(long, value_name = "2|3|4|6", value_parser = slides_a_page, hide_possible_values = true)]
    handout: Option<u8>,

    /// The sheets of notes pages and handouts.
    #[arg(long, value_name = "SIZE", default_value = "a4")]
    paper: Sheet,

    /// Also write pictures into the folder `<deck>-png`: slides, steps (a picture for
    /// every step), sheet (all slides on one), poster (the first slide), card (1200 x
    /// 630 pixels, for links), or several with commas. Without a list: slides. Those
    /// of slides that are gone are taken away.
    #[arg(long, value_name = "LIST", value_delimiter = ',', num_args = 0..=1,
        require_equals = true, default_missing_value = "slides")]
    png: Vec<Picture>,

    /// How wide pictures are, in pixels.
    #[arg(long, value_name = "N", default_value_t = png::WIDTH,
        value_parser = clap::value_parser!(u32).range(16..=7680))]
    png_width: u32,

    /// The PDF standards to keep, as ua-1, a-2a, a-3a, a-2b or 1.7. Default:
    /// ua-1,a-2a, and ua-1,a-3a with --attach-source.
    #[arg(long, value_name = "LIST", value_delimiter = ',', conflicts_with = "html")]
    pdf_standard: Vec<String>,

    /// Attach the deck's Markdown to the PDF, without notes and hidden slides unless
    /// --notes is given.
    #[arg(long, conflicts_with = "html")]
    attach_source: bool,

    /// Put the speaker's notes into the HTML, into the PDF for presenters such as
    /// pdfpc, and into the Markdown that --attach-source attaches. The pages of the
    /// PDF show none.
    #[arg(long)]
    notes: bool,

    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,

    /// How to write the findings: for people to standard error, else to standard
    /// output.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// Also write what the outputs were made of to this file, as a rule that Make
    /// and Ninja read.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    deps: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// How many threads to use. Default: one for each processor.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
}

/// What the PDF shows of a slide with steps.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum PdfSteps {
    /// The final state.
    Final,
    /// A page for every state.
    All,
}

/// How many slides of a handout stand on a page.
fn slides_a_page(text: &str) -> Result<u8, String> {
    match text {
        "2" => Ok(2),
        "3" => Ok(3),
        "4" => Ok(4),
        "6" => Ok(6),
        _ => Err("a page has 2, 3, 4 or 6 slides".to_owned()),
    }
}

impl Args {
    /// What is asked for on paper.
    fn papers(&self) -> Vec<Paper> {
        let size = self.paper.size();
        let notes = self.pdf_notes.then_some(Paper::Notes(size));
        notes.into_iter().chain(self.handout.map(|per| Paper::Handout(per, size))).collect()
    }
}

/// Builds every deck, and reports in the order of the arguments.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    if let Some(jobs) = args.jobs {
        // It fails only when a pool was made already; that one serves as well.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    }
    let names = args.pdf_standard.iter().map(|name| name.trim());
    let standards = Standards::new(names, args.attach_source)
        .map_err(|why| Failure::usage(why.message).hint(why.hint))?;
    let jobs = jobs(args)?;
    let progress = Progress::show(&match jobs.as_slice() {
        [job] => format!("building {}", job.deck.shown.display()),
        jobs => format!("building {} decks", jobs.len()),
    });
    let built = several::each(&jobs, |job, ends| build(job, args, &standards, ends));
    drop(progress);

    let is_human = matches!(args.format, Format::Human);
    let mut exit = Exit::Clean;
    for (job, built) in jobs.iter().zip(&built) {
        exit = exit.max(match built {
            Ok(built) => {
                if is_human {
                    tell(job, built);
                }
                built.exit
            }
            Err(failure) => {
                terminal::say(&failure.to_string());
                failure.exit
            }
        });
    }
    if let (Some(file), Exit::Clean) = (&args.deps, exit) {
        let rules = jobs.iter().map(|job| deps::rule(&job.outputs(args), &job.deck));
        let rules = rules.collect::<Result<String, Failure>>()?;
        output::write(&[(file.clone(), rules.as_bytes())])?;
    }
    if !is_human {
        let reports = built.iter().flatten().map(|built| &built.report);
        terminal::print(&args.format.render(reports))?;
    }
    Ok(exit)
}

/// A deck, and where its outputs go.
#[derive(Debug)]
struct Job {
    deck: DeckFile,
    html: Option<PathBuf>,
    pdf: Option<PathBuf>,
}

/// The work of a command line, or why it makes no sense.
fn jobs(args: &Args) -> Result<Vec<Job>, Failure> {
    let mut jobs: Vec<Job> = Vec::new();
    for deck in args.reading.decks(&args.decks)? {
        let (html, pdf) = targets(&deck, args)?;
        jobs.push(Job { deck, html, pdf });
    }
    // Each file is looked up once: a build may have thousands of decks.
    let mut decks = BTreeMap::new();
    for job in &jobs {
        let this = &job.deck.shown;
        if decks.insert(real(this), this).is_some() {
            return Err(Failure::usage(format!("the deck `{}` is named twice", this.display())));
        }
    }
    let mut outputs = BTreeMap::new();
    for job in &jobs {
        let this = job.deck.shown.display();
        for output in job.outputs(args) {
            let real = real(&output);
            if let Some(deck) = decks.get(&real) {
                let deck = deck.display();
                return Err(Failure::usage(format!("the output would replace the deck `{deck}`"))
                    .hint("name another output with `-o`"));
            }
            if let Some(other) = outputs.insert(real, &job.deck.shown) {
                let (other, output) = (other.display(), output.display());
                return Err(Failure::usage(format!(
                    "`{other}` and `{this}` would both be written to `{output}`"
                ))
                .hint("build them one by one, with an `-o` each"));
            }
        }
    }
    if let Some(deps) = &args.deps {
        let real = real(deps);
        if decks.contains_key(&real) || outputs.contains_key(&real) {
            let deps = deps.display();
            return Err(Failure::usage(format!(
                "`--deps` would replace a deck or an output: `{deps}`"
            ))
            .hint("name another file, as `out/deck.d`"));
        }
    }
    Ok(jobs)
}

impl Job {
    /// The files that are written, but for pictures, whose number depends on the deck.
    fn outputs(&self, args: &Args) -> Vec<PathBuf> {
        let papers = args.papers().into_iter().map(|paper| self.paper(paper));
        self.html.iter().chain(&self.pdf).cloned().chain(papers).collect()
    }

    /// What the other outputs are named after.
    fn base(&self) -> PathBuf {
        let main = self.html.as_deref().or(self.pdf.as_deref());
        main.unwrap_or(&self.deck.shown).with_extension("")
    }

    /// Where something on paper goes.
    fn paper(&self, paper: Paper) -> PathBuf {
        with_ending(
            &self.base(),
            match paper {
                Paper::Notes(_) => "-notes.pdf",
                Paper::Handout(..) => "-handout.pdf",
                Paper::Contact => "-sheet.pdf",
                Paper::Card => "-card.pdf",
            },
        )
    }

    /// The folder of the pictures.
    fn pictures(&self) -> PathBuf {
        with_ending(&self.base(), "-png")
    }
}

/// Where the HTML and the PDF of a deck go.
fn targets(deck: &DeckFile, args: &Args) -> Result<(Option<PathBuf>, Option<PathBuf>), Failure> {
    let both = |base: &Path| {
        (Some(with_ending(base, ".html")), (!args.html).then(|| with_ending(base, ".pdf")))
    };
    let beside = deck.shown.with_extension("");
    let Some(output) = &args.output else {
        return Ok(both(&beside));
    };
    let text = output.to_string_lossy();
    if output.is_dir() || text.ends_with('/') || text.ends_with(std::path::MAIN_SEPARATOR) {
        return Ok(both(&output.join(beside.file_name().unwrap_or_default())));
    }
    if 1 < args.decks.len() {
        let n = args.decks.len();
        return Err(Failure::usage(format!("{n} decks cannot be written to one file"))
            .hint("name a folder: `-o out/`"));
    }
    if output.exists() && !output.is_file() {
        return Err(Failure::usage(format!("`{text}` is neither a file nor a folder")));
    }
    match output.extension().and_then(|ending| ending.to_str()) {
        Some("html") if args.pdf => Ok(both(&output.with_extension(""))),
        Some("html") => Ok((Some(output.clone()), None)),
        Some("pdf") if args.html => {
            Err(Failure::usage(format!("`--html` writes no PDF, but `-o` names `{text}`"))
                .hint("leave `--html` out, or name a `.html` file"))
        }
        Some("pdf") if args.pdf => Ok(both(&output.with_extension(""))),
        Some("pdf") => Ok((None, Some(output.clone()))),
        Some(_) | None => Ok(both(output)),
    }
}

/// What tells a file from others: its path with links followed, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    for folder in path.ancestors() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(real) = folder.canonicalize() {
            return rest.iter().rev().fold(real, |path, name| path.join(name));
        }
        let Some(name) = folder.file_name() else { break };
        rest.push(name);
    }
    path.to_owned()
}

/// What became of a deck.
struct Built {
    report: Report,
    summary: Summary,
    written: Vec<Written>,
    exit: Exit,
}

/// Compiles one deck and writes its outputs.
fn build(
    job: &Job,
    args: &Args,
    standards: &Standards,
    ends: fn(Prepared),
) -> Result<Built, Failure> {
    let deck = &job.deck;
    let options = compile::Options {
        html: job.html.is_some(),
        pdf: job.pdf.is_some(),
        pdf_options: pdf::Options {
            all_steps: matches!(args.pdf_steps, PdfSteps::All),
            notes: args.notes,
            standards: standards.clone(),
        },
        papers: args.papers(),
        pictures: pictures::kinds(&args.png),
        picture_width: args.png_width,
        attach_source: args.attach_source,
        notes: args.notes,
        ..args.reading.options()?
    };
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let prepared = compile::prepare(&deck.loader, &deck.name, &options, &mut sources, &mut diags)
        .map_err(|why| deck.unreadable(&why))?;
    let summary = prepared.as_ref().map(Summary::of).unwrap_or_default();
    let output = prepared.and_then(|deck| {
        let output = compile::finish(&deck, &options, &sources, &mut diags);
        ends(deck);
        output
    });
    let findings = diags.sorted();
    let report = Report { sources, prefix: deck.prefix.clone(), findings };
    if let Some(failure) = report.wrong_theme(args.reading.theme.as_deref()) {
        return Err(failure);
    }
    let refused = 0 < report.n_errors() || args.strict && !report.findings.is_empty();
    let written = match &output {
        Some(output) if !refused => write(job, output, &args.png)?,
        Some(_) | None => Vec::new(),
    };
    let exit = if refused { Exit::Findings } else { Exit::Clean };
    Ok(Built { report, summary, written, exit })
}

/// Writes the outputs. Pictures that an earlier build left and this one has no
/// more are taken away.
fn write(job: &Job, output: &Output, kinds: &[Picture]) -> Result<Vec<Written>, Failure> {
    let mut outputs: Vec<(PathBuf, &[u8])> = Vec::new();
    let html = job.html.iter().zip(output.html.as_deref().map(str::as_bytes));
    let pdf = job.pdf.iter().zip(output.pdf.as_deref());
    outputs.extend(html.chain(pdf).map(|(path, bytes)| (path.clone(), bytes)));
    for (paper, bytes) in &output.papers {
        outputs.push((job.paper(*paper), bytes));
    }
    let folder = job.pictures();
    let pictures = Pictures::of(&folder, &output.pictures, kinds);
    for (name, bytes) in &pictures.files {
        outputs.push((folder.join(name), bytes));
    }
    let written = output::write(&outputs)?;
    pictures.settle(&folder)?;
    Ok(written)
}

/// Shows the findings, and a summary where there is something to say or
/// somebody looks.
fn tell(job: &Job, built: &Built) {
    let report = &built.report;
    if !report.findings.is_empty() {
        terminal::show(&Format::Human.render([report].into_iter()));
    }
    if !report.findings.is_empty() || terminal::is_watched() {
        terminal::say(&summary(job, built));
    }
}

/// `talk.md: 12 slides, no findings; slide 7 is the fullest: 96 %; wrote
/// talk.html (312 kB)`.
fn summary(job: &Job, built: &Built) -> String {
    let mut line = format!("{}: ", job.deck.shown.display());
    line += &built.summary.line(&built.report);
    if built.exit == Exit::Findings {
        line += "; nothing was written";
        if built.report.n_errors() == 0 {
            line += ", since --strict refuses warnings";
        }
    }
    if !built.written.is_empty() {
        let _ = write!(line, "; {}", output::told(&built.written));
    }
    line
}
