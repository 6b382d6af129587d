//! Typesetting: slides to a Typst document and to pages.
//!
//! Takes a placed deck, gives the document for the PDF and PNG writers, and
//! [`Page`]s of plain boxes and lines for everybody else. Typst receives each
//! slide as data: deck text is never code.

use crate::page::Page;

/// A typeset deck.
#[derive(Debug, Default)]
pub struct Typeset {
    /// One page a slide, in the order of the placed slides.
    pub pages: Vec<Page>,
}
