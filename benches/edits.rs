//! What an edit costs a compiler that lives on: `edits EDITS DECK...` makes the
//! preview of each deck, and then after each of EDITS changes of one line of one
//! slide.
//!
//! Prints the median and the slowest time of an edit, and the memory of the
//! process on the way: it must not grow with the number of edits.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program of the benchmark, which measures time"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use deckc::compile::{Memo, Options, prepare, preview};
use deckc::diag::Diagnostics;
use deckc::loader::Loader;
use deckc::source::Sources;

fn main() {
    // Cargo adds `--bench` to the arguments of a benchmark.
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let usage = "usage: edits EDITS DECK...";
    let n_edits: usize = args.next().expect(usage).parse().expect(usage);
    for deck in args {
        edit(Path::new(&deck), n_edits);
    }
}

fn edit(deck: &Path, n_edits: usize) {
    let loader = Loader::new(deck.parent().unwrap()).unwrap();
    let name = deck.file_name().unwrap().to_str().unwrap();
    let text = loader.text(name).unwrap();
    let memo = Arc::new(Memo::default());
    let options = Options { notes: true, memo: Some(Arc::clone(&memo)), ..Options::default() };
    let make = |text: String| {
        let loader = loader.clone().with_draft(loader.real(name).unwrap(), text);
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let began = Instant::now();
        let deck = prepare(&loader, name, &options, &mut sources, &mut diags).unwrap().unwrap();
        let slides = preview(&deck, &options, &sources, &mut diags).unwrap().slides.len();
        memo.turn();
        (1000.0 * began.elapsed().as_secs_f64(), slides)
    };
    let (cold, n_slides) = make(text.clone());
    let headings: Vec<usize> =
        text.match_indices("\n## ").map(|(at, found)| at + found.len()).collect();
    println!("{n_slides} slides, {}: {cold:.1} ms at first", deck.display());
    if headings.is_empty() {
        return;
    }
    let mut times = Vec::new();
    for edit in 0..n_edits {
        // Now here, now there, and never the same twice.
        let mut text = text.clone();
        text.insert_str(headings[edit * 7 % headings.len()], &format!("Edit {edit} "));
        times.push(make(text).0);
        if (edit + 1) % (n_edits / 10).max(1) == 0 {
            println!("{:>8} edits {:>8} MiB", edit + 1, resident());
        }
    }
    times.sort_by(f64::total_cmp);
    let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("an edit: {median:.1} ms in the median, {slowest:.1} ms at most");
}

/// The memory of this process in MiB, where the system tells it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() >> 10
}
