//! Remarks that have no room beside their code.
//!
//! The typesetter looks for a place where a remark covers nothing; what it found
//! none for lies over other lines, and is told here.

use unicode_width::UnicodeWidthStr as _;

use super::{LAW, count, shown};
use crate::check::laws::{Ctx, TOLERANCE};
use crate::diag::Diagnostic;
use crate::fit;
use crate::geom::{Pt, Rect};
use crate::model::{BlockId, Code, Remark};
use crate::page::Line;

/// How far a remark may reach into the lines above and below it, as a share of
/// their height: its baselines are those of the code, its edges are not.
const REACH: f64 = 0.2;

/// Looks at the remarks of a code block.
pub(super) fn check(ctx: Ctx<'_>, id: BlockId, code: &Code, found: &mut Vec<Diagnostic>) {
    found.extend(code.remarks.iter().filter_map(|it| no_room(ctx, id, code, it)));
}

/// What a remark covers, or why nothing is as wide as it needs.
fn no_room(ctx: Ctx<'_>, id: BlockId, code: &Code, remark: &Remark) -> Option<Diagnostic> {
    let laid = ctx.page.boxes.get(&remark.id)?;
    let of_code = ctx.page.boxes.get(&id)?.lines.as_slice();
    let name = code.lines_of(remark).to_lowercase();
    let right = laid.rect.right() - ctx.space.pad_x;
    let widest = laid.lines.iter().map(|line| line.rect.right() - right);
    let excess = widest.filter(|it| TOLERANCE < *it).max_by(|a, b| a.get().total_cmp(&b.get()));
    let message = if let Some(excess) = excess {
        format!(
            "the remark beside {name} is {} too wide for the room beside the code",
            shown(excess)
        )
    } else if let Some(line) = of_code.iter().find(|line| covers(laid.rect, line)) {
        let (nth, columns) = row_of(ctx, id, code, line)?;
        let line = code.number(nth).map_or(nth + 1, |number| number as usize);
        let wide = count(columns, "column");
        format!("the remark beside {name} has no room: line {line} is {wide} wide")
    } else if let Some(other) = code.remarks.iter().find(|other| {
        let rect = ctx.page.boxes.get(&other.id).map(|it| it.rect);
        other.id < remark.id && rect.is_some_and(|rect| overlap(laid.rect, rect))
    }) {
        let other = code.lines_of(other).to_lowercase();
        format!("the remark beside {name} has no room: the one beside {other} is there")
    } else if bottom(ctx, id, code).is_some_and(|end| end < laid.rect.bottom()) {
        let rows = count(laid.lines.len(), "line");
        format!("the remark beside {name} has no room: it takes {rows}, more than the code")
    } else {
        return None;
    };
    Some(
        LAW.at(ctx, remark.span, message)
            .label(format!("set in {}, {}", ctx.scale.table.size, count(laid.lines.len(), "line")))
            .hint("say it shorter, or break the longest lines beside it")
            .hint("or say it below the code, or to the speaker: `::: notes`"),
    )
}

/// Whether a remark lies over a line of code. Its first and last line may reach a
/// little into the lines around them.
fn covers(remark: Rect, line: &Line) -> bool {
    0 < line.n_chars && overlap(remark, line.rect)
}

fn overlap(a: Rect, b: Rect) -> bool {
    let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
    TOLERANCE < a.right().min(b.right()) - a.x.max(b.x) && b.h * REACH < down
}

/// The line of the model that a line of the page is a row of, from 0, and how many
/// columns that row takes.
fn row_of(ctx: Ctx<'_>, id: BlockId, code: &Code, line: &Line) -> Option<(usize, usize)> {
    let rows = fit::rows(code, None, ctx.slide.wraps.get(&id));
    let nth = (line.rect.y - first_top(ctx, id, code)?) / ctx.scale.code_pitch;
    let row = rows.into_iter().nth(fit::whole(nth + 0.5))?;
    Some((row.line, row.text().trim_end().width()))
}

/// Where the first row of some code begins.
fn first_top(ctx: Ctx<'_>, id: BlockId, code: &Code) -> Option<Pt> {
    let rows = fit::rows(code, None, ctx.slide.wraps.get(&id));
    let shown = rows.iter().position(|row| !row.text().trim().is_empty())?;
    let line = ctx.page.boxes.get(&id)?.lines.iter().find(|line| 0 < line.n_chars)?;
    #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
    Some(line.rect.y - ctx.scale.code_pitch * shown as f64)
}

/// Where the last row of some code ends, and what may reach out of it.
fn bottom(ctx: Ctx<'_>, id: BlockId, code: &Code) -> Option<Pt> {
    let rows = fit::rows(code, None, ctx.slide.wraps.get(&id)).len();
    #[expect(clippy::cast_precision_loss, reason = "code has some lines")]
    Some(first_top(ctx, id, code)? + ctx.scale.code_pitch * (rows as f64 + REACH))
}
