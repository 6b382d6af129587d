//! Images: their files, their alt texts, and what stands in braces behind them.

mod background;
mod filters;
mod foreign;
mod marks;
mod video;

use comrak::nodes::{Node, NodeLink, NodeValue};

pub(super) use self::background::is_one as is_background;
pub(super) use self::marks::Marks;
use super::run::Cx;
use super::{comments, shortcodes};
use crate::diag::Diagnostic;
use crate::loader::is_remote;
use crate::model::Image;
use crate::source::{Span, Spanned};

/// The mark of an image that needs no alt text.
pub(super) const DECORATIVE: &str = "{decorative}";

/// Reports words of other tools in the alt text of an image in a line.
pub(super) fn foreign_in_line(cx: &mut Cx<'_, '_, '_>, image: Span) {
    foreign::report(cx, image, None);
}

/// The images of a paragraph that holds nothing else; `None` for any other
/// paragraph.
pub(super) fn alone<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>) -> Option<Vec<(Span, Image)>> {
    let mut found: Vec<(Node<'a>, Vec<Node<'a>>)> = Vec::new();
    for child in node.children() {
        match &child.data().value {
            NodeValue::Image(_) => found.push((child, Vec::new())),
            NodeValue::SoftBreak | NodeValue::LineBreak => {}
            NodeValue::Text(text) if text.trim().is_empty() => {}
            NodeValue::Text(text) if marks::are_marks(text) => found.last_mut()?.1.push(child),
            NodeValue::HtmlInline(html) if html.starts_with("<!--") => {}
            _ => return None,
        }
    }
    if found.is_empty() {
        return None;
    }
    for child in node.children() {
        if matches!(child.data().value, NodeValue::HtmlInline(_)) {
            let span = cx.span(child);
            comments::inline(cx, span);
        }
    }
    let within = node.parent().is_some_and(|it| !matches!(it.data().value, NodeValue::Document));
    let mut images = Vec::new();
    for (node, nodes) in found {
        let span = cx.span(node);
        let mut marks = Marks::default();
        let mut braces = Span { start: span.end, ..span };
        for (nth, node) in nodes.into_iter().enumerate() {
            let span = cx.span(node);
            if nth == 0 {
                braces = span;
            }
            marks::read(cx, span, within, &mut marks);
        }
        if background::is_one(node) {
            background::read(cx, node, &marks, within);
        } else {
            foreign::report(cx, span, Some(braces));
            images.extend(image(cx, node, &marks).map(|image| (span, image)));
        }
    }
    Some(images)
}

/// Reads an image; `None` where its file can never be read.
pub(super) fn image(cx: &mut Cx<'_, '_, '_>, node: Node<'_>, marks: &Marks) -> Option<Image> {
    let decorative = marks.decorative;
    let span = cx.span(node);
    let data = node.data();
    let NodeValue::Image(link) = &data.value else { return None };
    let alt = alt(node);
    if alt.trim().is_empty() && !decorative {
        cx.report(
            Diagnostic::error("alt-text", span, "this image has no alt text")
                .label("it says nothing to those who cannot see it")
                .hint("write what it shows between the brackets: `![a worker pool](pool.svg)`")
                .hint("write `{decorative}` directly after an image that says nothing")
                .patches_from(
                    to_do(cx.part.slice(span))
                        .map(|at| (cx.part.within(span, at, at), TO_DO.to_owned())),
                )
                .placeholder(),
        );
    } else if is_to_do(&alt) && !decorative {
        cx.report(
            Diagnostic::error(
                "alt-text",
                span,
                "the alt text of this image is still to be written",
            )
            .hint("write what it shows between the brackets: `![a worker pool](pool.svg)`"),
        );
    }
    let path = destination(cx, span, link);
    let file = asset(cx, &path, span)?;
    let caption = shortcodes::in_words(&link.title);
    let (path, file, video) = if video::is_one(&path.value, marks) {
        let (poster, file, video) = video::read(cx, span, (path, file), marks)?;
        (poster, file, Some(Box::new(video)))
    } else {
        video::report_playing(cx, marks);
        (path, file, None)
    };
    let (showing, asset) = marks.showing(file);
    Some(Image { path, asset, alt, decorative, caption, showing, drawing: None, video })
}

/// What stands for an alt text that nobody has written yet.
pub(super) const TO_DO: &str = "TODO";

/// Where to put [`TO_DO`] into an image without alt text: behind its `![`.
fn to_do(image: &str) -> Option<usize> {
    let inner = image.strip_prefix("![")?;
    inner.trim_start().starts_with(']').then_some(2)
}

/// Whether an alt text is still to be written.
pub(super) fn is_to_do(alt: &str) -> bool {
    let rest = alt.trim().strip_prefix(TO_DO);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The alt text: the text of what stands between the brackets.
fn alt(node: Node<'_>) -> String {
    let mut alt = String::new();
    for inner in node.descendants().skip(1) {
        match &inner.data().value {
            NodeValue::Text(text) => alt.push_str(text),
            NodeValue::Code(code) => alt.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => alt.push(' '),
            _ => {}
        }
    }
    shortcodes::in_words(&alt)
}

/// The file as written, and where: the last place in the image at which it
/// stands, or all of the image for one named by reference.
fn destination(cx: &Cx<'_, '_, '_>, span: Span, link: &NodeLink) -> Spanned<String> {
    let text = cx.part.slice(span);
    let after = text.rfind("](").unwrap_or(0);
    let at = text[after..].find(&link.url).filter(|_| !link.url.is_empty());
    let place = at.map_or(span, |at| cx.part.within(span, after + at, after + at + link.url.len()));
    Spanned::new(link.url.clone(), place)
}

/// The file below the root; `None` where it can never be read.
fn asset(cx: &mut Cx<'_, '_, '_>, path: &Spanned<String>, image: Span) -> Option<String> {
    let url = &path.value;
    let decoded = super::percent_decoded(url);
    let wrong = if url.trim().is_empty() {
        Diagnostic::error("missing-asset", path.span, "this image names no file")
            .hint("write its path between the parentheses: `![a worker pool](pool.svg)`")
    } else if url.starts_with(Image::QR) {
        return Some(url.clone());
    } else if is_remote(url) {
        let message = format!("`{url}` is not a file beside the deck");
        Diagnostic::error("remote-asset", path.span, message)
            .label("a deck is shown without a network")
            .hint("save the image beside the deck and write its path")
    } else if let Some(asset) = super::join(cx.part.folder, &decoded) {
        return Some(asset);
    } else {
        let message = format!("`{url}` leads out of the deck's folder");
        Diagnostic::error("missing-asset", path.span, message)
            .hint("put the file below the deck's folder and write its path from there")
    };
    cx.report(if path.span == image { wrong } else { wrong.also(image, "this is left out") });
    None
}
