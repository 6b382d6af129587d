//! Lists: bullets, numbers and tasks.

use comrak::nodes::{ListType, Node, NodeList, NodeValue};

use super::blocks;
use super::run::Cx;
use crate::model::{Block, BlockKind, Item, List};

/// Reads a list.
pub(super) fn list<'a>(
    cx: &mut Cx<'_, '_, 'a>,
    node: Node<'a>,
    depth: usize,
    out: &mut Vec<Block>,
) {
    let span = cx.span(node);
    let mut block = blocks::open(cx, span);
    let mut list = head(node);
    for child in node.children() {
        list.items.push(item(cx, child, depth));
    }
    block.kind = BlockKind::List(list);
    out.push(block);
}

/// Reads a list whose items appear one a step.
pub(super) fn stepped<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>, out: &mut Vec<Block>) {
    let span = cx.span(node);
    let id = cx.run.next_id();
    let mut list = head(node);
    for child in node.children() {
        let outer = cx.draft.steps.enter();
        list.items.push(item(cx, child, 1));
        cx.draft.steps.leave(outer);
    }
    // The list itself appears with its first item.
    let step = list.items.first().map_or(cx.draft.steps.base(), |item| item.step);
    out.push(Block { id, span, step, kind: BlockKind::List(list) });
}

/// What the parser says of a list as a whole.
fn head(node: Node<'_>) -> List {
    let data = node.data();
    let list = match &data.value {
        NodeValue::List(list) => *list,
        _ => NodeList::default(),
    };
    let start = match list.list_type {
        ListType::Bullet => None,
        ListType::Ordered => Some(u32::try_from(list.start).unwrap_or(u32::MAX)),
    };
    List { start, tight: list.tight, items: Vec::new() }
}

/// Reads an item.
fn item<'a>(cx: &mut Cx<'_, '_, 'a>, node: Node<'a>, depth: usize) -> Item {
    let task = match &node.data().value {
        NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
        _ => None,
    };
    let span = cx.span(node);
    let id = cx.run.next_id();
    let step = cx.draft.steps.take();
    Item { id, span, step, task, blocks: blocks::children(cx, node, depth + 1) }
}
