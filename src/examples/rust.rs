//! Rust: `cargo check`, and `cargo build` for what is run.

use super::plan::{InModule, Made, Plan, Step, compile, run};
use crate::model::{CodeLine, Task};

/// The edition of code that stands in the deck.
const MANIFEST: &str = "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2021\"\n";

/// Code that stands in the deck, in a package made for it. As in rustdoc, code
/// without a `main` becomes the body of one.
pub(super) fn in_deck(lines: &[CodeLine], task: &Task) -> Result<Plan, String> {
    let mut made = Made::default();
    let has_main = lines.iter().any(|line| {
        let text = line.text.trim_start();
        text.starts_with("fn main(") || text.starts_with("pub fn main(")
    });
    // What stands beside the deck's other slides is not used here.
    made.add("#![allow(dead_code, unused)]");
    if has_main {
        made.deck(lines);
    } else {
        let inner = lines.iter().take_while(|line| line.text.trim_start().starts_with("#!["));
        let inner = inner.count();
        made.deck(&lines[..inner]);
        made.add("fn main() {");
        made.deck(&lines[inner..]);
        made.add("}");
    }
    let (file, map) = made.into_file("src/main.rs");
    let files = vec![file, ("Cargo.toml".to_owned(), MANIFEST.to_owned())];
    Ok(Plan { files, steps: steps(false, task)?, map: Some(map), module: None })
}

/// Code that stands in a file, in the package that the file belongs to.
pub(super) fn in_file(file: &InModule<'_>, task: &Task) -> Result<Plan, String> {
    if !file.has_module {
        return Err("no `Cargo.toml` stands above this file".to_owned());
    }
    if *task == Task::Run && file.file != "src/main.rs" {
        return Err("only `src/main.rs` of a package can be run".to_owned());
    }
    Ok(Plan { files: Vec::new(), steps: steps(true, task)?, map: None, module: None })
}

/// The commands for a package.
fn steps(in_module: bool, task: &Task) -> Result<Vec<Step>, String> {
    let cargo = |verb: &str| {
        let args = ["cargo", verb, "--offline", "--quiet", "--message-format", "short"];
        compile(&[&args[..], &["--target-dir", "{own}/target"]].concat(), in_module)
    };
    Ok(match task {
        Task::Check | Task::Fail(_) | Task::Ignore(_) => vec![cargo("check")],
        Task::Run => {
            let program = ["cargo", "run", "--offline", "--quiet", "--target-dir", "{own}/target"];
            vec![cargo("build"), run(&program, in_module)]
        }
        Task::Race => return Err("the race detector is Go's".to_owned()),
        Task::Bench => return Err("benchmarks are run for Go".to_owned()),
    })
}
