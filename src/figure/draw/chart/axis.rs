//! Axes: from numbers to places, with marks at round numbers.

use super::data::{Point, short};
use super::{Chart, LINE};
use crate::figure::draw::Mistake;
use crate::figure::draw::sheet::{Anchor, Pen};

/// How many digits the numbers at an axis have.
const DIGITS: u8 = 3;

/// From numbers to places along one axis.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    log: bool,
    from: f64,
    to: f64,
    pub(super) ticks: Vec<f64>,
}

impl Scale {
    /// The axis for numbers from `low` to `high`, from 0 to 1. A linear one starts
    /// at zero where `zero` says so.
    ///
    /// # Errors
    /// Zero or less on a logarithmic axis.
    pub(super) fn new(
        chart: &Chart<'_>,
        (low, high): (f64, f64),
        log: bool,
        zero: bool,
    ) -> Result<Self, Mistake> {
        if !log {
            return Ok(Self::linear(low, high, zero));
        }
        if low <= 0.0 {
            let is_it = |it: &&Point| it.reach().0 <= low || it.x <= low;
            return Err(Mistake::at(
                chart.table.points().find(is_it).map_or(chart.table.head, |it| it.span),
                format!("{} has no place on a logarithmic axis", short(low, DIGITS)),
                "leave `log` out, or zeros and less out of the data",
            ));
        }
        Ok(Self::logarithmic(low, high))
    }

    fn linear(low: f64, high: f64, zero: bool) -> Self {
        let (low, high) = if zero { (low.min(0.0), high.max(0.0)) } else { (low, high) };
        let flat = (high - low) <= (high.abs() + low.abs()) * 1e-9;
        let half = if low == 0.0 { 0.5 } else { low.abs() * 0.1 };
        let (low, high) = if flat { (low - half, high + half) } else { (low, high) };
        let step = step((high - low) / 5.0);
        if !step.is_normal() {
            // Numbers so small that nothing tells them apart.
            return Self { low: 0.0, high: 1.0, log: false, from: 0.0, to: 1.0, ticks: vec![0.0] };
        }
        let (low, high) =
            (libm::floor(low / step + 1e-9) * step, libm::ceil(high / step - 1e-9) * step);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few marks")]
        let n_steps = ((high - low) / step).round().clamp(1.0, 20.0) as u32;
        let ticks = (0..=n_steps)
            .map(|nth| low + f64::from(nth) * step)
            .map(|tick| if tick.abs() < step * 1e-6 { 0.0 } else { tick })
            .collect();
        Self { low, high, log: false, from: 0.0, to: 1.0, ticks }
    }

    /// From 1, 2 or 5 times a power of ten to another one, with marks at the powers;
    /// within less than two of them at all of these.
    fn logarithmic(low: f64, high: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "powers of ten of finite numbers")]
        let power = |value: f64| libm::floor(libm::log10(value) + 1e-9) as i32;
        let all: Vec<(f64, bool)> = (power(low)..=power(high) + 1)
            .flat_map(|power| {
                let size = libm::pow(10.0, f64::from(power));
                [(size, true), (size * 2.0, false), (size * 5.0, false)]
            })
            .collect();
        let from = all.iter().rposition(|it| it.0 <= low * 1.000_001).unwrap_or(0);
        let to = all.iter().position(|it| high * 0.999_999 <= it.0).unwrap_or(all.len() - 1);
        let marks = &all[from..=to.max(from + 1).min(all.len() - 1)];
        let is_short = high < low * 100.0;
        let ticks = marks.iter().filter(|it| is_short || it.1).map(|it| it.0).collect();
        let (low, high) = (marks[0].0, marks[marks.len() - 1].0.max(marks[0].0 * 1.1));
        Self { low, high, log: true, from: 0.0, to: 1.0, ticks }
    }

    /// The same axis at other places.
    pub(super) fn between(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// The same axis, without round numbers at its ends.
    pub(super) fn over(self, low: f64, high: f64) -> Self {
        Self { low, high, ..self }
    }

    /// Where a number stands.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = if self.log {
            let value = value.max(self.low);
            libm::log10(value / self.low) / libm::log10(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + (self.to - self.from) * share
    }

    /// Where the axis starts: at zero, or at its least number.
    pub(super) fn base(&self) -> f64 {
        if self.log { self.low } else { 0.0_f64.clamp(self.low, self.high) }
    }

    /// The marks that have room for their numbers, a step apart of the others.
    fn labelled(&self, room: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = self.ticks.len();
        for every in 1..n.max(2) {
            let kept: Vec<f64> = self.ticks.iter().copied().step_by(every).collect();
            let fits = kept.windows(2).all(|pair| {
                let apart = (self.at(pair[1]) - self.at(pair[0])).abs();
                f64::midpoint(room(pair[0]), room(pair[1])) <= apart
            });
            if fits {
                return kept;
            }
        }
        self.ticks.first().copied().into_iter().collect()
    }
}

/// A round step of about a size: 1, 2 or 5 times a power of ten.
fn step(about: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(about)));
    let share = about / power;
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|it| share <= it * 1.0001).unwrap_or(10.0);
    round * power
}

/// The part of a chart where its numbers stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Chart<'_> {
    /// The plot beside an axis of values at the left, and above a line of labels
    /// and the name of the axis across. `right` is kept free for names.
    pub(super) fn plot(&self, values: &Scale, right: f64) -> Plot {
        let widest =
            values.ticks.iter().map(|tick| self.width(&short(*tick, DIGITS))).fold(0.0, f64::max);
        // The last number of an axis across stands half beside the plot.
        let right = right.max(LINE);
        let foot = LINE * if self.across().is_empty() { 1.2 } else { 2.3 };
        let head = self.head + LINE * 0.5;
        Plot {
            left: widest + 10.0,
            right: self.size.0 - right,
            top: head,
            bottom: self.size.1 - foot,
        }
    }

    /// Draws the axis of values at the left, its marks across the plot.
    pub(super) fn value_axis(&mut self, plot: Plot, scale: &Scale) {
        let muted = self.palette().muted();
        // Lines that guide the eye stay behind the numbers.
        let rule = self.palette().background().mix(self.palette().rule(), 0.5);
        let labelled = scale.labelled(|_| LINE);
        for tick in &scale.ticks {
            let y = scale.at(*tick);
            let is_base = tick.total_cmp(&scale.base()).is_eq();
            let pen = if is_base { Pen::new(muted, 1.6) } else { Pen::new(rule, 1.0) };
            self.sheet.line(0, (plot.left, y), (plot.right, y), pen);
            if labelled.contains(tick) {
                self.text((plot.left - 8.0, y), Anchor::End, muted, &short(*tick, DIGITS));
            }
        }
        if !scale.ticks.iter().any(|tick| tick.total_cmp(&scale.base()).is_eq()) {
            self.base_line(plot);
        }
    }

    /// The line on which a plot stands.
    pub(super) fn base_line(&mut self, plot: Plot) {
        let pen = Pen::new(self.palette().muted(), 1.6);
        self.sheet.line(0, (plot.left, plot.bottom), (plot.right, plot.bottom), pen);
    }

    /// The name of the axis across, below the plot.
    pub(super) fn across_title(&mut self, plot: Plot) {
        let title = self.across().to_owned();
        let muted = self.palette().muted();
        let at = (f64::midpoint(plot.left, plot.right), self.size.1 - LINE * 0.5);
        self.text(at, Anchor::Middle, muted, &title);
    }

    /// Draws an axis of numbers below the plot.
    pub(super) fn number_axis(&mut self, plot: Plot, scale: &Scale) {
        let muted = self.palette().muted();
        self.base_line(plot);
        let labelled = scale.labelled(|tick| self.width(&short(tick, DIGITS)) + LINE * 0.6);
        for tick in &scale.ticks {
            let x = scale.at(*tick);
            self.sheet.line(0, (x, plot.bottom), (x, plot.bottom + 5.0), Pen::new(muted, 1.6));
            if labelled.contains(tick) {
                let at = (x, plot.bottom + LINE * 0.75);
                self.text(at, Anchor::Middle, muted, &short(*tick, DIGITS));
            }
        }
        self.across_title(plot);
    }
}
