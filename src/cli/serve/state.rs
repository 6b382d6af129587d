//! What a preview shows: the last good version of every slide, the findings, and
//! what of it a page does not know yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::moves;
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

    /// `talk.md:12`; `None` for what stands in no text.
    fn at(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| format!("{}:{}", self.path, self.line))
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
    /// Which slide it was before.
    was: Option<usize>,
}

/// What is shown.
#[derive(Default)]
pub(super) struct State {
    /// Which run of the server it belongs to.
    pub(super) server: String,
    pub(super) revision: u64,
    preview: Option<Preview>,
    shown: Vec<Shown>,
    /// The pictures of the slides that are shown.
    pictures: BTreeMap<String, html::Picture>,
    findings: Vec<Finding>,
    pub(super) summary: String,
    pub(super) told: String,
}

/// What a page is told.
#[derive(Serialize)]
pub(super) struct Update<'a> {
    server: &'a str,
    revision: u64,
    frame: String,
    title: &'a str,
    plan: &'a str,
    style: Option<&'a str>,
    slides: Vec<ShownSlide<'a>>,
    contents: BTreeMap<&'a str, &'a LiveSlide>,
    findings: &'a [Finding],
    summary: &'a str,
    /// The slides that were edited, where pages go to one.
    edited: Vec<usize>,
    edits: bool,
    remote: bool,
}

#[derive(Serialize)]
struct ShownSlide<'a> {
    hash: &'a str,
    id: &'a str,
    label: &'a str,
    /// Its number on its page.
    number: usize,
    /// Which slide it was in the revision before, where the page knows that one.
    was: Option<usize>,
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
            None => self.shown_still(),
        };
        for finding in &mut findings {
            let id = finding.id.as_ref();
            finding.slide = id.and_then(|id| shown.iter().position(|it| it.place.id == *id));
        }
        let pictures = match &preview {
            Some(preview) => self.pictures_of(preview, &shown),
            None => self.pictures.clone(),
        };
        Self {
            server: self.server.clone(),
            revision: self.revision + 1,
            preview: preview.or_else(|| self.preview.clone()),
            shown,
            pictures,
            findings,
            summary,
            told,
        }
    }

    /// What is shown goes on to be.
    fn shown_still(&self) -> Vec<Shown> {
        let all = self.shown.iter().enumerate();
        all.map(|(at, it)| Shown { was: Some(at), ..it.clone() }).collect()
    }

    fn shown_of(&self, preview: &Preview) -> Vec<Shown> {
        let before: Vec<&Place> = self.shown.iter().map(|it| &it.place).collect();
        let after: Vec<&Place> = preview.slides.iter().map(|(place, _)| place).collect();
        let was = moves::origins(&before, &after);
        let shown =
            preview.slides.iter().zip(was).enumerate().map(|(at, ((place, content), was))| {
                let old = was.map(|was| &self.shown[was]);
                let broken = content.is_none();
                let content = match (content, old) {
                    (Some(content), _) => Arc::clone(content),
                    (None, Some(old)) => Arc::clone(&old.content),
                    (None, None) => Arc::new(html::broken(place)),
                };
                let known = self.shown.get(at).into_iter().chain(old);
                let known =
                    known.filter(|it| it.content == content).map(|it| it.hash.clone()).next();
                let hash = known.unwrap_or_else(|| hash(&content));
                Shown { place: place.clone(), content, hash, broken, was }
            });
        shown.collect()
    }

    /// The pictures of what is shown, also where it is a version that was.
    fn pictures_of(&self, preview: &Preview, shown: &[Shown]) -> BTreeMap<String, html::Picture> {
        let mut pictures = preview.pictures.clone();
        for it in shown.iter().filter(|it| it.broken) {
            let uses = |name: &str| it.content.html.contains(name) || it.content.css.contains(name);
            for (name, picture) in &self.pictures {
                if !pictures.contains_key(name) && uses(name) {
                    pictures.insert(name.clone(), picture.clone());
                }
            }
        }
        pictures
    }

    /// Whether a page shows the one as it shows the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&Shown, &Shown)| {
            a.hash == b.hash && a.place == b.place && a.broken == b.broken
        };
        let is_dressed_alike = match (&self.preview, &other.preview) {
            (Some(a), Some(b)) => {
                a.frame() == b.frame()
                    && a.title() == b.title()
                    && a.style == b.style
                    && a.plan == b.plan
            }
            (a, b) => a.is_some() == b.is_some(),
        };
        self.shown.len() == other.shown.len()
            && self.shown.iter().zip(&other.shown).all(is_same)
            && self.findings == other.findings
            && self.summary == other.summary
            && self.told == other.told
            && is_dressed_alike
    }

    /// The page.
    pub(super) fn page(&self, can: Can) -> String {
        let Some(preview) = &self.preview else {
            let findings = self.findings.iter().map(|it| (it.text.as_str(), it.at()));
            return html::waiting(findings, &self.update(None, can, false));
        };
        let slides: Vec<_> = self.shown.iter().map(|it| Arc::clone(&it.content)).collect();
        let mut all = self.update(None, can, false);
        all.style = None;
        html::document(preview, &slides, &all)
    }

    /// A picture of the deck.
    pub(super) fn picture(&self, name: &str) -> Option<html::Picture> {
        self.pictures.get(name).cloned()
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
        let edited = before.filter(|_| follow).map(|before| self.edited_since(before));
        let style = new.map(|it| it.style.as_str());
        Update {
            server: &self.server,
            revision: self.revision,
            frame: new.map_or_else(String::new, Preview::frame),
            title: self.title(),
            plan: new.map_or("{}", |it| it.plan.as_str()),
            style: style.filter(|style| old.is_none_or(|old| old.style != *style)),
            slides: self
                .shown
                .iter()
                .map(|it| ShownSlide {
                    hash: &it.hash,
                    id: &it.place.id,
                    label: &it.place.label,
                    number: it.place.page,
                    was: it.was.filter(|_| before.is_some()),
                    path: &it.place.path,
                    line: it.place.line,
                    broken: it.broken,
                })
                .collect(),
            contents: news.map(|it| (it.hash.as_str(), &*it.content)).collect(),
            findings: &self.findings,
            summary: &self.summary,
            edited: edited.unwrap_or_default(),
            edits: can.edit,
            remote: can.steer,
        }
    }

    /// Which slides were edited: those with another text, or else those that look
    /// different, as with another picture; or else where something went or moved.
    fn edited_since(&self, before: &Self) -> Vec<usize> {
        let texts = self.new_since(before, |it| it.place.text.clone());
        if !texts.is_empty() {
            return texts;
        }
        let looks = self.new_since(before, |it| (it.hash.clone(), it.broken));
        if !looks.is_empty() {
            return looks;
        }
        let hashes = |state: &Self| state.shown.iter().map(|it| it.hash.clone()).collect();
        let (new, old): (Vec<String>, Vec<String>) = (hashes(self), hashes(before));
        let first = (0..new.len()).find(|at| new.get(*at) != old.get(*at));
        first.into_iter().collect()
    }

    /// The slides of which something is so as it was of none before.
    fn new_since<K: Ord>(&self, before: &Self, of: fn(&Shown) -> K) -> Vec<usize> {
        let olds: BTreeSet<K> = before.shown.iter().map(of).collect();
        let is_new = |(_, it): &(usize, &Shown)| !olds.contains(&of(it));
        self.shown.iter().enumerate().filter(is_new).map(|(at, _)| at).collect()
    }
}

/// What a slide is known by.
fn hash(content: &LiveSlide) -> String {
    let text = serde_json::to_vec(content).expect("texts and numbers become JSON");
    lock::hex(&Sha256::digest(text)[..16])
}
