//! Several decks in one run, side by side.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::compile::{self, Prepared};

/// After how many decks what they left is forgotten. To look for it takes a moment,
/// and what decks share is made anew; so many decks leave some 30 MB.
const TURN: usize = 8;

/// Does something with every deck, and gives what comes of it in their order. What is
/// to be done is told how to take leave of a deck that is done with.
pub(super) fn each<'a, T: Sync, R: Send>(
    decks: &'a [T],
    work: impl Fn(&'a T, fn(Prepared)) -> R + Sync,
) -> Vec<R> {
    if let [deck] = decks {
        // The end of the program forgets it at no cost.
        return vec![work(deck, Prepared::let_go)];
    }
    let n_done = AtomicUsize::new(0);
    let one = |deck: &'a T| {
        // Left to another thread, it would wait until all are busy no more.
        let done = work(deck, drop);
        if (n_done.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(TURN) {
            compile::turn();
        }
        done
    };
    decks.par_iter().map(one).collect()
}
