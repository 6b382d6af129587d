//! Remembering: what a stage made of the same input before.
//!
//! A compiler that lives on hands the same memo to every run. A memo never
//! changes what is made: it is asked with everything that the result depends on,
//! and without one the stage makes the same anew. What was not asked for in some
//! rounds is forgotten, so that a long life needs no more room than a short one.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// For how many rounds what nobody asks for is remembered: an edit that is taken
/// back costs nothing.
const ROUNDS: u64 = 4;

/// Results by what they were made of.
#[derive(Debug)]
pub struct Shelf<K, V>(Mutex<Inner<K, V>>);

#[derive(Debug)]
struct Inner<K, V> {
    /// The value, and the last round in which it was asked for.
    all: BTreeMap<K, (V, u64)>,
    round: u64,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Inner { all: BTreeMap::new(), round: 0 }))
    }
}

impl<K: Ord, V: Clone> Shelf<K, V> {
    /// The round: how often [`Shelf::turn`] was called.
    pub fn round(&self) -> u64 {
        self.inner().round
    }

    /// What was made of this.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut inner = self.inner();
        let round = inner.round;
        let (value, last) = inner.all.get_mut(key)?;
        *last = round;
        Some(value.clone())
    }

    /// Remembers what was made.
    pub fn put(&self, key: K, value: V) {
        let mut inner = self.inner();
        let round = inner.round;
        inner.all.insert(key, (value, round));
    }

    /// What was made of this, or what `make` makes of it. Two threads may make the
    /// same at once.
    pub fn get_or(&self, key: K, make: impl FnOnce() -> V) -> V {
        if let Some(value) = self.get(&key) {
            return value;
        }
        let value = make();
        self.put(key, value.clone());
        value
    }

    /// Ends a round: forgets what was not asked for in the last ones.
    pub fn turn(&self) {
        let mut inner = self.inner();
        inner.round += 1;
        let round = inner.round;
        inner.all.retain(|_, (_, last)| round < *last + ROUNDS);
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.inner().all.clear();
    }

    /// How many results are remembered.
    pub fn len(&self) -> usize {
        self.inner().all.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn inner(&self) -> MutexGuard<'_, Inner<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays() {
        let shelf = Shelf::default();
        shelf.put("old", 1);
        for _ in 0..ROUNDS {
            assert_eq!(shelf.get_or("used", || 2), 2);
            shelf.turn();
        }
        assert_eq!((shelf.get(&"used"), shelf.get(&"old"), shelf.len()), (Some(2), None, 1));
    }
}
