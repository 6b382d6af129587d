//! The pipeline on one screen.

use std::sync::Arc;

use crate::check;
use crate::diag::{Diagnostic, Diagnostics, nearest_hint};
use crate::dress::Dressed;
use crate::figure::{self, Figures};
use crate::fit;
use crate::font::Fonts;
use crate::guide::{self, Facts};
use crate::highlight::{self, Tokens};
use crate::html;
use crate::layout::Layouts;
use crate::loader::{LoadError, Loader};
use crate::lock::{self, Standing};
use crate::model::{Code, Meta};
use crate::pdf::{self, Standards};
use crate::place::{self, Placed};
use crate::png::{self, Picture};
use crate::read;
use crate::rehearsal::{self, Rehearsal};
use crate::source::{Source, Sources, Span};
use crate::store::Store;
use crate::theme::{self, Theme};
use crate::typeset::{self, Paper, PaperSize, Typeset};

/// What to make of a deck.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct Options {
    /// Whether to write HTML. Default: no.
    pub html: bool,
    /// Whether to write a PDF. Default: no.
    pub pdf: bool,
    /// What the PDF is to be.
    pub pdf_options: pdf::Options,
    /// What to set on paper. Default: nothing.
    pub papers: Vec<Paper>,
    /// What to make pictures of. Default: nothing.
    pub pictures: Vec<png::Kind>,
    /// How wide pictures are, in pixels; 0 stands for [`png::WIDTH`].
    pub picture_width: u32,
    /// Whether the PDF carries the deck's text, without notes and hidden slides
    /// unless `notes` is set. The standards must allow it. Default: no.
    pub attach_source: bool,
    /// A theme that overrides the deck's. Default: none.
    pub theme: Option<String>,
    /// Whether the HTML, and the text that the PDF carries, have the speaker's
    /// notes. Default: no.
    pub notes: bool,
    /// Whether the fonts of the system may serve characters that the shipped
    /// ones do not have. Default: no, since another machine has other fonts.
    pub system_fonts: bool,
    /// Whether to ask the lock which of the deck's programs held. Default: no.
    pub programs: bool,
    /// Whether nothing is to be made, and only findings are wanted: pictures are
    /// measured, and not decoded. Default: no.
    pub only_findings: bool,
    /// A rehearsal to compare with the plan. Default: none.
    pub rehearsal: Option<Rehearsal>,
    /// Who is told of the end of each stage. Default: nobody.
    pub on_stage: Option<fn(Stage)>,
    /// What earlier runs left, for a compiler that lives on. It changes how long a
    /// run takes, and nothing else. Default: none.
    pub memo: Option<Arc<Memo>>,
    /// Where results are kept for later runs. It changes how long a run takes, and
    /// nothing else. Default: nowhere.
    pub store: Option<Arc<dyn Store>>,
}

impl Options {
    /// Tells of the end of a stage.
    fn ends(&self, stage: Stage) {
        if let Some(tell) = self.on_stage {
            tell(stage);
        }
    }
}

/// What a run goes through, in order; the two outputs are written side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The deck is read.
    Read,
    /// Its blocks stand in slots, and theme and fonts are there.
    Place,
    /// Code has its classes, and pictures are as they will be seen.
    HighlightAndFigure,
    /// Code is cut and wrapped.
    Fit,
    /// The pages are set and measured.
    Typeset,
    /// Every law and rule was looked at.
    Check,
    /// The HTML is written.
    Html,
    /// The PDF is written.
    Pdf,
}

/// What the stages remember from one run to the next.
#[derive(Debug, Default)]
pub struct Memo {
    highlight: highlight::Memo,
    figure: figure::Memo,
    typeset: typeset::Memo,
    html: html::Memo,
}

impl Memo {
    /// Ends a run: what was not asked for in the last ones is forgotten.
    pub fn turn(&self) {
        self.highlight.turn();
        self.figure.turn();
        self.typeset.turn();
        self.html.turn();
    }
}

/// Forgets what no deck had a use for since the last turn. A process that compiles many
/// decks without a [`Memo`] would remember all of them.
pub fn turn() {
    typeset::turn();
}

/// What was made of a deck.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The HTML, if asked for.
    pub html: Option<String>,
    /// The PDF, if asked for.
    pub pdf: Option<Vec<u8>>,
    /// What was asked for on paper, as PDF.
    pub papers: Vec<(Paper, Vec<u8>)>,
    /// The pictures asked for.
    pub pictures: Vec<Picture>,
}

/// A deck on its way: everything that the writers need.
#[derive(Debug)]
pub struct Prepared {
    /// The slides.
    pub placed: Placed,
    /// The classes of the code's characters.
    pub tokens: Tokens,
    /// The pictures.
    pub figures: Figures,
    /// The theme.
    pub theme: Theme,
    /// The faces.
    pub fonts: Fonts,
    /// The texts that the PDF carries.
    pub attached: Vec<Source>,
    /// The pages.
    pub typeset: Typeset,
    /// How many parts of files, and outputs of programs, no lock vouches for.
    pub unlocked: usize,
    /// What the lock says of the programs, where that was asked.
    pub programs: Standing,
}

impl Prepared {
    /// Drops a deck that is done with. Taking a large one apart takes a tenth as
    /// long as setting it, and nobody waits for it.
    pub fn let_go(self) {
        rayon::spawn(move || drop(self));
    }

    /// The deck and what it is dressed in.
    #[must_use]
    pub fn dressed(&self) -> Dressed<'_> {
        Dressed {
            placed: &self.placed,
            tokens: &self.tokens,
            figures: &self.figures,
            theme: &self.theme,
            fonts: &self.fonts,
            attached: &self.attached,
        }
    }

    /// What it is checked against.
    fn checked_with<'a>(&'a self, sources: &'a Sources) -> check::With<'a> {
        check::With {
            theme: &self.theme,
            fonts: &self.fonts,
            figures: &self.figures,
            sources,
            tokens: &self.tokens,
        }
    }
}

/// Compiles the deck at `path`, which is relative to the loader's root.
///
/// A stage reports into `diags` and goes on, so that one run shows every
/// problem. Only [`check::check`] makes a checked deck, and only after a run
/// without errors; the writers take nothing else. Gives `None` after an error.
///
/// # Errors
/// Why the deck itself could not be read.
pub fn compile(
    loader: &Loader,
    path: &str,
    options: &Options,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Option<Output>, LoadError> {
    let prepared = prepare(loader, path, options, sources, diags)?;
    Ok(prepared.and_then(|deck| finish(&deck, options, sources, diags)))
}

/// Checks a prepared deck, and writes what is asked for. Gives `None` after an
/// error, also one of an earlier stage.
pub fn finish(
    deck: &Prepared,
    options: &Options,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Option<Output> {
    if let Some(rehearsal) = &options.rehearsal {
        rehearsal::compare(&deck.placed, rehearsal, sources, diags);
    }
    let with = deck.checked_with(sources);
    let checked = check::check(&deck.placed, &deck.typeset.pages, with, diags)?;
    options.ends(Stage::Check);

    let (dressed, memo) = (deck.dressed(), options.memo.as_deref());
    let mut pdf_diags = Diagnostics::default();
    let (html, pdf) = rayon::join(
        || {
            let write = || html::write(checked, dressed, options.notes, memo.map(|it| &it.html));
            let html = options.html.then(write);
            options.ends(Stage::Html);
            html
        },
        || {
            let asked = &options.pdf_options;
            let write = || pdf::write(checked, dressed, &deck.typeset, asked, &mut pdf_diags);
            let pdf = options.pdf.then(write);
            options.ends(Stage::Pdf);
            pdf
        },
    );
    diags.extend(pdf_diags.sorted());
    let standards = &options.pdf_options.standards;
    let mut papers = Vec::new();
    for paper in &options.papers {
        let bytes = pdf::write_paper(checked, dressed, *paper, standards, diags);
        papers.extend(bytes.map(|bytes| (*paper, bytes)));
    }
    let width = if options.picture_width == 0 { png::WIDTH } else { options.picture_width };
    let pictures = png::write(dressed, &deck.typeset, &options.pictures, width, diags);
    (!diags.has_errors()).then(|| Output { html, pdf: pdf.flatten(), papers, pictures })
}

/// Draws pictures of a deck that [`finish`] has found nothing wrong with.
pub fn pictures(
    deck: &Prepared,
    kinds: &[png::Kind],
    width: u32,
    diags: &mut Diagnostics,
) -> Vec<Picture> {
    png::write(deck.dressed(), &deck.typeset, kinds, width, diags)
}

/// Writes the delivery guide of a deck that [`finish`] has found nothing wrong
/// with, as HTML and as PDF.
///
/// Gives `None`, and an error, if a standard refuses the PDF.
pub fn guide(
    deck: &Prepared,
    facts: &Facts,
    size: PaperSize,
    standards: &Standards,
    diags: &mut Diagnostics,
) -> Option<(String, Vec<u8>)> {
    let guide = guide::guide(&deck.placed, facts);
    let html = html::write_guide(deck.dressed(), &guide);
    let pdf = pdf::write_guide(deck.dressed(), &guide, size, standards, diags)?;
    Some((html, pdf))
}

/// Checks a prepared deck, and writes those slides of it that are not broken, as a
/// preview shows them. Gives `None` where an error concerns no slide alone.
pub fn preview(
    deck: &Prepared,
    options: &Options,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Option<html::Preview> {
    let pages = &deck.typeset.pages;
    let _ = check::check(&deck.placed, pages, deck.checked_with(sources), diags);
    let sound = check::sound(&deck.placed, pages, diags)?;
    let memo = options.memo.as_deref().map(|it| &it.html);
    Some(html::preview(&sound, deck.dressed(), sources, options.notes, memo))
}

/// Runs every stage up to the pages.
///
/// Gives `None` if there is nothing to set: no theme, no slide, or a slide that
/// Typst refuses; `diags` then holds an error.
///
/// # Errors
/// Why the deck itself could not be read.
pub fn prepare(
    loader: &Loader,
    path: &str,
    options: &Options,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Option<Prepared>, LoadError> {
    typeset::warm();
    let (memo, store) = (options.memo.as_deref(), options.store.as_deref());
    let mut deck = read::read(loader, path, sources, diags)?;
    options.ends(Stage::Read);
    figure::tabulate(&mut deck);
    let attached = match (options.attach_source, options.notes) {
        (false, _) => Vec::new(),
        (true, true) => read::texts(&deck, sources),
        (true, false) => read::redacted_texts(&deck, sources),
    };
    let unlocked = deck.unlocked;
    let asked = options.programs.then(|| lock::standing(&deck, path, loader));
    let layouts = Layouts::load(loader, sources, diags);
    let theme = find_theme(&deck.meta, options, loader, sources, diags);
    let mut placed = place::place(deck, &layouts, diags);
    figure::describe(&mut placed);
    if let Some(theme) = &theme {
        placed.expand_tabs(theme.space.tab);
    }
    let fonts = find_fonts(&placed, options, loader, diags);
    options.ends(Stage::Place);
    // Themes are proved, so no colour of code can fail; where each letter is as wide
    // as any other, none moves another either.
    let is_even = options.only_findings
        && theme.as_ref().is_some_and(|theme| fonts.is_even(&theme.code_fonts));
    let may_wait = |code: &Code| is_even && code.lines.iter().all(|line| line.text.is_ascii());
    let (mut tokens, figures) = rayon::join(
        || highlight::highlight(&placed, may_wait, memo.map(|it| &it.highlight), store),
        || {
            let with = figure::With {
                loader,
                fonts: &fonts,
                theme: theme.as_ref(),
                only_sizes: options.only_findings,
                widest: if options.pictures.is_empty() { 0 } else { options.picture_width },
                memo: memo.map(|it| &it.figure),
                store,
            };
            figure::load(&placed, with, diags)
        },
    );
    options.ends(Stage::HighlightAndFigure);
    if placed.slides.is_empty() && !diags.has_errors() {
        diags.push(
            Diagnostic::error("empty-deck", Span::default(), "the deck has no slide to show")
                .hint("write a heading and some text below the front matter"),
        );
    }
    let Some(theme) = theme.filter(|_| !placed.slides.is_empty()) else { return Ok(None) };
    let named = placed.meta.theme.as_ref().filter(|_| options.theme.is_none());
    fonts_are_there(&theme, &fonts, named.map(|it| it.span), diags);
    let theme = Theme {
        text_fonts: fonts.chain(&theme.text_fonts),
        code_fonts: fonts.chain(&theme.code_fonts),
        ..theme
    };
    fit::fit(&mut placed, &mut tokens, &theme, &fonts);
    options.ends(Stage::Fit);
    let dressed = Dressed {
        placed: &placed,
        tokens: &tokens,
        figures: &figures,
        theme: &theme,
        fonts: &fonts,
        attached: &attached,
    };
    let Some(typeset) = typeset::typeset(dressed, memo.map(|it| &it.typeset), diags) else {
        // A broken picture is reported where the deck names it instead.
        if figure::find_undecodable(&placed, &figures, diags) {
            diags.retain(|finding| finding.name != typeset::REFUSED);
        }
        return Ok(None);
    };
    options.ends(Stage::Typeset);
    Ok(Some(Prepared {
        placed,
        tokens,
        figures,
        theme,
        fonts,
        attached,
        typeset,
        unlocked,
        programs: asked.unwrap_or_default(),
    }))
}

/// Runs every stage up to where each block stands, long code cut.
///
/// # Errors
/// Why the deck itself could not be read.
pub fn place(
    loader: &Loader,
    path: &str,
    options: &Options,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Placed, LoadError> {
    let mut deck = read::read(loader, path, sources, diags)?;
    figure::tabulate(&mut deck);
    let layouts = Layouts::load(loader, sources, diags);
    let theme = find_theme(&deck.meta, options, loader, sources, diags);
    let mut placed = place::place(deck, &layouts, diags);
    figure::describe(&mut placed);
    if let Some(theme) = theme {
        placed.expand_tabs(theme.space.tab);
        let fonts = find_fonts(&placed, options, loader, diags);
        let mut tokens = highlight::highlight(&placed, |_| false, None, options.store.as_deref());
        fit::fit(&mut placed, &mut tokens, &theme, &fonts);
    }
    Ok(placed)
}

/// The theme that the options or the front matter name, or the default one.
fn find_theme(
    meta: &Meta,
    options: &Options,
    loader: &Loader,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Theme> {
    let (name, at) = match (&options.theme, &meta.theme) {
        (Some(name), _) => (name.as_str(), None),
        (None, Some(theme)) => (theme.value.as_str(), Some(theme.span)),
        (None, None) => (theme::DEFAULT, None),
    };
    theme::find(name, at, loader, sources, diags)
}

/// The shipped faces, those beside the deck and, if asked for, the system's.
fn find_fonts(
    placed: &Placed,
    options: &Options,
    loader: &Loader,
    diags: &mut Diagnostics,
) -> Fonts {
    let fonts = Fonts::built_in().with_folder(loader, diags);
    if options.system_fonts {
        fonts.with_system(&placed.chars(), placed.meta.lang())
    } else {
        fonts
    }
}

/// Reports the families that a theme asks for and that there are no faces of:
/// text would be set in another one without a word.
fn fonts_are_there(theme: &Theme, fonts: &Fonts, named: Option<Span>, diags: &mut Diagnostics) {
    let at = named.unwrap_or_default();
    let known = fonts.chain(&[]);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for family in theme.text_fonts.iter().chain(&theme.code_fonts) {
        if !known.contains(&family.as_str()) {
            let message = format!("theme `{}` is set in `{family}`, which is not here", theme.name);
            diags.push(
                Diagnostic::error("missing-font", at, message)
                    .hint(nearest_hint(family, &known))
                    .hint("or put its TrueType files into `fonts/` beside the deck"),
            );
        }
    }
}
