//! Several decks in one run, side by side.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rayon::ThreadPoolBuilder;

use crate::compile::{self, Prepared};

/// After how many decks what they left is forgotten. To look for it takes a moment,
/// and what decks share is made anew; so many decks leave some 30 MB.
const TURN: usize = 8;

/// Does something with every deck, and gives what comes of it in their order. What is
/// to be done is told how to take leave of a deck that is done with.
///
/// The decks go through as many lanes as there are threads, and each lane has threads
/// of its own. In a pool of all decks a thread that waits for a part of one begins
/// another: they would pile up, in memory and on the stack.
pub(super) fn each<'a, T: Sync, R: Send>(
    decks: &'a [T],
    work: impl Fn(&'a T, fn(Prepared)) -> R + Sync,
) -> Vec<R> {
    if let [deck] = decks {
        // The end of the program takes it apart at no cost.
        return vec![work(deck, std::mem::forget)];
    }
    let n_threads = rayon::current_num_threads();
    let n_lanes = n_threads.min(decks.len());
    let next = AtomicUsize::new(0);
    let lane = || {
        let mut done = Vec::new();
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(deck) = decks.get(nth) else { return done };
            done.push((nth, work(deck, drop)));
            if (nth + 1).is_multiple_of(TURN) {
                compile::turn();
            }
        }
    };
    let in_pool = || {
        let pool = ThreadPoolBuilder::new().num_threads(n_threads.div_ceil(n_lanes)).build();
        // Where the system has no more threads, those of all serve.
        pool.map_or_else(|_| lane(), |pool| pool.install(lane))
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let lanes: Vec<_> = (0..n_lanes).map(|_| scope.spawn(in_pool)).collect();
        let ends =
            lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|why| resume_unwind(why)));
        ends.flatten().collect()
    });
    done.sort_by_key(|(nth, _)| *nth);
    done.into_iter().map(|(_, it)| it).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static DEPTH: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn no_deck_begins_within_another() {
        let decks: Vec<usize> = (0..100).collect();
        let made = each(&decks, |deck, _| {
            DEPTH.set(DEPTH.get() + 1);
            // What a stage does that waits for a part of its deck.
            while rayon::yield_now() == Some(rayon::Yield::Executed) {}
            let depth = DEPTH.replace(DEPTH.get() - 1);
            (*deck, depth)
        });
        let expected: Vec<_> = decks.iter().map(|deck| (*deck, 1)).collect();
        assert_eq!(made, expected);
    }

    #[test]
    fn one_deck_or_none_needs_no_lane() {
        assert_eq!(each(&[1], |deck, _| deck + 1), [2]);
        assert_eq!(each(&[], |deck: &i32, _| deck + 1), [0; 0]);
    }
}
