//! What a mistyped word was meant to be.
//!
//! Takes the word and the names there are. A name is near when few characters
//! have to change; it is *meant* only when no other reading is likely, since a
//! patch is made of it.

/// The most characters that may have to change, however long the word.
const MAX_CHANGES: usize = 4;

/// The names nearest to a mistyped `word`, nearest first, at most three.
///
/// A name is near when at most a third of the word's characters have to change
/// (optimal string alignment); of three or four characters one, of one or two
/// none. Upper case, `_`, spaces and the humps of `camelCase` do not count.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    ranked(word, candidates).into_iter().map(|(_, candidate)| candidate).take(3).collect()
}

/// The one name that a mistyped `word` was meant to be: a near one with no
/// other as near, that starts with the same letter and has the same digits.
///
/// A word of three letters says little: it may only lack one. Of a shorter one
/// only the spelling may differ.
#[must_use]
pub fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let ranked = ranked(word, candidates);
    let (distance, best) = *ranked.first()?;
    let is_alone = ranked.get(1).is_none_or(|(other, _)| distance < *other);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let first = |text: &str| plain(text).chars().next();
    let says_enough = 4 <= word.chars().count() || word.len() < best.len();
    (is_alone
        && digits(word) == digits(best)
        && (distance == 0 || says_enough && first(word) == first(best)))
    .then_some(best)
}

/// The one file that a name was meant to be: the same in other letters, or with
/// another ending. Two files of similar names are two pictures.
#[must_use]
pub fn meant_file<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let stem = |name: &str| {
        let name = name.to_lowercase();
        name.rsplit_once('.').map_or_else(|| name.clone(), |(stem, _)| stem.to_owned())
    };
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let only = |is_it: &dyn Fn(&str) -> bool| {
        let mut found = candidates.iter().copied().filter(|candidate| is_it(candidate));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|it| it.to_lowercase() == name.to_lowercase())
        .or_else(|| only(&|it| stem(it) == stem(name)))
}

/// The hint for a mistyped `word`: the nearest candidates, or all of them
/// when none is near.
#[must_use]
pub fn nearest_hint(word: &str, candidates: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let near = nearest(word, candidates.iter().copied());
    if near.is_empty() {
        format!("use one of {}", quoted(candidates))
    } else {
        format!("did you mean {}?", quoted(&near))
    }
}

/// The near names with how many characters have to change, nearest first.
fn ranked<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let limit = match word.chars().count() {
        0..=2 => 0,
        length => (length / 3).min(MAX_CHANGES),
    };
    let word = plain(word);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| {
            *distance <= limit && *distance < candidate.chars().count().max(1)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A word in lower case, its parts joined by `-`.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let mut before_hump = false;
    for c in word.chars() {
        if matches!(c, '_' | ' ') {
            out.push('-');
        } else {
            if before_hump && c.is_uppercase() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        before_hump = c.is_lowercase();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUTS: [&str; 5] = ["code", "content", "two-column", "title", "quote"];

    #[test]
    fn the_nearest_names_come_first() {
        assert_eq!(nearest("tilte", ["title", "subtitle", "tags"]), ["title"]);
        assert_eq!(nearest("twoColumn", LAYOUTS), ["two-column"]);
        assert!(nearest("x", ["date"]).is_empty());
        assert!(nearest("nope", LAYOUTS).is_empty());
    }

    #[test]
    fn a_word_means_a_name_only_where_no_other_is_likely() {
        assert_eq!(meant("cde", LAYOUTS), Some("code"));
        assert_eq!(meant("coed", LAYOUTS), Some("code"));
        assert_eq!(meant("sol", ["sql"]), None, "three letters say too little");
        assert_eq!(meant("Two_Column", LAYOUTS), Some("two-column"));
        assert_eq!(meant("mode", ["made", "mole"]), None, "two are as near");
        assert_eq!(meant("mode", ["code"]), None, "another first letter");
        assert_eq!(meant("fig11.png", ["fig12.png"]), None, "another number");
    }

    #[test]
    fn a_file_is_meant_by_its_name_in_other_letters() {
        let files = ["pool.svg", "pools.svg", "a.png", "A.jpg"];
        assert_eq!(meant_file("Pool.SVG", files), Some("pool.svg"));
        assert_eq!(meant_file("pools.png", files), Some("pools.svg"));
        assert_eq!(meant_file("pol.svg", files), None);
        assert_eq!(meant_file("a.gif", files), None, "there are two");
    }
}
