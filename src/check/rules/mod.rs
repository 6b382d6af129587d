//! Rules: advice that an author may argue with, in the deck and with a reason.
//!
//! A rule is two files: its code, and a page that documents it, that `deckc
//! explain` prints, and that is its test. What nobody can argue with is a law.

mod abrupt_sections;
mod blurry_images;
mod duplicate_titles;
mod long_code;
mod long_titles;
mod missing_notes;
mod mojibake;
mod no_slack;
mod over_time;
mod paragraphs;
mod rushed_notes;
mod squeezed_images;
mod wordy_slides;

use super::{allow, shown, walk};
use crate::diag::{Diagnostic, Diagnostics, Level};
use crate::figure::Figures;
use crate::page::Page;
use crate::place::{Placed, PlacedSlide};
use crate::source::{Sources, Span};

/// Every rule, by name. The compiler complains of a rule that is missing here.
pub const RULES: &[&Rule] = &[
    &abrupt_sections::RULE,
    &blurry_images::RULE,
    &duplicate_titles::RULE,
    &long_code::RULE,
    &long_titles::RULE,
    &missing_notes::RULE,
    &mojibake::RULE,
    &no_slack::RULE,
    &over_time::RULE,
    &paragraphs::RULE,
    &rushed_notes::RULE,
    &squeezed_images::RULE,
    &wordy_slides::RULE,
];

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Names the bad thing, and reads well after "allow".
    pub name: &'static str,
    /// How much a finding weighs.
    pub level: Level,
    /// The page: what is bad, why, and what to do; with decks that show it.
    pub docs: &'static str,
    /// Finds what is bad.
    pub check: fn(Ctx<'_>, &mut Vec<Diagnostic>),
}

/// What a rule sees.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// The deck.
    pub placed: &'a Placed,
    /// Its pages, one a slide.
    pub pages: &'a [Page],
    /// The pictures on them, by asset.
    pub figures: &'a Figures,
    /// The texts that it was read from.
    pub sources: &'a Sources,
}

impl Rule {
    /// A finding on a slide.
    fn on(&self, slide: &PlacedSlide, span: Span, message: impl Into<String>) -> Diagnostic {
        self.of_deck(span, message).on_slide(slide.source_number)
    }

    /// A finding about the whole deck.
    fn of_deck(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        match self.level {
            Level::Warning => Diagnostic::warning(self.name, span, message),
            Level::Error => Diagnostic::error(self.name, span, message),
        }
    }
}

/// Applies every rule, and hears the author's arguments.
pub fn hold(ctx: Ctx<'_>, diags: &mut Diagnostics) {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(ctx, &mut found);
    }
    allow::settle(ctx, found, diags);
}
