//! The functions of a profile as a table, as `go tool pprof -top` lists them.

use super::{Read, amount, frames, percent, short};
use crate::figure::draw::{Mistake, Mistakes, Tabled, Tone};
use crate::model::Drawing;
use crate::source::Spanned;

/// How many functions are listed where the fence says no number.
const DEFAULT: usize = 8;

/// The most functions that are listed.
const MAX: usize = 40;

/// How many functions are listed.
fn count(drawing: &Drawing) -> usize {
    let word = drawing.word("top").map_or("", |it| it.value.as_str());
    word.parse().unwrap_or(DEFAULT)
}

/// The table; with a `focus`, of the stacks that hold that function.
pub(super) fn table(
    drawing: &Drawing,
    word: &Spanned<String>,
    read: &Read,
    mistakes: &mut Mistakes,
) -> Option<Tabled> {
    if !word.value.is_empty() && !word.value.parse().is_ok_and(|n: usize| (1..=MAX).contains(&n)) {
        mistakes.push(Mistake::at(
            word.span,
            format!("`{}` is no number of functions", word.value),
            format!("write a number from 1 to {MAX}: `top=10`"),
        ));
        return None;
    }
    let [part] = read.parts.as_slice() else {
        mistakes.push(Mistake::at(
            word.span,
            "a table has no steps",
            "name one function behind `focus=`, or delete `top`",
        ));
        return None;
    };
    let (total, unit) = (read.profile.total(), &read.profile.unit);
    let profile = match part {
        Some(focus) => frames::within(&read.profile, focus),
        None => read.profile.clone(),
    };
    let cell = |said: String| (said, Tone::Plain);
    let rows = profile
        .top()
        .iter()
        .take(count(drawing))
        .map(|it| {
            vec![
                cell(short(&it.name).to_owned()),
                cell(amount(it.flat, unit)),
                (percent(it.flat, total), Tone::Strong),
                cell(amount(it.cum, unit)),
                cell(percent(it.cum, total)),
            ]
        })
        .collect();
    let head = format!("{} in all", amount(total, unit));
    let head = [head.as_str(), "flat", "flat%", "cum", "cum%"].map(str::to_owned).into();
    Some(Tabled { head, rows })
}
