//! `long-titles`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};

/// A title that has to be read instead of seen.
pub(super) const RULE: Rule = Rule {
    name: "long-titles",
    level: Level::Warning,
    docs: include_str!("long_titles.md"),
    check,
};

/// Two lines of a title of 36 pt, as the `content` layout holds them, are about
/// 90 characters; two thirds of that are read at a glance.
const MAX_CHARS: usize = 60;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    // The title of the deck is known before the talk and stands alone.
    for slide in ctx.placed.slides.iter().filter(|slide| slide.layout != "title") {
        let n_chars = slide.title.trim().chars().count();
        if let (true, Some((title, _))) = (MAX_CHARS < n_chars, walk::title(slide)) {
            found.push(
                RULE.on(slide, title.span, format!("the title has {n_chars} characters"))
                    .label(format!("at most {MAX_CHARS} are read at a glance"))
                    .hint("say the point in the title and the rest below it"),
            );
        }
    }
}
