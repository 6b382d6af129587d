//! What the parts of the reader share.
//!
//! [`Run`] lives as long as the reading of a deck, [`Part`] as long as one of
//! its texts, [`Cx`] as long as one slide. There is no reading here.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::{Node, Sourcepos};

use super::prepare::MARKER;
use super::slide::Draft;
use super::text::Located;
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::Loader;
use crate::lock::Lock;
use crate::model::{BlockId, Runner, Slide};
use crate::source::{Sources, Span, Spanned};

/// What all texts of a deck share.
pub(super) struct Run<'r> {
    /// Reads included decks.
    pub(super) loader: &'r Loader,
    /// Keeps the texts.
    pub(super) sources: &'r mut Sources,
    /// Takes the findings.
    pub(super) diags: &'r mut Diagnostics,
    /// What runs code of other languages.
    pub(super) runners: Vec<Runner>,
    /// What is known of the deck's code.
    pub(super) lock: Option<Lock>,
    /// The slides so far, and the name that the author gave each.
    pub(super) slides: Vec<(Slide, Option<Spanned<String>>)>,
    /// How many slides held nothing that could be read, which is an error; they
    /// count all the same.
    pub(super) n_dropped: usize,
    /// The links to slides so far: the slide's name, without `#`.
    pub(super) links: Vec<Spanned<String>>,
    /// The decks being read, the outermost first: path below the root.
    pub(super) chain: Vec<String>,
    /// The labels of the footnotes that slides have referred to, for each deck
    /// of the chain.
    pub(super) used_footnotes: Vec<BTreeSet<String>>,
    /// The slide that is being read, counted from 0, and how many names its blocks
    /// have so far.
    named: (usize, u32),
    n_suggestions: u32,
}

/// For how many findings the nearest of an unbounded number of names is
/// searched: more than anyone reads in one run, few enough to take no time.
const MAX_SUGGESTIONS: u32 = 200;

impl<'r> Run<'r> {
    /// A run that has read nothing.
    pub(super) const fn new(
        loader: &'r Loader,
        sources: &'r mut Sources,
        diags: &'r mut Diagnostics,
    ) -> Self {
        Self {
            loader,
            runners: Vec::new(),
            sources,
            diags,
            lock: None,
            slides: Vec::new(),
            n_dropped: 0,
            links: Vec::new(),
            chain: Vec::new(),
            used_footnotes: Vec::new(),
            named: (0, 0),
            n_suggestions: 0,
        }
    }

    /// The number of the slide that is being read, in the source.
    pub(super) const fn number(&self) -> usize {
        self.slides.len() + self.n_dropped + 1
    }

    /// Whether the nearest names may be searched for one more finding.
    pub(super) const fn may_suggest(&mut self) -> bool {
        self.n_suggestions += 1;
        self.n_suggestions <= MAX_SUGGESTIONS
    }

    /// Whether one more file may be read.
    pub(super) fn may_open(&self) -> bool {
        self.sources.iter().count() < super::MAX_SOURCES
    }

    /// A name for the next block. Where a slide has more than there are names, the
    /// last one repeats: [`Run::has_too_many_blocks`].
    pub(super) fn next_id(&mut self) -> BlockId {
        let slide = self.slides.len();
        let (last, n_named) = self.named;
        let nth = if last == slide { n_named } else { 0 };
        self.named = (slide, nth.saturating_add(1));
        let slide = u32::try_from(slide).unwrap_or(u32::MAX);
        BlockId::new(slide, nth.min(BlockId::PER_SLIDE))
    }

    /// Whether the slide that is being read has more blocks than can be named.
    pub(super) fn has_too_many_blocks(&self) -> bool {
        self.named.0 == self.slides.len() && BlockId::PER_SLIDE < self.named.1
    }
}

/// One text of the deck: the deck itself, an included one, or a note.
pub(super) struct Part<'a> {
    /// The text that the parser read.
    pub(super) text: &'a Located,
    /// The source that it was cut from.
    pub(super) source: &'a str,
    /// The folder of the source below the root, empty or with a slash at its
    /// end.
    pub(super) folder: &'a str,
    /// The footnotes that the text defines, by normalised label.
    pub(super) footnotes: BTreeMap<String, Node<'a>>,
    /// Headings up to this level start a slide.
    pub(super) slide_level: u8,
}

impl Part<'_> {
    /// The span of a node.
    pub(super) fn span(&self, pos: Sourcepos) -> Span {
        let at = |line: usize, column: usize| {
            let start = self.text.lines.get(line.saturating_sub(1)).map(|line| line.start);
            start.unwrap_or(self.text.text.len()) + column
        };
        let start = at(pos.start.line, pos.start.column.saturating_sub(1));
        let end = at(pos.end.line, pos.end.column).max(start);
        self.on_characters(self.text.span(start..end))
    }

    /// The span, widened to whole characters.
    pub(super) fn on_characters(&self, span: Span) -> Span {
        let start = self.source.floor_char_boundary(span.start as usize);
        let end = self.source.ceil_char_boundary(span.end as usize);
        Span::new(span.source, start..end)
    }

    /// The lines of a code or HTML block whose text is `literal`, from line
    /// `first` of the text on, counted from 0: as they stand in the source,
    /// without the marks of the containers around them.
    pub(super) fn lines(&self, first: usize, literal: &str) -> Vec<(String, Span)> {
        let mut found: Vec<(String, Span)> = Vec::new();
        for (index, text) in (first..).zip(literal.lines()) {
            let Some(line) = self.text.lines.get(index) else { break };
            if line.continues && index > first {
                // The line was two for the parser; it is one in the source.
                if let Some((text, span)) = found.last_mut() {
                    let end = line.origin + line.len;
                    *span = Span::new(span.source, span.start as usize..end);
                    self.slice(*span).clone_into(text);
                }
                continue;
            }
            let whole = self.text.line(index);
            // The parser writes a tab that is cut by an indentation as spaces.
            let bare = text.trim_start_matches([' ', '\t']);
            let kept = if whole.ends_with(text) { text } else { bare };
            let cut = whole.len().saturating_sub(kept.len());
            let start = line.origin + cut.saturating_sub(line.pad).min(line.len);
            let span = Span::new(self.text.source, start..line.origin + line.len);
            let span = self.on_characters(span);
            if line.marker && text.ends_with(MARKER) {
                found.push((self.slice(span).to_owned(), span));
            } else {
                found.push((text.to_owned(), span));
            }
        }
        found
    }

    /// A line of the source, by the number that the parser gives it.
    pub(super) fn line_text(&self, number: usize) -> &str {
        let Some(line) = self.text.lines.get(number.saturating_sub(1)) else { return "" };
        self.slice(Span::new(self.text.source, line.origin..line.origin + line.len))
    }

    /// The bytes of the source under a span.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// The span of `found`, which must be a part of [`Part::slice`] of `span`.
    pub(super) fn within(&self, span: Span, from: usize, to: usize) -> Span {
        let start = (span.start as usize + from).min(span.end as usize);
        let end = (span.start as usize + to).min(span.end as usize);
        self.on_characters(Span::new(span.source, start..end))
    }
}

/// What the parts of a slide share.
pub(super) struct Cx<'c, 'r, 'a> {
    /// The run.
    pub(super) run: &'c mut Run<'r>,
    /// The text that the slide stands in.
    pub(super) part: &'c Part<'a>,
    /// The slide so far.
    pub(super) draft: &'c mut Draft,
}

impl Cx<'_, '_, '_> {
    /// Reports a finding on this slide.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let number = self.run.number();
        self.run.diags.push(diagnostic.on_slide(number));
    }

    /// The span of a node.
    pub(super) fn span(&self, node: Node<'_>) -> Span {
        let mut pos = node.data().sourcepos;
        pos.start.line += self.draft.definition_lines;
        pos.end.line += self.draft.definition_lines;
        self.part.span(pos)
    }
}
