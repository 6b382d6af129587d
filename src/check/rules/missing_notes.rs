//! `missing-notes`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::Role;
use crate::place::PlacedSlide;

/// A slide without notes among slides with notes.
pub(super) const RULE: Rule = Rule {
    name: "missing-notes",
    level: Level::Warning,
    docs: include_str!("missing_notes.md"),
    check,
};

/// Layouts whose slides speak for themselves.
const EXEMPT: [&str; 4] = ["title", "section", "agenda", "end"];

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let needs = |slide: &&PlacedSlide| {
        matches!(slide.role, Role::Main | Role::Optional)
            && !EXEMPT.contains(&slide.layout.as_str())
            && !walk::goes_on(slide)
    };
    let slides: Vec<&PlacedSlide> = ctx.placed.slides.iter().filter(needs).collect();
    let (without, with): (Vec<_>, Vec<_>) =
        slides.into_iter().partition(|slide| slide.notes.is_empty());
    // Who writes no notes, or only a few, does not forget them.
    if with.len() <= without.len() {
        return;
    }
    for slide in without {
        found.push(
            RULE.on(slide, walk::title_span(slide), "the slide has no notes")
                .label(format!("{} other slides have notes", with.len()))
                .hint("write what you will say: `<!-- note: ... -->` or `::: notes`"),
        );
    }
}
