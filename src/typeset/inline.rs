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
        InlineKind::Styled { style, content } => styled(ctx, style, inlines(ctx, content)),
        InlineKind::Link { target, title: _, content } => {
            json!(["a", target, inlines(ctx, content)])
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
fn styled(ctx: &Ctx<'_>, style: &Style, content: Value) -> Value {
    match style {
        Style::Emph => json!(["i", content]),
        Style::Strong => json!(["b", content]),
        Style::Strike => json!(["s", content]),
        Style::Underline => json!(["u", content]),
        Style::Mark => json!(["m", content]),
        Style::Kbd => json!(["k", content]),
        Style::Sub => json!(["sub", content]),
        Style::Sup => json!(["sup", content]),
        Style::Small => json!(["small", content, ctx.theme.scale.table.size]),
        Style::Abbr { title: _ } => json!(["u", content]),
    }
}
