//! `over-time`: see its page.

use super::{Ctx, Rule};
use crate::diag::{Diagnostic, Level};
use crate::model::{Role, Time};
use crate::plan::Plan;

/// More planned than there is time.
pub(super) const RULE: Rule =
    Rule { name: "over-time", level: Level::Warning, docs: include_str!("over_time.md"), check };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let (plan, meta) = (Plan::of(ctx.placed), &ctx.placed.meta);
    let (Some(slot), Some(room)) = (&meta.slot, plan.room) else { return };
    let main = plan.given(Role::Main);
    if main <= room {
        return;
    }
    let excess = Time(main.0 - room.0);
    let mut finding = RULE
        .of_deck(slot.span, format!("the main slides take {main}, and there is time for {room}"))
        .label(format!("{excess} too little"))
        .hint("shorten slides, or make some of them `role: optional`");
    if let Some(qa) = &meta.qa {
        finding = finding.also(qa.span, "is kept for questions");
    }
    found.push(finding);
}
