//! Writes the decks that the benchmark builds: `write_decks FOLDER N...` makes
//! `FOLDER/N/deck.md`, and `deck.typ` with the same slides, for each number of
//! slides.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program of the benchmark")]

mod slides;

use std::path::Path;

fn main() {
    // Cargo adds `--bench` to the arguments of a benchmark.
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let folder = args.next().expect("usage: write_decks FOLDER N...");
    for arg in args {
        let n_slides = arg.parse().expect("N is a number of slides");
        slides::write(&Path::new(&folder).join(&arg), n_slides).unwrap();
        println!("{folder}/{arg}: {n_slides} slides");
    }
}
