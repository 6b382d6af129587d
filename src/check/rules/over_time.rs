//! `over-time`: see its page.

use super::{Ctx, Rule};
use crate::diag::{Diagnostic, Level};
use crate::model::{Meta, Role, Time};
use crate::place::PlacedSlide;
use crate::plan::{Plan, Section};

/// More planned than there is time.
pub(super) const RULE: Rule =
    Rule { name: "over-time", level: Level::Warning, docs: include_str!("over_time.md"), check };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let plan = Plan::of(ctx.placed);
    found.extend(talk(&plan, &ctx.placed.meta));
    for section in &plan.sections {
        let slide = &ctx.placed.slides[section.slides.start];
        found.extend(self::section(&plan, section, slide));
    }
}

/// A talk that is longer than its slot.
fn talk(plan: &Plan, meta: &Meta) -> Option<Diagnostic> {
    let (slot, room) = (meta.slot.as_ref()?, plan.room?);
    let main = plan.given(Role::Main);
    if main <= room {
        return None;
    }
    let excess = Time(main.0 - room.0);
    let finding = RULE
        .of_deck(slot.span, format!("the main slides take {main}, and there is time for {room}"))
        .label(format!("{excess} too little"))
        .hint("shorten slides, or make some of them `role: optional`");
    Some(match &meta.qa {
        Some(qa) => finding.also(qa.span, "is kept for questions"),
        None => finding,
    })
}

/// A section whose slides take longer than the section.
fn section(plan: &Plan, section: &Section, slide: &PlacedSlide) -> Option<Diagnostic> {
    let room = section.time.as_ref()?;
    let slides = &plan.slides[section.slides.clone()];
    let all = Time(slides.iter().fold(0, |sum: u32, slide| sum.saturating_add(slide.time.0)));
    if all <= room.value {
        return None;
    }
    let excess = Time(all.0 - room.value.0);
    let message = format!("the slides of the section take {all}, and {} is planned", room.value);
    Some(
        RULE.on(slide, room.span, message)
            .label(format!("{excess} too little"))
            .hint("shorten its slides, or give the section more time"),
    )
}
