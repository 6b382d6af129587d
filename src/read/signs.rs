//! Code with the signs of a diff: lines that came and lines that went.
//!
//! Takes two parts of files, or a fence whose lines begin with signs, and gives
//! the lines with what changed. How a change looks is the writers' business.

use super::run::Cx;
use crate::diag::Diagnostic;
use crate::model::{Change, Code, CodeLine};
use crate::source::Span;

/// The lines of two pieces of code as one: those that both have, those that only
/// the first has, and those that only the second has, each behind its sign.
pub(super) fn diff(old: &[CodeLine], new: &[CodeLine]) -> Vec<CodeLine> {
    let texts = |lines: &[CodeLine]| lines.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
    let (old_texts, new_texts) = (texts(old), texts(new));
    let ops = similar::capture_diff_slices(similar::Algorithm::Patience, &old_texts, &new_texts);
    let signed = |line: &CodeLine, sign: char, change: Option<Change>| CodeLine {
        text: format!("{sign} {}", line.text).trim_end().to_owned(),
        change,
        ..line.clone()
    };
    let mut lines = Vec::new();
    for op in ops {
        let (was, is) = (op.old_range(), op.new_range());
        if op.tag() == similar::DiffTag::Equal {
            lines.extend(new[is].iter().map(|line| signed(line, ' ', None)));
        } else {
            lines.extend(old[was].iter().map(|line| signed(line, '-', Some(Change::Removed))));
            lines.extend(new[is].iter().map(|line| signed(line, '+', Some(Change::Added))));
        }
    }
    lines
}

/// Reads the signs of a diff that the fence holds: each line begins with `+`, `-`
/// or a blank. In the language `diff` they are part of the code.
pub(super) fn read(cx: &mut Cx<'_, '_, '_>, word: Option<Span>, code: &mut Code) {
    let is_diff = code.lang.as_ref().is_some_and(|lang| {
        matches!(lang.value.0.to_lowercase().as_str(), "diff" | "patch" | "udiff")
    });
    if is_diff {
        for line in &mut code.lines {
            line.change = match line.text.get(..3) {
                Some("+++" | "---") => None,
                _ => sign(&line.text),
            };
        }
        return;
    }
    let Some(word) = word else { return };
    let bare = |line: &&CodeLine| !line.text.starts_with(['+', '-', ' ']) && !line.text.is_empty();
    if let Some(line) = code.lines.iter().find(bare) {
        let wrong = Diagnostic::error("diff", line.span, "this line of a diff has no sign")
            .also(word, "every line begins with one")
            .hint("begin it with `+`, `-` or a blank");
        return cx.report(wrong);
    }
    // A blank behind every sign belongs to the sign.
    let spaced =
        code.lines.iter().all(|line| line.text.len() < 2 || line.text[1..].starts_with(' '));
    for line in &mut code.lines {
        line.change = sign(&line.text);
        let sign_length = (if spaced { 2 } else { 1 }).min(line.text.len());
        let rest = line.text.get(sign_length..).unwrap_or_default();
        // What a compiler says of a column is said of the code.
        line.span.start += u32::try_from(sign_length).unwrap_or_default();
        let sign = line.text.chars().next().unwrap_or(' ');
        let signed = format!("{sign} {rest}");
        signed.trim_end().clone_into(&mut line.text);
    }
    code.signed = true;
}

fn sign(text: &str) -> Option<Change> {
    match text.chars().next()? {
        '+' => Some(Change::Added),
        '-' => Some(Change::Removed),
        _ => None,
    }
}
