//! The pipeline on one screen.

/// Compiles one deck.
pub fn compile() {}
