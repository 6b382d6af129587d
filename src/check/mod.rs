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

use crate::diag::{Diagnostic, Diagnostics};
use crate::figure::Figures;
use crate::font::Fonts;
use crate::highlight::Tokens;
use crate::page::Page;
use crate::place::Placed;
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
    let broken = laws::hold(placed, pages, with);
    let mut advice = Diagnostics::default();
    let (figures, sources) = (with.figures, with.sources);
    rules::hold(Ctx { placed, pages, figures, sources }, &mut advice);
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
