//! Numbers as people write them: with signs, groups of digits and units.

/// The marks that may part the whole from the rest.
pub const MARKS: [char; 2] = ['.', ','];

/// The longest unit behind a number, in characters.
const MAX_UNIT: usize = 12;

/// What stands for a number that is not there.
const ABSENT: [&str; 10] = ["-", "–", "—", "~", "?", "n/a", "N/A", "NaN", "∞", "±∞"];

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value, without its unit.
    pub value: f64,
    /// How many characters of the text stand before its decimal mark, or before
    /// what follows its last digit where it has none.
    pub n_before: usize,
    /// Whether nothing but a sign stands beside its digits.
    pub bare: bool,
}

/// Reads a number whose decimal mark is `mark`: a sign or a currency, digits,
/// perhaps in groups of three, perhaps a power of ten, and a short unit.
/// `None` for everything else, such as versions and dates.
#[must_use]
pub fn read(text: &str, mark: char) -> Option<Number> {
    let chars: Vec<char> = text.trim_end().chars().collect();
    let mut at = chars.iter().take_while(|ch| ch.is_whitespace()).count();
    let is_before = |ch: &&char| "+-−±~<>≤≥≈$€£¥".contains(**ch);
    let signs = chars[at..].iter().take_while(is_before).count();
    let negative = chars[at..at + signs].iter().any(|ch| matches!(ch, '-' | '−'));
    let mut bare = chars[at..at + signs].iter().all(|ch| matches!(ch, '+' | '-' | '−'));
    if signs > 2 {
        return None;
    }
    at += signs;
    let mut digits = String::new();
    at += whole(&chars[at..], mark, &mut digits)?;
    let n_before = at;
    if chars.get(at) == Some(&mark) && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
        let rest: String = chars[at + 1..].iter().take_while(|ch| ch.is_ascii_digit()).collect();
        at += 1 + rest.len();
        digits.push('.');
        digits.push_str(&rest);
    } else if digits.is_empty() {
        return None;
    }
    if let Some(power) = power(&chars[at..]) {
        digits.extend(&chars[at..at + power]);
        at += power;
    }
    let unit: String = chars[at..].iter().collect();
    bare &= unit.is_empty();
    if !is_unit(&unit) {
        return None;
    }
    let value: f64 = digits.parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(Number { value: if negative { -value } else { value }, n_before, bare })
}

/// The decimal mark of some texts that are all numbers, apart from those that are
/// empty or stand for none; `None` where that is not so or there is no number.
pub fn shared_mark(texts: &[impl AsRef<str>]) -> Option<char> {
    let texts = || texts.iter().map(AsRef::as_ref).filter(|text| !is_absent(text));
    MARKS
        .into_iter()
        .find(|mark| texts().next().is_some() && texts().all(|text| read(text, *mark).is_some()))
}

/// Whether a text is empty or says that there is no number.
#[must_use]
pub fn is_absent(text: &str) -> bool {
    text.trim().is_empty() || ABSENT.contains(&text.trim())
}

/// How many characters the digits before the mark take; `None` for groups that
/// are not of three digits.
fn whole(chars: &[char], mark: char, digits: &mut String) -> Option<usize> {
    let n_digits = |from: usize| chars[from..].iter().take_while(|ch| ch.is_ascii_digit()).count();
    let mut at = n_digits(0);
    let is_mark = |ch: char| ch != mark && MARKS.contains(&ch);
    let is_gap = |ch: char| is_mark(ch) || "'’_\u{a0}\u{202f}\u{2009}".contains(ch);
    if (1..=3).contains(&at) {
        while let Some(gap) = chars.get(at).filter(|ch| is_gap(**ch)) {
            match n_digits(at + 1) {
                3 => at += 4,
                // A space before a unit.
                0 if !is_mark(*gap) => break,
                _ => return None,
            }
        }
    }
    digits.extend(chars[..at].iter().filter(|ch| ch.is_ascii_digit()));
    Some(at)
}

/// How many characters a power of ten takes, such as `e-9`.
fn power(chars: &[char]) -> Option<usize> {
    let sign = match chars {
        ['e' | 'E', '+' | '-', ..] => 2,
        ['e' | 'E', ..] => 1,
        _ => return None,
    };
    let n_digits = chars[sign..].iter().take_while(|ch| ch.is_ascii_digit()).count();
    (1..=3).contains(&n_digits).then_some(sign + n_digits)
}

/// Whether what stands behind the digits is a unit: a short word, perhaps with
/// how exact the number is (`ns ± 2%`).
fn is_unit(text: &str) -> bool {
    let (unit, range) = match text.split_once('±') {
        Some((unit, range)) => (unit, Some(range)),
        None => (text, None),
    };
    let is_word = |word: &str| {
        let word = word.trim();
        word.chars().count() <= MAX_UNIT
            && word.split_whitespace().count() <= 2
            && !word.chars().any(|ch| ch.is_ascii_digit())
            && !word.starts_with(['.', ',', '-', ':', ';', '_', '\''])
            && (!word.starts_with('/') || word.len() > 1)
    };
    let is_range = |range: &str| {
        let range = range.trim();
        let digits = range.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '.');
        range.starts_with('∞') || digits.len() < range.len() && is_word(digits)
    };
    is_word(unit) && range.is_none_or(is_range)
}

#[cfg(test)]
mod tests {
    use super::{read, shared_mark};

    #[test]
    fn numbers_have_signs_groups_powers_and_units() {
        let number = |text, mark| {
            let number = super::read(text, mark)?;
            Some((number.value, number.n_before))
        };
        assert_eq!(number("86", '.'), Some((86.0, 2)));
        assert_eq!(number("-1,024.50", '.'), Some((-1024.5, 6)));
        assert_eq!(number("1.024,5", ','), Some((1024.5, 5)));
        assert_eq!(number("+1.5e-9 s", '.'), Some((1.5e-9, 2)));
        assert_eq!(number("1 000 ns/op", '.'), None, "a space may part two things");
        assert_eq!(number("1\u{202f}000 ns/op", '.'), Some((1000.0, 5)));
        assert_eq!(number(".5%", '.'), Some((0.5, 0)));
        assert_eq!(number("1.42µ ± 1%", '.'), Some((1.42, 1)));
        assert_eq!(number("$5", '.'), Some((5.0, 2)));
        for text in ["1.2.3", "2026-11-28", "10:30", "1,5", "go1.19", "v1", "", "a", "12 34", "."] {
            assert_eq!(number(text, '.'), None, "{text}");
        }
        assert!(read("5", '.').unwrap().bare && !read("5 ns", '.').unwrap().bare);
    }

    #[test]
    fn the_cells_of_a_column_share_their_mark() {
        let mark = |texts: &[&'static str]| shared_mark(texts);
        assert_eq!(mark(&["1.5", "12", "–", ""]), Some('.'));
        assert_eq!(mark(&["1,5", "12"]), Some(','));
        assert_eq!(mark(&["1,024", "12"]), Some('.'), "a comma before three digits makes groups");
        assert_eq!(mark(&["1,5", "1.25"]), None);
        assert_eq!(mark(&["–", ""]), None);
        assert_eq!(mark(&["12", "many"]), None);
    }
}
