//! `deckc check --rehearsal`: the file, and the table of what slides took.

use std::fmt::Write as _;
use std::path::Path;

use unicode_width::UnicodeWidthStr as _;

use crate::cli::Failure;
use crate::cli::find::DeckFile;
use crate::model::{Role, Time};
use crate::place::Placed;
use crate::plan::Plan;
use crate::rehearsal::{self, Rehearsal, Row};

/// The most bytes that a rehearsal may have: some thousand slides have less.
const MAX_BYTES: u64 = 4 << 20;

/// The columns of a title in the table.
const TITLE: usize = 40;

/// Reads a rehearsal, which is one of one deck.
pub(super) fn load(file: &Path, decks: &[DeckFile]) -> Result<Rehearsal, Failure> {
    if decks.len() != 1 {
        return Err(Failure::usage("a rehearsal is one of one deck")
            .hint("name the deck that was rehearsed"));
    }
    let size = file.metadata().map_err(|error| Failure::io("read", file, &error))?.len();
    let wrong = |why: &str| {
        Failure::files(format!("`{}` is no rehearsal: {why}", file.display()))
            .hint("save one in the presenter view: `S`, then `Rehearse`")
    };
    if MAX_BYTES < size {
        return Err(wrong("it is too large"));
    }
    let bytes = std::fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
    Rehearsal::parse(&text).map_err(|why| wrong(&why))
}

/// What was planned and what it took, by section and slide.
pub(super) fn table(placed: &Placed, rehearsal: &Rehearsal) -> String {
    let rows = rehearsal::rows(placed, rehearsal);
    let (backup, told): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.role == Role::Backup);
    let sections = Plan::of(placed).sections;
    let mut out = format!("{:TITLE$}  planned     took\n", "");
    let mut rest = told.as_slice();
    for (nth, section) in sections.iter().enumerate() {
        let end = sections.get(nth + 1).map_or(usize::MAX, |next| next.slides.start);
        let n_rows = rest.iter().take_while(|row| row.number <= end).count();
        let (own, others) = rest.split_at(n_rows);
        group(&mut out, &section.title, own);
        rest = others;
    }
    if backup.iter().any(|row| row.taken.is_some()) {
        group(&mut out, "Backup slides", &backup);
    }
    line(&mut out, "Together", &Sum::of(&told));
    out
}

/// What some slides come to. An optional slide that was not shown is left out.
struct Sum {
    planned: Time,
    given: bool,
    taken: Option<Time>,
}

impl Sum {
    fn of(rows: &[Row]) -> Self {
        let add = |a: Time, b: Time| Time(a.0.saturating_add(b.0));
        let counts = |row: &&Row| row.role != Role::Optional || row.taken.is_some();
        Self {
            planned: rows.iter().filter(counts).map(|row| row.planned).fold(Time(0), add),
            given: rows.iter().filter(counts).all(|row| row.given),
            taken: rows.iter().filter_map(|row| row.taken).reduce(add),
        }
    }
}

/// A section: what it comes to, and its slides.
fn group(out: &mut String, title: &str, rows: &[Row]) {
    line(out, title, &Sum::of(rows));
    for row in rows {
        let mark = if row.role == Role::Optional { ", optional" } else { "" };
        let title = format!("  {:>3}  {}{mark}", row.number, row.title);
        let own = Sum { planned: row.planned, given: row.given, taken: row.taken };
        line(out, &title, &own);
    }
}

/// A line of the table: `~` stands before what is estimated.
fn line(out: &mut String, title: &str, sum: &Sum) {
    let planned = format!("{}{}", if sum.given { "" } else { "~" }, sum.planned);
    let (taken, off) = sum.taken.map_or(("–".to_owned(), String::new()), |taken| {
        let sign = if taken < sum.planned { "−" } else { "+" };
        let off = Time(taken.0.abs_diff(sum.planned.0));
        (taken.to_string(), if off.0 == 0 { String::new() } else { format!("{sign}{off}") })
    });
    let title = cut(title);
    let room = " ".repeat(TITLE.saturating_sub(title.width()));
    let text = format!("{title}{room} {planned:>8} {taken:>8} {off:>8}");
    let _ = writeln!(out, "{}", text.trim_end());
}

/// A title that fits its column.
fn cut(title: &str) -> String {
    if title.width() <= TITLE {
        return title.to_owned();
    }
    let mut cut = String::new();
    for ch in title.chars() {
        if TITLE <= cut.width() + 2 {
            break;
        }
        cut.push(ch);
    }
    cut + "…"
}
