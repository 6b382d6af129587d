//! `long-code`: see its page.

use super::{Ctx, Rule, walk};
use crate::diag::{Diagnostic, Level};
use crate::model::{BlockKind, Code, Focus};

/// More code than an audience follows.
pub(super) const RULE: Rule =
    Rule { name: "long-code", level: Level::Warning, docs: include_str!("long_code.md"), check };

/// The third seed's delivery guide: at most 15 lines of code on a slide.
const MAX_LINES: usize = 15;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for slide in &ctx.placed.slides {
        for block in walk::slide_blocks(slide) {
            let BlockKind::Code(code) = &block.kind else { continue };
            let Some(line) = code.lines.get(MAX_LINES) else { continue };
            if is_led_through(code) {
                continue;
            }
            let n_lines = code.lines.len();
            found.push(
                RULE.on(slide, line.span, format!("the code has {n_lines} lines"))
                    .label(format!("line {} of the code", MAX_LINES + 1))
                    .hint(format!(
                        "keep what the point needs, at most {MAX_LINES} lines, or split it over \
                         two slides"
                    ))
                    .hint("or lead the eye through it, some lines a step: `{1-5|7-12}`"),
            );
        }
    }
}

/// Whether steps show where to look, a part that can be followed at a time.
fn is_led_through(code: &Code) -> bool {
    let mut parts = code.focus.iter().filter_map(|focus| match focus {
        Focus::Lines(lines) => Some(lines.len()),
        Focus::All => None,
    });
    code.focus.len() > 1 && parts.all(|n_lines| n_lines <= MAX_LINES)
}
