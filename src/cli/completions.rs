//! `deckc completions`: what a shell completes.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Exit, Failure, terminal};

/// Print what a shell needs to complete commands, options and files.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc completions bash > ~/.local/share/bash-completion/completions/deckc
  deckc completions zsh > ~/.zfunc/_deckc
  deckc completions fish > ~/.config/fish/completions/deckc.fish")]
pub(super) struct Args {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints it.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "deckc", &mut out);
    terminal::print(&String::from_utf8_lossy(&out))?;
    Ok(Exit::Clean)
}
