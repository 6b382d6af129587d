//! Other languages: the command that the front matter names.

use super::plan::{InModule, Made, Plan, Step, StepKind};
use crate::model::{CodeLine, Runner, Task};

/// Code that stands in the deck, as a file of its own.
pub(super) fn in_deck(runner: &Runner, lines: &[CodeLine], task: &Task) -> Result<Plan, String> {
    let mut made = Made::default();
    made.deck(lines);
    let (file, map) = made.into_file(&format!("main.{}", runner.extension));
    let steps = steps(runner, &file.0, false, task)?;
    Ok(Plan { files: vec![file], steps, map: Some(map), module: None })
}

/// Code that stands in a file.
pub(super) fn in_file(runner: &Runner, file: &InModule<'_>, task: &Task) -> Result<Plan, String> {
    let steps = steps(runner, &file.file, true, task)?;
    Ok(Plan { files: Vec::new(), steps, map: None, module: None })
}

/// The command. What must fail, or must not, is told by its end alone.
fn steps(runner: &Runner, file: &str, in_module: bool, task: &Task) -> Result<Vec<Step>, String> {
    let kind = match task {
        Task::Check | Task::Fail(_) | Task::Ignore(_) => StepKind::Compile,
        Task::Run => StepKind::Run,
        Task::Race => return Err("the race detector is Go's".to_owned()),
        Task::Bench => return Err("benchmarks are run for Go".to_owned()),
    };
    let mut args: Vec<String> =
        runner.command.iter().map(|arg| arg.replace("{file}", file)).collect();
    if !runner.command.iter().any(|arg| arg.contains("{file}")) {
        args.push(file.to_owned());
    }
    Ok(vec![Step { kind, args, in_module }])
}
