//! Drawings: pictures that deckc makes from the text of a fence.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CodeLine, Step};
use crate::source::Spanned;

/// What a picture is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drawing {
    /// What draws it.
    pub kind: DrawingKind,
    /// The lines of the fence, or of the text file that it names.
    pub lines: Vec<CodeLine>,
    /// The words of the info string that the kind knows, in order.
    pub words: Vec<Word>,
    /// The parts that appear one a step, where the fence names them in braces:
    /// first and last, counted from 1, in rising order.
    pub parts: Vec<(u32, u32)>,
    /// How many steps it takes beside its first.
    pub further_steps: u32,
    /// The step of the first of them; the others follow, one a step.
    pub steps_from: Step,
}

impl Drawing {
    /// The value of a word: empty for one without a value, `None` where the
    /// fence does not have it.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&Spanned<String>> {
        self.words.iter().find(|word| word.name.value == name).map(|word| &word.value)
    }

    /// Whether it is a table: text in rows, and nothing to draw.
    #[must_use]
    pub fn is_table(&self) -> bool {
        match self.kind {
            DrawingKind::Benchstat => self.word("bars").is_none(),
            DrawingKind::Flamegraph => self.word("top").is_some(),
            DrawingKind::Goroutines
            | DrawingKind::Mermaid
            | DrawingKind::Dot
            | DrawingKind::Chart => false,
        }
    }

    /// What stands behind the kind and is no word that it knows, such as a form
    /// or a file, counted from 0.
    #[must_use]
    pub fn bare(&self, nth: usize) -> Option<&Spanned<String>> {
        let bare = self.words.iter().filter(|word| word.name.value.is_empty());
        bare.map(|word| &word.value).nth(nth)
    }
}

/// A word of an info string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Word {
    /// What stands before `=`, or a whole word that the kind knows; empty for
    /// what is no such word.
    pub name: Spanned<String>,
    /// What stands behind `=`, without quotes, and for what has no name all of
    /// it; may be empty.
    pub value: Spanned<String>,
}

/// The kinds of drawing, by the first word of the fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DrawingKind {
    /// Goroutines, channels and locks over time.
    Goroutines,
    /// Mermaid's diagrams.
    Mermaid,
    /// Graphviz's graphs.
    Dot,
    /// Numbers as bars, lines, points, counts and spreads.
    Chart,
    /// Benchmarks, before and after.
    Benchstat,
    /// Where a program spends its time.
    Flamegraph,
}

impl DrawingKind {
    /// Every kind, by its word.
    pub const ALL: [(&'static str, Self); 6] = [
        ("goroutines", Self::Goroutines),
        ("mermaid", Self::Mermaid),
        ("dot", Self::Dot),
        ("chart", Self::Chart),
        ("benchstat", Self::Benchstat),
        ("flamegraph", Self::Flamegraph),
    ];

    /// The word that starts its fence.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}
