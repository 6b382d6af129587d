//! Inlines as data for the prelude. `html/inline.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use serde_json::{Value, json};

use super::Ctx;
use crate::model::{Inline, InlineKind, Style, has_rtl, is_rtl};

/// What stands around inline code where text reads from right to left: the code
/// is an island, as CSS `unicode-bidi: isolate` makes it in the HTML (Unicode
/// Standard Annex #9, section 2.4).
pub(super) const ISOLATE: [char; 2] = ['\u{2066}', '\u{2069}'];

/// The inlines of a block, in order.
pub(super) fn inlines(ctx: &Ctx<'_>, inlines: &[Inline]) -> Value {
    write(ctx, is_rtl(inlines, ctx.rtl) || has_rtl(inlines), inlines)
}

/// Some inlines, in order; `islands` where code is isolated.
fn write(ctx: &Ctx<'_>, islands: bool, inlines: &[Inline]) -> Value {
    let mut out = Vec::with_capacity(inlines.len());
    for it in inlines {
        let value = inline(ctx, islands, it);
        if islands && matches!(it.kind, InlineKind::Code { .. }) {
            let [open, close] = ISOLATE;
            out.extend([json!(open), value, json!(close)]);
        } else {
            out.push(value);
        }
    }
    Value::Array(out)
}

/// One inline: a text is a string, everything else a tuple whose first part
/// names it.
fn inline(ctx: &Ctx<'_>, islands: bool, inline: &Inline) -> Value {
    let inlines = |content: &[Inline]| write(ctx, islands, content);
    match &inline.kind {
        InlineKind::Text { text } => json!(text),
        InlineKind::Code { text } => json!(["c", text]),
        InlineKind::Styled { style, content } => styled(ctx, style, &inlines(content)),
        InlineKind::Link { target, title: _, content } => {
            let content = inlines(content);
            match target.strip_prefix('#').map(|id| ctx.targets.get(id)) {
                None => json!(["a", target, content]),
                Some(Some(page)) => json!(["a", page, content]),
                // A link to a slide that is not there is an error elsewhere; the
                // rest of the slide is measured all the same.
                Some(None) => json!(["u", content]),
            }
        }
        InlineKind::Image(image) => match ctx.asset(&image.asset) {
            Some(path) => json!(["img", path, image.alt]),
            None => json!(image.alt),
        },
        InlineKind::Break => json!(["br"]),
        InlineKind::FootnoteRef { number } => json!(["fn", number]),
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
        Style::Small => return json!(["small", content, ctx.theme.scale.table.size]),
    };
    json!([name, content])
}
