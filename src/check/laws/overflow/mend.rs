//! The change of the deck that mends code which does not fit.
//!
//! One change for a code block, whatever is wrong with it. For lines that are too
//! long: tabs of two columns, if that is enough, else `wrap`. For too many lines:
//! a window on the focus, if there is one, else a slide for each part. What stands
//! beside the code stays on the first of them.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

use super::Change;
use super::fence::Fence;
use super::further::{self, Title};
use super::window::{self, Pane};
use crate::check::laws::Ctx;
use crate::diag::Diagnostic;
use crate::fit::{self, Room};
use crate::highlight::TokenRun;
use crate::layout::{Layouts, Shape};
use crate::model::{Block, BlockKind, Code, CodeLine, Overflow, walk};
use crate::page::SlotFill;
use crate::place::PlacedSlot;
use crate::program::Toolchain;
use crate::source::Span;

/// The fewest rows of code that are worth to stay on a slide when the rest goes.
const MIN_ROWS: usize = 4;

/// What a window does.
const WINDOW: &str = "show the lines of the focus and those around them, and a mark for the others";

/// Adds the change that mends a code block, if there is one.
pub(super) fn code(
    ctx: Ctx<'_>,
    slot: &PlacedSlot,
    fill: SlotFill,
    block: &Block,
    finding: Diagnostic,
) -> Diagnostic {
    let BlockKind::Code(code) = &block.kind else { return finding };
    // Remarks name lines of the block as it is.
    if !code.remarks.is_empty() {
        return finding;
    }
    let mended = ctx.room.and_then(|room| Mend::new(ctx, room, slot, fill, block, code));
    super::with_change(finding, mended.and_then(|mend| mend.change()))
}

/// The last code block of a slot, in other blocks, too.
pub(super) fn last_code(slot: &PlacedSlot) -> Option<&Block> {
    let mut last = None;
    walk::blocks(&slot.blocks, &mut |block| {
        if let BlockKind::Code(_) = block.kind {
            last = Some(block);
        }
    });
    last
}

/// The code block of a slot, in other blocks, too, that has a line at a place.
pub(super) fn code_at(slot: &PlacedSlot, place: Span) -> Option<&Block> {
    let is_at = |line: &CodeLine| {
        let (outer, inner) = (line.span, place);
        outer.source == inner.source && outer.start <= inner.start && inner.start <= outer.end
    };
    let mut found = None;
    walk::blocks(&slot.blocks, &mut |block| {
        if let BlockKind::Code(code) = &block.kind
            && code.lines.iter().any(is_at)
        {
            found = found.or(Some(block));
        }
    });
    found
}

/// What is known of a code block that does not fit.
struct Mend<'a> {
    ctx: Ctx<'a>,
    room: Room<'a>,
    slot: &'a PlacedSlot,
    block: &'a Block,
    code: &'a Code,
    fence: Fence<'a>,
    /// The words that make every line fit.
    words: Vec<&'static str>,
    /// Where lines go on on further rows, with these words.
    breaks: Vec<Vec<usize>>,
    /// How many rows fit where the code stands.
    rows: usize,
    /// Whether nothing else stands in its slot.
    is_alone: bool,
}

impl<'a> Mend<'a> {
    fn new(
        ctx: Ctx<'a>,
        room: Room<'a>,
        slot: &'a PlacedSlot,
        fill: SlotFill,
        block: &'a Block,
        code: &'a Code,
    ) -> Option<Self> {
        let fence = Fence::of(ctx, block).filter(|_| ctx.slide.part.is_none())?;
        let columns = room.columns(code, room.width(slot, block.id)?);
        let runs = ctx.tokens.get(block.id)?;

        let width = |nth: usize| code.lines[nth].text.trim_end().width();
        let lines = || 0..code.lines.len();
        let tabs = |nth: usize| {
            let line = ctx.sources.text(code.lines[nth].span);
            line.len() - line.trim_start_matches('\t').len()
        };
        let narrower = |nth: usize| width(nth).saturating_sub(tabs(nth) * 2);
        let is_narrow = code.wrap || lines().all(|nth| width(nth) <= columns);
        let is_deep =
            !is_narrow && !fence.has("tabs") && lines().all(|nth| narrower(nth) <= columns);
        let words = match (is_narrow, is_deep) {
            (true, _) => Vec::new(),
            (false, true) => vec!["tabs=2"],
            (false, false) => vec!["wrap"],
        };
        let breaks = if code.wrap || words.contains(&"wrap") {
            fit::breaks(runs, columns)?
        } else {
            vec![Vec::new(); runs.len()]
        };

        let rows_now = fit::rows(code, None, ctx.slide.wraps.get(&block.id)).len();
        let pitch = ctx.scale.code_pitch;
        let is_alone = slot.blocks.len() == 1
            && slot.blocks[0].id == block.id
            && ctx.slide.footnotes.is_empty();
        let rows = if is_alone {
            room.rows(slot.rect.h)
        } else {
            #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
            let taken = pitch * rows_now as f64;
            fit::whole((fill.room.h - fill.used.h + taken + super::TOLERANCE) / pitch)
        };
        Some(Self { ctx, room, slot, block, code, fence, words, breaks, rows, is_alone })
    }

    fn change(&self) -> Option<Change> {
        let heights: Vec<usize> = self.breaks.iter().map(|breaks| breaks.len() + 1).collect();
        if heights.iter().sum::<usize>() <= self.rows {
            let act = match self.words.as_slice() {
                ["wrap"] => "write `wrap` behind the language: long lines go on on the next row",
                _ => "write `tabs=2` behind the language: lines that are indented less fit",
            };
            return Some((act.to_owned(), self.fence.with_words(&self.words)))
                .filter(|(_, patches)| !patches.is_empty());
        }
        if !self.fence.holds(self.code) {
            return self.goes_on();
        }
        if let Some((panes, shown)) = window::window(self.code, &heights, self.rows) {
            if self.is_tested() {
                let patches = self.fence.elided(self.code, &shown, &self.words, &panes);
                return Some((WINDOW.to_owned(), patches));
            }
            let lang = self.code.lang.as_ref().map(|lang| lang.value.0.as_str());
            let panes = (panes.as_slice(), window::mark(lang));
            let patches = self.fence.left(self.code, &shown, &self.words, panes)?;
            return Some((WINDOW.to_owned(), patches));
        }
        // What is to be done with a program is said once, for the whole of it.
        if self.code.task.is_some() || self.code.program.is_some() {
            return self.goes_on();
        }
        self.split()
    }

    /// Whether `deckc test` takes the code for a program, which has to compile
    /// before and after.
    fn is_tested(&self) -> bool {
        let lang = self.code.lang.as_ref();
        lang.is_some_and(|lang| Toolchain::of(&lang.value.0).is_some())
    }

    /// The word that makes one program of the parts of a program.
    fn together(&self) -> Option<String> {
        let ctx = self.ctx;
        let mut blocks = Vec::new();
        for slot in &ctx.slide.slots {
            walk::blocks(&slot.blocks, &mut |block| {
                if let BlockKind::Code(_) = block.kind {
                    blocks.push(block.id);
                }
            });
        }
        let nth = blocks.iter().position(|id| *id == self.block.id)?;
        let id = &ctx.slide.id;
        let word = if nth == 0 { format!("id={id}") } else { format!("id={id}-{}", nth + 1) };
        // A program of this name would become a part of this one.
        let text = &ctx.sources.get(self.block.span.source).text;
        Some(word).filter(|word| !text.contains(word.as_str()))
    }

    /// For what must stay as it is in the deck: the slide goes on on the next one.
    fn goes_on(&self) -> Option<Change> {
        let rows = (self.rows, self.rows);
        fit::cut(&self.code.lines, self.runs(), &self.breaks, rows)
            .filter(|_| self.is_alone && self.ctx.slide.overflow == Overflow::Error)?;
        let mut patches = self.fence.with_words(&self.words);
        patches.push(further::directive(self.ctx, "overflow: split")?);
        Some(("write `overflow: split`: the rest goes on on the next slide".to_owned(), patches))
    }

    /// A slide for each part of the code.
    fn split(&self) -> Option<Change> {
        let title = Title::of(self.ctx).ok()?;
        let is_only = self.is_alone && further::is_all(self.ctx, self.slot);
        let further = if is_only { self.rows } else { self.rows_alone(title.is_some())? };
        // Where hardly a line fits, all of them go.
        let stays = MIN_ROWS <= self.rows;
        if !stays && (is_only || !self.fence.is_at_edge()) {
            return None;
        }
        let first = if stays { self.rows } else { further };
        let parts = fit::cut(&self.code.lines, self.runs(), &self.breaks, (first, further))?;
        let part = |lines: &Range<usize>| fit::part(self.code, lines.clone());
        let mut words = self.words.clone();
        let together =
            if self.is_tested() && parts.len() > 1 { Some(self.together()?) } else { None };
        words.extend(together.as_deref());
        let n_stay = usize::from(stays);
        let mut patches = if stays {
            let panes: Vec<Pane> = parts[0].clone().map(Pane::Line).collect();
            self.fence.left(self.code, &part(&parts[0]), &words, (&panes, ""))?
        } else {
            self.fence.away()
        };
        let another = |lines: &Range<usize>| self.fence.another(&part(lines), &words);
        let bodies: Vec<String> = parts[n_stay..].iter().map(another).collect();
        // What stays where the code goes counts as much as a part of it.
        let moved = if stays { 0 } else { parts[0].len() };
        let ends = (!stays).then_some(moved).into_iter();
        let ends: Vec<usize> = ends.chain(parts.iter().map(|part| part.end + moved)).collect();
        patches.extend(further::slides(self.ctx, title.as_ref(), &bodies, &ends, is_only));
        let act = if stays {
            format!("cut it into {} parts, each on a slide", parts.len())
        } else {
            "put it on a slide of its own".to_owned()
        };
        Some((act, patches))
    }

    fn runs(&self) -> Option<&'a Vec<Vec<TokenRun>>> {
        self.ctx.tokens.get(self.block.id)
    }

    /// How many rows a slide holds on which nothing but the title and code stand.
    fn rows_alone(&self, has_title: bool) -> Option<usize> {
        let layouts = Layouts::built_in();
        let shape = if has_title { Shape::Code } else { Shape::CodeAlone };
        let areas = layouts.for_shape(shape)?.solve(self.ctx.canvas);
        Some(self.room.rows(areas.get("code")?.h))
    }
}
