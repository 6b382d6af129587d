//! The Markdown parser and its options: CommonMark with GitHub's tables,
//! strikethrough, autolinks, task lists, footnotes and alerts.

use comrak::nodes::Node;
use comrak::{Arena, Options};

/// Parses the prepared text of a deck.
pub(super) fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    comrak::parse_document(arena, text, &options())
}

/// Parses the prepared text of a note, which has no footnotes.
pub(super) fn parse_note<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let mut options = options();
    options.extension.footnotes = false;
    comrak::parse_document(arena, text, &options)
}

/// The options.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    // Footnotes are numbered a slide, not a document.
    options.parse.leave_footnote_definitions = true;
    options
}
