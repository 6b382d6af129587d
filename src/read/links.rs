//! Links: which targets an output can lead to.
//!
//! An address on the web, an address of mail, or `#id` of a slide. A file
//! beside the deck does not travel with the outputs, so a link to one is an
//! error.

use comrak::nodes::NodeLink;

use super::run::Cx;
use crate::diag::Diagnostic;
use crate::loader::is_remote;
use crate::source::{Span, Spanned};

/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The target of a link, or `None` after reporting why there can be none.
pub(super) fn target(cx: &mut Cx<'_, '_, '_>, link: &NodeLink, span: Span) -> Option<String> {
    let url = link.url.trim();
    if let Some(id) = url.strip_prefix('#') {
        let id = super::percent_decoded(id);
        cx.run.links.push(Spanned::new(id.clone(), span));
        return Some(format!("#{id}"));
    }
    let (message, hint) = if url.is_empty() {
        ("this link leads nowhere".to_owned(), "write its address between the parentheses".into())
    } else if url.starts_with("//") {
        (format!("`{url}` has no scheme"), format!("write `https:{url}`"))
    } else if is_remote(url) {
        let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if SCHEMES.contains(&scheme.as_str()) {
            return Some(url.to_owned());
        }
        let hint = "a link starts with `https://`, `http://`, `mailto:`, or `#` and a slide's id";
        (format!("a link cannot have the scheme `{scheme}`"), hint.into())
    } else {
        let hint = "link to the file where it is on the web, or to a slide with `#` and its id";
        (format!("`{url}` is a file that does not travel with the deck"), hint.into())
    };
    let hint: String = hint;
    let text = cx.part.slice(span);
    // Where the address stands as it is, and once.
    let place = text.match_indices(url).next().filter(|_| text.matches(url).count() == 1);
    let scheme = place
        .filter(|_| url.starts_with("//"))
        .map(|(at, _)| (cx.part.within(span, at, at), "https:".to_owned()));
    cx.report(Diagnostic::error("dead-link", span, message).hint(hint).patches_from(scheme));
    None
}
