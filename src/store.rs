//! Keeping: what a stage made, for runs that begin from nothing.
//!
//! A [memo](crate::memo) lives as long as its compiler; a store outlives it, as a
//! folder does. It never changes what is made: a key names everything that the
//! result depends on, the stage's own source and the locked versions of what it
//! calls included, and what does not read back is made anew.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The locked versions of everything that deckc calls.
const LOCKED: &str = include_str!("../Cargo.lock");

/// Somewhere to keep results. Who keeps them may lose them, and may share them
/// with others; a value that is given is one that was put under this key.
pub trait Store: fmt::Debug + Send + Sync {
    /// What is kept under a key.
    fn get(&self, key: &Key) -> Option<Vec<u8>>;

    /// Keeps a value, if that is possible.
    fn put(&self, key: &Key, value: &[u8]);
}

/// The name of a result: a hash of everything that it depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of what a recipe makes of parts. The order of the parts counts, and
    /// where one ends.
    #[must_use]
    pub fn of<'a>(recipe: &Recipe, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(recipe.0);
        for part in parts {
            add(&mut hash, part);
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| f.write_fmt(format_args!("{byte:02x}")))
    }
}

/// How a stage makes its results.
#[derive(Clone, Copy, Debug)]
pub struct Recipe([u8; 32]);

impl Recipe {
    /// The recipe that these sources of a stage are.
    #[must_use]
    pub fn new(sources: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for source in sources.iter().chain([&LOCKED]) {
            add(&mut hash, source.as_bytes());
        }
        Self(hash.finalize().into())
    }
}

/// Adds a part, its length first.
fn add(hash: &mut Sha256, part: &[u8]) {
    hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
    hash.update(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let recipe = Recipe::new(&["a"]);
        let key = |parts: &[&str]| Key::of(&recipe, parts.iter().map(|part| part.as_bytes()));
        assert_ne!(key(&["ab", ""]), key(&["a", "b"]));
        assert_ne!(key(&["a"]), Key::of(&Recipe::new(&["b"]), [b"a".as_slice()]));
        assert_eq!(key(&["a"]).to_string().len(), 64);
    }
}
