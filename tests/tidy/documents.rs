//! The documents tell the truth: every path in them exists, and nothing in the
//! tree knows one machine or one registry.

use super::rust::line_of;
use super::{hold, tree};

/// The documents whose paths are checked.
const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/pdf-ua.md"];

/// Where a path in a document may begin.
const BASES: [&str; 2] = ["", "src"];

#[test]
fn every_path_in_the_documents_exists() {
    let mut complaints = Vec::new();
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(tree::root().join(document)).unwrap_or_default();
        if text.is_empty() {
            complaints.push(format!("{document}: write it"));
        }
        for (line, path) in paths(&text) {
            let exists = BASES.iter().any(|base| tree::root().join(base).join(&path).exists());
            if !exists {
                complaints.push(format!("{document}:{line}: there is no `{path}`"));
            }
        }
    }
    hold(complaints);
}

#[test]
fn the_architecture_fits_150_lines() {
    let text = std::fs::read_to_string(tree::root().join("ARCHITECTURE.md")).unwrap_or_default();
    assert!(text.lines().count() <= 150, "{} lines: say less", text.lines().count());
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    // Put together, so that this file does not name them either.
    let registries = [
        concat!("crates", ".io"),
        concat!("npm", "js."),
        concat!("yarn", "pkg.com"),
        concat!("pypi", ".org"),
        concat!("proxy.", "golang.org"),
        concat!("deb.", "debian.org"),
    ];
    let machines = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/wo", "rk/"),
    ];
    let mut complaints = Vec::new();
    for file in tree::files("").iter().filter(|file| file.path != "Cargo.lock") {
        for name in registries.iter().chain(&machines) {
            for (at, _) in file.text.match_indices(name) {
                // A folder of that name further down a path is nobody's home.
                let inside =
                    file.text[..at].ends_with(|c: char| c.is_alphanumeric() || ".-_".contains(c));
                if !(inside && name.starts_with('/')) {
                    let line = line_of(&file.text, at);
                    complaints.push(format!("{}:{line}: leave out `{name}`", file.path));
                }
            }
        }
    }
    hold(complaints);
}

/// The paths that a document names as inline code or links to, each with its
/// line. Of a path with a placeholder, like `layouts/<name>.toml`, the part
/// before it is taken.
fn paths(document: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_fence = false;
    for (line, text) in (1..).zip(document.lines()) {
        if text.trim_start().starts_with("```") {
            in_fence = !in_fence;
        }
        if in_fence {
            continue;
        }
        let code = text.split('`').skip(1).step_by(2).map(|code| (code, false));
        let prose: Vec<&str> = text.split('`').step_by(2).collect();
        let prose = prose.join(" ");
        let links = prose.split("](").skip(1).filter_map(|link| link.split_once(')'));
        let links = links.map(|(link, _)| (link, true));
        for (path, is_link) in code.chain(links) {
            let path = path.trim_end_matches('/').split('#').next().unwrap_or_default();
            let (path, is_placeholder) = match path.find(['<', '*']) {
                Some(at) => (path[..at].rsplit_once('/').map_or("", |(folder, _)| folder), true),
                None => (path, false),
            };
            let plain = path.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
            let names_a_file =
                is_link || is_placeholder || path.contains('/') || has_known_ext(path);
            if plain && !path.is_empty() && names_a_file && !path.starts_with('/') {
                found.push((line, path.to_string()));
            }
        }
    }
    found
}

/// Whether a word ends like a file of the tree.
fn has_known_ext(word: &str) -> bool {
    let known = ["rs", "toml", "css", "js", "mjs", "sh"];
    word.rsplit_once('.').is_some_and(|(stem, ext)| !stem.is_empty() && known.contains(&ext))
}

#[test]
fn paths_are_found_in_code_and_in_links() {
    let text = "See `src/lib.rs`, `layouts/<name>.toml`, [this](docs/page.png) and `a b/c`, `![](x.png)`.\n\
                ```\n`no/path`\n```\n`deck.md` and `Cargo.toml`";
    let expected = [(1, "src/lib.rs"), (1, "layouts"), (1, "docs/page.png"), (5, "Cargo.toml")];
    assert_eq!(paths(text), expected.map(|(line, path)| (line, path.to_string())));
}
