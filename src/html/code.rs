//! Code blocks as HTML: coloured lines, their numbers, and the focus of each
//! step.

use super::Ctx;
use super::block::Classes;
use super::inline::inlines;
use super::out::Html;
use crate::fit::{self, Row};
use crate::model::{BlockId, Change, Code, Focus, is_rtl};
use crate::theme::Token;

/// A code block, and what is said beside it.
///
/// The first focus stands on the block as `data-focus`; each further one is an
/// empty element that appears at its step, so that reveal.js counts the steps as
/// deckc does.
pub(super) fn code(ctx: &Ctx<'_>, out: &mut Html, classes: Classes, id: BlockId, code: &Code) {
    if code.remarks.is_empty() {
        return pre(ctx, out, classes, id, code);
    }
    classes.and("remarked").open(out, "div", &[]);
    pre(ctx, out, Classes::default(), id, code);
    for remark in &code.remarks {
        let label = code.lines_of(remark);
        Classes::at(ctx, remark.step).and("remark").and(&ctx.names.block(remark.id)).open(
            out,
            "p",
            &[
                ("role", Some("note")),
                ("aria-label", Some(&label)),
                ctx.dir(is_rtl(&remark.content, ctx.rtl)),
            ],
        );
        // The line around it is one of code, so that both have one baseline.
        out.open("span", &[("class", Some("t-remark"))]);
        inlines(ctx, out, &mut ctx.breaks(remark.id).of(&remark.content), &remark.content);
        out.close("span");
        out.close("p");
    }
    out.close("div");
}

/// The block itself.
fn pre(ctx: &Ctx<'_>, out: &mut Html, classes: Classes, id: BlockId, code: &Code) {
    let first = code.focus.first().map(lines);
    let lang = code.lang.as_ref().map(|lang| lang.value.0.as_str());
    classes
        .and("code")
        .and(&ctx.names.block(id))
        .and(if code.numbers.is_some() { "numbered" } else { "" })
        .open(out, "pre", &[("data-focus", first.as_deref())]);
    out.open("code", &[("data-lang", lang), ("dir", Some("ltr"))]);
    let rows = fit::rows(code, ctx.tokens.get(id), ctx.wraps.get(&id));
    for line in rows.chunk_by(|a, b| a.line == b.line) {
        let number = code.number(line[0].line).map(|number| number.to_string());
        let change = code.lines.get(line[0].line).and_then(|line| line.change);
        let class = match change {
            None => "line",
            Some(Change::Added) => "line added",
            Some(Change::Removed) => "line removed",
        };
        out.open("span", &[("class", Some(class)), ("data-n", number.as_deref())]);
        for row in line {
            hook(out, row);
            row.runs.iter().for_each(|(class, text)| token(out, *class, text));
        }
        out.raw("\n</span>");
    }
    out.close("code");
    if let Some(caption) = &code.caption {
        out.open("span", &[("class", Some("caption"))]);
        out.text(caption);
        out.close("span");
    }
    for (index, focus) in (code.focus_from.0.saturating_sub(1)..).zip(code.focus.iter().skip(1)) {
        out.open(
            "span",
            &[
                ("class", Some("fragment focus")),
                ("data-fragment-index", Some(&index.to_string())),
                ("data-lines", Some(&lines(focus))),
                ("aria-hidden", Some("true")),
            ],
        );
        out.close("span");
    }
    out.close("pre");
}

/// What stands before a row that goes on with its line. The style sheet shows
/// it: it is no text, and is not copied.
fn hook(out: &mut Html, row: &Row<'_>) {
    let Some(hang) = row.hang else { return };
    let before = format!("\n{}", " ".repeat(hang.saturating_sub(fit::HANG)));
    out.open(
        "span",
        &[("class", Some("hook")), ("data-before", Some(&before)), ("aria-hidden", Some("true"))],
    );
    out.raw("<i></i>");
    out.close("span");
}

/// A stretch of one class; what is plain needs no element.
fn token(out: &mut Html, class: Token, text: &str) {
    if class == Token::Plain {
        out.text(text);
    } else {
        out.open("span", &[("class", Some(&format!("k-{}", class.name())))]);
        out.text(text);
        out.close("span");
    }
}

/// A focus as the runtime reads it: `all`, or `2,4,5`.
fn lines(focus: &Focus) -> String {
    match focus {
        Focus::All => "all".to_owned(),
        Focus::Lines(lines) => {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            lines.join(",")
        }
    }
}
