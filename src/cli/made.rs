//! A deck made for delivery: compiled, checked, and read back.
//!
//! What `guide`, `bundle` and `publish` share: they write nothing of a deck with
//! errors, and show the findings as `build` does.

use std::path::PathBuf;

use super::find::DeckFile;
use super::reading::Reading;
use super::report::{Format, Report};
use super::terminal::{self, Progress};
use super::{Failure, Sheet, summary::Summary};
use crate::compile::{self, Options, Output, Prepared};
use crate::diag::{Diagnostic, Diagnostics};
use crate::guide::{Clock, Examples, Facts, PdfFacts};
use crate::pdf::{self, Standards};
use crate::source::Sources;

/// What a deck is made for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// What is going on, for people who wait: `packing`.
    pub(super) act: &'static str,
    /// Whether warnings are errors.
    pub(super) strict: bool,
    /// Whether it must be what `deck.lock` says: it is given away.
    pub(super) fresh: bool,
}

/// The findings of what has changed since `deckc test --update`.
const STALE: [&str; 2] = ["drifted-include", "stale-output"];

/// What commands for delivery are told.
#[derive(Debug, clap::Args)]
pub(super) struct Delivery {
    /// When the talk begins, like 14:30: the plan of the guide then goes by the
    /// clock.
    #[arg(long, value_name = "TIME", value_parser = clock)]
    start: Option<Clock>,

    /// Who can be called, for the guide, like `Organizer: Ada, +44 20 7946 0000`.
    /// Again for each.
    #[arg(long, value_name = "WHO", value_parser = contact)]
    contact: Vec<(String, String)>,

    /// The sheets of what is set on paper.
    #[arg(long, value_name = "SIZE", default_value = "a4")]
    pub(super) paper: Sheet,

    /// Treat warnings as errors.
    #[arg(long)]
    pub(super) strict: bool,

    #[command(flatten)]
    pub(super) reading: Reading,
}

impl Delivery {
    /// What is known of a deck besides its slides.
    pub(super) fn facts(&self, made: &Made, standards: &Standards) -> Facts {
        Facts {
            pdf: made.pdf(standards),
            examples: made.examples,
            start: self.start,
            contacts: self.contact.clone(),
        }
    }
}

/// Reads a time of day.
fn clock(text: &str) -> Result<Clock, String> {
    Clock::parse(text).ok_or_else(|| "write hours and minutes, like 14:30".to_owned())
}

/// Reads who can be called.
fn contact(text: &str) -> Result<(String, String), String> {
    let (who, how) = text.split_once(':').ok_or("write who, a colon, and how to reach them")?;
    Ok((who.trim().to_owned(), how.trim().to_owned()))
}

/// A deck without errors.
pub(super) struct Made {
    /// The deck on its way.
    pub(super) deck: Prepared,
    /// What was made of it.
    pub(super) output: Output,
    /// What its lock says of its code.
    examples: Examples,
    /// Its texts.
    sources: Sources,
    prefix: PathBuf,
    shown: String,
}

impl Made {
    /// Makes a deck; `None` after errors, which have been shown.
    pub(super) fn make(
        deck: &DeckFile,
        options: &Options,
        wanted: Wanted,
    ) -> Result<Option<Self>, Failure> {
        let shown = deck.shown.display().to_string();
        let progress = Progress::show(&format!("{} {shown}", wanted.act));
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let prepared =
            compile::prepare(&deck.loader, &deck.name, options, &mut sources, &mut diags)
                .map_err(|why| deck.unreadable(&why))?;
        let summary = prepared.as_ref().map(Summary::of).unwrap_or_default();
        let output =
            prepared.as_ref().and_then(|deck| compile::finish(deck, options, &sources, &mut diags));
        drop(progress);
        let findings = diags.sorted();
        let report = Report { sources, prefix: deck.prefix.clone(), findings };
        if let Some(failure) = report.wrong_theme(options.theme.as_deref()) {
            return Err(failure);
        }
        let stale = report.findings.iter().filter(|it| STALE.contains(&it.name)).count();
        let refused = 0 < report.n_errors()
            || wanted.strict && !report.findings.is_empty()
            || wanted.fresh && 0 < stale;
        if !report.findings.is_empty() {
            terminal::show(&Format::Human.render([&report].into_iter()));
            let line = summary.line(&report);
            let end = match (refused, report.n_errors(), stale) {
                (false, ..) => "",
                (true, 0, 1..) if wanted.fresh => {
                    "; nothing was written, since what is given away must be what `deck.lock` says"
                }
                (true, ..) => "; nothing was written",
            };
            terminal::say(&format!("{shown}: {line}{end}"));
        }
        let made = prepared.zip(output).filter(|_| !refused);
        Ok(made.map(|(prepared, output)| Self {
            examples: Examples { programs: prepared.programs, changed: stale + prepared.unlocked },
            deck: prepared,
            output,
            sources: report.sources,
            prefix: deck.prefix.clone(),
            shown,
        }))
    }

    /// What was read back from the PDF.
    fn pdf(&self, standards: &Standards) -> Option<PdfFacts> {
        let seen = self.output.pdf.as_deref().and_then(|bytes| pdf::look(bytes).ok());
        seen.map(|seen| PdfFacts {
            pages: seen.pages,
            standards: standards.names(),
            fonts: seen.fonts.len(),
            embedded: seen.fonts.values().filter(|here| **here).count(),
        })
    }

    /// Does something more with the deck; shows the findings, and gives `None`
    /// after an error.
    pub(super) fn or_refuse<T>(
        &mut self,
        act: impl FnOnce(&Prepared, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let mut diags = Diagnostics::default();
        let done = act(&self.deck, &mut diags);
        let findings: Vec<Diagnostic> = diags.sorted();
        if !findings.is_empty() {
            let sources = std::mem::take(&mut self.sources);
            let report = Report { sources, prefix: self.prefix.clone(), findings };
            terminal::show(&Format::Human.render([&report].into_iter()));
            terminal::say(&format!("{}: nothing was written", self.shown));
            self.sources = report.sources;
        }
        done
    }
}
