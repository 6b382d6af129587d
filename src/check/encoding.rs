//! Text that was read in a wrong encoding, and what was meant.
//!
//! UTF-8 that somebody read a byte at a time, as Windows-1252 or Mac Roman,
//! shows one character for each byte: `Ã©` or `√©` for `é`. A stretch of such
//! characters whose bytes are UTF-8 again is taken for one, unless it is what
//! people write: `CAFÉ…` and `déjà »` are made of the same characters.

/// A stretch of text in a wrong encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Garbled {
    /// The byte at which it starts.
    pub(super) at: usize,
    /// What stands there.
    pub(super) text: String,
    /// What was meant; `None` for characters that are lost.
    pub(super) meant: Option<String>,
}

/// The characters of the bytes 0x80 to 0xFF in Mac Roman (the Unicode
/// Consortium's table `APPLE/ROMAN.TXT`; 0xF0 is Apple's logo, in the private
/// use area).
const MAC_ROMAN: &str = concat!(
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü",
    "†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø",
    "¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ",
    "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
);

/// The characters of the bytes 0x80 to 0x9F in Windows-1252, where it differs
/// from Latin 1 (WHATWG Encoding Standard, index windows-1252).
const WINDOWS_1252: &str =
    concat!("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}", "\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ",);

/// What is written beside letters in many languages. In both encodings it can
/// stand for a byte in the middle of a character.
const PUNCTUATION: &str = "\u{a0}…‘’“”„‚«»‹›–—·°´¨";

/// What is written behind a root or a negation in formulas.
const MATH: &str = "≠∞±≤≥µ∂∑∏π∫Ω•°¨´";

/// How deeply text is garbled that went the wrong way more than once.
const MAX_ROUNDS: usize = 3;

/// The garbled stretches of a text, in order; those that touch are one.
pub(super) fn garbled(text: &str) -> Vec<Garbled> {
    let mut found = once(text);
    for it in &mut found {
        it.meant = it.meant.take().map(mended);
    }
    found
}

/// The garbled stretches, with what they are when they went one way back.
fn once(text: &str) -> Vec<Garbled> {
    if text.is_ascii() {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Garbled> = Vec::new();
    let mut next = 0;
    while let Some((at, ch)) = chars.get(next).copied() {
        let rest = &chars[next..];
        let before = next.checked_sub(1).map(|before| chars[before].1);
        let touches = found.last().is_some_and(|last| last.at + last.text.len() == at);
        let (n_chars, meant) = if ch == char::REPLACEMENT_CHARACTER {
            (1, None)
        } else if let Some((n_chars, meant)) = stretch(before, rest, touches) {
            (n_chars, Some(meant))
        } else {
            next += 1;
            continue;
        };
        next += n_chars;
        let text: String = rest[..n_chars].iter().map(|(_, ch)| *ch).collect();
        match found.last_mut().filter(|last| touches && last.meant.is_some() == meant.is_some()) {
            Some(last) => {
                last.text.push_str(&text);
                last.meant = last.meant.take().zip(meant).map(|(a, b)| a + &b);
            }
            None => found.push(Garbled { at, text, meant }),
        }
    }
    found
}

/// A text without its garbled stretches, mended again where that leaves others.
fn mended(mut text: String) -> String {
    for _ in 1..MAX_ROUNDS {
        for it in once(&text).into_iter().rev() {
            if let Some(meant) = it.meant {
                text.replace_range(it.at..it.at + it.text.len(), &meant);
            }
        }
    }
    text
}

/// The stretch at the start of a text, if it is one: how many characters, and
/// what was meant.
fn stretch(before: Option<char>, rest: &[(usize, char)], touches: bool) -> Option<(usize, String)> {
    let chars = |n: usize| rest.get(..n).map(|it| it.iter().map(|(_, ch)| *ch).collect::<Vec<_>>());
    for encoding in [windows_1252, mac_roman] {
        let n_chars = match encoding(rest[0].1) {
            Some(0xC2..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            Some(_) | None => continue,
        };
        let Some(found) = chars(n_chars) else { continue };
        let bytes: Option<Vec<u8>> = found.iter().map(|ch| encoding(*ch)).collect();
        let Some(meant) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        let after = rest.get(n_chars).map(|(_, ch)| *ch);
        if touches || !is_written(before, &found, after) {
            return Some((n_chars, meant));
        }
    }
    None
}

/// Whether people write these characters, between these two.
fn is_written(before: Option<char>, found: &[char], after: Option<char>) -> bool {
    let is = |set: &str, ch: char| set.contains(ch);
    let is_letter = |ch: Option<char>| ch.is_some_and(char::is_alphabetic);
    match found {
        // A root or a negation, and what it is of.
        ['√' | '¬', second] => is(MATH, *second) && !(is_letter(before) && is_letter(after)),
        // A letter at the end of a word in capitals, or one that stands alone.
        [first, second] => {
            let is_capital = before.is_some_and(char::is_uppercase);
            let is_small = before.is_some_and(char::is_lowercase);
            is(PUNCTUATION, *second)
                && !is_letter(after)
                && (is_capital || !matches!(first, 'Ã' | 'Â') && !is_small)
        }
        // A letter at the end of a word, and punctuation with its space.
        [first, second, third] => {
            !matches!(first, 'â' | 'ï' | '‚' | 'Ô')
                && is(PUNCTUATION, *second)
                && is(PUNCTUATION, *third)
        }
        _ => false,
    }
}

/// The byte that Windows-1252, or Latin 1, shows as a character.
fn windows_1252(ch: char) -> Option<u8> {
    match WINDOWS_1252.chars().position(|it| it == ch) {
        Some(index) => u8::try_from(0x80 + index).ok(),
        None => u8::try_from(u32::from(ch)).ok(),
    }
}

/// The byte that Mac Roman shows as a character. First bytes are only those of
/// Latin letters, punctuation and pictures: the others are quotes and dashes,
/// which stand before letters everywhere.
fn mac_roman(ch: char) -> Option<u8> {
    if ch.is_ascii() {
        return u8::try_from(u32::from(ch)).ok();
    }
    let byte = 0x80 + MAC_ROMAN.chars().position(|it| it == ch)?;
    let byte = u8::try_from(byte).ok()?;
    matches!(byte, ..0xC0 | 0xC2 | 0xC3 | 0xE2 | 0xEF | 0xF0).then_some(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Vec<Option<String>> {
        garbled(text).into_iter().map(|it| it.meant).collect()
    }

    fn some(words: &[&str]) -> Vec<Option<String>> {
        words.iter().map(|word| Some((*word).to_owned())).collect()
    }

    #[test]
    fn what_was_meant_is_told() {
        assert_eq!(meant("cafÃ© â€“ donâ€™t"), some(&["é", "–", "’"]));
        assert_eq!(meant("10s ‚Üí 1.5s, ‚ùå no, caf√©, don‚Äôt"), some(&["→", "❌", "é", "’"]));
        assert_eq!(meant("20Â°C, voilÃ\u{a0} tout, Ã\u{a0} la carte"), some(&["°", "à", "à"]));
        assert_eq!(meant("wÅ‚aÅ›nie, Å‚adny"), some(&["ł", "ś", "ł"]));
        assert_eq!(meant("ÐŸÑ€Ð¸Ð²ÐµÑ‚"), some(&["Привет"]));
        assert_eq!(meant("ðŸš€ \u{f8ff}üöÄ"), some(&["🚀", "🚀"]));
        assert_eq!(meant("itâ\u{80}\u{99}s"), some(&["’"]));
        assert_eq!(meant("lost \u{fffd}"), [None]);
    }

    #[test]
    fn what_was_garbled_twice_is_mended_at_once() {
        assert_eq!(meant("donÃ¢â‚¬â„¢t"), some(&["’"]));
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for good in [
            "café – don’t",
            "SÃO PAULO",
            "MANHÃ…",
            "Âme",
            "naïve façade",
            "ÀÉÎ",
            "5 €",
            "UN CAFÉ…",
            "« CAFÉ\u{a0}»",
            "«\u{a0}déjà\u{a0}»",
            "«\u{a0}un café\u{a0}»",
            "„Ä“ und ‚Ü‘",
            "√π, √2, √∞, 2√µ",
            "„Über“, ‚Öl‘",
            "“Été”",
        ] {
            assert!(garbled(good).is_empty(), "{good}: {:?}", garbled(good));
        }
    }
}
