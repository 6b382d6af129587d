//! Checking: the laws and rules, and the proof that they hold.
//!
//! Takes the placed deck and its pages, gives a [`Checked`] deck or none.

use crate::place::Placed;

/// A deck that breaks no law. Only [`check`] makes one; the writers take
/// nothing else.
#[derive(Debug)]
pub struct Checked {
    placed: Placed,
}

impl Checked {
    /// The deck.
    #[must_use]
    pub const fn placed(&self) -> &Placed {
        &self.placed
    }
}
