//! Comments as the parser gives them, cut to the text between `<!--` and
//! `-->`.

use comrak::nodes::Node;

use super::run::Cx;
use super::text::Located;
use super::{comment, directive};
use crate::diag::Diagnostic;
use crate::source::Span;

/// Reads a comment that is a block.
pub(super) fn block(cx: &mut Cx<'_, '_, '_>, node: Node<'_>, literal: &str, span: Span) {
    let first = node.data().sourcepos.start.line.saturating_sub(1);
    let mut lines = Located::new(cx.part.text.source);
    for (text, span) in cx.part.lines(first, literal) {
        // What was put before the line for the parser has no place in the source.
        let (pad, shown) = match text.strip_suffix(cx.part.slice(span)) {
            Some(pad) => text.split_at(pad.len()),
            None => ("", text.as_str()),
        };
        lines.push(pad, shown, span.start as usize);
    }
    read(cx, &lines, span, true);
}

/// Reads a comment in a line of text.
pub(super) fn inline(cx: &mut Cx<'_, '_, '_>, span: Span) {
    let lines = Located::part(span.source, cx.part.source, span.range());
    read(cx, &lines, span, false);
}

fn read(cx: &mut Cx<'_, '_, '_>, lines: &Located, span: Span, between_blocks: bool) {
    let start = lines.text.find("<!--").unwrap_or(0);
    let inner = (start + 4).min(lines.text.len());
    let Some(end) = lines.text[start..].find("-->").map(|at| start + at) else {
        let opening = lines.span(start..inner);
        let open = Diagnostic::error("open-comment", opening, "this comment is never closed")
            .label("everything below is part of it")
            .also(span, "none of this is shown")
            .hint("write `-->` at its end")
            .hides(span);
        // A directive ends with its line, a note where its paragraph does.
        let text = &lines.text[inner..];
        let first = text.lines().next().unwrap_or_default().trim();
        let is_one_line = comment::is_directive(first);
        let length = if is_one_line { text.find('\n') } else { text.find("\n\n") };
        let end = inner + text[..length.unwrap_or(text.len())].trim_end().len();
        let place = lines.span(end.saturating_sub(1)..end);
        let open = open.patch(Span { start: place.end, ..place }, " -->");
        cx.report(if is_one_line { open } else { open.guess() });
        return;
    };
    // `<!-->` is a comment without text.
    let text = lines.cut(inner.min(end)..end);
    let text = if end < inner { lines.cut(end..end) } else { text };
    let rest = end + 3;
    let tail = lines.text[rest.min(lines.text.len())..].trim();
    if !tail.is_empty() {
        let at = rest + lines.text[rest..].len() - lines.text[rest..].trim_start().len();
        let place = lines.span(at..at + tail.len());
        cx.report(
            Diagnostic::error("syntax", place, "text stands behind a comment")
                .hint("start a new line for it"),
        );
    }
    let span = Span { end: lines.span(start..rest).end.max(span.start), ..span };
    directive::comment(cx, span, &text, between_blocks);
}
