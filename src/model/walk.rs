//! Walking through the model: every block, every inline, every picture.
//!
//! One place that knows what holds what, for those who look for something
//! rather than write it. There is no order but that of the text.

use super::{Block, BlockId, BlockKind, Formula, Image, Inline, InlineKind, Note};

/// Calls `visit` for every block of some blocks, nested ones after the block
/// that holds them.
pub fn blocks<'a>(found: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in found {
        visit(block);
        for inner in runs_in(block) {
            blocks(inner, visit);
        }
    }
}

/// Calls `visit` for some blocks that follow each other, and for every run of
/// blocks inside of one of them.
pub fn runs<'a>(found: &'a [Block], visit: &mut dyn FnMut(&'a [Block])) {
    visit(found);
    blocks(found, &mut |block| runs_in(block).into_iter().for_each(&mut *visit));
}

/// The runs of blocks that stand directly in a block.
fn runs_in(block: &Block) -> Vec<&[Block]> {
    match &block.kind {
        BlockKind::List(list) => list.items.iter().map(|item| item.blocks.as_slice()).collect(),
        BlockKind::Quote { blocks } => vec![blocks],
        BlockKind::Callout(callout) => vec![&callout.blocks],
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => Vec::new(),
    }
}

/// Calls `visit` for a block and every block in it, in the same order.
pub fn blocks_mut(block: &mut Block, visit: &mut dyn FnMut(&mut Block)) {
    visit(block);
    match &mut block.kind {
        BlockKind::List(list) => {
            let inner = list.items.iter_mut().flat_map(|item| &mut item.blocks);
            inner.for_each(|block| blocks_mut(block, visit));
        }
        BlockKind::Quote { blocks } => blocks.iter_mut().for_each(|it| blocks_mut(it, visit)),
        BlockKind::Callout(callout) => {
            callout.blocks.iter_mut().for_each(|block| blocks_mut(block, visit));
        }
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => {}
    }
}

/// Calls `visit` with the name of every block, item, cell and remark of some blocks.
pub fn ids(found: &[Block], visit: &mut dyn FnMut(BlockId)) {
    blocks(found, &mut |block| {
        visit(block.id);
        match &block.kind {
            BlockKind::List(list) => list.items.iter().for_each(|item| visit(item.id)),
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| visit(cell.id));
            }
            BlockKind::Code(code) => code.remarks.iter().for_each(|remark| visit(remark.id)),
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::Quote { .. }
            | BlockKind::Callout(_)
            | BlockKind::Image(_)
            | BlockKind::Formula(_) => {}
        }
    });
}

/// The names of a block and of its items, cells or remarks, not those of nested blocks.
pub fn ids_mut(block: &mut Block) -> Vec<&mut BlockId> {
    let mut ids = vec![&mut block.id];
    match &mut block.kind {
        BlockKind::List(list) => ids.extend(list.items.iter_mut().map(|item| &mut item.id)),
        BlockKind::Table(table) => {
            let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
            ids.extend(cells.map(|cell| &mut cell.id));
        }
        BlockKind::Code(code) => ids.extend(code.remarks.iter_mut().map(|it| &mut it.id)),
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Image(_)
        | BlockKind::Formula(_) => {}
    }
    ids
}

/// The inlines of a block that are its own, not those of nested blocks.
pub fn own_inlines(block: &Block) -> Vec<&[Inline]> {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => vec![content],
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.map(|cell| cell.content.as_slice()).collect()
        }
        BlockKind::Code(code) => code.remarks.iter().map(|it| it.content.as_slice()).collect(),
        BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Image(_)
        | BlockKind::Formula(_) => Vec::new(),
    }
}

/// Calls `visit` for every inline, nested ones after the one that holds them.
pub fn inlines<'a>(found: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in found {
        visit(inline);
        match &inline.kind {
            InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                inlines(content, visit);
            }
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Image(_)
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => {}
        }
    }
}

/// Calls `visit` for every picture of some blocks, in lines of text or alone.
pub fn images<'a>(found: &'a [Block], visit: &mut dyn FnMut(&'a Image)) {
    blocks(found, &mut |block| {
        if let BlockKind::Image(image) = &block.kind {
            visit(image);
        }
        for own in own_inlines(block) {
            inline_images(own, visit);
        }
    });
}

/// Calls `visit` for every picture in some lines of text.
pub fn inline_images<'a>(found: &'a [Inline], visit: &mut dyn FnMut(&'a Image)) {
    inlines(found, &mut |inline| {
        if let InlineKind::Image(image) = &inline.kind {
            visit(image);
        }
    });
}

/// Calls `visit` for every formula of some inlines.
pub fn inline_formulas<'a>(found: &'a [Inline], visit: &mut dyn FnMut(&'a Formula)) {
    inlines(found, &mut |inline| {
        if let InlineKind::Formula(formula) = &inline.kind {
            visit(formula);
        }
    });
}

/// Calls `visit` for every text of some inlines, and whether it is code.
pub fn texts<'a>(found: &'a [Inline], visit: &mut dyn FnMut(&'a str, bool)) {
    inlines(found, &mut |inline| match &inline.kind {
        InlineKind::Text { text } => visit(text, false),
        InlineKind::Code { text } => visit(text, true),
        InlineKind::Image(image) => visit(&image.alt, false),
        InlineKind::Icon { alt, .. } => visit(alt, false),
        InlineKind::Styled { .. }
        | InlineKind::Link { .. }
        | InlineKind::Formula(_)
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => {}
    });
}

/// How many words a text has: what stands between white space and holds a
/// letter or a digit.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// How many words some blocks say. Code is not spoken.
#[must_use]
pub fn words(found: &[Block]) -> usize {
    let mut total = 0;
    blocks(found, &mut |block| {
        let texts = own_inlines(block).into_iter().map(super::plain_text);
        total += texts.map(|text| count_words(&text)).sum::<usize>();
        // A formula is seen as one word, however long it takes to say it.
        for content in own_inlines(block) {
            inline_formulas(content, &mut |formula| {
                total -= count_words(&formula.spoken).saturating_sub(1);
            });
        }
    });
    total
}

/// How many words the notes of a slide have. Code is not counted.
#[must_use]
pub fn note_words(notes: &[Note]) -> usize {
    notes.iter().map(|note| words(&note.blocks)).sum()
}
