//! Open sets: the list in the code is the folder.

use std::path::Path;

use super::{hold, tree};

/// An open set: one file a member, listed in one place.
struct Set {
    /// The folder with one file a member.
    folder: &'static str,
    /// The extension of a member's file.
    ext: &'static str,
    /// The file or folder that lists the members.
    list: &'static str,
    /// What the list says of a member; `@` is its name.
    entry: &'static str,
}

const SETS: [Set; 14] = [
    Set {
        folder: "layouts",
        ext: "toml",
        list: "src/layout",
        entry: "include_str!(\"../../layouts/@.toml\")",
    },
    Set {
        folder: "themes",
        ext: "toml",
        list: "src/theme",
        entry: "include_str!(\"../../themes/@.toml\")",
    },
    Set {
        folder: "src/check/rules",
        ext: "md",
        list: "src/check/rules",
        entry: "include_str!(\"@.md\")",
    },
    Set { folder: "src/check/rules", ext: "md", list: "src/check/rules/mod.rs", entry: "mod @;" },
    Set { folder: "src/check/rules", ext: "md", list: "src/check/rules/mod.rs", entry: "&@::RULE" },
    Set { folder: "layouts", ext: "toml", list: "README.md", entry: "\n| `@` |" },
    Set { folder: "src/check/laws", ext: "md", list: "src/check/laws", entry: "@.md\")" },
    Set { folder: "src/explain/allow", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/layouts", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/looks", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/pages", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/pictures", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/programs", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
    Set { folder: "src/explain/text", ext: "md", list: "src/explain/mod.rs", entry: "\"@\"" },
];

#[test]
fn lists_in_the_code_are_the_folders() {
    let mut complaints = Vec::new();
    for set in &SETS {
        let lists = tree::files("");
        let lists: Vec<_> = lists
            .iter()
            .filter(|file| {
                file.path == set.list || (file.is("rs") && file.path.starts_with(set.list))
            })
            .collect();
        for member in tree::files(set.folder).iter().filter(|file| file.is(set.ext)) {
            let name = Path::new(&member.path).file_stem().expect("it has an extension");
            let entry = set.entry.replace('@', &name.to_string_lossy());
            match lists.iter().map(|file| file.text.matches(&entry).count()).sum() {
                1 => {}
                n => complaints.push(format!(
                    "{}: `{entry}` stands {n} times in {}: once is right",
                    member.path, set.list
                )),
            }
        }
    }
    hold(complaints);
}

#[test]
fn every_rule_has_its_page() {
    let rules = tree::files("src/check/rules");
    let pages: Vec<_> = rules.iter().filter(|file| file.is("md")).map(|file| &file.path).collect();
    let complaints = rules
        .iter()
        .filter(|file| file.is("rs") && !file.path.ends_with("/mod.rs"))
        .map(|file| (file, file.path.replace(".rs", ".md")))
        .filter(|(_, page)| !pages.contains(&page))
        .map(|(file, page)| format!("{}: write {page}, its documentation and its test", file.path));
    hold(complaints.collect());
}
