//! Names of slides.
//!
//! Takes the slides with the names that authors gave them, gives every slide a
//! name that no other has: the author's, or one made from the title, or
//! `slide-N`. Then checks that every link to a slide leads somewhere.

use std::collections::BTreeMap;

use super::run::Run;
use crate::diag::{Diagnostic, meant, nearest};
use crate::model::{BlockKind, Role, Slide, plain_text};
use crate::source::Span;
use unicode_width::UnicodeWidthChar as _;

/// What [`is_id`] asks for, in words.
pub(super) const WANTED: &str = "a name of `a-z`, `0-9` and `-` that starts with a letter";

/// Whether a text can be given as a name: `[a-z][a-z0-9-]*`.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Names every slide.
pub(super) fn name(run: &mut Run<'_>) {
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    for (slide, id) in &mut run.slides {
        let Some(id) = id else { continue };
        if let Some(first) = taken.get(&id.value) {
            let message = format!("two slides have the id `{}`", id.value);
            run.diags.push(
                Diagnostic::error("duplicate-id", id.span, message)
                    .also(*first, "the other slide has it here")
                    .hint("give one of them another id")
                    .on_slide(slide.number),
            );
        } else {
            taken.insert(id.value.clone(), id.span);
            slide.id.clone_from(&id.value);
        }
    }
    // How often each slug was met, so that `-2` is not searched from the start
    // again for every slide with the same title.
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for (number, (slide, _)) in (1usize..).zip(&mut run.slides) {
        if !slide.id.is_empty() {
            continue;
        }
        let slug = slug_of(slide).unwrap_or_else(|| format!("slide-{number}"));
        let count = met.entry(slug.clone()).or_insert(0);
        slide.id = loop {
            *count += 1;
            let id = if *count == 1 { slug.clone() } else { format!("{slug}-{count}") };
            if !taken.contains_key(&id) {
                break id;
            }
        };
        taken.insert(slide.id.clone(), slide.span);
    }
}

/// Checks the links to slides.
pub(super) fn check_links(run: &mut Run<'_>) {
    let roles: BTreeMap<String, Role> =
        run.slides.iter().map(|(slide, _)| (slide.id.clone(), slide.role)).collect();
    let shown = || roles.iter().filter(|(_, role)| **role != Role::Hidden).map(|(id, _)| id);
    for link in std::mem::take(&mut run.links) {
        let (message, hint, target) = match roles.get(&link.value) {
            Some(Role::Main | Role::Optional | Role::Backup) => continue,
            Some(Role::Hidden) => (
                format!("the slide `#{}` is hidden", link.value),
                "give that slide another role, or take the link away".to_owned(),
                None,
            ),
            None => {
                let ids = shown().map(String::as_str);
                let near = if run.may_suggest() { nearest(&link.value, ids) } else { Vec::new() };
                let target = meant(&link.value, near.iter().copied()).map(str::to_owned);
                let near: Vec<String> = near.iter().map(|id| format!("`#{id}`")).collect();
                let hint = if near.is_empty() {
                    format!("write `<!-- id: {} -->` on the slide to link to", link.value)
                } else {
                    format!("did you mean {}?", near.join(", "))
                };
                (format!("no slide has the id `{}`", link.value), hint, target)
            }
        };
        let found = Diagnostic::error("dead-link", link.span, message).hint(hint);
        let change = target.and_then(|target| {
            let old = format!("#{}", link.value);
            let text = run.sources.text(link.span);
            let (at, _) =
                text.match_indices(&old).next().filter(|_| text.matches(&old).count() == 1)?;
            let start = link.span.start as usize + at;
            Some((Span::new(link.span.source, start..start + old.len()), format!("#{target}")))
        });
        run.diags.push(found.patches_from(change));
    }
}

/// A name made from the title of a slide; `None` for a slide without title.
fn slug_of(slide: &Slide) -> Option<String> {
    let title = slide.title()?;
    let BlockKind::Heading { content, .. } = &title.kind else { return None };
    let slug = slug(&plain_text(content));
    if slug.is_empty() {
        None
    } else if slug.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number in the address bar is the number of a slide.
        Some(format!("slide-{slug}"))
    } else {
        Some(slug)
    }
}

/// The letters and digits of a title in lower case, with `-` between its words.
/// Letters of any script stay what they are, with their vowel signs.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        let sign = c.width() == Some(0)
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}');
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if sign && slug.ends_with(|last: char| last != '-') {
            slug.push(c);
        } else if matches!(c, '\'' | '’') {
            // An apostrophe stands inside a word.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        assert_eq!(slug("Worker pools: what's new?"), "worker-pools-whats-new");
        assert_eq!(slug("Über 世界 🚀!"), "über-世界");
        assert_eq!(slug("हिन्दी"), "हिन्दी");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn ids_are_plain() {
        assert!(is_id("worker-pool-2"));
        for id in ["", "2nd", "Pool", "a b", "é", "-a"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
