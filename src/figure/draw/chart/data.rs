//! The numbers of a chart, with the cell of every mistake.

use super::{Form, MAX_POINTS, MAX_SERIES};
use crate::data::number;
use crate::figure::draw::{Mistake, Mistakes};
use crate::model::{CodeLine, rows};
use crate::source::{Span, Spanned};

/// What stands behind the name of a series in the column of its errors.
const ERROR: char = '±';

/// How to write data.
const FORM: &str = "write a row of names, then rows of numbers: `size,before,after`, `1,120,95`";

/// One value of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// The row that it stands in, from 0.
    pub(super) row: usize,
    /// Where it stands across: the number in the first column, or the row's own.
    pub(super) x: f64,
    pub(super) y: f64,
    /// How far it may be off.
    pub(super) error: Option<f64>,
    /// Its cell.
    pub(super) span: Span,
}

impl Point {
    /// The least and the greatest that it may be.
    pub(super) fn reach(&self) -> (f64, f64) {
        let error = self.error.unwrap_or(0.0).abs();
        (self.y - error, self.y + error)
    }
}

/// A column of numbers.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) points: Vec<Point>,
}

/// The values of a chart.
pub(super) struct Table {
    /// The name of each row; empty where rows have none.
    pub(super) rows: Vec<String>,
    pub(super) series: Vec<Series>,
    /// What the first column is called; empty where it is a series.
    pub(super) key: String,
    /// Whether the first column holds numbers, which stand on an axis.
    pub(super) on_axis: bool,
    /// The row of names.
    pub(super) head: Span,
}

/// A series on its way: its column, and that of its errors.
type Columns = Vec<(usize, Option<usize>)>;

impl Table {
    /// Reads the lines of a chart of some form. In counts and spreads every
    /// column is a series; elsewhere the first names the rows, and in lines and
    /// points it may hold numbers.
    pub(super) fn read(lines: &[CodeLine], form: Form, mistakes: &mut Mistakes) -> Option<Self> {
        let mut data = match rows(lines) {
            Ok(rows) => rows,
            Err(wrong) => {
                mistakes.push(Mistake::at(wrong.span, wrong.message, wrong.hint));
                return None;
            }
        };
        if data.is_empty() {
            mistakes.push(Mistake::whole("this chart has no data", FORM));
            return None;
        }
        let names = data.remove(0);
        let head = names[0].span.to(names[names.len() - 1].span);
        let first = usize::from(form.is_keyed());
        if names.len() > first
            && names[first..].iter().all(|it| number::read(&it.value, '.').is_some())
        {
            mistakes.push(Mistake::at(head, "this row holds numbers and no names", FORM));
            return None;
        }
        let columns = columns(&names, first, mistakes);
        if columns.is_empty() || columns.len() > MAX_SERIES {
            let message = match columns.len() {
                0 => "this chart has no column of numbers".to_owned(),
                n => format!("this chart has {n} series; {MAX_SERIES} can be told apart"),
            };
            let hint = if columns.is_empty() {
                FORM
            } else {
                "show the most telling ones, or several charts"
            };
            mistakes.push(Mistake::at(head, message, hint));
            return None;
        }
        let texts: Vec<&str> = data
            .iter()
            .flat_map(|row| row.iter().skip(first))
            .map(|cell| cell.value.as_str())
            .collect();
        let mark = number::shared_mark(&texts).unwrap_or('.');
        let is_number =
            |cell: &Spanned<String>| number::read(&cell.value, mark).is_some_and(|it| it.bare);
        let on_axis = form.has_axis()
            && (form == Form::Scatter || data.first().is_some_and(|row| is_number(&row[0])));
        let series = columns
            .iter()
            .map(|(at, _)| Series { name: names[*at].value.clone(), points: Vec::new() })
            .collect();
        let key = if form.is_keyed() { names[0].value.clone() } else { String::new() };
        let mut table = Self { rows: Vec::new(), series, key, on_axis, head };
        let mut wrong = Mistakes::new();
        for row in &data {
            table.row(row, names.len(), (form.is_keyed(), mark), &columns, &mut wrong);
        }
        mistakes.extend(first_of_each(wrong));
        let n_points: usize = table.series.iter().map(|series| series.points.len()).sum();
        if mistakes.is_empty() && (n_points == 0 || n_points > MAX_POINTS) {
            let message = format!("this chart has {n_points} values; 1 to {MAX_POINTS} are drawn");
            mistakes.push(Mistake::at(head, message, FORM));
        }
        if let Some(empty) =
            table.series.iter().find(|it| it.points.is_empty()).filter(|_| mistakes.is_empty())
        {
            let message = format!("the series `{}` has no value", empty.name);
            mistakes.push(Mistake::at(head, message, "leave its column out"));
        }
        mistakes.is_empty().then_some(table)
    }

    fn row(
        &mut self,
        cells: &[Spanned<String>],
        n_cells: usize,
        (is_keyed, mark): (bool, char),
        columns: &Columns,
        mistakes: &mut Mistakes,
    ) {
        if cells.len() != n_cells {
            let s = if cells.len() == 1 { "" } else { "s" };
            mistakes.push(Mistake::at(
                cells[0].span.to(cells[cells.len() - 1].span),
                format!("this row has {} cell{s}, the first one {n_cells}", cells.len()),
                "write a cell for each name; an empty one for a value that is not known",
            ));
            return;
        }
        let mut number = |cell: &Spanned<String>| match number::read(&cell.value, mark) {
            Some(number) if number.bare && number.value.abs() < 1e15 => Some(number.value),
            found => {
                let message = format!("`{}` is no number", cell.value);
                let hint = match found {
                    Some(_) => "write its digits only; the unit of all is for `unit=`",
                    None => "write digits, with a point before decimals: `12.5`",
                };
                mistakes.push(Mistake::at(cell.span, message, hint));
                None
            }
        };
        let row = self.rows.len();
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let mut x = row as f64;
        if self.on_axis {
            let Some(value) = number(&cells[0]) else { return };
            x = value;
        }
        self.rows.push(if is_keyed { cells[0].value.clone() } else { String::new() });
        for (series, (at, error)) in self.series.iter_mut().zip(columns) {
            if number::is_absent(&cells[*at].value) {
                continue;
            }
            let Some(y) = number(&cells[*at]) else { continue };
            let error = error.map(|at| &cells[at]).filter(|cell| !number::is_absent(&cell.value));
            let error = match error.map(&mut number) {
                Some(None) => continue,
                Some(error) => error,
                None => None,
            };
            series.points.push(Point { row, x, y, error, span: cells[*at].span });
        }
    }

    /// What the row of a point is called.
    pub(super) fn label(&self, point: &Point) -> &str {
        self.rows.get(point.row).map_or("", String::as_str)
    }

    /// The names of all series and rows.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let series = self.series.iter().map(|series| series.name.as_str());
        series.chain(self.rows.iter().map(String::as_str))
    }

    /// Every point of every series.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points)
    }
}

/// The first of the mistakes with one hint, which have one cause, and how many more
/// there are.
fn first_of_each(mistakes: Mistakes) -> Mistakes {
    let mut kept: Vec<(Mistake, usize)> = Vec::new();
    for mistake in mistakes {
        match kept.iter_mut().find(|(known, _)| known.hint == mistake.hint) {
            Some((_, more)) => *more += 1,
            None => kept.push((mistake, 0)),
        }
    }
    let said = |(mistake, more): (Mistake, usize)| match more {
        0 => mistake,
        more => mistake.labelled(format!("and {more} more of these data")),
    };
    kept.into_iter().map(said).collect()
}

/// The columns of the series from `first` on, each with that of its errors: a
/// column `before ±`, or `±` behind it. Reports errors of no series.
fn columns(names: &[Spanned<String>], first: usize, mistakes: &mut Mistakes) -> Columns {
    fn error_of(name: &str) -> Option<&str> {
        name.strip_suffix(ERROR).map(str::trim_end)
    }
    let named = || names.iter().enumerate().skip(first);
    let mut found: Columns = named()
        .filter(|(_, name)| error_of(&name.value).is_none())
        .map(|(at, _)| (at, None))
        .collect();
    for (at, name) in named() {
        let Some(of) = error_of(&name.value) else { continue };
        let is_its = |column: &usize| match of {
            "" => *column < at,
            of => names[*column].value == of,
        };
        match found.iter_mut().rev().find(|(column, _)| is_its(column)) {
            Some((_, error @ None)) => *error = Some(at),
            Some((column, Some(_))) => {
                let message = format!("the errors of `{}` stand here twice", names[*column].value);
                mistakes.push(Mistake::at(name.span, message, "leave one of the columns out"));
            }
            None => mistakes.push(Mistake::at(
                name.span,
                format!("`{}` holds the errors of no column", name.value),
                "name it after the column of the values: `before ±` for `before`",
            )),
        }
    }
    found
}

pub(super) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The value below which a share of sorted values lies, between neighbours where
/// it falls between them.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the values"
)]
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = share * last as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}

/// A number in about so many digits: in three, `1234.5` is `1,235`, `0.01234` is
/// `0.0123`, and from a million on there are millions: `2.5M`.
pub(super) fn short(value: f64, n_digits: u8) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let unit = [(1e12, "T"), (1e9, "G"), (1e6, "M")].into_iter().find(|(it, _)| *it <= value.abs());
    let (value, unit) = unit.map_or((value, ""), |(size, unit)| (value / size, unit));
    let digits = libm::floor(libm::log10(value.abs()));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let decimals = (f64::from(n_digits) - 1.0 - digits).clamp(0.0, 12.0) as usize;
    // Halves go away from zero; how numbers are written, they would go to the even
    // digit.
    let power = libm::pow(10.0, f64::from(u8::try_from(decimals).unwrap_or(0)));
    let text = format!("{:.decimals$}", (value.abs() * power).round() / power);
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let mut grouped = String::new();
    for (nth, digit) in whole.chars().enumerate() {
        if nth > 0 && (whole.len() - nth) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [1234.5, 0.012_34, 12.0, -3.25, 2.5e6, 99.95, 0.0].map(|it| short(it, 3));
        assert_eq!(shown, ["1,235", "0.0123", "12", "−3.25", "2.5M", "100", "0"]);
        assert_eq!([86.25, 1422.5, 187.25].map(|it| short(it, 4)), ["86.25", "1,423", "187.3"]);
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        let shown = [0.0, 0.5, 1.0].map(|share| short(quantile(&sorted, share), 3));
        assert_eq!(shown, ["1", "3", "8"]);
    }
}
