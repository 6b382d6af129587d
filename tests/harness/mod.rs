//! Pages that are manual and test at once.
//!
//! A page is Markdown: prose, a long fence `deck` with a deck, long fences
//! `file PATH` with the files beside it, and then fences with what comes of it,
//! like `model` and `diagnostics`. Fences are long (four backticks or more)
//! because decks contain short ones. A `deck` without a `diagnostics` fence
//! must be clean.
//!
//! There is no knowledge of the deck language here: a runner gives the text of
//! each expectation.

pub(crate) mod draw;
pub(crate) mod outline;
pub(crate) mod placed;
pub(crate) mod run;

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A fence of a page.
pub(crate) struct Fence<'a> {
    /// What stands behind the backticks.
    pub(crate) info: &'a str,
    /// The text between them; every line has its end.
    pub(crate) text: &'a str,
    /// The bytes of the text in the page.
    pub(crate) range: Range<usize>,
    /// The line of the page on which the fence opens, counted from 1.
    pub(crate) line: usize,
}

/// A deck of a page, with the files beside it.
pub(crate) struct Case<'a> {
    /// What stands behind `deck` in the info string: options of the runner.
    pub(crate) options: &'a str,
    /// The deck.
    pub(crate) deck: &'a str,
    /// Path and text of the files beside it.
    pub(crate) files: Vec<(&'a str, &'a str)>,
}

/// Compiles a case and gives the text of the expectation with this name, or
/// `None` where the runner does not know the name. `diagnostics` must be
/// known; its text is empty for a clean deck.
pub(crate) type Runner = dyn Fn(&Case<'_>, &str) -> Option<String>;

/// Reads the long fences of a page.
pub(crate) fn fences(page: &str) -> Vec<Fence<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in (1..).zip(page.split_inclusive('\n')) {
        let bare = line.trim_end();
        let ticks = bare.bytes().take_while(|byte| *byte == b'`').count();
        match open {
            None if ticks >= 4 => {
                open = Some((ticks, bare[ticks..].trim(), at + line.len(), number));
            }
            Some((length, info, start, line)) if ticks >= length && bare.len() == ticks => {
                found.push(Fence { info, text: &page[start..at], range: start..at, line });
                open = None;
            }
            None | Some(_) => {}
        }
        at += line.len();
    }
    assert!(open.is_none(), "a fence is never closed");
    found
}

/// Checks every page of a folder, or writes its expectations anew under
/// `UPDATE=1`.
pub(crate) fn check_pages(folder: &str, runner: &Runner) {
    let mut problems = String::new();
    let paths = pages(folder);
    assert!(!paths.is_empty(), "there is no page in {folder}");
    for path in paths {
        check_page(&path, runner, &mut problems);
    }
    assert!(problems.is_empty(), "\n{problems}");
}

/// The pages of a folder, sorted.
pub(crate) fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    paths.sort();
    paths
}

/// Checks one page.
fn check_page(path: &Path, runner: &Runner, problems: &mut String) {
    let page = std::fs::read_to_string(path).unwrap();
    let fences = fences(&page);
    let mut wanted: Vec<(Range<usize>, String)> = Vec::new();
    let mut rest = fences.as_slice();
    while let [first, tail @ ..] = rest {
        let place = format!("{}:{}", path.display(), first.line);
        let Some(options) = first.info.strip_prefix("deck") else {
            writeln!(problems, "{place}: a `{}` fence without a deck above it", first.info)
                .unwrap();
            return;
        };
        let n_own = tail.iter().take_while(|fence| !fence.info.starts_with("deck")).count();
        let (own, next) = tail.split_at(n_own);
        rest = next;

        let files = own
            .iter()
            .filter_map(|fence| Some((fence.info.strip_prefix("file ")?, fence.text)))
            .collect();
        let case = Case { options: options.trim(), deck: first.text, files };
        let mut told = false;
        for fence in own.iter().filter(|fence| !fence.info.starts_with("file ")) {
            let place = format!("{}:{}", path.display(), fence.line);
            told |= fence.info == "diagnostics";
            match runner(&case, fence.info) {
                None => {
                    writeln!(problems, "{place}: unknown expectation `{}`", fence.info).unwrap();
                }
                Some(text) => {
                    if text != fence.text && !update() {
                        writeln!(
                            problems,
                            "{place}: the `{}` differs\n--- expected\n{}--- found\n{text}",
                            fence.info, fence.text
                        )
                        .unwrap();
                    }
                    wanted.push((fence.range.clone(), text));
                }
            }
        }
        let found = runner(&case, "diagnostics").unwrap_or_default();
        if !told && !found.is_empty() {
            writeln!(problems, "{place}: the deck is not clean\n{found}").unwrap();
        }
    }
    if update() {
        write_anew(path, &page, wanted);
    }
}

/// Whether expectations are written anew.
fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Replaces the texts of the fences and writes the page.
pub(crate) fn write_anew(path: &Path, page: &str, mut wanted: Vec<(Range<usize>, String)>) {
    let mut page = page.to_owned();
    wanted.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, text) in wanted {
        page.replace_range(range, &text);
    }
    std::fs::write(path, page).unwrap();
}
