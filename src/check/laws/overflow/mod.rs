//! `overflow`: see its page.
//!
//! A slide is set once, in the state of its last step, and steps move nothing:
//! what fits then fits on every step.

mod down;
mod fence;
mod further;
mod list;
mod mend;
mod remark;
mod sideways;
mod window;

use super::{Check, Ctx, Law, TOLERANCE};
use crate::diag::{Diagnostic, Patch};
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockKind};
use crate::place::PlacedSlot;

/// Content that does not fit its slot.
pub(super) const LAW: Law =
    Law { name: "overflow", docs: include_str!("../overflow.md"), check: Check::Page(check) };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    for (slot, fill) in ctx.slide.slots.iter().zip(&ctx.page.slots) {
        down::check(ctx, slot, *fill, found);
        sideways::check(ctx, slot, *fill, found);
    }
    sideways::check_footnotes(ctx, found);
    let taken = ctx.canvas.width() - ctx.slide.area.w;
    if Pt::ZERO < taken {
        let share = (taken / ctx.canvas.width() * 100.0).round();
        let hint = format!(
            "or give the background less than its {share} % of the slide: `![bg right:25%](...)`"
        );
        found.iter_mut().skip(before).for_each(|it| it.hints.push(hint.clone()));
    }
}

/// Whether anything on the slide does not fit.
pub(super) fn is_there(ctx: Ctx<'_>) -> bool {
    let mut found = Vec::new();
    check(ctx, &mut found);
    !found.is_empty()
}

/// By how much one range sticks out of another, at both ends together. What
/// sticks out less than the tolerance at an end does not count.
fn excess(used: (Pt, Pt), room: (Pt, Pt)) -> Option<Pt> {
    let ends = [room.0 - used.0, used.1 - room.1];
    let excess = ends.into_iter().filter(|end| TOLERANCE < *end).sum();
    (Pt::ZERO < excess).then_some(excess)
}

fn excess_across(used: Rect, room: Rect) -> Option<Pt> {
    excess((used.x, used.right()), (room.x, room.right()))
}

fn excess_down(used: Rect, room: Rect) -> Option<Pt> {
    excess((used.y, used.bottom()), (room.y, room.bottom()))
}

/// What to call the content of a slot.
fn noun(slot: &PlacedSlot) -> &'static str {
    match slot.blocks.as_slice() {
        [block] if slot.name == "title" && is_heading(block) => "title",
        [block] => block.kind.name(),
        _ => "content",
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. })
}

/// `1 line`, `3 lines`.
fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// A change of the deck that mends a finding: what it does, and how.
type Change = (String, Vec<Patch>);

/// Puts a change in front of what else can be done.
fn with_change(mut finding: Diagnostic, change: Option<Change>) -> Diagnostic {
    let Some((act, patches)) = change else { return finding };
    finding.hints.retain(|hint| !hint.starts_with(WRAP) || !act.starts_with("write `wrap`"));
    for hint in finding.hints.iter_mut().filter(|hint| !hint.starts_with("or ")) {
        if !hint.starts_with("the widest") {
            hint.insert_str(0, "or ");
        }
    }
    finding.hints.insert(0, act);
    finding.patches.extend(patches);
    finding
}

/// What else can be done about lines that are too long.
const WRAP: &str = "or write `wrap` behind the language: the line goes on on the next row";

/// Rounded to a tenth, and never shown as nothing.
fn shown(excess: Pt) -> Pt {
    Pt(excess.get().max(0.1))
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing::{findings, run};

    #[test]
    fn code_that_just_fits_is_fine() {
        let line = "x".repeat(60);
        assert!(run(super::check, |page| page.set_code(&[line.as_str(); 15])).is_empty());
    }

    #[test]
    fn code_too_long_says_how_many_lines_fit() {
        let found = findings(super::check, |page| page.set_code(&["x = 1"; 18]));
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "the code is 3 lines too long for slot `code`");
        assert_eq!(finding.label, "15 lines fit at 24 pt; 18 stand here");
        assert_eq!(finding.hints[0], "leave out 3 lines (86.4 pt too high)");
        assert_eq!(finding.span.range(), 15 * 6..18 * 6 - 1);
    }

    #[test]
    fn code_too_wide_says_where_to_break() {
        let line = "x".repeat(71);
        let found = findings(super::check, |page| page.set_code(&["x = 1", &line, "", "y = 2"]));
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            finding.message,
            "a line of code is 71 columns wide; 60 fit slot `code` at 24 pt"
        );
        assert_eq!(finding.label, "71 columns: break it at or before column 60");
        assert_eq!(finding.span.range(), 66..77);
    }
}
