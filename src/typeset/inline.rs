//! Inlines as data for the prelude. `html/inline.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use serde_json::{Value, json};

use super::Ctx;
use crate::model::{Inline, InlineKind, Style};

/// Some inlines, in order.
pub(super) fn inlines(ctx: &Ctx<'_>, inlines: &[Inline]) -> Value {
    Value::Array(inlines.iter().map(|it| inline(ctx, it)).collect())
}

/// One inline: a text is a string, everything else a tuple whose first part
/// names it.
fn inline(ctx: &Ctx<'_>, inline: &Inline) -> Value {
    match &inline.kind {
        InlineKind::Text { text } => json!(text),
        InlineKind::Code { text } => json!(["c", text]),
        InlineKind::Styled { style, content } => styled(ctx, style, content),
        InlineKind::Link { target, title: _, content } => {
            let content = inlines(ctx, content);
            // A link to a slide that is not there is an error elsewhere; the rest
            // of the slide is measured all the same.
            let is_dead = target.strip_prefix('#').is_some_and(|id| !ctx.ids.contains(id));
            if is_dead { json!(["u", content]) } else { json!(["a", target, content]) }
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
fn styled(ctx: &Ctx<'_>, style: &Style, content: &[Inline]) -> Value {
    let content = inlines(ctx, content);
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
