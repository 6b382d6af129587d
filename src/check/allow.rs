//! `allow`: the author's argument with a rule.
//!
//! An argument belongs to the slide it stands on. A finding about the whole deck
//! may be argued with on any slide.

use super::rules::{Ctx, RULES};
use super::{LAWS, Rule};
use crate::diag::{Diagnostic, Diagnostics};

/// Reports what the rules found and nobody argues with, and arguments that
/// name no rule or silence nothing.
pub(super) fn settle(ctx: Ctx<'_>, found: Vec<Diagnostic>, diags: &mut Diagnostics) {
    let arguments: Vec<_> = ctx
        .placed
        .slides
        .iter()
        .flat_map(|slide| slide.allow.iter().map(|allow| (slide.source_number, allow)))
        .collect();
    let mut used = vec![false; arguments.len()];
    for finding in found {
        let mut is_allowed = false;
        for (argument, used) in arguments.iter().zip(&mut used) {
            let (slide, allow) = argument;
            if allow.rule.value == finding.name && finding.slide.is_none_or(|it| it == *slide) {
                *used = true;
                is_allowed = true;
            }
        }
        if !is_allowed {
            diags.push(finding);
        }
    }
    for ((slide, allow), used) in arguments.into_iter().zip(used) {
        let (name, span) = (&allow.rule.value, allow.rule.span);
        if LAWS.iter().any(|law| law.name == name) {
            diags.push(
                Diagnostic::error("unknown-rule", span, format!("`{name}` is a law, not a rule"))
                    .label("cannot be allowed")
                    .hint("mend what it finds; laws hold for every deck")
                    .patch(allow.removal, "")
                    .on_slide(slide),
            );
        } else if !RULES.iter().any(|rule| rule.name == name) {
            let names: Vec<&str> = RULES.iter().map(|rule: &&Rule| rule.name).collect();
            diags.push(
                Diagnostic::error("unknown-rule", span, format!("there is no rule `{name}`"))
                    .mistyped(span, name, &names)
                    .on_slide(slide),
            );
        } else if !used {
            diags.push(
                Diagnostic::warning(
                    "unused-allow",
                    span,
                    format!("`{name}` finds nothing here to allow"),
                )
                .hint("remove it from `allow`")
                .patch(allow.removal, "")
                .on_slide(slide),
            );
        }
    }
}
