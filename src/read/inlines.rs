//! Inlines: the pieces of a line of text.
//!
//! Takes the children of a paragraph, heading or cell, gives inlines of the
//! model. HTML tags, which the parser gives one by one, are matched up here.

use comrak::nodes::{Node, NodeValue};

use super::prepare::{MARKER, MAX_DEPTH, too_deep};
use super::run::Cx;
use super::{comments, footnotes, formula, html, images, links, shortcodes};
use crate::diag::{Diagnostic, meant};
use crate::model::{Inline, InlineKind, Style};
use crate::source::Span;

/// A stretch that is being read: the whole, or what follows an open HTML tag.
struct Frame {
    tag: Option<(String, Style, Span)>,
    content: Vec<Inline>,
}

/// Reads the inlines that a block holds.
pub(super) fn children<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>, depth: usize) -> Vec<Inline> {
    let mut content = stretch(cx, node, depth);
    collapse(&mut content, &mut true);
    shortcodes::name_lone_icons(&mut content);
    content
}

/// Reads the inlines that a node holds, as they are written.
fn stretch<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>, depth: usize) -> Vec<Inline> {
    if depth > MAX_DEPTH {
        let span = cx.span(node);
        cx.report(too_deep(span, depth));
        return Vec::new();
    }
    let mut frames = vec![Frame { tag: None, content: Vec::new() }];
    let mut after_image = false;
    for child in node.children() {
        let span = cx.span(child);
        let data = child.data();
        let was_after_image = std::mem::take(&mut after_image);
        match &data.value {
            NodeValue::Text(found) => {
                let marked = found.starts_with(images::DECORATIVE) && was_after_image;
                let skip = if marked { images::DECORATIVE.len() } else { 0 };
                if was_after_image && found.starts_with('{') && !marked {
                    unknown_mark(cx, found, span);
                }
                footnotes::warn_of_undefined(cx, span);
                let span = cx.part.within(span, skip, usize::MAX / 2);
                for piece in shortcodes::split(cx, &found[skip..], span) {
                    add(&mut frames, piece.span, piece.kind);
                }
            }
            NodeValue::SoftBreak => soft_break(&mut frames, child, span),
            NodeValue::LineBreak => push(&mut frames, span, InlineKind::Break),
            NodeValue::Code(code) => {
                push(&mut frames, span, InlineKind::Code { text: code.literal.clone() });
            }
            NodeValue::Emph => styled(cx, &mut frames, child, span, Style::Emph, depth),
            NodeValue::Strong => styled(cx, &mut frames, child, span, Style::Strong, depth),
            NodeValue::Strikethrough => {
                styled(cx, &mut frames, child, span, Style::Strike, depth);
            }
            NodeValue::Link(link) => {
                let content = stretch(cx, child, depth + 1);
                match links::target(cx, link, span) {
                    Some(target) => {
                        let title = link.title.clone();
                        push(&mut frames, span, InlineKind::Link { target, title, content });
                    }
                    None => last(&mut frames).extend(content),
                }
            }
            NodeValue::Image(_) if images::is_background(child) => {
                cx.report(
                    Diagnostic::error("background", span, "a background stands among words").hint(
                        "write it on a line of its own, with a blank line before and after it",
                    ),
                );
            }
            NodeValue::Image(_) => {
                let next = child.next_sibling();
                let decorative = next.is_some_and(|next| {
                    matches!(&next.data().value, NodeValue::Text(t) if t.starts_with(images::DECORATIVE))
                });
                let marks = images::Marks::in_line(decorative);
                images::foreign_in_line(cx, span);
                if let Some(image) = images::image(cx, child, &marks) {
                    push(&mut frames, span, InlineKind::Image(image));
                }
                after_image = true;
            }
            NodeValue::Math(math) => {
                if let Some(kind) = formula::inline(cx, span, math, child) {
                    add(&mut frames, span, kind);
                }
            }
            NodeValue::FootnoteReference(reference) => {
                let number = footnotes::number(cx, &reference.name);
                push(&mut frames, span, InlineKind::FootnoteRef { number });
            }
            NodeValue::HtmlInline(found) if found.starts_with("<!--") => comments::inline(cx, span),
            NodeValue::HtmlInline(found) if found == MARKER => {
                // A `:::` that is indented like a line of the paragraph above.
                let line = cx.part.line_text(data.sourcepos.start.line);
                text(&mut frames, line.trim(), span);
            }
            NodeValue::HtmlInline(found) => tag(cx, &mut frames, child, found, span),
            // The parser's other extensions are off.
            _ => cx.report(
                Diagnostic::error("syntax", span, "this is not part of the deck language")
                    .hint("write it in other words"),
            ),
        }
    }
    while frames.len() > 1 {
        let Some(Frame { tag: Some((name, _, span)), content }) = frames.pop() else { break };
        cx.report(
            Diagnostic::error("raw-html", span, format!("`<{name}>` is never closed"))
                .hint(format!("write `</{name}>` in the same stretch of text")),
        );
        last(&mut frames).extend(content);
    }
    let mut content = frames.pop().map(|frame| frame.content).unwrap_or_default();
    trim(&mut content);
    content
}

/// The content of the innermost frame.
fn last(frames: &mut [Frame]) -> &mut Vec<Inline> {
    &mut frames.last_mut().expect("the frame of the whole is never popped").content
}

/// Adds an inline.
fn push(frames: &mut [Frame], span: Span, kind: InlineKind) {
    last(frames).push(Inline { span, kind });
}

/// Adds text to the text before it, if that stands on the same line.
fn text(frames: &mut [Frame], text: &str, span: Span) {
    if text.is_empty() {
        return;
    }
    let content = last(frames);
    if let Some(Inline { span: before, kind: InlineKind::Text { text: start } }) =
        content.last_mut()
        && before.end == span.start
        && before.source == span.source
        && !start.ends_with('\n')
    {
        start.push_str(text);
        before.end = span.end.max(before.end);
        return;
    }
    push(frames, span, InlineKind::Text { text: text.to_owned() });
}

/// Adds something, as text where it is text.
fn add(frames: &mut [Frame], span: Span, kind: InlineKind) {
    if let InlineKind::Text { text: found } = &kind {
        text(frames, found, span);
    } else {
        push(frames, span, kind);
    }
}

/// Adds a soft break: a space, or nothing between two characters of scripts
/// that write no spaces.
fn soft_break(frames: &mut [Frame], node: Node<'_>, span: Span) {
    let before = last(frames).last().and_then(|inline| {
        let InlineKind::Text { text } = &inline.kind else { return None };
        text.chars().next_back()
    });
    let after = node.next_sibling().and_then(|next| match &next.data().value {
        NodeValue::Text(text) => text.chars().next(),
        _ => None,
    });
    let unspaced = |c: Option<char>| c.is_some_and(writes_no_spaces);
    if unspaced(before) && unspaced(after) {
        return;
    }
    let span = Span { end: span.end.max(span.start), ..span };
    match last(frames).last_mut() {
        Some(Inline { span: before, kind: InlineKind::Text { text } }) => {
            text.push(' ');
            before.end = before.end.max(span.end);
        }
        Some(_) | None => push(frames, span, InlineKind::Text { text: " ".to_owned() }),
    }
}

/// Whether a character belongs to a script that writes no spaces between
/// words: Han, kana, and the punctuation written with them. Hangul does.
fn writes_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}

/// Adds a styled stretch.
fn styled<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    frames: &mut [Frame],
    node: Node<'a>,
    span: Span,
    style: Style,
    depth: usize,
) {
    let content = stretch(cx, node, depth + 1);
    push(frames, span, InlineKind::Styled { style, content });
}

/// Reads an HTML tag.
fn tag(cx: &mut Cx<'_, '_, '_>, frames: &mut Vec<Frame>, node: Node<'_>, found: &str, span: Span) {
    let tag = html::Tag::parse(found);
    let Some(tag) = tag.filter(|tag| tag.name == "br" || tag.style().is_some()) else {
        let refused = html::Tag::parse(found);
        if !refused.as_ref().is_some_and(|tag| html::is_told(cx, tag)) {
            let changes = refused.as_ref().map(|tag| html::form::inline(cx, node, tag));
            let found = html::refused(refused.as_ref(), span);
            cx.report(found.patches_from(changes.unwrap_or_default()));
        }
        return;
    };
    let name = &tag.name;
    if tag.has_unread_attributes() {
        let hint = if name == "abbr" {
            "write `<abbr title=\"...\">`".to_owned()
        } else {
            format!("write `<{name}>`: looks are the theme's")
        };
        cx.report(
            Diagnostic::error("raw-html", span, format!("`<{name}>` has attributes"))
                .hint(hint)
                .patch(span, tag.plain()),
        );
    }
    if name == "br" {
        push(frames, span, InlineKind::Break);
        return;
    }
    if !tag.closing {
        if frames.len() > MAX_DEPTH {
            cx.report(too_deep(span, frames.len()));
            return;
        }
        let style = tag.style().expect("tags without a style were refused above");
        frames.push(Frame { tag: Some((tag.name, style, span)), content: Vec::new() });
        return;
    }
    match frames.pop() {
        Some(Frame { tag: Some((open, style, start)), content }) if open == *name => {
            push(frames, start.to(span), InlineKind::Styled { style, content });
        }
        other => {
            frames.extend(other);
            cx.report(
                Diagnostic::error("raw-html", span, format!("`</{name}>` closes nothing"))
                    .hint(format!("write `<{name}>` before it in the same stretch of text")),
            );
        }
    }
}

/// Reports braces behind an image that are not `{decorative}`.
fn unknown_mark(cx: &mut Cx<'_, '_, '_>, text: &str, span: Span) {
    let Some(end) = text.find('}') else { return };
    let place = cx.part.within(span, 0, end + 1);
    let message = format!("unknown mark `{}`", &text[..=end]);
    cx.report(if meant(&text[..=end], [images::DECORATIVE]).is_some() {
        Diagnostic::error("unknown-key", place, message)
            .hint("only `{decorative}` can stand behind an image in a line")
            .patch(place, images::DECORATIVE)
    } else {
        Diagnostic::error("unknown-key", place, message)
            .hint("an image in a line is as high as the text: one that stands alone has a size")
            .hint("only `{decorative}` can stand behind an image in a line")
            .patch(place, "")
            .guess()
    });
}

/// Makes one space of several, as HTML does, also where some stand in a styled
/// stretch and some beside it. `spaced` says whether a space would be one too
/// many.
fn collapse(content: &mut Vec<Inline>, spaced: &mut bool) {
    for inline in content.iter_mut() {
        match &mut inline.kind {
            InlineKind::Text { text } => {
                let mut kept = String::with_capacity(text.len());
                for ch in text.chars() {
                    let is_space = matches!(ch, ' ' | '\t');
                    if !is_space {
                        kept.push(ch);
                    } else if !*spaced {
                        kept.push(' ');
                    }
                    *spaced = is_space;
                }
                *text = kept;
            }
            InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                collapse(content, spaced);
            }
            InlineKind::Break => *spaced = true,
            InlineKind::Code { .. }
            | InlineKind::Image(_)
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::FootnoteRef { .. } => {
                *spaced = false;
            }
        }
    }
    content.retain(|it| !matches!(&it.kind, InlineKind::Text { text } if text.is_empty()));
}

/// Takes the spaces at the end away that comments have left.
fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline { kind: InlineKind::Text { text }, .. }) = content.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\t']).len());
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
}
