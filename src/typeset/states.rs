//! States: what each focus of a code block shows.
//!
//! A page is set once, in its last state. In the others the same letters stand in
//! the same places, on other bands and in other colours: what was measured once
//! is painted again here, band by band as `native/code.rs` paints it, and looked at
//! in every state.

use super::ground::{Ground, Painted};
use crate::color::{Layer, Rgb};
use crate::dress::Dressed;
use crate::fit::{self, Row};
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockId, BlockKind, Code, Focus, Step, walk};
use crate::page::{BlockBox, Page, Run, State};
use crate::place::PlacedSlide;
use crate::theme::Token;

/// The code of a block with a focus, as it stands on the page.
pub(super) struct Stage {
    pub(super) block: BlockId,
    /// The panel behind it.
    pub(super) panel: Rect,
    /// How many things are painted below its bands.
    pub(super) at: usize,
}

/// Gives every code block of a page that has a focus its states.
pub(super) fn add(
    page: &mut Page,
    dressed: Dressed<'_>,
    slide: &PlacedSlide,
    stages: &[Stage],
    ground: &Ground,
) {
    for slot in &slide.slots {
        walk::blocks(&slot.blocks, &mut |block| {
            let BlockKind::Code(code) = &block.kind else { return };
            let Some(stage) = stages.iter().find(|stage| stage.block == block.id) else { return };
            let states = states(page, dressed, slide, (block, code), stage, ground);
            if let Some(entry) = page.boxes.get_mut(&block.id) {
                entry.states = states;
            }
        });
    }
}

fn states(
    page: &Page,
    dressed: Dressed<'_>,
    slide: &PlacedSlide,
    (block, code): (&Block, &Code),
    stage: &Stage,
    ground: &Ground,
) -> Vec<State> {
    let Some(entry) = page.boxes.get(&block.id) else { return Vec::new() };
    let rows = fit::rows(code, dressed.tokens.seen(block.id), slide.wraps.get(&block.id));
    let rows = fit::spread(rows, slide.gaps.get(&block.id));
    let (theme, panel) = (dressed.theme, stage.panel);
    let pitch = theme.scale.code_pitch;
    let top = |nth: usize| {
        #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
        let down = pitch * nth as f64;
        panel.y + theme.space.pad_y + down
    };
    let beside: Vec<&Run> =
        page.furniture.iter().filter(|run| stands_in(run.rect, panel)).collect();
    let state = |(step, focus): (Step, &Focus)| {
        let lit = |row: &Row<'_>| {
            let line = u32::try_from(row.line + 1).unwrap_or(u32::MAX);
            focus.has(line)
        };
        let mut bands = Vec::new();
        if *focus != Focus::All {
            for (nth, _) in rows.iter().enumerate().filter(|(_, row)| lit(row)) {
                let band = Rect::new(panel.x, top(nth), panel.w, pitch);
                let bar = Rect { w: theme.space.bar, ..band };
                let paint = |rect, color| Painted {
                    rect,
                    layer: Some(Layer::new(color, 1.0)),
                    focus: Some(block.id),
                    picture: None,
                };
                bands.push(paint(band, theme.palette.focus()));
                bands.push(paint(bar, theme.palette.focus_bar()));
            }
        }
        let ground = ground.with_focus(block.id, stage.at, bands);
        let seen = |run: &Run, color: Rgb| {
            let backdrop = ground.behind(run.rect, color);
            Run { color, backdrop, ..run.clone() }
        };
        let mut state = State {
            focus: focus.clone(),
            step,
            lit: Vec::new(),
            dimmed: Vec::new(),
            beside: beside.iter().map(|run| seen(run, run.color)).collect(),
        };
        for (nth, row) in rows.iter().enumerate() {
            let lit = lit(row);
            for (token, run) in pieces(entry, row, top(nth), pitch) {
                let color =
                    if lit { theme.palette.code().color(token) } else { theme.palette.unfocused() };
                if lit { &mut state.lit } else { &mut state.dimmed }.push(seen(&run, color));
            }
        }
        state
    };
    let steps = std::iter::once(block.step).chain((code.focus_from.0..).map(Step));
    steps.zip(&code.focus).map(state).collect()
}

/// Whether the middle of something is inside of a box.
fn stands_in(rect: Rect, panel: Rect) -> bool {
    let (x, y) = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
    panel.x <= x && x <= panel.right() && panel.y <= y && y <= panel.bottom()
}

/// The words of a row where they stand, each with its class. Typst may have set
/// several of one colour together.
fn pieces(entry: &BlockBox, row: &Row<'_>, top: Pt, pitch: Pt) -> Vec<(Token, Run)> {
    let same = |y: Pt| (y - top).get().abs() < pitch.get() / 2.0;
    let Some(line) = entry.lines.iter().find(|line| same(line.rect.y)) else { return Vec::new() };
    let mut letters = line.runs.iter().flat_map(|run| {
        let n_chars = run.text.chars().count();
        #[expect(clippy::cast_precision_loss, reason = "a row has some columns")]
        let advance = run.rect.w / n_chars.max(1) as f64;
        run.text.chars().enumerate().map(move |(nth, _)| {
            #[expect(clippy::cast_precision_loss, reason = "a row has some columns")]
            let x = run.rect.x + advance * nth as f64;
            (run, Rect { x, w: advance, ..run.rect })
        })
    });
    let mut found = Vec::new();
    for (token, text) in &row.runs {
        let own: Vec<(&Run, Rect)> = letters.by_ref().take(text.chars().count()).collect();
        let Some((run, first)) = own.first() else { continue };
        if text.trim().is_empty() {
            continue;
        }
        let rect = own.iter().map(|(_, rect)| *rect).fold(*first, Rect::union);
        found.push((*token, Run { text: (*text).to_owned(), rect, ..(*run).clone() }));
    }
    found
}
