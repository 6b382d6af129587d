//! The README tells the truth.

use std::process::Command;

/// The fence whose deck the README shows.
const FENCE: &str = "````markdown\n";

#[test]
fn the_deck_of_the_readme_builds_without_a_finding() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once(FENCE).unwrap();
    let (deck, _) = rest.split_once("````").unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deck.md"), deck).unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_deckc"))
        .args(["build", "--strict"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

/// The page of commands whose output the README shows.
const PAGE: &str = include_str!("cli/readme.md");

#[test]
fn the_errors_of_the_readme_are_those_of_a_run() {
    let readme = include_str!("../README.md");
    let (_, shown) = PAGE.split_once("$ deckc build 2>&1\n").unwrap();
    let (shown, _) = shown.split_once("=> 1").unwrap();
    let indented: String = shown
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") })
        .collect();
    assert!(readme.contains(&indented), "write this into the README:\n\n{indented}");
}
