//! `abrupt-sections`: see its page.

use std::collections::BTreeMap;

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::Role;
use crate::place::PlacedSlide;
use crate::plan::TRANSITIONS;

/// A section that starts without a transition slide, or a talk without
/// sections.
pub(super) const RULE: Rule = Rule {
    name: "abrupt-sections",
    level: Level::Warning,
    docs: include_str!("abrupt_sections.md"),
    check,
};

/// About 20 minutes at a minute a slide: longer, nobody remembers how it
/// started.
const MAX_RUN: usize = 20;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let is_told = |slide: &&PlacedSlide| matches!(slide.role, Role::Main | Role::Optional);
    let slides: Vec<&PlacedSlide> = ctx.placed.slides.iter().filter(is_told).collect();
    let usual = usual_level(&slides);
    let mut run = 0;
    for (index, slide) in slides.iter().enumerate() {
        if TRANSITIONS.contains(&slide.layout.as_str()) {
            run = 0;
            continue;
        }
        // The first and the last slide frame the talk, whatever they look like.
        let is_frame = index == 0 || index + 1 == slides.len();
        match (walk::title(slide), usual) {
            (Some((title, level)), Some(usual)) if level < usual && !is_frame => {
                run = 0;
                let word = &slide.title;
                found.push(
                    RULE.on(slide, title.span, format!("`{word}` starts without a transition"))
                        .label(format!("a heading of level {level}; other titles have {usual}"))
                        .hint("put a slide with this heading alone before it: a `section` slide")
                        .hint(format!(
                            "or give the title the level of its neighbours: `{} {word}`",
                            "#".repeat(usize::from(usual))
                        )),
                );
            }
            (_, _) => run += 1,
        }
        if run == MAX_RUN + 1 {
            found.push(
                RULE.on(
                    slide,
                    walk::title_span(slide),
                    format!("{MAX_RUN} slides in a row without a transition"),
                )
                .hint("tell where the talk stands: a `section` slide between its parts"),
            );
        }
    }
}

/// The level that most titles have, the deeper one of two that are as common.
///
/// Gives `None` where more than a quarter of the titles are above it: then a
/// level does not tell where a part starts, but is how the author writes.
fn usual_level(slides: &[&PlacedSlide]) -> Option<u8> {
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for slide in slides.iter().filter(|slide| !TRANSITIONS.contains(&slide.layout.as_str())) {
        if let Some((_, level)) = walk::title(slide) {
            *counts.entry(level).or_default() += 1;
        }
    }
    let (usual, _) = counts.iter().max_by_key(|(_, count)| **count)?;
    let above: usize = counts.range(..usual).map(|(_, count)| count).sum();
    let all: usize = counts.values().sum();
    // The frame of a short talk alone may be a quarter of it.
    (above <= (all / 4).max(2)).then_some(*usual)
}
