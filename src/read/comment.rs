//! Comments: directives, steps and notes.
//!
//! Takes the text between `<!--` and `-->`, gives what it is. A comment whose
//! text is `step`, or starts with a lower-case word and a colon, is a
//! directive; any other is a speaker note.

use super::text::Located;

/// What a comment is.
pub(super) enum Comment {
    /// `<!-- step -->`.
    Step,
    /// Keys and values.
    Keys(Located),
    /// A note: Markdown.
    Note(Located),
    /// Nothing at all.
    Empty,
}

/// Tells what a comment is from its text.
pub(super) fn classify(inner: &Located) -> Comment {
    let text = inner.dedented();
    let bare = text.text.trim();
    if bare.is_empty() {
        return Comment::Empty;
    }
    if bare == "step" {
        return Comment::Step;
    }
    let start = text.text.len() - text.text.trim_start().len();
    match key(bare) {
        Some("note") => {
            let from = start + "note:".len();
            Comment::Note(text.cut(from..text.text.len()).dedented())
        }
        Some(_) => Comment::Keys(text.cut(start..text.text.len())),
        None => Comment::Note(text),
    }
}

/// Whether the first line of a comment is that of a directive.
pub(super) fn is_directive(line: &str) -> bool {
    line == "step" || key(line).is_some_and(|key| key != "note")
}

/// The key that a directive starts with: a word of `a-z` and `-`, and a colon
/// that is not that of an address.
fn key(text: &str) -> Option<&str> {
    let (key, rest) = text.split_once(':')?;
    let word = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (word && !rest.starts_with("//")).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_directive_starts_with_a_word_and_a_colon() {
        assert_eq!(key("layout: code"), Some("layout"));
        assert_eq!(key("event-link:x"), Some("event-link"));
        for note in ["TODO: check", "see https://x", "https://x", "a note: b", ": x", "no colon"] {
            assert_eq!(key(note), None, "{note}");
        }
    }
}
