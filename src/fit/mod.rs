//! Fitting: code to the room of its slot.
//!
//! Takes a placed deck and the classes of its code, and changes both: lines of a
//! fence marked `wrap` get the places where they go on on the next row, and under
//! `overflow: split` a slide whose code is too long becomes several. Code that fits
//! side by side stands so where its layout has a grid for it. It is arithmetic on the pitch of code and the advance of its characters; nothing is
//! set here, and what still does not fit is measured later.

mod align;
mod beside;
mod cut;
mod seams;
mod split;
mod wrap;

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

pub use self::cut::MAX_PARTS;
use self::split::Names;
pub use self::split::cut as part;
use crate::dress;
use crate::font::Fonts;
use crate::geom::Pt;
use crate::highlight::{TokenRun, Tokens};
use crate::model::{Block, BlockId, BlockKind, Code, CodeLine, Overflow};
use crate::place::{Placed, PlacedSlide, PlacedSlot, Wraps};
use crate::theme::{TextStyle, Theme, Token};

/// The columns that the hook takes before the text of a further row.
pub const HANG: usize = 4;

/// Fits a deck.
pub fn fit(placed: &mut Placed, tokens: &mut Tokens, theme: &Theme, fonts: &Fonts) {
    let Some(room) = Room::of(theme, fonts) else { return };
    for slide in &mut placed.slides {
        beside::beside(slide, room);
        align::align(slide, room);
        slide.wraps = wraps(slide, tokens, room);
    }
    if placed.slides.iter().all(|slide| slide.overflow == Overflow::Error) {
        return;
    }
    let mut names = Names::of(placed);
    let mut slides = Vec::with_capacity(placed.slides.len());
    for slide in std::mem::take(&mut placed.slides) {
        let parts: split::Parts = slide
            .slots
            .iter()
            .map(|slot| {
                let parts = parts(&slide, slot, tokens, room).ok()?;
                (!is_whole(slot, &parts)).then_some(parts)
            })
            .collect();
        if slide.overflow == Overflow::Error || parts.iter().all(Option::is_none) {
            slides.push(slide);
        } else {
            slides.extend(split::split(&slide, &parts, tokens, &mut names));
        }
    }
    for (number, slide) in (1..).zip(&mut slides) {
        slide.number = number;
    }
    placed.slides = slides;
}

/// Whether parts leave nothing out: what fits but for blank lines at its end is one
/// part without them.
fn is_whole(slot: &PlacedSlot, parts: &[Range<usize>]) -> bool {
    match (slot.blocks.as_slice(), parts) {
        (_, []) => true,
        ([Block { kind: BlockKind::Code(code), .. }], [only]) => *only == (0..code.lines.len()),
        _ => false,
    }
}

/// Why code that is too long is not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncut {
    /// There is no code, or it does not stand alone in its slot.
    NotAlone,
    /// The slide has footnotes, whose height is not known yet.
    Footnotes,
    /// It needs more than [`MAX_PARTS`] parts, or one of its lines has more rows
    /// than the slot.
    TooLong,
}

/// The lines of each part of the code that stands alone in a slot: one part, if
/// it fits. Blank lines where it is cut are in no part.
///
/// # Errors
/// Why it is not cut.
pub fn parts(
    slide: &PlacedSlide,
    slot: &PlacedSlot,
    tokens: &Tokens,
    room: Room<'_>,
) -> Result<Vec<Range<usize>>, Uncut> {
    let [Block { id, kind: BlockKind::Code(code), .. }] = slot.blocks.as_slice() else {
        return Err(Uncut::NotAlone);
    };
    if !slide.footnotes.is_empty() {
        return Err(Uncut::Footnotes);
    }
    let none = vec![Vec::new(); code.lines.len()];
    let breaks = slide.wraps.get(id).unwrap_or(&none);
    let rows = room.rows(slot.rect.h);
    cut(&code.lines, tokens.get(*id), breaks, (rows, rows)).ok_or(Uncut::TooLong)
}

/// The lines of each part of some code; `None` where it needs more than
/// [`MAX_PARTS`], or one of its lines has too many rows. `rows` is what the first
/// part has room for, and what each further one has.
#[must_use]
pub fn cut(
    lines: &[CodeLine],
    runs: Option<&Vec<Vec<TokenRun>>>,
    breaks: &[Vec<usize>],
    rows: (usize, usize),
) -> Option<Vec<Range<usize>>> {
    let costs = seams::costs(lines, runs);
    let lines = costs.into_iter().zip(lines).enumerate();
    let lines = lines.map(|(nth, (cost, line))| {
        let is_blank = line.text.trim().is_empty();
        cut::Line { height: 1 + breaks.get(nth).map_or(0, Vec::len), is_blank, cost }
    });
    cut::cut(&lines.collect::<Vec<_>>(), rows.0, rows.1)
}

/// Where the lines of a code block go on on further rows, so that every row fits
/// `columns`; `None` where a word is longer.
#[must_use]
pub fn breaks(runs: &[Vec<TokenRun>], columns: usize) -> Option<Vec<Vec<usize>>> {
    let fit = |runs: &Vec<TokenRun>| {
        let line: String = runs.iter().map(|run| run.text.as_str()).collect();
        let breaks = wrap::breaks(runs, columns);
        let further = columns.saturating_sub(wrap::hang(&line));
        let ends = breaks.iter().copied().chain([line.len()]);
        let starts = [0].into_iter().chain(breaks.iter().copied());
        let fits = starts.zip(ends).all(|(start, end)| {
            line[start..end].trim_end().width() <= if start == 0 { columns } else { further }
        });
        fits.then_some(breaks)
    };
    runs.iter().map(fit).collect()
}

/// What the extent of code depends on.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    theme: &'a Theme,
    /// The advance of a character of code.
    column: Pt,
}

impl<'a> Room<'a> {
    /// `None` without a face for code.
    #[must_use]
    pub fn of(theme: &'a Theme, fonts: &Fonts) -> Option<Self> {
        Some(Self { theme, column: dress::column(theme, fonts)? })
    }

    /// How many rows of code stand in a height.
    #[must_use]
    pub fn rows(self, height: Pt) -> usize {
        whole((height - self.theme.space.pad_y * 2.0) / self.theme.scale.code_pitch)
    }

    /// The width that a code block has, in a slot or in another block there.
    #[must_use]
    pub fn width(self, slot: &PlacedSlot, id: BlockId) -> Option<Width> {
        let (style, _) = dress::role(self.theme, dress::slot_role(slot.text));
        let mut found = None;
        each_code(&slot.blocks, Width::of(slot), self.theme, style, &mut |it, _, width| {
            if it == id {
                found = Some(width);
            }
        });
        found
    }

    /// How high a code block of so many rows is.
    #[must_use]
    pub fn height(self, rows: usize) -> Pt {
        #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
        let rows = self.theme.scale.code_pitch * rows as f64;
        rows + self.theme.space.pad_y * 2.0
    }

    /// How many columns of a code block stand side by side in a width.
    #[must_use]
    pub fn columns(self, code: &Code, Width { text, bleed }: Width) -> usize {
        let gutter = dress::gutter(self.theme, code, bleed);
        let inside = text + bleed - self.theme.space.pad_x * 2.0 - gutter;
        whole(inside / self.column)
    }
}

/// The width that the blocks of a slot have.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    text: Pt,
    /// How far the panel of code reaches past it on the left.
    bleed: Pt,
}

impl Width {
    /// That of a slot's own blocks.
    #[must_use]
    pub const fn of(slot: &PlacedSlot) -> Self {
        Self { text: slot.rect.w, bleed: slot.bleed }
    }

    /// That of what stands within another block.
    fn less(self, taken: Pt) -> Self {
        Self { text: self.text - taken, bleed: Pt::ZERO }
    }
}

/// How often something fits. A little is let pass that rounding makes of a
/// length.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn whole(share: f64) -> usize {
    if share.is_nan() { 0 } else { (share + 1e-6).floor().clamp(0.0, 1e6) as usize }
}

/// The breaks of every code block of a slide that is marked `wrap` and has a
/// line that is too long.
fn wraps(slide: &PlacedSlide, tokens: &Tokens, room: Room<'_>) -> Wraps {
    let mut found = Wraps::new();
    for slot in &slide.slots {
        let (style, _) = dress::role(room.theme, dress::slot_role(slot.text));
        let width = Width::of(slot);
        each_code(&slot.blocks, width, room.theme, style, &mut |id, code, width| {
            if let Some(breaks) = wrapped(tokens, id, code, room.columns(code, width)) {
                found.insert(id, breaks);
            }
        });
    }
    found
}

/// The breaks of a code block, line by line; `None` where it is not marked
/// `wrap` or every line fits.
fn wrapped(tokens: &Tokens, id: BlockId, code: &Code, columns: usize) -> Option<Vec<Vec<usize>>> {
    let lines = if code.wrap { tokens.get(id)? } else { return None };
    let breaks: Vec<Vec<usize>> = lines.iter().map(|runs| wrap::breaks(runs, columns)).collect();
    breaks.iter().any(|breaks| !breaks.is_empty()).then_some(breaks)
}

/// Calls `visit` for every code block among some blocks and within them, with
/// the width that it has.
fn each_code(
    blocks: &[Block],
    width: Width,
    theme: &Theme,
    style: TextStyle,
    visit: &mut dyn FnMut(BlockId, &Code, Width),
) {
    let space = &theme.space;
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) => visit(block.id, code, width),
            BlockKind::List(list) => {
                let width = width.less(dress::list_indent(theme, list, style));
                for item in &list.items {
                    each_code(&item.blocks, width, theme, style, visit);
                }
            }
            BlockKind::Quote { blocks } => {
                let width = width.less(space.bar + space.pad_x);
                each_code(blocks, width, theme, style, visit);
            }
            BlockKind::Callout(callout) => {
                let width = width.less(space.bar + space.pad_x * 2.0);
                each_code(&callout.blocks, width, theme, style, visit);
            }
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::Image(_)
            | BlockKind::Table(_)
            | BlockKind::Formula(_) => {}
        }
    }
}

/// A row of a code block: a line, or a piece of one that is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The place of its line in the block, counted from 0.
    pub line: usize,
    /// The byte of its line at which it starts.
    pub start: usize,
    /// The columns before its text, hook and all, where it goes on with its line.
    pub hang: Option<usize>,
    /// What stands on it: classes and characters.
    pub runs: Vec<(Token, &'a str)>,
}

impl Row<'_> {
    /// Its characters.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|(_, text)| *text).collect()
    }
}

/// The rows of a code block, top to bottom. Their texts joined, line by line, are
/// the lines.
#[must_use]
pub fn rows<'a>(
    code: &'a Code,
    tokens: Option<&'a Vec<Vec<TokenRun>>>,
    breaks: Option<&Vec<Vec<usize>>>,
) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (line, it) in code.lines.iter().enumerate() {
        let runs: Vec<(Token, &str)> = match tokens.and_then(|lines| lines.get(line)) {
            Some(runs) => runs.iter().map(|run| (run.token, run.text.as_str())).collect(),
            None => vec![(Token::Plain, it.text.as_str())],
        };
        let breaks = breaks.and_then(|lines| lines.get(line)).map_or(&[][..], Vec::as_slice);
        let mut row = Row { line, start: 0, hang: None, runs: Vec::new() };
        let mut at = 0;
        let mut ahead = breaks.iter().copied().peekable();
        for (token, mut text) in runs {
            while let Some(here) = ahead.next_if(|here| *here < at + text.len()) {
                let (before, after) = text.split_at(here - at);
                if !before.is_empty() {
                    row.runs.push((token, before));
                }
                let hang = Some(wrap::hang(&it.text));
                let next = Row { line, start: here, hang, runs: Vec::new() };
                rows.push(std::mem::replace(&mut row, next));
                (at, text) = (here, after);
            }
            at += text.len();
            row.runs.push((token, text));
        }
        rows.push(row);
    }
    rows
}

/// The rows of a code block with those that are left free among them, which hold
/// nothing and belong to the line past the last one.
#[must_use]
pub fn spread<'a>(rows: Vec<Row<'a>>, gaps: Option<&Vec<usize>>) -> Vec<Row<'a>> {
    let Some(gaps) = gaps else { return rows };
    let n_lines = gaps.len().saturating_sub(1);
    let free = |line: usize| {
        let n = gaps.get(line).copied().unwrap_or_default();
        std::iter::repeat_n(Row { line: n_lines, start: 0, hang: None, runs: Vec::new() }, n)
    };
    let mut all = Vec::new();
    for row in rows {
        if row.start == 0 {
            all.extend(free(row.line));
        }
        all.push(row);
    }
    all.extend(free(n_lines));
    all
}

/// How many columns a row takes, hook and all.
#[must_use]
pub fn end(row: &Row<'_>) -> usize {
    let text: String = row.text();
    row.hang.unwrap_or_default() + text.trim_end().width()
}

/// The rows of some lines of a code block. Lines are counted from 1, rows from 0.
#[must_use]
pub fn rows_of(rows: &[Row<'_>], first: u32, last: u32) -> Range<usize> {
    let before = |line: u32| rows.partition_point(|row| row.line < line as usize);
    before(first.saturating_sub(1))..before(last)
}
