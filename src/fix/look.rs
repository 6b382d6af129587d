//! What a look at a deck shows: its texts and everything that is wrong.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Deck;
use crate::compile::{self, Prepared};
use crate::diag::{Applicability, Diagnostic, Diagnostics};
use crate::loader::LoadError;
use crate::source::{Source, SourceId, Sources, Span};

/// What is known of a deck.
#[derive(Clone, Debug)]
pub struct Look {
    /// The texts that it was read from.
    pub sources: Sources,
    /// What is wrong, in the order of the source.
    pub findings: Vec<Diagnostic>,
    /// Its pages, if it can be set: only they are held against laws and rules.
    pub prepared: Option<Arc<Prepared>>,
    /// The real file of each source, where it is one.
    files: Vec<Option<PathBuf>>,
    /// For each finding, whether laws or rules found it.
    is_late: Vec<bool>,
}

impl Look {
    /// Looks at a deck.
    pub(super) fn at(deck: &Deck) -> Result<Self, LoadError> {
        let Deck { loader, path, options } = deck;
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let prepared = compile::prepare(loader, path, options, &mut sources, &mut diags)?;
        let key = |it: &Diagnostic| (it.span, it.name, it.message.clone());
        let early: BTreeSet<_> = diags.iter().map(key).collect();
        if let Some(deck) = &prepared {
            compile::finish(deck, options, &sources, &mut diags);
        }
        let findings = diags.sorted();
        let is_late = findings.iter().map(|it| !early.contains(&key(it))).collect();
        let real = |source: &Source| loader.real(source.path.to_str()?).ok();
        let files = sources.iter().map(|(_, source)| real(source)).collect();
        Ok(Self { sources, findings, prepared: prepared.map(Arc::new), files, is_late })
    }

    /// The real file of a source.
    pub(super) fn file_of(&self, source: SourceId) -> Option<&Path> {
        self.files.get(usize::from(source.0))?.as_deref()
    }

    /// The first source that was read from a file, which must be one of them.
    pub(super) fn source_of(&self, file: &Path) -> &Source {
        let mut sources = self.sources.iter();
        let found = sources.find(|(id, _)| self.file_of(*id) == Some(file));
        found.expect("a part of a candidate names a file of its deck").1
    }

    /// Whether the deck was read from a file, among others.
    pub(super) fn reads(&self, file: &Path) -> bool {
        self.files.iter().flatten().any(|known| known == file)
    }

    /// Whether laws or rules found a finding.
    pub(super) fn is_late(&self, finding: usize) -> bool {
        self.is_late.get(finding).copied().unwrap_or(false)
    }

    /// The text of a span's source.
    pub(super) fn whole_text(&self, span: Span) -> &str {
        let mut sources = self.sources.iter();
        sources.find(|(id, _)| *id == span.source).map_or("", |(_, source)| &source.text)
    }

    /// Adds to findings with several remedies why none of them was taken.
    pub(super) fn explain_guesses(&mut self) {
        for finding in &mut self.findings {
            if finding.applicability == Applicability::Guess && !finding.patches.is_empty() {
                finding.hints.push("`--fix` leaves this: it is one way of several".to_owned());
            }
        }
    }
}
