//! The change of the deck that mends a list which is too long: two columns, where
//! the items are short, else a slide for each part.

use std::ops::Range;

use super::Change;
use super::further::{self, Title};
use crate::check::laws::{Ctx, TOLERANCE};
use crate::diag::{Diagnostic, Patch};
use crate::geom::{Pt, Rect};
use crate::layout::{Layouts, Shape};
use crate::model::{Block, BlockKind, Item, List, walk};
use crate::page::SlotFill;
use crate::place::{self, PlacedSlot};
use crate::source::Span;

/// The most slides that a list is cut into.
const MAX_PARTS: usize = 4;

/// The most items of a list that is cut: far more than so many slides hold.
const MAX_ITEMS: usize = 100;

/// Adds the change that mends the list at the end of a slot, if there is one.
pub(super) fn mend(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    finding: Diagnostic,
) -> Diagnostic {
    let change = Mend::new(ctx, slot, fill)
        .filter(|_| further::is_all(ctx, slot))
        .and_then(|list| list.columns().or_else(|| list.slides()));
    super::with_change(finding, change)
}

/// A list that is too long.
struct Mend<'a> {
    ctx: Ctx<'a>,
    slot: &'a PlacedSlot,
    block: &'a Block,
    list: &'a List,
    /// The room of its slot.
    room: Pt,
    /// The room that what stands above it leaves.
    first_room: Pt,
    /// Where each item starts and ends on the page, the space above the first one
    /// taken off.
    extents: Vec<(Pt, Pt)>,
    /// The right end of the longest line, from the edge of the slot.
    width: Pt,
    /// The text of the deck, and where each item starts in it: its line.
    text: &'a str,
    starts: Vec<usize>,
    /// Where the last item ends.
    end: usize,
}

impl<'a> Mend<'a> {
    fn new(ctx: Ctx<'a>, slot: &'a PlacedSlot, fill: SlotFill) -> Option<Self> {
        let block = slot.blocks.last()?;
        let BlockKind::List(list) = &block.kind else { return None };
        let source = block.span.source;
        if ctx.slide.part.is_some() || ctx.slide.span.source != source || list.items.len() < 2 {
            return None;
        }
        let text: &str = &ctx.sources.get(source).text;
        let start_of = |item: &Item| {
            let at = item.span.start as usize;
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            // At the edge of the page, nothing but white space stands before its mark.
            text[line..at].bytes().all(|byte| byte == b' ').then_some(line)
        };
        let starts: Vec<usize> = list.items.iter().map(start_of).collect::<Option<_>>()?;
        let last = list.items.last()?.span.range();
        let end = last.start + text[last].trim_end().len();

        let rect = |item: &Item| {
            let mut all = None;
            walk::blocks(&item.blocks, &mut |block| {
                let rect = ctx.page.boxes.get(&block.id).map(|it| it.rect);
                all = all.into_iter().chain(rect).reduce(Rect::union);
            });
            all
        };
        let rects: Vec<_> = list.items.iter().map(rect).collect::<Option<_>>()?;
        let top = rects.first()?.y;
        let extents = rects.iter().map(|rect| (rect.y - top, rect.bottom() - top)).collect();
        let rights = rects.iter().map(|rect| rect.right() - fill.room.x);
        Some(Self {
            ctx,
            slot,
            block,
            list,
            room: fill.room.h,
            first_room: fill.room.h - (top - fill.used.y),
            extents,
            width: rights.reduce(Pt::max)?,
            text,
            starts,
            end,
        })
    }

    /// Two columns side by side, where the list is all that stands below the
    /// title and every line stays as it is.
    fn columns(&self) -> Option<Change> {
        let slide = self.ctx.slide;
        let layouts = Layouts::built_in();
        let is_content = layouts.for_shape(Shape::Content)?.name == slide.layout;
        let is_plain = is_content && slide.reason != place::NAMED && self.slot.blocks.len() == 1;
        let column = *layouts.for_shape(Shape::LeftRight)?.solve(self.ctx.canvas).get("left")?;
        if !is_plain || self.containers()? != Container::None || column.w < self.width {
            return None;
        }
        let parts = self.cut(column.h, column.h, 2)?;
        let [_, right] = parts.as_slice() else { return None };
        let source = self.block.span.source;
        let at = |at: usize, text: &str| Patch {
            span: Span::new(source, at..at),
            text: text.to_owned(),
        };
        let patches = vec![
            at(self.starts[0], "::: left\n"),
            at(self.end_of(right.start - 1), "\n:::\n\n::: right"),
            at(self.end, "\n:::"),
        ];
        Some(("set it in two columns".to_owned(), patches))
    }

    /// A slide for each part.
    fn slides(&self) -> Option<Change> {
        let container = self.containers()?;
        let title = Title::of(self.ctx).ok()?;
        let parts = self.cut(self.first_room, self.room, MAX_PARTS)?;
        let (first, rest) = parts.split_first()?;
        let bodies: Vec<String> =
            rest.iter().map(|part| self.body(part, container)).collect::<Option<_>>()?;
        let ends: Vec<usize> = parts.iter().map(|part| part.end).collect();
        let source = self.block.span.source;
        let gone = Span::new(source, self.end_of(first.end - 1)..self.end);
        let mut patches = vec![Patch { span: gone, text: String::new() }];
        patches.extend(further::slides(self.ctx, title.as_ref(), &bodies, &ends, true));
        Some((format!("cut it into {} parts, each on a slide", parts.len()), patches))
    }

    /// What stands on a further slide.
    fn body(&self, part: &Range<usize>, container: Container) -> Option<String> {
        let text = &self.text[self.starts[part.start]..self.end_of(part.end - 1)];
        let mut text = text.replace("\r\n", "\n");
        // The number of the first item decides on all.
        if let Some(start) = self.list.start {
            let number = start.checked_add(u32::try_from(part.start).ok()?)?.to_string();
            let at = text.find(|ch: char| ch.is_ascii_digit())?;
            let n_digits = text[at..].chars().take_while(char::is_ascii_digit).count();
            let is_flat = text.lines().skip(1).all(|line| !line.starts_with([' ', '\t']));
            if n_digits != number.len() && !is_flat {
                return None;
            }
            text.replace_range(at..at + n_digits, &number);
        }
        Some(match container {
            Container::None => text,
            Container::Steps => format!("::: steps\n{text}\n:::"),
        })
    }

    /// The end of an item's text.
    fn end_of(&self, item: usize) -> usize {
        let end = self.starts.get(item + 1).copied().unwrap_or(self.end);
        self.text[..end].trim_end().len()
    }

    /// The items of each part: as few parts as need be, about as high as each
    /// other. `None` for more than `max`, and where an item is higher than the
    /// room.
    fn cut(&self, first: Pt, room: Pt, max: usize) -> Option<Vec<Range<usize>>> {
        let n_items = self.extents.len();
        if MAX_ITEMS < n_items {
            return None;
        }
        // What it costs at least to end a part with each item, and where that part
        // starts, for each number of parts.
        let mut best = vec![vec![None; n_items + 1]];
        best[0][0] = Some((0.0, 0));
        for nth in 0..max {
            let limit = if nth == 0 { first } else { room } + TOLERANCE;
            let cost = |start: usize, end: usize| {
                let height = self.extents[end - 1].1 - self.extents[start].0;
                let (before, _) = best[nth][start]?;
                (height <= limit).then_some((before + height.get() * height.get(), start))
            };
            let least = |end: usize| {
                let all = (0..end).filter_map(|start| cost(start, end));
                all.min_by(|(a, _), (b, _): &(f64, usize)| a.total_cmp(b))
            };
            let row: Vec<Option<(f64, usize)>> = (0..=n_items).map(least).collect();
            let is_done = 0 < nth && row[n_items].is_some();
            best.push(row);
            if is_done {
                break;
            }
        }
        let (mut parts, mut end) = (Vec::new(), n_items);
        for row in best[1..].iter().rev() {
            let (_, start) = row[end]?;
            parts.push(start..end);
            end = start;
        }
        parts.reverse();
        Some(parts)
    }

    /// What the list stands in: `None` for anything but `::: steps`.
    fn containers(&self) -> Option<Container> {
        let before = &self.text[self.ctx.slide.span.start as usize..self.starts[0]];
        let mut open: Vec<&str> = Vec::new();
        for line in before.lines().filter_map(|line| line.trim_end().strip_prefix(":::")) {
            match line.trim() {
                "" => drop(open.pop()),
                name => open.push(name),
            }
        }
        match open.as_slice() {
            [] => Some(Container::None),
            ["steps"] => Some(Container::Steps),
            _ => None,
        }
    }
}

/// What a list stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    None,
    Steps,
}
