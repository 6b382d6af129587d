//! The page of a rule is its documentation and its test: the rule fires on
//! exactly the lines marked `✗` of a `deck bad` fence, and stays silent on a
//! `deck good` fence. The marks are taken off before the deck is read.

use std::fmt::Write as _;
use std::path::Path;

use deckc::check::{Ctx, RULES, Rule, rules};
use deckc::compile::{self, Options};
use deckc::diag::Diagnostics;
use deckc::loader::Loader;
use deckc::source::Sources;

use crate::harness::fences;

const MARK: &str = " ✗";

#[test]
fn the_page_of_every_rule_holds() {
    let mut problems = String::new();
    for rule in RULES {
        let found = fences(rule.docs);
        let n_bad = found.iter().filter(|fence| fence.info == "deck bad").count();
        assert!(0 < n_bad && n_bad < found.len(), "{}: show a bad and a good deck", rule.name);
        for fence in found {
            let marked: Vec<usize> = (1..)
                .zip(fence.text.lines())
                .filter_map(|(number, line)| line.contains(MARK).then_some(number))
                .collect();
            match fence.info {
                "deck bad" => assert!(!marked.is_empty(), "{}: mark a line with ✗", rule.name),
                "deck good" => assert!(marked.is_empty(), "{}: ✗ in a good deck", rule.name),
                other => panic!("{}: unknown fence `{other}`", rule.name),
            }
            let deck = fence.text.replace(MARK, "");
            let flagged = flagged(rule, &deck);
            if flagged != marked {
                let (name, line) = (rule.name, fence.line);
                writeln!(problems, "{name}: the fence of line {line} flags {flagged:?}").unwrap();
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_page_of_every_rule_starts_with_its_name() {
    for rule in RULES {
        assert_eq!(rule.docs.lines().next(), Some(format!("# {}", rule.name).as_str()));
    }
}

/// The lines of a deck that a rule finds. Anything else that is found but
/// other rules' advice means that the page shows a broken deck.
fn flagged(rule: &Rule, deck: &str) -> Vec<usize> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deck.md"), deck).unwrap();
    write_pictures(folder.path(), deck);
    let loader = Loader::new(folder.path()).unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let options = Options::default();
    let deck = compile::prepare(&loader, "deck.md", &options, &mut sources, &mut diags).unwrap();
    assert!(diags.is_empty(), "{}: {:?}", rule.name, diags.sorted());
    let deck = deck.unwrap();
    let ctx = Ctx {
        placed: &deck.placed,
        pages: &deck.typeset.pages,
        figures: &deck.figures,
        sources: &sources,
    };
    rules::hold(ctx, &mut diags);
    let mut lines: Vec<usize> = diags
        .sorted()
        .iter()
        .filter(|found| found.name == rule.name || found.name == "unused-allow")
        .map(|found| sources.get(found.span.source).line(found.span.range().start))
        .collect();
    lines.dedup();
    lines
}

/// Writes the pictures that a deck shows: `desk-400x300.png` has so many pixels.
fn write_pictures(folder: &Path, deck: &str) {
    for (_, rest) in deck.match_indices("](").map(|(at, _)| deck.split_at(at + 2)) {
        let name = rest.split(')').next().unwrap_or_default();
        let size = name.strip_suffix(".png").and_then(|stem| stem.rsplit_once('-'));
        let Some((width, height)) = size.and_then(|(_, size)| size.split_once('x')) else {
            continue;
        };
        let picture =
            image::DynamicImage::new_rgb8(width.parse().unwrap(), height.parse().unwrap());
        picture.save(folder.join(name)).unwrap();
    }
}
