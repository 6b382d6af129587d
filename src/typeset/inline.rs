//! Inlines as data for the prelude. `html/inline.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use serde_json::{Value, json};

use super::Ctx;
use super::formula::formula;
use crate::model::{Inline, InlineKind, Style, has_rtl, is_rtl};
use crate::shortcode::icon;

/// What stands around inline code where text reads from right to left: the code
/// is an island, as CSS `unicode-bidi: isolate` makes it in the HTML (Unicode
/// Standard Annex #9, section 2.4).
pub(super) const ISOLATE: [char; 2] = ['\u{2066}', '\u{2069}'];

/// Keeps what stands on either side of it on one line.
const WORD_JOINER: char = '\u{2060}';

/// The inlines of a block, in order.
pub(super) fn inlines(ctx: &Ctx<'_>, inlines: &[Inline]) -> Value {
    let mut scripts =
        Scripts { islands: is_rtl(inlines, ctx.rtl) || has_rtl(inlines), before: None };
    write(ctx, &mut scripts, inlines)
}

/// What writing that reads from right to left asks for.
struct Scripts {
    /// Whether there is any, and code is isolated.
    islands: bool,
    /// The script of the last letter, if it reads from right to left.
    before: Option<&'static str>,
}

impl Scripts {
    /// A text, its numbers apart where they stand behind such letters: they are of
    /// the script before them to a browser (Unicode Standard Annex #24, section
    /// 5.2), and of none to Typst, which would kern them.
    fn split(&mut self, text: &str) -> Vec<Value> {
        if !self.islands {
            return vec![json!(text)];
        }
        let mut out = Vec::new();
        let mut from = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            if ch.is_alphabetic() {
                self.before = script(ch);
            }
            let Some(script) = self.before.filter(|_| ch.is_ascii_digit()) else { continue };
            let rest = &text[at..];
            let digits = rest.char_indices().take_while(|(at, ch)| {
                let next = rest[at + ch.len_utf8()..].chars().next();
                let joins = matches!(ch, '.' | ',' | ':' | '/');
                ch.is_ascii_digit() || joins && next.is_some_and(|next| next.is_ascii_digit())
            });
            let end = at + digits.count();
            out.extend((from < at).then(|| json!(text[from..at])));
            out.push(json!(["sc", script, text[at..end]]));
            from = end;
            while chars.next_if(|(at, _)| *at < end).is_some() {}
        }
        out.extend((from < text.len()).then(|| json!(text[from..])));
        out
    }
}

/// The script of a letter that reads from right to left, as OpenType names it.
fn script(ch: char) -> Option<&'static str> {
    match ch {
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Some("hebr"),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' => Some("arab"),
        _ => None,
    }
}

/// Some inlines, in order.
fn write(ctx: &Ctx<'_>, scripts: &mut Scripts, inlines: &[Inline]) -> Value {
    let mut out = Vec::with_capacity(inlines.len());
    for (nth, it) in inlines.iter().enumerate() {
        // A formula is no letter to Typst, which would break a line before the
        // comma behind it.
        let before = nth.checked_sub(1).map(|at| &inlines[at].kind);
        let is_glued = match (before, &it.kind) {
            (Some(InlineKind::Formula(_)), InlineKind::Text { text }) => {
                text.starts_with(|ch: char| !ch.is_whitespace())
            }
            (Some(InlineKind::Text { text }), InlineKind::Formula(_)) => {
                text.ends_with(|ch: char| !ch.is_whitespace())
            }
            _ => false,
        };
        if is_glued {
            out.push(json!(WORD_JOINER));
        }
        match &it.kind {
            InlineKind::Text { text } => out.extend(scripts.split(text)),
            InlineKind::Code { .. } if scripts.islands => {
                let [open, close] = ISOLATE;
                out.extend([json!(open), inline(ctx, scripts, it), json!(close)]);
            }
            InlineKind::Code { .. }
            | InlineKind::Styled { .. }
            | InlineKind::Link { .. }
            | InlineKind::Image(_)
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => out.push(inline(ctx, scripts, it)),
        }
    }
    Value::Array(out)
}

/// One inline: a text is a string, everything else a tuple whose first part
/// names it.
fn inline(ctx: &Ctx<'_>, scripts: &mut Scripts, inline: &Inline) -> Value {
    let mut inlines = |content: &[Inline]| write(ctx, scripts, content);
    match &inline.kind {
        InlineKind::Text { text } => json!(text),
        InlineKind::Code { text } => json!(["c", text]),
        InlineKind::Styled { style, content } => styled(ctx, style, &inlines(content)),
        InlineKind::Link { target, title: _, content } => {
            let target = match target.strip_prefix('#').map(|id| ctx.targets.get(id)) {
                None => json!(target),
                Some(Some(page)) => json!(page),
                // A link to a slide that is not there is an error elsewhere; the
                // rest of the slide is measured all the same.
                Some(None) => return json!(["u", inlines(content)]),
            };
            // Decoration is no part of what a PDF reads aloud, as a link is: it
            // stands beside the parts of the link.
            let parts = content.chunk_by(|a, b| is_decoration(a) == is_decoration(b));
            let part = |part: &[Inline]| match &part[0] {
                first if is_decoration(first) => json!(["beside", inlines(part)]),
                _ => json!(["a", target, inlines(part)]),
            };
            json!(["parts", parts.map(part).collect::<Vec<_>>()])
        }
        InlineKind::Image(image) => match ctx.asset(&image.asset) {
            Some(path) => json!(["img", path, image.alt]),
            None => json!(image.alt),
        },
        InlineKind::Icon { name, alt } => json!(["icon", icon(name), alt]),
        InlineKind::Formula(it) => json!(["math", formula(it)]),
        InlineKind::Break => json!(["br"]),
        InlineKind::FootnoteRef { number } => json!(["fn", number]),
    }
}

/// Whether an inline says nothing.
fn is_decoration(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Icon { alt, .. } => alt.is_empty(),
        InlineKind::Image(image) => image.alt.is_empty(),
        InlineKind::Text { .. }
        | InlineKind::Code { .. }
        | InlineKind::Styled { .. }
        | InlineKind::Link { .. }
        | InlineKind::Formula(_)
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => false,
    }
}

/// A styled stretch.
fn styled(ctx: &Ctx<'_>, style: &Style, content: &Value) -> Value {
    let name = match style {
        Style::Emph => "i",
        Style::Strong => "b",
        Style::Strike => "s",
        Style::Underline | Style::Abbr { title: _ } => "u",
        Style::Mark => "m",
        Style::Kbd => "k",
        Style::Sub => "sub",
        Style::Sup => "sup",
        Style::Muted => "mu",
        Style::Small => return json!(["small", content, ctx.theme.scale.table.size]),
    };
    json!([name, content])
}
