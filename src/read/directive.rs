//! Directives: what a comment with keys says of its slide.
//!
//! Takes the text of a comment, changes the slide's [`Draft`]. Whether a layout
//! or rule of that name exists is asked later, by those who know them.

use super::comment::{Comment, classify};
use super::fields::{self, Fields, entries};
use super::run::Cx;
use super::slide::Draft;
use super::text::Located;
use super::yaml::{Entry, Value};
use super::{foreign, ids, note, removal};
use crate::diag::Diagnostic;
use crate::model::{Allow, Role};
use crate::source::{Span, Spanned};

/// Every key of a directive.
const KEYS: [&str; 12] = [
    "layout",
    "id",
    "time",
    "section-time",
    "role",
    "overflow",
    "transition",
    "animate",
    "step",
    "note",
    "allow",
    "include",
];

/// Whether a directive has this key.
pub(super) fn is_key(word: &str) -> bool {
    KEYS.contains(&word)
}

/// Reads a comment: `span` is all of it, `inner` the text between `<!--` and
/// `-->`. A step is allowed only where `between_blocks`.
pub(super) fn comment(cx: &mut Cx<'_, '_, '_>, span: Span, inner: &Located, between_blocks: bool) {
    match classify(inner) {
        Comment::Empty => {}
        Comment::Step => step(cx, span, between_blocks),
        Comment::Note(text) => note::comment(cx, span, &text),
        Comment::Keys(text) => {
            if cx.draft.in_note {
                cx.report(
                    Diagnostic::error("misplaced", span, "a directive stands in a note")
                        .hint("write it outside the note"),
                );
            } else {
                keys(cx, span, &text);
            }
        }
    }
}

/// Reads `<!-- step -->`.
fn step(cx: &mut Cx<'_, '_, '_>, span: Span, between_blocks: bool) {
    let wrong = if cx.draft.in_note {
        Some(("a step stands in a note", "notes are there from the start: delete the step"))
    } else if cx.draft.in_steps {
        Some((
            "a step stands inside `::: steps`",
            "each block there is a step already: delete `<!-- step -->`",
        ))
    } else if !between_blocks {
        Some((
            "a step stands inside a paragraph",
            "write `<!-- step -->` on a line of its own, with blank lines around it",
        ))
    } else {
        None
    };
    if let Some((message, hint)) = wrong {
        let found = Diagnostic::error("misplaced", span, message).hint(hint);
        // Where it stands the step says nothing; inside a paragraph it may.
        let is_void = cx.draft.in_note || cx.draft.in_steps;
        let removal = is_void.then(|| (removal::comment(cx.part.source, span), String::new()));
        cx.report(found.patches_from(removal));
    } else {
        cx.draft.steps.advance(span);
    }
}

/// Reads keys and values: on one line a flow mapping without its braces, on
/// several a block mapping. They are those of a whole comment.
fn keys(cx: &mut Cx<'_, '_, '_>, comment: Span, text: &Located) {
    let several = text.text.trim_end().contains('\n');
    let around = if several { ("", "") } else { ("{", "}") };
    let mut found = Vec::new();
    if let Some(at) = missing_space(&text.text) {
        let place = text.span(at..at + 1);
        cx.report(
            Diagnostic::error("syntax", place, "no space stands after the colon of a key")
                .hint("write a space after the colon")
                .hint("a note starts with a capital letter or with `note: `")
                .hides(text.whole())
                .patch(Span { start: place.end, ..place }, " "),
        );
        return;
    }
    let entries = entries(text, around, "the directive", &mut found);
    let mut notes = Vec::new();
    {
        let mut fields = Fields { text, before: around.0.len(), found: &mut found };
        for (index, entry) in entries.iter().enumerate() {
            let place = fields.span(&entry.range);
            let key = entry.key.as_str();
            let removal = match entries.as_slice() {
                [_] => removal::comment(cx.part.source, comment),
                _ => removal::entry(&fields, &entries, index),
            };
            let Some(known) = KEYS.into_iter().find(|known| *known == key) else {
                let unknown = unknown(&fields, entry, removal);
                fields.found.push(unknown);
                continue;
            };
            if let Some(first) = cx.draft.keys.get(known) {
                let first = *first;
                fields.found.push(fields::duplicate(&fields, &entries, index, first, removal));
                continue;
            }
            if !matches!(known, "note" | "allow" | "step") {
                cx.draft.keys.insert(known, place);
            }
            if known == "note" {
                let both = fields.span(&(entry.range.start..entry.node.range.end));
                let found = fields.text(entry, "note: Ask who knows it");
                notes.extend(found.map(|found| (both, found)));
            } else {
                value(&mut fields, entry, cx.draft, removal);
            }
        }
    }
    for diagnostic in found {
        cx.report(diagnostic);
    }
    for (span, found) in notes {
        let mut text = Located::new(found.span.source);
        let start = found.span.start as usize;
        text.push("", &found.value.replace('\n', " "), start);
        note::comment(cx, span, &text);
    }
}

/// The byte of a first key's colon that no space follows.
fn missing_space(text: &str) -> Option<usize> {
    let at = text.find(':')?;
    text[at + 1..].starts_with(|next: char| !next.is_whitespace()).then_some(at)
}

/// The name that a text with other characters stands for.
fn id_meant(text: &str) -> Option<String> {
    let id = text.trim().trim_start_matches('#').to_lowercase().replace(['_', ' '], "-");
    ids::is_id(&id).then_some(id)
}

/// The error for a key that no directive has.
fn unknown(fields: &Fields<'_>, entry: &Entry, removal: Span) -> Diagnostic {
    let (key, place) = (entry.key.as_str(), fields.span(&entry.range));
    let message = format!("unknown key `{key}` of a directive");
    let unknown =
        Diagnostic::error("unknown-key", place, message).hides(fields.span(&entry.node.range));
    if let Some(here) = foreign::in_directive(key) {
        return here.remedy(unknown, place, entry, removal);
    }
    if let Some((known, _)) = key.split_once(':').filter(|(known, _)| KEYS.contains(known)) {
        let colon = fields.span(&(entry.range.start..entry.range.start + known.len() + 1));
        return unknown
            .hint("write a space after the colon")
            .patch(Span { start: colon.end, ..colon }, " ");
    }
    unknown
        .mistyped(place, key, &KEYS)
        .hint(format!("a note that starts with `{key}:` is written `note: {key}: ...`"))
}

/// Reads one value.
fn value(fields: &mut Fields<'_>, entry: &Entry, draft: &mut Draft, removal: Span) {
    match entry.key.as_str() {
        "layout" => draft.layout = fields.text(entry, "layout: two-column"),
        "time" => draft.time = fields.time(entry),
        "section-time" => draft.section_time = fields.time(entry),
        "include" => draft.include = fields.text(entry, "include: shared/intro.md"),
        "id" => {
            let (wanted, holds) = (ids::WANTED, ids::is_id);
            draft.id = fields.form(entry, wanted, "id: worker-pool", holds, id_meant);
        }
        "overflow" => draft.overflow = fields.overflow(entry),
        "transition" => draft.motion.transition = fields.transition(entry),
        "animate" => {
            let (wanted, holds) = (ids::WANTED, ids::is_id);
            draft.motion.animate = fields.form(entry, wanted, "animate: pool", holds, id_meant);
        }
        "role" => {
            let role =
                |text: &str| Role::NAMES.into_iter().find(|(name, _)| *name == text).map(|it| it.1);
            if let Some(text) = fields.text(entry, "role: optional") {
                match role(&text.value) {
                    Some(role) => draft.role = role,
                    None => fields.found.push(
                        Diagnostic::error(
                            "wrong-value",
                            text.span,
                            format!("unknown role `{}`", text.value),
                        )
                        .mistyped(
                            text.span,
                            &text.value,
                            &Role::NAMES.map(|(name, _)| name),
                        ),
                    ),
                }
            }
        }
        "allow" => allow(fields, entry, draft, removal),
        // `step` is the only key left.
        _ => {
            let place = fields.span(&entry.range);
            fields.found.push(
                Diagnostic::error("wrong-value", place, "`step` takes no value")
                    .hint("write `<!-- step -->` where the next step starts"),
            );
        }
    }
}

/// Reads `allow`: a map of rules and reasons. `removal` deletes all of it.
fn allow(fields: &mut Fields<'_>, entry: &Entry, draft: &mut Draft, removal: Span) {
    let Value::Map(rules) = &entry.node.value else {
        let place = fields.span(&entry.range);
        fields.found.push(
            Diagnostic::error("wrong-type", place, "`allow` names no rule and reason")
                .hint("write `allow: {wordy-slides: \"the quote is the point\"}`"),
        );
        return;
    };
    for (index, rule) in rules.iter().enumerate() {
        let removal = match rules.as_slice() {
            [_] => removal,
            _ => removal::entry(fields, rules, index),
        };
        let place = fields.span(&rule.range);
        let reason = fields.text(rule, "wordy-slides: the quote is the point");
        let Some(reason) = reason else { continue };
        if reason.value.trim().is_empty() {
            fields.found.push(
                Diagnostic::error("wrong-value", place, "the reason is empty")
                    .hint("say in a few words why the rule does not hold here"),
            );
            continue;
        }
        let rule = Spanned::new(rule.key.clone(), place);
        draft.allow.push(Allow { rule, reason: reason.value, removal });
    }
}
