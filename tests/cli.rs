//! The pages under `tests/cli/` show the command line, and hold.
//!
//! A page is Markdown: prose, long fences `file PATH` with the files of a
//! folder, and long fences `console` with commands run in that folder, one
//! after the other: a line `$ command` for the shell, then what it prints, with
//! `2> ` before each line of standard error, and `=> code` where the exit code
//! is not 0. A fence `file` below a `console` replaces the file for the commands
//! after it; a heading starts with an empty folder.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{Fence, fences, pages, write_anew};

#[test]
fn every_page_of_commands_holds() {
    let mut problems = String::new();
    for path in pages("tests/cli") {
        let page = std::fs::read_to_string(&path).unwrap();
        let mut folder = tempfile::tempdir().unwrap();
        let mut wanted = Vec::new();
        let mut before = 0;
        for fence in fences(&page) {
            if page[before..fence.range.start].lines().any(|line| line.starts_with('#')) {
                folder = tempfile::tempdir().unwrap();
            }
            before = fence.range.end;
            if let Some(file) = fence.info.strip_prefix("file ") {
                write(&folder.path().join(file), fence.text);
                continue;
            }
            let place = format!("{}:{}", path.display(), fence.line);
            assert_eq!(fence.info, "console", "{place}: unknown fence");
            let found = run(&fence, folder.path());
            if found != fence.text {
                let text = fence.text;
                writeln!(problems, "{place}\n--- expected\n{text}--- found\n{found}").unwrap();
            }
            wanted.push((fence.range.clone(), found));
        }
        if std::env::var_os("UPDATE").is_some() {
            write_anew(&path, &page, wanted);
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// What the commands of a fence print, in the form of the fence.
fn run(fence: &Fence<'_>, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_deckc"));
    let mut path = program.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut out = String::new();
    for command in fence.text.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(folder)
            .env("PATH", &path)
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .output()
            .unwrap();
        writeln!(out, "$ {command}").unwrap();
        out.push_str(&String::from_utf8_lossy(&output.stdout));
        if !out.ends_with('\n') {
            out.push('\n');
        }
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            writeln!(out, "{}", format!("2> {}", without_size(line)).trim_end()).unwrap();
        }
        match output.status.code() {
            Some(0) => {}
            code => writeln!(out, "=> {}", code.unwrap_or(-1)).unwrap(),
        }
    }
    out
}

/// A line that tells the size of an output, with `…` for the number: it changes
/// with every rule of style, and says nothing of the command.
fn without_size(line: &str) -> String {
    match line.split_once(" kB)") {
        Some((before, after)) => {
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before}… kB){after}")
        }
        None => line.to_owned(),
    }
}
