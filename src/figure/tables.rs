//! Tables that deckc makes from data: benchmarks, and where a profile was spent.
//!
//! Takes the blocks of a deck, puts tables of the model in the place of the fences
//! whose drawing would be one: so their text is text, to be selected, searched and
//! read aloud. What is wrong with a fence is said where it is drawn, so one with a
//! mistake stays.

use super::draw::{self, Tabled, Tone};
use crate::data::number;
use crate::model::{
    Align, Block, BlockId, BlockKind, Cell, Column, Deck, Inline, InlineKind, Slide, Style, Table,
    walk,
};
use crate::source::Span;

/// Puts tables in the place of the fences that say one.
pub fn tabulate(deck: &mut Deck) {
    for slide in &mut deck.slides {
        let mut free = None;
        let Slide { groups, footnotes, notes, .. } = slide;
        let shown = groups.iter().map(|group| &group.blocks);
        let said = notes.iter().map(|note| &note.blocks);
        let all: Vec<&Vec<Block>> = shown.chain(said).collect();
        if !all.iter().any(|blocks| holds_table(blocks)) {
            continue;
        }
        for blocks in all {
            walk::ids(blocks, &mut |id| free = free.max(Some(id)));
        }
        free = footnotes.iter().map(|note| Some(note.id)).chain([free]).max().flatten();
        let mut ids = Ids(free.unwrap_or_default());
        let shown = groups.iter_mut().map(|group| &mut group.blocks);
        let said = notes.iter_mut().map(|note| &mut note.blocks);
        shown.chain(said).for_each(|blocks| in_blocks(blocks, &mut ids));
    }
}

/// The last name that a block of the slide has.
struct Ids(BlockId);

impl Ids {
    fn next(&mut self) -> BlockId {
        let (slide, nth) = self.0.parts();
        self.0 = BlockId::new(slide, nth + 1);
        self.0
    }
}

fn holds_table(blocks: &[Block]) -> bool {
    let mut found = false;
    walk::blocks(blocks, &mut |block| {
        if let BlockKind::Image(image) = &block.kind {
            found |= image.drawing.as_ref().is_some_and(|drawing| drawing.is_table());
        }
    });
    found
}

fn in_blocks(blocks: &mut Vec<Block>, ids: &mut Ids) {
    let mut at = 0;
    while at < blocks.len() {
        let block = &mut blocks[at];
        let below = match &mut block.kind {
            BlockKind::Image(_) => tabled(block, ids),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| in_blocks(&mut item.blocks, ids));
                None
            }
            BlockKind::Quote { blocks } => {
                in_blocks(blocks, ids);
                None
            }
            BlockKind::Callout(callout) => {
                in_blocks(&mut callout.blocks, ids);
                None
            }
            BlockKind::Heading { .. }
            | BlockKind::Para { .. }
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Formula(_) => None,
        };
        if let Some(below) = below {
            at += 1;
            blocks.insert(at, below);
        }
        at += 1;
    }
}

/// Makes a table of a block that says one, and gives the caption that stands below
/// it.
fn tabled(block: &mut Block, ids: &mut Ids) -> Option<Block> {
    let BlockKind::Image(image) = &block.kind else { return None };
    let drawing = image.drawing.as_ref().filter(|drawing| drawing.is_table())?;
    let found = draw::table(drawing)?;
    let caption = drawing.word("caption").filter(|it| !it.value.trim().is_empty()).cloned();
    block.kind = BlockKind::Table(table(found, image.path.span, ids));
    let caption = caption?;
    let text = [text(caption.value, caption.span)].into();
    let content = styled(Style::Small, styled(Style::Muted, text, caption.span), caption.span);
    let kind = BlockKind::Para { content };
    Some(Block { id: ids.next(), span: caption.span, step: block.step, kind })
}

fn table(Tabled { head, rows }: Tabled, span: Span, ids: &mut Ids) -> Table {
    let is_number = |nth: usize| {
        let texts = || rows.iter().map(|row| row[nth].0.as_str());
        texts().all(|text| number::is_absent(text) || number::read(text, '.').is_some())
    };
    let column = |nth: usize| match nth {
        0 => Column::Text(Align::Left),
        nth if is_number(nth) => Column::Numbers { mark: '.' },
        _ => Column::Text(Align::Right),
    };
    let columns = (0..head.len()).map(column).collect();
    let mut cell = |said: String, tone: Tone| {
        let content = if said.is_empty() { Vec::new() } else { vec![text(said, span)] };
        let content = match tone {
            Tone::Plain => content,
            Tone::Strong => styled(Style::Strong, content, span),
            Tone::Muted => styled(Style::Muted, content, span),
        };
        Cell { id: ids.next(), span, content }
    };
    let head = head.into_iter().map(|said| cell(said, Tone::Plain)).collect();
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().map(|(said, tone)| cell(said, tone)).collect())
        .collect();
    Table { columns, head, rows }
}

fn text(text: String, span: Span) -> Inline {
    Inline { span, kind: InlineKind::Text { text } }
}

fn styled(style: Style, content: Vec<Inline>, span: Span) -> Vec<Inline> {
    if content.is_empty() {
        return content;
    }
    vec![Inline { span, kind: InlineKind::Styled { style, content } }]
}
