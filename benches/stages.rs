//! Where the time of a cold build goes: `stages DECK...` builds each deck into HTML
//! and PDF, every time in a process of its own, and prints the median milliseconds
//! from the start of the process to the end of each stage.
//!
//! The two outputs are written side by side, so that the earlier one hides behind
//! the later one.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program of the benchmark, which measures time"
)]

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use deckc::compile::{Options, Stage, finish, prepare};
use deckc::diag::Diagnostics;
use deckc::loader::Loader;
use deckc::source::Sources;

/// As `src/main.rs` has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is timed, in the order of a build.
const NAMES: [&str; 11] = [
    "program starts",
    "read",
    "place",
    "highlight, figures",
    "fit",
    "typeset",
    "check",
    "HTML",
    "PDF",
    "files written",
    "program ended",
];

const ROUNDS: usize = 25;

/// How a process is asked to build, before the deck and when it was started.
const BUILD: &str = "--build-once";

/// The stages that have ended, and when.
static ENDED: Mutex<Vec<(Stage, f64)>> = Mutex::new(Vec::new());

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, deck, started] = args.as_slice()
        && flag == BUILD
    {
        return once(Path::new(deck), started.parse().unwrap());
    }
    // Cargo adds `--bench` to the arguments of a benchmark.
    for deck in args.iter().filter(|arg| *arg != "--bench") {
        let rounds: Vec<Vec<f64>> = (0..ROUNDS).map(|_| round(deck)).collect();
        println!("{:>20} {:>8} {:>8}  {deck}", "stage", "took", "until");
        let mut before = 0.0;
        for (stage, name) in NAMES.iter().enumerate() {
            let mut all: Vec<f64> = rounds.iter().map(|round| round[stage]).collect();
            all.sort_by(f64::total_cmp);
            let until = all[ROUNDS / 2];
            // The PDF begins with the HTML.
            let took = until - before;
            println!("{name:>20} {took:8.1} {until:8.1}");
            if *name != "HTML" {
                before = until;
            }
        }
    }
}

/// When each stage of one build ended, in milliseconds from the start of its process.
fn round(deck: &str) -> Vec<f64> {
    let started = now();
    let program = std::env::current_exe().unwrap();
    let build = Command::new(program).args([BUILD, deck, &started.to_string()]).output().unwrap();
    let ended = now() - started;
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    let said = String::from_utf8(build.stdout).unwrap();
    said.split_whitespace().map(|ms| ms.parse().unwrap()).chain([ended]).collect()
}

/// Builds a deck, and prints when each stage ended.
fn once(deck: &Path, started: f64) {
    let begun = now();
    let loader = Loader::new(deck.parent().unwrap()).unwrap();
    let name = deck.file_name().unwrap().to_str().unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let on_stage = Some((|stage| ENDED.lock().unwrap().push((stage, now()))) as fn(Stage));
    let options = Options { html: true, pdf: true, on_stage, ..Options::default() };
    let deck = prepare(&loader, name, &options, &mut sources, &mut diags);
    let deck = deck.unwrap().expect("the deck can be set");
    let output = finish(&deck, &options, &sources, &mut diags).expect("the deck breaks no law");
    std::mem::forget(deck);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deck.html"), output.html.unwrap()).unwrap();
    std::fs::write(folder.path().join("deck.pdf"), output.pdf.unwrap()).unwrap();
    let written = now();
    let mut ended = ENDED.lock().unwrap().clone();
    ended.sort_by_key(|(stage, _)| *stage);
    let ends = ended.into_iter().map(|(_, at)| at);
    for at in std::iter::once(begun).chain(ends).chain([written]) {
        print!("{:.3} ", at - started);
    }
}

/// The time of the system, in milliseconds; the clocks of processes that have no other
/// in common.
fn now() -> f64 {
    1000.0 * SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}
