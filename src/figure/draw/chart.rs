//! `chart`: numbers as bars, lines, points, counts and spreads.
//!
//! Takes comma-separated values: a row of names, then rows whose first cell names
//! them. A chart is drawn for its room, so that its text is as large as it says.
//! Series are told apart by hue and by pattern, dash or form, and named where they
//! end. There are no legends far away, no three dimensions and no second axis.

mod axis;
mod bars;
mod data;
mod points;
mod series;
mod spread;

use self::data::{Point, Table, quantile, short, sorted};
pub(super) use self::series::hue;
use super::sheet::{Anchor, Kit, Sheet, Style, TEXT};
use super::{Drawn, Mistake, Mistakes};
use crate::color::Rgb;
use crate::diag::nearest;
use crate::model::Drawing;
use crate::theme::Palette;

/// The most series that can be told apart.
const MAX_SERIES: usize = 5;

/// The most points of all series together.
const MAX_POINTS: usize = 5_000;

/// The most bins of a histogram.
const MAX_BINS: usize = 100;

/// The least room that a chart is drawn for, in points.
const LEAST: (f64, f64) = (240.0, 150.0);

/// The pitch of a line of text.
const LINE: f64 = TEXT * 1.3;

/// How many points are said one by one to those who cannot see them.
const MAX_SAID: usize = 12;

/// The forms of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bar,
    Line,
    Scatter,
    Hist,
    Box,
}

impl Form {
    /// Every form: the word that asks for it, and what it is called.
    const ALL: [(&'static str, Self, &'static str); 5] = [
        ("bar", Self::Bar, "Bar chart"),
        ("line", Self::Line, "Line chart"),
        ("scatter", Self::Scatter, "Scatter chart"),
        ("hist", Self::Hist, "Histogram"),
        ("box", Self::Box, "Box plot"),
    ];

    /// The form that the fence names; bars where it names none.
    fn of(drawing: &Drawing, mistakes: &mut Mistakes) -> Self {
        let Some(word) = drawing.bare(0) else { return Self::Bar };
        let known = Self::ALL.iter().find(|(name, ..)| *name == word.value);
        if known.is_none() {
            mistakes.push(Mistake::at(
                word.span,
                format!("there is no chart `{}`", word.value),
                "write one of `bar`, `line`, `scatter`, `hist` and `box`",
            ));
        }
        known.map_or(Self::Bar, |(_, form, _)| *form)
    }

    fn title(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Whether the first column names the rows.
    fn is_keyed(self) -> bool {
        matches!(self, Self::Bar | Self::Line | Self::Scatter)
    }

    /// Whether the first column may be an axis of numbers.
    fn has_axis(self) -> bool {
        matches!(self, Self::Line | Self::Scatter)
    }
}

/// What the words of the fence ask for.
struct Options<'a> {
    form: Form,
    unit: &'a str,
    x: Option<&'a str>,
    y: &'a str,
    log_x: bool,
    log_y: bool,
    highlight: Vec<&'a str>,
    bins: Option<usize>,
}

impl<'a> Options<'a> {
    fn of(drawing: &'a Drawing, mistakes: &mut Mistakes) -> Self {
        let form = Form::of(drawing, mistakes);
        let word = |name: &str| drawing.word(name).map_or("", |it| it.value.as_str());
        let log = drawing.word("log");
        if let Some(log) = log.filter(|it| !["", "x", "y", "xy"].contains(&it.value.as_str())) {
            mistakes.push(Mistake::at(
                log.span,
                format!("`{}` is no axis", log.value),
                "write `log` for the values, or `log=x`, `log=y` or `log=xy`",
            ));
        }
        // The values of a histogram stand across.
        let values = if form == Form::Hist { "x" } else { "y" };
        let log = log.map_or("", |it| if it.value.is_empty() { values } else { &it.value });
        let bins = drawing.word("bins").map(|it| (it.value.parse::<usize>(), it.span));
        if let Some((Err(_) | Ok(0 | MAX_BINS..), span)) = bins {
            let message = "this is no number of bins";
            mistakes.push(Mistake::at(span, message, "write `bins=20`; fewer than 100 are drawn"));
        }
        Self {
            form,
            unit: word("unit"),
            x: drawing.word("x").map(|it| it.value.as_str()),
            y: word("y"),
            log_x: log.contains('x'),
            log_y: log.contains('y'),
            highlight: word("highlight")
                .split(',')
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .collect(),
            bins: bins.and_then(|(bins, _)| bins.ok()),
        }
    }

    /// What the values are: their name and unit.
    fn values(&self) -> String {
        match (self.y, self.unit) {
            ("", unit) => unit.to_owned(),
            (name, "") => name.to_owned(),
            (name, unit) => format!("{name} ({unit})"),
        }
    }
}

/// What a chart says to those who cannot see it: its axes and its numbers.
pub(super) fn alt(drawing: &Drawing) -> String {
    let ignored = &mut Mistakes::default();
    let options = Options::of(drawing, ignored);
    let title = options.form.title();
    let Some(table) = Table::read(&drawing.lines, options.form, ignored) else {
        return title.to_owned();
    };
    let unit = if options.unit.is_empty() { String::new() } else { format!(" {}", options.unit) };
    let number = |value: f64| format!("{}{unit}", short(value, 4));
    let series: Vec<String> = table
        .series
        .iter()
        .map(|series| {
            let values = sorted(&series.points.iter().map(|point| point.y).collect::<Vec<_>>());
            let said = if !options.form.is_keyed() || values.len() > MAX_SAID {
                let at = |share| number(quantile(&values, share));
                format!(
                    "{} values from {} to {}, median {}",
                    values.len(),
                    at(0.0),
                    at(1.0),
                    at(0.5)
                )
            } else {
                let one = |point: &Point| format!("{} {}", table.label(point), number(point.y));
                series.points.iter().map(one).collect::<Vec<_>>().join(", ")
            };
            format!("{}: {said}", series.name)
        })
        .collect();
    let across = options.x.unwrap_or(&table.key);
    let axes = [(options.y, ""), (across, " by ")];
    let axes: String = match axes {
        [("", _), ("", _)] => String::new(),
        [(y, _), ("", _)] => format!(" of {y}"),
        [("", _), (x, _)] => format!(" by {x}"),
        [(y, _), (x, by)] => format!(" of {y}{by}{x}"),
    };
    let lit = match options.highlight.as_slice() {
        [] => String::new(),
        names => format!(" Highlighted: {}.", names.join(", ")),
    };
    format!("{title}{axes}. {}.{lit}", series.join("; "))
}

/// Draws a chart.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let options = Options::of(drawing, mistakes);
    let table = Table::read(&drawing.lines, options.form, mistakes)?;
    for name in &options.highlight {
        if !table.names().any(|known| known == *name) {
            let near = nearest(name, table.names());
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the name of a series or of a row, as the data writes it".to_owned(),
            };
            let span = drawing.word("highlight").map(|it| it.span).unwrap_or_default();
            let message = format!("there is no series or row `{name}` to highlight");
            mistakes.push(Mistake::at(span, message, hint));
        }
    }
    if !mistakes.is_empty() {
        return None;
    }
    let size = (kit.room.0.max(LEAST.0), kit.room.1.max(LEAST.1));
    let sheet = Sheet::new(kit, size, 1);
    let mut chart = Chart { kit, options, table: &table, sheet, size, head: 0.0, n_patterns: 0 };
    if chart.options.form != Form::Bar {
        chart.title();
    }
    let drawn = match chart.options.form {
        Form::Line => points::draw(&mut chart, true),
        Form::Scatter => points::draw(&mut chart, false),
        Form::Hist => spread::histogram(&mut chart),
        Form::Box => spread::boxes(&mut chart),
        Form::Bar => bars::draw(&mut chart),
    };
    if let Err(mistake) = drawn {
        mistakes.push(mistake);
        return None;
    }
    Some(chart.sheet.finish())
}

/// A chart on its way.
struct Chart<'a> {
    kit: &'a Kit<'a>,
    options: Options<'a>,
    table: &'a Table,
    sheet: Sheet,
    /// Width and height, in points.
    size: (f64, f64),
    /// How much of the height is taken above the plot.
    head: f64,
    /// How many patterns are defined.
    n_patterns: usize,
}

impl<'a> Chart<'a> {
    fn palette(&self) -> &'a Palette {
        &self.kit.theme.palette
    }

    /// What stands across: as the fence says, or what the first column is called.
    fn across(&self) -> &'a str {
        match self.options.form {
            Form::Line | Form::Scatter => self.options.x.unwrap_or(&self.table.key),
            Form::Bar | Form::Hist | Form::Box => self.options.x.unwrap_or_default(),
        }
    }

    /// What the values are, in the upper left corner; of a histogram that they are
    /// counted.
    fn title(&mut self) {
        let values = self.options.values();
        let title = match self.options.form {
            Form::Hist if self.options.y.is_empty() => "count".to_owned(),
            Form::Hist => self.options.y.to_owned(),
            Form::Bar | Form::Line | Form::Scatter | Form::Box => values,
        };
        if !title.is_empty() {
            let muted = self.palette().muted();
            self.text((0.0, LINE * 0.5), Anchor::Start, muted, &title);
            self.head = LINE;
        }
    }

    fn text(&mut self, at: (f64, f64), anchor: Anchor, color: Rgb, text: &str) {
        self.sheet.text(self.kit, 0, at, anchor, Style::plain(color), text);
    }

    fn width(&self, text: &str) -> f64 {
        self.kit.width(text, Style::plain(Rgb::BLACK))
    }
}

/// A count of rows or series as a length is reckoned with.
#[expect(clippy::cast_precision_loss, reason = "a few rows and series")]
const fn count(n: usize) -> f64 {
    n as f64
}
