//! The floors of each block's text: how small and how faint it may be.

use std::collections::BTreeMap;

use super::Ctx;
use crate::geom::Pt;
use crate::layout::TextRole;
use crate::model::{Block, BlockId, BlockKind, Inline, InlineKind, Style};
use crate::page::Run;
use crate::source::Span;

/// What the law asks of a block's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Floor {
    /// Where the block was read.
    pub(super) span: Span,
    /// The smallest type.
    pub(super) size: Pt,
    /// The lowest contrast, as a WCAG ratio.
    pub(super) contrast: f64,
}

/// Body text, headings and code.
const BODY: Pt = Pt(24.0);
/// Tables, and remarks beside code.
const TABLE: Pt = Pt(20.0);
/// Footnotes, captions, text in figures, and what is raised or lowered.
pub(super) const SMALL: Pt = Pt(14.0);

/// Scripts in formulas.
pub(super) const SCRIPT: Pt = Pt(12.0);

/// Text, and code that is not out of focus.
pub(super) const READ: f64 = 7.0;
/// What accompanies it.
pub(super) const ASIDE: f64 = 4.5;

/// The floors of every block of a slide whose text is measured.
///
/// A caption has no block of its own in the model; what is not listed here is
/// held to [`accompanying`].
pub(super) fn floors(ctx: Ctx<'_>) -> BTreeMap<BlockId, Floor> {
    let mut found = BTreeMap::new();
    for slot in &ctx.slide.slots {
        let body = match slot.text {
            TextRole::Small => SMALL,
            TextRole::Display
            | TextRole::Fact
            | TextRole::Title
            | TextRole::Lead
            | TextRole::Body => BODY,
        };
        blocks(&slot.blocks, body, &mut found);
    }
    for note in &ctx.slide.footnotes {
        found.insert(note.id, Floor { span: note.span, ..accompanying(note.span) });
    }
    found
}

/// The floor of what accompanies the text: captions, footnotes, line numbers.
pub(super) const fn accompanying(span: Span) -> Floor {
    Floor { span, size: SMALL, contrast: ASIDE }
}

/// Whether a text beside the blocks is read, as numbers and footers are, and
/// not only seen, as bullets are.
pub(super) fn is_read(run: &Run) -> bool {
    run.text.contains(char::is_alphanumeric)
}

fn blocks(all: &[Block], body: Pt, found: &mut BTreeMap<BlockId, Floor>) {
    for block in all {
        let mut add = |id, span, size: Pt, contrast| {
            found.insert(id, Floor { span, size, contrast });
        };
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
                add(block.id, block.span, lowered(content, body), contrast(content));
            }
            BlockKind::Code(code) => {
                let contrast = if code.focus.is_empty() { READ } else { ASIDE };
                add(block.id, block.span, BODY, contrast);
                for remark in &code.remarks {
                    add(remark.id, remark.span, lowered(&remark.content, TABLE), READ);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    add(cell.id, cell.span, lowered(&cell.content, TABLE), contrast(&cell.content));
                }
            }
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| blocks(&item.blocks, body, found));
            }
            BlockKind::Quote { blocks: inner } => blocks(inner, body, found),
            BlockKind::Callout(callout) => blocks(&callout.blocks, body, found),
            BlockKind::Formula(_) => add(block.id, block.span, SCRIPT, READ),
            BlockKind::Image(_) => {}
        }
    }
}

/// The floor of a text: lower where it holds what is set smaller by its nature.
fn lowered(content: &[Inline], floor: Pt) -> Pt {
    let smaller = |style: &Style| matches!(style, Style::Sub | Style::Sup | Style::Small);
    if holds(content, smaller) { SMALL } else { floor }
}

/// How faint a text may be: less so where some of it counts less.
fn contrast(content: &[Inline]) -> f64 {
    let mut is_muted = false;
    crate::check::walk::inlines(content, &mut |inline| {
        is_muted |= matches!(&inline.kind, InlineKind::Styled { style: Style::Muted, .. });
    });
    if is_muted { ASIDE } else { READ }
}

/// Whether a text holds a mark of a footnote or one of these styles.
pub(super) fn holds(content: &[Inline], is_one: impl Fn(&Style) -> bool) -> bool {
    let mut found = false;
    crate::check::walk::inlines(content, &mut |inline| {
        found |= match &inline.kind {
            InlineKind::FootnoteRef { .. } => true,
            InlineKind::Styled { style, .. } => is_one(style),
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Link { .. }
            | InlineKind::Image(_)
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::Break => false,
        };
    });
    found
}
