//! Preparing: what the Markdown parser cannot see by itself.
//!
//! Takes the lines of a deck or note, gives the text that the parser reads:
//!
//! - Markdown after a comment's `-->` gets a line of its own, with the
//!   indentation of the line it stood on. (To CommonMark it is part of the
//!   comment's HTML block.)
//! - A line that starts with `:::` becomes a processing instruction,
//!   [`MARKER`], which is a block to itself wherever a block can start.
//! - Two lines that are `$$` become a fence around what stands between them,
//!   which to CommonMark is lists, quotes and headings as soon as a line starts
//!   with `+`, `>` or `=`.
//! - A line that opens more containers than [`MAX_DEPTH`] is left out, and an
//!   error: no parser after this one has to fear its depth.
//!
//! Lines in code are touched as well where this file takes them for something
//! else; the code's text is therefore cut from the source, never from here.

use super::text::Located;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Span;

/// What a `:::` line is for the parser.
pub(super) const MARKER: &str = "<?:::?>";

/// How deep blocks and styled text may nest. A slide that can be read needs
/// five; Typst gives up at sixteen lists in each other.
pub(super) const MAX_DEPTH: usize = 12;

/// The longest indentation that is invented again for text after `-->`.
const MAX_PAD: usize = 200;

/// A code fence that is open.
struct Fence {
    byte: u8,
    length: usize,
    quotes: usize,
}

/// Prepares a text for the parser.
pub(super) fn prepare(lines: &Located, diags: &mut Diagnostics) -> Located {
    let mut out = Located::new(lines.source);
    let mut state = State { fence: None, in_comment: false };
    for (index, line) in lines.lines.iter().enumerate() {
        let content = lines.line(index).get(line.pad..).unwrap_or_default();
        prepare_line(&mut out, &mut state, content, line.origin, diags);
    }
    out
}

/// What the lines so far have opened.
struct State {
    fence: Option<Fence>,
    in_comment: bool,
}

/// Prepares one line, which may become several.
fn prepare_line(
    out: &mut Located,
    state: &mut State,
    content: &str,
    origin: usize,
    diags: &mut Diagnostics,
) {
    let cleaned;
    let content = if let Some(first) = content.find('\0') {
        let place = |at: usize| Span::new(out.source, origin + at..origin + at + 1);
        let all = content.match_indices('\0').map(|(at, _)| (place(at), String::new()));
        diags.push(
            Diagnostic::error("control-character", place(first), "the deck has a NUL character")
                .hint("delete the character")
                .patches_from(all),
        );
        cleaned = content.replace('\0', " ");
        cleaned.as_str()
    } else {
        content
    };

    let prefix = Prefix::of(content);
    if prefix.depth > MAX_DEPTH && !is_break(content) {
        let span = Span::new(out.source, origin..origin + content.len());
        diags.push(too_deep(span, prefix.depth));
        out.push("", "", origin);
        return;
    }

    if content[prefix.len..].trim_end() == "$$"
        && let Some(fence) = state.math_fence(prefix.quotes)
    {
        out.push("", &format!("{}{fence}", &content[..prefix.len]), origin);
        if let Some(line) = out.lines.last_mut() {
            line.len = content.len();
        }
        return;
    }

    let mut pad = String::new();
    let mut rest = content;
    let mut at = origin;
    loop {
        let prefix_len = if pad.is_empty() { prefix.len } else { 0 };
        let text = &rest[prefix_len..];
        let end = state.comment_end(text, prefix.quotes);
        let tail = end.map(|end| &text[end..]).filter(|tail| !tail.trim().is_empty());
        let Some(tail) = tail.filter(|_| prefix.len <= MAX_PAD) else {
            push(out, &pad, rest, prefix_len, at);
            break;
        };
        let head = rest.len() - tail.len();
        push(out, &pad, &rest[..head], prefix_len, at);
        let tail = tail.trim_start();
        at += rest.len() - tail.len();
        rest = tail;
        pad = content[..prefix.len]
            .chars()
            .map(|c| if c == '>' || c == '\t' { c } else { ' ' })
            .collect();
        // The loop tells the first piece by its empty pad.
        if pad.is_empty() {
            pad.push(' ');
        }
    }
    let first = out.lines.iter().rposition(|line| line.origin == origin).unwrap_or(0);
    for line in out.lines.iter_mut().skip(first + 1) {
        line.continues = true;
    }
}

/// Adds a piece of a line, a `:::` one in other words.
fn push(out: &mut Located, pad: &str, content: &str, prefix_len: usize, origin: usize) {
    if content[prefix_len..].starts_with(":::") {
        out.push(pad, &format!("{}{MARKER}", &content[..prefix_len]), origin);
        if let Some(line) = out.lines.last_mut() {
            line.len = content.len();
            line.marker = true;
        }
    } else {
        out.push(pad, content, origin);
    }
}

/// A fence for a formula: longer than anyone writes.
const MATH: (&str, &str) = ("~~~~~~~~~~math", "~~~~~~~~~~");

impl State {
    /// The fence that a line of `$$` stands for: one that opens a formula, or the
    /// end of the one that is open; none in code and comments.
    fn math_fence(&mut self, quotes: usize) -> Option<&'static str> {
        match &self.fence {
            Some(fence) if fence.byte == b'$' => {
                self.fence = None;
                Some(MATH.1)
            }
            Some(_) => None,
            None if self.in_comment => None,
            None => {
                self.fence = Some(Fence { byte: b'$', length: 2, quotes });
                Some(MATH.0)
            }
        }
    }

    /// Goes on by a piece of a line that stands behind its containers' marks.
    /// Gives the byte after `-->` where a comment that starts a line, here or
    /// above, ends.
    fn comment_end(&mut self, text: &str, quotes: usize) -> Option<usize> {
        // A fence ends with the quote that it stands in.
        if self.fence.as_ref().is_some_and(|fence| quotes < fence.quotes) {
            self.fence = None;
        }
        if let Some(fence) = &self.fence {
            let (byte, length) = fence_of(text);
            if byte == fence.byte && length >= fence.length && text[length..].trim().is_empty() {
                self.fence = None;
            }
            return None;
        }
        let from = match (self.in_comment, text.starts_with("<!--")) {
            (true, _) => 0,
            // `<!-->` is a whole comment.
            (false, true) => 2,
            (false, false) => {
                let (byte, length) = fence_of(text);
                if length >= 3 && (byte == b'~' || !text[length..].contains('`')) {
                    self.fence = Some(Fence { byte, length, quotes });
                }
                return None;
            }
        };
        let end = text[from..].find("-->").map(|at| from + at + 3);
        self.in_comment = end.is_none();
        end
    }
}

/// The character and length of the run of backticks or tildes at the start.
fn fence_of(text: &str) -> (u8, usize) {
    match text.as_bytes() {
        [byte @ (b'`' | b'~'), ..] => (*byte, text.bytes().take_while(|b| b == byte).count()),
        _ => (0, 0),
    }
}

/// What opens containers at the start of a line: spaces, `>`, list marks.
struct Prefix {
    /// Its bytes.
    len: usize,
    /// How many containers it opens or goes on with.
    depth: usize,
    /// How many of them are quotes.
    quotes: usize,
}

impl Prefix {
    fn of(line: &str) -> Self {
        let bytes = line.as_bytes();
        let mut prefix = Self { len: 0, depth: 0, quotes: 0 };
        loop {
            let rest = &bytes[prefix.len..];
            let space = |at: usize| matches!(rest.get(at), None | Some(b' ' | b'\t'));
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            match rest {
                [b' ' | b'\t', ..] => prefix.len += 1,
                [b'>', ..] => {
                    prefix.len += 1;
                    prefix.depth += 1;
                    prefix.quotes += 1;
                }
                [b'-' | b'+' | b'*', ..] if space(1) => {
                    prefix.len += 1;
                    prefix.depth += 1;
                }
                [b'0'..=b'9', ..]
                    if digits <= 9
                        && matches!(rest.get(digits), Some(b'.' | b')'))
                        && space(digits + 1) =>
                {
                    prefix.len += digits + 1;
                    prefix.depth += 1;
                }
                _ => return prefix,
            }
        }
    }
}

/// Whether a line is a thematic break, whose marks look like list items.
fn is_break(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    marks.next().is_some_and(|first| b"-*_".contains(&first) && marks.all(|byte| byte == first))
}

/// The error for what nests too deeply.
pub(super) fn too_deep(span: Span, depth: usize) -> Diagnostic {
    Diagnostic::error("nesting", span, format!("this nests {depth} levels deep"))
        .label(format!("at most {MAX_DEPTH} levels are read"))
        .hint("take levels of quotes, lists or styles away")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn prepared(text: &str) -> String {
        let lines = Located::part(SourceId(0), text, 0..text.len());
        prepare(&lines, &mut Diagnostics::default()).text
    }

    #[test]
    fn text_after_a_comment_gets_a_line_of_its_own() {
        assert_eq!(prepared("<!-- a --> b"), "<!-- a -->\n b\n");
        assert_eq!(prepared("<!-- a --> <!-- b -->c"), "<!-- a -->\n <!-- b -->\n c\n");
        assert_eq!(prepared("<!-- a\nb --> c"), "<!-- a\nb -->\n c\n");
        assert_eq!(prepared("> - <!-- a --> b"), "> - <!-- a -->\n>   b\n");
        assert_eq!(prepared("a <!-- b --> c"), "a <!-- b --> c\n");
        assert_eq!(prepared("```\n<!--\n```\na --> b"), "```\n<!--\n```\na --> b\n");
    }

    #[test]
    fn colons_become_a_block_of_their_own() {
        assert_eq!(prepared("a\n  ::: left\n:::"), "a\n  <?:::?>\n<?:::?>\n");
    }

    #[test]
    fn lines_that_nest_too_deeply_are_left_out() {
        assert_eq!(prepared(&">".repeat(10_000)), "\n");
        let dashes = "- ".repeat(100);
        assert_eq!(prepared(&dashes), format!("{dashes}\n"));
    }
}
