//! `no-slack`: see its page.

use super::{Ctx, Rule};
use crate::diag::{Diagnostic, Level};
use crate::model::{Role, Time};
use crate::plan::Plan;

/// A plan that breaks at the first delay.
pub(super) const RULE: Rule =
    Rule { name: "no-slack", level: Level::Warning, docs: include_str!("no_slack.md"), check };

/// Shorter talks have no time to lose and none to fill.
const MIN_ROOM: Time = Time(10 * 60);

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let plan = Plan::of(ctx.placed);
    let (Some(slot), Some(room)) = (&ctx.placed.meta.slot, plan.room) else { return };
    let is_planned = plan.given(Role::Main).0 > 0 && MIN_ROOM <= room;
    let has = |role| ctx.placed.slides.iter().any(|slide| slide.role == role);
    if is_planned && !has(Role::Optional) && !has(Role::Backup) {
        found.push(
            RULE.of_deck(slot.span, "the plan has no optional slide and no backup slide")
                .label("nothing to skip when behind, nothing to show when ahead")
                .hint("mark what can be left out with `role: optional`")
                .hint("put an extra example after the end with `role: backup`"),
        );
    }
}
