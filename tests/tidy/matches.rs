//! Matches on the model's enums name every variant: what is new there does not
//! compile until everybody has said what becomes of it.

use super::rust::{line_of, take_apart, words};
use super::{hold, tree};

#[test]
fn matches_on_the_model_have_no_wildcard() {
    let sources = tree::sources();
    let enums: Vec<String> = sources
        .iter()
        .filter(|file| file.path.starts_with("src/model/"))
        .flat_map(|file| enums(&take_apart(&file.text).code))
        .collect();
    assert!(enums.iter().any(|it| it == "BlockKind") && enums.len() > 15, "{enums:?}");
    let mut complaints = Vec::new();
    for file in sources {
        for (line, name) in wildcards(&take_apart(&file.text).code, &enums) {
            let place = format!("{}:{line}", file.path);
            complaints.push(format!(
                "{place}: a match on `{name}` ends with all that is left: name the variants, or \
                 write `if let` for the only one that matters"
            ));
        }
    }
    hold(complaints);
}

/// The names of the enums that code declares for others.
fn enums(code: &str) -> Vec<String> {
    let names = code.split("pub enum ").skip(1);
    names
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").into())
        .collect()
}

/// The matches with an arm that takes whatever is left of an enum: its line, and
/// the enum.
fn wildcards<'a>(code: &str, enums: &'a [String]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for at in words(code, "match") {
        let Some(open) = body(&code[at..]) else { continue };
        let arms = patterns(&code[at + open + 1..]);
        let name = arms.iter().find_map(|arm| {
            let (name, _) = arm.trim_start_matches(['&', '|', ' ']).split_once("::")?;
            enums.iter().find(|it| *it == name)
        });
        let is_rest = |arm: &String| arm.chars().all(|c| c.is_lowercase() || c == '_');
        if let (Some(name), true) = (name, arms.iter().any(is_rest)) {
            found.push((line_of(code, at), name.as_str()));
        }
    }
    found
}

/// Where the arms of a match begin: at its first brace outside parentheses.
fn body(code: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The patterns of the arms of a match, without white space at their ends, up to
/// the brace that closes it.
fn patterns(code: &str) -> Vec<String> {
    let (mut found, mut pattern) = (Vec::new(), String::new());
    let (mut depth, mut in_pattern) = (0, true);
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if in_pattern && depth == 0 && c == '=' && rest.starts_with('>') {
            found.push(std::mem::take(&mut pattern).trim().to_owned());
            in_pattern = false;
            rest = rest[1..].trim_start();
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if in_pattern {
            pattern.push(c);
        } else if depth == 0 && (c == ',' || c == '}') {
            // A block needs no comma behind it.
            in_pattern = true;
            rest = rest.trim_start().trim_start_matches(',');
        }
    }
    found
}

#[test]
fn a_wildcard_is_seen_wherever_it_stands() {
    let enums = ["Kind".to_owned()];
    let found = |code: &str| !wildcards(code, &enums).is_empty();
    assert!(found("match &it.kind { Kind::A(x) => { f(x) } _ => None, }"));
    assert!(found("match it { Kind::A { x, .. } if x => 1, Kind::B => 2, other => other.n() }"));
    assert!(found("match f(|x| { x }) { Kind::A | Kind::B => 1,\n _ => 2 }"));
    assert!(!found("match it { Kind::A => match x { Some(_) => 1, _ => 2 }, Kind::B => 3 }"));
    assert!(!found("match it { Kind::A | Kind::B => 1, Kind::C(_) => 2 }"));
    assert!(!found("match it { Other::A => 1, _ => 2 }"));
}
