//! The shape of a file: how long it gets, how it opens, and that it is used.

use std::io::Write as _;

use super::rust::take_apart;
use super::{hold, tree};

/// Past this many lines there is nearly always a second thing in a file.
const LOOK: usize = 400;

/// No file of code is longer.
const MOST: usize = 600;

/// What counts as code.
const CODE: [&str; 6] = ["rs", "js", "mjs", "css", "go", "toml"];

#[test]
fn no_file_of_code_is_longer_than_600_lines() {
    let mut complaints = Vec::new();
    for file in tree::files("") {
        if !CODE.iter().any(|ext| file.is(ext)) {
            continue;
        }
        let n_lines = file.text.lines().count();
        if MOST < n_lines {
            complaints.push(format!(
                "{}: {n_lines} lines, at most {MOST}: move the second thing in it to its own file",
                file.path
            ));
        } else if LOOK < n_lines {
            // Past the test runner's capture, so that it is seen.
            let _ = writeln!(std::io::stderr(), "{}: {n_lines} lines, aim below {LOOK}", file.path);
        }
    }
    hold(complaints);
}

#[test]
fn every_module_opens_with_what_it_is() {
    let complaints = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(tree::files)
        .filter(|file| file.is("rs") && !file.text.starts_with("//! "))
        .map(|file| {
            format!(
                "{}: begin with `//!`: what it takes, what it gives, what is not there",
                file.path
            )
        });
    hold(complaints.collect());
}

#[test]
fn every_source_file_is_part_of_the_program() {
    let sources = tree::sources();
    let mut complaints = Vec::new();
    for file in &sources {
        let (folder, name) = file.path.rsplit_once('/').expect("it lies below src");
        let stem = name.trim_end_matches(".rs");
        let (parents, module) = match stem {
            "main" | "lib" if folder == "src" => continue,
            "mod" => {
                let (above, module) = folder.rsplit_once('/').expect("src has no mod.rs");
                (above, module)
            }
            _ => (folder, stem),
        };
        let parents =
            [format!("{parents}/mod.rs"), format!("{parents}/lib.rs"), format!("{parents}.rs")];
        let declared = sources
            .iter()
            .filter(|parent| parents.contains(&parent.path))
            .any(|parent| take_apart(&parent.text).code.contains(&format!("mod {module};")));
        if !declared {
            complaints.push(format!("{}: no module declares it: add `mod {module};`", file.path));
        }
    }
    hold(complaints);
}
