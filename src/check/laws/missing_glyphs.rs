//! `missing-glyphs`: see its page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Ctx, Law};
use crate::check::walk;
use crate::diag::Diagnostic;
use crate::font::{advice, is_invisible};
use crate::model::{BlockKind, InlineKind};
use crate::source::Span;

/// A character that no font has.
pub(super) const LAW: Law = Law {
    name: "missing-glyphs",
    docs: include_str!("missing_glyphs.md"),
    check: Check::Deck(check),
};

/// The most characters that a message names.
const MAX_NAMED: usize = 6;

/// A text, what it is set in, and where it stands.
struct Text<'a> {
    chars: &'a str,
    span: Span,
    is_code: bool,
}

/// Characters that the same font would bring.
struct Missing<'a> {
    /// The first slide with one of them, and where they stand there.
    ctx: Ctx<'a>,
    place: Span,
    families: &'a [String],
    chars: Vec<char>,
    /// The other slides with one of them.
    slides: BTreeSet<usize>,
}

/// Looks at the whole deck, since one missing font is one mistake.
fn check(slides: &[Ctx<'_>], found: &mut Vec<Diagnostic>) {
    let mut missing: BTreeMap<String, Missing<'_>> = BTreeMap::new();
    for ctx in slides {
        for text in texts(*ctx) {
            let families = if text.is_code { ctx.code_fonts } else { ctx.text_fonts };
            let lacks =
                |ch: char| !is_invisible(ch) && ctx.fonts.family_for(families, ch).is_none();
            for (at, ch) in text.chars.char_indices().filter(|(_, ch)| lacks(*ch)) {
                let it = missing.entry(advice(ch)).or_insert_with(|| Missing {
                    ctx: *ctx,
                    place: place(*ctx, &text, at, lacks),
                    families,
                    chars: Vec::new(),
                    slides: BTreeSet::new(),
                });
                if !it.chars.contains(&ch) {
                    it.chars.push(ch);
                }
                if ctx.slide.source_number != it.ctx.slide.source_number {
                    it.slides.insert(ctx.slide.source_number);
                }
            }
        }
    }
    for (hint, it) in missing {
        let mut finding = LAW
            .at(it.ctx, it.place, message(&it.chars))
            .label(format!("not in {}", it.families.join(", ")))
            .hint(hint);
        if !it.slides.is_empty() {
            let slides: Vec<String> = it.slides.iter().map(usize::to_string).collect();
            finding = finding.hint(format!("the same is missing on slide {}", slides.join(", ")));
        }
        found.push(finding);
    }
}

/// ``no font has a glyph for `日` (U+65E5)``, and so on for more.
fn message(chars: &[char]) -> String {
    let named = chars.iter().take(MAX_NAMED).map(|ch| format!("`{ch}` (U+{:04X})", u32::from(*ch)));
    let named = named.collect::<Vec<_>>().join(", ");
    match chars.len() {
        1 => format!("no font has a glyph for {named}"),
        n if n <= MAX_NAMED => format!("no font has glyphs for {named}"),
        n => format!("no font has glyphs for {n} characters: {named} and others"),
    }
}

/// The place of a character and of those after it that are missing too: exact,
/// unless an escape or an entity stands for one.
fn place(ctx: Ctx<'_>, text: &Text<'_>, at: usize, lacks: impl Fn(char) -> bool) -> Span {
    let stretch: String = text.chars[at..].chars().take_while(|ch| lacks(*ch)).collect();
    let source = ctx.sources.text(text.span);
    let exact = if source == text.chars { Some(at) } else { source.find(&stretch) };
    exact.map_or(text.span, |at| {
        let start = text.span.start as usize + at;
        Span::new(text.span.source, start..start + stretch.len())
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
                if let Some(caption) = &code.caption {
                    add(caption, block.span, false);
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
            BlockKind::Formula(formula) => add(&formula.tex, block.span, false),
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
        InlineKind::Formula(formula) => add(&formula.tex, inline.span, false),
        InlineKind::Styled { .. }
        | InlineKind::Link { .. }
        | InlineKind::Image(_)
        | InlineKind::Icon { .. }
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => {}
    });
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing::findings;

    #[test]
    fn characters_without_a_glyph_are_named_with_their_place() {
        let found = findings(
            |ctx, found| super::check(&[ctx], found),
            |page| page.set_code(&["\u{200b}\t", "\u{30a2}\u{30a4}\u{30a2}"]),
        );
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            finding.message,
            "no font has glyphs for `\u{30a2}` (U+30A2), `\u{30a4}` (U+30A4)"
        );
        assert_eq!(finding.span.range(), 5..14);
    }
}
