//! `rushed-notes`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::Time;
use crate::source::Spanned;

/// More notes than can be said in the planned time.
pub(super) const RULE: Rule = Rule {
    name: "rushed-notes",
    level: Level::Warning,
    docs: include_str!("rushed_notes.md"),
    check,
};

/// The fastest speech that an audience still follows, in words a minute.
/// Speakers of English do about 130 to 160.
const MAX_PACE: usize = 180;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for (at, slide) in ctx.placed.slides.iter().enumerate() {
        let Some(time) = &slide.time else { continue };
        // The notes of a slide that goes on are said over all of its parts.
        let further = ctx.placed.slides[at + 1..].iter().take_while(|it| walk::goes_on(it));
        let further = further.filter_map(|slide| slide.time.as_ref());
        let time = Spanned::new(
            Time(further.fold(time.value.0, |sum, time| sum.saturating_add(time.value.0))),
            time.span,
        );
        let seconds = time.value.0 as usize;
        let n_words = walk::note_words(&slide.notes);
        if seconds == 0 || n_words * 60 <= MAX_PACE * seconds {
            continue;
        }
        let fit = MAX_PACE * seconds / 60;
        let mut finding = RULE
            .on(slide, time.span, format!("the notes have {n_words} words for {}", time.value))
            .label(format!("at most {fit} words can be said in it"))
            .hint("shorten the notes, or plan more time");
        if let Some(note) = slide.notes.first() {
            finding = finding.also(note.span.before(), "the notes start here");
        }
        found.push(finding);
    }
}
