//! What reading figures remembers from one run to the next: each asset with the
//! bytes that it was made from.

use std::sync::{Arc, Mutex, PoisonError};

use super::Figure;
use super::drawings::Made;
use super::problem::Problem;
use crate::font::Fonts;
use crate::memo::Shelf;

/// What earlier runs left.
#[derive(Debug, Default)]
pub struct Memo {
    /// By asset, and what it is made for.
    read: Shelf<String, Arc<Read>>,
    /// Drawings, by everything that they depend on beside the fonts.
    pub(super) drawn: Shelf<String, Arc<Made>>,
    /// What the texts of the pictures are set in.
    fonts: Mutex<Fonts>,
}

/// An asset that was read.
#[derive(Debug)]
struct Read {
    /// The file; empty where it is the figure's own bytes.
    bytes: Vec<u8>,
    made: (Option<Figure>, Vec<Problem>),
}

impl Read {
    /// Whether it was made from these bytes.
    fn is_of(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes
            || self.bytes.is_empty()
                && self.made.0.as_ref().is_some_and(|figure| *figure.bytes == *bytes)
    }
}

impl Memo {
    /// Ends a run.
    pub fn turn(&self) {
        self.read.turn();
        self.drawn.turn();
    }

    /// Forgets everything, unless it was set in the same fonts.
    pub(super) fn is_for(&self, fonts: &Fonts) {
        let mut last = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if !last.is_same(fonts) {
            *last = fonts.clone();
            self.read.clear();
            self.drawn.clear();
        }
    }

    /// What was made of the bytes of an asset, or what `make` makes of them. The name
    /// says what it is made for as well.
    pub(super) fn get(
        &self,
        asset: String,
        bytes: &[u8],
        make: impl FnOnce() -> (Option<Figure>, Vec<Problem>),
    ) -> (Option<Figure>, Vec<Problem>) {
        if let Some(known) = self.read.get(&asset).filter(|it| it.is_of(bytes)) {
            return known.made.clone();
        }
        let made = make();
        let own = made.0.as_ref().is_some_and(|figure| *figure.bytes == *bytes);
        let bytes = if own { Vec::new() } else { bytes.to_vec() };
        self.read.put(asset, Arc::new(Read { bytes, made: made.clone() }));
        made
    }
}
