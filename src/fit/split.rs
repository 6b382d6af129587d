//! A slide whose code goes on on the next ones.
//!
//! Takes a slide and the lines of each part of its code, gives a slide for each
//! part. Notes and steps are those of part 1; focuses go with their lines; what
//! stands beside the code is shown on every part.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::highlight::Tokens;
use crate::model::{
    Block, BlockId, BlockKind, Code, Focus, Inline, InlineKind, Remark, Step, Time, walk,
};
use crate::outline;
use crate::place::{Part, Placed, PlacedSlide};
use crate::source::Spanned;

/// The names of the slides.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Those of a deck are taken.
    pub(super) fn of(placed: &Placed) -> Self {
        Self(placed.slides.iter().map(|slide| slide.id.clone()).collect())
    }

    /// The name of a part: that of its slide with the number of the part, or
    /// with the first number behind it that no slide has.
    fn part(&mut self, id: &str, nth: usize) -> String {
        let mut number = nth;
        loop {
            let name = format!("{id}-{number}");
            if self.0.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The lines of each part of the code that stands alone in a slot, slot by slot;
/// none for a slot that is shown whole.
pub(super) type Parts = Vec<Option<Vec<Range<usize>>>>;

/// The parts of a slide, in order.
pub(super) fn split(
    slide: &PlacedSlide,
    parts: &Parts,
    tokens: &mut Tokens,
    names: &mut Names,
) -> Vec<PlacedSlide> {
    let n_parts = parts.iter().flatten().map(Vec::len).max().unwrap_or(1);
    let mut next = next_block(slide);
    let mut made: Vec<PlacedSlide> =
        (0..n_parts).map(|nth| part(slide, parts, nth, n_parts)).collect();
    // What was one block is several: its tokens and breaks go with its lines.
    for (nth, slide) in made.iter_mut().enumerate() {
        for (slot, parts) in slide.slots.iter_mut().zip(parts) {
            for block in &mut slot.blocks {
                walk::blocks_mut(block, &mut |block| {
                    let old = block.id;
                    if nth > 0 {
                        for id in walk::ids_mut(block) {
                            *id = next;
                            next.0 += 1;
                        }
                    }
                    if let (BlockKind::Code(_), Some(runs)) = (&block.kind, tokens.get(old)) {
                        let runs = slice(runs, lines_of(parts.as_ref(), nth));
                        if nth > 0 {
                            tokens.insert(block.id, runs);
                        }
                    }
                    if let Some(breaks) = slide.wraps.remove(&old) {
                        let breaks = slice(&breaks, lines_of(parts.as_ref(), nth));
                        slide.wraps.insert(block.id, breaks);
                    }
                });
            }
        }
        if nth > 0 {
            slide.id = names.part(&slide.id, nth + 1);
        }
    }
    for (slot, parts) in slide.slots.iter().zip(parts) {
        if let ([block], Some(parts)) = (slot.blocks.as_slice(), parts) {
            tokens.truncate(block.id, parts[0].end);
        }
    }
    made
}

/// A name after those of a slide's blocks.
fn next_block(slide: &PlacedSlide) -> BlockId {
    let mut last = BlockId::default();
    let mut see = |id: BlockId| last = last.max(id);
    slide.footnotes.iter().for_each(|note| see(note.id));
    let noted = slide.notes.iter().map(|note| &note.blocks);
    for blocks in slide.slots.iter().map(|slot| &slot.blocks).chain(noted) {
        walk::ids(blocks, &mut see);
    }
    BlockId(last.0 + 1)
}

/// The lines that a part shows, of code that has fewer parts its last ones; none
/// for what is not cut.
fn lines_of(parts: Option<&Vec<Range<usize>>>, nth: usize) -> Option<Range<usize>> {
    let parts = parts?;
    parts.get(nth).or(parts.last()).cloned()
}

/// Some of the lines, or all.
fn slice<T: Clone>(all: &[T], lines: Option<Range<usize>>) -> Vec<T> {
    lines.and_then(|lines| all.get(lines)).unwrap_or(all).to_vec()
}

/// One part of a slide, its blocks named as on the first.
fn part(slide: &PlacedSlide, parts: &Parts, nth: usize, n_parts: usize) -> PlacedSlide {
    let mut part = slide.clone();
    // What fits without the blank lines at its end is no part of anything.
    let is_part = n_parts > 1;
    part.part = is_part.then_some(Part { number: nth + 1, of: n_parts });
    if nth > 0 {
        part.notes.clear();
    }
    let title = outline::title(slide).map(|block| block.id);
    for (slot, parts) in part.slots.iter_mut().zip(parts) {
        for block in &mut slot.blocks {
            if is_part && title == Some(block.id) {
                number(block, nth + 1, n_parts);
            }
            let lines = lines_of(parts.as_ref(), nth);
            let again = parts.as_ref().is_none_or(|parts| parts.len() <= nth);
            if let (BlockKind::Code(code), Some(lines)) = (&mut block.kind, lines) {
                *code = cut(code, lines);
                block.span = code
                    .lines
                    .iter()
                    .map(|line| line.span)
                    .reduce(|a, b| if a.source == b.source { a.to(b) } else { a })
                    .unwrap_or(block.span);
            }
            if nth > 0 {
                walk::blocks_mut(block, &mut |block| show(block, again));
            }
        }
    }
    if is_part && !part.title.is_empty() {
        part.title = format!("{} ({}/{n_parts})", part.title, nth + 1);
    }
    part.time = slide.time.as_ref().map(|time| share(time, parts, nth));
    part.section_time = slide.section_time.clone().filter(|_| nth == 0);
    part.last_step = renumber(&mut part);
    part
}

/// Adds `(1/2)` to a heading.
fn number(block: &mut Block, nth: usize, n_parts: usize) {
    if let BlockKind::Heading { content, .. } = &mut block.kind {
        let text = format!(" ({nth}/{n_parts})");
        content.push(Inline { span: block.span, kind: InlineKind::Text { text } });
    }
}

/// Some lines of a code block, which must be its own. A focus goes with its
/// lines, as remarks do; `all` goes with the focus before it.
#[must_use]
pub fn cut(code: &Code, lines: Range<usize>) -> Code {
    let first = u32::try_from(lines.start).unwrap_or(u32::MAX);
    let mut focus: Vec<(u32, Focus)> = Vec::new();
    let mut is_here = lines.start == 0;
    for (nth, state) in (0..).zip(&code.focus) {
        let kept = match state {
            Focus::All => Focus::All,
            Focus::Lines(all) => {
                let here = all.iter().filter(|line| lines.contains(&(**line as usize - 1)));
                let here: Vec<u32> = here.map(|line| line - first).collect();
                is_here = !here.is_empty();
                Focus::Lines(here)
            }
        };
        if is_here {
            focus.push((nth, kept));
        }
    }
    if focus.iter().all(|(_, focus)| *focus == Focus::All) {
        focus.clear();
    }
    let from = focus.get(1).map_or(code.focus_from, |(nth, _)| {
        Step(code.focus_from.0.saturating_add(nth.saturating_sub(1)))
    });
    // What does not show goes with the line before it.
    let is_own = |before: usize| before <= lines.end && (lines.start < before || lines.start == 0);
    let hidden = code.hidden.iter().filter(|line| is_own(line.before)).cloned().map(|mut line| {
        line.before -= lines.start;
        line
    });
    let has = |remark: &&Remark| lines.contains(&(remark.first as usize - 1));
    let remarks = code.remarks.iter().filter(has).cloned().map(|mut remark| {
        let last = u32::try_from(lines.end).unwrap_or(u32::MAX);
        (remark.first, remark.last) = (remark.first - first, remark.last.min(last) - first);
        remark
    });
    Code {
        lines: code.lines[lines.clone()].to_vec(),
        numbers: code.number(lines.start),
        focus: focus.into_iter().map(|(_, focus)| focus).collect(),
        focus_from: from,
        hidden: hidden.collect(),
        remarks: remarks.collect(),
        ..code.clone()
    }
}

/// Shows a block from the start; what was shown on the part before stays in its
/// last state.
fn show(block: &mut Block, again: bool) {
    let from = std::mem::replace(&mut block.step, Step::FIRST);
    match &mut block.kind {
        BlockKind::List(list) => list.items.iter_mut().for_each(|it| it.step = Step::FIRST),
        BlockKind::Code(code) => {
            if again {
                code.focus.drain(..code.focus.len().saturating_sub(1));
            }
            let shown = code.remarks.iter_mut().filter(|it| again || it.step <= from);
            shown.for_each(|it| it.step = Step::FIRST);
        }
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => {}
    }
}

/// The time of a part: as long as its lines are of all.
fn share(time: &Spanned<Time>, parts: &Parts, nth: usize) -> Spanned<Time> {
    let longest = parts.iter().flatten().max_by_key(|parts| parts.len());
    let end = |nth: usize| longest.and_then(|parts| parts.get(nth)).map_or(0, |part| part.end);
    let total = longest.and_then(|parts| parts.last()).map_or(1, |last| last.end.max(1));
    let until = |lines: usize| u64::from(time.value.0) * lines as u64 / total as u64;
    let before = nth.checked_sub(1).map_or(0, |nth| until(end(nth)));
    let seconds = u32::try_from(until(end(nth)) - before).unwrap_or(u32::MAX);
    Spanned::new(Time(seconds), time.span)
}

/// Numbers the steps at which something happens from 1 on, and gives the last.
fn renumber(slide: &mut PlacedSlide) -> Step {
    let mut used: BTreeSet<Step> = BTreeSet::new();
    let mut blocks: Vec<&mut Block> =
        slide.slots.iter_mut().flat_map(|slot| &mut slot.blocks).collect();
    for block in &mut blocks {
        walk::blocks_mut(block, &mut |block| used.extend(steps(block).map(|step| *step)));
        walk::blocks_mut(block, &mut |block| {
            if let BlockKind::Code(code) = &block.kind {
                let further = u32::try_from(code.focus.len().saturating_sub(1)).unwrap_or(0);
                used.extend((0..further).map(|nth| Step(code.focus_from.0.saturating_add(nth))));
            }
        });
    }
    used.remove(&Step::FIRST);
    let rank = |step: Step| {
        let n_before = used.iter().take_while(|it| **it < step).count();
        let here = usize::from(used.contains(&step));
        Step(u32::try_from(n_before + here).unwrap_or(u32::MAX))
    };
    for block in blocks {
        walk::blocks_mut(block, &mut |block| {
            steps(block).for_each(|step| *step = rank(*step));
            if let BlockKind::Code(code) = &mut block.kind {
                code.focus_from =
                    if code.focus.len() > 1 { rank(code.focus_from) } else { Step::FIRST };
            }
        });
    }
    Step(u32::try_from(used.len()).unwrap_or(u32::MAX))
}

/// The steps at which a block and its items or remarks appear.
fn steps(block: &mut Block) -> impl Iterator<Item = &mut Step> {
    let inner: Vec<&mut Step> = match &mut block.kind {
        BlockKind::List(list) => list.items.iter_mut().map(|item| &mut item.step).collect(),
        BlockKind::Code(code) => code.remarks.iter_mut().map(|it| &mut it.step).collect(),
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => Vec::new(),
    };
    std::iter::once(&mut block.step).chain(inner)
}
