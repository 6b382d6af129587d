//! Cues: what notes say of the delivery, by the strong word that a paragraph
//! begins with.
//!
//! `**Hook.** A build ends ...` is how a section opens; `**Key points.**`,
//! `**Transition.**` and `**Energy.**` likewise. A paragraph that begins with
//! anything else is what the speaker says.

use crate::model::{Block, BlockKind, Inline, InlineKind, Note, Style, plain_text};

/// What a paragraph of the notes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// How it opens.
    Hook,
    /// What must come across.
    KeyPoints,
    /// What leads over to the next part.
    Transition,
    /// How lively the speaker is.
    Energy,
    /// What is shown live.
    Demo,
    /// What the audience is asked to do.
    Call,
}

/// The words that stand for a cue, in small letters.
const WORDS: [(&str, Cue); 17] = [
    ("hook", Cue::Hook),
    ("opening", Cue::Hook),
    ("opening hook", Cue::Hook),
    ("key point", Cue::KeyPoints),
    ("key points", Cue::KeyPoints),
    ("key points to emphasize", Cue::KeyPoints),
    ("emphasize", Cue::KeyPoints),
    ("summary", Cue::KeyPoints),
    ("transition", Cue::Transition),
    ("energy", Cue::Energy),
    ("energy level", Cue::Energy),
    ("demo", Cue::Demo),
    ("live demo", Cue::Demo),
    ("live demo opportunity", Cue::Demo),
    ("call to action", Cue::Call),
    ("call", Cue::Call),
    ("final words", Cue::Call),
];

/// The notes of a slide, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues<'a> {
    /// What has a cue, without the word for it, in order.
    pub(super) cued: Vec<(Cue, Vec<Inline>)>,
    /// Everything else, in order.
    pub(super) said: Vec<&'a Block>,
}

impl<'a> Cues<'a> {
    /// Takes notes apart. What follows a cue that stands alone belongs to it no
    /// more than to any other: only the paragraph does.
    pub(super) fn of(notes: &'a [Note]) -> Self {
        let mut cues = Self::default();
        for block in notes.iter().flat_map(|note| &note.blocks) {
            match cue(block) {
                Some(it) => cues.cued.push(it),
                None => cues.said.push(block),
            }
        }
        cues
    }

    /// What has one of the cues.
    pub(super) fn all(&self, wanted: Cue) -> impl Iterator<Item = &Vec<Inline>> {
        self.cued.iter().filter(move |(cue, _)| *cue == wanted).map(|(_, text)| text)
    }
}

/// The cue of a paragraph, and the rest of it.
fn cue(block: &Block) -> Option<(Cue, Vec<Inline>)> {
    let BlockKind::Para { content } = &block.kind else { return None };
    let (first, rest) = content.split_first()?;
    let InlineKind::Styled { style: Style::Strong, content: label } = &first.kind else {
        return None;
    };
    let label = plain_text(label);
    let mut rest = rest.to_vec();
    let mut word = label.trim();
    if let Some(bare) = word.strip_suffix(['.', ':']) {
        word = bare;
    } else if let Some(Inline { kind: InlineKind::Text { text }, .. }) = rest.first_mut() {
        // `**Hook**: ...`
        *text = text.strip_prefix([':', '.'])?.to_owned();
    } else {
        return None;
    }
    if let Some(Inline { kind: InlineKind::Text { text }, .. }) = rest.first_mut() {
        *text = text.trim_start().to_owned();
    }
    let word = word.to_lowercase();
    let (_, cue) = WORDS.iter().find(|(known, _)| *known == word)?;
    (!plain_text(&rest).trim().is_empty()).then_some((*cue, rest))
}
