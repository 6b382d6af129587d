//! Diagnostics: what is wrong, where, and the act that mends it.
//!
//! A [`Diagnostic`] is data. How it looks on a terminal, as JSON or as SARIF
//! is `cli/`'s business.
//!
//! Messages are lower case, have no full stop, put code in backticks, and
//! give the measured and the allowed value with their units. The message
//! stands alone in one line and never contains the remedy; the remedy is the
//! hint.

mod near;

pub use near::{meant, meant_file, nearest, nearest_hint};

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The deck is built all the same; `--strict` makes it an error.
    Warning,
    /// Nothing is written.
    Error,
}

/// A second place that belongs to a finding, and what it has to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Label {
    /// The bytes to underline.
    pub span: Span,
    /// What the reader should see there.
    pub text: String,
}

/// A change to the source that mends the finding: the bytes under the span
/// are replaced by the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Patch {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// What the patches of a finding are worth without the author's eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// They are what the author meant, and mend the finding.
    #[default]
    Certain,
    /// They leave a `TODO` that only the author can fill in. The finding stays
    /// until that is done.
    Placeholder,
    /// They are one way of several. Nobody makes them unasked.
    Guess,
}

/// One finding: the message, the smallest span it concerns, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnostic {
    /// The name of the law or rule, like `overflow` or `long-code`.
    pub name: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong. Stands alone in one line.
    pub message: String,
    /// Where; as small as possible.
    pub span: Span,
    /// What the primary span shows. May be empty.
    pub label: String,
    /// Further places.
    pub labels: Vec<Label>,
    /// The acts that mend it, best first.
    pub hints: Vec<String>,
    /// The change that mends it, where a machine can make it. All parts
    /// belong together.
    pub patches: Vec<Patch>,
    /// What the patches are worth.
    pub applicability: Applicability,
    /// What could not be looked at because of this finding. What is wrong there
    /// shows only when this is mended.
    #[serde(skip)]
    pub hides: Vec<Span>,
    /// The slide it concerns, counted from 1 in the source, where that is
    /// known.
    pub slide: Option<usize>,
}

impl Diagnostic {
    /// An error: nothing will be written.
    pub fn error(name: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Level::Error, name, span, message)
    }

    /// A warning.
    pub fn warning(name: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, name, span, message)
    }

    fn new(level: Level, name: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            name,
            level,
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            hints: Vec::new(),
            patches: Vec::new(),
            applicability: Applicability::Certain,
            hides: Vec::new(),
            slide: None,
        }
    }

    /// Says what the primary span shows.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds an act that mends it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Adds a change that mends it.
    #[must_use]
    pub fn patch(mut self, span: Span, text: impl Into<String>) -> Self {
        self.patches.push(Patch { span, text: text.into() });
        self
    }

    /// Adds changes that mend it, where there are any.
    #[must_use]
    pub fn patches_from(self, changes: impl IntoIterator<Item = (Span, String)>) -> Self {
        changes.into_iter().fold(self, |it, (span, text)| it.patch(span, text))
    }

    /// Adds the change that writes what a mistyped `word` means, if that is
    /// clear; and the hint that goes with it.
    #[must_use]
    pub fn mistyped(self, span: Span, word: &str, candidates: &[&str]) -> Self {
        let found = self.hint(nearest_hint(word, candidates));
        match meant(word, candidates.iter().copied()) {
            Some(name) => found.patch(span, name),
            None => found,
        }
    }

    /// The same for a word in quotes, as in TOML.
    #[must_use]
    pub fn quoted_mistyped(self, span: Span, word: &str, candidates: &[&str]) -> Self {
        let mut found = self.mistyped(span, word, candidates);
        for patch in &mut found.patches {
            patch.text = format!("\"{}\"", patch.text);
        }
        found
    }

    /// The patches leave a `TODO` for the author.
    #[must_use]
    pub const fn placeholder(mut self) -> Self {
        self.applicability = Applicability::Placeholder;
        self
    }

    /// The patches are one way of several.
    #[must_use]
    pub const fn guess(mut self) -> Self {
        self.applicability = Applicability::Guess;
        self
    }

    /// Adds a place that cannot be looked at before this is mended.
    #[must_use]
    pub fn hides(mut self, span: Span) -> Self {
        self.hides.push(span);
        self
    }

    /// Names the slide it concerns, counted from 1.
    #[must_use]
    pub const fn on_slide(mut self, number: usize) -> Self {
        self.slide = Some(number);
        self
    }
}

/// The findings of one run.
///
/// Stages push in any order; [`Diagnostics::sorted`] gives them in the order of
/// the source, without repetitions.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.all.push(diagnostic);
    }

    /// Adds the findings of another run.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.all.extend(others);
    }

    /// Whether anything forbids writing.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// Whether there is no finding at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The findings as they were pushed.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter()
    }

    /// Keeps the findings for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.all.retain(keep);
    }

    /// Every finding once, in the order of the source.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| (a.span, a.name, &a.message).cmp(&(b.span, b.name, &b.message)));
        self.all.dedup();
        self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_in_source_order_and_once() {
        let at = |start| Span { start, end: start + 1, ..Span::default() };
        let mut diags = Diagnostics::default();
        diags.push(Diagnostic::warning("b", at(9), "later"));
        diags.push(Diagnostic::error("a", at(1), "earlier"));
        diags.push(Diagnostic::error("a", at(1), "earlier"));
        assert!(diags.has_errors());
        let messages: Vec<String> = diags.sorted().into_iter().map(|it| it.message).collect();
        assert_eq!(messages, ["earlier", "later"]);
    }
}
