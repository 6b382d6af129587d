//! Drift: what the deck shows against what its lock says.

use similar::{DiffTag, TextDiff};

use super::{Lock, Recorded, hash, include_key};
use crate::diag::Diagnostic;
use crate::loader::Loader;
use crate::model::{BlockKind, Change, Code, CodeFile, CodeLine, Deck, Role, Task, walk};
use crate::program::{self, Program, Text, Toolchain, output};
use crate::source::{Sources, Span};

/// How many changed lines a finding shows.
const MAX_SHOWN: usize = 6;

/// How many files beside a program are part of what it is.
const MAX_BESIDE: usize = 200;

/// Compares a deck with its lock. Gives the findings, and how many includes and
/// outputs no lock vouches for.
#[must_use]
pub fn check(
    deck: &Deck,
    lock: Option<&Lock>,
    loader: &Loader,
    sources: &Sources,
) -> (Vec<Diagnostic>, usize) {
    let (mut found, mut n_unlocked) = (Vec::new(), 0);
    codes(deck, |number, code| {
        for (file, lines) in files(code) {
            match lock.and_then(|lock| lock.includes.get(&include_key(file))) {
                None => n_unlocked += 1,
                Some(_) if file.revision.is_some() => {}
                Some(locked) => {
                    let drift = drifted(&lines, file, &locked.text, sources);
                    found.extend(drift.map(|finding| finding.on_slide(number)));
                }
            }
        }
    });
    for program in program::programs(deck).0 {
        found.extend(raw(&program, lock, loader).map(|finding| finding.on_slide(program.slide)));
        let Some(said) = &program.output else { continue };
        let Some(lock) = lock else {
            n_unlocked += 1;
            continue;
        };
        let recorded = lock.outputs.get(&program_key(&program, loader));
        let Some(recorded) = recorded else {
            found.push(
                Diagnostic::warning(
                    "stale-output",
                    said.span,
                    "no run of this program is recorded",
                )
                .label("the program has changed since its output was, or never ran")
                .hint("run it and write what it prints: `deckc test --update`")
                .on_slide(program.slide),
            );
            continue;
        };
        found.extend(stale(said, recorded).map(|finding| finding.on_slide(program.slide)));
    }
    (found, n_unlocked)
}

/// Calls `visit` with every code block that is shown, and the number of its slide
/// in the source.
pub fn codes<'a>(deck: &'a Deck, mut visit: impl FnMut(usize, &'a Code)) {
    for slide in &deck.slides {
        if slide.role == Role::Hidden {
            continue;
        }
        for group in &slide.groups {
            walk::blocks(&group.blocks, &mut |block| {
                if let BlockKind::Code(code) = &block.kind {
                    visit(slide.number, code);
                }
            });
        }
    }
}

/// The parts of files that a block shows, each with its lines: one, or two where
/// it is a diff.
#[must_use]
pub fn files(code: &Code) -> Vec<(&CodeFile, Vec<&CodeLine>)> {
    let without = |change: Change| {
        code.lines.iter().filter(|line| line.change != Some(change)).collect::<Vec<_>>()
    };
    let file = code.file.as_deref().map(|file| (file, without(Change::Removed)));
    let base = code.base.as_deref().map(|base| (base, without(Change::Added)));
    file.into_iter().chain(base).collect()
}

/// The text of lines as it stands in their file, without the indentation that
/// they share: what a lock keeps.
#[must_use]
pub fn text(lines: &[&CodeLine], sources: &Sources) -> String {
    super::lines(lines.iter().map(|line| sources.text(line.span)))
}

/// What a program is: its text and what is done with it. Of a program in a file,
/// the files of the same kind beside it are a part.
#[must_use]
pub fn program_key(program: &Program, loader: &Loader) -> String {
    let mut parts = vec![program.toolchain.name().to_owned(), program.task.word().to_owned()];
    if let Toolchain::Other(runner) = &program.toolchain {
        parts.extend(runner.command.iter().cloned());
    }
    parts.extend(program.bench.count.map(|count| format!("count {count}")));
    if let Task::Fail(text) = &program.task {
        parts.push(text.clone());
    }
    match &program.text {
        Text::Deck(lines) => parts.extend(lines.iter().map(|line| line.text.clone())),
        Text::File { path, symbol } => {
            parts.push(path.clone());
            parts.extend(symbol.clone());
            let folder = path.rfind('/').map_or("", |slash| &path[..slash]);
            let ext = path.rsplit('.').next().unwrap_or_default();
            let names = loader.list(if folder.is_empty() { "." } else { folder }, ext);
            for name in names.into_iter().take(MAX_BESIDE) {
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                parts.push(loader.text(&path).unwrap_or_default());
                parts.push(path);
            }
        }
    }
    hash(parts.iter().map(String::as_str))
}

/// Says that an include is not what the lock says.
fn drifted(
    lines: &[&CodeLine],
    file: &CodeFile,
    locked: &str,
    sources: &Sources,
) -> Option<Diagnostic> {
    let present = text(lines, sources);
    if present == locked {
        return None;
    }
    let line = |at: usize| {
        let last = lines.len().saturating_sub(1);
        lines.get(at.min(last)).map_or(file.span, |line| line.span)
    };
    let diff = TextDiff::from_lines(locked, present.as_str());
    let old: Vec<&str> = locked.lines().collect();
    let quoted = |at: usize| format!("`{}`", old.get(at).map_or("", |line| line.trim()));
    let mut changes: Vec<(Span, String)> = Vec::new();
    for op in diff.ops() {
        let (was, is) = (op.old_range(), op.new_range());
        match op.tag() {
            DiffTag::Equal => {}
            DiffTag::Delete => {
                let more = if was.len() > 1 {
                    format!(" and {} more", was.len() - 1)
                } else {
                    String::new()
                };
                changes.push((
                    line(is.start),
                    format!("above this stood {}{more}", quoted(was.start)),
                ));
            }
            DiffTag::Insert => {
                changes.extend(is.map(|at| (line(at), "this was not there".to_owned())));
            }
            DiffTag::Replace => changes.extend(is.clone().map(|at| {
                let before = was.start + (at - is.start);
                let told = if was.contains(&before) {
                    format!("was {}", quoted(before))
                } else {
                    "this was not there".to_owned()
                };
                (line(at), told)
            })),
        }
    }
    let n_changed = changes.len();
    let s = if n_changed == 1 { "" } else { "s" };
    let message = format!("`{}` has changed since it was locked", include_key(file));
    let mut finding = Diagnostic::warning("drifted-include", file.span, message)
        .label(format!("{n_changed} change{s}"))
        .hint("read the slide again, then take the change over: `deckc test --update`");
    for (span, told) in changes.into_iter().take(MAX_SHOWN) {
        finding = finding.also(span, told);
    }
    Some(finding)
}

/// Says that the file that keeps what benchmarks printed holds something else.
fn raw(program: &Program, lock: Option<&Lock>, loader: &Loader) -> Option<Diagnostic> {
    let file = program.bench.raw.as_ref()?;
    let recorded = lock.and_then(|lock| lock.outputs.get(&program_key(program, loader)));
    let stale = |message: String, label: &str| {
        Diagnostic::warning("stale-output", file.span, message)
            .label(label)
            .hint("run the benchmarks and keep what they print: `deckc test --update`")
    };
    let Some(recorded) = recorded else {
        return Some(stale(
            "no run of these benchmarks is recorded".to_owned(),
            "they have changed since they were, or never ran",
        ));
    };
    let is_kept = loader.text(&file.value).is_ok_and(|text| text == recorded.text);
    let message = || format!("`{}` is not what the benchmarks printed", file.value);
    (!is_kept).then(|| stale(message(), "the lock has what they printed"))
}

/// Says that an output is not what was recorded.
fn stale(said: &program::Output, recorded: &Recorded) -> Option<Diagnostic> {
    let lines: Vec<&str> = said.lines.iter().map(|line| line.text.as_str()).collect();
    let parts = output::compare(&lines, &recorded.text)?;
    let at = said.lines.get(parts.expected).map_or(said.span, |line| line.span);
    let told = match parts.printed {
        Some(printed) => format!("it printed `{}` here", printed.trim_end()),
        None => "it printed nothing more here".to_owned(),
    };
    Some(
        Diagnostic::warning("stale-output", at, "this is not what the program printed")
            .label(told)
            .hint("write what it printed: `deckc test --update`"),
    )
}
