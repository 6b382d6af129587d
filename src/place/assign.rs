//! Which slot each block of a slide goes to, and what to say where none takes
//! it.

use super::title_block;
use crate::diag::Diagnostic;
use crate::layout::{Layout, Layouts, Slot, TITLE, Takes};
use crate::model::{Block, Slide};
use crate::source::Spanned;

/// Which slot each block goes to.
pub(super) struct Assigned {
    /// For each block of the slide's groups in order, the slot it goes to, as
    /// its index in the layout; `None` where no slot takes it.
    pub(super) slots: Vec<Option<usize>>,
    /// Without the slide's number.
    pub(super) problems: Vec<Diagnostic>,
}

/// Decides for each block of a slide to which slot of the layout it goes.
pub(super) fn assign(slide: &Slide, layout: &Layout, layouts: &Layouts) -> Assigned {
    let title = title_block(slide).map(|block| block.id);
    let mut problems = Vec::new();

    // Slots named by the author are filled first: what they hold counts when
    // the other blocks look for an empty slot.
    let mut held = vec![0; layout.slots.len()];
    let mut named = Vec::with_capacity(slide.groups.len());
    for group in &slide.groups {
        let at = group.slot.as_ref().and_then(|slot| index_of(layout, &slot.value));
        if let (Some(slot), None) = (&group.slot, at) {
            problems.push(unknown_slot(slot, layout, layouts));
        }
        if let Some(at) = at {
            held[at] += group.blocks.len();
        }
        named.push(at);
    }

    let mut slots = Vec::new();
    let mut refused: Vec<&Block> = Vec::new();
    for (group, at) in slide.groups.iter().zip(&named) {
        for block in &group.blocks {
            let is_title = title == Some(block.id);
            let taken = match (&group.slot, at) {
                (None, _) => {
                    let free = free_slot(layout, &held, block, is_title);
                    if let Some(at) = free {
                        held[at] += 1;
                    } else {
                        refused.push(block);
                    }
                    free
                }
                (Some(_), Some(at)) => {
                    let slot = &layout.slots[*at];
                    let accepted = accepts(slot, block, is_title);
                    if !accepted {
                        problems.push(not_accepted(slot, block, layout));
                    }
                    accepted.then_some(*at)
                }
                // The unknown slot is reported already.
                (Some(_), None) => None,
            };
            slots.push(taken);
        }
    }
    for block in refused {
        problems.push(not_taken(block, title == Some(block.id), slide, layout, layouts));
    }
    if problems.is_empty() {
        problems.extend(wrong_counts(slide, layout, &held));
    }
    Assigned { slots, problems }
}

/// The slot for a block that no `:::` names: the first empty one that takes its
/// kind; else the last one that takes its kind and has room, so that blocks
/// keep their order; else the one that takes the rest.
fn free_slot(layout: &Layout, held: &[usize], block: &Block, is_title: bool) -> Option<usize> {
    let slots = || layout.slots.iter().enumerate();
    let room = |at: usize, slot: &Slot| slot.arity.max.is_none_or(|max| held[at] < max);
    let takes = |slot: &Slot| match &slot.takes {
        Takes::Kinds(kinds) => has_kind(kinds, block, is_title),
        Takes::Named | Takes::Rest => false,
    };
    let empty = slots().find(|(at, slot)| takes(slot) && held[*at] == 0);
    let last = || slots().rfind(|(at, slot)| takes(slot) && room(*at, slot));
    let rest = || {
        slots().find(|(at, slot)| {
            slot.takes == Takes::Rest && room(*at, slot) && accepts(slot, block, is_title)
        })
    };
    empty.or_else(last).or_else(rest).map(|(at, _)| at)
}

/// Whether a slot may hold a block.
fn accepts(slot: &Slot, block: &Block, is_title: bool) -> bool {
    has_kind(&slot.accepts, block, is_title)
}

/// Whether the kinds name a block. The title is a heading, too.
fn has_kind(kinds: &[String], block: &Block, is_title: bool) -> bool {
    kinds.iter().any(|kind| kind == block.kind.name() || (is_title && kind == TITLE))
}

fn index_of(layout: &Layout, slot: &str) -> Option<usize> {
    layout.slots.iter().position(|found| found.name == slot)
}

/// A `:::` that names a slot which the layout does not have.
fn unknown_slot(slot: &Spanned<String>, layout: &Layout, layouts: &Layouts) -> Diagnostic {
    let own: Vec<&str> = layout.slots.iter().map(|slot| slot.name.as_str()).collect();
    let message = format!("layout `{}` has no slot `{}`", layout.name, slot.value);
    let found = Diagnostic::error("unknown-slot", slot.span, message);
    let having = quoted(
        layouts
            .by_name
            .values()
            .filter_map(|other| index_of(other, &slot.value).map(|_| other.name.as_str())),
    );
    if having.is_empty() {
        found.mistyped(slot.span, &slot.value, &own)
    } else {
        found.hint(format!("use a layout that has this slot: {having}")).hint(format!(
            "or a slot of `{}`: {}",
            layout.name,
            quoted(own)
        ))
    }
}

/// A block in a `:::` slot that does not accept its kind.
fn not_accepted(slot: &Slot, block: &Block, layout: &Layout) -> Diagnostic {
    let kind = block.kind.name();
    let message = format!("slot `{}` of layout `{}` takes no {kind}", slot.name, layout.name);
    Diagnostic::error("unplaced", block.span, message)
        .hint(format!("the slot takes {}", slot.accepts.join(", ")))
}

/// A block outside `:::` that no slot takes.
fn not_taken(
    block: &Block,
    is_title: bool,
    slide: &Slide,
    layout: &Layout,
    layouts: &Layouts,
) -> Diagnostic {
    let kind = if is_title { "title" } else { block.kind.name() };
    let takes = |slot: &&Slot| slot.takes != Takes::Named && accepts(slot, block, is_title);
    let message = match layout.slots.iter().find(takes) {
        Some(Slot { name, arity, .. }) => {
            let plural = if arity.max == Some(1) { "" } else { "s" };
            format!("slot `{name}` of layout `{}` takes {arity} block{plural}", layout.name)
        }
        None => format!("layout `{}` has no slot for this {kind}", layout.name),
    };
    let found = Diagnostic::error("unplaced", block.span, message);
    let whole = quoted(
        layouts
            .by_name
            .values()
            .filter_map(|other| takes_all(slide, other).then_some(other.name.as_str())),
    );
    if whole.is_empty() {
        let named: Vec<&str> = layout
            .slots
            .iter()
            .filter(|slot| accepts(slot, block, is_title))
            .map(|slot| slot.name.as_str())
            .collect();
        if named.is_empty() {
            found.hint("no layout takes all blocks of this slide: divide it")
        } else {
            found.hint(format!("put it between `::: {}` and `:::`", named.join("` or `::: ")))
        }
    } else {
        found.hint(format!("use a layout that takes all of this slide: {whole}"))
    }
}

/// Whether a layout has a slot for every block of a slide, and each slot gets
/// what it needs.
fn takes_all(slide: &Slide, layout: &Layout) -> bool {
    let none = Layouts::default();
    // With no layouts to name, trying one does not try the others in turn.
    assign(slide, layout, &none).problems.is_empty()
}

/// Slots that hold too little or too much.
fn wrong_counts(slide: &Slide, layout: &Layout, held: &[usize]) -> Vec<Diagnostic> {
    let place = slide.layout.as_ref().map(|layout| layout.span);
    let place = place.or_else(|| title_block(slide).map(|title| title.span));
    let first = slide.groups.iter().flat_map(|group| &group.blocks).next();
    let place = place.or_else(|| first.map(|block| block.span));
    let span = place.unwrap_or(slide.span.before());
    let mut found = Vec::new();
    for (slot, held) in layout.slots.iter().zip(held) {
        let kinds = slot.accepts.join(", ");
        let (name, of) = (&slot.name, &layout.name);
        if *held < slot.arity.min {
            let needs = match (slot.arity.min, held) {
                (1, _) => "is empty".to_owned(),
                (min, held) => format!("has {held} of at least {min} blocks"),
            };
            let message = format!("slot `{name}` of layout `{of}` {needs}");
            let hint = match slot.takes {
                Takes::Named => {
                    format!("write `::: {name}`, what stands there ({kinds}), and `:::`")
                }
                Takes::Kinds(_) | Takes::Rest => {
                    format!("add what stands there ({kinds}), or use another layout")
                }
            };
            found.push(Diagnostic::error("slot-count", span, message).hint(hint));
        }
        if let Some(max) = slot.arity.max.filter(|max| max < held) {
            let message =
                format!("slot `{name}` of layout `{of}` has {held} of at most {max} blocks");
            let hint = "move the others to another slot or slide";
            found.push(Diagnostic::error("slot-count", span, message).hint(hint));
        }
    }
    found
}

/// Names for a message: `` `a`, `b` ``.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
