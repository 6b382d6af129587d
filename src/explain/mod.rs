//! What findings mean: one page for each name that a finding can have.
//!
//! Takes a name, gives its page. The pages of laws and rules are beside their
//! code in `check/`; those of what other stages report are here, by topic. A
//! test holds that every name has a page and every page a name. There is no
//! checking here, and no printing.

use crate::check::{LAWS, RULES};

/// The page of a name.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The name, as findings carry it.
    pub name: &'static str,
    /// Markdown: what is wrong, why, what to do, and mostly decks that show it.
    pub docs: &'static str,
}

impl Page {
    /// What is wrong, in one sentence: the first paragraph of the page.
    #[must_use]
    pub fn summary(&self) -> String {
        self.docs.split("\n\n").nth(1).unwrap_or_default().trim_end().replace('\n', " ")
    }
}

/// The pages of one topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// What the findings are about.
    pub title: &'static str,
    /// The pages, by name.
    pub pages: Vec<Page>,
}

/// The pages of a folder beside this file, by their names.
macro_rules! pages {
    ($folder:literal: $($name:literal)*) => {
        &[$(Page { name: $name, docs: include_str!(concat!($folder, "/", $name, ".md")) }),*]
    };
}

/// What `read` reports.
const TEXT: &[Page] = pages!("text":
    "alt-text" "background" "control-character" "dead-link" "diff" "duplicate-id" "duplicate-key"
    "empty-slide" "empty-step" "file" "focus" "footnote" "formula" "ignored" "include" "line-number" "misplaced"
    "missing-asset" "missing-key" "nesting" "open-comment" "open-container" "open-fence"
    "raw-html" "remark" "remote-asset" "setext-heading" "syntax" "table" "too-large"
    "unknown-emoji" "unknown-icon" "unknown-key" "unknown-language" "wrong-type" "wrong-value"
);

/// What `layout` and `place` report.
const LAYOUTS: &[Page] = pages!("layouts": "broken-layout" "lone-animation" "slot-count" "unknown-layout" "unknown-slot"
    "unplaced"
);

/// What `theme` and `font` report.
const LOOKS: &[Page] = pages!("looks":
    "broken-font" "broken-theme" "missing-font" "small-type" "unknown-theme" "weak-contrast"
);

/// What `figure` reports.
const PICTURES: &[Page] = pages!("pictures": "broken-asset" "drawing" "foreign-svg" "large-asset" "outside-asset" "video");

/// What `typeset`, `compile`, `pdf` and `png` report.
const PAGES: &[Page] =
    pages!("pages": "empty-deck" "large-picture" "pdf-notes" "pdf-standard" "typesetting");

/// What `rehearsal` reports.
const REHEARSAL: &[Page] = pages!("rehearsal": "off-plan" "stale-rehearsal");

/// What `examples` and `lock` report, and what `read` says about their words.
const PROGRAMS: &[Page] = pages!("programs":
    "broken-code" "broken-lock" "drifted-include" "failed-run" "not-checked" "not-failing"
    "not-run" "over-limit" "stale-output" "task" "unlocked-revision"
);

/// What is reported about `allow`.
const ALLOW: &[Page] = pages!("allow": "unknown-rule" "unused-allow");

/// Every page, topic by topic, in the order in which a deck meets the stages.
#[must_use]
pub fn topics() -> Vec<Topic> {
    let laws = LAWS.iter().map(|law| Page { name: law.name, docs: law.docs });
    let rules = RULES.iter().map(|rule| Page { name: rule.name, docs: rule.docs });
    vec![
        Topic { title: "The text of the deck", pages: TEXT.to_vec() },
        Topic { title: "Programs", pages: PROGRAMS.to_vec() },
        Topic { title: "Layouts and slots", pages: LAYOUTS.to_vec() },
        Topic { title: "Themes and fonts", pages: LOOKS.to_vec() },
        Topic { title: "Pictures", pages: PICTURES.to_vec() },
        Topic {
            title: "Pages, as they are typeset",
            pages: laws.chain(PAGES.iter().copied()).collect(),
        },
        Topic { title: "Rules: advice that a slide can argue with", pages: rules.collect() },
        Topic { title: "Arguments with rules", pages: ALLOW.to_vec() },
        Topic { title: "Rehearsals", pages: REHEARSAL.to_vec() },
    ]
}

/// The page of a name.
#[must_use]
pub fn page(name: &str) -> Option<Page> {
    topics().into_iter().flat_map(|topic| topic.pages).find(|page| page.name == name)
}
