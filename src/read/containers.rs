//! Containers: `:::` slots, `::: steps`, `::: notes` and `::: line 7`.
//!
//! Takes the top-level blocks of a slide, adds them to its draft. A closing
//! `:::` closes the container opened last, whatever the number of colons.

use comrak::nodes::{Node, NodeValue};

use super::prepare::{MAX_DEPTH, too_deep};
use super::run::{Cx, Part};
use super::{blocks, lists, remarks, removal, slide};
use crate::diag::Diagnostic;
use crate::model::{Block, Note};
use crate::source::{Span, Spanned};

/// A container that is open.
struct Open<'a> {
    kind: Kind<'a>,
    /// The line that opened it.
    span: Span,
}

enum Kind<'a> {
    Slot(Spanned<String>),
    Steps,
    /// The blocks so far.
    Notes(Vec<Node<'a>>),
    /// The lines that it is about, and the blocks so far.
    Remark(Option<Spanned<remarks::Lines>>, Vec<Node<'a>>),
}

/// The text of a `:::` line, or `None` for any other block.
pub(super) fn marker(part: &Part<'_>, node: Node<'_>) -> Option<String> {
    let data = node.data();
    let NodeValue::HtmlBlock(html) = &data.value else { return None };
    let line = part.text.lines.get(data.sourcepos.start.line.saturating_sub(1))?;
    (html.block_type == 3 && line.marker).then(|| {
        let (text, _) = part.lines(data.sourcepos.start.line - 1, &html.literal).swap_remove(0);
        text.trim().to_owned()
    })
}

/// The line `::right::` with which another tool starts a slot, and the name in it.
fn other_marker<'a>(part: &Part<'a>, node: Node<'_>) -> Option<(Span, &'a str)> {
    if !matches!(node.data().value, NodeValue::Paragraph) {
        return None;
    }
    let span = part.span(node.data().sourcepos);
    let line = part.source[span.range()].lines().next()?.trim_end();
    let name = line.strip_prefix("::")?.strip_suffix("::")?;
    let end = span.start as usize + line.len();
    super::ids::is_id(name).then(|| (Span::new(span.source, span.start as usize..end), name))
}

/// Whether a `:::` line closes a container: it has no name.
pub(super) fn is_closing(marker: &str) -> bool {
    marker.trim_start_matches(':').is_empty()
}

/// The place of a `:::` line.
pub(super) fn marker_span(part: &Part<'_>, node: Node<'_>) -> Span {
    let span = part.span(node.data().sourcepos);
    let rest = &part.source[span.start as usize..];
    let line = rest.lines().next().unwrap_or_default().trim_end();
    Span::new(span.source, span.start as usize..span.start as usize + line.len())
}

/// Reads the top-level blocks of a slide.
pub(super) fn read<'a>(cx: &mut Cx<'_, '_, 'a>, nodes: &[Node<'a>]) {
    let mut open: Vec<Open<'a>> = Vec::new();
    for (nth, node) in nodes.iter().enumerate() {
        if let Some((line, name)) = other_marker(cx.part, node) {
            let found = Diagnostic::error("syntax", line, "this is text, and no slot")
                .hint(format!("write `::: {name}`, and `:::` behind what goes to the slot"));
            let rest = &nodes[nth + 1..];
            let ahead = rest.iter().take_while(|it| other_marker(cx.part, it).is_none());
            let end = ahead.last().filter(|_| open.is_empty()).map(|it| end_of(cx.part, it));
            cx.report(match end {
                Some(end) => found.patch(line, format!("::: {name}")).patch(end, "\n:::"),
                None => found,
            });
            continue;
        }
        match marker(cx.part, node) {
            Some(text) => {
                let span = marker_span(cx.part, node);
                if is_closing(&text) {
                    close(cx, &mut open, span);
                } else {
                    opened(cx, &mut open, &text, span);
                }
            }
            None => content(cx, &mut open, node),
        }
        cx.draft.in_steps = open.iter().any(|open| matches!(open.kind, Kind::Steps));
    }
    let is_only = open.len() == 1;
    while let Some(left) = open.pop() {
        let found =
            Diagnostic::error("open-container", left.span, "this container is never closed")
                .hint("write `:::` on a line of its own after its content, before the next slide");
        let end = nodes.last().map(|node| end_of(cx.part, node));
        cx.report(match end.filter(|_| is_only && is_at_margin(cx.part, left.span)) {
            Some(end) => found.patch(end, "\n:::"),
            None => found,
        });
        finish(cx, left, None);
    }
    cx.draft.in_steps = false;
}

/// The place behind a block.
fn end_of(part: &Part<'_>, node: Node<'_>) -> Span {
    let span = if marker(part, node).is_some() {
        marker_span(part, node)
    } else {
        part.span(node.data().sourcepos)
    };
    let end = span.start as usize + part.slice(span).trim_end().len();
    Span::new(span.source, end..end)
}

/// Whether a line starts at the margin.
fn is_at_margin(part: &Part<'_>, line: Span) -> bool {
    let before = &part.source[..line.start as usize];
    before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}'])
}

/// Adds a block to what is open.
fn content<'a>(cx: &mut Cx<'_, '_, 'a>, open: &mut [Open<'a>], node: Node<'a>) {
    for outer in open.iter_mut().rev() {
        if let Kind::Notes(nodes) | Kind::Remark(_, nodes) = &mut outer.kind {
            nodes.push(node);
            return;
        }
    }
    let slot = open.iter().rev().find_map(|outer| match &outer.kind {
        Kind::Slot(name) => Some(name),
        Kind::Steps | Kind::Notes(_) | Kind::Remark(..) => None,
    });
    let mut read: Vec<Block> = Vec::new();
    if cx.draft.in_steps && slide::is_content(node) {
        if matches!(node.data().value, NodeValue::List(_)) {
            lists::stepped(cx, node, &mut read);
        } else {
            let outer = cx.draft.steps.enter();
            blocks::block(cx, node, 1, &mut read);
            cx.draft.steps.leave(outer);
        }
    } else {
        blocks::block(cx, node, 1, &mut read);
    }
    cx.draft.add(slot, read);
}

/// Opens a container.
fn opened<'a>(cx: &mut Cx<'_, '_, 'a>, open: &mut Vec<Open<'a>>, text: &str, span: Span) {
    if open.len() >= MAX_DEPTH {
        cx.report(too_deep(span, open.len() + 1));
        return;
    }
    let colons = text.len() - text.trim_start_matches(':').len();
    let rest = &text[colons..];
    let name = rest.trim();
    let at = colons + rest.len() - rest.trim_start().len();
    let place = cx.part.within(span, at, at + name.len());
    let within = open.iter().find(|it| match it.kind {
        Kind::Remark(..) => true,
        Kind::Notes(_) => remarks::lines(name).is_some(),
        Kind::Slot(_) | Kind::Steps => false,
    });
    if let Some(outer) = within {
        cx.report(
            Diagnostic::error("misplaced", place, "this container stands inside another one")
                .also(outer.span, "this one is still open")
                .hint("write `:::` before it"),
        );
    }
    let kind = match name {
        "steps" => Kind::Steps,
        "notes" => Kind::Notes(Vec::new()),
        name if let Some(lines) = remarks::lines(name) => {
            if lines.is_err() {
                remarks::no_lines(cx, name, place);
            }
            Kind::Remark(lines.ok().map(|lines| Spanned::new(lines, place)), Vec::new())
        }
        _ => {
            if !super::ids::is_id(name) {
                cx.report(
                    Diagnostic::error(
                        "syntax",
                        place,
                        format!("`{name}` is not the name of a slot"),
                    )
                    .hint("write one name, like `::: left`, `::: steps` or `::: notes`")
                    .patches_from(name_meant(name).map(|meant| (place, meant))),
                );
            }
            let outer = open.iter().find(|outer| matches!(outer.kind, Kind::Slot(_)));
            if let Some(outer) = outer {
                let is_innermost = open.last().is_some_and(|it| it.span == outer.span)
                    && is_at_margin(cx.part, span);
                cx.report(
                    Diagnostic::error("misplaced", place, "a slot stands inside another slot")
                        .also(outer.span, "this one is still open")
                        .hint("write `:::` before it")
                        .patches_from(is_innermost.then(|| (span.before(), ":::\n\n".to_owned()))),
                );
            }
            Kind::Slot(Spanned::new(name.to_owned(), place))
        }
    };
    open.push(Open { kind, span });
}

/// The name that is meant by pandoc's attributes or in other letters:
/// `{.notes}`, `{slot=left}`, `Left`.
fn name_meant(text: &str) -> Option<String> {
    let bare = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    let mut words = bare.split_whitespace();
    let (first, None) = (words.next()?, words.next()) else { return None };
    let name = first.strip_prefix('.').or_else(|| first.strip_prefix("slot=")).unwrap_or(first);
    let name = name.trim_matches(['"', '\'']).to_lowercase().replace('_', "-");
    super::ids::is_id(&name).then_some(name)
}

/// Closes the container that was opened last.
fn close<'a>(cx: &mut Cx<'_, '_, 'a>, open: &mut Vec<Open<'a>>, span: Span) {
    match open.pop() {
        Some(left) => finish(cx, left, Some(span)),
        None => cx.report(
            Diagnostic::error("open-container", span, "there is no container to close")
                .hint("delete the line, or open a container above, like `::: left`")
                .patch(removal::comment(cx.part.source, span), ""),
        ),
    }
}

/// Adds what a container collected.
fn finish<'a>(cx: &mut Cx<'_, '_, 'a>, left: Open<'a>, closed: Option<Span>) {
    match left.kind {
        Kind::Notes(nodes) => {
            let blocks = slide::note_blocks(cx, &nodes);
            let span = closed.map_or(left.span, |closed| left.span.to(closed));
            cx.draft.notes.push(Note { span, blocks });
        }
        Kind::Remark(Some(lines), nodes) => remarks::add(cx, &lines, &nodes),
        Kind::Remark(None, _) | Kind::Slot(_) | Kind::Steps => {}
    }
}
