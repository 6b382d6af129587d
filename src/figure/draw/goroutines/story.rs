//! Statements: what the lines of the fence say.
//!
//! Takes lines, gives lanes and statements, each with its row and step. What
//! cannot happen, such as a lock that two hold, is a mistake.

use std::collections::BTreeMap;

use crate::diag::nearest_hint;
use crate::figure::draw::{Mistake, Mistakes};
use crate::model::CodeLine;
use crate::source::Span;

/// The most lanes and rows: more cannot be read on a slide.
const MAX_LANES: usize = 12;
const MAX_ROWS: usize = 60;

/// The longest text of a statement, in characters: a line of a slide.
const MAX_TEXT: usize = 80;

/// What a statement says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// A lane does something.
    Does { lane: usize, text: String },
    /// One lane hands something to another.
    Sends { from: usize, to: usize, text: String },
    /// What one lane did last happens before what another does next.
    Before { from: usize, to: usize, text: String },
    /// A lane starts another: a `go` statement.
    Starts { from: usize, to: usize },
    /// A lane waits, or is busy, until the next thing happens on it.
    Lasts { lane: usize, text: String, waits: bool },
    /// What lasts on a lane is over.
    Resumes { lane: usize },
    /// A lane holds a lock until it lets it go.
    Locks { lane: usize, lock: String },
    /// A lane lets a lock go.
    Unlocks { lane: usize, lock: String },
    /// A lane is done.
    Ends { lane: usize },
}

impl Said {
    /// The lanes on which it happens.
    pub(super) fn lanes(&self) -> Vec<usize> {
        match *self {
            Self::Does { lane, .. }
            | Self::Lasts { lane, .. }
            | Self::Resumes { lane }
            | Self::Locks { lane, .. }
            | Self::Unlocks { lane, .. }
            | Self::Ends { lane } => vec![lane],
            Self::Sends { from, to, .. }
            | Self::Before { from, to, .. }
            | Self::Starts { from, to } => vec![from, to],
        }
    }

    /// Whether it is told without anything happening.
    pub(super) const fn is_remark(&self) -> bool {
        matches!(self, Self::Before { .. })
    }
}

/// A statement where it stands.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) said: Said,
    /// The row; for a remark that of what happened last.
    pub(super) row: usize,
    pub(super) step: usize,
    span: Span,
}

/// A lane.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) name: String,
    pub(super) is_channel: bool,
    /// Whether a line `lanes` names it.
    is_declared: bool,
}

/// What the lines of a fence say.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) lanes: Vec<Lane>,
    pub(super) statements: Vec<Statement>,
    pub(super) n_rows: usize,
    pub(super) n_steps: usize,
}

/// Reads one statement after the other.
struct Reader<'m> {
    story: Story,
    /// Who holds each lock.
    held: BTreeMap<String, usize>,
    /// The lanes that are done.
    ended: Vec<usize>,
    mistakes: &'m mut Mistakes,
}

impl Story {
    pub(super) fn read(lines: &[CodeLine], mistakes: &mut Mistakes) -> Self {
        let (story, held) = (Self::default(), BTreeMap::new());
        let mut reader = Reader { story, held, ended: Vec::new(), mistakes };
        let mut last_step: Option<Span> = None;
        for line in lines {
            let text = line.text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if text == "step" {
                if reader.story.statements.is_empty() || last_step.is_some() {
                    reader.wrong(line.span, "nothing happens before this step", "delete the line");
                }
                last_step = Some(line.span);
                reader.story.n_steps += 1;
            } else if let Some(names) = text.strip_prefix("lanes ") {
                names.split(',').for_each(|name| reader.declare(name.trim(), line.span));
            } else {
                last_step = None;
                reader.line(text, line.span);
            }
        }
        if let Some(span) = last_step {
            reader.wrong(span, "nothing happens at this step", "delete the line");
        }
        reader.finish(lines);
        reader.story
    }

    /// The first statement after one that happens on a lane; remarks are none.
    pub(super) fn next_on(&self, at: usize, lane: usize) -> Option<usize> {
        let later = self.statements.iter().enumerate().skip(at + 1);
        later
            .filter(|(_, it)| !it.said.is_remark() && it.said.lanes().contains(&lane))
            .map(|(nth, _)| nth)
            .next()
    }

    /// The statement that ends what lasts on a lane: one that says so, or else the
    /// next thing that happens on it.
    pub(super) fn until(&self, at: usize, lane: usize) -> Option<usize> {
        let later = self.statements.iter().enumerate().skip(at + 1);
        let mut on_lane = later.filter(|(_, it)| it.said.lanes().contains(&lane));
        let said = on_lane.find(|(_, it)| match it.said {
            Said::Resumes { .. } => true,
            Said::Lasts { lane: its, .. } => its == lane,
            _ => false,
        });
        let resumes = said.filter(|(_, it)| matches!(it.said, Said::Resumes { .. }));
        resumes.map(|(nth, _)| nth).or_else(|| self.next_on(at, lane))
    }

    /// The last statement before one that happens on a lane; remarks are none.
    pub(super) fn last_on(&self, at: usize, lane: usize) -> Option<usize> {
        let before = self.statements.iter().enumerate().take(at).rev();
        before
            .filter(|(_, it)| !it.said.is_remark() && it.said.lanes().contains(&lane))
            .map(|(nth, _)| nth)
            .next()
    }
}

impl Reader<'_> {
    fn wrong(&mut self, span: Span, what: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Mistake::at(span, what, hint));
    }

    /// Adds a lane that a line `lanes` names.
    fn declare(&mut self, name: &str, span: Span) {
        let (name, is_channel) = match name.strip_prefix("chan ") {
            Some(name) => (name.trim(), true),
            None => (name, false),
        };
        if name.is_empty() {
            return self.wrong(span, "a lane has no name", "write `lanes main, chan jobs, worker`");
        }
        if !self.story.statements.is_empty() {
            let hint = "write `lanes` before everything that happens";
            return self.wrong(span, "lanes are named after something has happened", hint);
        }
        if self.story.lanes.iter().any(|lane| lane.name == name) {
            let what = format!("the lane `{name}` is named twice");
            return self.wrong(span, what, "name each lane once");
        }
        self.add(name, is_channel, true, span);
    }

    /// Adds a lane.
    fn add(&mut self, name: &str, is_channel: bool, is_declared: bool, span: Span) {
        if self.story.lanes.len() == MAX_LANES {
            self.wrong(
                span,
                format!("`{name}` is one lane too many: {MAX_LANES} are drawn at most"),
                "leave lanes out, or join some of them in one",
            );
        }
        self.story.lanes.push(Lane { name: name.to_owned(), is_channel, is_declared });
    }

    /// The lane of a name; where no line `lanes` names any, a new one is added.
    fn lane(&mut self, name: &str, span: Span) -> Option<usize> {
        let name = name.trim();
        let bare = name.strip_prefix("chan ").map(str::trim);
        let (name, is_channel) = (bare.unwrap_or(name), bare.is_some());
        let found = self.story.lanes.iter().position(|lane| lane.name == name);
        if found.is_some() {
            return found;
        }
        let is_declared = |lane: &Lane| lane.is_declared;
        if name.is_empty() || self.story.lanes.iter().any(is_declared) {
            let names: Vec<&str> = self.story.lanes.iter().map(|it| it.name.as_str()).collect();
            let hint = nearest_hint(name, &names);
            self.wrong(span, format!("there is no lane `{name}`"), hint);
            return None;
        }
        if MAX_LANES < self.story.lanes.len() {
            return None;
        }
        self.add(name, is_channel, false, span);
        Some(self.story.lanes.len() - 1)
    }

    /// Reads a statement; one behind `&` happens at the time of the one above.
    fn line(&mut self, text: &str, span: Span) {
        let (text, with_last) = match text.strip_prefix('&') {
            Some(rest) => (rest.trim(), true),
            None => (text, false),
        };
        if with_last && self.story.n_rows == 0 {
            return self.wrong(
                span,
                "there is nothing above that happens at the same time",
                "delete the `&`",
            );
        }
        let n_mistakes = self.mistakes.len();
        let Some(said) = self.statement(text, span) else {
            if self.mistakes.len() == n_mistakes {
                self.wrong(
                    span,
                    format!("`{text}` is no statement"),
                    "write `main -> worker: job`, `worker: work()`, `main go worker`, \
                     `worker blocks: <-jobs`, `worker works: 20 ms`, `worker resumes`, `a locks mu`, `a unlocks mu`, `a ~> b` or `worker ends`",
                );
            }
            return;
        };
        if !said.is_remark() && !with_last {
            self.story.n_rows += 1;
        }
        self.check(&said, span);
        self.passes_free(&said, span);
        let (row, step) = (self.story.n_rows.saturating_sub(1), self.story.n_steps);
        self.story.statements.push(Statement { said, row, step, span });
    }

    fn statement(&mut self, text: &str, span: Span) -> Option<Said> {
        let (head, said) = match text.split_once(':') {
            Some((head, said)) => (head.trim(), said.trim().to_owned()),
            None => (text, String::new()),
        };
        let n_chars = said.chars().count();
        if MAX_TEXT < n_chars {
            self.wrong(
                span,
                format!("this text has {n_chars} characters; {MAX_TEXT} are drawn at most"),
                "say it in fewer words",
            );
            return None;
        }
        for (arrow, is_before) in [("->", false), ("~>", true)] {
            if let Some((from, to)) = head.split_once(arrow) {
                let (from, to) = self.two(from, to, span)?;
                return Some(if is_before {
                    Said::Before { from, to, text: said }
                } else {
                    Said::Sends { from, to, text: said }
                });
            }
        }
        if let Some((from, to)) = head.split_once(" go ") {
            let (from, to) = self.two(from, to, span)?;
            return Some(Said::Starts { from, to });
        }
        for (word, waits) in [(" blocks", true), (" works", false)] {
            if let Some(name) = head.strip_suffix(word) {
                return Some(Said::Lasts { lane: self.lane(name, span)?, text: said, waits });
            }
        }
        if let Some(name) = head.strip_suffix(" resumes") {
            return Some(Said::Resumes { lane: self.lane(name, span)? });
        }
        if let Some(name) = head.strip_suffix(" ends") {
            return Some(Said::Ends { lane: self.lane(name, span)? });
        }
        if let Some((name, lock)) = head.split_once(" unlocks ") {
            let lock = lock.trim().to_owned();
            return Some(Said::Unlocks { lane: self.lane(name, span)?, lock });
        }
        if let Some((name, lock)) = head.split_once(" locks ") {
            let lock = lock.trim().to_owned();
            return Some(Said::Locks { lane: self.lane(name, span)?, lock });
        }
        if said.is_empty() {
            return None;
        }
        Some(Said::Does { lane: self.lane(head, span)?, text: said })
    }

    /// Two lanes that are not the same.
    fn two(&mut self, from: &str, to: &str, span: Span) -> Option<(usize, usize)> {
        let (from, to) = (self.lane(from, span)?, self.lane(to, span)?);
        if from == to {
            let name = self.story.lanes[from].name.clone();
            let what = format!("this arrow leads from `{name}` to itself");
            self.wrong(span, what, format!("write what it does: `{name}: ...`"));
            return None;
        }
        Some((from, to))
    }

    /// Looks whether a statement can happen here.
    fn check(&mut self, said: &Said, span: Span) {
        for lane in said.lanes() {
            if self.ended.contains(&lane) && !said.is_remark() {
                let what = format!("`{}` has ended and does nothing more", self.name(lane));
                self.wrong(span, what, "write `ends` below what it does last");
            }
        }
        match said {
            Said::Locks { lane, lock } => match self.held.get(lock) {
                Some(holder) => {
                    let holder = self.name(*holder).to_owned();
                    let what = format!("`{holder}` holds `{lock}` here");
                    let hint = format!(
                        "write `{} blocks: {lock}.Lock()` here, and `locks` below `{holder} unlocks {lock}`",
                        self.name(*lane)
                    );
                    self.wrong(span, what, hint);
                }
                None => {
                    self.held.insert(lock.clone(), *lane);
                }
            },
            Said::Unlocks { lane, lock } => {
                if self.held.remove(lock) != Some(*lane) {
                    let name = self.name(*lane).to_owned();
                    let what = format!("`{name}` does not hold `{lock}` here");
                    self.wrong(span, what, format!("write `{name} locks {lock}` above"));
                }
            }
            Said::Ends { lane } => self.ended.push(*lane),
            Said::Before { from, .. } => {
                let at = self.story.statements.len();
                if self.story.last_on(at, *from).is_none() {
                    let what = format!("`{}` has done nothing yet", self.name(*from));
                    self.wrong(span, what, "write `~>` below what happens before");
                }
            }
            Said::Resumes { lane } => {
                let lasts = self.story.statements.iter().rev().find(|it| match it.said {
                    Said::Lasts { lane: its, .. } | Said::Resumes { lane: its } => its == *lane,
                    _ => false,
                });
                if !matches!(lasts.map(|it| &it.said), Some(Said::Lasts { .. })) {
                    let name = self.name(*lane).to_owned();
                    let what = format!("`{name}` neither waits nor works here");
                    self.wrong(span, what, format!("write `{name} blocks: ...` above"));
                }
            }
            Said::Does { .. } | Said::Sends { .. } | Said::Starts { .. } | Said::Lasts { .. } => {}
        }
    }

    /// Looks whether an arrow runs through what another lane does at the same time.
    fn passes_free(&mut self, said: &Said, span: Span) {
        let row = self.story.n_rows.saturating_sub(1);
        let there = self.story.statements.iter().filter(|it| it.row == row).map(|it| &it.said);
        let all: Vec<&Said> = there.chain([said]).collect();
        let through = all.iter().find_map(|it| {
            let (Said::Sends { from, to, .. } | Said::Starts { from, to }) = it else {
                return None;
            };
            let passed = from.min(to) + 1..*from.max(to);
            let boxes = all.iter().filter_map(|it| match it {
                Said::Does { lane, .. } | Said::Lasts { lane, .. } => Some(*lane),
                _ => None,
            });
            boxes.filter(|lane| passed.contains(lane)).min()
        });
        if let Some(lane) = through {
            let what = format!("an arrow runs through what `{}` does here", self.name(lane));
            self.wrong(span, what, "delete the `&`, or put the lanes in another order");
        }
    }

    /// Looks at what only shows at the end.
    fn finish(&mut self, lines: &[CodeLine]) {
        let whole = lines.iter().map(|line| line.span).reduce(Span::to).unwrap_or_default();
        for at in 0..self.story.statements.len() {
            let Statement { said: Said::Before { to, .. }, span, .. } = self.story.statements[at]
            else {
                continue;
            };
            if self.story.next_on(at, to).is_none() {
                let what = format!("`{}` does nothing after this", self.name(to));
                self.wrong(span, what, "write `~>` above what happens after");
            }
        }
        if MAX_ROWS < self.story.n_rows {
            self.wrong(
                whole,
                format!(
                    "this drawing has {} rows; {MAX_ROWS} are drawn at most",
                    self.story.n_rows
                ),
                "show it on several slides",
            );
        }
    }

    fn name(&self, lane: usize) -> &str {
        &self.story.lanes[lane].name
    }
}
