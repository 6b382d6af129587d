//! `flamegraph`: where a program spends its time.
//!
//! Takes stacks and what was spent in each; gives boxes as wide as their share, the
//! callers above what they call, or the functions for a table (`top`). The totals
//! are those of `go tool pprof`. Nothing here reads a file: what pprof writes
//! comes as folded stacks.

mod frames;
mod top;

use self::frames::Frame;
use super::sheet::{Anchor, Kit, Pen, Sheet, Style, TEXT};
use super::{Drawn, Mistake, Mistakes, Tabled};
use crate::color::Rgb;
use crate::data::profile::{self, Profile};
use crate::diag::nearest;
use crate::model::Drawing;
use crate::source::Spanned;
use crate::theme::Palette;

/// The height of a box: least, so that its name is not too small, and most.
const BOX: (f64, f64) = (TEXT * 1.3, TEXT * 1.9);

/// The height of the line above the boxes.
const HEAD: f64 = TEXT * 1.5;

/// What stays free at the edges, in points: there a step that covers another one
/// would let it shine through.
const EDGE: f64 = 2.0;

/// What is narrower, in points, shares a box with its neighbours.
const NARROW: f64 = 3.0;

/// The contrast of a name on its box: the floor of text in figures.
const FLOOR: f64 = 4.5;

/// How many functions are said to those who cannot see them.
const MAX_SAID: usize = 8;

/// What stands for all of a profile among the parts of `focus`.
const ALL: &str = "all";

/// A profile, and the parts of it that are shown one a step.
struct Read {
    profile: Profile,
    /// The functions that are shown from, in full; `None` for all.
    parts: Vec<Option<String>>,
}

fn read(drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Read> {
    let mut profile = match profile::folded(drawing.lines.iter().map(|line| line.text.as_str())) {
        Ok(profile) => profile,
        Err(line) => {
            mistakes.push(Mistake::at(
                drawing.lines[line].span,
                "this line is no stack with a number behind it",
                "write functions from the outermost to the innermost: `main;work;sum 12`",
            ));
            return None;
        }
    };
    // What pprof's format says is measured; folded stacks say nothing of it.
    let measured = drawing.word("measured").map_or("", |it| it.value.as_str());
    let (kind, unit) = measured.split_once(' ').unwrap_or((measured, ""));
    (profile.kind, profile.unit) = (kind.to_owned(), unit.to_owned());
    if let Some(unit) = drawing.word("unit") {
        unit.value.clone_into(&mut profile.unit);
    }
    if profile.total() == 0 {
        mistakes.push(Mistake::whole(
            "this profile holds no sample",
            "write stacks: `main;work;sum 12`, or name what a profiler wrote: `flamegraph cpu.pprof`",
        ));
        return None;
    }
    let parts = match drawing.word("focus") {
        None => vec![None],
        Some(focus) => focus
            .value
            .split('|')
            .map(str::trim)
            .map(|name| match name {
                ALL => None,
                name => function(&profile, focus, name, mistakes),
            })
            .collect(),
    };
    mistakes.is_empty().then_some(Read { profile, parts })
}

/// The function that a name means: in full, or without its package where only one
/// is called so.
fn function(
    profile: &Profile,
    focus: &Spanned<String>,
    name: &str,
    mistakes: &mut Mistakes,
) -> Option<String> {
    let top = profile.top();
    let known = || top.iter().map(|cost| cost.name.as_str());
    if known().any(|it| it == name) {
        return Some(name.to_owned());
    }
    let mut alike = known().filter(|it| {
        !name.is_empty()
            && it.strip_suffix(name).is_some_and(|rest| rest.ends_with(['.', '/', ':']))
    });
    let message = match (alike.next(), alike.next()) {
        (Some(one), None) => return Some(one.to_owned()),
        (Some(one), Some(other)) => {
            let message = format!("`{name}` names several functions");
            let hint = format!("write one of `{one}`, `{other}` and the like");
            mistakes.push(Mistake::at(focus.span, message, hint));
            return None;
        }
        (None, _) => format!("the profile has no function `{name}`"),
    };
    let near = nearest(name, known().chain(known().map(short)));
    let hint = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("most is spent in `{}`", top.first().map_or("", |it| &it.name)),
    };
    mistakes.push(Mistake::at(focus.span, message, hint));
    None
}

/// A function without the path of its package: `http.(*conn).serve`.
fn short(name: &str) -> &str {
    // What stands in brackets may hold paths of its own.
    let end = name.find(['[', '(']).unwrap_or(name.len());
    name[..end].rfind('/').map_or(name, |at| &name[at + 1..])
}

/// An amount in its unit: `1.23 s`, `12.5 MiB`, `120`.
fn amount(value: i64, unit: &str) -> String {
    if value == 0 {
        return "0".to_owned();
    }
    #[expect(clippy::cast_precision_loss, reason = "shown in three digits")]
    let value = value as f64;
    let steps: &[(f64, &str)] = match unit {
        "nanoseconds" => &[(1e9, " s"), (1e6, " ms"), (1e3, " µs"), (1.0, " ns")],
        "bytes" => {
            &[(1_073_741_824.0, " GiB"), (1_048_576.0, " MiB"), (1024.0, " KiB"), (1.0, " B")]
        }
        _ => &[],
    };
    let found = steps.iter().find(|(step, _)| *step <= value.abs()).or(steps.last());
    let (step, suffix) = found.copied().unwrap_or((1.0, ""));
    let unit = match (suffix, unit) {
        ("", "" | "count") => String::new(),
        ("", unit) => format!(" {unit}"),
        (suffix, _) => suffix.to_owned(),
    };
    let value = value / step;
    let decimals = match value.abs() {
        _ if suffix.is_empty() => 0,
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    format!("{value:.decimals$}{unit}")
}

/// A share in percent, in two digits below ten: `35%`, `4.2%`.
#[expect(clippy::cast_precision_loss, reason = "shown in two digits")]
fn percent(part: i64, total: i64) -> String {
    let share = part as f64 / total as f64 * 100.0;
    if share < 9.95 { format!("{share:.1}%") } else { format!("{share:.0}%") }
}

/// What it says to those who cannot see it.
pub(super) fn alt(drawing: &Drawing) -> String {
    let Some(read) = read(drawing, &mut Mistakes::default()) else {
        return "A profile".to_owned();
    };
    let total = read.profile.total();
    let costs: Vec<String> = read
        .profile
        .top()
        .iter()
        .take(MAX_SAID)
        .map(|it| {
            let (flat, cum) =
                (amount(it.flat, &read.profile.unit), amount(it.cum, &read.profile.unit));
            let (of_flat, of_cum) = (percent(it.flat, total), percent(it.cum, total));
            format!("{} {flat} ({of_flat}), with what it calls {cum} ({of_cum})", it.name)
        })
        .collect();
    let kind = if read.profile.kind.is_empty() { "Profile" } else { "Profile of " };
    format!(
        "{kind}{}: {} in all. {}.",
        read.profile.kind,
        amount(total, &read.profile.unit),
        costs.join("; ")
    )
}

/// The functions of a profile as a table.
pub(super) fn table(drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Tabled> {
    let read = read(drawing, mistakes)?;
    top::table(drawing, drawing.word("top")?, &read, mistakes)
}

/// Draws a profile, a layer for each of its parts.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let read = read(drawing, mistakes)?;
    if let Some(word) = drawing.word("top") {
        // A table is no drawing; what is wrong with it is said here.
        top::table(drawing, word, &read, mistakes);
        return None;
    }
    let roots: Vec<Frame> =
        read.parts.iter().map(|part| Frame::of(&read.profile, part.as_deref())).collect();
    let (width, room) = (kit.room.0.max(240.0), kit.room.1.max(120.0));
    let deepest = roots.iter().map(Frame::depth).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a few boxes")]
    let height = ((room - HEAD - EDGE) / deepest as f64).clamp(BOX.0, BOX.1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few boxes")]
    let fits = ((room - HEAD - EDGE) / height).floor().max(1.0) as usize;
    let shown = deepest.min(fits);
    #[expect(clippy::cast_precision_loss, reason = "a few boxes")]
    let size = (width, HEAD + height * shown as f64 + EDGE);
    let mut chart = Chart {
        kit,
        sheet: Sheet::new(kit, size, roots.len()),
        width,
        height,
        fits,
        layer: 0,
        total: read.profile.total(),
        highlight: drawing
            .word("highlight")
            .map(|it| it.value.split(',').map(|name| name.trim().to_owned()).collect())
            .unwrap_or_default(),
    };
    for (layer, root) in roots.iter().enumerate() {
        chart.layer = layer;
        if layer > 0 {
            // What is in focus takes the place of what was.
            let ground = kit.theme.palette.background().to_string();
            chart.sheet.rect(layer, (0.0, 0.0, size.0, size.1), 0.0, &ground, None);
        }
        chart.head(&read.profile, root);
        chart.frame(root, (EDGE, HEAD, width - 2.0 * EDGE), 1);
    }
    Some(chart.sheet.finish())
}

/// A drawing on its way.
struct Chart<'a> {
    kit: &'a Kit<'a>,
    sheet: Sheet,
    width: f64,
    /// The height of a box.
    height: f64,
    /// How many boxes stand below each other.
    fits: usize,
    layer: usize,
    /// What was spent in all.
    total: i64,
    /// The functions that stand out, or parts of their names.
    highlight: Vec<String>,
}

/// Whose a function is, which its colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// The program's.
    Own,
    /// The standard library's.
    Library,
    /// The runtime's.
    Runtime,
}

impl Owner {
    /// Of a function as Go names it; one without a package is the program's.
    fn of(name: &str) -> Self {
        let path = name.split(['(', '[']).next().unwrap_or(name);
        let Some((package, _)) = path
            .rsplit_once('/')
            .map_or_else(|| path.split_once('.'), |(folder, last)| Some((folder, last)))
        else {
            return Self::Own;
        };
        match package.split('/').next().unwrap_or(package) {
            "runtime" | "syscall" | "testing" | "internal" => Self::Runtime,
            "main" => Self::Own,
            // Only paths of the standard library begin without a host.
            first if first.contains(['.', ':', ' ']) => Self::Own,
            _ if path.contains("_test") => Self::Own,
            first if STANDARD.contains(&first) => Self::Library,
            _ => Self::Own,
        }
    }
}

/// The first folders of Go's standard library.
const STANDARD: [&str; 39] = [
    "archive",
    "bufio",
    "bytes",
    "cmp",
    "compress",
    "container",
    "context",
    "crypto",
    "database",
    "debug",
    "embed",
    "encoding",
    "errors",
    "expvar",
    "flag",
    "fmt",
    "go",
    "hash",
    "html",
    "image",
    "index",
    "io",
    "iter",
    "log",
    "maps",
    "math",
    "mime",
    "net",
    "os",
    "path",
    "reflect",
    "regexp",
    "slices",
    "sort",
    "strconv",
    "strings",
    "sync",
    "time",
    "unicode",
];

impl Chart<'_> {
    fn palette(&self) -> &Palette {
        &self.kit.theme.palette
    }

    /// The line above the boxes: what was measured, and whose the colours are.
    fn head(&mut self, profile: &Profile, root: &Frame) {
        let (text, muted) = (self.palette().text(), self.palette().muted());
        let kind =
            if profile.kind.is_empty() { String::new() } else { format!("{}: ", profile.kind) };
        let all = amount(self.total, &profile.unit);
        let said = if root.amount == self.total {
            format!("{kind}{all}")
        } else {
            format!("{kind}{} of {all}", amount(root.amount, &profile.unit))
        };
        let depth = root.depth();
        let cut = if self.fits < depth {
            format!(", {} of {depth} levels", self.fits)
        } else {
            String::new()
        };
        let said = format!("{said}{cut}");
        let y = TEXT * 0.55;
        self.sheet.text(self.kit, self.layer, (0.0, y), Anchor::Start, Style::plain(text), &said);
        let mut owners = Vec::new();
        root.each(&mut |frame| {
            let owner = Owner::of(&frame.name);
            if !frame.name.is_empty() && !owners.contains(&owner) {
                owners.push(owner);
            }
        });
        if owners.len() < 2 {
            return;
        }
        let mut x = self.width;
        let names =
            [(Owner::Runtime, "runtime"), (Owner::Library, "library"), (Owner::Own, "own code")];
        for (owner, name) in names.into_iter().filter(|(owner, _)| owners.contains(owner)) {
            let style = Style::plain(muted);
            self.sheet.text(self.kit, self.layer, (x, y), Anchor::End, style, name);
            x -= self.kit.width(name, style) + 24.0;
            let (fill, edge) = self.colors(owner, false);
            let swatch = (x, y - 8.0, 16.0, 16.0);
            let pen = Some(Pen::new(edge, 1.5));
            self.sheet.rect(self.layer, swatch, 2.0, &fill.to_string(), pen);
            x -= 16.0;
        }
    }

    /// Fill and edge of a box. Names on every fill reach their contrast.
    fn colors(&self, owner: Owner, is_lit: bool) -> (Rgb, Rgb) {
        let palette = self.palette();
        let edge = match owner {
            _ if is_lit => palette.accent(),
            Owner::Own => super::chart::hue(palette, 0),
            Owner::Library => super::chart::hue(palette, 4),
            Owner::Runtime => palette.rule(),
        };
        let (ground, text) = (palette.background(), palette.text());
        // Lightness tells them apart, too, where a theme has no hues.
        let share = match owner {
            _ if is_lit => 0.5,
            Owner::Own => 0.34,
            Owner::Library => 0.22,
            Owner::Runtime => 0.2,
        };
        let fills = [1.0, 0.75, 0.5, 0.25].map(|part| ground.mix(edge, share * part));
        let fill = fills.into_iter().find(|fill| FLOOR <= fill.contrast(text)).unwrap_or(ground);
        (fill, edge)
    }

    /// A box with what it calls below it.
    fn frame(&mut self, frame: &Frame, (x, y, width): (f64, f64, f64), depth: usize) {
        if self.fits < depth {
            return;
        }
        let is_lit =
            self.highlight.iter().any(|it| !it.is_empty() && frame.name.contains(it.as_str()));
        let (fill, edge) = self.colors(Owner::of(&frame.name), is_lit);
        let inner = (x + 0.75, y + 0.75, (width - 1.5).max(0.8), self.height - 1.5);
        let pen = Some(Pen::new(edge, if is_lit { 2.0 } else { 1.0 }));
        self.sheet.rect(self.layer, inner, 1.5, &fill.to_string(), pen);
        self.name(frame, (x, y, width), is_lit);
        let mut at = x;
        let mut rest = 0.0;
        for child in &frame.children {
            #[expect(clippy::cast_precision_loss, reason = "a share of a width")]
            let wide = width * child.amount as f64 / frame.amount.max(1) as f64;
            if wide < NARROW {
                rest += wide;
                continue;
            }
            self.frame(child, (at, y + self.height, wide), depth + 1);
            at += wide;
        }
        if 1.0 < rest && depth < self.fits {
            // Too narrow to be told apart: one box for all of them.
            let place =
                (at + 0.5, y + self.height + 0.75, (rest - 1.0).max(0.8), self.height - 1.5);
            let rule = self.palette().rule();
            self.sheet.rect(self.layer, place, 0.0, &rule.to_string(), None);
        }
    }

    /// The name of a box, as much of it as fits: with its share, in full, without
    /// its package, or none.
    fn name(&mut self, frame: &Frame, (x, y, width): (f64, f64, f64), is_lit: bool) {
        let style = Style::plain(self.palette().text());
        let style = if is_lit { style.bold() } else { style };
        let brief = short(&frame.name);
        let bare = brief.split_once('.').map_or(brief, |(_, bare)| bare);
        let share = percent(frame.amount, self.total);
        let forms = [format!("{brief}  {share}"), brief.to_owned(), bare.to_owned()];
        let fits = |text: &&String| self.kit.width(text, style) + 10.0 <= width;
        if let Some(text) = forms.iter().find(fits) {
            let at = (x + 6.0, y + self.height / 2.0);
            self.sheet.text(self.kit, self.layer, at, Anchor::Start, style, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Owner, amount, percent, short};

    #[test]
    fn functions_are_named_as_people_say_them() {
        assert_eq!(short("net/http.(*conn).serve"), "http.(*conn).serve");
        assert_eq!(short("example.org/a/b.F[go.shape.int/x]"), "b.F[go.shape.int/x]");
        assert_eq!(short("main.work"), "main.work");
    }

    #[test]
    fn a_function_belongs_to_the_program_the_library_or_the_runtime() {
        let owners = [
            "main.work",
            "encoding/json.Marshal",
            "runtime.mallocgc",
            "strings.ToLower",
            "example.org/x.F",
            "work",
            "internal/poll.(*FD).Read",
            "std::sort",
        ]
        .map(Owner::of);
        assert_eq!(
            owners,
            [
                Owner::Own,
                Owner::Library,
                Owner::Runtime,
                Owner::Library,
                Owner::Own,
                Owner::Own,
                Owner::Runtime,
                Owner::Own
            ]
        );
    }

    #[test]
    fn amounts_have_their_unit() {
        assert_eq!(amount(1_230_000_000, "nanoseconds"), "1.23 s");
        assert_eq!(amount(130_000_000, "nanoseconds"), "130 ms");
        assert_eq!(amount(3 << 20, "bytes"), "3.00 MiB");
        assert_eq!((amount(12, ""), amount(12, "samples")), ("12".into(), "12 samples".into()));
        assert_eq!((percent(1, 3), percent(1, 30)), ("33%".into(), "3.3%".into()));
    }
}
