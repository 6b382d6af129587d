//! Plans: the files and commands that test a program.

use std::path::{Path, PathBuf};

use super::{go, other, python, rust};
use crate::model::CodeLine;
use crate::program::{Program, Text, Toolchain};
use crate::source::Span;

/// What is done to test a program.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Files to write into the program's own folder: path and text.
    pub(super) files: Vec<(String, String)>,
    /// The commands, in order; the first that fails is the last to run.
    pub(super) steps: Vec<Step>,
    /// Where the lines of the deck stand in those files.
    pub(super) map: Option<LineMap>,
    /// The folder of the module that the program belongs to, below the root.
    pub(super) module: Option<String>,
}

/// One command of a plan.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Whether it compiles the program or runs it.
    pub(super) kind: StepKind,
    /// The program and its arguments; `{own}` stands for the program's own folder.
    pub(super) args: Vec<String>,
    /// Whether it runs in the module's folder rather than in its own.
    pub(super) in_module: bool,
}

/// What a step is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    /// It fails where the code is wrong, and may keep what it has compiled.
    Compile,
    /// It does what the program does.
    Run,
}

/// Which line of the deck is which line of a file that was made for it.
#[derive(Clone, Debug)]
pub(super) struct LineMap {
    /// The file.
    pub(super) file: String,
    /// The span of each of its lines; `None` for lines that the deck does not have.
    pub(super) lines: Vec<Option<Span>>,
}

/// Text made of lines of the deck and others around them.
#[derive(Debug, Default)]
pub(super) struct Made {
    text: String,
    lines: Vec<Option<Span>>,
}

impl Made {
    /// Adds a line that is not the deck's.
    pub(super) fn add(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push(None);
    }

    /// Adds lines of the deck.
    pub(super) fn deck<'a>(&mut self, lines: impl IntoIterator<Item = &'a CodeLine>) {
        for line in lines {
            self.text.push_str(&line.text);
            self.text.push('\n');
            self.lines.push(Some(line.span));
        }
    }

    /// The file and its lines.
    pub(super) fn into_file(self, file: &str) -> ((String, String), LineMap) {
        ((file.to_owned(), self.text), LineMap { file: file.to_owned(), lines: self.lines })
    }
}

/// A file of the deck's folder, seen from its module.
#[derive(Clone, Debug)]
pub(super) struct InModule<'p> {
    /// The file, below the module's folder.
    pub(super) file: String,
    /// Whether there is a module at all.
    pub(super) has_module: bool,
    /// The symbol that the deck shows.
    pub(super) symbol: Option<&'p str>,
}

impl InModule<'_> {
    /// The folder of the file below the module's, or `.`.
    pub(super) fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or(".", |(folder, _)| folder)
    }
}

/// Makes the plan for a program; an error says why there can be none.
pub(super) fn plan(program: &Program, root: &Path) -> Result<Plan, String> {
    let count = program.bench.count;
    match &program.text {
        Text::Deck(lines) => match &program.toolchain {
            Toolchain::Go => go::in_deck(lines, &program.task, count),
            Toolchain::Rust => rust::in_deck(lines, &program.task),
            Toolchain::Python => python::in_deck(lines, &program.task),
            Toolchain::Other(runner) => other::in_deck(runner, lines, &program.task),
        },
        Text::File { path, symbol } => {
            let (module, has_module) = module(root, path, &program.toolchain);
            if program.toolchain == Toolchain::Rust && has_module && !has_lock(root, &module) {
                return Err("no `Cargo.lock` stands beside the package of this file, and \
                            nothing may be written there"
                    .to_owned());
            }
            let file = path.strip_prefix(&module).unwrap_or(path).trim_start_matches('/');
            let file = InModule { file: file.to_owned(), has_module, symbol: symbol.as_deref() };
            let mut plan = match &program.toolchain {
                Toolchain::Go => go::in_file(&file, &program.task, count)?,
                Toolchain::Rust => rust::in_file(&file, &program.task)?,
                Toolchain::Python => python::in_file(&file, &program.task)?,
                Toolchain::Other(runner) => other::in_file(runner, &file, &program.task)?,
            };
            plan.module = Some(module);
            Ok(plan)
        }
    }
}

/// Whether cargo finds a lock for a package: beside it, or above it in its
/// workspace.
fn has_lock(root: &Path, module: &str) -> bool {
    let folder = root.join(module);
    folder.ancestors().any(|it| it.join("Cargo.lock").is_file())
}

/// The folder below the root that holds a file's module, or else the file's own
/// folder; and whether there is a module.
fn module(root: &Path, path: &str, toolchain: &Toolchain) -> (String, bool) {
    let own = Path::new(path).parent().unwrap_or(Path::new(""));
    if let Some(mark) = toolchain.module() {
        let mut folder: Option<&Path> = Some(own);
        while let Some(here) = folder {
            if root.join(here).join(mark).is_file() {
                return (slashes(here), true);
            }
            folder = here.parent();
        }
    }
    (slashes(own), false)
}

fn slashes(path: &Path) -> String {
    PathBuf::from(path).to_string_lossy().replace('\\', "/")
}

/// A step that compiles.
pub(super) fn compile(args: &[&str], in_module: bool) -> Step {
    step(StepKind::Compile, args, in_module)
}

/// A step that runs.
pub(super) fn run(args: &[&str], in_module: bool) -> Step {
    step(StepKind::Run, args, in_module)
}

fn step(kind: StepKind, args: &[&str], in_module: bool) -> Step {
    Step { kind, args: args.iter().map(ToString::to_string).collect(), in_module }
}
