//! `wordy-slides`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};

/// A slide that is read instead of listened to.
pub(super) const RULE: Rule = Rule {
    name: "wordy-slides",
    level: Level::Warning,
    docs: include_str!("wordy_slides.md"),
    check,
};

/// Silent reading goes at about four words a second: 80 words are 20 seconds
/// in which nobody listens.
const MAX_WORDS: usize = 80;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for slide in &ctx.placed.slides {
        let n_words = slide.slots.iter().map(|slot| walk::words(&slot.blocks)).sum::<usize>();
        if MAX_WORDS < n_words {
            found.push(
                RULE.on(slide, walk::title_span(slide), format!("{n_words} words stand here"))
                    .label(format!("at most {MAX_WORDS} are read while you speak"))
                    .hint("keep the words that carry the point; say the others, from the notes")
                    .hint("or split the slide"),
            );
        }
    }
}
