//! Blocks as HTML. `typeset/block.rs` is the twin of this file.
//!
//! Flow content only: real headings, lists and tables. What geometry they need
//! stands in the style sheet, by the class `b` and the block's number.
#![deny(clippy::wildcard_enum_match_arm)]

use super::formula::formula;
use super::inline::{inlines, text};
use super::out::Html;
use super::picture::Played;
use super::{Ctx, code};
use crate::dress;
use crate::layout::TextRole;
use crate::model::{
    Align, Block, BlockId, BlockKind, Callout, Cell, Column, Image, Inline, List, Step, Table,
    Video, blocks_are_rtl, is_rtl,
};

/// Some blocks, in order.
pub(super) fn blocks(
    ctx: &Ctx<'_>,
    out: &mut Html,
    role: TextRole,
    depth: usize,
    blocks: &[Block],
) {
    for it in blocks {
        block(ctx, out, role, depth, it);
    }
}

/// One block.
fn block(ctx: &Ctx<'_>, out: &mut Html, role: TextRole, depth: usize, block: &Block) {
    match &block.kind {
        BlockKind::Heading { level: _, content } => heading(ctx, out, role, block, content),
        BlockKind::Para { content } => {
            paragraph(ctx, out, "p", &Classes::of(ctx, block), block.id, content);
        }
        BlockKind::List(it) => list(ctx, out, role, depth, block, it),
        BlockKind::Quote { blocks: inner } => {
            let rtl = blocks_are_rtl(inner, ctx.rtl);
            Classes::of(ctx, block).open(out, "blockquote", &[ctx.dir(rtl)]);
            blocks(&ctx.within(block.step).reading(rtl), out, role, depth, inner);
            out.close("blockquote");
        }
        BlockKind::Callout(it) => callout(ctx, out, role, depth, block, it),
        BlockKind::Code(it) => code::code(ctx, out, Classes::of(ctx, block), block.id, it),
        BlockKind::Image(it) => image(ctx, out, block, it),
        BlockKind::Table(it) => table(ctx, out, block, it),
        BlockKind::Formula(it) => {
            Classes::of(ctx, block).and("formula-block").open(out, "div", &[]);
            formula(out, it, ctx.formulas(block.id).first(), true);
            out.close("div");
        }
    }
}

fn heading(ctx: &Ctx<'_>, out: &mut Html, role: TextRole, block: &Block, content: &[Inline]) {
    let level = ctx.levels.get(&block.id).copied().unwrap_or(2).clamp(1, 6);
    let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level - 1)];
    let classes = Classes::of(ctx, block).and(&format!("t-{}", dress::heading_role(role)));
    paragraph(ctx, out, name, &classes, block.id, content);
}

/// An element that holds text of its own.
fn paragraph(
    ctx: &Ctx<'_>,
    out: &mut Html,
    name: &str,
    classes: &Classes,
    id: BlockId,
    content: &[Inline],
) {
    classes.open(out, name, &[ctx.dir(is_rtl(content, ctx.rtl))]);
    inlines(ctx, out, &mut ctx.breaks(id).of(content), content);
    out.close(name);
}

fn list(ctx: &Ctx<'_>, out: &mut Html, role: TextRole, depth: usize, block: &Block, list: &List) {
    let name = if list.start.is_some() { "ol" } else { "ul" };
    let start = list.start.filter(|start| *start != 1).map(|start| start.to_string());
    let classes = Classes::of(ctx, block)
        .and(if list.tight { "tight" } else { "loose" })
        .and(&ctx.names.block(block.id))
        .and(if dress::bullet(depth) == "–" { "dash" } else { "" });
    let rtl = list.is_rtl(ctx.rtl);
    classes.open(out, name, &[("start", start.as_deref()), ctx.dir(rtl)]);
    let ctx = &ctx.within(block.step).reading(rtl);
    for item in &list.items {
        let classes = Classes::at(ctx, item.step).and(match item.task {
            Some(true) => "task done",
            Some(false) => "task",
            None => "",
        });
        classes.open(out, "li", &[]);
        blocks(&ctx.within(item.step), out, role, depth + 1, &item.blocks);
        out.close("li");
    }
    out.close(name);
}

fn callout(
    ctx: &Ctx<'_>,
    out: &mut Html,
    role: TextRole,
    depth: usize,
    block: &Block,
    callout: &Callout,
) {
    let kind = callout.kind.title().to_lowercase();
    let classes = Classes::of(ctx, block).and("callout").and(&format!("callout-{kind}"));
    let rtl = blocks_are_rtl(&callout.blocks, ctx.rtl);
    classes.open(out, "div", &[("role", Some("note")), ctx.dir(rtl)]);
    out.raw("<p class=\"callout-title\">");
    let title = callout.title.as_deref().unwrap_or(callout.kind.title());
    text(out, &mut ctx.breaks(block.id), title);
    out.raw("</p>");
    blocks(&ctx.within(block.step).reading(rtl), out, role, depth, &callout.blocks);
    out.close("div");
}

fn image(ctx: &Ctx<'_>, out: &mut Html, block: &Block, image: &Image) {
    let alt = if image.decorative { "" } else { &image.alt };
    let class = ctx.names.block(block.id);
    Classes::of(ctx, block).and("area").and(&class).open(out, "figure", &[]);
    let img = |out: &mut Html, classes: Classes, asset: &str, alt: &str| {
        if let Some(shown) = ctx.pictures.show(asset) {
            let classes = classes.and(&class).and(&shown.class);
            classes.open(out, "img", &[("src", Some(&shown.src)), ("alt", Some(alt))]);
        }
    };
    let layers = image.layers();
    if let Some(video) = &image.video {
        self::video(ctx, out, block, image, video);
    } else if layers.is_empty() {
        img(out, Classes::default(), &image.asset, alt);
    } else {
        // The first one says what all of them show.
        let ctx = &ctx.within(block.step);
        out.raw("<div class=\"layers\">");
        for (nth, (asset, step)) in layers.iter().enumerate() {
            img(out, Classes::at(ctx, *step), asset, if nth == 0 { alt } else { "" });
        }
        out.raw("</div>");
    }
    if !image.caption.is_empty() {
        out.raw("<figcaption>");
        text(out, &mut ctx.breaks(block.id), &image.caption);
        out.raw("</figcaption>");
    }
    out.close("figure");
}

/// A video. The script starts one that begins by itself: it stands on the page
/// before its slide is shown.
fn video(ctx: &Ctx<'_>, out: &mut Html, block: &Block, image: &Image, video: &Video) {
    let class = format!("b{}", block.id);
    let Played { src, poster, first } = ctx.pictures.play(block.id, image, video);
    let first = first.map(|it| format!("b{it}"));
    let flag = |is: bool| is.then_some("");
    let label = Some(image.alt.as_str()).filter(|_| !image.decorative);
    out.open(
        "video",
        &[
            ("class", Some(&class)),
            ("controls", Some("")),
            ("playsinline", Some("")),
            ("preload", Some("metadata")),
            ("data-autoplay", flag(video.autoplay)),
            ("loop", flag(video.looped)),
            ("muted", flag(video.muted)),
            ("aria-label", label),
            ("poster", poster.as_deref()),
            ("src", src.as_deref()),
            ("data-as", first.as_deref()),
        ],
    );
    out.close("video");
}

fn table(ctx: &Ctx<'_>, out: &mut Html, block: &Block, table: &Table) {
    let class = ctx.names.block(block.id);
    let rtl = table.is_rtl(ctx.rtl);
    Classes::of(ctx, block).and(&class).open(out, "table", &[ctx.dir(rtl)]);
    let ctx = &ctx.reading(rtl);
    out.raw("<colgroup>");
    for _ in &table.columns {
        out.raw("<col>");
    }
    out.raw("</colgroup><thead><tr>");
    cells(ctx, out, true, &table.columns, &table.head);
    out.raw("</tr></thead>");
    if !table.rows.is_empty() {
        out.raw("<tbody>");
        for row in &table.rows {
            out.raw("<tr>");
            cells(ctx, out, false, &table.columns, row);
            out.raw("</tr>");
        }
        out.raw("</tbody>");
    }
    out.close("table");
}

/// The cells of one row. An empty one in the head is the corner of the table and
/// no header of anything.
fn cells(ctx: &Ctx<'_>, out: &mut Html, head: bool, columns: &[Column], row: &[Cell]) {
    for (column, cell) in columns.iter().zip(row) {
        let is_number = !head && matches!(column, Column::Numbers { .. });
        let classes = Classes::default().and(match column {
            Column::Text(Align::Left) => "",
            Column::Text(Align::Center) => "center",
            Column::Text(Align::Right) => "right",
            Column::Numbers { .. } => "number",
        });
        let classes = if is_number { classes.and(&ctx.names.block(cell.id)) } else { classes };
        let is_head = head && !cell.content.is_empty();
        let (name, scope) = if is_head { ("th", Some("col")) } else { ("td", None) };
        let dir = ctx.dir(!is_number && is_rtl(&cell.content, ctx.rtl));
        classes.open(out, name, &[("scope", scope), dir]);
        inlines(ctx, out, &mut ctx.breaks(cell.id).of(&cell.content), &cell.content);
        out.close(name);
    }
}

/// The classes of an element, and the step at which it appears.
#[derive(Debug, Default)]
pub(super) struct Classes {
    names: String,
    step: Step,
    /// The name of the block, in a preview.
    block: Option<String>,
}

impl Classes {
    /// Those of a block.
    fn of(ctx: &Ctx<'_>, block: &Block) -> Self {
        let name = ctx.names.are_live().then(|| ctx.names.block(block.id));
        Self { block: name, ..Self::at(ctx, block.step) }
    }

    /// Those of something that appears at a step. reveal.js calls it a
    /// fragment; the word stays on this side. What appears together with the
    /// element around it is no fragment of its own.
    pub(super) fn at(ctx: &Ctx<'_>, step: Step) -> Self {
        if step > ctx.from {
            Self { names: "fragment".to_owned(), step, block: None }
        } else {
            Self::default()
        }
    }

    /// With one more class; an empty name adds none.
    pub(super) fn and(mut self, name: &str) -> Self {
        if !self.names.is_empty() && !name.is_empty() {
            self.names.push(' ');
        }
        self.names.push_str(name);
        self
    }

    /// Opens an element with these classes and further attributes.
    pub(super) fn open(&self, out: &mut Html, name: &str, attrs: &[(&str, Option<&str>)]) {
        let class = (!self.names.is_empty()).then_some(self.names.as_str());
        let index = self.step.0.checked_sub(1).map(|index| index.to_string());
        let mut all = vec![
            ("class", class),
            ("data-fragment-index", index.as_deref()),
            ("data-b", self.block.as_deref()),
        ];
        all.extend_from_slice(attrs);
        out.open(name, &all);
    }
}
