//! Go: `go vet` and `go build`, `go test` for tests and benchmarks.

use super::plan::{InModule, Made, Plan, Step, compile, run};
use crate::excerpt::Grammar;
use crate::model::{CodeLine, Task};

/// Nothing is written about the revision: git may refuse to tell it, and the
/// program that is built is thrown away.
const NO_VCS: &str = "-buildvcs=false";

/// Code that stands in the deck, in a module made for it.
///
/// What has no `package` clause gets one; statements alone become the body of
/// `main`, below the imports.
pub(super) fn in_deck(lines: &[CodeLine], task: &Task, count: Option<u32>) -> Result<Plan, String> {
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    let has = |word: &str| lines.iter().any(|line| line.text.trim_start().starts_with(word));
    let is_test = has("func Test") || has("func Benchmark") || has("func Example");
    let mut made = Made::default();
    if has("package ") {
        made.deck(lines);
    } else {
        let is_whole = Grammar::Go.accepts(&format!("package main\n{text}"));
        let has_main = has("func main(");
        let body = imports_end(lines);
        if is_whole {
            made.add(if has_main { "package main" } else { "package example" });
            made.deck(lines);
        } else {
            made.add("package main");
            made.deck(&lines[..body]);
            made.add("func main() {");
            made.deck(&lines[body..]);
            made.add("}");
        }
    }
    let (file, map) = made.into_file(if is_test { "main_test.go" } else { "main.go" });
    // The language of the toolchain that is there.
    let files = vec![file, ("go.mod".to_owned(), "module example\n\ngo {go}\n".to_owned())];
    let steps = steps(".", None, is_test, false, (task, count))?;
    Ok(Plan { files, steps, map: Some(map), module: None })
}

/// Code that stands in a file, in the module that the file belongs to.
pub(super) fn in_file(
    file: &InModule<'_>,
    task: &Task,
    count: Option<u32>,
) -> Result<Plan, String> {
    let package = match file.folder() {
        _ if !file.has_module => file.file.clone(),
        "." => ".".to_owned(),
        folder => format!("./{folder}"),
    };
    let is_test = file.file.ends_with("_test.go");
    let steps = steps(&package, file.symbol, is_test, true, (task, count))?;
    Ok(Plan { files: Vec::new(), steps, map: None, module: None })
}

/// The commands for a package: the compiler first, whose messages say more than
/// those of `vet` about the same mistake.
fn steps(
    package: &str,
    symbol: Option<&str>,
    is_test: bool,
    in_module: bool,
    (task, count): (&Task, Option<u32>),
) -> Result<Vec<Step>, String> {
    let program = "{own}/bin/program";
    let vet = compile(&["go", "vet", package], in_module);
    let build = compile(&["go", "build", NO_VCS, "-o", "/dev/null", package], in_module);
    let build_as = |args: &[&str]| {
        let mut all = vec!["go", "build", NO_VCS, "-o", program];
        all.extend(args);
        all.push(package);
        compile(&all, in_module)
    };
    let pattern = format!("^{}$", symbol.unwrap_or(".*"));
    let test = |args: &[&str]| {
        let mut compiled = vec!["go", "test", "-c", "-o", program];
        compiled.extend(args.iter().filter(|arg| **arg == "-race"));
        compiled.push(package);
        compile(&compiled, in_module)
    };
    let verbose = ["{own}/bin/program", "-test.v", "-test.run", pattern.as_str()];
    Ok(match task {
        Task::Check | Task::Ignore(_) if is_test => vec![test(&[]), vet],
        Task::Check | Task::Ignore(_) => vec![build, vet],
        Task::Fail(_) if is_test => vec![test(&[])],
        Task::Fail(_) => vec![build],
        Task::Run if is_test => vec![test(&[]), vet, run(&verbose, in_module)],
        Task::Run => vec![build_as(&[]), vet, run(&[program], in_module)],
        Task::Race if is_test => vec![test(&["-race"]), vet, run(&verbose, in_module)],
        Task::Race => vec![build_as(&["-race"]), vet, run(&[program], in_module)],
        Task::Bench if is_test => {
            let bench = [program, "-test.run", "^$", "-test.bench", &pattern, "-test.benchmem"];
            let count = count.map(|count| format!("-test.count={count}"));
            let bench: Vec<&str> = bench.into_iter().chain(count.as_deref()).collect();
            vec![test(&[]), vet, run(&bench, in_module)]
        }
        Task::Bench => return Err("this code has no benchmark".to_owned()),
    })
}

/// How many lines the imports at the top take.
fn imports_end(lines: &[CodeLine]) -> usize {
    let mut end = 0;
    let mut is_open = false;
    for (at, line) in (1..).zip(lines) {
        let text = line.text.trim();
        if is_open {
            is_open = text != ")";
            end = at;
        } else if text.starts_with("import ") {
            is_open = text.ends_with('(');
            end = at;
        } else if !text.is_empty() && !text.starts_with("//") {
            break;
        }
    }
    end
}
