//! Toolchains: what compiles a language, and what it needs of the environment.

use std::sync::Arc;

use crate::model::Runner;

/// A language that deckc can compile and run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Toolchain {
    /// Go's `go`.
    Go,
    /// Rust's `cargo`.
    Rust,
    /// Python's interpreter.
    Python,
    /// What the front matter says, for another language.
    Other(Arc<Runner>),
}

impl Toolchain {
    /// Every language, for messages.
    pub const NAMES: &'static str = "Go, Rust and Python";

    /// The toolchain of a fence's language.
    pub fn of(lang: &str) -> Option<Self> {
        match lang.to_lowercase().as_str() {
            "go" | "golang" => Some(Self::Go),
            "rust" | "rs" => Some(Self::Rust),
            "python" | "py" | "python3" => Some(Self::Python),
            _ => None,
        }
    }

    /// The language's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Go => "Go",
            Self::Rust => "Rust",
            Self::Python => "Python",
            Self::Other(runner) => &runner.lang,
        }
    }

    /// The program that stands for it.
    pub fn program(&self) -> &str {
        match self {
            Self::Go => "go",
            Self::Rust => "cargo",
            Self::Python => "python3",
            Self::Other(runner) => runner.command.first().map_or("", String::as_str),
        }
    }

    /// The name of the folder that keeps what it has compiled.
    #[must_use]
    pub fn folder(&self) -> &str {
        match self {
            Self::Other(_) => "other",
            Self::Go | Self::Rust | Self::Python => self.program(),
        }
    }

    /// The file that marks the folder of a module.
    pub const fn module(&self) -> Option<&'static str> {
        match self {
            Self::Go => Some("go.mod"),
            Self::Rust => Some("Cargo.toml"),
            Self::Python | Self::Other(_) => None,
        }
    }

    /// The variables of the environment that it is given, if they are set:
    /// where its own files lie, and how it finds modules without the network.
    pub const fn variables(&self) -> &'static [&'static str] {
        match self {
            Self::Go => &["GOROOT", "GOPATH", "GOMODCACHE", "GOWORK", "GOFLAGS"],
            Self::Rust => &["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"],
            Self::Python => &["VIRTUAL_ENV"],
            Self::Other(_) => &[],
        }
    }
}
