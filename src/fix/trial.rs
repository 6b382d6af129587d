//! Trying patches: the changed texts, a look at them, and the verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{Deck, Look, is_made};
use crate::check::RULES;
use crate::diag::{Applicability, Diagnostic};

/// How many patches are tried in one round.
const MAX_CANDIDATES: usize = 2_000;

/// A change of a file: bytes, and what stands there afterwards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    start: usize,
    end: usize,
    pub(super) text: String,
}

impl Part {
    pub(super) const fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// What each file is changed by, in order and apart from each other.
pub(super) type Parts = BTreeMap<PathBuf, Vec<Part>>;

/// The patches of a finding; of several findings where they are the same, as in
/// a deck that two others include.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The findings: the deck and the index in its look.
    pub(super) findings: Vec<(usize, usize)>,
    /// The change, by file.
    pub(super) parts: Parts,
}

/// Patches that are being tried on some decks.
pub(super) struct Trial<'a> {
    pub(super) decks: &'a [Deck],
    /// What the decks are like without them.
    pub(super) looks: &'a [Look],
    /// The patches that hold together so far.
    pub(super) made: Vec<Candidate>,
    /// What the decks are like with these; `None` while there are none.
    pub(super) now: Option<Now>,
}

/// The decks with some patches made.
pub(super) struct Now {
    /// The changed files.
    pub(super) texts: BTreeMap<PathBuf, String>,
    /// The decks that read them.
    pub(super) looks: BTreeMap<usize, Look>,
}

/// The patches to try, in the order of the decks and their sources, without
/// those that were refused already and those that touch an earlier one.
pub(super) fn candidates(looks: &[Look], refused: &[(Candidate, String)]) -> Vec<Candidate> {
    let refused: BTreeSet<&Parts> = refused.iter().map(|(candidate, _)| &candidate.parts).collect();
    let mut found: Vec<Candidate> = Vec::new();
    let mut same: BTreeMap<Parts, usize> = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, BTreeMap<usize, usize>> = BTreeMap::new();
    for (deck, look) in looks.iter().enumerate() {
        for (index, finding) in look.findings.iter().enumerate() {
            let Some(parts) = parts(look, finding) else { continue };
            if refused.contains(&parts) {
                continue;
            }
            if let Some(known) = same.get(&parts) {
                found[*known].findings.push((deck, index));
                continue;
            }
            let ranges = || {
                parts.iter().flat_map(|(file, all)| all.iter().map(move |it| (file, it.range())))
            };
            let is_free =
                ranges().all(|(file, range)| taken.get(file).is_none_or(|it| is_free(it, &range)));
            if !is_free || MAX_CANDIDATES <= found.len() {
                continue;
            }
            for (file, range) in ranges() {
                taken.entry(file.clone()).or_default().insert(range.start, range.end);
            }
            same.insert(parts.clone(), found.len());
            found.push(Candidate { findings: vec![(deck, index)], parts });
        }
    }
    found
}

/// Whether a range lies apart from those that are taken, which lie apart from
/// each other. Nothing may be put in where something else ends or starts.
fn is_free(taken: &BTreeMap<usize, usize>, range: &Range<usize>) -> bool {
    let before = taken.range(..=range.start).next_back();
    let after = taken.range(range.start..).next();
    before.is_none_or(|(_, end)| *end < range.start)
        && after.is_none_or(|(start, _)| range.end < *start)
}

/// The patches of a finding by file, if they are made unasked and change
/// something.
fn parts(look: &Look, finding: &Diagnostic) -> Option<Parts> {
    if !is_made(finding.applicability) || finding.patches.is_empty() {
        return None;
    }
    let mut parts = Parts::new();
    for patch in &finding.patches {
        let file = look.file_of(patch.span.source)?.to_owned();
        let whole = look.whole_text(patch.span);
        let old = whole.get(patch.span.range())?;
        let text = with_line_ends_of(whole, &patch.text);
        if old != text {
            let Range { start, end } = patch.span.range();
            parts.entry(file).or_default().push(Part { start, end, text });
        }
    }
    for parts in parts.values_mut() {
        parts.sort();
        if parts.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return None;
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// A text with the line ends of the file that it is put into.
fn with_line_ends_of(whole: &str, text: &str) -> String {
    let first = whole.find('\n');
    if first.is_some_and(|at| whole[..at].ends_with('\r')) {
        text.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

/// What some candidates change together, by file.
pub(super) fn together(candidates: &[Candidate]) -> Parts {
    let mut all = Parts::new();
    for candidate in candidates {
        for (file, parts) in &candidate.parts {
            all.entry(file.clone()).or_default().extend(parts.iter().cloned());
        }
    }
    for parts in all.values_mut() {
        parts.sort();
    }
    all
}

impl Trial<'_> {
    /// Makes some more patches, if they hold.
    ///
    /// # Errors
    /// Why they do not.
    pub(super) fn add(&mut self, more: &[Candidate]) -> Result<(), String> {
        let all: Vec<Candidate> = self.made.iter().chain(more).cloned().collect();
        let parts = together(&all);
        let affected = |look: &Look| parts.keys().any(|file| look.reads(file));
        let mut texts = BTreeMap::new();
        for (file, parts) in &parts {
            let look = self.looks.iter().find(|look| look.reads(file));
            let whole = look.map_or("", |look| &*look.source_of(file).text);
            texts.insert(file.clone(), changed(whole, parts));
        }
        let mut looks = BTreeMap::new();
        for (index, deck) in self.decks.iter().enumerate() {
            let before = &self.looks[index];
            if !affected(before) {
                continue;
            }
            let mut deck = deck.clone();
            for (file, text) in &texts {
                deck.loader = deck.loader.with_draft(file.clone(), text.as_str());
            }
            let after = Look::at(&deck).map_err(|why| format!("then {why}"))?;
            let mended = all.iter().flat_map(|candidate| &candidate.findings);
            let mended: Vec<usize> =
                mended.filter(|(deck, _)| *deck == index).map(|(_, finding)| *finding).collect();
            Verdict { before, after: &after, parts: &parts, mended: &mended }.pass()?;
            looks.insert(index, after);
        }
        self.made = all;
        self.now = Some(Now { texts, looks });
        Ok(())
    }
}

/// A text with its parts replaced.
fn changed(whole: &str, parts: &[Part]) -> String {
    let mut text = String::with_capacity(whole.len());
    let mut at = 0;
    for part in parts {
        text.push_str(&whole[at..part.start]);
        text.push_str(&part.text);
        at = part.end;
    }
    text.push_str(&whole[at..]);
    text
}

/// Whether a deck is better with some patches made.
struct Verdict<'a> {
    before: &'a Look,
    after: &'a Look,
    parts: &'a Parts,
    /// The findings that the patches belong to.
    mended: &'a [usize],
}

/// A finding that may be found again: its name, its file, and its bytes once the
/// patches are made.
struct Known<'a> {
    name: &'a str,
    file: Option<&'a Path>,
    range: Range<usize>,
    is_met: bool,
}

impl Verdict<'_> {
    /// Holds every finding against those that were there before.
    fn pass(&self) -> Result<(), String> {
        let mut known: Vec<Known<'_>> = Vec::new();
        for (index, finding) in self.before.findings.iter().enumerate() {
            let gone =
                self.mended.contains(&index) && finding.applicability != Applicability::Placeholder;
            if !gone {
                let file = self.before.file_of(finding.span.source);
                let range = self.mapped(file, finding.span.range());
                known.push(Known { name: finding.name, file, range, is_met: false });
            }
        }
        for (index, finding) in self.after.findings.iter().enumerate() {
            let file = self.after.file_of(finding.span.source);
            let range = finding.span.range();
            let met = known.iter_mut().find(|known| {
                !known.is_met
                    && known.name == finding.name
                    && known.file == file
                    && touch(&known.range, &range)
            });
            if let Some(met) = met {
                met.is_met = true;
            } else if !self.came_to_light(index, file, &range) {
                return Err(self.why(finding, file, &range));
            }
        }
        Ok(())
    }

    /// Whether a finding was there before and could not be seen.
    fn came_to_light(&self, index: usize, file: Option<&Path>, range: &Range<usize>) -> bool {
        if self.before.prepared.is_none() && self.after.is_late(index) {
            return true;
        }
        let is_rule = RULES.iter().any(|rule| rule.name == self.after.findings[index].name);
        self.mended.iter().map(|index| &self.before.findings[*index]).any(|mended| {
            // Where something worse was wrong, rules kept silent.
            let own = is_rule.then_some(&mended.span);
            mended.hides.iter().chain(own).any(|span| {
                let hidden = self.before.file_of(span.source);
                hidden == file && touch(&self.mapped(hidden, span.range()), range)
            })
        })
    }

    /// Why the patches do not hold: a finding that is there and should not be.
    fn why(&self, finding: &Diagnostic, file: Option<&Path>, range: &Range<usize>) -> String {
        let stays = self.mended.iter().map(|index| &self.before.findings[*index]).any(|mended| {
            let place = self.before.file_of(mended.span.source);
            mended.name == finding.name
                && place == file
                && touch(&self.mapped(place, mended.span.range()), range)
        });
        if stays {
            return "the change would not mend it".to_owned();
        }
        let slide = finding.slide.map_or_else(String::new, |slide| format!("slide {slide}: "));
        format!("the change would add `{}`: {slide}{}", finding.name, finding.message)
    }

    /// A range of a file once the patches are made.
    fn mapped(&self, file: Option<&Path>, range: Range<usize>) -> Range<usize> {
        let Some(parts) = file.and_then(|file| self.parts.get(file)) else { return range };
        let start = moved(parts, range.start, false);
        start..moved(parts, range.end, true).max(start)
    }
}

/// A byte of a text once its parts are replaced. One that lies in a part goes
/// to the end of what is put there if it ends a range, else to the start.
fn moved(parts: &[Part], at: usize, is_end: bool) -> usize {
    let (mut gone, mut put) = (0, 0);
    for part in parts {
        if part.end <= at && (part.start < at || !is_end) {
            gone += part.end - part.start;
            put += part.text.len();
        } else if part.start < at {
            return part.start - gone + put + if is_end { part.text.len() } else { 0 };
        } else {
            break;
        }
    }
    at - gone + put
}

/// Whether two ranges share a byte or an end.
const fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_move_with_what_is_put_before_them() {
        let parts = [(2, 2, "xx"), (4, 6, ""), (8, 9, "abc")].map(|(start, end, text)| Part {
            start,
            end,
            text: text.to_owned(),
        });
        let ends = |at| (moved(&parts, at, false), moved(&parts, at, true));
        assert_eq!([1, 3, 5, 7, 10].map(ends), [(1, 1), (5, 5), (6, 6), (7, 7), (12, 12)]);
        assert_eq!([2, 9].map(ends), [(4, 2), (11, 11)]);
        assert_eq!(changed("0123456789", &parts), "01xx2367abc9");
    }

    #[test]
    fn patches_that_touch_wait_for_the_next_round() {
        let taken = BTreeMap::from([(2, 2), (5, 8)]);
        let free = |range: Range<usize>| is_free(&taken, &range);
        assert!(free(0..1) && free(3..4) && free(9..9));
        assert!(!free(2..2) && !free(1..3) && !free(8..9) && !free(6..7) && !free(4..5));
    }

    #[test]
    fn line_ends_stay_those_of_the_file() {
        assert_eq!(with_line_ends_of("a\r\nb", "\n:::\r\n"), "\r\n:::\r\n");
        assert_eq!(with_line_ends_of("a\nb", "\n:::"), "\n:::");
    }
}
