//! Inlines as HTML. `typeset/inline.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use super::Ctx;
use super::breaks::{Before, Breaks};
use super::formula::formula;
use super::out::Html;
use crate::model::{Inline, InlineKind, Style};
use crate::shortcode;

/// A break within a word.
const BREAK: &str = "<span class=\"b\"></span>";

/// A break behind a soft hyphen, which only a browser's own breaks show.
const HYPHEN: &str = "<span class=\"b h\"></span>";

/// White space that goes on behind a break within it: no width.
const VOID: &str = "<span class=\"e\">";

const SOFT_HYPHEN: char = '\u{ad}';

/// Some inlines, in order.
pub(super) fn inlines(ctx: &Ctx<'_>, out: &mut Html, breaks: &mut Breaks, inlines: &[Inline]) {
    for it in inlines {
        inline(ctx, out, breaks, it);
    }
}

/// One inline.
fn inline(ctx: &Ctx<'_>, out: &mut Html, breaks: &mut Breaks, inline: &Inline) {
    match &inline.kind {
        InlineKind::Text { text: it } => text(out, breaks, it),
        InlineKind::Code { text: it } => {
            out.raw("<code>");
            text(out, breaks, it);
            out.raw("</code>");
        }
        InlineKind::Styled { style, content } => styled(ctx, out, breaks, style, content),
        InlineKind::Link { target, title, content } => {
            let title = (!title.is_empty()).then_some(title.as_str());
            out.open("a", &[("href", Some(target)), ("title", title)]);
            inlines(ctx, out, breaks, content);
            out.raw("</a>");
        }
        InlineKind::Image(image) => match ctx.pictures.show(&image.asset) {
            Some(shown) => {
                if breaks.before_image() {
                    out.raw(BREAK);
                }
                let class = format!("inline {}", shown.class);
                let class = Some(class.trim_end());
                let alt = if image.decorative { "" } else { &image.alt };
                out.open("img", &[("class", class), ("src", Some(&shown.src)), ("alt", Some(alt))]);
            }
            None => text(out, breaks, &image.alt),
        },
        InlineKind::Icon { name, alt } => {
            if breaks.before_image() {
                out.raw(BREAK);
            }
            icon(out, name, alt);
        }
        InlineKind::Formula(it) => {
            if breaks.before_image() {
                out.raw(BREAK);
            }
            let nth = breaks.next_formula();
            formula(out, it, ctx.formulas(breaks.block).get(nth), false);
        }
        InlineKind::Break => {
            breaks.hard();
            out.raw("<br>");
        }
        InlineKind::FootnoteRef { number } => {
            out.raw("<sup class=\"note-ref\">");
            text(out, breaks, &number.to_string());
            out.raw("</sup>");
        }
    }
}

/// An icon, drawn in the colour of the text.
pub(super) fn icon(out: &mut Html, name: &str, alt: &str) {
    let is_named = !alt.is_empty();
    out.open(
        "svg",
        &[
            ("class", Some("icon")),
            ("viewBox", Some("0 0 24 24")),
            ("role", is_named.then_some("img")),
            ("aria-label", is_named.then_some(alt)),
            ("aria-hidden", (!is_named).then_some("true")),
            ("focusable", Some("false")),
        ],
    );
    out.open("path", &[("d", shortcode::icon(name))]);
    out.raw("</path></svg>");
}

/// A styled stretch.
fn styled(ctx: &Ctx<'_>, out: &mut Html, breaks: &mut Breaks, style: &Style, content: &[Inline]) {
    let name = match style {
        Style::Emph => "em",
        Style::Strong => "strong",
        Style::Strike => "s",
        Style::Underline => "u",
        Style::Mark => "mark",
        Style::Kbd => "kbd",
        Style::Sub => "sub",
        Style::Sup => "sup",
        Style::Small => "small",
        Style::Muted => "span",
        Style::Abbr { title: _ } => "abbr",
    };
    let title = match style {
        Style::Abbr { title } if !title.is_empty() => Some(title.as_str()),
        Style::Abbr { .. }
        | Style::Emph
        | Style::Strong
        | Style::Strike
        | Style::Underline
        | Style::Mark
        | Style::Kbd
        | Style::Sub
        | Style::Sup
        | Style::Small
        | Style::Muted => None,
    };
    let class = (*style == Style::Muted).then_some("muted");
    out.open(name, &[("title", title), ("class", class)]);
    inlines(ctx, out, breaks, content);
    out.close(name);
}

/// Text, broken where Typst broke it.
///
/// A break is presentational: text that is copied, searched or read aloud goes
/// on over it, and the article view does without. So it is an element that holds
/// the white space at the end of the line, and the style sheet breaks behind it.
pub(super) fn text(out: &mut Html, breaks: &mut Breaks, text: &str) {
    let mut from = 0;
    for (at, ch) in text.char_indices() {
        let begins = breaks.begins();
        let found = breaks.before(ch);
        if at < from {
            continue;
        }
        if found != Before::Nothing {
            let (line, rest) = (&text[from..at], &text[at..]);
            let space = rest.len() - rest.trim_start().len();
            out.text(line);
            if space > 0 {
                out.raw(if found == Before::Void { VOID } else { "<span class=\"b\">" });
                out.text(&rest[..space]);
                out.raw("</span>");
            } else if line.ends_with(SOFT_HYPHEN) {
                out.raw(HYPHEN);
            } else {
                out.raw(BREAK);
            }
            from = at + space;
        }
        let begins = begins || found == Before::Break;
        if let Some(class) = half(ch, begins, breaks) {
            let end = at + ch.len_utf8();
            out.text(&text[from..at]);
            out.open("span", &[("class", Some(class))]);
            out.text(&text[at..end]);
            out.raw("</span>");
            from = end;
        }
    }
    out.text(&text[from..]);
}

/// The class of a mark of Chinese and Japanese text of which only half a width
/// counts: at the start or end of a line, where Typst takes the blank half away.
/// The language decides on commas and on `！`: see the style sheet.
fn half(ch: char, begins: bool, breaks: &Breaks) -> Option<&'static str> {
    if ch < '\u{3000}' {
        return None;
    }
    match ch {
        '《' | '（' | '『' | '「' | '【' | '〖' | '〔' | '〈' | '［' | '｛' if begins => {
            Some("ps")
        }
        '》' | '）' | '』' | '」' | '】' | '〗' | '〕' | '〉' | '］' | '｝' if breaks.ends() => {
            Some("pe")
        }
        '，' | '。' | '．' | '、' | '：' | '；' if breaks.ends() => Some("pe comma"),
        '？' | '！' if breaks.ends() => Some("pe shout"),
        _ => None,
    }
}
