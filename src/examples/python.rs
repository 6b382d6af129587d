//! Python: `py_compile`, and the interpreter for what is run.

use super::plan::{InModule, Made, Plan, Step, compile, run};
use crate::model::{CodeLine, Task};

/// Code that stands in the deck, as a file of its own.
pub(super) fn in_deck(lines: &[CodeLine], task: &Task) -> Result<Plan, String> {
    let mut made = Made::default();
    made.deck(lines);
    let (file, map) = made.into_file("main.py");
    Ok(Plan {
        files: vec![file],
        steps: steps("main.py", false, task)?,
        map: Some(map),
        module: None,
    })
}

/// Code that stands in a file.
pub(super) fn in_file(file: &InModule<'_>, task: &Task) -> Result<Plan, String> {
    Ok(Plan { files: Vec::new(), steps: steps(&file.file, true, task)?, map: None, module: None })
}

fn steps(file: &str, in_module: bool, task: &Task) -> Result<Vec<Step>, String> {
    // Compiled files go to the program's own folder, not beside the source.
    let cache = "pycache_prefix={own}/pycache";
    let check = compile(&["python3", "-X", cache, "-m", "py_compile", file], in_module);
    Ok(match task {
        Task::Check | Task::Fail(_) | Task::Ignore(_) => vec![check],
        Task::Run => vec![check, run(&["python3", "-X", cache, file], in_module)],
        Task::Race => return Err("the race detector is Go's".to_owned()),
        Task::Bench => return Err("benchmarks are run for Go".to_owned()),
    })
}
