//! Footnotes: shown on the slide that refers to them.
//!
//! A definition holds for all of its source. A footnote is numbered on its
//! slide, in the order in which the slide refers to it, and can stand on
//! several slides.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::{Node, NodeValue};

use super::inlines;
use super::run::{Cx, Part, Run};
use crate::diag::{Diagnostic, meant, nearest};
use crate::model::{Footnote, Inline, InlineKind};
use crate::source::Span;

/// The definitions of a text, by normalised label; the first of a label holds.
pub(super) fn definitions(root: Node<'_>) -> BTreeMap<String, Node<'_>> {
    let mut found = BTreeMap::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteDefinition(definition) = &node.data().value {
            found.entry(normalised(&definition.name)).or_insert(node);
        }
    }
    found
}

/// A label as the parser compares it: without case and with single spaces.
fn normalised(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The number on this slide of the footnote with this label.
pub(super) fn number(cx: &mut Cx<'_, '_, '_>, label: &str) -> u32 {
    let label = normalised(label);
    if let Some(used) = cx.run.used_footnotes.last_mut() {
        used.insert(label.clone());
    }
    let next = cx.draft.footnotes.len() + 1;
    let number = *cx.draft.footnote_numbers.entry(label.clone()).or_insert(next);
    if number == next {
        cx.draft.footnotes.push(label);
    }
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Reads the footnotes that a slide refers to, and those that they refer to.
pub(super) fn read(cx: &mut Cx<'_, '_, '_>) -> Vec<Footnote> {
    let mut read = Vec::new();
    while let Some(label) = cx.draft.footnotes.get(read.len()) {
        let Some(node) = cx.part.footnotes.get(label).copied() else { break };
        let id = cx.run.next_id();
        let span = cx.span(node);
        let content = content(cx, node);
        let number = u32::try_from(read.len() + 1).unwrap_or(u32::MAX);
        read.push(Footnote { id, span, number, content });
    }
    read
}

/// The text of a definition; its paragraphs are joined by breaks.
fn content<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::new();
    for block in node.children() {
        let span = cx.span(block);
        if !matches!(block.data().value, NodeValue::Paragraph) {
            cx.report(
                Diagnostic::error("footnote", span, "a footnote holds more than text")
                    .hint("write the footnote as text, and put the rest on the slide"),
            );
            continue;
        }
        let content = inlines::children(cx, block, 2);
        if !joined.is_empty() && !content.is_empty() {
            joined.push(Inline { span: span.before(), kind: InlineKind::Break });
        }
        joined.extend(content);
    }
    joined
}

/// Reports definitions that no slide refers to, and labels defined twice.
pub(super) fn check<'a>(
    run: &mut Run<'_>,
    part: &Part<'a>,
    root: Node<'a>,
    used: &BTreeSet<String>,
) {
    for node in root.descendants() {
        let data = node.data();
        let NodeValue::FootnoteDefinition(definition) = &data.value else { continue };
        let label = normalised(&definition.name);
        let span = part.span(data.sourcepos);
        let place = part.within(span, 0, definition.name.len() + 3);
        let first = part.footnotes.get(&label).copied();
        if let Some(first) = first.filter(|first| !std::ptr::eq(*first, node)) {
            let first = part.span(first.data().sourcepos);
            run.diags.push(
                Diagnostic::error("footnote", place, format!("`[^{label}]` is defined twice"))
                    .also(part.within(first, 0, definition.name.len() + 3), "the first one holds")
                    .hint("give one of them another label"),
            );
        } else if !used.contains(&label) {
            let message = format!("no slide refers to the footnote `[^{}]`", definition.name);
            run.diags.push(
                Diagnostic::warning("footnote", place, message)
                    .hint(format!("write `[^{}]` where it belongs, or delete it", definition.name)),
            );
        }
    }
}

/// Warns of what looks like a reference and has no definition.
pub(super) fn warn_of_undefined(cx: &mut Cx<'_, '_, '_>, span: Span) {
    let part = cx.part;
    if cx.draft.in_note {
        return;
    }
    let text = part.slice(span);
    let mut from = 0;
    while let Some(start) = text[from..].find("[^").map(|at| from + at) {
        from = start + 2;
        let Some(end) = text[from..].find(']').map(|at| from + at) else { break };
        let label = &text[from..end];
        let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
        let escaped = text[..start].ends_with('\\');
        if is_label && !escaped && !part.footnotes.contains_key(&normalised(label)) {
            let place = part.within(span, start, end + 1);
            let message = format!("no footnote `[^{label}]` is defined");
            let labels = part.footnotes.keys().map(String::as_str);
            let near = if cx.run.may_suggest() { nearest(label, labels) } else { Vec::new() };
            let hint = match near.first() {
                Some(near) => format!("did you mean `[^{near}]`?"),
                None => format!("write `[^{label}]: ...` on a line of its own"),
            };
            let meant = meant(label, near).map(|name| (place, format!("[^{name}]")));
            cx.report(
                Diagnostic::warning("footnote", place, message)
                    .hint(hint)
                    .hint("write `\\[^` for brackets that are text")
                    .patches_from(meant),
            );
        }
        from = end;
    }
}
