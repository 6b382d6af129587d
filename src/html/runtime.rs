//! The runtime: the style and the script that every HTML file carries, joined
//! from the plain files in `runtime/`.
//!
//! Classic scripts, because a page opened from `file://` cannot import modules;
//! one function around them, so that they share their names with each other and
//! with nothing else. The order is this file's: no bundler, no build step, and
//! the same bytes in every deck, so that one hash in the security policy serves.
//!
//! Deliberately not here: anything that depends on the deck, its theme or its
//! layouts.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// The style as shipped.
pub(super) static STYLE: LazyLock<String> = LazyLock::new(|| shipped(STYLE_FILES));

/// The script as shipped: it makes a deck of the page. It may stand in the head,
/// where it keeps the article from flashing up before the first slide, or at the
/// end of the body.
pub(super) static SCRIPT: LazyLock<String> =
    LazyLock::new(|| shipped(&enclosed(&[SCRIPT_FILES, BOOT])));

/// What the page looks like as a machine for slides: the stage, the article,
/// the printed page, and what the script adds. It says nothing of type, colour
/// or slots, and uses the properties `--background`, `--surface`, `--text`,
/// `--muted` and `--accent`, and the canvas's `--width` and `--height`. The deck's
/// style gives them, and `@page` its size.
const STYLE_FILES: &str = concat!(
    include_str!("runtime/base.css"),
    include_str!("runtime/article.css"),
    include_str!("runtime/print.css"),
    include_str!("runtime/motion.css"),
    include_str!("runtime/furniture.css"),
    include_str!("runtime/presenter.css"),
);

/// The files of the script.
const SCRIPT_FILES: &str = concat!(
    include_str!("runtime/embed.js"),
    include_str!("runtime/deck.js"),
    include_str!("runtime/steps.js"),
    include_str!("runtime/focus.js"),
    include_str!("runtime/route.js"),
    include_str!("runtime/motion.js"),
    include_str!("runtime/view.js"),
    include_str!("runtime/overview.js"),
    include_str!("runtime/furniture.js"),
    include_str!("runtime/jump.js"),
    include_str!("runtime/clock.js"),
    include_str!("runtime/plan.js"),
    include_str!("runtime/talk.js"),
    include_str!("runtime/link.js"),
    include_str!("runtime/presenter.js"),
    include_str!("runtime/advice.js"),
    include_str!("runtime/video.js"),
    include_str!("runtime/keys.js"),
    include_str!("runtime/pointer.js"),
    include_str!("runtime/api.js"),
    include_str!("runtime/messages.js"),
    include_str!("runtime/start.js"),
);

/// What makes a deck of the page.
const BOOT: &str = include_str!("runtime/boot.js");

/// The script, which goes on with further files where it would start.
pub(super) fn script_with(files: &str) -> String {
    shipped(&enclosed(&[SCRIPT_FILES, files]))
}

/// Files in a function of their own, in ASCII: a browser reads a script of wider
/// characters half as fast.
fn enclosed(files: &[&str]) -> String {
    let text = files.concat();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.is_ascii() {
            out.push_str(line);
            continue;
        }
        for unit in line.encode_utf16() {
            match u8::try_from(unit) {
                Ok(byte) if byte.is_ascii() => out.push(byte.into()),
                _ => write!(out, "\\u{unit:04x}").expect("a string takes all"),
            }
        }
    }
    format!("(() => {{\n\"use strict\";\n{out}}})();\n")
}

/// A text without its comments, indents and empty lines.
///
/// No parser is needed, since the files keep to a rule: a comment has its lines
/// to itself, and no text in backticks goes over several lines.
pub(super) fn shipped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_have_their_lines_to_themselves() {
        for line in STYLE.lines().chain(SCRIPT.lines()) {
            let casts = line.replace("/** @type {", "");
            let whole = casts.matches('`').count() % 2 == 0;
            assert!(whole && !casts.contains("/*") && !casts.contains(" // "), "{line}");
        }
    }

    #[test]
    fn a_script_is_ascii_and_says_the_same() {
        assert!(SCRIPT.is_ascii());
        let script = enclosed(&["say(\"a “b” 🦀\");\n"]);
        assert!(script.contains(r#"say("a \u201cb\u201d \ud83e\udd80");"#), "{script}");
    }

    #[test]
    fn every_file_of_the_folder_is_joined() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/html/runtime");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                [STYLE_FILES, SCRIPT_FILES, BOOT].iter().any(|it| it.contains(&text)),
                "{} is in no list",
                path.display()
            );
        }
    }

    #[test]
    fn nothing_ends_the_elements_they_stand_in() {
        for text in [&*STYLE, &*SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
