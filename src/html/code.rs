//! Code blocks as HTML: coloured lines, their numbers, and the focus of each
//! step.

use super::Ctx;
use super::block::Classes;
use super::out::Html;
use crate::highlight::TokenRun;
use crate::model::{BlockId, Code, Focus};
use crate::theme::Token;

/// A code block.
///
/// The first focus stands on the block as `data-focus`; each further one is an
/// empty element that appears at its step, so that reveal.js counts the steps as
/// deckc does.
pub(super) fn code(ctx: &Ctx<'_>, out: &mut Html, classes: Classes, id: BlockId, code: &Code) {
    let first = code.focus.first().map(lines);
    let lang = code.lang.as_ref().map(|lang| lang.value.0.as_str());
    classes
        .and("code")
        .and(&format!("b{}", id.0))
        .and(if code.numbers.is_some() { "numbered" } else { "" })
        .open(out, "pre", &[("data-focus", first.as_deref())]);
    out.open("code", &[("data-lang", lang), ("dir", Some("ltr"))]);
    let tokens = ctx.tokens.get(&id);
    for (nth, line) in code.lines.iter().enumerate() {
        let number = code.numbers.map(|first| (first as usize + nth).to_string());
        out.open("span", &[("class", Some("line")), ("data-n", number.as_deref())]);
        match tokens.and_then(|lines| lines.get(nth)) {
            Some(runs) => runs.iter().for_each(|run| token(out, run)),
            None => out.text(&line.text),
        }
        out.raw("\n</span>");
    }
    out.close("code");
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

/// A stretch of one class; what is plain needs no element.
fn token(out: &mut Html, run: &TokenRun) {
    if run.token == Token::Plain {
        out.text(&run.text);
    } else {
        out.open("span", &[("class", Some(&format!("k-{}", run.token.name())))]);
        out.text(&run.text);
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
