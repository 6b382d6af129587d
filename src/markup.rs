//! Text between marks: how what somebody wrote stands in HTML and SVG, and back.

/// Writes text so that no character of it is markup, in content and in quoted
/// attributes alike.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    // What lies between two characters of markup, a picture maybe, goes over whole.
    while let Some((at, entity)) = first_mark(rest) {
        out.push_str(&rest[..at]);
        out.push_str(entity);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Where the first character of markup stands, and what is written for it. Each
/// is one byte.
fn first_mark(text: &str) -> Option<(usize, &'static str)> {
    // Looked at without a branch a byte, a chunk takes a few instructions.
    let is_plain = |chunk: &&[u8]| !chunk.iter().fold(false, |found, byte| found | is_mark(*byte));
    let plain: usize = text.as_bytes().chunks(64).take_while(is_plain).map(<[u8]>::len).sum();
    let at = plain + text.as_bytes()[plain..].iter().position(|byte| is_mark(*byte))?;
    let entity = match text.as_bytes()[at] {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    };
    Some((at, entity))
}

const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

/// Text without the entities that [`escape`] writes; others stay as they are.
#[must_use]
pub fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        let text = "\"><script>'&lt;&amp;";
        let mut escaped = String::new();
        escape(&mut escaped, text);
        assert_eq!(escaped, "&quot;&gt;&lt;script&gt;&#39;&amp;lt;&amp;amp;");
        assert_eq!(unescape(&escaped), text);
        assert_eq!(unescape("&nbsp;&lt;"), "&nbsp;<");
    }
}
