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
    let entity = |byte: u8| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    };
    text.bytes().enumerate().find_map(|(at, byte)| Some((at, entity(byte)?)))
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
