//! The page of a finding is its documentation and its test: what it shows in a
//! `deck bad` fence is found on exactly the lines marked `✗`, by that name, and
//! a `deck good` fence has no error. A `file PATH` fence below a deck is a file
//! beside it; `pool.svg` always lies there. The marks are taken off before
//! anything is read. Pages of rules have a stricter test of their own.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use deckc::check::RULES;
use deckc::compile::{self, Options};
use deckc::diag::{Diagnostic, Diagnostics, Level};
use deckc::explain::{self, Page};
use deckc::loader::Loader;
use deckc::source::Sources;
use rayon::prelude::*;

use crate::harness::{Fence, fences};

const MARK: &str = " ✗";

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\"><path fill=\"#3b82f6\" d=\"M0 0h90v60H0z\"/></svg>";

/// The lines of some files, by path and number.
type Lines = BTreeSet<(String, usize)>;

#[test]
fn the_page_of_every_finding_holds() {
    let pages: Vec<Page> = explain::topics()
        .into_iter()
        .flat_map(|topic| topic.pages)
        .filter(|page| !RULES.iter().any(|rule| rule.name == page.name))
        .collect();
    let problems: String = pages.par_iter().map(problems).collect();
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn every_page_starts_with_its_name_and_a_sentence() {
    for topic in explain::topics() {
        for page in topic.pages {
            assert_eq!(page.docs.lines().next(), Some(format!("# {}", page.name).as_str()));
            assert!(page.summary().ends_with('.'), "{}: {}", page.name, page.summary());
        }
    }
}

#[test]
fn no_name_has_two_pages() {
    let topics = explain::topics();
    let mut seen = BTreeSet::new();
    for page in topics.iter().flat_map(|topic| &topic.pages) {
        assert!(seen.insert(page.name), "{}", page.name);
    }
}

/// What is wrong with the decks of a page.
fn problems(page: &Page) -> String {
    let mut problems = String::new();
    let found = fences(page.docs);
    let mut rest = found.as_slice();
    while let [deck, tail @ ..] = rest {
        let n_files = tail.iter().take_while(|fence| fence.info.starts_with("file ")).count();
        let files = &tail[..n_files];
        rest = &tail[n_files..];
        let place = format!("{}: the fence of line {}", page.name, deck.line);
        let findings = run(deck, files);
        let lines: Lines = findings
            .iter()
            .filter(|(_, finding)| finding.name == page.name)
            .map(|(line, _)| line.clone())
            .collect();
        let mut marked = marked("deck.md", deck.text);
        for file in files {
            marked.append(&mut self::marked(&file.info["file ".len()..], file.text));
        }
        match deck.info {
            "deck bad" if marked.is_empty() => writeln!(problems, "{place}: mark a line with ✗"),
            "deck bad" if lines != marked => {
                let all: Vec<_> =
                    findings.iter().map(|(at, it)| (at, it.name, &it.message)).collect();
                writeln!(problems, "{place} flags {lines:?}, not {marked:?}; all: {all:?}")
            }
            "deck bad" => Ok(()),
            "deck good" => {
                let wrong = findings.iter().filter(|(_, it)| it.level == Level::Error);
                let wrong: Vec<&str> = wrong.map(|(_, it)| it.message.as_str()).collect();
                if wrong.is_empty() && marked.is_empty() && lines.is_empty() {
                    Ok(())
                } else {
                    writeln!(problems, "{place} is not good: {wrong:?}")
                }
            }
            other => writeln!(problems, "{place}: unknown fence `{other}`"),
        }
        .unwrap();
    }
    problems
}

fn marked(path: &str, text: &str) -> Lines {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains(MARK));
    lines.map(|(number, _)| (path.to_owned(), number)).collect()
}

/// Compiles a deck; gives its findings, each with its file and line.
fn run(deck: &Fence<'_>, files: &[Fence<'_>]) -> Vec<((String, usize), Diagnostic)> {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text.replace(MARK, "")).unwrap();
    };
    write("pool.svg", PICTURE);
    write("deck.md", deck.text);
    for file in files {
        write(&file.info["file ".len()..], file.text);
    }
    let loader = Loader::new(folder.path()).unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let options = Options::default();
    compile::compile(&loader, "deck.md", &options, &mut sources, &mut diags).unwrap();
    let findings = diags.sorted().into_iter();
    findings
        .map(|finding| {
            let source = sources.get(finding.span.source);
            let line = source.line(finding.span.range().start);
            ((source.path.display().to_string().replace('\\', "/"), line), finding)
        })
        .collect()
}
