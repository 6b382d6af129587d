//! Fixing: the patches of findings, made where they hold.
//!
//! Takes some decks, gives the texts that their files would have and what is
//! still wrong then. Nothing is written here.
//!
//! A patch is made only if a look at the changed text proves that its finding is
//! gone and that none has come; what comes to light because the finding hid it
//! does not count as come. Patches that touch each other are made one after the
//! other, the first of the source first, so that in the end no patch is left
//! that could be made: to fix twice changes nothing more.

mod look;
mod text;
mod trial;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

pub use look::Look;

use self::text::Text;
use self::trial::{Candidate, Trial};
use crate::compile::Options;
use crate::diag::Applicability;
use crate::loader::{LoadError, Loader};
use crate::source::Source;

/// How often patches that come to light by others are looked for.
const MAX_ROUNDS: usize = 20;

/// How often changed decks are looked at in one run: more than any deck needs,
/// few enough to wait for.
const MAX_LOOKS: usize = 200;

/// A deck to fix.
#[derive(Clone, Debug)]
pub struct Deck {
    /// Reads its files.
    pub loader: Loader,
    /// Its path, relative to the loader's root.
    pub path: String,
    /// How it is compiled.
    pub options: Options,
}

/// What became of some decks.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// What is known of each deck, in order, once the changes are made.
    pub looks: Vec<Look>,
    /// The files to change, in the order of their paths.
    pub changes: Vec<Change>,
}

/// A file that changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// The file, symbolic links followed. It lies below the root of the deck
    /// that reads it.
    pub file: PathBuf,
    /// The deck that reads it first.
    pub deck: usize,
    /// The text as it is, with the path that the deck knows it by.
    pub before: Source,
    /// The text as it will be.
    pub after: String,
    /// What is replaced by what, in bytes of `before`, in order.
    pub parts: Vec<(Range<usize>, String)>,
    /// The findings that are mended here, or left to the author with a `TODO`: the
    /// name of each, in the order in which that happened.
    pub mended: Vec<(&'static str, Applicability)>,
}

/// Makes every patch that holds.
///
/// # Errors
/// Which deck could not be read, and why.
pub fn fix(decks: &[Deck]) -> Result<Fixed, (usize, LoadError)> {
    let mut decks = decks.to_vec();
    let mut looks = Vec::new();
    for (index, deck) in decks.iter().enumerate() {
        looks.push(Look::at(deck).map_err(|why| (index, why))?);
    }
    let mut files: BTreeMap<PathBuf, File> = BTreeMap::new();
    let mut n_looks = 0;
    // What was tried in vain on the texts as they are.
    let mut refused: Vec<(Candidate, String)> = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let candidates = trial::candidates(&looks, &refused);
        if candidates.is_empty() {
            break;
        }
        let mut trial = Trial { decks: &decks, looks: &looks, made: Vec::new(), now: None };
        let in_vain = make(&mut trial, &candidates, &mut n_looks);
        let Trial { made, now, .. } = trial;
        let Some(now) = now else {
            refused.extend(in_vain);
            continue;
        };
        refused.clear();
        keep(&mut files, &made, &looks);
        for (file, text) in &now.texts {
            for deck in &mut decks {
                deck.loader = deck.loader.clone().with_draft(file.clone(), text.as_str());
            }
        }
        for (deck, look) in now.looks {
            looks[deck] = look;
        }
    }
    for (candidate, why) in refused {
        tell(&mut looks, &candidate, &why);
    }
    for look in &mut looks {
        look.explain_guesses();
    }
    let changes = files.into_iter().map(|(file, it)| it.change(file)).collect();
    Ok(Fixed { looks, changes })
}

/// Makes what holds of some patches: all at once, else in halves. Gives those
/// that do not hold, and why.
fn make(
    trial: &mut Trial<'_>,
    candidates: &[Candidate],
    n_looks: &mut usize,
) -> Vec<(Candidate, String)> {
    if candidates.is_empty() {
        return Vec::new();
    }
    *n_looks += 1;
    if MAX_LOOKS < *n_looks {
        let why = "there were too many to try: run it again".to_owned();
        return candidates.iter().map(|candidate| (candidate.clone(), why.clone())).collect();
    }
    match (trial.add(candidates), candidates) {
        (Ok(()), _) => Vec::new(),
        (Err(why), [candidate]) => vec![(candidate.clone(), why)],
        (Err(_), _) => {
            let (first, second) = candidates.split_at(candidates.len() / 2);
            let mut refused = make(trial, first, n_looks);
            refused.extend(make(trial, second, n_looks));
            refused
        }
    }
}

/// Adds to the findings of a patch why it was not made.
fn tell(looks: &mut [Look], candidate: &Candidate, why: &str) {
    for (deck, finding) in &candidate.findings {
        let hints = &mut looks[*deck].findings[*finding].hints;
        hints.push(format!("`--fix` leaves this: {why}"));
    }
}

/// A file while it is changed.
struct File {
    deck: usize,
    before: Source,
    text: Text,
    mended: Vec<(&'static str, Applicability)>,
}

impl File {
    fn change(self, file: PathBuf) -> Change {
        let Self { deck, before, text, mended } = self;
        Change { file, deck, before, after: text.text(), parts: text.changes(), mended }
    }
}

/// Notes the patches that are made in one round, which do not touch each other.
fn keep(files: &mut BTreeMap<PathBuf, File>, made: &[Candidate], looks: &[Look]) {
    for candidate in made {
        let (deck, finding) = candidate.findings[0];
        let finding = &looks[deck].findings[finding];
        for file in candidate.parts.keys() {
            let changed = files.entry(file.clone()).or_insert_with(|| {
                let before = looks[deck].source_of(file).clone();
                let text = Text::new(before.text.clone());
                File { deck, before, text, mended: Vec::new() }
            });
            changed.mended.push((finding.name, finding.applicability));
        }
    }
    for (file, parts) in trial::together(made) {
        if let Some(changed) = files.get_mut(&file) {
            for part in parts.iter().rev() {
                changed.text.replace(part.range(), &part.text);
            }
        }
    }
}

/// Whether a finding carries a change that is made unasked.
fn is_made(applicability: Applicability) -> bool {
    match applicability {
        Applicability::Certain | Applicability::Placeholder => true,
        Applicability::Guess => false,
    }
}
