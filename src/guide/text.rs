//! The text of a guide as it grows: blocks of the model with names of their own.

use crate::model::{
    Align, Block, BlockId, BlockKind, Cell, Column, Inline, InlineKind, Item, List, Step, Style,
    Table,
};
use crate::source::Span;

/// The text of a guide.
#[derive(Debug)]
pub(super) struct Text {
    blocks: Vec<Block>,
    next: u32,
}

/// A line to be ticked: whether deckc has seen to it, and what it says.
pub(super) type Task = (bool, Vec<Inline>);

impl Text {
    /// A text whose blocks are named after `last`.
    pub(super) const fn after(last: u32) -> Self {
        Self { blocks: Vec::new(), next: last }
    }

    /// The blocks.
    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    fn id(&mut self) -> BlockId {
        self.next += 1;
        BlockId(self.next)
    }

    fn push(&mut self, kind: BlockKind) {
        let id = self.id();
        self.blocks.push(Block { id, span: Span::default(), step: Step::FIRST, kind });
    }

    /// A heading.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.push(BlockKind::Heading { level, content: said(text) });
    }

    /// A paragraph.
    pub(super) fn para(&mut self, content: Vec<Inline>) {
        self.push(BlockKind::Para { content });
    }

    /// Blocks of the deck.
    pub(super) fn of_deck<'a>(&mut self, blocks: impl IntoIterator<Item = &'a Block>) {
        self.blocks.extend(blocks.into_iter().cloned().map(|block| {
            // What is a heading on a slide would end a part of the guide.
            if let BlockKind::Heading { content, .. } = &block.kind {
                let strong = InlineKind::Styled { style: Style::Strong, content: content.clone() };
                let content = vec![Inline { span: block.span, kind: strong }];
                return Block { kind: BlockKind::Para { content }, ..block };
            }
            block
        }));
    }

    /// A list of bullets; nothing without items.
    pub(super) fn bullets(&mut self, items: impl IntoIterator<Item = Vec<Inline>>) {
        self.list(items.into_iter().map(|it| (None, it)));
    }

    /// Lines to be ticked.
    pub(super) fn tasks(&mut self, items: impl IntoIterator<Item = Task>) {
        self.list(items.into_iter().map(|(done, it)| (Some(done), it)));
    }

    fn list(&mut self, items: impl Iterator<Item = (Option<bool>, Vec<Inline>)>) {
        let items: Vec<Item> = items
            .map(|(task, content)| {
                let (item, block) = (self.id(), self.id());
                let (span, step) = (Span::default(), Step::FIRST);
                let para = Block { id: block, span, step, kind: BlockKind::Para { content } };
                Item { id: item, span, step, task, blocks: vec![para] }
            })
            .collect();
        if !items.is_empty() {
            self.push(BlockKind::List(List { start: None, tight: true, items }));
        }
    }

    /// A table.
    pub(super) fn table(&mut self, head: &[(&str, Align)], rows: Vec<Vec<String>>) {
        let mut cells = |texts: Vec<String>| -> Vec<Cell> {
            texts
                .into_iter()
                .map(|text| Cell { id: self.id(), span: Span::default(), content: said(&text) })
                .collect()
        };
        let columns = head.iter().map(|(_, align)| Column::Text(*align)).collect();
        let head = cells(head.iter().map(|(text, _)| (*text).to_owned()).collect());
        let rows = rows.into_iter().map(&mut cells).collect();
        self.push(BlockKind::Table(Table { columns, head, rows }));
    }
}

/// Text, with code between backticks; nothing for an empty text.
pub(super) fn said(text: &str) -> Vec<Inline> {
    let pieces = text.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
    pieces
        .map(|(at, piece)| {
            let text = piece.to_owned();
            let kind =
                if at % 2 == 1 { InlineKind::Code { text } } else { InlineKind::Text { text } };
            Inline { span: Span::default(), kind }
        })
        .collect()
}

/// Text of a deck, in which backticks are backticks.
pub(super) fn quoted(text: &str) -> Vec<Inline> {
    vec![Inline { span: Span::default(), kind: InlineKind::Text { text: text.to_owned() } }]
}

/// A strong beginning, and what follows it.
pub(super) fn labelled(label: &str, rest: Vec<Inline>) -> Vec<Inline> {
    let style = InlineKind::Styled { style: Style::Strong, content: quoted(label) };
    let mut line = vec![Inline { span: Span::default(), kind: style }];
    line.extend(quoted(" "));
    line.extend(rest);
    line
}
