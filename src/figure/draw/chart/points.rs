//! Lines and points: numbers against numbers, or against the names of rows; each
//! series is named at its end.

use super::axis::{Plot, Scale};
use super::data::{Point, short};
use super::series::DASHES;
use super::{Chart, LINE, count};
use crate::figure::draw::Mistake;
use crate::figure::draw::sheet::{Anchor, Pen, TEXT};

/// From so many points on, those of a line are not marked one by one.
const MAX_MARKED: usize = 24;

/// How far apart the names of two series stand, in points.
const APART: f64 = TEXT * 1.15;

pub(super) fn draw(chart: &mut Chart<'_>, lines: bool) -> Result<(), Mistake> {
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)))
    };
    let across = ends(&mut chart.table.points().map(|point| point.x));
    let up = ends(&mut chart.table.points().flat_map(|point| <[f64; 2]>::from(point.reach())));
    let xs = Scale::new(chart, across, chart.options.log_x, false)?;
    let ys = Scale::new(chart, up, chart.options.log_y, lines)?;
    let n_series = chart.table.series.len();
    // Points have no end to be named at.
    if !lines {
        chart.legend();
    }
    let is_named = lines && n_series > 1;
    let widest = (0..n_series).map(|nth| name_width(chart, nth)).fold(0.0, f64::max);
    let last = xs.ticks.last().map_or(0.0, |tick| chart.width(&short(*tick, 3)) / 2.0);
    let right = if is_named { widest + 16.0 } else { last + 2.0 };
    let plot = chart.plot(&ys, right);
    let ys = ys.between(plot.bottom, plot.top);
    chart.value_axis(plot, &ys);
    let xs = if chart.table.on_axis {
        let xs = xs.between(plot.left + 8.0, plot.right - 8.0);
        chart.number_axis(plot, &xs);
        xs
    } else {
        rows(chart, plot)?
    };
    let mut names: Vec<(f64, usize)> = Vec::new();
    // What is highlighted lies above the rest.
    let mut order: Vec<usize> = (0..n_series).collect();
    order.sort_by_key(|nth| !chart.is_dim(*nth, None));
    for nth in order {
        let mut points: Vec<Point> = chart.table.series[nth].points.clone();
        if lines {
            points.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        series(chart, nth, &points, (&xs, &ys), lines);
        if let Some(last) = points.last() {
            names.push((ys.at(last.y), nth));
        }
    }
    if is_named {
        name(chart, plot, names);
    }
    Ok(())
}

/// An axis of the rows' names, each at the number of its row.
fn rows(chart: &mut Chart<'_>, plot: Plot) -> Result<Scale, Mistake> {
    let last = count(chart.table.rows.len().saturating_sub(1).max(1));
    let room = (plot.right - plot.left) / (last + 1.0);
    let mut scale = Scale::new(chart, (0.0, last), false, false)?;
    scale = scale.over(0.0, last).between(plot.left + room / 2.0, plot.right - room / 2.0);
    chart.base_line(plot);
    let text = chart.palette().text();
    let names = &chart.table.rows;
    let widest = names.iter().map(|row| chart.width(row)).fold(0.0, f64::max) + 6.0;
    // Of days and hours everybody knows what stands between two of them.
    let dates = names.iter().all(|row| is_date(row));
    let every = if dates { (1..names.len()).find(|it| widest <= room * count(*it)) } else { None };
    for (nth, (row, at)) in names.iter().zip(0u32..).enumerate() {
        if nth % every.unwrap_or(1) != 0 {
            continue;
        }
        if every.is_none() && room < chart.width(row) + 6.0 {
            return Err(Mistake::at(
                chart.table.head,
                format!("the names of {} rows do not fit below this chart", chart.table.rows.len()),
                "write shorter names or fewer rows, or numbers in the first column",
            ));
        }
        let x = scale.at(f64::from(at));
        if every.is_some_and(|it| 1 < it) {
            let pen = Pen::new(chart.palette().muted(), 1.6);
            chart.sheet.line(0, (x, plot.bottom), (x, plot.bottom + 5.0), pen);
        }
        let at = (x, plot.bottom + LINE * 0.75);
        chart.text(at, Anchor::Middle, text, row);
    }
    chart.across_title(plot);
    Ok(scale)
}

/// Whether a name is a day or an hour in digits: `2026-01-31`, `14:30`.
fn is_date(name: &str) -> bool {
    name.starts_with(|ch: char| ch.is_ascii_digit())
        && name.contains(['-', ':', '/', '.'])
        && name.chars().all(|ch| ch.is_ascii_digit() || "-:/. TZ".contains(ch))
}

/// The line and the points of a series.
fn series(
    chart: &mut Chart<'_>,
    nth: usize,
    points: &[Point],
    (xs, ys): (&Scale, &Scale),
    lines: bool,
) {
    let (color, is_dim) = (chart.color(nth, None), chart.is_dim(nth, None));
    let places: Vec<(f64, f64)> =
        points.iter().map(|point| (xs.at(point.x), ys.at(point.y))).collect();
    for (point, at) in points.iter().zip(&places).filter(|(point, _)| point.error.is_some()) {
        let (low, high) = point.reach();
        chart.whisker(color, (at.0, ys.at(low)), (at.0, ys.at(high)), (5.0, 0.0));
    }
    if lines {
        let width = if is_dim { 2.0 } else { 3.2 };
        let path = Chart::path_through(&places);
        chart.sheet.path(0, &path, Pen::new(color, width).dashed(DASHES[nth % DASHES.len()]));
    }
    if !lines || points.len() <= MAX_MARKED {
        let size = if lines { 1.0 } else { 1.25 };
        for (point, at) in points.iter().zip(places) {
            let color = chart.color(nth, Some(chart.table.label(point)));
            chart.marker(nth, color, at, size);
        }
    }
}

/// Names the series where their lines end; names that would cover each other move
/// apart.
fn name(chart: &mut Chart<'_>, plot: Plot, mut names: Vec<(f64, usize)>) {
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut places: Vec<f64> = Vec::new();
    for (y, _) in &names {
        let free = places.last().map_or(plot.top, |last| last + APART);
        places.push(y.max(free));
    }
    // What was pushed out below moves up again.
    let mut free = plot.bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(free);
        free = *place - APART;
    }
    for (y, (_, nth)) in places.into_iter().zip(names) {
        let name = chart.table.series[nth].name.clone();
        let style = chart.name_style(nth);
        chart.sheet.text(chart.kit, 0, (plot.right + 8.0, y), Anchor::Start, style, &name);
    }
}

fn name_width(chart: &Chart<'_>, nth: usize) -> f64 {
    chart.kit.width(&chart.table.series[nth].name, chart.name_style(nth))
}
