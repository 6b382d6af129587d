//! Verdicts: what the end of a program's commands means for the deck.

use std::fmt::Write as _;
use std::path::Path;

use super::messages::{self, Said};
use super::plan::{Plan, StepKind};
use super::run::{End, Ran};
use crate::diag::Diagnostic;
use crate::loader::Loader;
use crate::model::Task;
use crate::program::{Program, Text, Toolchain, output};
use crate::source::{Source, Sources, Span};

/// How many errors of a compiler are shown for one program: the first ones are
/// the cause, the others follow from them.
const MAX_SHOWN: usize = 5;

/// What is wrong with a program whose commands ended like this. `recorded` is
/// what the lock says that it printed.
pub(super) fn verdict(
    program: &Program,
    plan: Option<&Plan>,
    ran: &[Ran],
    recorded: Option<&str>,
    loader: &Loader,
    sources: &mut Sources,
) -> Vec<Diagnostic> {
    let Some(plan) = plan else { return Vec::new() };
    let mut places = Places { program, plan, loader, sources };
    let Some((last, step)) = ran.last().zip(plan.steps.get(ran.len().saturating_sub(1))) else {
        return Vec::new();
    };
    if let Some(finding) = limit(program, &last.end, step.kind == StepKind::Run) {
        return vec![finding];
    }
    let failed = last.end != End::Exit(0);
    let compiling = step.kind == StepKind::Compile;
    if let Task::Fail(text) = &program.task {
        return must_fail(program, text, failed.then_some(last.output.as_str()));
    }
    let code = if let End::Exit(code) = last.end { code } else { 0 };
    if failed && compiling {
        // What a command of the author's says has no form that is known here.
        return match program.toolchain {
            Toolchain::Other(_) => vec![places.failed(&last.output, code)],
            Toolchain::Go | Toolchain::Rust | Toolchain::Python => places.broken(&last.output),
        };
    }
    match (&program.output, printed(plan, ran)) {
        (Some(said), Some(fresh)) => {
            // Figures differ from run to run: those on the slide are the recorded ones.
            let is_bench = program.task == Task::Bench;
            let printed = if is_bench { recorded.map(str::to_owned) } else { Some(fresh) };
            let lines: Vec<&str> = said.lines.iter().map(|line| line.text.as_str()).collect();
            let parts = printed.and_then(|printed| output::compare(&lines, &printed));
            let Some(parts) = parts else { return Vec::new() };
            let line = said.lines.get(parts.expected);
            let at = line.map_or(said.span, |line| line.span);
            let finding =
                Diagnostic::error("stale-output", at, "this is not what the program prints");
            let finding = match parts.printed {
                Some(printed) => finding
                    .label(format!("it prints `{}` here", printed.trim_end()))
                    .hint("write what it prints; `...` stands for any text or lines"),
                None => finding
                    .label("it prints nothing more here")
                    .hint("delete what it does not print"),
            };
            vec![if output::has_patterns(&lines) {
                finding
            } else {
                finding.hint("or have it written: `deckc test --update`")
            }]
        }
        _ if failed => vec![places.failed(&last.output, code)],
        _ => Vec::new(),
    }
}

/// What a program printed, if it was run; as `go run` does, what ends badly says
/// so below what it prints.
pub(super) fn printed(plan: &Plan, ran: &[Ran]) -> Option<String> {
    let (last, step) = ran.last().zip(plan.steps.get(ran.len().saturating_sub(1)))?;
    let End::Exit(code) = last.end else { return None };
    if step.kind == StepKind::Compile {
        return None;
    }
    let mut printed = last.output.clone();
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    if code != 0 {
        // Writing to a string never fails.
        let _ = writeln!(printed, "exit status {code}");
    }
    Some(printed)
}

/// A limit that a command passed; `is_run` of the program itself.
fn limit(program: &Program, end: &End, is_run: bool) -> Option<Diagnostic> {
    let finding = |message: String, hint: &str| {
        Some(Diagnostic::error("over-limit", program.at, message).hint(hint))
    };
    match end {
        End::Exit(_) => None,
        End::TooLong(seconds) => finding(
            format!("this program was ended after {seconds} s"),
            "let it end by itself, or say `ignore=\"why\"`",
        ),
        End::TooMuchOutput(bytes) => finding(
            format!("this program prints more than {} KiB", bytes >> 10),
            "let it print what the slide shows",
        ),
        End::TooMuchMemory(bytes) => finding(
            format!("this program takes more than {} MiB of memory", bytes >> 20),
            "let it work on less data",
        ),
        End::TooManyProcesses(n) => {
            finding(format!("this program starts more than {n} processes"), "let it start fewer")
        }
        End::NotStarted if is_run && program.toolchain == Toolchain::Go => {
            finding("this is no program".to_owned(), "run a package `main`, or say `check`")
        }
        End::NotStarted => finding(
            format!("`{}` could not be started", program.toolchain.program()),
            "see that it runs in a terminal",
        ),
    }
}

/// The verdict on code that must not compile.
fn must_fail(program: &Program, text: &str, said: Option<&str>) -> Vec<Diagnostic> {
    match said {
        None => vec![
            Diagnostic::error("not-failing", program.at, "this code compiles")
                .label("it is said to fail")
                .hint("write `check` if it should compile"),
        ],
        Some(said) if !said.contains(text) => {
            let first = messages::messages(said).into_iter().next();
            let first = first.map_or_else(|| said.trim().to_owned(), |first| first.text);
            let message = format!("this code fails, but not with `{text}`");
            vec![
                Diagnostic::error("not-failing", program.at, message)
                    .label(format!("the compiler says: {first}"))
                    .hint("write what the compiler says: `fail=\"text\"`"),
            ]
        }
        Some(_) => Vec::new(),
    }
}

/// Finds the places that compilers and traces name.
struct Places<'p> {
    program: &'p Program,
    plan: &'p Plan,
    loader: &'p Loader,
    sources: &'p mut Sources,
}

impl Places<'_> {
    /// The errors of a compiler.
    fn broken(&mut self, output: &str) -> Vec<Diagnostic> {
        let said = messages::messages(output);
        let mut found: Vec<Diagnostic> = Vec::new();
        for said in said.iter().take(MAX_SHOWN) {
            let span = self.span(said).unwrap_or(self.program.at);
            let finding = Diagnostic::error("broken-code", span, said.text.clone())
                .label(format!("says {}", self.program.toolchain.name()))
                .hint(hint(&said.text, self.program));
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
        if found.is_empty() {
            let why = output.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason");
            let finding = Diagnostic::error("broken-code", self.program.at, why.trim().to_owned())
                .label(format!("says {}", self.program.toolchain.name()))
                .hint("mend the code, or say `ignore=\"why\"`");
            found.push(finding);
        }
        found
    }

    /// A program that ended badly.
    fn failed(&mut self, output: &str, code: i32) -> Diagnostic {
        let file = match (&self.plan.map, &self.program.text) {
            (Some(map), _) => map.file.clone(),
            (None, Text::File { path, .. }) => name(path).to_owned(),
            (None, Text::Deck(_)) => String::new(),
        };
        let line = messages::trace(output, &file);
        let said = line.map(|line| Said { file, line, column: 0, text: String::new() });
        let span = said.and_then(|said| self.span(&said)).unwrap_or(self.program.at);
        // Rules of dashes and the like say nothing.
        let says = |line: &&str| line.contains(char::is_alphanumeric);
        let told = output.lines().find(says).unwrap_or_default();
        let finding =
            Diagnostic::error("failed-run", span, format!("this program ends with code {code}"));
        let finding = if told.is_empty() { finding } else { finding.label(told.trim().to_owned()) };
        finding.hint("mend it, or show how it ends in an `output` fence below it")
    }

    /// The place of a message: a line of the deck, or of a file below the root.
    fn span(&mut self, said: &Said) -> Option<Span> {
        let named = said.file.trim_start_matches("./");
        if let Some(map) = &self.plan.map {
            let line = said.line.checked_sub(1)?;
            let is_ours = named.ends_with(&map.file) || map.file.ends_with(named);
            let span = is_ours.then(|| map.lines.get(line).copied().flatten())??;
            return Some(self.narrowed(span, said.column));
        }
        let module = self.plan.module.as_deref().unwrap_or_default();
        let path = if module.is_empty() { named.to_owned() } else { format!("{module}/{named}") };
        let known = self.sources.iter().find(|(_, source)| source.path == Path::new(&path));
        let id = if let Some((id, _)) = known {
            id
        } else {
            let text = self.loader.text(&path).ok()?;
            self.sources.add(Source::new(Path::new(&path), text))
        };
        let range = self.sources.get(id).line_range(said.line);
        Some(self.narrowed(Span::new(id, range), said.column))
    }

    /// From the column on, where one is named and the line has it.
    fn narrowed(&self, line: Span, column: usize) -> Span {
        let text = self.sources.text(line);
        let indent = text.len() - text.trim_start().len();
        let at = column.checked_sub(1).filter(|at| text.is_char_boundary(*at) && *at < text.len());
        let start = at.unwrap_or(indent);
        let word = text[start..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
        let end = if at.is_some() { start + word.max(1) } else { text.trim_end().len() };
        let end = (start..=text.len()).find(|it| *it >= end && text.is_char_boundary(*it));
        let first = line.start as usize;
        Span::new(line.source, first + start..first + end.unwrap_or(text.len()))
    }
}

/// The name of a file without its folders.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The remedy for what a compiler says.
fn hint(message: &str, program: &Program) -> String {
    let undefined = message.strip_prefix("undefined: ");
    let is_package = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '/');
    match undefined {
        Some(name) if is_package(name) && matches!(program.text, Text::Deck(_)) => format!(
            "write `/// import \"{name}\"` at the top of the fence: it compiles and does not show"
        ),
        _ => "mend the code; `fail` says that it must not compile, `ignore=\"why\"` leaves it \
              alone"
            .to_owned(),
    }
}
