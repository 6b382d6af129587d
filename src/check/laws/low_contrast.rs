//! `low-contrast`: see its page.

use super::{Check, Ctx, Law, roles};
use crate::diag::Diagnostic;

/// Text that a projector in a bright room washes out.
pub(super) const LAW: Law =
    Law { name: "low-contrast", docs: include_str!("low_contrast.md"), check: Check::Page(check) };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let floors = roles::floors(ctx);
    for (id, block) in &ctx.page.boxes {
        let floor = floors.get(id).copied().unwrap_or(roles::accompanying(ctx.slide.span));
        let runs = block.lines.iter().flat_map(|line| &line.runs);
        let faintest = runs
            .filter(|run| !run.text.trim().is_empty())
            .map(|run| (run.color.contrast(run.backdrop), run))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((ratio, run)) = faintest.filter(|(ratio, _)| *ratio < floor.contrast) else {
            continue;
        };
        let (color, backdrop, least) = (run.color, run.backdrop, floor.contrast);
        let message = format!(
            "`{color}` on `{backdrop}` has a contrast of {ratio:.1}:1, below the floor of {least}:1"
        );
        found.push(
            LAW.at(ctx, floor.span, message)
                .label(format!("`{}`", run.text.trim()))
                .hint("this is a mistake in deckc: please report it with the deck and its theme"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing;
    use crate::color::Rgb;

    #[test]
    fn faint_text_is_found() {
        let grey = |level| {
            let color = Rgb::new(level, level, level);
            testing::run(super::check, |page| page.set_colors(color, Rgb::new(255, 255, 255)))
        };
        assert_eq!(grey(0x60).len(), 1);
        assert!(grey(0x59).is_empty());
    }
}
