//! `deckc check --fix`: the changes that mend findings, shown and written.
//!
//! What is changed is shown as a diff before what is left is reported: on
//! standard output for people, on standard error beside a form for machines. A
//! file that was changed by somebody else in the meantime is left alone.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Args, Checked};
use crate::cli::find::DeckFile;
use crate::cli::report::{Format, Report};
use crate::cli::summary::Summary;
use crate::cli::terminal::{self, Progress};
use crate::cli::{Exit, Failure, output};
use crate::compile;
use crate::diag::Applicability;
use crate::fix::{self, Change, Fixed};

/// Mends the decks together: they may share files.
pub(super) fn run(
    decks: Vec<DeckFile>,
    args: &Args,
    options: &compile::Options,
) -> Result<Exit, Failure> {
    let progress = Progress::show("fixing");
    let (decks, fixed, failures) = fixed(decks, options);
    drop(progress);

    let mut checked = Vec::new();
    for (deck, look) in decks.iter().zip(fixed.looks) {
        let prefix = deck.prefix.clone();
        let report = Report { sources: look.sources, prefix, findings: look.findings };
        if let Some(failure) = report.wrong_theme(args.reading.theme.as_deref()) {
            return Err(failure);
        }
        let summary = look.prepared.as_deref().map(Summary::of).unwrap_or_default();
        checked.push(Checked { deck, report, summary, table: String::new() });
    }
    let diffs: String =
        fixed.changes.iter().map(|it| shown(it, &checked[it.deck].report, args)).collect();
    if !args.dry_run {
        write(&fixed.changes, &checked)?;
    }

    let left = args.format.render(checked.iter().map(|it| &it.report));
    if matches!(args.format, Format::Human) {
        terminal::print(&(diffs + &left))?;
    } else {
        terminal::show(&diffs);
        terminal::print(&left)?;
    }
    for it in checked.iter().filter(|it| args.sums_up(it)) {
        terminal::say(&format!("{}{}", if args.dry_run { "once fixed: " } else { "" }, it.sum()));
    }
    let would_change = args.dry_run && !fixed.changes.is_empty();
    let exit = if would_change { Exit::Findings } else { args.exit(&checked) };
    Ok(super::failed(&failures).max(exit))
}

/// The decks that could be read, what became of them, and why the others could
/// not.
fn fixed(
    mut decks: Vec<DeckFile>,
    options: &compile::Options,
) -> (Vec<DeckFile>, Fixed, Vec<Failure>) {
    let mut failures = Vec::new();
    loop {
        let jobs = decks.iter().map(|deck| fix::Deck {
            loader: deck.loader.clone(),
            path: deck.name.clone(),
            options: options.clone(),
        });
        match fix::fix(&jobs.collect::<Vec<_>>()) {
            Ok(fixed) => return (decks, fixed, failures),
            Err((deck, why)) => failures.push(decks.remove(deck).unreadable(&why)),
        }
    }
}

/// What was changed in a file, and why.
fn shown(change: &Change, report: &Report, args: &Args) -> String {
    let count = |wanted: Applicability| {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for (name, _) in change.mended.iter().filter(|(_, kind)| *kind == wanted) {
            match names.iter_mut().find(|(known, _)| known == name) {
                Some((_, n)) => *n += 1,
                None => names.push((name, 1)),
            }
        }
        let names = names.iter().map(|(name, n)| match n {
            1 => format!("`{name}`"),
            n => format!("`{name}` ({n})"),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let mut text = String::new();
    let would = |done: &'static str, plan: &'static str| if args.dry_run { plan } else { done };
    let (mended, open) = (count(Applicability::Certain), count(Applicability::Placeholder));
    let mut title = |done, plan, names: &str| {
        if !names.is_empty() {
            let _ = writeln!(text, "{}: {names}", would(done, plan));
        }
    };
    title("fixed", "would fix", &mended);
    title("wrote `TODO` for", "would write `TODO` for", &open);
    text + &report.change(&change.before, &change.parts) + "\n"
}

/// Writes the changed files: all of them, or none.
fn write(changes: &[Change], checked: &[Checked]) -> Result<(), Failure> {
    for change in changes {
        let is_same =
            std::fs::read(&change.file).is_ok_and(|bytes| bytes == change.before.text.as_bytes());
        if !is_same {
            let path = checked[change.deck].report.path(&change.before.path);
            return Err(Failure::files(format!("`{path}` has changed in the meantime"))
                .hint("nothing was written: run the command again"));
        }
    }
    let files: Vec<(PathBuf, &[u8])> =
        changes.iter().map(|it| (it.file.clone(), it.after.as_bytes())).collect();
    output::write(&files).map(|_| ())
}
