//! `overlap`: see its page.

use super::{Check, Ctx, Law, TOLERANCE};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::source::Span;

/// Things that cover each other, or that nobody sees.
pub(super) const LAW: Law =
    Law { name: "overlap", docs: include_str!("overlap.md"), check: Check::Page(check) };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    // What is too large for its slot covers its neighbours as a matter of
    // course; that is told once, as overflow.
    if super::overflow::is_there(ctx) {
        return;
    }
    tall_formulas(ctx, found);
    let report = "this is a mistake in deckc: please report it with the deck";
    let mut seen: Vec<(Rect, Span)> = Vec::new();
    for block in ctx.slide.slots.iter().flat_map(|slot| &slot.blocks) {
        let Some(rect) = ctx.page.boxes.get(&block.id).map(|it| it.rect) else { continue };
        if !inside(rect, ctx) {
            found.push(LAW.at(ctx, block.span, "this lies outside of the canvas").hint(report));
        }
        if let Some((_, other)) = seen.iter().find(|(other, _)| overlap(rect, *other)) {
            found.push(
                LAW.at(ctx, block.span, "two blocks cover each other")
                    .also(*other, "the other one")
                    .hint(report),
            );
        }
        seen.push((rect, block.span));
    }
}

/// A formula in a line that reaches into the lines above and below it.
fn tall_formulas(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for (id, block) in &ctx.page.boxes {
        let Some(span) = super::roles::floors(ctx).get(id).map(|floor| floor.span) else {
            continue;
        };
        for formula in &block.formulas {
            let Some(line) = block
                .lines
                .iter()
                .find(|line| line.rect.y <= formula.rect.y && formula.rect.y <= line.rect.bottom())
            else {
                continue;
            };
            // Letters of the lines beside it stay so far off the line's edges.
            let (room, ink) = (line.rect.h * CLEARANCE, formula.ink);
            let above = line.rect.y - ink.y;
            let below = ink.bottom() - line.rect.bottom();
            if room < above.max(below) {
                let height = ink.h;
                let message = format!(
                    "a formula of {height} covers the lines beside it, which are {} high",
                    line.rect.h
                );
                found.push(
                    LAW.at(ctx, span, message)
                        .hint("give it a paragraph of its own: `$$...$$` between blank lines")
                        .hint(
                            "or write it flat: `a/b` for `\\frac{a}{b}`, `\\tfrac` for `\\dfrac`",
                        ),
                );
            }
        }
    }
}

/// How far a formula may reach out of its line, as a share of the line's height:
/// Inter's letters leave a seventh of a line free at its upper edge and as much at
/// its lower one.
const CLEARANCE: f64 = 0.13;

fn inside(rect: Rect, ctx: Ctx<'_>) -> bool {
    -TOLERANCE <= rect.x
        && -TOLERANCE <= rect.y
        && rect.right() <= ctx.canvas.width() + TOLERANCE
        && rect.bottom() <= ctx.canvas.height() + TOLERANCE
}

fn overlap(a: Rect, b: Rect) -> bool {
    let across = a.right().min(b.right()) - a.x.max(b.x);
    let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
    TOLERANCE < across && TOLERANCE < down
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing;
    use crate::geom::{Pt, Rect};

    #[test]
    fn blocks_that_cover_each_other_are_found() {
        let with = |y| testing::run(super::check, |page| page.add_block(Pt(y)));
        assert_eq!(with(110.0), ["two blocks cover each other"]);
        assert!(with(129.6).is_empty());
    }

    #[test]
    fn blocks_outside_of_the_canvas_are_found() {
        let rect = Rect::new(Pt(50.0), Pt(520.0), Pt(100.0), Pt(30.0));
        let found = testing::run(super::check, |page| page.set_rect(rect));
        assert_eq!(found, ["this lies outside of the canvas"]);
    }
}
