//! Keeping: what a stage made, for runs that begin from nothing.
//!
//! A [memo](crate::memo) lives as long as its compiler; a store outlives it, as a
//! folder does. It never changes what is made: a key names everything that the
//! result depends on, this build of deckc included, and what does not read back is
//! made anew.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The name of this build: a hash of its sources, its data and the locked versions of
/// everything that it calls.
const BUILD: &str = env!("DECKC_BUILD");

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
    /// The key of what a stage makes of parts. The order of the parts counts, and
    /// where one ends.
    #[must_use]
    pub fn of<'a>(stage: &'a str, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in [BUILD.as_bytes(), stage.as_bytes()].into_iter().chain(parts) {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The key as a part of another one.
    #[must_use]
    pub const fn as_part(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| f.write_fmt(format_args!("{byte:02x}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let key = |stage, parts: &[&str]| Key::of(stage, parts.iter().map(|it| it.as_bytes()));
        assert_ne!(key("a", &["ab", ""]), key("a", &["a", "b"]));
        assert_ne!(key("a", &["a"]), key("b", &["a"]));
        assert_eq!(key("a", &[]).to_string().len(), 64);
    }
}
