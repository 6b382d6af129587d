//! The `deckc` program: see [`deckc::cli`].

/// Typesetting is allocating: with the system's allocator a tenth of a build goes to
/// it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    deckc::cli::main()
}
