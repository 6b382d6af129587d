//! `mojibake`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::{BlockKind, InlineKind};
use crate::place::PlacedSlide;
use crate::source::Span;

/// UTF-8 that somebody read as Windows-1252.
pub(super) const RULE: Rule =
    Rule { name: "mojibake", level: Level::Warning, docs: include_str!("mojibake.md"), check };

/// The characters of the bytes 0x80 to 0x9F in Windows-1252, where it differs
/// from Latin 1 (WHATWG Encoding Standard, index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for slide in &ctx.placed.slides {
        for (span, text) in texts(slide) {
            for (at, broken, meant) in garbled(text) {
                // Escapes and entities make source and text differ; then the
                // whole text is underlined.
                let exact = ctx.sources.text(span) == text;
                let start = span.start as usize + at;
                let narrow = Span::new(span.source, start..start + broken.len());
                let place = if exact { narrow } else { span };
                let message = format!("`{broken}` looks like a character read in a wrong encoding");
                let mut finding = RULE.on(slide, place, message);
                if let (Some(meant), true) = (&meant, exact) {
                    finding = finding.hint(format!("write `{meant}`")).patch(place, meant.clone());
                } else {
                    finding = finding.hint("save the deck as UTF-8 and write the character again");
                }
                found.push(finding);
            }
        }
    }
}

/// The texts of a slide, with their places.
fn texts(slide: &PlacedSlide) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    for block in walk::slide_blocks(slide) {
        for content in walk::own_inlines(block) {
            walk::inlines(content, &mut |inline| {
                if let InlineKind::Text { text } | InlineKind::Code { text } = &inline.kind {
                    found.push((inline.span, text.as_str()));
                }
            });
        }
        if let BlockKind::Code(code) = &block.kind {
            found.extend(code.lines.iter().map(|line| (line.span, line.text.as_str())));
        }
    }
    found
}

/// The garbled stretches of a text: at which byte, what stands there, and what
/// was meant, if that can be told.
fn garbled(text: &str) -> Vec<(usize, String, Option<String>)> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        if ch == char::REPLACEMENT_CHARACTER {
            found.push((at, ch.to_string(), None));
            continue;
        }
        // A lead byte of UTF-8, and the bytes that must follow it.
        let n_bytes = match byte(ch) {
            Some(0xC2..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            Some(_) | None => continue,
        };
        let stretch: String = text[at..].chars().take(n_bytes).collect();
        let bytes: Option<Vec<u8>> = stretch.chars().map(byte).collect();
        let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(meant) = meant {
            for _ in 1..n_bytes {
                chars.next();
            }
            found.push((at, stretch, Some(meant)));
        }
    }
    found
}

/// The byte that Windows-1252 shows as a character.
fn byte(ch: char) -> Option<u8> {
    let special = WINDOWS_1252.iter().position(|it| *it == ch);
    match special {
        Some(index) => u8::try_from(0x80 + index).ok(),
        None => u8::try_from(u32::from(ch)).ok().filter(|byte| *byte < 0x80 || 0xA0 <= *byte),
    }
}

#[cfg(test)]
mod tests {
    use super::garbled;

    #[test]
    fn utf_8_read_as_windows_1252_is_told_from_accents() {
        let meant = |text| garbled(text).into_iter().map(|it| it.2).collect::<Vec<_>>();
        assert_eq!(meant("cafÃ© â€“ donâ€™t"), ["é", "–", "’"].map(|it| Some(it.to_owned())));
        assert_eq!(meant("lost \u{fffd}"), [None]);
        for good in ["café – don’t", "SÃO PAULO", "Âme", "naïve façade", "ÀÉÎ", "5 €"]
        {
            assert!(garbled(good).is_empty(), "{good}");
        }
    }
}
