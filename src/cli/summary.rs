//! The line that sums a deck up: how many slides and findings, the fullest
//! slide, and the time.

use std::fmt::Write as _;

use super::report::Report;
use crate::compile::Prepared;
use crate::model::{BlockKind, Role, Time};
use crate::place::PlacedSlot;
use crate::plan::Plan;

/// What is worth knowing of a deck at a glance; nothing where it could not be
/// typeset.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    n_slides: usize,
    /// The fullest slide, by its number in the source, and how full it is in
    /// percent.
    fullest: Option<(usize, u32)>,
    plan: Plan,
    /// How much of the deck's code no lock vouches for.
    unlocked: usize,
}

impl Summary {
    /// Sums up a deck.
    pub(super) fn of(deck: &Prepared) -> Self {
        let slides = deck.placed.slides.iter().zip(&deck.typeset.pages);
        let fill = slides.flat_map(|(slide, page)| {
            let slots = slide.slots.iter().zip(&page.slots).filter(|(slot, _)| varies(slot));
            slots.map(|(_, fill)| (slide.source_number, fill.percent()))
        });
        // The first of several that are equally full.
        let fullest = fill.reduce(|most, it| if most.1 < it.1 { it } else { most });
        Self {
            n_slides: deck.placed.slides.len(),
            fullest,
            plan: Plan::of(&deck.placed),
            unlocked: deck.unlocked,
        }
    }

    /// `12 slides, 1 error; slide 7 is the fullest: 96 %; 18:30 of 20:00 planned`.
    pub(super) fn line(&self, report: &Report) -> String {
        let mut line = match self.n_slides {
            0 => String::new(),
            n => count(n, "slide") + ", ",
        };
        line += &tally(report);
        if let Some((slide, percent)) = self.fullest {
            let _ = write!(line, "; slide {slide} is the fullest: {percent} %");
        }
        match (self.plan.given(Role::Main), self.plan.room) {
            (Time(0), None) => {}
            (main, None) => _ = write!(line, "; {main} planned"),
            (main, Some(room)) => _ = write!(line, "; {main} of {room} planned"),
        }
        match self.unlocked {
            0 => {}
            1 => line += "; 1 file or output is not locked: `deckc test --update`",
            n => _ = write!(line, "; {n} files or outputs are not locked: `deckc test --update`"),
        }
        line
    }
}

/// Whether a slot can be more or less full: a picture fills its slot whatever its
/// size, and so does a title of two lines.
fn varies(slot: &PlacedSlot) -> bool {
    let fixed = |kind: &BlockKind| matches!(kind, BlockKind::Image(_) | BlockKind::Heading { .. });
    slot.blocks.iter().any(|block| !fixed(&block.kind))
}

/// `no findings`, `1 error`, `2 errors, 1 warning`.
fn tally(report: &Report) -> String {
    let parts = [(report.n_errors(), "error"), (report.n_warnings(), "warning")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| 0 < *n).map(|(n, word)| count(n, word)).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// `1 slide`, `2 slides`.
fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
