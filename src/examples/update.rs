//! `deckc test --update`: what a lock is to say, and what `output` fences are to
//! say. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::run::{Act, End, Limits, Runner};
use super::{Outcome, Settings, tool};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::{LoadError, Loader};
use crate::lock::{self, Held, Include, Lock, Recorded};
use crate::model::{CodeFile, Deck, Task};
use crate::program::{Output, output};
use crate::read;
use crate::source::{Sources, Span};

/// What the lock says of the revisions that a deck names, from git. What cannot
/// be had is reported.
pub fn revisions(
    deck: &Deck,
    loader: &Loader,
    settings: &Settings<'_>,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Include> {
    let mut found = BTreeMap::new();
    lock::codes(deck, |slide, code| {
        for (file, _) in lock::files(code) {
            let Some(revision) = &file.revision else { continue };
            let key = lock::include_key(file);
            if found.contains_key(&key) {
                continue;
            }
            match revision_text(loader.root(), file, &revision.value, settings) {
                Ok((commit, text)) => match read::locked(&text, file, &commit) {
                    Ok(include) => {
                        found.insert(key, include);
                    }
                    Err(finding) => diags.push(finding.on_slide(slide)),
                },
                Err(why) => {
                    let message = format!("git does not give `{}`: {why}", file.path);
                    diags.push(
                    Diagnostic::error("unlocked-revision", revision.span, message)
                        .hint("see that `git show` finds it: a tag, a branch or a commit of this repository")
                        .on_slide(slide),
                );
                }
            }
        }
    });
    found
}

/// The commit that a revision stands for, and the text of a file in it. Git is
/// run confined, as a program of the deck is.
fn revision_text(
    root: &Path,
    file: &CodeFile,
    revision: &str,
    settings: &Settings<'_>,
) -> Result<(String, String), String> {
    let wanted = format!("{revision}^{{commit}}");
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
    let commit = git(root, &asked, settings).map_err(|said| {
        if said.is_empty() { format!("there is no revision `{revision}`") } else { said }
    })?;
    let commit = commit.trim().to_owned();
    let path = format!("{commit}:./{}", file.path);
    Ok((commit, git(root, &["cat-file", "blob", &path], settings)?))
}

fn git(root: &Path, args: &[&str], settings: &Settings<'_>) -> Result<String, String> {
    let fixed = [
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C.UTF-8"),
    ];
    let inherited = ["HOME", "PATH", "XDG_CONFIG_HOME"]
        .into_iter()
        .filter_map(|key| Some((key, settings.env.get(key)?.as_str())));
    let env = fixed.into_iter().chain(inherited);
    let act = Act {
        args: std::iter::once("git").chain(args.iter().copied()).map(str::to_owned).collect(),
        folder: root.to_owned(),
        env: env.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        writable: Vec::new(),
    };
    let limits = Limits { output: 16 << 20, ..settings.limits };
    let ran = settings.runner.run(&act, &limits).map_err(|error| error.to_string())?;
    match ran.end {
        End::Exit(0) => Ok(ran.output),
        End::NotStarted => Err("there is no `git`".to_owned()),
        End::TooMuchOutput(_) => Err("the file is too large".to_owned()),
        _ => {
            let said = ran.output.lines().next().unwrap_or_default();
            Err(said.trim_start_matches("fatal: ").to_owned())
        }
    }
}

/// What the lock of a deck is to say.
#[must_use]
pub fn lock(
    deck: &Deck,
    outcomes: &[Outcome],
    revisions: BTreeMap<String, Include>,
    loader: &Loader,
    sources: &Sources,
    settings: &Settings<'_>,
) -> Lock {
    let mut lock = Lock { includes: revisions, ..Lock::default() };
    lock::codes(deck, |_, code| {
        for (file, lines) in lock::files(code) {
            if file.revision.is_none() {
                let text = lock::text(&lines, sources);
                let include = Include { first: file.first, last: file.last, commit: None, text };
                lock.includes.insert(lock::include_key(file), include);
            }
        }
    });
    let mut used = BTreeSet::new();
    for outcome in outcomes {
        let program = &outcome.program;
        used.insert(program.toolchain.clone());
        let key = lock::program_key(program, loader);
        let slide = deck.slides.get(program.slide.saturating_sub(1));
        let slide = slide.map_or_else(String::new, |slide| slide.id.clone());
        let task = program.task.word().to_owned();
        let tool = program.toolchain.program().to_owned();
        if program.output.is_none() && program.task != Task::Bench {
            // A lock is written only where nothing is wrong.
            lock.held.insert(key, Held { slide, task, tool });
            continue;
        }
        let earlier = settings.lock.and_then(|lock| lock.outputs.get(&key));
        let text = kept(outcome, earlier);
        let Some(text) = text else { continue };
        lock.outputs.insert(key, Recorded { slide, task, tool, text });
    }
    for toolchain in used {
        let name = toolchain.program();
        if let Some(version) = tool::version(&toolchain, settings) {
            lock.tools.insert(name.to_owned(), version);
        }
    }
    lock
}

/// The files that keep what benchmarks printed, with their texts. One that would
/// not lie below the root is reported.
pub fn raw(
    outcomes: &[Outcome],
    lock: &Lock,
    loader: &Loader,
    diags: &mut Diagnostics,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for outcome in outcomes {
        let Some(file) = &outcome.program.bench.raw else { continue };
        let folder = file.value.rfind('/').map_or(".", |slash| &file.value[..slash]);
        let is_there = matches!(loader.real(&file.value), Ok(_) | Err(LoadError::Missing));
        if loader.real(folder).is_err() || !is_there {
            diags.push(
                Diagnostic::error("wrong-value", file.span, "this file cannot be written")
                    .label("its folder is not there, or a link leads out of the deck's folder")
                    .hint("make the folder, or name another file")
                    .on_slide(outcome.program.slide),
            );
            continue;
        }
        let key = lock::program_key(&outcome.program, loader);
        if let Some(recorded) = lock.outputs.get(&key) {
            files.push((file.value.clone(), recorded.text.clone()));
        }
    }
    files
}

/// The output to keep of a program: what it printed; but figures that were
/// recorded stay while their program does, and so does what still agrees with
/// its fence.
fn kept(outcome: &Outcome, earlier: Option<&Recorded>) -> Option<String> {
    let Some(earlier) = earlier else { return outcome.printed.clone() };
    let agrees = outcome.program.output.as_ref().is_some_and(|said| compare(said, &earlier.text));
    if outcome.program.task == Task::Bench || agrees {
        return Some(earlier.text.clone());
    }
    outcome.printed.clone()
}

/// Whether an `output` fence says what was printed.
fn compare(said: &Output, printed: &str) -> bool {
    let lines: Vec<&str> = said.lines.iter().map(|line| line.text.as_str()).collect();
    output::compare(&lines, printed).is_none()
}

/// The changes to the deck's texts that make its `output` fences say what the
/// lock says. A fence that holds patterns is the author's to mend.
#[must_use]
pub fn fences(
    outcomes: &[Outcome],
    lock: &Lock,
    loader: &Loader,
    sources: &Sources,
) -> Vec<(Span, String)> {
    let mut changes = Vec::new();
    for outcome in outcomes {
        let Some(said) = &outcome.program.output else { continue };
        let Some(recorded) = lock.outputs.get(&lock::program_key(&outcome.program, loader)) else {
            continue;
        };
        let lines: Vec<&str> = said.lines.iter().map(|line| line.text.as_str()).collect();
        if compare(said, &recorded.text) || output::has_patterns(&lines) {
            continue;
        }
        changes.extend(refilled(said.span, &recorded.text, sources));
    }
    changes
}

/// The change that puts a text between the two lines of a fence; `None` where
/// that would not be a fence any more.
fn refilled(fence: Span, text: &str, sources: &Sources) -> Option<(Span, String)> {
    let source = sources.get(fence.source);
    let (open, close) = (source.line(fence.start as usize), source.line(fence.end as usize));
    let start = source.line_start(open);
    // What stands before the fence on its line goes on before every line of it.
    let before = &source.text[start..fence.start as usize];
    let before: String =
        before.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
    let opening = &source.text[source.line_range(open)];
    let mark = opening.trim_start_matches([' ', '>', '-', '*', '\t']).chars().next()?;
    let closing = source.text[source.line_range(close)].trim_start_matches([' ', '>', '\t']);
    let is_fence = |line: &str| line.trim_start().starts_with(&mark.to_string().repeat(3));
    if close <= open || !is_fence(closing) || text.lines().any(is_fence) {
        return None;
    }
    let body = source.line_start(open + 1)..source.line_start(close);
    let lines = text.trim_end().lines().map(|line| format!("{before}{line}"));
    let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    Some((Span::new(fence.source, body), lock::lines(lines.iter().map(String::as_str))))
}

/// The version of a toolchain in its own words, the first line of what it says;
/// used by [`lock`].
pub(super) fn first_line(
    args: &[&str],
    runner: &Runner,
    limits: &Limits,
    env: &BTreeMap<String, String>,
) -> Option<String> {
    let keep = ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "GOROOT"];
    let env = keep.iter().filter_map(|key| Some(((*key).to_owned(), env.get(*key)?.clone())));
    let act = Act {
        args: args.iter().map(ToString::to_string).collect(),
        folder: std::env::temp_dir(),
        env: env.collect(),
        writable: Vec::new(),
    };
    let ran = runner.run(&act, limits).ok().filter(|ran| ran.end == End::Exit(0))?;
    ran.output.lines().next().map(|line| line.trim().to_owned())
}
