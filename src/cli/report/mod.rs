//! Showing findings: for people and for machines.
//!
//! Takes the findings of one deck in the order of the source, gives text.
//! Nothing is decided here: what a finding says and weighs was settled where it
//! was found.

mod diff;
mod github;
pub(super) mod human;
mod json;
mod sarif;

use std::ops::Range;
use std::path::{Path, PathBuf};

pub(super) use self::json::schema;
use super::Failure;
use crate::diag::{Diagnostic, Level};
use crate::source::{Source, SourceId, Sources};

/// The findings of one deck.
#[derive(Debug)]
pub(super) struct Report {
    /// The texts that the findings point into.
    pub(super) sources: Sources,
    /// What makes a source's path one relative to the working folder.
    pub(super) prefix: PathBuf,
    /// The findings, in the order of the source.
    pub(super) findings: Vec<Diagnostic>,
}

impl Report {
    /// How many findings forbid writing.
    pub(super) fn n_errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.level == Level::Error).count()
    }

    /// How many findings are warnings.
    pub(super) fn n_warnings(&self) -> usize {
        self.findings.len() - self.n_errors()
    }

    /// A theme that `--theme` names and that does not exist: a mistake of the
    /// command, not of the deck.
    pub(super) fn wrong_theme(&self, named: Option<&str>) -> Option<Failure> {
        let name = named?;
        let finding = self.findings.iter().find(|finding| finding.name == "unknown-theme")?;
        let failure = Failure::usage(format!("there is no theme `{name}`"));
        Some(finding.hints.iter().fold(failure, Failure::hint))
    }

    /// The source with this id, if there is one: a deck that could not be read
    /// has none.
    fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.iter().find_map(|(found, source)| (found == id).then_some(source))
    }

    /// What `--fix` makes of a file, as a diff for people.
    pub(super) fn change(&self, source: &Source, parts: &[(Range<usize>, String)]) -> String {
        let parts: Vec<_> = parts.iter().map(|(at, text)| (at.clone(), text.as_str())).collect();
        let place = format!("{} {}\n", diff::arrow(), self.path(&source.path));
        place + &diff::draw(source, &parts)
    }

    /// A source's path as a person in the working folder would write it.
    pub(super) fn path(&self, path: &Path) -> String {
        self.prefix.join(path).display().to_string().replace('\\', "/")
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Format {
    /// The Markdown underlined, with the act that mends it.
    Human,
    /// One JSON object a line.
    Json,
    /// One SARIF 2.1.0 document.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

impl Format {
    /// The findings of some decks, one deck after the other.
    pub(super) fn render<'a>(self, reports: impl Iterator<Item = &'a Report>) -> String {
        match self {
            Self::Human => reports.map(human::render).collect(),
            Self::Json => reports.map(json::render).collect(),
            Self::Sarif => sarif::render(&reports.collect::<Vec<_>>()),
            Self::Github => reports.map(github::render).collect(),
        }
    }
}

/// The JSON schema of a line that `--format json` writes.
pub(super) fn json_schema() -> String {
    format!("{:#}\n", json::line_schema().as_value())
}
