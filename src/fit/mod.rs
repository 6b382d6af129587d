//! Fitting: code to the room of its slot.
//!
//! Takes a placed deck and the classes of its code, and changes the deck: lines
//! of a fence marked `wrap` get the places where they go on on the next row. It
//! is arithmetic on the pitch of code and the advance of its characters; nothing
//! is set here, and what still does not fit is measured later.

mod wrap;

use crate::dress;
use crate::font::Fonts;
use crate::geom::Pt;
use crate::highlight::{TokenRun, Tokens};
use crate::model::{Block, BlockId, BlockKind, Code};
use crate::place::{Placed, PlacedSlide, Wraps};
use crate::theme::{TextStyle, Theme, Token};

/// The columns that the hook takes before the text of a further row.
pub const HANG: usize = 4;

/// Fits a deck.
pub fn fit(placed: &mut Placed, tokens: &Tokens, theme: &Theme, fonts: &Fonts) {
    let Some(room) = Room::of(theme, fonts) else { return };
    for slide in &mut placed.slides {
        slide.wraps = wraps(slide, tokens, room);
    }
}

/// What the width of code depends on.
#[derive(Clone, Copy, Debug)]
struct Room<'a> {
    theme: &'a Theme,
    /// The advance of a character of code.
    column: Pt,
}

impl<'a> Room<'a> {
    /// `None` without a face for code.
    fn of(theme: &'a Theme, fonts: &Fonts) -> Option<Self> {
        Some(Self { theme, column: dress::column(theme, fonts)? })
    }

    /// How many columns of a code block stand side by side in a width.
    fn columns(self, code: &Code, width: Pt) -> usize {
        let inside = width - self.theme.space.pad_x * 2.0 - dress::gutter(self.theme, code);
        whole(inside / self.column)
    }
}

/// How often something fits. A little is let pass that rounding makes of a
/// length.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn whole(share: f64) -> usize {
    if share.is_nan() { 0 } else { (share + 1e-6).floor().clamp(0.0, 1e6) as usize }
}

/// The breaks of every code block of a slide that is marked `wrap` and has a
/// line that is too long.
fn wraps(slide: &PlacedSlide, tokens: &Tokens, room: Room<'_>) -> Wraps {
    let mut found = Wraps::new();
    for slot in &slide.slots {
        let (style, _) = dress::role(room.theme, dress::slot_role(slot.text));
        each_code(&slot.blocks, slot.rect.w, room.theme, style, &mut |id, code, width| {
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
    let lines = tokens.get(&id).filter(|_| code.wrap)?;
    let breaks: Vec<Vec<usize>> = lines.iter().map(|runs| wrap::breaks(runs, columns)).collect();
    breaks.iter().any(|breaks| !breaks.is_empty()).then_some(breaks)
}

/// Calls `visit` for every code block among some blocks and within them, with
/// the width that it has.
fn each_code(
    blocks: &[Block],
    width: Pt,
    theme: &Theme,
    style: TextStyle,
    visit: &mut dyn FnMut(BlockId, &Code, Pt),
) {
    let space = &theme.space;
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) => visit(block.id, code, width),
            BlockKind::List(list) => {
                let width = width - dress::list_indent(theme, list, style);
                for item in &list.items {
                    each_code(&item.blocks, width, theme, style, visit);
                }
            }
            BlockKind::Quote { blocks } => {
                each_code(blocks, width - space.bar - space.pad_x, theme, style, visit);
            }
            BlockKind::Callout(callout) => {
                let width = width - space.bar - space.pad_x * 2.0;
                each_code(&callout.blocks, width, theme, style, visit);
            }
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::Image(_)
            | BlockKind::Table(_) => {}
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
