//! Highlighting: code to runs of token classes.
//!
//! Takes the code blocks of a placed deck, gives the class of every character.
//! There are no colours here; the theme has them. Syntaxes are syntect's, with
//! two-face's additions.

use std::collections::BTreeMap;

use crate::model::BlockId;
use crate::place::Placed;
use crate::theme::Token;

/// A stretch of one class on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRun {
    /// The class.
    pub token: Token,
    /// The characters.
    pub text: String,
}

/// The runs of every code block: by block, line by line. The texts of a line's
/// runs joined are the line.
pub type Tokens = BTreeMap<BlockId, Vec<Vec<TokenRun>>>;

/// Highlights every code block of a deck.
#[must_use]
pub fn highlight(placed: &Placed) -> Tokens {
    let _ = placed;
    Tokens::new()
}

/// Whether a language can be highlighted; `text` can.
#[must_use]
pub fn knows(lang: &str) -> bool {
    let _ = lang;
    true
}

/// Every name that a code fence may use, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    Vec::new()
}
