//! Content that is higher than its slot.

use super::{LAW, count, excess_down, list, mend, noun, shown};
use crate::check::laws::{Ctx, TOLERANCE};
use crate::check::walk;
use crate::diag::Diagnostic;
use crate::fit::{self, Uncut};
use crate::geom::Pt;
use crate::model::{Block, BlockKind, Cell, Code, Overflow, Table};
use crate::page::{Line, SlotFill};
use crate::place::PlacedSlot;
use crate::source::Span;

pub(super) fn check(ctx: Ctx<'_>, slot: &PlacedSlot, fill: SlotFill, found: &mut Vec<Diagnostic>) {
    let Some(excess) = excess_down(fill.used, fill.room) else { return };
    if let Some(footnotes) = ctx.page.footnotes
        && fill.used.h <= fill.room.h + footnotes.h + TOLERANCE
    {
        found.extend(footnotes_too_long(ctx, slot, fill, footnotes.h));
        return;
    }
    let too_long = match slot.blocks.as_slice() {
        // Code is cut by the line, from its end, and a table by the row.
        [.., Block { kind: BlockKind::Code(code), .. }] => code_too_long(ctx, slot, code, excess),
        [Block { kind: BlockKind::Table(table), .. }] => {
            table_too_long(ctx, slot, fill, table, excess)
        }
        _ => None,
    };
    let finding = too_long.unwrap_or_else(|| text_too_long(ctx, slot, fill, excess));
    found.push(match mend::last_code(slot) {
        Some(block) => mend::code(ctx, slot, fill, block, finding),
        None => list::mend(ctx, slot, fill, finding),
    });
}

/// Footnotes without which the slot would be large enough.
fn footnotes_too_long(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    taken: Pt,
) -> Option<Diagnostic> {
    let (first, last) = (ctx.slide.footnotes.first()?, ctx.slide.footnotes.last()?);
    let (name, taken) = (&slot.name, taken.rounded());
    let (needed, left) = (fill.used.h.rounded(), fill.room.h.max(Pt::ZERO).rounded());
    let whole = slot.blocks.iter().map(|block| block.span).reduce(Span::to)?;
    let finding = LAW
        .at(ctx, first.span, format!("the footnotes leave too little room for slot `{name}`"))
        .label(format!("they take {taken}"))
        .also(whole, format!("needs {needed}, and has {left}"))
        .hint("shorten the footnotes, or what they belong to");
    Some(if first.id == last.id { finding } else { finding.hint("or divide the slide") })
}

/// A table alone in its slot: how many of its rows are too many.
fn table_too_long(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    table: &Table,
    excess: Pt,
) -> Option<Diagnostic> {
    // Rows that lie past the end of the page have no lines at all.
    let fits = |row: &[Cell]| {
        let boxes = row.iter().filter_map(|cell| ctx.page.boxes.get(&cell.id));
        let bottoms = boxes.flat_map(|it| &it.lines).map(|line| line.rect.bottom());
        bottoms.reduce(Pt::max).is_some_and(|bottom| fit_in(fill, bottom))
    };
    let rows: Vec<&[Cell]> =
        std::iter::once(&table.head).chain(&table.rows).map(Vec::as_slice).collect();
    let n_fit = rows.iter().rposition(|row| fits(row)).map_or(0, |last| last + 1);
    let over = rows.get(n_fit..).filter(|over| !over.is_empty())?;
    let span = over.first()?.first()?.span.to(over.last()?.last()?.span);
    let (name, size, n_rows) = (&slot.name, ctx.scale.table.size, rows.len());
    let too_many = count(over.len(), "row");
    let fit = match n_fit {
        0 => "no row fits".to_owned(),
        1 => "1 row fits".to_owned(),
        _ => format!("{n_fit} rows fit"),
    };
    let visible = shown(excess);
    Some(
        LAW.at(ctx, span, format!("the table is {too_many} too long for slot `{name}`"))
            .label(format!("{fit} at {size}; {}", standing(n_rows)))
            .hint(format!(
                "leave out {too_many} (at least {visible} too high), or move them to another slide"
            )),
    )
}

/// Whether something that ends there fits, as if the content started at the top
/// of the room.
fn fit_in(fill: SlotFill, bottom: Pt) -> bool {
    let shift = (fill.room.y - fill.used.y).max(Pt::ZERO);
    bottom + shift <= fill.room.bottom() + TOLERANCE
}

/// Code at the end of a slot: how many of its lines are too many.
///
/// Gives `None` where it would still not fit without any line.
fn code_too_long(ctx: Ctx<'_>, slot: &PlacedSlot, code: &Code, excess: Pt) -> Option<Diagnostic> {
    let n_lines = code.lines.len();
    let n_over = in_lines(excess, ctx.scale.code_pitch);
    let id = slot.blocks.last()?.id;
    let rows = fit::rows(code, None, ctx.slide.wraps.get(&id));
    // A line of several rows goes with all of them.
    let n_fit = rows.get(rows.len().checked_sub(n_over)?)?.line;
    let n_over = n_lines - n_fit;
    if n_fit == 0 {
        return None;
    }
    let (first, last) = (code.lines.get(n_fit)?, code.lines.last()?);
    let is_together = first.span.source == last.span.source && first.span.start <= last.span.end;
    let span = if is_together { first.span.to(last.span) } else { first.span };
    let (name, size) = (&slot.name, ctx.scale.code.get());
    let over = count(n_over, "line");
    let mut finding = LAW
        .at(ctx, span, format!("the code is {over} too long for slot `{name}`"))
        .label(format!("{} at {size}; {}", fitting(n_fit), standing(n_lines)))
        .hint(format!("leave out {over} ({} too high)", shown(excess)));
    let is_alone = slot.blocks.len() == 1;
    if ctx.slide.layout == "code" && is_alone && n_over <= 2 {
        finding =
            finding.hint("or drop the title and use `layout: code-full`, which holds 17 lines");
    }
    let parts = ctx.room.map(|room| fit::parts(ctx.slide, slot, ctx.tokens, room));
    Some(match (ctx.slide.overflow, parts) {
        (Overflow::Error, Some(Ok(parts))) if parts.len() > 1 => finding.hint(format!(
            "or let it go on on the next slide: `overflow: split` makes {} of this one",
            parts.len()
        )),
        (Overflow::Split, Some(Err(why))) => finding.hint(why_uncut(why)),
        (Overflow::Error | Overflow::Split, _) => finding,
    })
}

/// Why code is not cut, and what to do for it.
fn why_uncut(why: Uncut) -> String {
    match why {
        Uncut::NotAlone => {
            "or put what stands beside it in its slot on another slide: only code that is alone \
             in its slot is cut"
                .to_owned()
        }
        Uncut::Footnotes => {
            "or take the footnotes away: code above footnotes is not cut".to_owned()
        }
        Uncut::TooLong => {
            format!("or show less of it: code is cut into at most {} parts", fit::MAX_PARTS)
        }
    }
}

/// Anything else: the first block that does not fit, and what comes after it.
fn text_too_long(ctx: Ctx<'_>, slot: &PlacedSlot, fill: SlotFill, excess: Pt) -> Diagnostic {
    let lines = lines(ctx, slot);
    let fits = |(line, _): &&(&Line, Span)| fit_in(fill, line.rect.bottom());
    let first = lines.iter().find(|line| !fits(line)).map(|(_, span)| *span);
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
    let n_fit = lines.iter().filter(fits).count();
    // What is too long without a line that does not fit is a bar or a box.
    let n_over = match lines.len() - n_fit {
        0 => in_lines(excess, last.rect.h),
        n_over => n_over,
    };
    let over = count(n_over, "line");
    let message = format!("the {noun} is {over} too long for slot `{name}`");
    let label = match one_size(&lines) {
        Some(size) => format!("{} at {size}; {}", fitting(n_fit), standing(lines.len())),
        None => format!("from here on it does not fit, by {pt}"),
    };
    let act = match noun {
        // Not even one line would fit.
        _ if last.rect.h > fill.room.h + TOLERANCE => format!(
            "make the slot at least {pt} higher in `layouts/{}.toml`, or use a layout with more \
             room: see `deckc layouts`",
            ctx.slide.layout
        ),
        "title" => format!("say it shorter ({pt} too high)"),
        _ => format!("say it shorter ({pt} too high), or move the rest to another slide"),
    };
    LAW.at(ctx, span, message).label(label).hint(act)
}

/// The lines of a slot from top to bottom, each with its place: of code the line,
/// else the block.
fn lines<'a>(ctx: Ctx<'a>, slot: &'a PlacedSlot) -> Vec<(&'a Line, Span)> {
    let mut found: Vec<(&Line, Span)> = Vec::new();
    let mut add = |id, place: &dyn Fn(usize) -> Span| {
        let lines = ctx.page.boxes.get(&id).map_or(&[][..], |it| &it.lines);
        found.extend(lines.iter().enumerate().map(|(nth, line)| (line, place(nth))));
    };
    walk::blocks(&slot.blocks, &mut |block| {
        if let BlockKind::Code(code) = &block.kind {
            let rows = fit::rows(code, None, ctx.slide.wraps.get(&block.id));
            let line = |nth: usize| Some(code.lines.get(rows.get(nth)?.line)?.span);
            let is_here = |span: &Span| span.source == block.span.source;
            add(block.id, &|nth| line(nth).filter(is_here).unwrap_or(block.span));
            return;
        }
        add(block.id, &|_| block.span);
        if let BlockKind::Table(table) = &block.kind {
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                add(cell.id, &|_| cell.span);
            }
        }
    });
    found.sort_by(|(a, _), (b, _)| a.rect.y.get().total_cmp(&b.rect.y.get()));
    // Cells of a row stand on the same line.
    found.dedup_by(|(a, _), (b, _)| (a.rect.y - b.rect.y).get().abs() < b.rect.h.get() / 2.0);
    found
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

/// `1 stands here`, `18 stand here`.
fn standing(n: usize) -> String {
    if n == 1 { "1 stands here".to_owned() } else { format!("{n} stand here") }
}

/// `1 line fits`, `15 lines fit`, `no line fits`.
fn fitting(n_lines: usize) -> String {
    match n_lines {
        0 => "no line fits".to_owned(),
        1 => "1 line fits".to_owned(),
        _ => format!("{n_lines} lines fit"),
    }
}
