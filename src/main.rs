//! The `deckc` program: see [`deckc::cli`].

fn main() -> std::process::ExitCode {
    deckc::cli::main()
}
