//! `benchstat`: benchmarks, before and after.
//!
//! Takes the output of `go test -bench` of one or two files, gives for each
//! benchmark the median with its range, the change, its p-value and how often it
//! ran: the texts of a table, or bars of the change. What is no significant difference is
//! grey. The figures are those of the program of that name.

use super::chart::hue;
use super::sheet::{Anchor, Kit, Pen, Sheet, Style, TEXT};
use super::{Drawn, Mistake, Mistakes, Tabled, Tone};
use crate::data::bench::{self, Change, Series, Summary};
use crate::diag::nearest;
use crate::model::{CodeLine, Drawing};
use crate::source::Span;

/// The most benchmarks of one drawing.
const MAX_ROWS: usize = 40;

/// The unit that is shown where the fence names none and the files have it.
const TIME: &str = "sec/op";

/// One benchmark: its values on each side; none where a file does not have it.
struct Row {
    name: String,
    sides: Vec<Vec<f64>>,
}

impl Row {
    fn summary(&self, side: usize) -> Option<Summary> {
        Summary::of(self.sides.get(side)?)
    }

    fn change(&self) -> Option<Change> {
        Change::between(self.sides.first()?, self.sides.get(1)?)
    }
}

/// What is compared.
struct Results {
    /// The names of the files, without folder and extension.
    files: Vec<String>,
    unit: String,
    rows: Vec<Row>,
}

impl Results {
    fn read(drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Self> {
        let mut files: Vec<(String, Span, Vec<Series>)> = Vec::new();
        for nth in 0.. {
            let Some(file) = drawing.bare(nth) else { break };
            let lines = lines_of(drawing, nth);
            match bench::read(lines.iter().map(|line| line.text.as_str())) {
                Ok(read) if read.is_empty() => mistakes.push(Mistake::at(
                    file.span,
                    format!("`{}` holds no result of a benchmark", file.value),
                    "keep what `go test -bench=. -count=10` prints",
                )),
                Ok(read) => files.push((stem(&file.value), file.span, read)),
                Err(wrong) => mistakes.push(Mistake::at(
                    lines[wrong.line].span,
                    wrong.message,
                    "keep the lines as `go test -bench=. -count=10` prints them",
                )),
            }
        }
        if !mistakes.is_empty() {
            return None;
        }
        let (_, first, _) = files.first()?;
        let all = || files.iter().flat_map(|(.., series)| series);
        let units: Vec<&str> = all().map(|it| it.unit.as_str()).collect();
        let unit = match drawing.word("unit") {
            None => units.iter().find(|it| **it == TIME).or(units.first()).copied()?,
            // As Go prints them, too.
            Some(word) => {
                let wanted = match word.value.as_str() {
                    "ns/op" => TIME,
                    "MB/s" => "B/s",
                    other => other,
                };
                let Some(unit) = units.iter().find(|it| **it == wanted) else {
                    mistakes.push(unknown(word.span, "unit", &word.value, &units));
                    return None;
                };
                unit
            }
        };
        let procs = shared_procs(all());
        let mut rows: Vec<Row> = Vec::new();
        for (side, (.., series)) in files.iter().enumerate() {
            for series in series.iter().filter(|it| it.unit == unit) {
                let name = series.name.strip_suffix(&procs).unwrap_or(&series.name);
                let at = rows.iter().position(|row| row.name == name).unwrap_or_else(|| {
                    rows.push(Row { name: name.to_owned(), sides: vec![Vec::new(); files.len()] });
                    rows.len() - 1
                });
                rows[at].sides[side].clone_from(&series.values);
            }
        }
        if let Some(only) = drawing.word("only") {
            let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let wanted: Vec<&str> = only.value.split(',').map(str::trim).collect();
            if let Some(name) = wanted.iter().find(|name| !names.contains(name)) {
                mistakes.push(unknown(only.span, "benchmark", name, &names));
                return None;
            }
            rows.retain(|row| wanted.contains(&row.name.as_str()));
        }
        if MAX_ROWS < rows.len() {
            mistakes.push(Mistake::at(
                *first,
                format!("{} benchmarks are too many for a slide", rows.len()),
                "name those that matter: `only=\"EncodeJSON,EncodeGob\"`",
            ));
            return None;
        }
        let unit = unit.to_owned();
        Some(Self { files: files.into_iter().map(|it| it.0).collect(), unit, rows })
    }

    /// The middle of a side's rows, where there are several and all have one.
    fn geomean(&self, side: usize) -> Option<f64> {
        let centers: Option<Vec<f64>> =
            self.rows.iter().map(|row| Some(row.summary(side)?.center)).collect();
        bench::geomean(&centers?).filter(|_| 1 < self.rows.len())
    }
}

/// The lines of one of the files, counted from 0.
fn lines_of(drawing: &Drawing, nth: usize) -> Vec<&CodeLine> {
    let mut sources = Vec::new();
    for line in &drawing.lines {
        if sources.last() != Some(&line.span.source) {
            sources.push(line.span.source);
        }
    }
    let source = sources.get(nth).copied();
    drawing.lines.iter().filter(|line| Some(line.span.source) == source).collect()
}

/// A word that names nothing.
fn unknown(span: Span, what: &str, name: &str, known: &[&str]) -> Mistake {
    let near = nearest(name, known.iter().copied());
    let mut listed: Vec<String> = Vec::new();
    for name in known.iter().map(|it| format!("`{it}`")) {
        if !listed.contains(&name) && listed.len() < 6 {
            listed.push(name);
        }
    }
    let hint = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the files have {}", listed.join(", ")),
    };
    Mistake::at(span, format!("the files have no {what} `{name}`"), hint)
}

/// The name of a file, without folder and extension.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// What all names end with to say on how many processors they ran, such as `-8`.
fn shared_procs<'a>(series: impl Iterator<Item = &'a Series>) -> String {
    let mut shared: Option<&str> = None;
    for series in series {
        let procs = series.name.rfind('-').map(|at| &series.name[at..]);
        let is_number = |it: &&str| it.len() > 1 && it[1..].bytes().all(|it| it.is_ascii_digit());
        match (procs.filter(is_number), shared) {
            (None, _) => return String::new(),
            (Some(procs), Some(known)) if procs != known => return String::new(),
            (procs, _) => shared = procs,
        }
    }
    shared.unwrap_or_default().to_owned()
}

/// A value in its unit, in four digits: `1.718 µs`, `23.5 KiB`, `1.2 GiB/s`.
fn shown(value: f64, unit: &str) -> String {
    let (value, prefix) = scaled(value, unit);
    let digits = if value == 0.0 { 0.0 } else { libm::floor(libm::log10(value.abs())) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let decimals = (3.0 - digits).clamp(0.0, 3.0) as usize;
    let unit = match unit {
        TIME => "s",
        "B/op" => "B",
        "B/s" => "B/s",
        // The unit of the table says it.
        _ => "",
    };
    format!("{value:.decimals$} {prefix}{unit}").trim_end().to_owned()
}

/// A value between 1 and 1,000, or 1,024 for bytes, and the prefix that makes it so.
fn scaled(value: f64, unit: &str) -> (f64, &'static str) {
    let size = value.abs();
    let prefixes: &[(f64, &'static str)] = if unit.starts_with("B/") {
        &[(1_073_741_824.0, "Gi"), (1_048_576.0, "Mi"), (1024.0, "Ki"), (1.0, "")]
    } else {
        &[
            (1e9, "G"),
            (1e6, "M"),
            (1e3, "k"),
            (1.0, ""),
            (1e-3, "m"),
            (1e-6, "µ"),
            (1e-9, "n"),
            (1e-12, "p"),
        ]
    };
    // Just below a step it would be shown as the step.
    let found = prefixes.iter().find(|(step, _)| *step * 0.999_95 <= size);
    found.filter(|_| size > 0.0).map_or((value, ""), |(step, prefix)| (value / step, prefix))
}

/// What it says to those who cannot see it.
pub(super) fn alt(drawing: &Drawing) -> String {
    let Some(results) = Results::read(drawing, &mut Mistakes::default()) else {
        return "Benchmarks".to_owned();
    };
    let rows: Vec<String> = results
        .rows
        .iter()
        .map(|row| {
            let value = |side| {
                let summary = row.summary(side)?;
                Some(format!("{} ± {}", shown(summary.center, &results.unit), summary.spread()))
            };
            let sides: Vec<String> = (0..row.sides.len()).filter_map(value).collect();
            let change = row.change().map(|it| {
                let delta =
                    if it.is_significant() { it.delta() } else { "no difference".to_owned() };
                format!(", {delta} (p={:.3}, n={})", it.p, it.count())
            });
            format!("{}: {}{}", row.name, sides.join(" to "), change.unwrap_or_default())
        })
        .collect();
    format!("Benchmarks, {}, {}. {}.", results.files.join(" to "), results.unit, rows.join("; "))
}

/// Draws results.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let results = Results::read(drawing, mistakes)?;
    // Without bars it is a table, and no drawing.
    let bars = drawing.word("bars")?;
    let compared = results.rows.iter().filter(|row| row.change().is_some()).count();
    if compared == 0 {
        mistakes.push(Mistake::at(
            bars.span,
            "there is no change to show as bars",
            "name two files that have a benchmark in common, or delete `bars`",
        ));
        return None;
    }
    self::bars(kit, &results, bars.span, mistakes)
}

/// The results as a table.
pub(super) fn table(drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Tabled> {
    let results = Results::read(drawing, mistakes)?;
    let is_pair = results.files.len() == 2;
    let mut head = vec![results.unit.clone()];
    head.extend(results.files.iter().cloned());
    head.extend(
        if is_pair { &["change", "p", "n"][..] } else { &["n"] }.iter().map(ToString::to_string),
    );
    let mut rows: Vec<Vec<(String, Tone)>> = Vec::new();
    for row in &results.rows {
        let change = row.change();
        let is_grey = change.is_some_and(|it| !it.is_significant());
        let (tone, strong) =
            if is_grey { (Tone::Muted, Tone::Muted) } else { (Tone::Plain, Tone::Strong) };
        let mut cells = vec![(row.name.clone(), tone)];
        for side in 0..row.sides.len() {
            let said = row
                .summary(side)
                .map(|it| format!("{} ± {}", shown(it.center, &results.unit), it.spread()));
            cells.push((said.unwrap_or_default(), tone));
        }
        match change {
            Some(it) => {
                cells.push((it.delta(), strong));
                cells.push((format!("{:.3}", it.p), tone));
                cells.push((it.count(), tone));
            }
            None if is_pair => {}
            None => cells.push((row.sides[0].len().to_string(), tone)),
        }
        rows.push(cells);
    }
    let means: Option<Vec<f64>> =
        (0..results.files.len()).map(|side| results.geomean(side)).collect();
    if let Some(means) = means {
        let mut cells = vec![("geomean".to_owned(), Tone::Plain)];
        let mean = |mean: &f64| (shown(*mean, &results.unit), Tone::Plain);
        cells.extend(means.iter().map(mean));
        if let [old, new] = means[..] {
            cells.push((bench::delta(old, new), Tone::Plain));
        }
        rows.push(cells);
    }
    for row in &mut rows {
        row.resize_with(head.len(), || (String::new(), Tone::Plain));
    }
    shared_count(&mut head, &mut rows);
    Some(Tabled { head, rows })
}

/// How often all ran, where that is the same, beside the unit: a column less.
fn shared_count(head: &mut Vec<String>, rows: &mut [Vec<(String, Tone)>]) {
    let last = head.len() - 1;
    let mut counts: Vec<&str> = rows.iter().map(|row| row[last].0.as_str()).collect();
    counts.retain(|count| !count.is_empty());
    counts.dedup();
    if let [count] = counts[..] {
        head[0] = format!("{}, n={count}", head[0]);
        head.pop();
        for row in rows {
            row.pop();
        }
    }
}

/// The height of a bar's row: two lines at least, and more where there is room.
const ROW: (f64, f64) = (TEXT * 2.7, TEXT * 4.0);

/// The height of the line above the bars.
const HEAD: f64 = TEXT * 1.4;

/// What stays free beside the bars.
const GAP: f64 = 14.0;

/// Bars of the change from the first file to the second, from a line at no change.
fn bars(kit: &Kit<'_>, results: &Results, place: Span, mistakes: &mut Mistakes) -> Option<Drawn> {
    let palette = &kit.theme.palette;
    let (text, muted) = (palette.text(), palette.muted());
    let rows: Vec<(&Row, Change)> =
        results.rows.iter().filter_map(|row| Some((row, row.change()?))).collect();
    // Nothing before and nothing after is no change.
    let share = |change: &Change| {
        if change.new.total_cmp(&change.old).is_eq() { 0.0 } else { change.new / change.old - 1.0 }
    };
    if let Some((row, _)) = rows.iter().find(|(_, it)| !share(it).is_finite()) {
        mistakes.push(Mistake::at(
            place,
            format!("`{}` was zero, and no bar is long enough", row.name),
            "delete `bars`, or leave it out with `only=`",
        ));
        return None;
    }
    let plain = Style::plain(text);
    let width = |text: &str, style| kit.width(text, style);
    let medians = |it: &Change| {
        format!("{} → {}", shown(it.old, &results.unit), shown(it.new, &results.unit))
    };
    let facts = |it: &Change| format!("p={:.3} n={}", it.p, it.count());
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names = widest(
        &mut rows.iter().map(|(row, it)| width(&row.name, plain).max(width(&medians(it), plain))),
    );
    let head = format!("{} → {}", results.files[0], results.files[1]);
    let names = names.max(width(&head, plain));
    let said = widest(
        &mut rows
            .iter()
            .map(|(_, it)| width(&it.delta(), plain.bold()).max(width(&facts(it), plain))),
    );
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let n_rows = rows.len() as f64;
    let pitch = ((kit.room.1 - HEAD) / n_rows).clamp(ROW.0, ROW.1);
    let height = pitch * n_rows + HEAD;
    let room = (kit.room.0 - names - said - GAP * 2.0).max(160.0);
    let low = rows.iter().map(|(_, it)| share(it)).fold(0.0, f64::min);
    let high = rows.iter().map(|(_, it)| share(it)).fold(0.0, f64::max);
    let span = (high - low).max(1e-6);
    let zero = names + GAP + room * -low / span;
    let size = (names + room + said + GAP * 2.0, height);
    let mut sheet = Sheet::new(kit, size, 1);
    sheet.text(kit, 0, (names, TEXT * 0.6), Anchor::End, Style::plain(muted), &head);
    let unit = format!("change of {}", results.unit);
    sheet.text(kit, 0, (names + GAP, TEXT * 0.6), Anchor::Start, Style::plain(muted), &unit);
    sheet.line(0, (zero, HEAD), (zero, height), Pen::new(muted, 1.6));
    let mut y = HEAD + pitch / 2.0;
    for (row, change) in rows {
        let is_grey = !change.is_significant();
        // One hue grows, the other shrinks; where a bar stands says it, too.
        let changed = (text, hue(palette, usize::from(0.0 < share(&change))));
        let (ink, color) = if is_grey { (muted, muted) } else { changed };
        let (above, below) = (y - TEXT * 0.6, y + TEXT * 0.6);
        sheet.text(kit, 0, (names, above), Anchor::End, Style::plain(ink), &row.name);
        sheet.text(kit, 0, (names, below), Anchor::End, Style::plain(muted), &medians(&change));
        let end = zero + room * share(&change) / span;
        let bar = (zero.min(end), y - TEXT * 0.62, (end - zero).abs().max(1.0), TEXT * 1.24);
        let fill = if is_grey { palette.background().mix(color, 0.25) } else { color };
        sheet.rect(0, bar, 1.5, &fill.to_string(), Some(Pen::new(color, 1.5)));
        let at = names + room + GAP * 2.0;
        let style = if is_grey { Style::plain(ink) } else { Style::plain(ink).bold() };
        sheet.text(kit, 0, (at, above), Anchor::Start, style, &change.delta());
        sheet.text(kit, 0, (at, below), Anchor::Start, Style::plain(muted), &facts(&change));
        y += pitch;
    }
    Some(sheet.finish())
}

#[cfg(test)]
mod tests {
    use super::{shown, stem};

    #[test]
    fn values_have_the_prefix_that_makes_them_short() {
        let time = [1.718e-6, 46.55e-9, 2.5, 0.9999e-6, 0.999_999e-6].map(|it| shown(it, "sec/op"));
        assert_eq!(time, ["1.718 µs", "46.55 ns", "2.500 s", "999.9 ns", "1.000 µs"]);
        assert_eq!(shown(24_064.0, "B/op"), "23.50 KiB");
        assert_eq!(shown(0.0, "allocs/op"), "0.000");
        assert_eq!(shown(1200.0, "allocs/op"), "1.200 k");
        assert_eq!(stem("results/go1.19.txt"), "go1.19");
    }
}
