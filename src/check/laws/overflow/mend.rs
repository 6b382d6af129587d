//! The change of the deck that mends code which does not fit.
//!
//! One change for a code block, whatever is wrong with it. For lines that are too
//! long: tabs made two spaces, if that is enough, else `wrap`. For too many lines:
//! a window on the focus, if there is one, else a slide for each part.

use unicode_width::UnicodeWidthStr as _;

use super::fence::Fence;
use super::window::{self, Pane};
use crate::check::laws::Ctx;
use crate::diag::{Diagnostic, Patch};
use crate::fit::{self, Room, Width};
use crate::layout::TextRole;
use crate::model::{Block, BlockKind, Code, Role};
use crate::page::SlotFill;
use crate::place::{self, PlacedSlot};
use crate::source::Span;

/// Adds the change that mends the code of a block, if there is one.
pub(super) fn code(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    block: &Block,
    finding: Diagnostic,
) -> Diagnostic {
    let BlockKind::Code(code) = &block.kind else { return finding };
    let patches = ctx.room.and_then(|room| patches(ctx, room, slot, fill, block, code));
    let mut finding = finding;
    finding.patches.extend(patches.unwrap_or_default());
    finding
}

fn patches(
    ctx: Ctx<'_>,
    room: Room<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    block: &Block,
    code: &Code,
) -> Option<Vec<Patch>> {
    let fence = Fence::of(ctx, block, code).filter(|_| ctx.slide.part.is_none())?;
    let columns = room.columns(code, Width::of(slot));
    let runs = ctx.tokens.get(&block.id)?;

    // Sideways: what makes every line fit.
    let width = |nth: usize| code.lines[nth].text.trim_end().width();
    let lines = || 0..code.lines.len();
    let is_narrow = lines().all(|nth| width(nth) <= columns);
    let retabbed =
        !is_narrow && !code.wrap && lines().all(|nth| width(nth) - fence.tabs(nth) * 2 <= columns);
    let wrap = code.wrap || !is_narrow && !retabbed;
    let mended = Code { wrap, ..code.clone() };
    let breaks = if wrap { fit::breaks(runs, columns)? } else { vec![Vec::new(); runs.len()] };
    let heights: Vec<usize> = breaks.iter().map(|breaks| breaks.len() + 1).collect();

    // Downwards: how many rows there are.
    let rows_now = fit::rows(code, None, ctx.slide.wraps.get(&block.id)).len();
    let pitch = ctx.scale.code_pitch;
    let free = fit::whole((fill.room.h - fill.used.h + super::TOLERANCE) / pitch);
    let is_alone = slot.blocks.len() == 1 && ctx.slide.footnotes.is_empty();
    let rows = if is_alone { room.rows(slot.rect.h) } else { rows_now + free };
    let written = |code: &Code, range: std::ops::Range<usize>| {
        let lines: Vec<String> = range.map(|nth| fence.line(nth, retabbed)).collect();
        fence.with(code, &lines)
    };
    if heights.iter().sum::<usize>() <= rows {
        return Some(if retabbed {
            vec![Patch { span: fence.span(), text: written(&mended, lines()) }]
        } else {
            vec![Patch { span: fence.info_end(), text: " wrap".to_owned() }]
        })
        .filter(|_| retabbed || wrap && !code.wrap);
    }
    if let Some((panes, shown)) = window::window(&mended, &heights, rows) {
        let lang = code.lang.as_ref().map(|lang| lang.value.0.as_str());
        let line = |pane: &Pane| match pane {
            Pane::Line(nth) => fence.line(*nth, retabbed),
            Pane::Gap(indent) => format!("{}{}", " ".repeat(*indent), window::mark(lang)),
        };
        let lines: Vec<String> = panes.iter().map(line).collect();
        return Some(vec![Patch { span: fence.span(), text: fence.with(&shown, &lines) }]);
    }
    let parts = fit::cut(&code.lines, Some(runs), &breaks, rows).filter(|_| is_alone)?;
    let codes: Vec<String> = parts
        .iter()
        .map(|lines| written(&fit::part(&mended, lines.clone()), lines.clone()))
        .collect();
    let first = if retabbed {
        vec![Patch { span: fence.span(), text: codes[0].clone() }]
    } else {
        fence.keep(&fit::part(&mended, parts[0].clone()), &parts[0])
    };
    split(ctx, block, &fence, &parts, &codes, first)
}

/// A slide for each part of its code; `first` makes the fence that of part 1.
fn split(
    ctx: Ctx<'_>,
    block: &Block,
    fence: &Fence<'_>,
    parts: &[std::ops::Range<usize>],
    codes: &[String],
    first: Vec<Patch>,
) -> Option<Vec<Patch>> {
    let (slide, eol, n_parts) = (ctx.slide, fence.eol, parts.len());
    let text = ctx.sources.text(slide.span);
    let is_plain =
        |line: &str| !line.starts_with(":::") || matches!(line.trim(), ":::" | "::: notes");
    let others: Vec<&Block> = slide
        .slots
        .iter()
        .flat_map(|slot| &slot.blocks)
        .filter(|other| other.id != block.id)
        .collect();
    if !slide.allow.is_empty() || slide.span.source != fence.source || !text.lines().all(is_plain) {
        return None;
    }
    let mut patches = first;
    let title = match others.as_slice() {
        [] => None,
        [title] => Some(heading(ctx, title)?),
        _ => return None,
    };
    if let Some((_, _, end)) = title {
        patches.push(Patch { span: end, text: format!(" (1/{n_parts})") });
    }
    let total = parts.last().map_or(1, |part| part.end.max(1)) as u64;
    let until = |lines: usize, time: u32| u64::from(time) * lines as u64 / total;
    if let Some(time) = &slide.time {
        let first = until(parts[0].end, time.value.0);
        patches.push(Patch { span: time.span, text: format!("{first}s") });
    }
    let mut further = String::new();
    for (nth, code) in codes.iter().enumerate().skip(1) {
        let mut keys = Vec::new();
        if slide.reason == place::NAMED {
            keys.push(format!("layout: {}", slide.layout));
        }
        if slide.role != Role::Main {
            keys.push(format!("role: {}", slide.role.name()));
        }
        if let Some(time) = &slide.time {
            let (before, after) = (parts[nth - 1].end, parts[nth].end);
            let share = until(after, time.value.0) - until(before, time.value.0);
            keys.push(format!("time: {share}s"));
        }
        let mut blocks = vec!["---".to_owned()];
        blocks.extend((!keys.is_empty()).then(|| format!("<!-- {} -->", keys.join(", "))));
        if let Some((level, text, _)) = title {
            blocks.push(format!("{} {text} ({}/{n_parts})", "#".repeat(level), nth + 1));
        }
        blocks.push(code.clone());
        for block in blocks {
            further.push_str(eol);
            further.push_str(eol);
            further.push_str(&block);
        }
    }
    let end = slide.span.start as usize + text.trim_end().len();
    patches.push(Patch { span: Span::new(slide.span.source, end..end), text: further });
    Some(patches)
}

/// The level of a title that has room for its number, its text in the deck, and
/// the place behind it.
fn heading<'a>(ctx: Ctx<'a>, title: &Block) -> Option<(usize, &'a str, Span)> {
    /// The width of ` (1/2)` at most, as a share of the size.
    const NUMBER: f64 = 2.8;
    let BlockKind::Heading { level, content } = &title.kind else { return None };
    let (first, last) = (content.first()?, content.last()?);
    let span = first.span.to(last.span);
    let slot =
        ctx.slide.slots.iter().find(|slot| slot.blocks.iter().any(|it| it.id == title.id))?;
    let laid = ctx.page.boxes.get(&title.id)?.lines.last()?;
    let size = ctx.scale.title.size * NUMBER;
    let fits = slot.text == TextRole::Title && laid.rect.right() + size <= slot.rect.right();
    let is_atx = ctx.sources.text(title.span).starts_with('#');
    (fits && is_atx)
        .then(|| (usize::from(*level), ctx.sources.text(span), Span { start: span.end, ..span }))
}
