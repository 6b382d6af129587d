//! `missing-glyphs`: see its page.

use std::collections::BTreeMap;

use super::{Ctx, Law};
use crate::check::walk;
use crate::diag::Diagnostic;
use crate::model::{BlockKind, InlineKind};
use crate::source::Span;

/// A character that no font has.
pub(super) const LAW: Law =
    Law { name: "missing-glyphs", docs: include_str!("missing_glyphs.md"), check };

/// A text, what it is set in, and where it stands.
struct Text<'a> {
    chars: &'a str,
    span: Span,
    is_code: bool,
}

/// Where a character is missing: the first place, and how many there are.
struct Missing {
    place: Span,
    is_code: bool,
    times: usize,
}

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let mut missing: BTreeMap<char, Missing> = BTreeMap::new();
    for text in texts(ctx) {
        let families = if text.is_code { ctx.code_fonts } else { ctx.text_fonts };
        for (at, ch) in text.chars.char_indices() {
            if is_invisible(ch) || ctx.fonts.family_for(families, ch).is_some() {
                continue;
            }
            missing.entry(ch).and_modify(|it| it.times += 1).or_insert_with(|| Missing {
                place: place(ctx, &text, at, ch),
                is_code: text.is_code,
                times: 1,
            });
        }
    }
    for (ch, Missing { place, is_code, times }) in missing {
        let code = u32::from(ch);
        let families = if is_code { ctx.code_fonts } else { ctx.text_fonts };
        let mut finding = LAW
            .at(ctx, place, format!("no font has a glyph for `{ch}` (U+{code:04X})"))
            .label(format!("not in {}", families.join(", ")))
            .hint(
                "write it in another way, or put a font that has it into `fonts/` beside the deck",
            );
        if 1 < times {
            finding = finding.hint(format!("it stands {times} times on this slide"));
        }
        found.push(finding);
    }
}

/// The place of a character: exact, unless an escape or an entity stands for it.
fn place(ctx: Ctx<'_>, text: &Text<'_>, at: usize, ch: char) -> Span {
    let source = ctx.sources.text(text.span);
    let exact = if source == text.chars { Some(at) } else { source.find(ch) };
    exact.map_or(text.span, |at| {
        let start = text.span.start as usize + at;
        Span::new(text.span.source, start..start + ch.len_utf8())
    })
}

/// Every text that a slide shows.
fn texts(ctx: Ctx<'_>) -> Vec<Text<'_>> {
    let mut found = Vec::new();
    let mut add = |chars, span, is_code| found.push(Text { chars, span, is_code });
    for block in walk::slide_blocks(ctx.slide) {
        for content in walk::own_inlines(block) {
            inlines(content, &mut add);
        }
        match &block.kind {
            BlockKind::Code(code) => {
                for line in &code.lines {
                    add(&line.text, line.span, true);
                }
            }
            BlockKind::Callout(callout) => {
                if let Some(title) = &callout.title {
                    add(title, block.span, false);
                }
            }
            BlockKind::Image(image) => add(&image.caption, block.span, false),
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::List(_)
            | BlockKind::Quote { .. }
            | BlockKind::Table(_) => {}
        }
    }
    for note in &ctx.slide.footnotes {
        inlines(&note.content, &mut add);
    }
    found
}

fn inlines<'a>(content: &'a [crate::model::Inline], add: &mut dyn FnMut(&'a str, Span, bool)) {
    walk::inlines(content, &mut |inline| match &inline.kind {
        InlineKind::Text { text } => add(text, inline.span, false),
        InlineKind::Code { text } => add(text, inline.span, true),
        InlineKind::Styled { .. }
        | InlineKind::Link { .. }
        | InlineKind::Image(_)
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => {}
    });
}

/// Whether a character shows nothing by itself: white space, controls, and what
/// Unicode 16 lists as `Default_Ignorable_Code_Point`.
fn is_invisible(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing::findings;

    #[test]
    fn a_character_without_a_glyph_is_named_with_its_place() {
        let found =
            findings(super::check, |page| page.set_code(&["\u{200b}\t", "\u{1f980}\u{1f980}"]));
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "no font has a glyph for `\u{1f980}` (U+1F980)");
        assert_eq!(finding.span.range(), 5..9);
        assert!(finding.hints.contains(&"it stands 2 times on this slide".to_owned()));
    }
}
