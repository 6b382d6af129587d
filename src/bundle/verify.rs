//! Whether a bundle is whole: read back with deckc's own readers.

use std::fmt::Write as _;

use super::names;
use super::sums::{self, SUMS};
use super::{Files, SOURCE};
use crate::html;
use crate::pdf;

/// What became of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong, in the order of the checks.
    pub problems: Vec<String>,
    /// What is there and nobody vouches for.
    pub strangers: Vec<String>,
    /// How many slides it has.
    pub slides: usize,
}

/// The PDFs of a bundle.
const PDFS: [&str; 4] = ["deck.pdf", "deck-notes.pdf", "handout.pdf", "guide.pdf"];

/// Reads a bundle back.
#[must_use]
pub fn verify(files: &Files) -> Verdict {
    let mut verdict = Verdict::default();
    hashes(files, &mut verdict);
    for name in files.keys() {
        if let Some(why) = names::problem(name) {
            verdict.problems.push(format!("`{name}` has no name for every system: {why}"));
        }
    }
    if let Some((a, b)) = names::clash(files.keys()) {
        verdict.problems.push(format!("`{a}` and `{b}` are one name on a stick"));
    }
    let slides = page(files, &mut verdict);
    for name in PDFS {
        match files.get(name).map(|bytes| pdf::look(bytes)) {
            None => verdict.problems.push(format!("there is no `{name}`")),
            Some(Err(why)) => verdict.problems.push(format!("`{name}` cannot be opened: {why}")),
            Some(Ok(seen)) => {
                document(name, &seen, &mut verdict);
                if name == "deck.pdf"
                    && let Some(slides) = &slides
                {
                    same_slides(slides, &seen, &mut verdict);
                }
            }
        }
    }
    if !files.keys().any(|name| name.starts_with(&format!("{SOURCE}/"))) {
        verdict.problems.push(format!("there is no source in `{SOURCE}/`"));
    }
    verdict
}

/// Every file is as its sum says, and every file has a sum.
fn hashes(files: &Files, verdict: &mut Verdict) {
    let Some(list) = files.get(SUMS) else {
        verdict.problems.push(format!("there is no `{SUMS}`, so nothing vouches for the files"));
        return;
    };
    let sums = std::str::from_utf8(list).map_err(|_| 0).and_then(sums::read);
    let sums = match sums {
        Ok(sums) => sums,
        Err(line) => {
            verdict.problems.push(format!("`{SUMS}` is damaged at line {}", line.max(1)));
            return;
        }
    };
    for (name, sum) in &sums {
        match files.get(name) {
            None => verdict.problems.push(format!("`{name}` is missing")),
            Some(bytes) if sums::sum(bytes) != *sum => {
                verdict.problems.push(format!("`{name}` is damaged: its sum is another"));
            }
            Some(_) => {}
        }
    }
    let known = |name: &&String| *name == SUMS || sums.iter().any(|(it, _)| it == *name);
    verdict.strangers = files.keys().filter(|name| !known(name)).cloned().collect();
}

/// The page opens, loads nothing, and its links stay in the folder or lead to an
/// address. Gives the titles of its slides.
fn page(files: &Files, verdict: &mut Verdict) -> Option<Vec<String>> {
    let name = "index.html";
    let Some(bytes) = files.get(name) else {
        verdict.problems.push(format!("there is no `{name}`"));
        return None;
    };
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned());
    let seen = match text.and_then(html::look) {
        Ok(seen) => seen,
        Err(why) => {
            verdict.problems.push(format!("`{name}` cannot be opened: {why}"));
            return None;
        }
    };
    for it in &seen.loads {
        verdict.problems.push(format!("`{name}` loads `{it}`"));
    }
    if !seen.is_closed {
        verdict.problems.push(format!("`{name}` has no policy that keeps it from the network"));
    }
    for link in seen.links.iter().filter(|link| !is_address(link)) {
        let file = link.split(['#', '?']).next().unwrap_or_default();
        if !files.contains_key(file) {
            verdict
                .problems
                .push(format!("`{name}` links to `{link}`, which is not in the folder"));
        }
    }
    if seen.slides.is_empty() {
        verdict.problems.push(format!("`{name}` has no slide"));
    }
    verdict.slides = seen.slides.len();
    Some(seen.slides)
}

/// Whether a link leads to an address that a reader follows on purpose.
fn is_address(link: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme))
}

/// A PDF brings its fonts, does nothing, and refers to nothing.
fn document(name: &str, seen: &pdf::Seen, verdict: &mut Verdict) {
    if seen.pages == 0 {
        verdict.problems.push(format!("`{name}` has no page"));
    }
    for act in &seen.acts {
        verdict.problems.push(format!("`{name}` {act}"));
    }
    for address in seen.addresses.iter().filter(|it| !is_address(it)) {
        verdict.problems.push(format!("`{name}` links to `{address}`, which is no address"));
    }
    for (font, _) in seen.fonts.iter().filter(|(_, here)| !**here) {
        verdict.problems.push(format!("`{name}` lacks the font `{font}`"));
    }
}

/// The PDF has a page for each slide of the page, with the same titles.
fn same_slides(slides: &[String], seen: &pdf::Seen, verdict: &mut Verdict) {
    if slides.len() != seen.pages {
        let mut text = format!("`deck.pdf` has {} pages", seen.pages);
        let _ = write!(text, ", `index.html` has {} slides", slides.len());
        verdict.problems.push(text);
        return;
    }
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
    };
    let titled = slides.iter().map(|it| bare(it)).filter(|it| !it.is_empty());
    let outline = seen.outline.iter().map(|it| bare(it)).filter(|it| !it.is_empty());
    let (titled, outline): (Vec<_>, Vec<_>) = (titled.collect(), outline.collect());
    if let Some((at, title)) =
        titled.iter().enumerate().find(|(at, title)| outline.get(*at) != Some(title))
    {
        let other = outline.get(at).map_or("nothing", String::as_str);
        verdict.problems.push(format!(
            "`index.html` and `deck.pdf` are not the same slides: `{title}` here, `{other}` there"
        ));
    } else if titled.len() < outline.len() {
        verdict.problems.push("`deck.pdf` has slides that `index.html` has not".to_owned());
    }
}
