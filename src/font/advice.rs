//! Where to get a font for a character.

/// Scripts by the blocks of Unicode: first and last character, what the
/// script is called, and the font to get: the file's family at Google Fonts and
/// Noto, and the package of Debian that has it.
const SCRIPTS: &[(u32, u32, &str, &str, &str)] = &[
    (0x0370, 0x03ff, "Greek", "Noto Sans", "fonts-noto-core"),
    (0x0400, 0x052f, "Cyrillic", "Noto Sans", "fonts-noto-core"),
    (0x0530, 0x058f, "Armenian", "Noto Sans Armenian", "fonts-noto-core"),
    (0x0590, 0x05ff, "Hebrew", "Noto Sans Hebrew", "fonts-noto-core"),
    (0x0600, 0x06ff, "Arabic", "Noto Sans Arabic", "fonts-noto-core"),
    (0x0700, 0x074f, "Syriac", "Noto Sans Syriac", "fonts-noto-core"),
    (0x0750, 0x077f, "Arabic", "Noto Sans Arabic", "fonts-noto-core"),
    (0x08a0, 0x08ff, "Arabic", "Noto Sans Arabic", "fonts-noto-core"),
    (0x0900, 0x097f, "Devanagari", "Noto Sans Devanagari", "fonts-noto-core"),
    (0x0980, 0x09ff, "Bengali", "Noto Sans Bengali", "fonts-noto-core"),
    (0x0a00, 0x0a7f, "Gurmukhi", "Noto Sans Gurmukhi", "fonts-noto-core"),
    (0x0a80, 0x0aff, "Gujarati", "Noto Sans Gujarati", "fonts-noto-core"),
    (0x0b00, 0x0b7f, "Oriya", "Noto Sans Oriya", "fonts-noto-core"),
    (0x0b80, 0x0bff, "Tamil", "Noto Sans Tamil", "fonts-noto-core"),
    (0x0c00, 0x0c7f, "Telugu", "Noto Sans Telugu", "fonts-noto-core"),
    (0x0c80, 0x0cff, "Kannada", "Noto Sans Kannada", "fonts-noto-core"),
    (0x0d00, 0x0d7f, "Malayalam", "Noto Sans Malayalam", "fonts-noto-core"),
    (0x0d80, 0x0dff, "Sinhala", "Noto Sans Sinhala", "fonts-noto-core"),
    (0x0e00, 0x0e7f, "Thai", "Noto Sans Thai", "fonts-noto-core"),
    (0x0e80, 0x0eff, "Lao", "Noto Sans Lao", "fonts-noto-core"),
    (0x0f00, 0x0fff, "Tibetan", "Noto Serif Tibetan", "fonts-noto-core"),
    (0x1000, 0x109f, "Myanmar", "Noto Sans Myanmar", "fonts-noto-core"),
    (0x10a0, 0x10ff, "Georgian", "Noto Sans Georgian", "fonts-noto-core"),
    (0x1100, 0x11ff, "Korean", "Noto Sans KR", "fonts-noto-cjk"),
    (0x1200, 0x139f, "Ethiopic", "Noto Sans Ethiopic", "fonts-noto-core"),
    (0x13a0, 0x13ff, "Cherokee", "Noto Sans Cherokee", "fonts-noto-core"),
    (0x1780, 0x17ff, "Khmer", "Noto Sans Khmer", "fonts-noto-core"),
    (0x1800, 0x18af, "Mongolian", "Noto Sans Mongolian", "fonts-noto-core"),
    (0x1e00, 0x1fff, "Latin and Greek with accents", "Noto Sans", "fonts-noto-core"),
    (0x2000, 0x206f, "punctuation", "Noto Sans", "fonts-noto-core"),
    (0x2190, 0x21ff, "arrows", "Noto Sans Math", "fonts-noto-core"),
    (0x2200, 0x22ff, "mathematical signs", "Noto Sans Math", "fonts-noto-core"),
    (0x2300, 0x23ff, "technical signs", "Noto Sans Symbols 2", "fonts-noto-core"),
    (0x2400, 0x24ff, "technical signs", "Noto Sans Symbols 2", "fonts-noto-core"),
    (0x25a0, 0x27bf, "symbols", "Noto Sans Symbols 2", "fonts-noto-core"),
    (0x27c0, 0x27ef, "mathematical signs", "Noto Sans Math", "fonts-noto-core"),
    (0x27f0, 0x2bff, "arrows and mathematical signs", "Noto Sans Math", "fonts-noto-core"),
    (0x2e80, 0x2fdf, "Chinese", "Noto Sans SC", "fonts-noto-cjk"),
    (0x2ff0, 0x303f, "Chinese and Japanese", "Noto Sans JP", "fonts-noto-cjk"),
    (0x3040, 0x30ff, "Japanese", "Noto Sans JP", "fonts-noto-cjk"),
    (0x3100, 0x312f, "Bopomofo", "Noto Sans TC", "fonts-noto-cjk"),
    (0x3130, 0x318f, "Korean", "Noto Sans KR", "fonts-noto-cjk"),
    (0x3190, 0x9fff, "Chinese and Japanese", "Noto Sans SC", "fonts-noto-cjk"),
    (0xac00, 0xd7ff, "Korean", "Noto Sans KR", "fonts-noto-cjk"),
    (0xf900, 0xfaff, "Chinese and Japanese", "Noto Sans SC", "fonts-noto-cjk"),
    (0xfb1d, 0xfb4f, "Hebrew", "Noto Sans Hebrew", "fonts-noto-core"),
    (0xfb50, 0xfdff, "Arabic", "Noto Sans Arabic", "fonts-noto-core"),
    (0xfe70, 0xfefe, "Arabic", "Noto Sans Arabic", "fonts-noto-core"),
    (0xff00, 0xffef, "Chinese and Japanese", "Noto Sans JP", "fonts-noto-cjk"),
    (0x1d400, 0x1d7ff, "mathematical letters", "Noto Sans Math", "fonts-noto-core"),
    (0x1f000, 0x1faff, "symbols and emoji", "Noto Sans Symbols 2", "fonts-noto-core"),
    (0x20000, 0x323af, "Chinese", "Noto Sans SC", "fonts-noto-cjk"),
];

/// The act that gets a glyph for a character: a hint for the error that no
/// font has it.
#[must_use]
pub fn advice(ch: char) -> String {
    let code = u32::from(ch);
    match ch {
        '\u{fffd}' => "write the character that the text should have: this one stands for bytes that were \
                       read in the wrong encoding"
            .to_owned(),
        _ if ch.is_control() => "delete the character: it cannot be shown".to_owned(),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {
            "put the font that this private character comes from (an icon font, like a Nerd Font) into \
             `fonts/` beside the deck, or write another character"
                .to_owned()
        }
        _ => SCRIPTS.iter().find(|(first, last, ..)| (*first..=*last).contains(&code)).map_or_else(
            || {
                "put a TrueType font that has it into `fonts/` beside the deck, or write another \
                 character"
                    .to_owned()
            },
            |(_, _, script, family, package)| {
                format!(
                    "put a font for {script}, like `{family}`, into `fonts/` beside the deck (TrueType \
                     from fonts.google.com), or install one (Debian: `{package}`) and build with \
                     `--system-fonts`"
                )
            },
        ),
    }
}
