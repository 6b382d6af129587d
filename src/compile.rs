//! The pipeline on one screen.

use crate::diag::Diagnostics;
use crate::loader::{LoadError, Loader};
use crate::source::Sources;

/// What to make of a deck.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct Options {
    /// Whether to make the HTML.
    pub html: bool,
    /// Whether to make the PDF.
    pub pdf: bool,
    /// The theme to use instead of the deck's.
    pub theme: Option<String>,
    /// Whether the PDF has a page for every step, not only the final ones.
    pub all_steps: bool,
    /// Whether the outputs carry the speaker's notes.
    pub notes: bool,
    /// Whether fonts installed on the machine may serve.
    pub system_fonts: bool,
}

/// The outputs of a deck.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The HTML file, if asked for.
    pub html: Option<String>,
    /// The PDF file, if asked for.
    pub pdf: Option<Vec<u8>>,
    /// How many slides the outputs have.
    pub n_slides: usize,
}

/// Compiles one deck.
pub fn compile(
    loader: &Loader,
    path: &str,
    options: &Options,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Option<Output>, LoadError> {
    let _ = options;
    crate::read::read(loader, path, sources, diags)?;
    Ok(None)
}
