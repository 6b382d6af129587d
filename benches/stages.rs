//! Where the time of a build goes: `stages DECK...` prints the milliseconds of
//! each stage, as medians of cold runs in one process.
//!
//! Stages run one after another here; a build writes HTML and PDF side by side.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program of the benchmark, which measures time"
)]

use std::path::Path;
use std::time::Instant;

use deckc::compile::{Options, prepare};
use deckc::diag::Diagnostics;
use deckc::loader::Loader;
use deckc::source::Sources;
use deckc::{check, html, pdf};

/// What is timed, in the order of a build.
const STAGES: [&str; 4] = ["to pages", "laws, rules", "HTML", "PDF"];

const ROUNDS: usize = 15;

fn main() {
    println!(
        "{:>12} {:>12} {:>12} {:>12}  ms; laws and rules",
        STAGES[0], STAGES[1], STAGES[2], STAGES[3]
    );
    // Cargo adds `--bench` to the arguments of a benchmark.
    for deck in std::env::args().skip(1).filter(|arg| arg != "--bench") {
        let mut rounds: Vec<[f64; 4]> = (0..ROUNDS).map(|_| round(Path::new(&deck))).collect();
        let medians: Vec<f64> = (0..STAGES.len())
            .map(|stage| {
                rounds.sort_by(|a, b| a[stage].total_cmp(&b[stage]));
                rounds[ROUNDS / 2][stage]
            })
            .collect();
        let share = 100.0 * medians[1] / medians.iter().sum::<f64>();
        let columns: Vec<String> = medians.iter().map(|ms| format!("{ms:12.2}")).collect();
        println!("{}  {share:.1} % {deck}", columns.join(" "));
    }
}

/// The milliseconds of each stage, with nothing remembered from before.
fn round(deck: &Path) -> [f64; 4] {
    typst::comemo::evict(0);
    let loader = Loader::new(deck.parent().unwrap()).unwrap();
    let name = deck.file_name().unwrap().to_str().unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let mut ms = [0.0; 4];
    let mut last = Instant::now();
    let mut took = |stage: usize| {
        let now = Instant::now();
        ms[stage] = 1000.0 * (now - last).as_secs_f64();
        last = now;
    };

    let deck = prepare(&loader, name, &Options::default(), &mut sources, &mut diags);
    let deck = deck.unwrap().expect("the deck can be set");
    took(0);
    let with = check::With {
        theme: &deck.theme,
        fonts: &deck.fonts,
        tokens: &deck.tokens,
        figures: &deck.figures,
        sources: &sources,
    };
    let checked = check::check(&deck.placed, &deck.typeset.pages, with, &mut diags);
    let checked = checked.expect("the deck breaks no law");
    took(1);
    let html = html::write(checked, deck.dressed(), false, None);
    took(2);
    let options = pdf::Options::default();
    let pdf = pdf::write(checked, deck.dressed(), &deck.typeset, &options, &mut diags).unwrap();
    took(3);
    assert!(!html.is_empty() && !pdf.is_empty());
    ms
}
