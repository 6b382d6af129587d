//! Names of findings: every name that code gives a finding has a page that
//! explains it, and every page a name.

use std::collections::BTreeMap;

use super::rust::line_of;
use super::{hold, tree};

/// Calls whose first argument is the name of a finding.
const CALLS: [&str; 5] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "Problem::error(",
    "Problem::warning(",
    "Reading::new(",
];

/// What hands a name on that it was given: those who give it are looked at.
const HANDED_ON: [&str; 3] = ["name", "self.name", "self.rule"];

#[test]
fn every_name_of_a_finding_has_a_page() {
    let mut complaints = Vec::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for file in tree::sources() {
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut found = Vec::new();
        for call in CALLS {
            for (at, _) in text.match_indices(call) {
                found.push((at, argument(&text[at + call.len()..])));
            }
        }
        for (at, _) in text.match_indices(".name = ") {
            let value = text[at + ".name = ".len()..].split(';').next().unwrap_or_default();
            // Other things have names too; constants are those of findings.
            if value.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
                found.push((at, value));
            }
        }
        for (at, argument) in found {
            let place = format!("{}:{}", file.path, line_of(text, at));
            if let Some(name) = argument.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
                names.insert(name.to_owned(), place);
            } else if let Some(name) = constant(&file.path, argument) {
                names.insert(name, place);
            } else if !HANDED_ON.contains(&argument) {
                complaints.push(format!(
                    "{place}: `{argument}`: name a finding by a string or a constant of its folder"
                ));
            }
        }
    }
    for (name, place) in &names {
        if deckc::explain::page(name).is_none() {
            complaints.push(format!(
                "{place}: no page explains `{name}`: write src/explain/<topic>/{name}.md and name \
                 it in src/explain/mod.rs"
            ));
        }
    }
    let checked = deckc::check::LAWS.iter().map(|law| law.name);
    let checked: Vec<&str> =
        checked.chain(deckc::check::RULES.iter().map(|rule| rule.name)).collect();
    for page in deckc::explain::topics().iter().flat_map(|topic| &topic.pages) {
        if !names.contains_key(page.name) && !checked.contains(&page.name) {
            complaints.push(format!("src/explain: no finding is named `{}`", page.name));
        }
    }
    hold(complaints);
}

/// The first argument of a call, behind its parenthesis.
fn argument(rest: &str) -> &str {
    rest.split([',', ')']).next().unwrap_or_default().trim()
}

/// The text of a constant of the file, or of a shared one of its folder.
fn constant(path: &str, name: &str) -> Option<String> {
    let name = name.rsplit("::").next().unwrap_or(name);
    let value = |text: &str, start: &str| {
        let (_, rest) = text.split_once(&format!("{start}const {name}: &str = \""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let own = std::fs::read_to_string(tree::root().join(path)).ok()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    value(&own, "").or_else(|| {
        let shared = ["pub ", "pub(super) "];
        let files = tree::files(folder);
        files.iter().find_map(|file| shared.iter().find_map(|start| value(&file.text, start)))
    })
}
