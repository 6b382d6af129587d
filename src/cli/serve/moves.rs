//! Which slide was which before an edit.
//!
//! Takes the places of the slides before and after, gives for each slide the one
//! that it was. A name is no help where it counts slides or titles, and a text is
//! none where it was edited, so both are asked, and then the neighbours.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::html::Place;

/// The most pairs of slides that are compared line by line.
const MAX_COMPARED: usize = 1 << 12;

/// For each slide after an edit, which one it was, counted from 0. No two were the
/// same one.
pub(super) fn origins(before: &[&Place], after: &[&Place]) -> Vec<Option<usize>> {
    let mut found = Found { was: vec![None; after.len()], known: vec![false; before.len()] };
    let same = |(a, b): (&&Place, &&Place)| a.text == b.text && a.path == b.path;
    let n_shorter = before.len().min(after.len());
    let n_first = before.iter().zip(after).take_while(|&pair| same(pair)).count();
    let ends = before.iter().rev().zip(after.iter().rev());
    let n_last = ends.take(n_shorter - n_first).take_while(|&pair| same(pair)).count();
    for at in 0..n_first {
        found.put(at, at);
    }
    for nth in 1..=n_last {
        found.put(before.len() - nth, after.len() - nth);
    }
    // Slides that were moved have their texts, edited ones their names.
    found.by(before, after, |place| Some(&*place.text));
    found.by(before, after, |place| (!is_counted(place)).then_some(place.id.as_str()));
    found.by_neighbours(before, after);
    found.was
}

/// Whether a slide is named by where it stands.
fn is_counted(place: &Place) -> bool {
    place
        .id
        .strip_prefix("slide-")
        .is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()))
}

/// What is known so far.
struct Found {
    was: Vec<Option<usize>>,
    /// Which of the slides before are known to be one after.
    known: Vec<bool>,
}

impl Found {
    fn put(&mut self, before: usize, after: usize) {
        self.was[after] = Some(before);
        self.known[before] = true;
    }

    /// Pairs slides that have the same of something, in order.
    fn by<'a>(
        &mut self,
        before: &[&'a Place],
        after: &[&'a Place],
        of: impl Fn(&'a Place) -> Option<&'a str>,
    ) {
        let mut olds: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for (at, place) in before.iter().enumerate().filter(|(at, _)| !self.known[*at]) {
            if let Some(key) = of(place) {
                olds.entry(key).or_default().push_back(at);
            }
        }
        for (at, place) in after.iter().enumerate() {
            if self.was[at].is_some() {
                continue;
            }
            let old = of(place).and_then(|key| olds.get_mut(key)?.pop_front());
            if let Some(old) = old {
                self.put(old, at);
            }
        }
    }

    /// Pairs what stands between slides that are known: one by one where there are
    /// as many, else those that share most lines.
    fn by_neighbours(&mut self, before: &[&Place], after: &[&Place]) {
        let mut at = 0;
        while at < after.len() {
            let from = at;
            while at < after.len() && self.was[at].is_none() {
                at += 1;
            }
            let news: Vec<usize> = (from..at).collect();
            let old_from = from.checked_sub(1).and_then(|it| self.was[it]).map_or(0, |it| it + 1);
            let old_to = self.was.get(at).copied().flatten().unwrap_or(before.len());
            let olds = (old_from..old_to.max(old_from)).filter(|it| !self.known[*it]);
            let olds: Vec<usize> = olds.collect();
            if olds.len() == news.len() {
                olds.iter().zip(&news).for_each(|(old, new)| self.put(*old, *new));
            } else if olds.len() * news.len() <= MAX_COMPARED {
                self.by_lines((before, &olds), (after, &news));
            }
            at += 1;
        }
    }

    /// Pairs slides that share most lines, in order.
    fn by_lines(
        &mut self,
        (before, olds): (&[&Place], &[usize]),
        (after, news): (&[&Place], &[usize]),
    ) {
        let lines = |place: &Place| -> BTreeSet<String> {
            let lines = place.text.lines().map(str::trim);
            lines.filter(|line| line.contains(char::is_alphanumeric)).map(str::to_owned).collect()
        };
        let mut next = 0;
        for &old in olds {
            let own = lines(before[old]);
            let shared = |new: usize| lines(after[new]).intersection(&own).count();
            let rest = news.iter().enumerate().skip(next);
            let rest = rest.map(|(nth, new)| (shared(*new), std::cmp::Reverse(nth)));
            if let Some((1.., std::cmp::Reverse(nth))) = rest.max() {
                self.put(old, news[nth]);
                next = nth + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slides by their texts, of which the first line names them, or else their place.
    fn places(texts: &[&str]) -> Vec<Place> {
        let place = |(at, text): (usize, &&str)| {
            let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
            Place {
                id: title.map_or_else(|| format!("slide-{}", at + 1), str::to_owned),
                number: at + 1,
                page: at + 1,
                label: String::new(),
                path: "deck.md".to_owned(),
                line: 1,
                text: (*text).into(),
            }
        };
        texts.iter().enumerate().map(place).collect()
    }

    fn was(before: &[&str], after: &[&str]) -> Vec<Option<usize>> {
        let (before, after) = (places(before), places(after));
        origins(&before.iter().collect::<Vec<_>>(), &after.iter().collect::<Vec<_>>())
    }

    #[test]
    fn slides_are_known_again() {
        let deck = ["# a", "one", "two", "# b"];
        assert_eq!(was(&deck, &deck), [Some(0), Some(1), Some(2), Some(3)]);
        // One more before slides without titles, which are then called otherwise.
        assert_eq!(
            was(&deck, &["# a", "new", "one", "two", "# b"]),
            [Some(0), None, Some(1), Some(2), Some(3)],
        );
        // One edited, and one more before it.
        assert_eq!(
            was(&["# a", "# b\none\ntwo"], &["# a", "# c\nthree", "# d\none\nTwo"]),
            [Some(0), None, Some(1)],
        );
        assert_eq!(was(&deck, &["# a", "two", "one", "# b"]), [Some(0), Some(2), Some(1), Some(3)]);
        // A copy of a slide comes before it.
        assert_eq!(was(&["# b\n1"], &["# b\n2", "# b\n1"]), [None, Some(0)]);
        assert_eq!(
            was(&deck, &["# a", "ones", "twos", "# c"]),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!(was(&deck, &[]), []);
        assert_eq!(was(&[], &["# a"]), [None]);
    }
}
