//! `duplicate-titles`: see its page.

use std::collections::BTreeMap;

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};

/// Two slides that nobody can tell apart by their titles.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-titles",
    level: Level::Warning,
    docs: include_str!("duplicate_titles.md"),
    check,
};

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for slide in &ctx.placed.slides {
        let Some((title, _)) = walk::title(slide) else { continue };
        let words = slide.title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if words.is_empty() {
            continue;
        }
        let animate = slide.motion.animate.as_ref().map(|it| &it.value);
        let Some((first, number, shared)) = seen.get(&words) else {
            seen.insert(words, (title.span, slide.source_number, animate));
            continue;
        };
        // Before and after: the title that stays is what the eye holds on to.
        if animate.is_some() && animate == *shared {
            continue;
        }
        found.push(
            RULE.on(slide, title.span, format!("slide {number} has the same title"))
                .also(*first, "the first one")
                .hint("say what is different here, or number the parts: `(1/2)`, `(2/2)`"),
        );
    }
}
