//! Text between marks: how what somebody wrote stands in HTML and SVG, and back.

/// Writes text so that no character of it is markup, in content and in quoted
/// attributes alike.
pub fn escape(out: &mut String, text: &str) {
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ch => out.push(ch),
        }
    }
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
