//! Content that is wider than its slot.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{LAW, count, excess_across, excess_down, mend, noun, shown};
use crate::check::laws::{Ctx, TOLERANCE};
use crate::diag::Diagnostic;
use crate::fit;
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockId, BlockKind, Code, CodeLine, Table};
use crate::page::{Line, SlotFill};
use crate::place::PlacedSlot;
use crate::source::Span;

/// The most lines that one finding points at.
const MAX_LABELS: usize = 5;

pub(super) fn check(ctx: Ctx<'_>, slot: &PlacedSlot, fill: SlotFill, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    blocks(ctx, slot, &slot.blocks, fill.room, found);
    // What is too high as well is mended with that.
    if excess_down(fill.used, fill.room).is_none() {
        for finding in &mut found[before..] {
            if let Some(block) = mend::code_at(slot, finding.span) {
                *finding = mend::code(ctx, slot, fill, block, finding.clone());
            }
        }
    }
    // Bars, bullets and pictures have no line of text to blame. A bar stands on
    // the edge of its box, half of it outside.
    let excess = excess_across(fill.used, fill.room).filter(|it| ctx.space.bar / 2.0 < *it);
    if let (true, Some(excess)) = (before == found.len(), excess) {
        let span = slot.blocks.iter().map(|block| block.span).reduce(Span::to);
        let (noun, name, pt) = (noun(slot), &slot.name, shown(excess));
        found.push(
            LAW.at(
                ctx,
                span.unwrap_or(ctx.slide.span),
                format!("the {noun} is {pt} too wide for slot `{name}`"),
            )
            .hint("use a layout with a wider slot: see `deckc layouts`"),
        );
    }
}

/// Footnotes stand below every slot and are as wide as all of them.
pub(super) fn check_footnotes(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let Some(room) = ctx.page.footnotes else { return };
    for note in &ctx.slide.footnotes {
        if let Some((excess, text)) = too_wide(ctx, note.id, room) {
            found.push(word(ctx, note.span, "the footnotes", excess, &text));
        }
    }
}

fn blocks(ctx: Ctx<'_>, slot: &PlacedSlot, all: &[Block], room: Rect, found: &mut Vec<Diagnostic>) {
    for block in all {
        match &block.kind {
            BlockKind::Code(code) => {
                match code_too_wide(ctx, slot, block.id, code, room) {
                    Some(finding) => found.push(finding),
                    // Code that is too wide leaves remarks no room as a matter of course.
                    None => super::remark::check(ctx, block.id, code, found),
                }
            }
            BlockKind::Heading { .. } | BlockKind::Para { .. } => {
                if let Some((excess, text)) = too_wide(ctx, block.id, room) {
                    let place = format!("slot `{}`", slot.name);
                    found.push(word(ctx, block.span, &place, excess, &text));
                }
            }
            BlockKind::Table(table) => {
                found.extend(table_too_wide(ctx, slot, block, table, room));
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    blocks(ctx, slot, &item.blocks, room, found);
                }
            }
            BlockKind::Quote { blocks: inner } => blocks(ctx, slot, inner, room, found),
            BlockKind::Callout(callout) => {
                let room = Rect { w: room.w - ctx.space.pad_x, ..room };
                blocks(ctx, slot, &callout.blocks, room, found);
            }
            BlockKind::Formula(_) => {
                let laid = ctx.page.boxes.get(&block.id).map(|it| it.rect);
                found.extend(laid.and_then(|rect| formula_too_wide(ctx, slot, block, rect, room)));
            }
            BlockKind::Image(_) => {}
        }
    }
}

/// A table whose columns together are wider than the slot, or one of whose
/// cells holds a word that is wider than its column.
fn table_too_wide(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    block: &Block,
    table: &Table,
    room: Rect,
) -> Option<Diagnostic> {
    let page_box = ctx.page.boxes.get(&block.id)?;
    let name = &slot.name;
    // A line between rows ends half its thickness outside of the table.
    let excess = excess_across(page_box.rect, room).filter(|it| ctx.space.bar / 2.0 < *it);
    if let Some(excess) = excess {
        let message = format!("the table is {} too wide for slot `{name}`", shown(excess));
        let finding = LAW.at(ctx, block.span, message);
        return Some(finding.hint("shorten the longest words, or leave out a column"));
    }
    let rows = std::iter::once(&table.head).chain(&table.rows);
    let cells = rows.flat_map(|row| (1..).zip(row).zip(&page_box.columns));
    let over = cells.filter_map(|((number, cell), width)| {
        let widest = widest(ctx, cell.id)?;
        let excess = widest.rect.w - *width;
        (TOLERANCE < excess).then_some((excess, number, cell, widest))
    });
    let (excess, number, cell, line) = over.max_by(|a, b| a.0.get().total_cmp(&b.0.get()))?;
    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
    Some(word(ctx, cell.span, &format!("column {number} of the table"), excess, &text))
}

/// A formula that is wider than its slot.
fn formula_too_wide(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    block: &Block,
    laid: Rect,
    room: Rect,
) -> Option<Diagnostic> {
    let excess = laid.w - room.w;
    (TOLERANCE < excess).then(|| {
        let message = format!("a formula is {} too wide for slot `{}`", shown(excess), slot.name);
        LAW.at(ctx, block.span, message)
            .hint("break it in two lines with `\\begin{aligned} a &= b \\\\ &= c \\end{aligned}`")
    })
}

/// The widest line of a block.
fn widest(ctx: Ctx<'_>, id: BlockId) -> Option<&Line> {
    let lines = ctx.page.boxes.get(&id)?.lines.iter();
    lines.max_by(|a, b| a.rect.w.get().total_cmp(&b.rect.w.get()))
}

/// The widest line of a block, if it does not fit: by how much, and its text.
fn too_wide(ctx: Ctx<'_>, id: BlockId, room: Rect) -> Option<(Pt, String)> {
    let lines = ctx.page.boxes.get(&id)?.lines.iter();
    let over = lines.filter_map(|line| Some((excess_across(line.rect, room)?, line)));
    let (excess, line) = over.max_by(|a, b| a.0.get().total_cmp(&b.0.get()))?;
    Some((excess, line.runs.iter().map(|run| run.text.as_str()).collect()))
}

/// Text that has no place to break.
fn word(ctx: Ctx<'_>, span: Span, place: &str, excess: Pt, text: &str) -> Diagnostic {
    let text = text.trim();
    // The place of the text itself, where it stands in the source as it is.
    let source = ctx.sources.text(span);
    let span = source.find(text).filter(|_| !text.is_empty()).map_or(span, |at| {
        let start = span.start as usize + at;
        Span::new(span.source, start..start + text.len())
    });
    LAW.at(ctx, span, format!("a line is {} too wide for {place}", shown(excess)))
        .label("has no place to break")
        .hint("shorten it, or put a space where it may break")
}

/// The lines of a code block that are too wide, in one finding.
fn code_too_wide(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    id: BlockId,
    code: &Code,
    room: Rect,
) -> Option<Diagnostic> {
    let page_box = ctx.page.boxes.get(&id)?;
    let right = room.right() - ctx.space.pad_x;
    let first_top = page_box.rect.y + ctx.space.pad_y;
    let mut over: Vec<(Span, usize, usize, Pt)> = Vec::new();
    for (index, row) in fit::rows(code, None, ctx.slide.wraps.get(&id)).iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
        let top = first_top + ctx.scale.code_pitch * index as f64;
        let near = |it: &&Line| (it.rect.y - top).get().abs() < ctx.scale.code_pitch.get() / 2.0;
        let Some(set) = page_box.lines.iter().find(near) else { continue };
        let text = row.text();
        let columns = text.trim_end().width();
        let excess = set.rect.right() - right;
        if excess <= TOLERANCE || columns == 0 {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a line has some columns")]
        let advance = set.rect.w / columns as f64;
        let fit = ((right + TOLERANCE - set.rect.x) / advance).floor();
        // Between nothing and the number of columns that stand there.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let fit = fit.clamp(0.0, 1e6) as usize;
        let from = if code.wrap { 0 } else { past(&text, fit) };
        let place = row.start + from..row.start + text.trim_end().len();
        over.push((place_in(ctx, &code.lines[row.line], place), columns, fit, excess));
    }
    let (_, columns, fit, excess) = *over.iter().max_by_key(|(_, columns, ..)| *columns)?;
    let (name, size) = (&slot.name, ctx.scale.code.get());
    let mut marks = over.iter().map(|(span, columns, fit, _)| {
        let label = if code.wrap {
            format!("{columns} columns, and no place to break")
        } else {
            format!("{columns} columns: break it at or before column {fit}")
        };
        (*span, label)
    });
    let (span, label) = marks.next()?;
    let message = match over.len() {
        1 => format!("a line of code is {columns} columns wide; {fit} fit slot `{name}` at {size}"),
        n => format!(
            "{n} lines of code are up to {columns} columns wide; {fit} fit slot `{name}` at {size}"
        ),
    };
    let mut finding = LAW.at(ctx, span, message).label(label);
    for (span, label) in marks.take(MAX_LABELS - 1) {
        finding = finding.also(span, label);
    }
    if MAX_LABELS < over.len() {
        finding =
            finding.hint(format!("{} more are too wide", count(over.len() - MAX_LABELS, "line")));
    }
    let (columns, pt) = (count(columns - fit.min(columns), "column"), shown(excess));
    finding = finding.hint(format!(
        "the widest is {columns} ({pt}) too wide; `code` and `code-full` are the widest layouts"
    ));
    if code.wrap {
        return Some(finding);
    }
    Some(finding.hint(super::WRAP))
}

/// The byte of a text at which a column stands, behind its indentation.
fn past(text: &str, fit: usize) -> usize {
    let indent = text.len() - text.trim_start().len();
    let mut column = 0;
    for (offset, grapheme) in text.grapheme_indices(true) {
        column += grapheme.width();
        if fit < column && indent <= offset {
            return offset;
        }
    }
    0
}

/// The place of some bytes of a code line, where the source is the line as it is
/// shown; else that of the whole line.
fn place_in(ctx: Ctx<'_>, line: &CodeLine, bytes: Range<usize>) -> Span {
    let source = ctx.sources.text(line.span);
    // Tabs before the text are spaces here, and tabs in it are not found.
    let indent = line.text.len() - line.text.trim_start().len();
    let found = source.find(line.text.trim()).filter(|_| indent <= bytes.start);
    found.map_or(line.span, |at| {
        let start = line.span.start as usize + at;
        Span::new(line.span.source, start + bytes.start - indent..start + bytes.end - indent)
    })
}
