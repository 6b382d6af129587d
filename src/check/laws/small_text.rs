//! `small-text`: see its page.

use super::{Check, Ctx, Law, roles, shown};
use crate::diag::Diagnostic;
use crate::figure::Text;
use crate::geom::Pt;
use crate::model::{BlockId, Inline, Style, walk};
use crate::page::{BlockBox, Run};

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
            let hint = if has_scripts(ctx, *id) { SCRIPT } else { MISTAKE };
            found.push(own(ctx, floor, run, hint));
        }
        found.extend(in_formula(ctx, floor, block));
    }
    let floor = roles::accompanying(ctx.slide.span);
    let numbers = ctx.page.furniture.iter().filter(|run| roles::is_read(run));
    let smallest = numbers.min_by(|a, b| a.size.get().total_cmp(&b.size.get()));
    if let Some(run) = smallest.filter(|run| run.size + ROUNDING < floor.size) {
        found.push(own(ctx, floor, run, MISTAKE));
    }
    for picture in ctx.pictures() {
        found.extend(in_figure(ctx, picture));
    }
}

/// What to do for text that the author asked to be so small.
const SCRIPT: &str = "what is raised or lowered has 0.7 of the size around it: write it on the line, \
                      or as characters of their own like `²` and `₂`";

/// What to do for text that deckc made too small.
const MISTAKE: &str = "this is a mistake in deckc: please report it with the deck";

/// Text of the deck itself.
fn own(ctx: Ctx<'_>, floor: roles::Floor, run: &Run, hint: &str) -> Diagnostic {
    let (size, least) = (run.size, floor.size);
    LAW.at(ctx, floor.span, format!("text of {size}, below the floor of {least}"))
        .label(format!("`{}`", run.text.trim()))
        .hint(hint)
}

/// Whether a block, cell or footnote has something raised or lowered.
fn has_scripts(ctx: Ctx<'_>, id: BlockId) -> bool {
    let mut found = false;
    let is_script = |style: &Style| matches!(style, Style::Sub | Style::Sup);
    let mut look = |content: &[Inline]| found |= roles::holds(content, is_script);
    for slot in &ctx.slide.slots {
        walk::blocks(&slot.blocks, &mut |block| {
            let mut ids = Vec::new();
            walk::ids(std::slice::from_ref(block), &mut |it| ids.push(it));
            if ids.contains(&id) {
                walk::own_inlines(block).into_iter().for_each(&mut look);
            }
        });
    }
    let notes = ctx.slide.footnotes.iter().filter(|note| note.id == id);
    notes.for_each(|note| look(&note.content));
    found
}

/// The smallest sign of a block's formulas, where it is too small.
fn in_formula(ctx: Ctx<'_>, floor: roles::Floor, block: &BlockBox) -> Option<Diagnostic> {
    let runs = block.formulas.iter().flat_map(|formula| &formula.runs);
    let seen = runs.filter(|run| run.text.contains(char::is_alphanumeric));
    let smallest = seen.min_by(|a, b| a.size.get().total_cmp(&b.size.get()))?;
    let (shown, least) = (smallest.size, roles::SCRIPT);
    (shown + ROUNDING < least).then(|| {
        LAW.at(
            ctx,
            floor.span,
            format!("a sign of {shown} in a formula, below the floor of {least}"),
        )
        .label(format!("`{}`", smallest.text.trim()))
        .hint("write it with fewer scripts of scripts: `\\exp(x^2)` for `e^{x^2}`")
        .hint("or give it a paragraph of its own, where type is larger: `$$...$$`")
    })
}

/// The smallest text of a figure, where it is too small.
fn in_figure(ctx: Ctx<'_>, picture: shown::Shown<'_>) -> Option<Diagnostic> {
    let size = |text: &Text| picture.length(text.size);
    let is_small = |text: &&Text| size(text) + ROUNDING < roles::SMALL;
    let small: Vec<&Text> = picture.figure.texts.iter().filter(is_small).collect();
    let smallest = *small.iter().min_by(|a, b| a.size.total_cmp(&b.size))?;
    let (shown, least, path) = (size(smallest), roles::SMALL, &picture.image.path);
    let factor = least / shown;
    // Rounded up, so that who follows the hint has done enough.
    let rounded = |value: f64| (value * 100.0 - 1e-6).ceil() / 100.0;
    let others = match small.len() - 1 {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        n => format!(" and {n} more"),
    };
    // Rounded down: 13.97 pt are less than 14 pt.
    let said = Pt((shown.get() * 10.0).floor() / 10.0);
    let message =
        format!("text of {said} in the figure `{}`, below the floor of {least}", path.value);
    if let Some(drawing) = &picture.image.drawing {
        return Some(in_drawing(ctx, picture, drawing.kind.name(), factor, message));
    }
    let finding = LAW
        .at(ctx, path.span, message)
        .label(format!("`{}`{others}", smallest.text.trim()))
        .hint(format!(
            "make the text in the drawing {} times as large: `font-size` {} instead of {}",
            rounded(factor),
            rounded(smallest.font_size * factor),
            (smallest.font_size * 100.0).round() / 100.0,
        ));
    let (w, h) = (picture.figure.width, picture.figure.height);
    let whole = (ctx.canvas.width() / w).min(ctx.canvas.height() / h) * smallest.size;
    let can_grow = least <= whole && ctx.slide.layout != "image-full";
    Some(if picture.in_line {
        finding.hint("or show it as a figure of its own: in a line it is as high as the text")
    } else if can_grow {
        finding.hint(format!(
            "or give the figure the whole slide, where the text has {whole}: \
             `<!-- layout: image-full -->`"
        ))
    } else {
        finding.hint("or cut the drawing in two, and show each part larger")
    })
}

/// A drawing that had to be made so small that its text is: by how much it must
/// become simpler.
fn in_drawing(
    ctx: Ctx<'_>,
    picture: shown::Shown<'_>,
    kind: &str,
    factor: f64,
    message: String,
) -> Diagnostic {
    let path = &picture.image.path;
    let needed = (picture.rect.w * factor, picture.rect.h * factor);
    let room = picture.area;
    let over = |needed: Pt, room: Pt| ((1.0 - room / needed) * 100.0).ceil();
    let percent = |share: f64| format!("{share:.0} %");
    let (wide, high) = (over(needed.0, room.w), over(needed.1, room.h));
    let less = match (0.0 < wide, 0.0 < high) {
        (true, true) => format!("{} narrower and {} lower", percent(wide), percent(high)),
        (true, false) => format!("{} narrower", percent(wide)),
        (false, true) => format!("{} lower", percent(high)),
        (false, false) => {
            return LAW.at(ctx, path.span, message).hint("give no part of it a size of its own");
        }
    };
    let finding = LAW
        .at(ctx, path.span, message)
        .label(format!(
            "with text of {} it is {} x {}; there is room for {} x {}",
            roles::SMALL,
            needed.0.rounded(),
            needed.1.rounded(),
            room.w.rounded(),
            room.h.rounded(),
        ))
        .hint(format!("make it {less}: fewer or shorter texts, or another direction"))
        .hint(format!("or cut the `{kind}` fence in two, a slide each"));
    if ctx.slide.layout == "image" || ctx.slide.layout == "image-full" {
        finding
    } else {
        finding.hint("or give it a slide of its own, below nothing but a title")
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
