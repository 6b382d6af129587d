//! A deck made for delivery: compiled, checked, and read back.
//!
//! What `guide`, `bundle` and `publish` share: they write nothing of a deck with
//! errors, and show the findings as `build` does.

use super::find::DeckFile;
use super::report::{Format, Report};
use super::terminal::{self, Progress};
use super::{Failure, summary::Summary};
use crate::compile::{self, Options, Output, Prepared};
use crate::diag::{Diagnostic, Diagnostics};
use crate::guide::{Facts, PdfFacts};
use crate::pdf::{self, Standards};
use crate::source::Sources;

/// What a deck is made for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// What is going on, for people who wait: `packing`.
    pub(super) act: &'static str,
    /// Whether warnings are errors.
    pub(super) strict: bool,
}

/// A deck without errors.
pub(super) struct Made {
    /// The deck on its way.
    pub(super) deck: Prepared,
    /// What was made of it.
    pub(super) output: Output,
    /// Its texts.
    pub(super) sources: Sources,
    prefix: std::path::PathBuf,
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
        let refused = 0 < report.n_errors() || wanted.strict && !report.findings.is_empty();
        if !report.findings.is_empty() {
            terminal::show(&Format::Human.render([&report].into_iter()));
            let line = summary.line(&report);
            let end = if refused { "; nothing was written" } else { "" };
            terminal::say(&format!("{shown}: {line}{end}"));
        }
        let made = prepared.zip(output).filter(|_| !refused);
        Ok(made.map(|(prepared, output)| Self {
            deck: prepared,
            output,
            sources: report.sources,
            prefix: deck.prefix.clone(),
            shown,
        }))
    }

    /// What was read back from the PDF.
    pub(super) fn facts(&self, standards: &Standards) -> Facts {
        let seen = self.output.pdf.as_deref().and_then(|bytes| pdf::look(bytes).ok());
        let pdf = seen.map(|seen| PdfFacts {
            pages: seen.pages,
            standards: standards.names(),
            fonts: seen.fonts.len(),
            embedded: seen.fonts.values().filter(|here| **here).count(),
        });
        Facts { pdf, ..Facts::default() }
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
