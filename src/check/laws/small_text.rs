//! `small-text`: see its page.

use super::{Check, Ctx, Law, roles};
use crate::diag::Diagnostic;
use crate::geom::Pt;

/// Text that the last row cannot read.
pub(super) const LAW: Law =
    Law { name: "small-text", docs: include_str!("small_text.md"), check: Check::Page(check) };

/// What a size may be off by: what a transform's rounding makes of it.
const ROUNDING: Pt = Pt(0.01);

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let floors = roles::floors(ctx);
    for (id, block) in &ctx.page.boxes {
        let floor = floors.get(id).copied().unwrap_or(roles::accompanying(ctx.slide.span));
        let runs = block.lines.iter().flat_map(|line| &line.runs);
        let smallest = runs.min_by(|a, b| a.size.get().total_cmp(&b.size.get()));
        if let Some(run) = smallest.filter(|run| run.size + ROUNDING < floor.size) {
            let (size, least) = (run.size, floor.size);
            found.push(
                LAW.at(ctx, floor.span, format!("text of {size}, below the floor of {least}"))
                    .label(format!("`{}`", run.text.trim()))
                    .hint("this is a mistake in deckc: please report it with the deck"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing;
    use crate::geom::Pt;

    #[test]
    fn text_below_its_floor_is_found() {
        let at = |size| testing::run(super::check, |page| page.set_size(Pt(size)));
        assert_eq!(at(23.9), ["text of 23.9 pt, below the floor of 24 pt"]);
        assert!(at(24.0).is_empty());
    }
}
