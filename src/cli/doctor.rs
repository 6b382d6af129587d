//! `deckc doctor`: what deckc is made of, and what this machine has for it.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use super::{Exit, Failure, terminal, test};
use crate::examples::run::{Limits, Runner};
use crate::font::Fonts;
use crate::layout;
use crate::loader;
use crate::png;
use crate::read;
use crate::theme;

/// Say what deckc is made of, and what this machine has for it.
///
/// `build`, `check`, `guide`, `bundle` and `publish` need nothing of the machine;
/// `test` needs the toolchains of the languages that a deck shows.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc doctor")]
pub(super) struct Args {}

/// What other programs are for.
const TOOLS: [(&str, &[&str], &str); 6] = [
    ("Go", &["go", "version"], "`deckc test` of Go"),
    ("Rust", &["rustc", "--version"], "`deckc test` of Rust"),
    ("Python", &["python3", "--version"], "`deckc test` of Python"),
    ("git", &["git", "--version"], "code at a revision: `file=x.go@v1.2`"),
    ("Jekyll", &["jekyll", "--version"], "a site that `deckc publish --for jekyll` writes into"),
    ("Hugo", &["hugo", "version"], "a site that `deckc publish --for hugo` writes into"),
];

/// Prints what there is.
pub(super) fn run(_: &Args) -> Result<Exit, Failure> {
    let mut out = String::new();
    let _ = writeln!(out, "deckc {} on {}", env!("CARGO_PKG_VERSION"), system());
    let fonts = Fonts::built_in();
    let families = fonts.chain(&[]).join(", ");
    let lines = [
        ("fonts", format!("{families} ({} faces, embedded)", fonts.faces.len())),
        ("themes", theme::BUILT_IN.map(|(name, _)| name).join(", ")),
        ("layouts", layout::BUILT_IN.map(|(name, _)| name).join(", ")),
    ];
    section(&mut out, "In deckc", &lines);

    let mut tools = Vec::new();
    for (name, command, purpose) in TOOLS {
        let version = version(command);
        let told = version.unwrap_or_else(|| format!("not here; it is for {purpose}"));
        tools.push((name, told));
    }
    section(&mut out, "On this machine", &tools);

    let runner = std::env::current_exe().ok().map(|deckc| Runner::new(deckc, test::HELPER));
    let strength = runner.map(|runner| runner.strength()).unwrap_or_default();
    let held = |holds: bool, what: &str| {
        let word = if holds { "confined" } else { "not confined by this kernel" };
        format!("{what}: {word}")
    };
    let confined = [
        held(strength.files, "writing files"),
        held(strength.network, "the network"),
        held(strength.processes, "processes left behind"),
    ];
    let limits = Limits::default();
    let lines = [
        ("programs", confined.join("; ")),
        (
            "each",
            format!(
                "{} s, {} MiB of memory, {} processes, {} KiB of output",
                limits.time.as_secs(),
                limits.memory >> 20,
                limits.processes,
                limits.output >> 10
            ),
        ),
    ];
    section(&mut out, "Limits of `deckc test`", &lines);
    let lines = [
        ("slides", format!("{} in a deck", read::MAX_SLIDES)),
        ("text", format!("{} MiB", read::MAX_TEXT >> 20)),
        ("files", format!("{} MiB each, below the deck's folder", loader::MAX_BYTES >> 20)),
        ("pictures", format!("{} million pixels", png::MAX_PIXELS / 1_000_000)),
    ];
    section(&mut out, "Limits of decks", &lines);
    terminal::print(&out)?;
    Ok(Exit::Clean)
}

/// A heading, and lines with a name each.
fn section(out: &mut String, title: &str, lines: &[(&str, String)]) {
    let _ = writeln!(out, "\n{title}:");
    for (name, text) in lines {
        let text = terminal::wrapped(text, 12).replace('\n', "\n            ");
        let _ = writeln!(out, "  {name:<8}  {text}");
    }
}

/// The system that deckc was made for.
fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// What a program says of its version; `None` where there is none.
fn version(command: &[&str]) -> Option<String> {
    let (program, args) = command.split_first()?;
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let first = text.lines().next().unwrap_or_default().trim().to_owned();
    (output.status.success() && !first.is_empty()).then(|| terminal::visible(&first).into_owned())
}
