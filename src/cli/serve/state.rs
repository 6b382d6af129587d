//! What a preview shows: the last good version of every slide, the findings, and
//! what of it a page does not know yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::cli::report::Report;
use crate::cli::report::human;
use crate::diag::{Diagnostic, Level};
use crate::html::{self, LiveSlide, Place, Preview};
use crate::lock;

/// What was made of the deck at a moment.
pub(super) struct Made {
    /// The slides; `None` where an error concerns all of them.
    pub(super) preview: Option<Preview>,
    pub(super) findings: Vec<Finding>,
    /// How the deck stands, in a line.
    pub(super) summary: String,
    /// The findings as a terminal shows them.
    pub(super) told: String,
}

impl Made {
    /// Nothing could be made, for a reason that stands in no text.
    pub(super) fn failed(why: String) -> Self {
        let text = anstream::adapter::strip_str(&why).to_string();
        let finding = Finding {
            id: None,
            slide: None,
            level: Level::Error,
            text,
            path: String::new(),
            line: 0,
        };
        Self { preview: None, findings: vec![finding], summary: "no deck".to_owned(), told: why }
    }
}

/// A finding as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Finding {
    /// The name of the slide that it concerns.
    #[serde(skip)]
    id: Option<String>,
    /// Which of the slides that are shown it concerns, counted from 0.
    slide: Option<usize>,
    level: Level,
    /// As on a terminal, without colours.
    text: String,
    /// The file, relative to the root, and the line, counted from 1.
    path: String,
    line: usize,
}

impl Finding {
    pub(super) fn new(report: &Report, finding: &Diagnostic, id: Option<String>) -> Self {
        let text = human::one(report, finding);
        let text = anstream::adapter::strip_str(&text).to_string();
        let source = report.sources.iter().find(|(id, _)| *id == finding.span.source);
        let (path, line) = source.map_or((String::new(), 0), |(_, source)| {
            let path = source.path.to_string_lossy().replace('\\', "/");
            (path, source.line(finding.span.range().start))
        });
        Self { id, slide: None, level: finding.level, text, path, line }
    }
}

/// One slide that is shown.
#[derive(Clone)]
struct Shown {
    place: Place,
    content: Arc<LiveSlide>,
    hash: String,
    /// Whether the slide is broken: what is shown is its last good version.
    broken: bool,
}

/// What is shown.
#[derive(Default)]
pub(super) struct State {
    /// Which run of the server it belongs to.
    pub(super) server: String,
    pub(super) revision: u64,
    preview: Option<Preview>,
    shown: Vec<Shown>,
    findings: Vec<Finding>,
    summary: String,
    pub(super) told: String,
}

/// What a page is told.
#[derive(Serialize)]
pub(super) struct Update<'a> {
    server: &'a str,
    revision: u64,
    reload: bool,
    title: &'a str,
    plan: &'a str,
    style: Option<&'a str>,
    slides: Vec<ShownSlide<'a>>,
    contents: BTreeMap<&'a str, &'a LiveSlide>,
    findings: &'a [Finding],
    summary: &'a str,
    follow: Option<usize>,
    edits: bool,
    remote: bool,
}

#[derive(Serialize)]
struct ShownSlide<'a> {
    hash: &'a str,
    path: &'a str,
    line: usize,
    broken: bool,
}

/// What the server can do for a page.
#[derive(Clone, Copy)]
pub(super) struct Can {
    pub(super) edit: bool,
    pub(super) steer: bool,
}

impl State {
    /// The first state of a server.
    pub(super) fn first(server: String, made: Made) -> Self {
        Self { server, ..Self::default() }.after(made)
    }

    /// What is shown after a change.
    pub(super) fn after(&self, made: Made) -> Self {
        let Made { preview, mut findings, summary, told } = made;
        let preview = preview.filter(|it| !it.slides.is_empty());
        let shown = match &preview {
            Some(preview) => self.shown_of(preview),
            None => self.shown.clone(),
        };
        for finding in &mut findings {
            let id = finding.id.as_ref();
            finding.slide = id.and_then(|id| shown.iter().position(|it| it.place.id == *id));
        }
        Self {
            server: self.server.clone(),
            revision: self.revision + 1,
            preview: preview.or_else(|| self.preview.clone()),
            shown,
            findings,
            summary,
            told,
        }
    }

    fn shown_of(&self, preview: &Preview) -> Vec<Shown> {
        let by_id: BTreeMap<&str, &Shown> =
            self.shown.iter().map(|it| (it.place.id.as_str(), it)).collect();
        let shown = preview.slides.iter().enumerate().map(|(at, (place, content))| {
            let old = by_id.get(place.id.as_str());
            let broken = content.is_none();
            let content = match (content, old) {
                (Some(content), _) => Arc::clone(content),
                (None, Some(old)) => Arc::clone(&old.content),
                (None, None) => Arc::new(html::broken(place)),
            };
            let known = self.shown.get(at).into_iter().chain(old.copied());
            let known = known.filter(|it| it.content == content).map(|it| it.hash.clone()).next();
            let hash = known.unwrap_or_else(|| hash(&content));
            Shown { place: place.clone(), content, hash, broken }
        });
        shown.collect()
    }

    /// Whether a page shows the one as it shows the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let slides = |state: &Self| -> Vec<_> {
            let slide = |it: &Shown| (it.hash.clone(), it.place.clone(), it.broken);
            state.shown.iter().map(slide).collect()
        };
        let style = |state: &Self| state.preview.as_ref().map(|it| it.style.clone());
        slides(self) == slides(other)
            && self.findings == other.findings
            && self.summary == other.summary
            && self.told == other.told
            && style(self) == style(other)
    }

    /// The page.
    pub(super) fn page(&self, can: Can) -> String {
        let Some(preview) = &self.preview else {
            let text = anstream::adapter::strip_str(&self.told).to_string();
            return html::waiting(&text);
        };
        let slides: Vec<_> = self.shown.iter().map(|it| Arc::clone(&it.content)).collect();
        let mut all = self.update(None, can, false);
        all.style = None;
        html::document(preview, &slides, &all)
    }

    /// A picture of the deck.
    pub(super) fn picture(&self, name: &str) -> Option<html::Picture> {
        self.preview.as_ref()?.pictures.get(name).cloned()
    }

    /// The deck's title.
    pub(super) fn title(&self) -> &str {
        self.preview.as_ref().map_or("", Preview::title)
    }

    /// Whether the deck has a source of this name: no other can be opened.
    pub(super) fn has_source(&self, path: &str) -> bool {
        self.shown.iter().any(|it| it.place.path == path)
            || self.findings.iter().any(|it| it.path == path && !path.is_empty())
    }

    /// What a page is told that shows `before`, or nothing of this deck.
    pub(super) fn update<'a>(
        &'a self,
        before: Option<&'a Self>,
        can: Can,
        follow: bool,
    ) -> Update<'a> {
        let of = |state: Option<&'a Self>| state.and_then(|it| it.preview.as_ref());
        let (old, new) = (of(before), of(Some(self)));
        let known: BTreeSet<&str> =
            before.into_iter().flat_map(|it| &it.shown).map(|it| it.hash.as_str()).collect();
        let news = self.shown.iter().filter(|it| !known.contains(it.hash.as_str()));
        let reload = match (before, old, new) {
            (Some(_), Some(old), Some(new)) => !new.has_frame_of(old),
            (Some(_), None, Some(_)) => true,
            _ => false,
        };
        let hashes = |state: &'a Self| state.shown.iter().map(|it| it.hash.as_str());
        let edited = before.filter(|_| follow).and_then(|before| {
            let olds = hashes(before).map(Some).chain(std::iter::repeat(None));
            hashes(self).zip(olds).position(|(new, old)| Some(new) != old)
        });
        let style = new.map(|it| it.style.as_str());
        Update {
            server: &self.server,
            revision: self.revision,
            reload,
            title: self.title(),
            plan: new.map_or("{}", |it| it.plan.as_str()),
            style: style.filter(|style| old.is_none_or(|old| old.style != *style)),
            slides: self
                .shown
                .iter()
                .map(|it| ShownSlide {
                    hash: &it.hash,
                    path: &it.place.path,
                    line: it.place.line,
                    broken: it.broken,
                })
                .collect(),
            contents: news.map(|it| (it.hash.as_str(), &*it.content)).collect(),
            findings: &self.findings,
            summary: &self.summary,
            follow: edited,
            edits: can.edit,
            remote: can.steer,
        }
    }
}

/// What a slide is known by.
fn hash(content: &LiveSlide) -> String {
    let text = serde_json::to_vec(content).expect("texts and numbers become JSON");
    lock::hex(&Sha256::digest(text)[..16])
}
