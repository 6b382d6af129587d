//! Breaks: where slides start.
//!
//! Takes the parsed text, gives its top-level blocks slide by slide. A thematic
//! break starts a slide; headings up to `slide-level` do too. Text directly
//! above `---`, which is a heading to CommonMark and a break to everybody else,
//! is an error and read as a break.

use comrak::nodes::{Node, NodeValue};

use super::containers;
use super::run::Part;
use super::slide::is_content;
use super::{directive, foreign};
use crate::diag::Diagnostic;
use crate::source::Span;

/// The blocks of a slide.
pub(super) struct Stretch<'a> {
    /// From the break before it to the break after it.
    pub(super) span: Span,
    /// The break before it: its line, the line's end included.
    pub(super) opened: Option<Span>,
    /// The break after it.
    pub(super) closed: Option<Span>,
    /// The top-level blocks, in order.
    pub(super) nodes: Vec<Node<'a>>,
    /// What is wrong with the break after it, or with a line that looks like one:
    /// without the slide's number, which is not known before it is read.
    pub(super) found: Vec<Diagnostic>,
}

/// Splits a text into slides.
pub(super) fn split<'a>(part: &Part<'a>, root: Node<'a>, slide_level: u8) -> Vec<Stretch<'a>> {
    let whole = part.text.whole();
    let start = |at: u32, opened| Stretch {
        span: Span { start: at, ..whole },
        opened,
        closed: None,
        nodes: Vec::new(),
        found: Vec::new(),
    };
    let mut slides: Vec<Stretch<'a>> = Vec::new();
    let mut slide = start(whole.start, None);
    // How many `:::` are open: a heading inside them starts no slide.
    let mut open = 0usize;
    let mut close = |mut slide: Stretch<'a>, at: u32, closed| {
        slide.span.end = at;
        slide.closed = closed;
        slides.push(slide);
    };
    for node in root.children() {
        match kind(node) {
            Kind::Break => {
                let line = whole_line(part, part.span(node.data().sourcepos));
                close(
                    std::mem::replace(&mut slide, start(line.end, Some(line))),
                    line.start,
                    Some(line),
                );
                open = 0;
            }
            Kind::Heading { level: 2, setext: true } => {
                let dashes = underline(part, node);
                let is_first =
                    slide.opened.is_some() && !slide.nodes.iter().any(|it| is_content(it));
                let settings = is_first.then(|| settings(part, node, dashes)).flatten();
                slide.nodes.push(node);
                slide.found.push(settings.unwrap_or_else(|| setext(part, node, dashes)));
                // Fewer dashes would be no break behind a blank line either.
                if dashes.range().len() >= 3 {
                    let line = whole_line(part, dashes);
                    let next = start(line.end, Some(line));
                    close(std::mem::replace(&mut slide, next), line.start, Some(line));
                    open = 0;
                }
            }
            Kind::Heading { level, .. }
                if level <= slide_level
                    && open == 0
                    && slide.nodes.iter().any(|it| is_content(it)) =>
            {
                let at = part.span(node.data().sourcepos).start;
                close(std::mem::replace(&mut slide, start(at, None)), at, None);
                slide.nodes.push(node);
            }
            Kind::Heading { .. } | Kind::Other => {
                match containers::marker(part, node) {
                    Some(text) if containers::is_closing(&text) => open = open.saturating_sub(1),
                    Some(_) => open += 1,
                    None => {}
                }
                slide.nodes.push(node);
            }
        }
    }
    close(slide, whole.end.max(whole.start), None);
    slides
}

/// What matters of a top-level block here.
enum Kind {
    Break,
    Heading { level: u8, setext: bool },
    Other,
}

/// Tells the kinds apart.
fn kind(node: Node<'_>) -> Kind {
    match &node.data().value {
        NodeValue::ThematicBreak => Kind::Break,
        NodeValue::Heading(it) => Kind::Heading { level: it.level, setext: it.setext },
        _ => Kind::Other,
    }
}

/// The line of a span, with its end.
fn whole_line(part: &Part<'_>, span: Span) -> Span {
    let source = part.source;
    let start = source[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = source[span.start as usize..]
        .find('\n')
        .map_or(source.len(), |at| span.start as usize + at + 1);
    Span::new(span.source, start.max(part.text.whole().start as usize)..end)
}

/// The line of dashes below a heading.
fn underline(part: &Part<'_>, node: Node<'_>) -> Span {
    let last = node.data().sourcepos.end.line.saturating_sub(1);
    let Some(line) = part.text.lines.get(last) else { return part.text.whole() };
    let text = part.text.line(last);
    let indent = text.len() - text.trim_start().len();
    let start = line.origin + indent.saturating_sub(line.pad);
    Span::new(part.text.source, start..line.origin + text.trim_end().len().saturating_sub(line.pad))
}

/// The error for what other tools read as the settings of a slide: lines of
/// `key: value` between two breaks, of which one is a directive here or there.
fn settings(part: &Part<'_>, node: Node<'_>, dashes: Span) -> Option<Diagnostic> {
    let line = whole_line(part, dashes);
    let text = Span { end: line.start, ..part.span(node.data().sourcepos) };
    let lines: Vec<&str> = part.slice(text).lines().map(str::trim_end).collect();
    let keys: Vec<&str> =
        lines.iter().map(|line| line.split_once(": ").map_or("", |(key, _)| key)).collect();
    let is_key = |key: &&str| !key.is_empty() && !key.contains(char::is_whitespace);
    let is_known = |key: &&str| directive::is_key(key) || foreign::in_directive(key).is_some();
    if dashes.range().len() < 3 || !keys.iter().all(is_key) || !keys.iter().any(is_known) {
        return None;
    }
    let comment = match lines.as_slice() {
        [only] => format!("<!-- {only} -->"),
        _ => format!("<!--\n{}\n-->", lines.join("\n")),
    };
    let all = Span { end: dashes.end, ..text };
    Some(
        Diagnostic::error("setext-heading", dashes, "settings stand between two lines of dashes")
            .also(
                part.within(text, 0, part.slice(text).trim_end().len()),
                "this would be a heading",
            )
            .hint("settings of a slide stand in a comment, and one line of dashes starts it")
            .patch(all, comment)
            .hides(text),
    )
}

/// The error for text directly above `---`.
fn setext(part: &Part<'_>, node: Node<'_>, dashes: Span) -> Diagnostic {
    let line = whole_line(part, dashes);
    let heading = part.span(node.data().sourcepos);
    let above = part.slice(Span { end: line.start, ..heading }).trim_end().len();
    let text = part.within(heading, 0, above);
    let diagnostic =
        Diagnostic::error("setext-heading", dashes, "text stands directly above a line of dashes")
            .also(text, "CommonMark makes this text a heading");
    let heading = "for a heading, write `## ` before the text and delete the dashes";
    if dashes.range().len() >= 3 {
        let end = if part.slice(line).ends_with("\r\n") { "\r\n" } else { "\n" };
        diagnostic
            .hint("for a break, write a blank line between the two")
            .hint(heading)
            .patch(line.before(), end)
    } else if part.slice(text).contains('\n') {
        diagnostic.hint(heading)
    } else {
        let rest = Span { start: text.end, end: dashes.end, ..text };
        diagnostic.hint(heading).patch(text.before(), "## ").patch(rest, "")
    }
}
