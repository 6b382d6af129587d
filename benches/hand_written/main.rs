//! Sets the decks that Typst is given by hand: `hand_written FOLDER...` makes the PDF
//! of `deck.typ` in each folder, and throws it away.

#![expect(clippy::unwrap_used, reason = "a program of the benchmark")]

mod world;

use std::path::Path;

fn main() {
    // Cargo adds `--bench` to the arguments of a benchmark.
    for folder in std::env::args().skip(1).filter(|arg| arg != "--bench") {
        assert!(!world::pdf(Path::new(&folder)).is_empty());
    }
}
