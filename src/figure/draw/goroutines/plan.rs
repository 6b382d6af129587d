//! Where everything stands, and how it looks.
//!
//! Lanes stand as far apart as what is written between them needs, and farther
//! where there is room; rows have one height. What needs more room than there is
//! is drawn all the same: it is scaled down like any picture, and the law on small
//! text says by how much it must become simpler.

use super::story::{Lane, Said, Statement, Story};
use crate::color::Rgb;
use crate::figure::draw::Drawn;
use crate::figure::draw::sheet::{Anchor, Kit, Pen, Point, Sheet, Style};
use crate::model::CalloutKind;
use crate::theme::Palette;

/// The height of a lane's head, and what is free below it.
const HEAD: f64 = 38.0;
const BELOW_HEAD: f64 = 8.0;

/// The height of a row: the least, and the most where there is room.
const ROW: (f64, f64) = (36.0, 50.0);

/// The height of the box around what a lane does.
const EVENT: f64 = 30.0;

/// The least distance of two lanes, and how much room may widen it.
const GAP: f64 = 64.0;
const WIDER: f64 = 130.0;

/// What is free around a text in a box, and beside a lane or an arrow.
const PAD: f64 = 11.0;

/// Half the width of the bar of one that waits or holds a lock.
const BAR: f64 = 7.0;

/// How far below the middle of its row an arrow runs: its text stands above it.
const ARROW: f64 = 10.0;

/// Draws a story, a layer a step.
pub(super) fn draw(kit: &Kit<'_>, story: &Story) -> Drawn {
    let text = Style::plain(kit.theme.palette.text());
    let widths = Widths { kit, story, text };
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let n_rows = story.n_rows as f64;
    let row = ((kit.room.1 - HEAD - BELOW_HEAD) / n_rows).clamp(ROW.0, ROW.1);
    let height = HEAD + BELOW_HEAD + row * n_rows;
    // What is too high is scaled down, so that there is more room across.
    let room = kit.room.0 * (height / kit.room.1).max(1.0);
    let (lanes, width) = widths.lanes(room);
    let sheet = Sheet::new(kit, (width, height), story.n_steps + 1);
    let palette = &kit.theme.palette;
    let mut plan = Plan { widths, palette, sheet, lanes, row, height };
    plan.define();
    plan.all();
    plan.sheet.finish()
}

/// What is written, and how wide it is.
struct Widths<'a> {
    kit: &'a Kit<'a>,
    story: &'a Story,
    text: Style,
}

impl Widths<'_> {
    fn of(&self, text: &str) -> f64 {
        self.kit.width(text, self.text)
    }

    /// Half the head of a lane.
    fn head(&self, lane: &Lane) -> f64 {
        self.kit.width(&lane.name, self.text.bold()) / 2.0 + PAD + 3.0
    }

    /// How far what a statement draws reaches to the left and right of the lane.
    fn reach(&self, said: &Said, lane: usize) -> (f64, f64) {
        match said {
            Said::Does { lane: its, text } if *its == lane => {
                let half = self.of(text) / 2.0 + PAD;
                (half, half)
            }
            Said::Lasts { lane: its, .. }
            | Said::Locks { lane: its, .. }
            | Said::Unlocks { lane: its, .. }
                if *its == lane =>
            {
                (BAR, BAR + PAD + beside(said).map_or(0.0, |text| self.of(&text)))
            }
            Said::Does { .. }
            | Said::Lasts { .. }
            | Said::Locks { .. }
            | Said::Unlocks { .. }
            | Said::Sends { .. }
            | Said::Before { .. }
            | Said::Starts { .. }
            | Said::Resumes { .. }
            | Said::Ends { .. } => (BAR, BAR),
        }
    }

    /// How far a lane reaches to the left and right in a row.
    fn in_row(&self, row: usize, lane: usize) -> (f64, f64) {
        let there = self.story.statements.iter().filter(|it| it.row == row);
        there
            .map(|it| self.reach(&it.said, lane))
            .fold((BAR, BAR), |all, it| (all.0.max(it.0), all.1.max(it.1)))
    }

    /// The middle of each lane, and the width of all, where there is so much room.
    fn lanes(&self, room: f64) -> (Vec<f64>, f64) {
        let lanes = &self.story.lanes;
        let reaches: Vec<Vec<(f64, f64)>> = (0..self.story.n_rows)
            .map(|row| (0..lanes.len()).map(|lane| self.in_row(row, lane)).collect())
            .collect();
        let mut gaps: Vec<f64> = (1..lanes.len())
            .map(|lane| {
                let heads = self.head(&lanes[lane - 1]) + self.head(&lanes[lane]) + PAD;
                let rows = reaches.iter().map(|row| row[lane - 1].1 + row[lane].0 + PAD);
                rows.fold(heads.max(GAP), f64::max)
            })
            .collect();
        for statement in &self.story.statements {
            let (Some((from, to)), Some(text)) = (ends(&statement.said), label(&statement.said))
            else {
                continue;
            };
            let width = self.of(&text);
            if statement.said.is_remark() {
                // It runs from box to box, anywhere between them.
                let between = &mut gaps[from.min(to)..from.max(to)];
                #[expect(clippy::cast_precision_loss, reason = "a few lanes")]
                let each = (width + 2.0 * GAP) / between.len() as f64;
                for gap in between {
                    *gap = gap.max(each);
                }
            } else {
                let row = &reaches[statement.row];
                let first = if from < to { from } else { from - 1 };
                let others = row[first].1 + row[first + 1].0;
                gaps[first] = gaps[first].max(width + others + 2.0 * PAD);
            }
        }
        let edge = |lane: usize, side: fn(&(f64, f64)) -> f64| {
            reaches.iter().map(|row| side(&row[lane])).fold(self.head(&lanes[lane]), f64::max) + 2.0
        };
        let (left, right) = (edge(0, |it| it.0), edge(lanes.len() - 1, |it| it.1));
        let needed = left + gaps.iter().sum::<f64>() + right;
        if !gaps.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "a few lanes")]
            let more = (room - needed) / gaps.len() as f64;
            for gap in &mut gaps {
                *gap += more.clamp(0.0, WIDER);
            }
        }
        let mut middles = vec![left];
        for gap in &gaps {
            middles.push(middles.last().copied().unwrap_or(left) + gap);
        }
        let width = middles.last().copied().unwrap_or(left) + right;
        (middles, width)
    }
}

/// Where an arrow leads from and to.
fn ends(said: &Said) -> Option<(usize, usize)> {
    match *said {
        Said::Sends { from, to, .. }
        | Said::Before { from, to, .. }
        | Said::Starts { from, to } => Some((from, to)),
        Said::Does { .. }
        | Said::Lasts { .. }
        | Said::Resumes { .. }
        | Said::Locks { .. }
        | Said::Unlocks { .. }
        | Said::Ends { .. } => None,
    }
}

/// What stands on an arrow.
fn label(said: &Said) -> Option<String> {
    match said {
        Said::Sends { text, .. } | Said::Before { text, .. } => {
            Some(text.clone()).filter(|text| !text.is_empty())
        }
        Said::Starts { .. } => Some("`go`".to_owned()),
        Said::Does { .. }
        | Said::Lasts { .. }
        | Said::Resumes { .. }
        | Said::Locks { .. }
        | Said::Unlocks { .. }
        | Said::Ends { .. } => None,
    }
}

/// What stands beside a bar.
fn beside(said: &Said) -> Option<String> {
    match said {
        Said::Lasts { text, waits: true, .. } if text.is_empty() => Some("blocks".to_owned()),
        Said::Lasts { text, .. } => Some(text.clone()).filter(|text| !text.is_empty()),
        Said::Locks { lock, .. } => Some(format!("`{lock}.Lock()`")),
        Said::Unlocks { lock, .. } => Some(format!("`{lock}.Unlock()`")),
        Said::Does { .. }
        | Said::Sends { .. }
        | Said::Before { .. }
        | Said::Starts { .. }
        | Said::Resumes { .. }
        | Said::Ends { .. } => None,
    }
}

/// The drawing on its way.
struct Plan<'a> {
    widths: Widths<'a>,
    palette: &'a Palette,
    sheet: Sheet,
    /// The middle of each lane.
    lanes: Vec<f64>,
    /// The height of a row.
    row: f64,
    height: f64,
}

impl Plan<'_> {
    fn waits(&self) -> Rgb {
        self.palette.callout(CalloutKind::Caution)
    }

    fn holds(&self) -> Rgb {
        self.palette.callout(CalloutKind::Important)
    }

    /// The pattern of the bar of one that waits.
    fn define(&mut self) {
        let (waits, ground) = (self.waits(), self.palette.background());
        self.sheet.define(&format!(
            "<pattern id=\"waits\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"M0 0H7V7H0Z\" fill=\"{ground}\"/><path d=\"M-1 8L8 -1M-1 1L1 -1M6 8L8 6\" \
             stroke=\"{waits}\" stroke-width=\"1.8\" fill=\"none\"/></pattern>"
        ));
    }

    /// Lanes, then bars, arrows, and boxes on top.
    fn all(&mut self) {
        let story = self.widths.story;
        (0..story.lanes.len()).for_each(|lane| self.lane(lane));
        let passes: [fn(&Said) -> bool; 3] = [
            |it| matches!(it, Said::Lasts { .. } | Said::Locks { .. } | Said::Ends { .. }),
            |it| ends(it).is_some(),
            |it| matches!(it, Said::Does { .. } | Said::Unlocks { .. }),
        ];
        for is_in in passes {
            for (at, statement) in story.statements.iter().enumerate() {
                if is_in(&statement.said) {
                    self.statement(at, statement);
                }
            }
        }
    }

    /// The middle of a row.
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    fn y(&self, row: usize) -> f64 {
        HEAD + BELOW_HEAD + self.row * (row as f64 + 0.5)
    }

    /// The head of a lane, and its line for as long as it lives.
    fn lane(&mut self, lane: usize) {
        let story = self.widths.story;
        let x = self.lanes[lane];
        let row_of = |is_it: &dyn Fn(&Said) -> bool| {
            story.statements.iter().find(|it| is_it(&it.said)).map(|it| it.row)
        };
        let start = row_of(&|it| matches!(it, Said::Starts { to, .. } if *to == lane));
        let end = row_of(&|it| matches!(it, Said::Ends { lane: its } if *its == lane));
        let top = start.map_or(HEAD, |row| self.y(row) + ARROW);
        let bottom = end.map_or(self.height, |row| self.y(row));
        let is_channel = story.lanes[lane].is_channel;
        let (color, width) =
            if is_channel { (self.palette.accent(), 6.0) } else { (self.palette.muted(), 2.0) };
        if start.is_some() {
            let pen = Pen::new(self.palette.rule(), 1.6).dashed("0.1 6");
            self.sheet.line(0, (x, HEAD + 4.0), (x, top - 4.0), pen);
        }
        self.sheet.line(0, (x, top), (x, bottom - width / 2.0), Pen::new(color, width));
        let half = self.widths.head(&story.lanes[lane]);
        let (radius, surface) = (if is_channel { HEAD / 2.0 - 2.0 } else { 7.0 }, self.surface());
        let around = (x - half, 1.5, half * 2.0, HEAD - 3.0);
        self.sheet.rect(0, around, radius, &surface, Some(Pen::new(color, 2.0)));
        let style = self.widths.text.bold();
        self.sheet.text(
            self.widths.kit,
            0,
            (x, HEAD / 2.0),
            Anchor::Middle,
            style,
            &story.lanes[lane].name,
        );
    }

    fn surface(&self) -> String {
        self.palette.surface().to_string()
    }

    fn statement(&mut self, at: usize, statement: &Statement) {
        let Statement { said, row, step, .. } = statement;
        let (y, step) = (self.y(*row), *step);
        match said {
            Said::Does { lane, text } => {
                let (x, half) = (self.lanes[*lane], self.widths.of(text) / 2.0 + PAD);
                let around = (x - half, y - EVENT / 2.0, half * 2.0, EVENT);
                let (surface, pen) = (self.surface(), Pen::new(self.palette.muted(), 1.6));
                self.sheet.rect(step, around, 6.0, &surface, Some(pen));
                self.sheet.text(
                    self.widths.kit,
                    step,
                    (x, y),
                    Anchor::Middle,
                    self.widths.text,
                    text,
                );
            }
            Said::Sends { from, to, .. } => {
                self.across(at, (*from, *to), Pen::new(self.palette.accent(), 2.6));
            }
            Said::Starts { from, to } => {
                let color = self.palette.callout(CalloutKind::Tip);
                self.across(at, (*from, *to), Pen::new(color, 2.6));
            }
            Said::Before { from, to, .. } => self.before(at, (*from, *to)),
            Said::Lasts { lane, waits, .. } => {
                let next = self.widths.story.until(at, *lane);
                let until = next.map_or(self.height, |next| self.touched_at(next));
                let top = y - 12.0;
                let around = (self.lanes[*lane] - BAR, top, BAR * 2.0, until - top);
                let (color, fill) = if *waits {
                    (self.waits(), "url(#waits)".to_owned())
                } else {
                    let works = self.palette.callout(CalloutKind::Note);
                    (works, works.to_string())
                };
                self.sheet.rect(step, around, 3.0, &fill, Some(Pen::new(color, 1.8)));
                self.beside(step, *lane, y, said, color);
            }
            Said::Locks { lane, .. } => {
                let (top, until) = (y - 12.0, self.y(self.released(at)) + 12.0);
                let around = (self.lanes[*lane] - BAR, top, BAR * 2.0, until - top);
                let holds = self.holds();
                self.sheet.rect(step, around, 3.0, &holds.to_string(), None);
                self.beside(step, *lane, y, said, holds);
            }
            // It is where the bar ends.
            Said::Resumes { .. } => {}
            Said::Unlocks { lane, .. } => self.beside(step, *lane, y, said, self.holds()),
            Said::Ends { lane } => {
                let x = self.lanes[*lane];
                let pen = Pen::new(self.palette.muted(), 3.0);
                self.sheet.line(step, (x - 11.0, y), (x + 11.0, y), pen);
            }
        }
    }

    /// The height at which something begins to happen on a lane: where its arrow
    /// or its box is.
    fn touched_at(&self, at: usize) -> f64 {
        let Statement { said, row, .. } = &self.widths.story.statements[at];
        let shift = match said {
            Said::Sends { .. } | Said::Starts { .. } | Said::Resumes { .. } => ARROW,
            Said::Does { .. } => -EVENT / 2.0,
            Said::Lasts { .. } | Said::Locks { .. } => -14.0,
            Said::Before { .. } | Said::Unlocks { .. } | Said::Ends { .. } => 0.0,
        };
        self.y(*row) + shift
    }

    /// The row in which a lock is let go; the last one, if it never is.
    fn released(&self, at: usize) -> usize {
        let story = self.widths.story;
        let Said::Locks { lane, lock } = &story.statements[at].said else { return 0 };
        let lets_go = |it: &&Statement| matches!(&it.said, Said::Unlocks { lane: its, lock: what } if its == lane && what == lock);
        let later = story.statements[at..].iter().find(lets_go);
        later.map_or(story.n_rows.saturating_sub(1), |it| it.row)
    }

    /// How far from the middle of a lane an arrow ends in a row.
    fn half(&self, lane: usize, row: usize) -> f64 {
        let story = self.widths.story;
        let has_bar = story.statements.iter().enumerate().any(|(at, it)| {
            let until = match &it.said {
                Said::Locks { lane: its, .. } if *its == lane => self.released(at),
                Said::Lasts { lane: its, .. } if *its == lane => {
                    let next = story.until(at, lane);
                    next.map_or(story.n_rows, |next| story.statements[next].row)
                }
                _ => return false,
            };
            (it.row..=until).contains(&row)
        });
        match (has_bar, story.lanes[lane].is_channel) {
            (true, _) => BAR + 1.5,
            (false, true) => 4.0,
            (false, false) => 2.0,
        }
    }

    /// An arrow from lane to lane, with its text above its first part.
    fn across(&mut self, at: usize, (from, to): (usize, usize), pen: Pen) {
        let Statement { said, row, step, .. } = &self.widths.story.statements[at];
        let y = self.y(*row) + ARROW;
        let way = (self.lanes[to] - self.lanes[from]).signum();
        let start = self.lanes[from] + way * self.half(from, *row);
        let end = self.lanes[to] - way * self.half(to, *row);
        self.sheet.arrow(*step, (start, y), (end, y), pen);
        if let Some(text) = label(said) {
            let next = if from < to { from + 1 } else { from - 1 };
            let x = f64::midpoint(self.lanes[from], self.lanes[next]);
            let style = self.widths.text;
            self.sheet.text(self.widths.kit, *step, (x, y - 16.0), Anchor::Middle, style, &text);
        }
    }

    /// A dashed arrow from what one lane did last to what another does next.
    fn before(&mut self, at: usize, (from, to): (usize, usize)) {
        let story = self.widths.story;
        let (Some(first), Some(then)) = (story.last_on(at, from), story.next_on(at, to)) else {
            return;
        };
        let step = story.statements[at].step.max(story.statements[then].step);
        let way = (self.lanes[to] - self.lanes[from]).signum();
        let start = self.side(first, from, way);
        let (end_x, end_y) = self.side(then, to, -way);
        // An arrow that arrives there has its head on the line.
        let is_arrow = ends(&story.statements[then].said).is_some();
        let end = (end_x, if is_arrow { end_y - 9.0 } else { end_y });
        let pen = Pen::new(self.palette.callout(CalloutKind::Note), 2.2).dashed("7 6");
        self.sheet.arrow(step, start, end, pen);
        if let Some(text) = label(&story.statements[at].said) {
            let middle = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
            let half = self.widths.of(&text) / 2.0 + 5.0;
            let ground = self.palette.background().to_string();
            let around = (middle.0 - half, middle.1 - 13.0, half * 2.0, 26.0);
            self.sheet.rect(step, around, 4.0, &ground, None);
            let style = Style { color: pen.color, ..self.widths.text };
            self.sheet.text(self.widths.kit, step, middle, Anchor::Middle, style, &text);
        }
    }

    /// The side of what happens on a lane, to the right for a `way` above 0.
    fn side(&self, at: usize, lane: usize, way: f64) -> Point {
        let Statement { said, row, .. } = &self.widths.story.statements[at];
        let y = self.y(*row);
        match said {
            Said::Does { text, .. } => {
                (self.lanes[lane] + way * (self.widths.of(text) / 2.0 + PAD + 2.0), y)
            }
            Said::Sends { .. } | Said::Starts { .. } => {
                (self.lanes[lane] + way * (self.half(lane, *row) + 3.0), y + ARROW)
            }
            // Above or below what stands beside the bar.
            Said::Unlocks { .. } => (self.lanes[lane] + way * (BAR + 3.0), y + 14.0),
            Said::Lasts { .. }
            | Said::Resumes { .. }
            | Said::Locks { .. }
            | Said::Ends { .. }
            | Said::Before { .. } => (self.lanes[lane] + way * (BAR + 3.0), y - 10.0),
        }
    }

    /// A text at the right of a bar.
    fn beside(&mut self, step: usize, lane: usize, y: f64, said: &Said, color: Rgb) {
        if let Some(text) = beside(said) {
            let style = Style { color, ..self.widths.text };
            let x = self.lanes[lane] + BAR + PAD - 2.0;
            self.sheet.text(self.widths.kit, step, (x, y), Anchor::Start, style, &text);
        }
    }
}
