//! Bars: upright where the names of the rows fit below them, lying otherwise. Each
//! bar says its number where there is room; an axis stands there only where not.

use super::axis::{Plot, Scale};
use super::data::{Point, short};
use super::{Chart, LINE, count};
use crate::figure::draw::Mistake;
use crate::figure::draw::sheet::{Anchor, Pen, TEXT};

/// The share of a row's room that stays free between groups.
const GAP: f64 = 0.28;

/// The thickest bar, in points: beside it the number is what one reads.
const THICKEST: f64 = 110.0;

/// How many digits the numbers of bars have, as those of `benchstat`.
const DIGITS: u8 = 4;

/// The share of the width that the names of lying bars take at most.
const NAMES: f64 = 0.42;

pub(super) fn draw(chart: &mut Chart<'_>) -> Result<(), Mistake> {
    let reach = |pick: fn((f64, f64)) -> f64| chart.table.points().map(move |it| pick(it.reach()));
    let low = reach(|it| it.0).fold(f64::INFINITY, f64::min);
    let high = reach(|it| it.1).fold(f64::NEG_INFINITY, f64::max);
    // On a logarithmic axis the least bar has a length, too.
    let foot = if chart.options.log_y && 0.0 < low { low / 2.0 } else { low };
    let scale = Scale::new(chart, (foot, high), chart.options.log_y, true)?;
    // A unit alone is said with every number, where every bar has one.
    if !chart.options.y.is_empty() || chart.options.log_y {
        chart.title();
    }
    chart.legend();
    let tight = scale.clone().over(low.min(0.0), high.max(0.0));
    let plot = chart.plot(&scale, 4.0);
    let room = (plot.right - plot.left) / count(chart.table.rows.len());
    let names: Option<Vec<Vec<String>>> =
        chart.table.rows.iter().map(|row| wrapped(chart, row, room - 8.0, 2, false)).collect();
    match names {
        Some(names) => {
            upright(chart, &names, [scale, tight]);
            Ok(())
        }
        None => lying(chart, [scale, tight]),
    }
}

/// What a bar says.
fn label(chart: &Chart<'_>, point: &Point) -> String {
    let number = short(point.y, DIGITS);
    match chart.options.unit {
        unit if unit.is_empty() || !chart.options.y.is_empty() => number,
        unit if unit.starts_with(['%', '×', '°']) => format!("{number}{unit}"),
        unit => format!("{number} {unit}"),
    }
}

fn upright(chart: &mut Chart<'_>, names: &[Vec<String>], [scale, tight]: [Scale; 2]) {
    let (n_series, n_rows) = (count(chart.table.series.len()), count(names.len()));
    let foot = LINE * 1.15 * count(names.iter().map(Vec::len).max().unwrap_or(1));
    let widest = chart.table.points().map(|it| chart.width(&label(chart, it))).fold(0.0, f64::max);
    // Without an axis the plot begins at the left edge.
    let bare = chart.size.0 - 4.0;
    let said = widest + 6.0 <= bare / n_rows * (1.0 - GAP / 2.0) / n_series && !chart.options.log_y;
    if !said && chart.head == 0.0 {
        chart.title();
    }
    let mut plot = chart.plot(&scale, 4.0);
    let across = if chart.across().is_empty() { 0.0 } else { LINE };
    plot.bottom = chart.size.1 - foot - across - 4.0;
    let names_at = plot.bottom;
    plot.left = if said { 0.0 } else { plot.left };
    plot.top += if said { LINE * 0.7 } else { 0.0 };
    // Numbers of bars that hang down stand below them, and the names below these.
    let hangs = chart.table.points().any(|point| point.y < 0.0);
    plot.bottom -= if said && hangs { LINE * 0.7 } else { 0.0 };
    let scale = if said { tight } else { scale }.between(plot.bottom, plot.top);
    let base = scale.at(scale.base());
    if said {
        let pen = Pen::new(chart.palette().muted(), 1.6);
        chart.sheet.line(0, (plot.left, base), (plot.right, base), pen);
    } else {
        chart.value_axis(plot, &scale);
    }
    let room = (plot.right - plot.left) / n_rows;
    let bar = (room * (1.0 - GAP) / n_series).min(THICKEST);
    let text = chart.palette().text();
    for (row, lines) in names.iter().enumerate() {
        let x = plot.left + room * (count(row) + 0.5);
        for (nth, name) in lines.iter().enumerate() {
            let y = names_at + LINE * (count(nth) + 0.65);
            chart.text((x, y), Anchor::Middle, text, name);
        }
    }
    chart.across_title(plot);
    for (nth, series) in chart.table.series.iter().enumerate() {
        for point in &series.points {
            let middle = plot.left + room * (count(point.row) + 0.5);
            let x = middle + bar * (count(nth) - n_series / 2.0);
            let end = scale.at(point.y);
            let (top, bottom) = (base.min(end), base.max(end));
            shape(chart, nth, point, (x + 1.0, top, bar - 2.0, (bottom - top).max(1.0)));
            let (low, high) = point.reach();
            let (low, high) = (scale.at(low.max(scale.base().min(low))), scale.at(high));
            if point.error.is_some() {
                let x = x + bar / 2.0;
                chart.whisker(text, (x, low), (x, high), (6.0, 0.0));
            }
            if said {
                let above = if point.y < 0.0 { low + LINE * 0.55 } else { high - LINE * 0.55 };
                say(chart, nth, point, (x + bar / 2.0, above), Anchor::Middle);
            }
        }
    }
}

fn lying(chart: &mut Chart<'_>, [scale, tight]: [Scale; 2]) -> Result<(), Mistake> {
    let (n_series, n_rows) = (count(chart.table.series.len()), count(chart.table.rows.len()));
    let top = chart.head + 4.0;
    // The numbers stand in the bars' own lines, or at an axis below them.
    let said = |bottom: f64| {
        TEXT <= (bottom - top) / n_rows * (1.0 - GAP) / n_series && !chart.options.log_y
    };
    let is_said = said(chart.size.1);
    let foot = if chart.options.values().is_empty() { 1.3 } else { 2.3 };
    let bottom = chart.size.1 - if is_said { 4.0 } else { LINE * foot };
    let room = (bottom - top) / n_rows;
    let fits = libm::floor((bottom - top) / (TEXT * 1.1));
    if fits < n_rows {
        return Err(Mistake::at(
            chart.table.head,
            format!("this chart has {n_rows} rows of bars; {fits} fit here"),
            "take the most telling rows, or draw a `line` chart",
        ));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
    let n_lines = (room / TEXT / 1.1).floor().clamp(1.0, 3.0) as usize;
    let names: Vec<Option<Vec<String>>> = chart
        .table
        .rows
        .iter()
        .map(|row| wrapped(chart, row, chart.size.0 * NAMES, n_lines, true))
        .collect();
    if let Some(nth) = names.iter().position(Option::is_none) {
        return Err(Mistake::at(
            chart.table.head,
            format!("the name `{}` is too long for a row of this chart", chart.table.rows[nth]),
            "write a shorter one, or show fewer rows so that it may take two lines",
        ));
    }
    let names: Vec<Vec<String>> = names.into_iter().flatten().collect();
    let widest = names.iter().flatten().map(|it| chart.width(it)).fold(0.0, f64::max);
    let label_room =
        chart.table.points().map(|it| chart.width(&label(chart, it))).fold(0.0, f64::max);
    let has_negative = chart.table.points().any(|point| point.y < 0.0);
    let plot = Plot {
        left: widest + 12.0 + if has_negative && is_said { label_room + 8.0 } else { 0.0 },
        right: chart.size.0 - if is_said { label_room + 12.0 } else { LINE },
        top,
        bottom,
    };
    let scale = if is_said { tight } else { scale }.between(plot.left, plot.right);
    let (text, muted) = (chart.palette().text(), chart.palette().muted());
    let base = scale.at(scale.base());
    if !is_said {
        chart.number_axis(plot, &scale);
        let at = (f64::midpoint(plot.left, plot.right), chart.size.1 - LINE * 0.5);
        let values = if chart.head == 0.0 { chart.options.values() } else { String::new() };
        chart.text(at, Anchor::Middle, muted, &values);
    }
    chart.sheet.line(0, (base, plot.top), (base, plot.bottom), Pen::new(muted, 1.6));
    let bar = (room * (1.0 - GAP) / n_series).min(44.0);
    for (row, lines) in names.iter().enumerate() {
        let middle = plot.top + room * (count(row) + 0.5);
        for (nth, name) in lines.iter().enumerate() {
            let y = middle + TEXT * 1.1 * (count(nth) - (count(lines.len()) - 1.0) / 2.0);
            chart.text((widest, y), Anchor::End, text, name);
        }
    }
    for (nth, series) in chart.table.series.iter().enumerate() {
        for point in &series.points {
            let middle = plot.top + room * (count(point.row) + 0.5);
            let y = middle + bar * (count(nth) - n_series / 2.0);
            let end = scale.at(point.y);
            let (left, right) = (base.min(end), base.max(end));
            shape(chart, nth, point, (left, y + 1.0, (right - left).max(1.0), bar - 2.0));
            let y = y + bar / 2.0;
            let (low, high) = point.reach();
            let (low, high) = (scale.at(low), scale.at(high));
            if point.error.is_some() {
                chart.whisker(text, (low, y), (high, y), (0.0, (bar / 2.0 - 3.0).min(6.0)));
            }
            if is_said && point.y < 0.0 {
                say(chart, nth, point, (low - 7.0, y), Anchor::End);
            } else if is_said {
                say(chart, nth, point, (high + 7.0, y), Anchor::Start);
            }
        }
    }
    Ok(())
}

/// The bar itself.
fn shape(chart: &mut Chart<'_>, nth: usize, point: &Point, place: (f64, f64, f64, f64)) {
    let row = chart.table.rows.get(point.row).map(String::as_str);
    let (color, is_dim) = (chart.color(nth, row), chart.is_dim(nth, row));
    let fill = chart.fill(nth, color, is_dim);
    let (x, y, w, h) = place;
    let pen = Some(Pen::new(color, 1.5));
    chart.sheet.rect(0, (x + 0.75, y, (w - 1.5).max(0.5), h), 1.5, &fill, pen);
}

/// The number of a bar.
fn say(chart: &mut Chart<'_>, nth: usize, point: &Point, at: (f64, f64), anchor: Anchor) {
    let row = chart.table.rows.get(point.row).map(String::as_str);
    let palette = chart.palette();
    let color = if chart.is_dim(nth, row) { palette.muted() } else { palette.text() };
    chart.text(at, anchor, color, &label(chart, point));
}

/// A name in lines that are no wider than the room; `None` where it takes more
/// lines than it may, or a word is too wide. Where it may break within words, it does
/// so at their seams: `BenchmarkDecode` `Parallel-16`.
fn wrapped(
    chart: &Chart<'_>,
    name: &str,
    room: f64,
    most: usize,
    within: bool,
) -> Option<Vec<String>> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let is_wide = within && room < chart.width(word);
        let parts = if is_wide { seams(word) } else { vec![word] };
        for (nth, part) in parts.into_iter().enumerate() {
            let last = lines.last_mut()?;
            let gap = if last.is_empty() || 0 < nth { "" } else { " " };
            let longer = format!("{last}{gap}{part}");
            if chart.width(&longer) <= room {
                *last = longer;
            } else if chart.width(part) <= room && !last.is_empty() {
                lines.push(part.to_owned());
            } else {
                return None;
            }
        }
    }
    (lines.len() <= most).then_some(lines)
}

/// The parts of a word, as programs put names together: `json/` `Decode` `Stream-`
/// `16`.
fn seams(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, ch) in word.char_indices() {
        let is_seam = "/-_.=:".contains(before) || before.is_lowercase() && ch.is_uppercase();
        if is_seam && start < at {
            parts.push(&word[start..at]);
            start = at;
        }
        before = ch;
    }
    parts.push(&word[start..]);
    parts
}
