//! The text of an HTML file as it grows.
//!
//! Escapes everything that is not markup: the only way for text of a deck to
//! get into the file.

use serde::Serialize;

use crate::markup::escape;

/// HTML on its way.
#[derive(Debug, Default)]
pub(super) struct Html {
    text: String,
}

impl Html {
    /// Room for a file of some bytes, which then does not grow by doubling.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes) }
    }

    /// Adds markup that deckc wrote.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Adds text of a deck.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.text, text);
    }

    /// Adds data of a deck as JSON, for an element whose content is no markup:
    /// nothing in it can end that element.
    pub(super) fn json(&mut self, data: &impl Serialize) {
        let text = serde_json::to_string(data).expect("texts and numbers can be written");
        self.text.push_str(&text.replace('<', "\\u003c"));
    }

    /// Opens an element with attributes; an attribute without a value is left
    /// out.
    pub(super) fn open(&mut self, name: &str, attrs: &[(&str, Option<&str>)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attrs {
            if let Some(value) = value {
                self.text.push(' ');
                self.text.push_str(key);
                self.text.push_str("=\"");
                escape(&mut self.text, value);
                self.text.push('"');
            }
        }
        self.text.push('>');
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// The file.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut html = Html::default();
        html.open("a", &[("title", Some("\"><script>'&")), ("id", None)]);
        html.text("</a><script>&amp;");
        assert_eq!(
            html.finish(),
            "<a title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;/a&gt;&lt;script&gt;&amp;amp;"
        );
    }

    #[test]
    fn no_data_ends_its_element() {
        let mut html = Html::default();
        html.json(&"</script><!--");
        assert_eq!(html.finish(), r#""\u003c/script>\u003c!--""#);
    }
}
