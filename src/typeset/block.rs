//! Blocks as data for the prelude. `html/block.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Ctx;
use super::data::with;
use super::formula::formula;
use super::inline::inlines;
use crate::dress;
use crate::fit::{self, Row};
use crate::geom::Pt;
use crate::layout::TextRole;
use crate::model::{
    Align, Block, BlockKind, Callout, Cell, Change, Code, Column, Extent, Fit, Focus, Image,
    Inline, List, Table, is_rtl,
};
use crate::theme::Token;

/// Some blocks, in order.
pub(super) fn blocks(ctx: &Ctx<'_>, role: TextRole, depth: usize, blocks: &[Block]) -> Value {
    Value::Array(blocks.iter().map(|it| block(ctx, role, depth, it)).collect())
}

/// One block: its kind `k`, its name `i`, its step `s`, and what it holds.
fn block(ctx: &Ctx<'_>, role: TextRole, depth: usize, block: &Block) -> Value {
    let mut data = match &block.kind {
        BlockKind::Heading { level: _, content } => heading(ctx, role, block, content),
        BlockKind::Para { content } => json!({
            "k": "p", "x": inlines(ctx, content), "rtl": is_rtl(content, ctx.rtl),
        }),
        BlockKind::List(it) => list(ctx, role, depth, it),
        BlockKind::Quote { blocks: inner } => {
            let ctx = &ctx.around(inner);
            with(json!({ "k": "q", "rtl": ctx.rtl }), "b", blocks(ctx, role, depth, inner))
        }
        BlockKind::Callout(it) => callout(ctx, role, depth, block, it),
        BlockKind::Code(it) => code(ctx, block, it),
        BlockKind::Image(it) => image(ctx, block, it),
        BlockKind::Table(it) => table(ctx, it),
        BlockKind::Formula(it) => {
            let mut data = formula(it);
            data["k"] = json!("m");
            data
        }
    };
    data["i"] = json!(block.id);
    data["s"] = json!(block.step);
    data
}

fn heading(ctx: &Ctx<'_>, role: TextRole, block: &Block, content: &[Inline]) -> Value {
    let title = ctx.title == Some(block.id);
    json!({
        "k": "h",
        "st": dress::heading_role(role),
        "level": ctx.levels.get(&block.id),
        "title": (title || ctx.outlined) && !ctx.again,
        "label": (title && !ctx.again).then_some(ctx.slide_id),
        "x": inlines(ctx, content),
        "rtl": is_rtl(content, ctx.rtl),
    })
}

fn list(ctx: &Ctx<'_>, role: TextRole, depth: usize, list: &List) -> Value {
    let (style, _) = dress::role(ctx.theme, dress::slot_role(role));
    let space = &ctx.theme.space;
    let ctx = &Ctx { rtl: list.is_rtl(ctx.rtl), bleed: Pt::ZERO, ..*ctx };
    let items: Vec<Value> = list
        .items
        .iter()
        .map(|item| {
            let data = json!({ "i": item.id, "s": item.step, "task": item.task });
            with(data, "b", blocks(ctx, role, depth + 1, &item.blocks))
        })
        .collect();
    let data = json!({
        "k": "l",
        "rtl": ctx.rtl,
        "start": list.start,
        "indent": dress::list_indent(ctx.theme, list, style),
        "gap": if list.tight { space.item } else { space.block },
        "bullet": dress::bullet(depth),
    });
    with(data, "items", items)
}

fn callout(ctx: &Ctx<'_>, role: TextRole, depth: usize, block: &Block, callout: &Callout) -> Value {
    let ctx = &ctx.around(&callout.blocks);
    let data = json!({
        "k": "n",
        "rtl": ctx.rtl,
        "kind": callout.kind.title().to_lowercase(),
        "title": callout.title.as_deref().unwrap_or(callout.kind.title()),
        "ti": block.id,
    });
    with(data, "b", blocks(ctx, role, depth, &callout.blocks))
}

fn code(ctx: &Ctx<'_>, block: &Block, code: &Code) -> Value {
    let rows = fit::rows(code, ctx.tokens.seen(block.id), ctx.wraps.get(&block.id));
    let rows = fit::spread(rows, ctx.gaps.get(&block.id));
    let focus: Vec<Value> = code
        .focus
        .iter()
        .map(|focus| match focus {
            Focus::All => Value::Null,
            Focus::Lines(lines) => {
                let lines: BTreeSet<usize> = lines.iter().map(|line| *line as usize).collect();
                let has = |row: &Row<'_>| lines.contains(&(row.line + 1));
                (1..).zip(&rows).filter(|(_, row)| has(row)).map(|(nth, _)| nth).collect()
            }
        })
        .collect();
    let changes: Vec<Value> = (1..)
        .zip(&rows)
        .filter_map(|(nth, row)| {
            let tint = match code.lines.get(row.line)?.change? {
                Change::Added => "inserted",
                Change::Removed => "deleted",
            };
            Some(json!([nth, tint]))
        })
        .collect();
    let numbers = code.numbers.map(|_| {
        let number = |row: &Row<'_>| match (row.hang, code.number(row.line)) {
            (Some(_), _) | (None, None) => String::new(),
            (None, Some(number)) => number.to_string(),
        };
        rows.iter().map(number).collect::<Vec<_>>()
    });
    let runs = |(nth, row): (usize, &Row<'_>)| -> Value {
        // White space at the end of a row would count as wide as a letter.
        let goes_on = rows.get(nth + 1).is_some_and(|next| next.hang.is_some());
        let last = row.runs.len().saturating_sub(usize::from(goes_on));
        let run = |(nth, (token, text)): (usize, &(Token, &str))| {
            let text = if nth < last { text } else { text.trim_end() };
            Value::Array(vec![(*token as u8).into(), text.into()])
        };
        row.runs.iter().enumerate().map(run).collect()
    };
    let remarks: Vec<Value> = code
        .remarks
        .iter()
        .map(|remark| {
            let about = fit::rows_of(&rows, remark.first, remark.last);
            json!({
                "i": remark.id, "s": remark.step, "row": about.start, "rows": about.len(),
                "x": inlines(ctx, &remark.content), "rtl": is_rtl(&remark.content, ctx.rtl),
            })
        })
        .collect();
    let text: Vec<&str> = code.lines.iter().map(|line| line.text.as_str()).collect();
    let data = json!({
        "k": "c",
        "hangs": rows.iter().map(|row| row.hang).collect::<Vec<_>>(),
        "hook": fit::HANG,
        "text": text.join("\n"),
        "numbers": numbers,
        "gutter": dress::gutter(ctx.theme, code, ctx.bleed),
        "bleed": ctx.bleed,
        "changes": changes,
        "caption": code.caption,
        "remarks": remarks,
        "ends": rows.iter().map(fit::end).collect::<Vec<_>>(),
        "focus": if focus.is_empty() { Value::Null } else { Value::Array(focus) },
        "from": code.focus_from,
    });
    with(data, "rows", rows.iter().enumerate().map(runs).collect::<Vec<_>>())
}

fn image(ctx: &Ctx<'_>, block: &Block, image: &Image) -> Value {
    let (path, width, height, cap) = ctx.picture(&image.asset);
    let caption = (!image.caption.is_empty()).then(|| json!([image.caption]));
    let extent = |extent: Option<Extent>| {
        extent.map(|extent| match extent {
            Extent::Points(points) => json!([points, "pt"]),
            Extent::Percent(share) => json!([share, "%"]),
        })
    };
    let showing = &image.showing;
    let layers = image.layers().into_iter();
    let layers: Vec<Value> = layers.map(|(asset, step)| json!([ctx.asset(&asset), step])).collect();
    json!({
        "k": "g", "path": path, "w": width, "h": height, "cap": cap,
        "alt": if image.decorative { "" } else { &image.alt },
        "caption": caption, "ci": block.id, "layers": layers,
        "bw": extent(showing.width), "bh": extent(showing.height),
        "cover": showing.fit == Fit::Cover,
    })
}

fn table(ctx: &Ctx<'_>, table: &Table) -> Value {
    let ctx = &Ctx { rtl: table.is_rtl(ctx.rtl), ..*ctx };
    let cells = |row: &[Cell], head: bool| -> Vec<Value> {
        row.iter()
            .zip(&table.columns)
            .enumerate()
            .map(|(nth, (cell, column))| {
                let tail = column.tail(cell).filter(|_| !head);
                json!({
                    "i": cell.id, "c": nth, "x": inlines(ctx, &cell.content),
                    // Numbers read from left to right everywhere.
                    "rtl": tail.is_none() && is_rtl(&cell.content, ctx.rtl),
                    "tail": tail.map(|tail| inlines(ctx, &tail)),
                })
            })
            .collect()
    };
    let align: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column {
            Column::Text(Align::Left) => "l",
            Column::Text(Align::Center) => "c",
            Column::Text(Align::Right) => "r",
            Column::Numbers { .. } => "n",
        })
        .collect();
    let rows: Vec<Value> = table.rows.iter().map(|row| cells(row, false).into()).collect();
    let data = json!({ "k": "t", "rtl": ctx.rtl, "align": align });
    with(with(data, "head", cells(&table.head, true)), "rows", rows)
}
