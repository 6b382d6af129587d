//! Notes: what the speaker reads.
//!
//! Takes the text of a comment, gives a [`Note`] with the blocks that it is as
//! Markdown. A note is read apart from the deck: link definitions of the deck
//! do not hold in a comment. They do in `::: notes`, which is part of the
//! deck's text.

use std::collections::BTreeMap;

use comrak::Arena;
use comrak::nodes::Node;

use super::run::{Cx, Part};
use super::text::Located;
use super::{markdown, prepare, slide};
use crate::diag::Diagnostics;
use crate::model::Note;
use crate::source::Span;

/// Adds the note that a comment holds to the slide.
pub(super) fn comment(cx: &mut Cx<'_, '_, '_>, span: Span, text: &Located) {
    let mut found = Diagnostics::default();
    let prepared = prepare::prepare(text, &mut found);
    cx.run.diags.extend(found.sorted());
    let arena = Arena::new();
    let root = markdown::parse_note(&arena, &prepared.text);
    let part = Part {
        text: &prepared,
        source: cx.part.source,
        folder: cx.part.folder,
        footnotes: BTreeMap::new(),
        slide_level: 0,
    };
    let nodes: Vec<Node<'_>> = root.children().collect();
    let mut inner = Cx { run: cx.run, part: &part, draft: cx.draft };
    let read = slide::note_blocks(&mut inner, &nodes);
    cx.draft.notes.push(Note { span, blocks: read });
}
