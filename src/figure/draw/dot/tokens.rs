//! The words and signs of Graphviz's language, each with its place.

use crate::figure::draw::Mistake;
use crate::model::CodeLine;
use crate::source::Span;

/// A word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it says, without quotes; `\"` in quotes is a quote.
    pub(super) text: String,
    /// Whether it stands in quotes, so that it is neither keyword nor sign.
    pub(super) is_quoted: bool,
    pub(super) span: Span,
}

impl Token {
    /// Whether it is this sign, or this keyword in any case.
    pub(super) fn is(&self, sign: &str) -> bool {
        !self.is_quoted && self.text.eq_ignore_ascii_case(sign)
    }

    /// Whether it can name something.
    pub(super) fn is_name(&self) -> bool {
        self.is_quoted
            || self.text.starts_with(is_in_name)
            || self.text.starts_with(['-', '.'])
                && self.text.len() > 1
                && !["->", "--"].contains(&self.text.as_str())
    }
}

/// Whether a character stands in a name without quotes.
fn is_in_name(ch: char) -> bool {
    ch.is_alphanumeric() || ch == '_'
}

/// Cuts lines into tokens; comments are left out.
pub(super) fn read(lines: &[CodeLine]) -> Result<Vec<Token>, Mistake> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for line in lines {
        if line.text.trim_start().starts_with('#') {
            continue;
        }
        let mut at = 0;
        loop {
            let rest = &line.text[at..];
            if in_comment {
                let Some(end) = rest.find("*/") else { break };
                at += end + 2;
                in_comment = false;
                continue;
            }
            let blanks = rest.len() - rest.trim_start().len();
            let rest = &rest[blanks..];
            at += blanks;
            if rest.is_empty() || rest.starts_with("//") {
                break;
            }
            if rest.starts_with("/*") {
                at += 2;
                in_comment = true;
                continue;
            }
            let length = length(rest, line, at)?;
            let is_quoted = rest.starts_with('"');
            let text = if is_quoted {
                rest[1..length - 1].replace("\\\"", "\"")
            } else {
                rest[..length].to_owned()
            };
            found.push(Token { text, is_quoted, span: place(line, at, length) });
            at += length;
        }
    }
    Ok(found)
}

/// How many bytes the token takes with which a text begins.
fn length(rest: &str, line: &CodeLine, at: usize) -> Result<usize, Mistake> {
    let first = rest.chars().next().unwrap_or_default();
    if first == '"' {
        let mut is_escaped = false;
        for (nth, ch) in rest.char_indices().skip(1) {
            if ch == '"' && !is_escaped {
                return Ok(nth + 1);
            }
            is_escaped = ch == '\\' && !is_escaped;
        }
        let span = place(line, at, rest.len());
        return Err(Mistake::at(span, "this text is never closed", "write `\"` at its end"));
    }
    if first == '<' {
        return Err(Mistake::at(
            place(line, at, rest.len()),
            "labels of HTML are not drawn",
            "write the label as text in quotes; `\\n` starts a line",
        ));
    }
    if rest.starts_with("->") || rest.starts_with("--") {
        return Ok(2);
    }
    if "{}[];,=:".contains(first) {
        return Ok(1);
    }
    let is_number = first == '-' || first == '.' || first.is_ascii_digit();
    let in_token = |ch: char| is_in_name(ch) || is_number && ch == '.';
    let begins = usize::from(first == '-');
    match rest[begins..].find(|ch| !in_token(ch)).map_or(rest.len(), |end| end + begins) {
        length if length > begins => Ok(length),
        _ => Err(Mistake::at(
            place(line, at, first.len_utf8()),
            format!("`{first}` has no meaning here"),
            "put names with other characters than letters and digits in quotes",
        )),
    }
}

/// Where a part of a line was read; all of it, where the line stands differently in
/// its source.
fn place(line: &CodeLine, at: usize, length: usize) -> Span {
    let span = line.span;
    if span.range().len() != line.text.len() {
        return span;
    }
    let start = span.range().start + at;
    Span::new(span.source, start..start + length)
}
