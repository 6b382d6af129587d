//! Remarks: what is said beside lines of code.
//!
//! Takes `::: line 7` and the blocks in it, which stand below a code block, and
//! adds the paragraph to that block. A remark about lines that get the focus
//! appears together with it.

use comrak::nodes::Node;

use super::blocks;
use super::run::Cx;
use crate::diag::Diagnostic;
use crate::model::{Block, BlockId, BlockKind, Code, Inline, Remark, Step};
use crate::source::{Span, Spanned};

/// The lines that a remark is about, counted from 1 within the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    first: u32,
    last: u32,
}

/// How many remarks stand beside a code block. Each has a line of the slide at
/// least, and fewer lines fit.
const MAX_REMARKS: usize = 20;

/// The lines that the name of a container asks for, where it asks for any:
/// `line 7`, `lines 4-6`. `None` for the name of something else.
pub(super) fn lines(name: &str) -> Option<Result<Lines, ()>> {
    let rest = name.strip_prefix("lines").or_else(|| name.strip_prefix("line"))?;
    if !rest.starts_with(char::is_whitespace) && !rest.is_empty() {
        return None;
    }
    let (first, last) = rest.split_once('-').unwrap_or((rest, rest));
    let number = |text: &str| text.trim().parse::<u32>().map_err(drop);
    let parsed = number(first).and_then(|first| Ok(Lines { first, last: number(last)? }));
    Some(parsed.and_then(|it| if it.first <= it.last { Ok(it) } else { Err(()) }))
}

/// Reports lines in another form.
pub(super) fn no_lines(cx: &mut Cx<'_, '_, '_>, name: &str, place: Span) {
    cx.report(
        Diagnostic::error("remark", place, format!("`{name}` names no lines"))
            .hint("write `::: line 7` or `::: lines 4-6`; lines count from 1 within the block"),
    );
}

/// Adds a remark to the code block above it.
pub(super) fn add<'a>(cx: &mut Cx<'_, '_, 'a>, lines: &Spanned<Lines>, nodes: &[Node<'a>]) {
    let before = cx.draft.steps;
    let mut read = Vec::new();
    let outer = cx.draft.in_steps.then(|| cx.draft.steps.enter());
    for node in nodes {
        blocks::block(cx, node, 1, &mut read);
    }
    if let Some(outer) = outer {
        cx.draft.steps.leave(outer);
    }
    let (lines, place) = (lines.value, lines.span);
    let above = cx.draft.groups.last_mut().and_then(|group| group.blocks.last_mut());
    let Some(Block { kind: BlockKind::Code(code), step: appears, .. }) = above else {
        return cx.report(
            Diagnostic::error("remark", place, "there is no code above this")
                .hint("write it below the code block that it is about, with nothing between"),
        );
    };
    let found =
        wrong(code, lines, place).map_or_else(|| text(read, place), |wrong| Err(Box::new(wrong)));
    let (id, span, step, content) = match found {
        Ok(found) => found,
        Err(found) => return cx.report(*found),
    };
    let focused = code.focused_at(lines.first, lines.last);
    let step = focused.unwrap_or(step).max(before.base()).max(*appears);
    let at = code.remarks.partition_point(|it| it.first < lines.first);
    code.remarks
        .insert(at, Remark { id, span, step, first: lines.first, last: lines.last, content });
    if focused.is_some() {
        // It has the step of the focus, and takes none of its own.
        cx.draft.steps = before;
        cx.draft.steps.keep(step);
    }
}

/// What is wrong with the lines of a remark.
fn wrong(code: &Code, lines: Lines, place: Span) -> Option<Diagnostic> {
    let n_lines = code.lines.len();
    let wrong = |message: &str| Diagnostic::error("remark", place, message.to_owned());
    if lines.first == 0 || n_lines < lines.last as usize {
        let line = if lines.first == 0 { 0 } else { lines.last };
        let s = if n_lines == 1 { "" } else { "s" };
        return Some(
            wrong(&format!("there is no line {line} to say something about"))
                .label(format!("the code block has {n_lines} line{s}"))
                .hint("lines count from 1 within the block"),
        );
    }
    if code.remarks.len() >= MAX_REMARKS {
        return Some(
            wrong(&format!("more than {MAX_REMARKS} remarks stand beside this code"))
                .hint("show the code on several slides"),
        );
    }
    let other = code.remarks.iter().find(|it| it.first <= lines.last && lines.first <= it.last)?;
    Some(
        wrong("two remarks are about the same line")
            .also(other.span, "the other one")
            .hint("make them one, or name other lines"),
    )
}

/// The paragraph that a remark is: its name, place, step and text.
fn text(
    read: Vec<Block>,
    place: Span,
) -> Result<(BlockId, Span, Step, Vec<Inline>), Box<Diagnostic>> {
    let mut read = read.into_iter();
    match (read.next(), read.next()) {
        (Some(Block { id, span, step, kind: BlockKind::Para { content } }), None) => {
            Ok((id, span, step, content))
        }
        (None, _) => Err(Box::new(
            Diagnostic::error("remark", place, "this remark is empty")
                .hint("write a line of text between `::: line 7` and `:::`, or delete both"),
        )),
        (Some(other), None) | (Some(_), Some(other)) => Err(Box::new(not_text(other.span))),
    }
}

fn not_text(span: Span) -> Diagnostic {
    Diagnostic::error("remark", span, "a remark is one paragraph")
        .hint("keep it short, and write the rest below the code or in a note")
}
