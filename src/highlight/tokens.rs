//! The runs of a deck's code, some of which wait until somebody asks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Line, of_lines};
use crate::model::BlockId;
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
/// runs joined are the line; an empty line has no run.
#[derive(Clone, Debug, Default)]
pub struct Tokens(BTreeMap<BlockId, Runs>);

/// The runs of one block.
#[derive(Clone, Debug)]
enum Runs {
    Found(Vec<Vec<TokenRun>>),
    Waiting(Waiting),
}

/// Code whose runs nobody has asked for.
#[derive(Clone, Debug)]
struct Waiting {
    lang: String,
    /// The signs and texts of its lines.
    lines: Vec<(String, String)>,
    found: OnceLock<Vec<Vec<TokenRun>>>,
}

impl Waiting {
    fn runs(&self) -> &Vec<Vec<TokenRun>> {
        self.found.get_or_init(|| {
            let lines = self.lines.iter().map(|(sign, text)| Line { sign, text });
            of_lines(&self.lang, &lines.collect::<Vec<_>>())
        })
    }
}

impl Tokens {
    /// The runs of a block; `None` for one that is no code.
    #[must_use]
    pub fn get(&self, block: BlockId) -> Option<&Vec<Vec<TokenRun>>> {
        Some(match self.0.get(&block)? {
            Runs::Found(runs) => runs,
            Runs::Waiting(waiting) => waiting.runs(),
        })
    }

    /// The runs of a block whose colours somebody will see; `None` for one whose
    /// runs wait, and that looks as well without any.
    #[must_use]
    pub fn seen(&self, block: BlockId) -> Option<&Vec<Vec<TokenRun>>> {
        match self.0.get(&block)? {
            Runs::Found(runs) => Some(runs),
            Runs::Waiting(_) => None,
        }
    }

    /// Sets the runs of a block.
    pub fn insert(&mut self, block: BlockId, runs: Vec<Vec<TokenRun>>) {
        self.0.insert(block, Runs::Found(runs));
    }

    /// Sets code whose runs wait until somebody asks for them.
    pub(super) fn put_off(&mut self, block: BlockId, lang: &str, lines: &[Line<'_>]) {
        let lines = lines.iter().map(|line| (line.sign.to_owned(), line.text.to_owned())).collect();
        let waiting = Waiting { lang: lang.to_owned(), lines, found: OnceLock::new() };
        self.0.insert(block, Runs::Waiting(waiting));
    }

    /// Leaves the first `n` lines of a block.
    pub fn truncate(&mut self, block: BlockId, n: usize) {
        if let Some(runs) = self.get(block) {
            let first = runs.iter().take(n).cloned().collect();
            self.insert(block, first);
        }
    }
}
