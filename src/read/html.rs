//! Raw HTML: the tags that become inlines, and the words for all others.
//!
//! `br kbd sub sup mark u s abbr small` are part of the deck language. Any
//! other tag is an error whose hint is deckc's own form.

pub(super) mod form;

use super::run::Cx;
use crate::diag::Diagnostic;
use crate::markup::unescape;
use crate::model::Style;
use crate::source::Span;

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The name, in lower case.
    pub(super) name: String,
    /// Whether it closes an element.
    pub(super) closing: bool,
    /// What stands between the name and the end, without a final slash.
    pub(super) attributes: String,
}

impl Tag {
    /// Reads a tag; `None` for declarations, instructions and text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let rest = text.trim_start().strip_prefix('<')?;
        let (rest, closing) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let (name, rest) = rest.split_at(name.unwrap_or(rest.len()));
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let end = tag_end(rest);
        let attributes = rest[..end].trim().trim_end_matches('/').trim().to_owned();
        Some(Self { name: name.to_ascii_lowercase(), closing, attributes })
    }

    /// The style that the tag stands for.
    pub(super) fn style(&self) -> Option<Style> {
        Some(match self.name.as_str() {
            "kbd" => Style::Kbd,
            "sub" => Style::Sub,
            "sup" => Style::Sup,
            "mark" => Style::Mark,
            "u" => Style::Underline,
            "s" => Style::Strike,
            "small" => Style::Small,
            "abbr" => Style::Abbr { title: self.title().unwrap_or_default() },
            _ => return None,
        })
    }

    /// The value of an attribute in quotes.
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes.as_str();
        loop {
            let (key, value) = rest.split_once('=')?;
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = value[1..].split_once(quote)?;
            let key = key.split_whitespace().next_back().unwrap_or_default();
            if key.eq_ignore_ascii_case(name) {
                return Some(unescape(value));
            }
            rest = after;
        }
    }

    /// The tag without the attributes that are not read.
    pub(super) fn plain(&self) -> String {
        let slash = if self.closing { "/" } else { "" };
        match self.attribute("title").filter(|_| self.name == "abbr") {
            Some(title) if !title.contains(['"', '&', '<']) => format!("<abbr title=\"{title}\">"),
            Some(_) | None => format!("<{slash}{}>", self.name),
        }
    }

    /// The value of a lone attribute `title`.
    fn title(&self) -> Option<String> {
        let (key, value) = self.attributes.split_once('=')?;
        let value = value.trim();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = value[1..].strip_suffix(quote)?;
        (key.trim().eq_ignore_ascii_case("title") && !inner.contains(quote))
            .then(|| unescape(inner))
    }

    /// Whether the tag has attributes that are not read.
    pub(super) fn has_unread_attributes(&self) -> bool {
        let read = self.name == "abbr" && self.title().is_some();
        !read && !self.attributes.is_empty()
    }
}

/// Where a tag ends: the first `>` outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None | Some(_), _) => {}
        }
    }
    text.len()
}

/// Reports an HTML block: its first tag is underlined, all of it named.
pub(super) fn block(cx: &mut Cx<'_, '_, '_>, literal: &str, span: Span) {
    let tag = Tag::parse(literal);
    let length = literal.find('<').map_or(0, |at| at + tag_end(&literal[at..]) + 1);
    let first = literal.lines().next().unwrap_or_default().len();
    let place = cx.part.within(span, 0, length.clamp(1, first.max(1)));
    if tag.as_ref().is_some_and(|tag| is_told(cx, tag)) {
        return;
    }
    let known = tag.as_ref().is_some_and(|tag| tag.name == "br" || tag.style().is_some());
    let diagnostic = if known {
        let name = tag.map(|tag| tag.name).unwrap_or_default();
        Diagnostic::error("raw-html", place, format!("`<{name}>` stands alone on its line"))
            .hint("write the tag in the line of the text that it belongs to")
    } else {
        let markdown = tag.as_ref().and_then(|tag| form::line(literal, tag));
        let start = span.start as usize;
        let text = cx.part.slice(span).trim_end().len();
        let line = Span::new(span.source, start..start + text);
        refused(tag.as_ref(), place).hides(span).patches_from(markdown.map(|text| (line, text)))
    };
    let whole = literal.trim_end().contains('\n') || place != span;
    cx.report(if whole { diagnostic.also(span, "none of this is shown") } else { diagnostic });
}

/// How many refused tags a slide remembers.
const MAX_REFUSED: usize = 100;

/// Whether a tag ends one that was refused; remembers one that is refused here.
pub(super) fn is_told(cx: &mut Cx<'_, '_, '_>, tag: &Tag) -> bool {
    let refused = &mut cx.draft.refused;
    if tag.closing {
        let opened = refused.iter().rposition(|name| *name == tag.name);
        opened.map(|at| refused.swap_remove(at)).is_some()
    } else {
        // A few are enough for any slide, and to search them takes no time.
        if refused.len() < MAX_REFUSED {
            refused.push(tag.name.clone());
        }
        false
    }
}

/// The error for a tag that is not part of the deck language.
pub(super) fn refused(tag: Option<&Tag>, place: Span) -> Diagnostic {
    let Some(tag) = tag else {
        return Diagnostic::error("raw-html", place, "raw HTML is not part of the deck language")
            .hint("write `&lt;` for a `<` that is text");
    };
    let name = &tag.name;
    let slash = if tag.closing { "/" } else { "" };
    let message = format!("`<{slash}{name}>` is not part of the deck language");
    let hint = hint(name).unwrap_or(
        "write it in Markdown; of HTML there are `br`, `kbd`, `sub`, `sup`, `mark`, `u`, `s`, \
         `abbr` and `small`, and `&lt;` for a `<` that is text",
    );
    Diagnostic::error("raw-html", place, message).hint(hint)
}

/// What to write for a tag.
fn hint(name: &str) -> Option<&'static str> {
    Some(match name {
        "b" | "strong" => "write `**text**`",
        "i" | "em" | "cite" | "dfn" | "var" => "write `*text*`",
        "del" | "strike" => "write `~~text~~`",
        "ins" => "write `<u>text</u>`",
        "code" | "tt" | "samp" => "write the text between backticks",
        "pre" | "textarea" => "write the code between two lines of three backticks",
        "a" => "write `[text](https://example.org/)`",
        "img" | "picture" | "svg" | "figure" => "write `![alt text](path)`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `#` before the heading, one a level",
        "p" => "write a blank line between paragraphs",
        "hr" => "write `---` on a line of its own to start a slide",
        "ul" | "ol" | "li" | "dl" | "dt" | "dd" => "write `- ` or `1. ` before each item",
        "blockquote" | "q" => "write `> ` before each line",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => "write a table with `|` between cells",
        "div" | "section" | "article" | "main" | "header" | "aside" | "nav" => {
            "write `::: left` and `:::` around what goes to a slot of the layout"
        }
        "footer" => "write `footer:` in the front matter",
        "center" | "font" | "span" | "style" | "link" | "big" => {
            "looks are the theme's: choose a layout, or change the theme"
        }
        "script" | "iframe" | "object" | "embed" | "canvas" | "form" | "input" | "button" => {
            "a slide runs nothing: show a picture of it, or link to it"
        }
        "video" | "audio" | "source" => "show a picture of it, or link to it",
        "details" | "summary" => "write `<!-- step -->` before what should appear later",
        "!doctype" | "html" | "head" | "body" | "meta" | "title" => {
            "write what it says in the front matter"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart() {
        let tag = Tag::parse("<ABBR title='a > b' />").expect("this is a tag");
        assert_eq!((tag.name.as_str(), tag.closing), ("abbr", false));
        assert_eq!(tag.style(), Some(Style::Abbr { title: "a > b".to_owned() }));
        assert!(!tag.has_unread_attributes());
        assert!(Tag::parse("<kbd class=x>").expect("this is a tag").has_unread_attributes());
        assert!(Tag::parse("</sub >").expect("this is a tag").closing);
        assert_eq!(Tag::parse("<!DOCTYPE html>"), None);
        assert_eq!(Tag::parse("<"), None);
    }
}
