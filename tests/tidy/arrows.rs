//! Which module uses which: arrows run one way.

use std::collections::BTreeSet;

use super::rust::{line_of, take_apart, words};
use super::{hold, tree};

/// The modules in tiers: a module uses modules of the lines above its own.
const TIERS: [&str; 17] = [
    "color geom markup memo shortcode source store",
    "diag loader",
    "data excerpt font toml_file",
    "model",
    "layout page program theme",
    "lock place",
    "figure highlight outline plan",
    "dress guide read",
    "fit",
    "typeset",
    "check rehearsal",
    "examples explain html pdf png",
    "bundle site",
    "compile",
    "fix",
    "cli",
    "lib main",
];

/// Arrows that the tiers allow and the design does not, with the reason.
const FORBIDDEN: [(&str, &str, &str); 9] = [
    ("check", "typeset", "it measures pages and knows no Typst"),
    ("html", "typeset", "it replays pages and knows no Typst"),
    ("model", "diag", "the model has no mark that stands for an error"),
    ("model", "loader", "the model is plain data"),
    ("page", "theme", "pages are plain boxes and lines"),
    ("read", "figure", "reading opens no asset"),
    ("read", "layout", "reading knows no looks"),
    ("read", "place", "placing comes after reading"),
    ("read", "theme", "reading knows no looks"),
];

#[test]
fn arrows_between_modules_run_one_way() {
    let tier =
        |module: &str| TIERS.iter().position(|tier| tier.split(' ').any(|name| name == module));
    let mut complaints = Vec::new();
    for file in tree::sources() {
        let module = module_of(&file.path);
        let Some(own) = tier(module) else {
            complaints.push(format!(
                "{}: `{module}` has no tier: give it one in tests/tidy/arrows.rs",
                file.path
            ));
            continue;
        };
        for (at, used) in uses(&take_apart(&file.text).code) {
            let place = format!("{}:{at}", file.path);
            if used == module {
                continue;
            }
            match tier(&used) {
                None if used.starts_with(char::is_lowercase) => {
                    complaints.push(format!("{place}: `{used}` is no module with a tier"));
                }
                Some(other) if other >= own => complaints.push(format!(
                    "{place}: `{module}` uses `{used}`, which does not stand above it: move \
                     what both need to a module above them"
                )),
                None | Some(_) => {}
            }
            if let Some((_, _, why)) =
                FORBIDDEN.iter().find(|(from, to, _)| *from == module && *to == used)
            {
                complaints.push(format!("{place}: `{module}` must not use `{used}`: {why}"));
            }
        }
    }
    hold(complaints);
}

/// The top module that a file belongs to.
fn module_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split(['/', '.']).next().unwrap_or(below)
}

/// The top modules that code names after `crate::`, each with its line.
fn uses(code: &str) -> BTreeSet<(usize, String)> {
    let mut found = BTreeSet::new();
    for at in words(code, "crate") {
        let Some(rest) = code[at + "crate".len()..].strip_prefix("::") else { continue };
        let line = line_of(code, at);
        let Some(group) = rest.strip_prefix('{') else {
            found.insert((line, first_word(rest)));
            continue;
        };
        let (mut depth, mut member) = (1, String::new());
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    found.insert((line, first_word(&member)));
                    member.clear();
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            member.push(c);
        }
        found.insert((line, first_word(&member)));
    }
    found.retain(|(_, word)| !word.is_empty());
    found
}

/// The word that a path begins with.
fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_module_of_a_use_is_seen() {
    let code = "use crate::geom::Pt;\nuse crate::{\n    color::{Rgb, mix},\n    theme,\n};\n\
                fn f(x: crate::model::Block) { let y = [a, b]; }";
    let names: Vec<String> = uses(code).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["geom", "color", "theme", "model"], "in the order of the lines");
}
