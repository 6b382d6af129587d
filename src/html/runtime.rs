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

/// What the page looks like as a machine for slides: the stage, the article,
/// the printed page, and what the script adds. It says nothing of type, colour
/// or slots, and uses the properties `--background`, `--surface`, `--text`,
/// `--muted` and `--accent`, and the canvas's `--width` and `--height`. The deck's
/// style gives them, and `@page` its size.
pub(super) const STYLE: &str = concat!(
    include_str!("runtime/base.css"),
    include_str!("runtime/article.css"),
    include_str!("runtime/print.css"),
    include_str!("runtime/motion.css"),
    include_str!("runtime/furniture.css"),
);

/// The script that makes a deck of the page. It may stand in the head, where it
/// keeps the article from flashing up before the first slide, or at the end of
/// the body.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
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
    include_str!("runtime/keys.js"),
    include_str!("runtime/pointer.js"),
    include_str!("runtime/api.js"),
    include_str!("runtime/messages.js"),
    include_str!("runtime/start.js"),
    "})();\n",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_joined() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/html/runtime");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                STYLE.contains(&text) || SCRIPT.contains(&text),
                "{} is in no list",
                path.display()
            );
        }
    }

    #[test]
    fn nothing_ends_the_elements_they_stand_in() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
