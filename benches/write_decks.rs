//! Writes the decks that the benchmark builds: `write_decks FOLDER N...` makes
//! `FOLDER/N/deck.md`, and `deck.typ` with the same slides, for each number of
//! slides; for `DECKSxN` it makes `FOLDER/DECKSxN/0/deck.md` and so on, no two with a
//! slide in common.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program of the benchmark")]

mod slides;

use std::path::Path;

fn main() {
    // Cargo adds `--bench` to the arguments of a benchmark.
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let folder = args.next().expect("usage: write_decks FOLDER N|DECKSxN...");
    for arg in args {
        let folder = Path::new(&folder).join(&arg);
        let number = |text: &str| text.parse().expect("N and DECKS are numbers");
        match arg.split_once('x') {
            None => slides::write(&folder, 0, number(&arg)).unwrap(),
            Some((decks, n_slides)) => (0..number(decks)).for_each(|deck| {
                slides::write(&folder.join(deck.to_string()), deck, number(n_slides)).unwrap();
            }),
        }
        println!("{}", folder.display());
    }
}
