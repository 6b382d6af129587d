//! Checking: the laws and rules, and the proof that they hold.
//!
//! Takes the placed deck and its pages, gives a [`Checked`] deck or none. A
//! law cannot be argued with; a [rule](rules) can, in the deck and with a
//! reason. Both see the placed deck, its [`Page`]s and its figures. There is no
//! Typst here, and nothing is mended.

mod allow;
mod encoding;
mod laws;
pub mod rules;
mod shown;
mod walk;

pub use laws::LAWS;
pub use rules::{Ctx, RULES, Rule};

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Diagnostics, Level};
use crate::figure::Figures;
use crate::font::Fonts;
use crate::highlight::Tokens;
use crate::page::Page;
use crate::place::{Placed, PlacedSlide};
use crate::source::Sources;
use crate::theme::Theme;

/// A deck that breaks no law. Only [`check`] makes one; the writers take
/// nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    placed: &'a Placed,
    pages: &'a [Page],
}

impl<'a> Checked<'a> {
    /// The deck.
    #[must_use]
    pub const fn placed(self) -> &'a Placed {
        self.placed
    }

    /// The pages, one a slide.
    #[must_use]
    pub const fn pages(self) -> &'a [Page] {
        self.pages
    }
}

/// The slides of a deck that a preview may show, though others are broken. Only
/// [`sound`] makes one; the writers of files do not take it.
#[derive(Clone, Debug)]
pub struct Sound<'a> {
    placed: &'a Placed,
    pages: &'a [Page],
    /// The broken slides, by their place in the deck.
    broken: BTreeSet<usize>,
}

impl<'a> Sound<'a> {
    /// The deck.
    #[must_use]
    pub const fn placed(&self) -> &'a Placed {
        self.placed
    }

    /// The pages, one a slide.
    #[must_use]
    pub const fn pages(&self) -> &'a [Page] {
        self.pages
    }

    /// Whether a slide, counted from 0, may be shown.
    #[must_use]
    pub fn has(&self, slide: usize) -> bool {
        !self.broken.contains(&slide)
    }
}

/// Tells which slides may be shown after everything was checked.
///
/// Gives `None` where an error concerns no slide alone.
#[must_use]
pub fn sound<'a>(placed: &'a Placed, pages: &'a [Page], diags: &Diagnostics) -> Option<Sound<'a>> {
    let mut broken = BTreeSet::new();
    for finding in diags.iter().filter(|it| it.level == Level::Error) {
        let concerned = concerned(placed, finding);
        if concerned.is_empty() && finding.slide.is_none() {
            return None;
        }
        broken.extend(concerned);
    }
    Some(Sound { placed, pages, broken })
}

/// The slides that a finding concerns, by their place in the deck.
#[must_use]
pub fn concerned(placed: &Placed, finding: &Diagnostic) -> Vec<usize> {
    let within = |slide: &PlacedSlide| {
        let (all, at) = (slide.span, finding.span);
        all.source == at.source && all.start <= at.start && at.end <= all.end && at.start < all.end
    };
    let slides = placed.slides.iter().enumerate();
    let concerned = slides.filter(|(_, slide)| match finding.slide {
        Some(number) => slide.source_number == number,
        None => within(slide),
    });
    concerned.map(|(at, _)| at).collect()
}

/// What a deck is checked against.
#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    /// The theme that the pages were set with.
    pub theme: &'a Theme,
    /// The faces that they were set with.
    pub fonts: &'a Fonts,
    /// The pictures on them, by asset.
    pub figures: &'a Figures,
    /// The texts that the deck was read from.
    pub sources: &'a Sources,
    /// The classes of their code.
    pub tokens: &'a Tokens,
}

/// Checks a deck against every law and every rule.
///
/// Gives `None` if `diags` holds an error, from here or from an earlier stage.
pub fn check<'a>(
    placed: &'a Placed,
    pages: &'a [Page],
    with: With<'_>,
    diags: &mut Diagnostics,
) -> Option<Checked<'a>> {
    let (figures, sources) = (with.figures, with.sources);
    let (broken, mut advice) = rayon::join(
        || laws::hold(placed, pages, with),
        || {
            let mut advice = Diagnostics::default();
            rules::hold(Ctx { placed, pages, figures, sources }, &mut advice);
            advice
        },
    );
    // Where a law is broken, advice about the same thing adds nothing.
    advice.retain(|it| !broken.iter().any(|law| says_more(law, it)));
    diags.extend(broken);
    diags.extend(advice.sorted());
    (!diags.has_errors()).then_some(Checked { placed, pages })
}

/// Advice about how much there is: where a slide overflows, it says the same
/// again.
const ABOUT_AMOUNT: [&str; 4] = ["long-code", "long-titles", "paragraphs", "wordy-slides"];

/// Whether a broken law has the cause of a piece of advice: both are about the
/// same text, or the one says that too much stands on a slide and so does the
/// other.
fn says_more(law: &Diagnostic, advice: &Diagnostic) -> bool {
    let (a, b) = (law.span, advice.span);
    let same_text = a.source == b.source && a.start < b.end && b.start < a.end;
    let same_slide = law.slide.is_some() && law.slide == advice.slide;
    if law.name == "overflow" {
        let same_thing = ABOUT_AMOUNT.contains(&advice.name);
        return same_thing && same_text || same_slide && advice.name == "wordy-slides";
    }
    same_text
}
