//! Content that is higher than its slot.

use super::{LAW, count, excess_down, noun, shown};
use crate::check::laws::{Ctx, TOLERANCE};
use crate::check::walk;
use crate::diag::Diagnostic;
use crate::geom::Pt;
use crate::model::{Block, BlockKind, Code, Overflow};
use crate::page::{Line, SlotFill};
use crate::place::PlacedSlot;
use crate::source::Span;

pub(super) fn check(ctx: Ctx<'_>, slot: &PlacedSlot, fill: SlotFill, found: &mut Vec<Diagnostic>) {
    let Some(excess) = excess_down(fill.used, fill.room) else { return };
    let too_long = match slot.blocks.last() {
        // Code is cut by the line, from its end.
        Some(Block { kind: BlockKind::Code(code), .. }) => code_too_long(ctx, slot, code, excess),
        Some(_) | None => None,
    };
    let mut finding = too_long.unwrap_or_else(|| text_too_long(ctx, slot, fill, excess));
    if let Some(footnotes) = ctx.page.footnotes {
        let taken = footnotes.h.rounded();
        finding = finding.hint(format!("the footnotes take {taken} of the room"));
    }
    found.push(finding);
}

/// Code at the end of a slot: how many of its lines are too many.
///
/// Gives `None` where it would still not fit without any line.
fn code_too_long(ctx: Ctx<'_>, slot: &PlacedSlot, code: &Code, excess: Pt) -> Option<Diagnostic> {
    let n_lines = code.lines.len();
    let n_over = in_lines(excess, ctx.scale.code_pitch);
    let n_fit = n_lines.checked_sub(n_over).filter(|n_fit| 0 < *n_fit)?;
    let (first, last) = (code.lines.get(n_fit)?, code.lines.last()?);
    let is_together = first.span.source == last.span.source && first.span.start <= last.span.end;
    let span = if is_together { first.span.to(last.span) } else { first.span };
    let (name, size) = (&slot.name, ctx.scale.code.get());
    let over = count(n_over, "line");
    let mut finding = LAW
        .at(ctx, span, format!("the code is {over} too long for slot `{name}`"))
        .label(format!("{} at {size}; {n_lines} stand here", fit(n_fit)))
        .hint(format!("leave out {over} ({} too high)", shown(excess)));
    let is_alone = slot.blocks.len() == 1;
    if ctx.slide.layout == "code" && is_alone && n_over <= 2 {
        finding =
            finding.hint("or drop the title and use `layout: code-full`, which holds 17 lines");
    }
    if is_alone && ctx.overflow == Overflow::Error {
        finding = finding
            .hint("or let it go on on the next slide: `overflow: split` in the front matter");
    }
    Some(finding)
}

/// Anything else: the first block that does not fit, and what comes after it.
fn text_too_long(ctx: Ctx<'_>, slot: &PlacedSlot, fill: SlotFill, excess: Pt) -> Diagnostic {
    // As if the content started at the top of the room.
    let shift = (fill.room.y - fill.used.y).max(Pt::ZERO);
    let fits = |bottom: Pt| bottom + shift <= fill.room.bottom() + TOLERANCE;
    let lines = lines(ctx, slot);
    let first = lines.iter().find(|(line, _)| !fits(line.rect.bottom())).map(|(_, span)| *span);
    let whole = slot.blocks.iter().map(|block| block.span).reduce(Span::to);
    let whole = whole.unwrap_or(ctx.slide.span);
    let span = first.map_or(whole, |first| Span { end: whole.end.max(first.end), ..first });
    let (name, noun) = (&slot.name, noun(slot));
    let pt = shown(excess);
    let Some((last, _)) = lines.last() else {
        return LAW
            .at(ctx, span, format!("the {noun} is {pt} too high for slot `{name}`"))
            .hint("make it lower, or use a layout with more room: see `deckc layouts`");
    };
    let n_over = in_lines(excess, last.rect.h);
    let n_fit = lines.iter().filter(|(line, _)| fits(line.rect.bottom())).count();
    let over = count(n_over, "line");
    let message = format!("the {noun} is {over} too long for slot `{name}`");
    let label = match one_size(&lines) {
        Some(size) => format!("{} at {size}; {} stand here", fit(n_fit), lines.len()),
        None => format!("from here on it does not fit, by {pt}"),
    };
    let act = match noun {
        "title" => format!("say it shorter ({pt} too high)"),
        _ => format!("say it shorter ({pt} too high), or move the rest to another slide"),
    };
    LAW.at(ctx, span, message).label(label).hint(act)
}

/// The lines of a slot from top to bottom, each with the place of its block.
fn lines<'a>(ctx: Ctx<'a>, slot: &'a PlacedSlot) -> Vec<(&'a Line, Span)> {
    let mut places: Vec<(crate::model::BlockId, Span)> = Vec::new();
    walk::blocks(&slot.blocks, &mut |block| {
        places.push((block.id, block.span));
        if let BlockKind::Table(table) = &block.kind {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            places.extend(cells.map(|cell| (cell.id, cell.span)));
        }
    });
    let mut lines: Vec<(&Line, Span)> = places
        .into_iter()
        .filter_map(|(id, span)| Some((ctx.page.boxes.get(&id)?, span)))
        .flat_map(|(block, span)| block.lines.iter().map(move |line| (line, span)))
        .collect();
    lines.sort_by(|(a, _), (b, _)| a.rect.y.get().total_cmp(&b.rect.y.get()));
    // Cells of a row stand on the same line.
    lines.dedup_by(|(a, _), (b, _)| (a.rect.y - b.rect.y).get().abs() < b.rect.h.get() / 2.0);
    lines
}

/// The size of the type, if it is the same on every line.
fn one_size(lines: &[(&Line, Span)]) -> Option<Pt> {
    let size = |line: &Line| {
        let sizes = line.runs.iter().map(|run| run.size);
        sizes.reduce(Pt::max).map(Pt::rounded)
    };
    let mut sizes = lines.iter().filter_map(|(line, _)| size(line));
    let first = sizes.next()?;
    sizes.all(|it| it == first).then_some(first)
}

/// How many lines must go to win so much room.
fn in_lines(excess: Pt, pitch: Pt) -> usize {
    let lines = ((excess - TOLERANCE) / pitch).ceil();
    // A page is some thousand points high at most.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let lines = if lines.is_finite() { lines.clamp(1.0, 1e6) as usize } else { 1 };
    lines
}

/// `1 line fits`, `15 lines fit`, `no line fits`.
fn fit(n_lines: usize) -> String {
    match n_lines {
        0 => "no line fits".to_owned(),
        1 => "1 line fits".to_owned(),
        _ => format!("{n_lines} lines fit"),
    }
}
