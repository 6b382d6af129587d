//! Reading: Markdown to the slide model.
//!
//! Takes the deck's text, gives a [`Deck`]. The only module that knows the
//! Markdown parser and YAML.

use crate::diag::Diagnostics;
use crate::loader::Loader;
use crate::model::{Deck, Meta};
use crate::source::Sources;

/// Reads a deck.
///
/// `path` is relative to the loader's root. The deck's text becomes source 0 of
/// `sources`, which must be empty; included decks follow.
///
/// # Errors
/// Why the deck itself could not be read. Everything else is a diagnostic.
pub fn read(
    loader: &Loader,
    path: &str,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Deck, crate::loader::LoadError> {
    let _ = (loader, path, sources, diags);
    Ok(Deck { meta: Meta::default(), slides: Vec::new() })
}
