//! The focus of a code block: `{2,4-6|8|all}`, one state a step.

use std::cmp::Ordering;

use super::run::Cx;
use crate::diag::Diagnostic;
use crate::model::{Code, Focus};
use crate::source::Span;

/// How many lines a code block with a focus may have: far more than fit a
/// slide.
const MAX_FOCUS_LINES: usize = 1_000;

/// How many steps a focus may have.
const MAX_STATES: usize = 100;

/// Reads a focus.
pub(super) fn read(cx: &mut Cx<'_, '_, '_>, token: &str, span: Span, code: &mut Code) {
    let Some(inner) = token.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        cx.report(
            Diagnostic::error("focus", span, "this focus is never closed")
                .hint("write `}` at its end")
                .patch(Span { start: span.end, ..span }, "}"),
        );
        return;
    };
    if !code.focus.is_empty() {
        cx.report(
            Diagnostic::error("focus", span, "this code block has two focuses")
                .hint("write them as steps of one, like `{2|4-6}`"),
        );
        return;
    }
    if code.lines.len() > MAX_FOCUS_LINES {
        cx.report(
            Diagnostic::error("focus", span, "this code block is too long for a focus")
                .label(format!("it has {} lines", code.lines.len()))
                .hint(format!("show at most {MAX_FOCUS_LINES} lines of it")),
        );
        return;
    }
    if inner.matches('|').count() >= MAX_STATES {
        cx.report(
            Diagnostic::error("focus", span, "this focus has too many steps")
                .label(format!("at most {MAX_STATES} are read"))
                .hint("show the code on several slides"),
        );
        return;
    }
    let mut at = 1;
    for state in inner.split('|') {
        let place = cx.part.within(span, at, at + state.len());
        at += state.len() + 1;
        match focus(state, code.lines.len()) {
            Ok(focus) => code.focus.push(focus),
            Err(Wrong::Form) => {
                let message = format!("`{}` names no lines", state.trim());
                let wrong = Diagnostic::error("focus", place, message)
                    .hint("write lines like `2`, `4-6` or `2,4-6`, or `all`; `|` starts a step");
                cx.report(match focus_meant(state) {
                    Some(meant) => wrong.patch(place, meant),
                    None => wrong,
                });
            }
            Err(Wrong::Line(line)) => {
                let n_lines = code.lines.len();
                let s = if n_lines == 1 { "" } else { "s" };
                cx.report(
                    Diagnostic::error("focus", place, format!("there is no line {line} to focus"))
                        .label(format!("the code block has {n_lines} line{s}"))
                        .hint("lines count from 1 within the block"),
                );
            }
        }
    }
}

/// What is wrong with a focus.
enum Wrong {
    /// It is neither `all` nor a list of lines.
    Form,
    /// The code block has no such line.
    Line(u32),
}

/// Reads one state of a focus.
fn focus(text: &str, n_lines: usize) -> Result<Focus, Wrong> {
    if text.trim() == "all" {
        return Ok(Focus::All);
    }
    let n_lines = u32::try_from(n_lines).unwrap_or(u32::MAX);
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| Wrong::Form);
    let mut ranges = Vec::new();
    for range in text.split(',') {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let (from, to) = (number(from)?, number(to)?);
        if to < from {
            return Err(Wrong::Form);
        }
        if let Some(line) = [from, to].into_iter().find(|line| *line == 0 || *line > n_lines) {
            return Err(Wrong::Line(line));
        }
        ranges.push((from, to));
    }
    ranges.sort_unstable();
    let mut lines: Vec<u32> = Vec::new();
    for (from, to) in ranges {
        let from = lines.last().map_or(from, |last| from.max(last + 1));
        lines.extend(from..=to);
    }
    Ok(Focus::Lines(lines))
}

/// The state of a focus that is meant by one in another form: `*`, `6-4`, `4..6`.
fn focus_meant(state: &str) -> Option<String> {
    if matches!(state.trim(), "*" | "All" | "ALL") {
        return Some("all".to_owned());
    }
    let range = |range: &str| {
        let dashed = range.replace("..", "-").replace(['–', ':'], "-");
        let (from, to) = dashed.split_once('-').unwrap_or((&dashed, &dashed));
        let (from, to) = (from.trim().parse::<u32>().ok()?, to.trim().parse::<u32>().ok()?);
        Some(match from.cmp(&to) {
            Ordering::Less => format!("{from}-{to}"),
            Ordering::Equal => from.to_string(),
            Ordering::Greater => format!("{to}-{from}"),
        })
    };
    let ranges: Option<Vec<String>> =
        state.split(',').filter(|it| !it.trim().is_empty()).map(range).collect();
    ranges.filter(|ranges| !ranges.is_empty()).map(|ranges| ranges.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_names_lines() {
        assert_eq!(focus("4-6, 2", 6).ok(), Some(Focus::Lines(vec![2, 4, 5, 6])));
        assert!(matches!(focus("all", 0), Ok(Focus::All)));
        assert!(matches!(focus("7", 6), Err(Wrong::Line(7))));
        assert!(matches!(focus("1-4294967295", 6), Err(Wrong::Line(_))));
        for text in ["", "a", "3-1", "-2", "1,,2"] {
            assert!(matches!(focus(text, 6), Err(Wrong::Form)), "{text}");
        }
    }
}
