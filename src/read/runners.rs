//! `runners` of the front matter: what runs code of other languages.
//!
//! Nothing is run here; `deckc test` does that, confined.

use super::fields::Fields;
use super::yaml::{Entry, Value};
use crate::diag::{Diagnostic, nearest};
use crate::highlight;
use crate::model::Runner;
use crate::program::Toolchain;

/// The keys of a runner.
const KEYS: [&str; 4] = ["command", "extension", "hidden", "timeout"];

/// Reads the map of languages.
pub(super) fn read(fields: &mut Fields<'_>, entry: &Entry) -> Vec<Runner> {
    let Value::Map(entries) = &entry.node.value else {
        let span = fields.span(&entry.node.range);
        fields.found.push(
            Diagnostic::error("wrong-type", span, "`runners` is no map of languages")
                .hint("write `runners:` and below it, indented, `lua: { command: lua }`"),
        );
        return Vec::new();
    };
    let mut found: Vec<Runner> = Vec::new();
    for entry in entries {
        let span = fields.span(&entry.range);
        let lang = entry.key.as_str();
        let wrong = if found.iter().any(|it| it.is_of(lang)) {
            Some(
                Diagnostic::error("duplicate-key", span, format!("`{lang}` stands here twice"))
                    .hint("keep one of them"),
            )
        } else if Toolchain::of(lang).is_some() {
            let message = format!("deckc has a toolchain for `{lang}`");
            Some(Diagnostic::error("wrong-value", span, message).hint("delete this runner"))
        } else if !highlight::knows(lang) {
            let near = nearest(lang, highlight::names());
            let message = format!("unknown language `{lang}`");
            let unknown = Diagnostic::error("unknown-language", span, message);
            Some(if near.is_empty() {
                unknown.hint("name it as its fences do")
            } else {
                unknown.mistyped(span, lang, &near)
            })
        } else {
            None
        };
        match wrong {
            Some(wrong) => fields.found.push(wrong),
            None => found.extend(runner(fields, entry)),
        }
    }
    found
}

/// Reads what runs one language: a map, or the command alone.
fn runner(fields: &mut Fields<'_>, entry: &Entry) -> Option<Runner> {
    let lang = entry.key.clone();
    let mut runner = Runner { extension: lang.clone(), lang, ..Runner::default() };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let example = format!("{}: {{ command: {} }}", entry.key, entry.key);
    let Value::Map(keys) = &entry.node.value else {
        runner.command = words(&fields.text(entry, &example)?.value);
        return Some(runner);
    };
    for key in keys {
        let span = fields.span(&key.range);
        match key.key.as_str() {
            "command" => {
                runner.command = words(&fields.text(key, "command: lua {file}")?.value);
            }
            "extension" => {
                let text = fields.text(key, "extension: lua")?;
                let bare = text.value.trim_start_matches('.');
                if bare.is_empty() || !bare.chars().all(|c| c.is_ascii_alphanumeric()) {
                    let message = format!("`{}` is no end of a file's name", text.value);
                    fields.found.push(
                        Diagnostic::error("wrong-value", text.span, message)
                            .hint("write letters and digits: `extension: lua`"),
                    );
                }
                bare.clone_into(&mut runner.extension);
            }
            "hidden" => {
                let text = fields.text(key, "hidden: \"--- \"")?;
                let prefix = text.value.trim();
                runner.hidden = (!prefix.is_empty()).then(|| prefix.to_owned());
            }
            "timeout" => runner.timeout = fields.time(key).map(|time| time.value.0.max(1)),
            other => {
                let message = format!("unknown key `{other}` of a runner");
                fields.found.push(
                    Diagnostic::error("unknown-key", span, message).mistyped(span, other, &KEYS),
                );
            }
        }
    }
    if runner.command.is_empty() {
        let span = fields.span(&entry.range);
        fields.found.push(
            Diagnostic::error("missing-key", span, "this runner has no `command`")
                .hint(format!("write `{example}`")),
        );
        return None;
    }
    Some(runner)
}
