//! The programs of a deck: which code blocks make one, and what is to be done
//! with it. Nothing is run here.

pub mod output;
mod toolchain;

use std::sync::Arc;

use crate::model::{
    Bench, Block, BlockKind, Change, Code, CodeLine, Deck, Role, Runner, Task, walk,
};
use crate::source::{Span, Spanned};

pub use self::toolchain::Toolchain;

/// A program: one block of the deck, or several that share an `id`.
#[derive(Clone, Debug)]
pub struct Program {
    /// What compiles it.
    pub toolchain: Toolchain,
    /// What is to be done.
    pub task: Task,
    /// Where the author says so, or else the first line of the first block.
    pub at: Span,
    /// The slide of the first block, counted from 1 in the source.
    pub slide: usize,
    /// Its text.
    pub text: Text,
    /// How its benchmarks are run.
    pub bench: Bench,
    /// What it prints, as the deck says.
    pub output: Option<Output>,
}

/// Where the text of a program stands.
#[derive(Clone, Debug)]
pub enum Text {
    /// In the deck: these lines, hidden ones included.
    Deck(Vec<CodeLine>),
    /// In a file below the root, of which the deck shows these lines.
    File {
        /// The file, with forward slashes.
        path: String,
        /// The symbol that the deck names, if it names one.
        symbol: Option<String>,
    },
}

/// An `output` fence.
#[derive(Clone, Debug)]
pub struct Output {
    /// The whole block.
    pub span: Span,
    /// Its lines.
    pub lines: Vec<CodeLine>,
}

/// The language of a fence that holds what the program above it prints.
const OUTPUT: &str = "output";

/// A block that can be no program, and why.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The slide, counted from 1 in the source.
    pub slide: usize,
    /// The word that cannot be done.
    pub at: Span,
    /// Why.
    pub message: String,
    /// What mends it.
    pub hint: String,
}

/// Every program of a deck, in its order, and what can be none. Hidden slides
/// are left alone.
#[must_use]
pub fn programs(deck: &Deck) -> (Vec<Program>, Vec<Refused>) {
    let runners = deck.meta.runners.iter().cloned().map(Arc::new).collect();
    let mut found = Found { runners, ..Found::default() };
    for slide in &deck.slides {
        if slide.role == Role::Hidden {
            continue;
        }
        for group in &slide.groups {
            walk::runs(&group.blocks, &mut |blocks| found.run(slide.number, blocks));
        }
    }
    (found.programs.into_iter().map(|(_, program)| program).collect(), found.refused)
}

/// Programs on their way, with the `id` that they share.
#[derive(Default)]
struct Found {
    programs: Vec<(Option<String>, Program)>,
    /// What the front matter says of other languages.
    runners: Vec<Arc<Runner>>,
    refused: Vec<Refused>,
}

impl Found {
    /// Takes the programs among blocks that follow each other.
    fn run(&mut self, slide: usize, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            let BlockKind::Code(code) = &block.kind else { continue };
            if is_output(code) {
                let before = at.checked_sub(1).and_then(|at| blocks.get(at));
                if !before
                    .is_some_and(|it| matches!(&it.kind, BlockKind::Code(code) if !is_output(code)))
                {
                    continue;
                }
            }
            let next = blocks.get(at + 1).and_then(|next| {
                let BlockKind::Code(code) = &next.kind else { return None };
                is_output(code).then(|| Output { span: next.span, lines: code.lines.clone() })
            });
            self.block(slide, block.span, code, next);
        }
    }

    /// Takes one block.
    fn block(&mut self, slide: usize, span: Span, code: &Code, output: Option<Output>) {
        if is_output(code) {
            return;
        }
        let lang = code.lang.as_ref().map(|lang| lang.value.0.as_str());
        // What stands around it at its revision is not there.
        if let Some(revision) = code.file.as_ref().and_then(|file| file.revision.as_ref()) {
            if let Some(task) = &code.task {
                self.refused.push(Refused {
                    slide,
                    at: task.span,
                    message: format!("code of revision `{}` is only shown", revision.value),
                    hint: "delete the word, or show the file as it is".to_owned(),
                });
            }
            return;
        }
        let runner = self.runners.iter().find(|it| lang.is_some_and(|lang| it.is_of(lang)));
        // What a runner does is all that it can do: it runs what asks for it.
        if runner.is_some() && code.task.is_none() && output.is_none() {
            return;
        }
        let toolchain = lang
            .and_then(Toolchain::of)
            .or_else(|| runner.map(|runner| Toolchain::Other(Arc::clone(runner))));
        let first = code.lines.first().map_or(span, |line| line.span);
        let at = code.task.as_ref().map_or(first, |task| task.span);
        let Some(toolchain) = toolchain else {
            if let Some(Spanned { value, span }) = &code.task
                && !matches!(value, Task::Ignore(_))
            {
                self.refused.push(Refused {
                    slide,
                    at: *span,
                    message: match lang {
                        Some(lang) => format!("deckc has no toolchain for `{lang}`"),
                        None => "this code names no language".to_owned(),
                    },
                    hint: format!(
                        "{} are tested; `runners` in the front matter says what runs others",
                        Toolchain::NAMES
                    ),
                });
            }
            return;
        };
        let text = match &code.file {
            Some(file) => Text::File {
                path: file.path.clone(),
                symbol: file.selector.strip_prefix("func=").map(str::to_owned),
            },
            None => Text::Deck(all_lines(code)),
        };
        let task = code.task.as_ref().map_or_else(
            || if output.is_some() { Task::Run } else { Task::Check },
            |task| task.value.clone(),
        );
        let bench = code.bench.as_deref().cloned().unwrap_or_default();
        let id = code.program.as_ref().map(|id| id.value.clone());
        let known = self.programs.iter_mut().find(|(known, program)| {
            id.is_some() && *known == id && program.toolchain == toolchain
        });
        match (known, text) {
            (Some((_, program)), Text::Deck(lines)) if matches!(program.text, Text::Deck(_)) => {
                if let Text::Deck(all) = &mut program.text {
                    all.extend(lines);
                }
                // The last of several parts says what is done with the whole.
                if code.task.is_some() || output.is_some() {
                    (program.task, program.at) = (task, at);
                }
                if let Some(bench) = &code.bench {
                    program.bench = bench.as_ref().clone();
                }
                program.output = output.or(program.output.take());
            }
            (_, text) => {
                let program = Program { toolchain, task, at, slide, text, bench, output };
                self.programs.push((id, program));
            }
        }
    }
}

/// Whether a block is what the program above it prints.
fn is_output(code: &Code) -> bool {
    code.lang.as_ref().is_some_and(|lang| lang.value.0 == OUTPUT)
}

/// The lines of a block, hidden ones in their places.
fn all_lines(code: &Code) -> Vec<CodeLine> {
    let mut lines = Vec::with_capacity(code.lines.len() + code.hidden.len());
    let mut hidden = code.hidden.iter().peekable();
    for at in 0..=code.lines.len() {
        while let Some(line) = hidden.next_if(|hidden| hidden.before <= at) {
            lines.push(line.line.clone());
        }
        let shown = code.lines.get(at).filter(|line| line.change != Some(Change::Removed));
        lines.extend(shown.cloned().map(|mut line| {
            if code.signed {
                line.text.drain(..2.min(line.text.len()));
            }
            line
        }));
    }
    lines
}
