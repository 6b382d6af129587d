//! One owner each: what only some places may name.

use super::rust::{Rust, line_of, take_apart};
use super::{hold, tree};

/// Something that only its owners may name in code.
struct Owned {
    /// What it is.
    what: &'static str,
    /// How code names it.
    names: &'static [&'static str],
    /// The files and folders that may, below `src/`.
    owners: &'static [&'static str],
}

const CODE: [Owned; 7] = [
    Owned {
        what: "Typst",
        names: &["typst::", "typst_layout::", "typst_pdf::", "typst_render::", "comemo::"],
        owners: &["typeset/", "pdf.rs", "pdf/", "png.rs"],
    },
    Owned { what: "the Markdown parser", names: &["comrak::"], owners: &["read/"] },
    Owned { what: "the YAML parser", names: &["serde_saphyr::"], owners: &["read/"] },
    Owned {
        what: "the file system",
        names: &["std::fs", "File::open", "read_dir(", ".canonicalize(", ".is_file(", ".exists("],
        owners: &["loader.rs", "font.rs", "font/", "cli/", "examples/"],
    },
    Owned {
        what: "writing files",
        names: &["fs::write", "fs::rename", "File::create", "create_dir", "tempfile::"],
        owners: &["cli/", "examples/"],
    },
    Owned {
        what: "clock, environment and processes",
        names: &["Instant::now", "SystemTime", "std::env", "std::process", "thread::sleep"],
        owners: &["cli/", "examples/", "main.rs"],
    },
    Owned {
        what: "printing",
        names: &["println!", "eprintln!", "print!(", "eprint!(", "stdout()", "stderr()"],
        owners: &["cli/"],
    },
];

/// What a string says that is markup of a page; SVG is a figure's business.
const MARKUP: Owned = Owned {
    what: "HTML and CSS text",
    names: &[
        "<div",
        "<span",
        "<section",
        "<html",
        "<p>",
        "<br",
        "</",
        " class=",
        "px;",
        "font-family:",
    ],
    owners: &["html/", "figure/", "read/"],
};

#[test]
fn everything_has_one_owner() {
    let mut complaints = Vec::new();
    for file in tree::sources() {
        let below = file.path.strip_prefix("src/").unwrap_or(&file.path);
        let Rust { code, strings } = take_apart(&file.text);
        let mut complain = |line: usize, owned: &Owned, name: &str| {
            if !owned.owners.iter().any(|owner| below.starts_with(owner)) {
                let owners = owned.owners.join(", ");
                complaints.push(format!(
                    "{}:{line}: `{name}`: {} belongs to {owners} alone",
                    file.path, owned.what
                ));
            }
        };
        for owned in &CODE {
            for name in owned.names {
                for (at, _) in code.match_indices(name) {
                    if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                        complain(line_of(&code, at), owned, name);
                    }
                }
            }
        }
        for (line, string) in &strings {
            for name in MARKUP.names.iter().filter(|name| string.contains(**name)) {
                complain(*line, &MARKUP, name);
            }
        }
    }
    hold(complaints);
}
