//! Standing: which programs of a deck the lock vouches for, as they are.

use super::{Lock, program_key};
use crate::loader::Loader;
use crate::model::{Deck, Task};
use crate::program;

/// How the programs of a deck stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many held when they were last tested, and are what they were.
    pub held: usize,
    /// How many of those were run; the others were compiled.
    pub ran: usize,
    /// How many have changed since, or never held.
    pub open: usize,
    /// How many the author leaves alone, with a reason.
    pub ignored: usize,
}

/// Compares the programs of a deck with those that its lock has seen hold.
#[must_use]
pub fn standing(deck: &Deck, lock: Option<&Lock>, loader: &Loader) -> Standing {
    let mut standing = Standing::default();
    for program in program::programs(deck).0 {
        if matches!(program.task, Task::Ignore(_)) {
            standing.ignored += 1;
            continue;
        }
        let key = program_key(&program, loader);
        let known = |lock: &Lock| lock.outputs.contains_key(&key) || lock.held.contains_key(&key);
        if lock.is_some_and(known) {
            standing.held += 1;
            let runs = matches!(program.task, Task::Run | Task::Race | Task::Bench);
            standing.ran += usize::from(runs);
        } else {
            standing.open += 1;
        }
    }
    standing
}
