//! Enough of Rust's syntax to tell code from comments and strings.

/// A Rust file, taken apart. Unit tests at its bottom are left out.
pub(super) struct Rust {
    /// The code, with comments and the insides of strings blanked; lines are
    /// where they were.
    pub(super) code: String,
    /// The insides of the strings, each with the line it begins on, from 1.
    pub(super) strings: Vec<(usize, String)>,
}

/// Takes a file apart.
pub(super) fn take_apart(text: &str) -> Rust {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let line = 1 + code.matches('\n').count();
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((before, inside, len)) = string(rest, &code) {
            strings.push((line, rest[before..before + inside].to_string()));
            len
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.extend(rest[..len].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[len..];
    }
    Rust { code, strings }
}

/// Where a string's inside begins, how long it is, and how long the literal is,
/// if `rest` begins with one. Character literals count, lifetimes do not.
fn string(rest: &str, before: &str) -> Option<(usize, usize, usize)> {
    let in_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if let Some(raw) = rest.strip_prefix('r').filter(|_| !in_word || before.ends_with('b')) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let start = 1 + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = rest[start..].find(&close)?;
            return Some((start, inside, start + inside + close.len()));
        }
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if quote == '\'' {
        let mut chars = rest.chars().skip(1);
        let literal = chars.next()? == '\\' || chars.next()? == '\'';
        if !literal {
            return None;
        }
    }
    let mut escaped = false;
    let inside = rest[1..].find(|c| {
        let end = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        end
    })?;
    Some((1, inside, inside + 2))
}

/// The line, from 1, of a byte of a text.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// The places where a word stands for itself and not inside a longer one.
pub(super) fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !code[..*at].ends_with(part) && !code[at + word.len()..].starts_with(part)
    })
}

#[test]
fn comments_and_strings_are_not_code() {
    let text = "let a = \"x // y\"; // \"no\"\nlet c = '\"'; r#\"raw \"q\" \"#; fn f<'a>() {}";
    let rust = take_apart(text);
    assert_eq!(
        rust.strings,
        [(1, "x // y".to_string()), (2, "\"".to_string()), (2, "raw \"q\" ".to_string()),]
    );
    assert!(!rust.code.contains("no") && rust.code.contains("fn f<'a>() {}"), "{}", rust.code);
    assert_eq!(rust.code.matches('\n').count(), 1);
}
