//! Blocks: paragraphs, headings, quotes and what stands in them.
//!
//! Takes nodes of the parser, gives blocks of the model. What the model cannot
//! hold is an error that covers it.

use comrak::nodes::{AlertType, Node, NodeValue};

use super::run::Cx;
use super::{
    comments, containers, drawing, fence, formula, html, images, inlines, lists, shortcodes, tables,
};
use crate::diag::Diagnostic;
use crate::model::{Block, BlockKind, Callout, CalloutKind};
use crate::read::prepare::{MAX_DEPTH, too_deep};
use crate::source::Span;

/// Reads the blocks that a container holds.
pub(super) fn children<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>, depth: usize) -> Vec<Block> {
    let mut read = Vec::new();
    if depth > MAX_DEPTH {
        let span = cx.span(node);
        cx.report(too_deep(span, depth));
        return read;
    }
    for child in node.children() {
        block(cx, child, depth, &mut read);
    }
    read
}

/// Reads one block, which may become none, as a comment does, or several.
pub(super) fn block<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    node: Node<'a>,
    depth: usize,
    out: &mut Vec<Block>,
) {
    let span = cx.span(node);
    let data = node.data();
    match &data.value {
        NodeValue::Paragraph => paragraph(cx, node, span, depth, out),
        NodeValue::Heading(heading) => {
            let level = heading.level;
            let mut block = open(cx, span);
            let below = usize::from(heading.setext);
            cx.draft.definition_lines = definition_lines(node, cx.part.slice(span), below);
            let content = inlines::children(cx, node, depth + 1);
            cx.draft.definition_lines = 0;
            attributes(cx, span);
            block.kind = BlockKind::Heading { level, content };
            out.push(block);
        }
        NodeValue::BlockQuote => {
            let mut block = open(cx, span);
            block.kind = BlockKind::Quote { blocks: children(cx, node, depth + 1) };
            out.push(block);
        }
        NodeValue::Alert(alert) => {
            let mut block = open(cx, span);
            let kind = match alert.alert_type {
                AlertType::Note => CalloutKind::Note,
                AlertType::Tip => CalloutKind::Tip,
                AlertType::Important => CalloutKind::Important,
                AlertType::Warning => CalloutKind::Warning,
                AlertType::Caution => CalloutKind::Caution,
            };
            let title = alert.title.as_deref().map(shortcodes::in_words);
            let blocks = children(cx, node, depth + 1);
            block.kind = BlockKind::Callout(Callout { kind, title, blocks });
            out.push(block);
        }
        NodeValue::List(_) => lists::list(cx, node, depth, out),
        NodeValue::CodeBlock(code) if formula::is_fence(code) => {
            let mut block = open(cx, span);
            if let Some(formula) = formula::fence(cx, node, code) {
                block.kind = BlockKind::Formula(formula);
                out.push(block);
            }
        }
        NodeValue::CodeBlock(code) if tables::is_fence(code) => {
            let mut block = open(cx, span);
            if let Some(table) = tables::fence(cx, node, code) {
                block.kind = BlockKind::Table(table);
                out.push(block);
            }
        }
        NodeValue::CodeBlock(code) if drawing::kind(code).is_some() => {
            let mut block = open(cx, span);
            if let Some(image) = drawing::read(cx, node, code, block.id) {
                block.kind = BlockKind::Image(image);
                out.push(block);
            }
        }
        NodeValue::CodeBlock(code) => {
            let mut block = open(cx, span);
            let mut code = fence::code(cx, node, code);
            cx.draft.steps.number_focus(&mut code);
            block.kind = BlockKind::Code(code);
            out.push(block);
        }
        NodeValue::Table(table) => {
            let mut block = open(cx, span);
            block.kind = BlockKind::Table(tables::table(cx, node, table, depth));
            out.push(block);
        }
        NodeValue::HtmlBlock(found) if found.block_type == 2 => {
            comments::block(cx, node, &found.literal, span);
        }
        NodeValue::HtmlBlock(found) => {
            if containers::marker(cx.part, node).is_some() {
                let span = containers::marker_span(cx.part, node);
                cx.report(
                    Diagnostic::error("misplaced", span, "a container stands inside a block")
                        .hint("end the list or quote above, and start the line at the margin"),
                );
            } else {
                html::block(cx, &found.literal, span);
            }
        }
        // In a note, a line across it parts what the next block parts anyway.
        NodeValue::ThematicBreak if cx.draft.in_note => {}
        NodeValue::ThematicBreak => cx.report(
            Diagnostic::error("misplaced", span, "a break stands inside a block")
                .hint("end the list or quote above, and start the line at the margin")
                .hint("delete the line if no slide should start here"),
        ),
        // Read where it is referred to.
        NodeValue::FootnoteDefinition(_) => {}
        // The parser's other extensions are off.
        _ => cx.report(
            Diagnostic::error("syntax", span, "this block is not part of the deck language")
                .hint("write it in other words"),
        ),
    }
}

/// A block that takes its number and its step before what it holds.
pub(super) fn open(cx: &mut Cx<'_, '_, '_>, span: Span) -> Block {
    let kind = BlockKind::Para { content: Vec::new() };
    Block { id: cx.run.next_id(), span, step: cx.draft.steps.take(), kind }
}

/// Reads a paragraph: text, or images that stand alone in it.
fn paragraph<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    node: Node<'a>,
    span: Span,
    depth: usize,
    out: &mut Vec<Block>,
) {
    cx.draft.definition_lines = definition_lines(node, cx.part.slice(span), 0);
    read_paragraph(cx, node, span, depth, out);
    cx.draft.definition_lines = 0;
}

/// How many lines of link definitions a paragraph or heading starts with: by so
/// many lines its text ends before the block does, apart from those `below`.
fn definition_lines(node: Node<'_>, source: &str, below: usize) -> usize {
    let defines = source.starts_with('[')
        && source.split_once(']').is_some_and(|(_, rest)| rest.starts_with(':'));
    if !defines {
        return 0;
    }
    let last = |node: Node<'_>| node.data().sourcepos.end.line;
    let text = node.descendants().skip(1).map(last).max();
    text.map_or(0, |text| last(node).saturating_sub(text + below))
}

fn read_paragraph<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    node: Node<'a>,
    span: Span,
    depth: usize,
    out: &mut Vec<Block>,
) {
    if let Some(images) = images::alone(cx, node) {
        for (span, image) in images {
            let mut block = open(cx, span);
            block.kind = BlockKind::Image(image);
            out.push(block);
        }
        return;
    }
    if let Some(math) = formula::alone(node) {
        let mut block = open(cx, span);
        let span = cx.span(math);
        if let Some(formula) = formula::own(cx, span, math) {
            block.kind = BlockKind::Formula(formula);
            out.push(block);
        }
        return;
    }
    let steps = cx.draft.steps;
    let mut block = open(cx, span);
    let content = inlines::children(cx, node, depth + 1);
    if content.is_empty() {
        // Nothing but comments or errors: no block, and no step used.
        cx.draft.steps = steps;
        return;
    }
    block.kind = BlockKind::Para { content };
    out.push(block);
}

/// Reports what pandoc and others read as the attributes of a heading, and what
/// would be text here: `{#pools}`, `{.small}`.
fn attributes(cx: &mut Cx<'_, '_, '_>, heading: Span) {
    let text = cx.part.slice(heading);
    let line = text.lines().next().unwrap_or_default().trim_end().trim_end_matches('#').trim_end();
    let Some((title, inner)) = line.strip_suffix('}').and_then(|line| line.rsplit_once(" {"))
    else {
        return;
    };
    let Some(name) = inner.strip_prefix(['#', '.']).filter(|name| super::ids::is_id(name)) else {
        return;
    };
    let title = title.trim_end().len();
    let place = cx.part.within(heading, title, line.len());
    let found = Diagnostic::error("syntax", place, format!("`{{{inner}}}` is text, and shown"));
    let first = cx.part.within(heading, 0, 0);
    let is_top =
        cx.part.source[..first.start as usize].ends_with(['\n', '\u{feff}']) || first.start == 0;
    cx.report(if inner.starts_with('.') {
        found.hint("looks are the theme's: delete it, and choose a layout").patch(place, "")
    } else if is_top {
        found
            .hint(format!("write `<!-- id: {name} -->` on the slide"))
            .patch(first, format!("<!-- id: {name} -->\n"))
            .patch(place, "")
    } else {
        found.hint(format!("delete it, or write `<!-- id: {name} -->` on the slide"))
    });
}
