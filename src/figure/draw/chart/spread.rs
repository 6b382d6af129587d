//! Counts and spreads: how values are distributed.

use super::axis::{Plot, Scale};
use super::data::{quantile, short, sorted};
use super::{Chart, LINE};
use crate::figure::draw::Mistake;
use crate::figure::draw::sheet::{Anchor, Pen};

/// How often values fall into each of some equal stretches. One series.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts"
)]
pub(super) fn histogram(chart: &mut Chart<'_>) -> Result<(), Mistake> {
    if chart.table.series.len() > 1 {
        return Err(Mistake::at(
            chart.table.head,
            "a histogram shows one series",
            "write one column, or compare series in a `box` chart",
        ));
    }
    let values = sorted(&chart.table.points().map(|point| point.y).collect::<Vec<_>>());
    let (low, high) = (values[0], values[values.len() - 1]);
    let xs = Scale::new(chart, (low, high), chart.options.log_x, false)?;
    // Sturges' rule where the author names no number.
    let bins = chart
        .options
        .bins
        .unwrap_or_else(|| (libm::ceil(libm::log2(values.len() as f64)) as usize + 1).clamp(5, 30));
    let mut counts = vec![0u32; bins];
    for value in &values {
        let at = (xs.at(*value) * bins as f64).max(0.0) as usize;
        counts[at.min(bins - 1)] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1));
    let ys = Scale::new(chart, (0.0, most), false, true)?;
    // The middle is named above the plot.
    chart.head += LINE * 0.8;
    let across = chart.options.x.map_or_else(|| across(chart), str::to_owned);
    let last = xs.ticks.last().map_or(0.0, |tick| chart.width(&short(*tick, 3)) / 2.0);
    let mut plot = chart.plot(&ys, last + 2.0);
    plot.bottom = chart.size.1 - LINE * 2.3;
    let ys = ys.between(plot.bottom, plot.top);
    let xs = xs.between(plot.left, plot.right);
    chart.value_axis(plot, &ys);
    chart.number_axis(plot, &xs);
    let muted = chart.palette().muted();
    let at = (f64::midpoint(plot.left, plot.right), chart.size.1 - LINE * 0.5);
    if chart.options.x.is_none() {
        chart.text(at, Anchor::Middle, muted, &across);
    }
    let color = chart.color(0, None);
    let width = (plot.right - plot.left) / bins as f64;
    for (nth, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (x, y) = (plot.left + width * nth as f64, ys.at(f64::from(*count)));
        let place = (x + 1.0, y, width - 2.0, plot.bottom - y);
        chart.sheet.rect(0, place, 1.0, &color.to_string(), None);
    }
    median(chart, plot, &xs, quantile(&values, 0.5));
    Ok(())
}

/// What the values of a histogram are: the name of the column, and the unit.
fn across(chart: &Chart<'_>) -> String {
    let name = &chart.table.series[0].name;
    if chart.options.unit.is_empty() || chart.options.unit == name {
        name.clone()
    } else {
        format!("{name} ({})", chart.options.unit)
    }
}

/// A line at the middle of all values.
fn median(chart: &mut Chart<'_>, plot: Plot, xs: &Scale, value: f64) {
    let text = chart.palette().text();
    let x = xs.at(value);
    chart.sheet.line(0, (x, plot.top - 2.0), (x, plot.bottom), Pen::new(text, 2.0).dashed("6 5"));
    let label = format!("median {}", short(value, 4));
    let half = chart.width(&label) / 2.0;
    let x = x.clamp(half, (chart.size.0 - half).max(half));
    chart.text((x, plot.top - LINE * 0.65), Anchor::Middle, text, &label);
}

/// The least and greatest value that is no outlier, the quartiles, the median,
/// and the outliers, of each series.
#[expect(clippy::cast_precision_loss, reason = "a few series")]
pub(super) fn boxes(chart: &mut Chart<'_>) -> Result<(), Mistake> {
    let all = sorted(&chart.table.points().map(|point| point.y).collect::<Vec<_>>());
    let scale = Scale::new(chart, (all[0], all[all.len() - 1]), chart.options.log_y, false)?;
    let plot = chart.plot(&scale, 8.0);
    let scale = scale.between(plot.bottom, plot.top);
    chart.value_axis(plot, &scale);
    chart.across_title(plot);
    let room = (plot.right - plot.left) / chart.table.series.len() as f64;
    let widest =
        chart.table.series.iter().map(|series| chart.width(&series.name)).fold(0.0, f64::max);
    if room < widest + 8.0 {
        return Err(Mistake::at(
            chart.table.head,
            "the names of the series do not fit below their boxes",
            "write shorter names, or fewer series",
        ));
    }
    let half = (room * 0.24).min(60.0);
    let (text, ground) = (chart.palette().text(), chart.palette().background());
    for (nth, series) in chart.table.series.iter().enumerate() {
        let values = sorted(&series.points.iter().map(|point| point.y).collect::<Vec<_>>());
        let [q1, median, q3] = [0.25, 0.5, 0.75].map(|share| quantile(&values, share));
        // Tukey (1977): what is further out than one and a half boxes stands alone.
        let reach = 1.5 * (q3 - q1);
        let is_near = |value: &f64| q1 - reach <= *value && *value <= q3 + reach;
        let low = values.iter().copied().find(is_near).unwrap_or(q1);
        let high = values.iter().rev().copied().find(is_near).unwrap_or(q3);
        let x = plot.left + room * (nth as f64 + 0.5);
        let color = chart.color(nth, None);
        chart.whisker(color, (x, scale.at(low)), (x, scale.at(high)), (half * 0.5, 0.0));
        let (top, bottom) = (scale.at(q3), scale.at(q1));
        let place = (x - half, top, half * 2.0, (bottom - top).max(1.0));
        // Pale, so that the middle shows however low the box is.
        let fill = ground.mix(color, 0.35).to_string();
        chart.sheet.rect(0, place, 2.0, &fill, Some(Pen::new(color, 2.0)));
        let y = scale.at(median);
        chart.sheet.line(0, (x - half, y), (x + half, y), Pen::new(text, 3.0));
        let label = short(median, 4);
        if half + 8.0 + chart.width(&label) <= room / 2.0 {
            chart.text((x + half + 8.0, y), Anchor::Start, text, &label);
        }
        for value in values.iter().filter(|value| !is_near(value)) {
            let at = (x, scale.at(*value));
            chart.sheet.circle(0, at, 4.0, &ground.to_string(), Some(Pen::new(color, 2.0)));
        }
        let below = (x, plot.bottom + LINE * 0.7);
        chart.text(below, Anchor::Middle, text, &series.name);
    }
    Ok(())
}
