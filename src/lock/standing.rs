//! Standing: which programs of a deck the lock vouches for, as they are.

use super::{Lock, load, program_key};
use crate::diag::Diagnostics;
use crate::loader::Loader;
use crate::model::{Deck, Task};
use crate::program;
use crate::source::Sources;

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

/// Compares the programs of the deck at `path` with those that its lock has seen
/// hold. What is wrong with the lock was said when the deck was read.
#[must_use]
pub fn standing(deck: &Deck, path: &str, loader: &Loader) -> Standing {
    let lock = load(loader, path, &mut Sources::default(), &mut Diagnostics::default());
    let mut standing = Standing::default();
    for program in program::programs(deck).0 {
        if matches!(program.task, Task::Ignore(_)) {
            standing.ignored += 1;
            continue;
        }
        let key = program_key(&program, loader);
        let known = |lock: &Lock| lock.outputs.contains_key(&key) || lock.held.contains_key(&key);
        if lock.as_ref().is_some_and(known) {
            standing.held += 1;
            let runs = matches!(program.task, Task::Run | Task::Race | Task::Bench);
            standing.ran += usize::from(runs);
        } else {
            standing.open += 1;
        }
    }
    standing
}
