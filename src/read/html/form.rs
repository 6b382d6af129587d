//! Raw HTML in deckc's form, where the two say the same.
//!
//! Takes a tag and where it stands, gives the changes that write it as Markdown.
//! Only what is plain is changed: tags around words in one line, without markup
//! that could meet.

use comrak::nodes::{Node, NodeValue};

use super::Tag;
use crate::read::run::Cx;
use crate::source::Span;

/// The changes that write a tag in a line of text, with the one that closes it,
/// as Markdown; none where that is not plain.
pub(in crate::read) fn inline(
    cx: &Cx<'_, '_, '_>,
    node: Node<'_>,
    tag: &Tag,
) -> Vec<(Span, String)> {
    let open = cx.span(node);
    if tag.closing || !is_tag(cx.part.slice(open)) {
        return Vec::new();
    }
    if tag.name == "img" {
        return image(tag).map(|image| (open, image)).into_iter().collect();
    }
    let Some(close) = closing(cx, node, &tag.name).filter(|close| open.end <= close.start) else {
        return Vec::new();
    };
    let text = cx.part.slice(Span { start: open.end, end: close.start, ..open });
    let Some((before, after)) = around(tag, text) else { return Vec::new() };
    vec![(open, before), (close, after)]
}

/// A line of HTML that is a block, as Markdown.
pub(super) fn line(html: &str, tag: &Tag) -> Option<String> {
    let html = html.trim();
    if html.contains(['\n', '\r']) || tag.closing {
        return None;
    }
    if tag.name == "img" {
        return (super::tag_end(html) + 1 == html.len()).then(|| image(tag)).flatten();
    }
    let inner = html.get(super::tag_end(html) + 1..)?.strip_suffix(&format!("</{}>", tag.name))?;
    let inner = inner.trim();
    if inner.is_empty() || inner.contains('<') {
        return None;
    }
    match tag.name.as_str() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = tag.name[1..].parse().ok()?;
            Some(format!("{} {inner}", "#".repeat(level)))
        }
        "p" => Some(inner.to_owned()),
        _ => None,
    }
}

/// What stands before and after a text instead of a tag.
fn around(tag: &Tag, text: &str) -> Option<(String, String)> {
    let same = |mark: &str| Some((mark.to_owned(), mark.to_owned()));
    // Between two letters or digits every mark opens and closes.
    let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_words = edge(text.chars().next()) && edge(text.chars().next_back());
    if text.contains(['\n', '\r']) || !is_words {
        return None;
    }
    match tag.name.as_str() {
        "b" | "strong" if !text.contains(['*', '_']) => same("**"),
        "i" | "em" | "cite" | "dfn" | "var" if !text.contains(['*', '_']) => same("*"),
        "del" | "strike" if !text.contains('~') => same("~~"),
        "ins" => Some(("<u>".to_owned(), "</u>".to_owned())),
        "code" | "tt" | "samp" if !text.contains(['`', '*', '_', '<', '&', '[', '\\', '~']) => {
            same("`")
        }
        "a" if !text.contains(['[', ']']) => {
            let target = tag.attribute("href").filter(|it| is_plain(it))?;
            Some(("[".to_owned(), format!("]({target})")))
        }
        _ => None,
    }
}

/// An image with a file and an alt text. Its size is the slot's.
fn image(tag: &Tag) -> Option<String> {
    let file = tag.attribute("src").filter(|it| is_plain(it))?;
    let alt = tag.attribute("alt").filter(|alt| !alt.trim().is_empty())?;
    (!alt.contains(['[', ']', '`', '\n', '\r'])).then(|| format!("![{alt}]({file})"))
}

/// Whether a target can stand between parentheses as it is.
fn is_plain(target: &str) -> bool {
    !target.is_empty() && !target.contains(|c: char| c.is_whitespace() || "()<>\\&".contains(c))
}

/// How many pieces of text and markup may stand between a tag and the one that
/// closes it: more than stand in a line.
const MAX_INNER: usize = 50;

/// The tag that closes one, in the same stretch of text.
fn closing(cx: &Cx<'_, '_, '_>, node: Node<'_>, name: &str) -> Option<Span> {
    let mut depth = 1usize;
    for next in node.following_siblings().skip(1).take(MAX_INNER) {
        let data = next.data();
        let NodeValue::HtmlInline(html) = &data.value else { continue };
        let Some(tag) = Tag::parse(html).filter(|tag| tag.name == name) else { continue };
        depth = if tag.closing { depth - 1 } else { depth + 1 };
        if depth == 0 {
            let span = cx.span(next);
            return is_tag(cx.part.slice(span)).then_some(span);
        }
    }
    None
}

/// Whether a piece of the source is a whole tag: a span may be inexact.
fn is_tag(text: &str) -> bool {
    text.starts_with('<') && text.ends_with('>')
}
