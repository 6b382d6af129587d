//! The delivery guide holds what the third seed, a talk's delivery guide, has:
//! every heading of it has its place in the guide of the deck made from it.

use std::path::Path;

use deckc::compile::{self, Options};
use deckc::diag::Diagnostics;
use deckc::guide::{Facts, Guide, guide};
use deckc::loader::Loader;
use deckc::model::{BlockKind, plain_text};
use deckc::source::Sources;

/// The headings of the seed, below its title, in its order.
const SEED: [&str; 48] = [
    "Pre-Talk Checklist",
    "Technical Setup (1 day before)",
    "Content Preparation",
    "Materials",
    "Talk Structure & Timing",
    "Introduction (",
    "Section 1: Worker Pools (",
    "Section 2: Fan-Out, Fan-In (",
    "Section 3: Rate Limiting (",
    "Section 4: Graceful Shutdown (",
    "Section 5: Case Study (",
    "Conclusion",
    "Delivery Tips",
    "Voice & Pace",
    "Body Language",
    "Engagement",
    "Code Presentation",
    "Handling Questions",
    "During the Talk",
    "Q&A Session",
    "If You Don't Know",
    "Backup Content",
    "If Running Ahead of Time",
    "If Running Behind",
    "Live Demo Script",
    "Demo 1: ",
    "Common Pitfalls to Avoid",
    "Technical Pitfalls",
    "Presentation Pitfalls",
    "Content Pitfalls",
    "Energy Management",
    "Start Strong",
    "Middle",
    "End Strong",
    "Post-Talk",
    "Immediate",
    "Follow-up",
    "Slide Deck Tips",
    "Visual Design",
    "Code Slides",
    "Transition Slides",
    "Confidence Boosters",
    "Remember",
    "If Nervous",
    "If Technical Issues",
    "Success Metrics",
    "During the Talk",
    "After the Talk",
];

/// The last headings of the seed.
const LAST: [&str; 6] = [
    "Final Checklist",
    "1 Hour Before",
    "5 Minutes Before",
    "Remember",
    "Emergency Contacts",
    "Post-Talk Reflection",
];

/// The guide of a deck in `decks`.
fn of(deck: &str) -> Guide {
    let loader = Loader::new(Path::new("decks")).unwrap();
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let prepared =
        compile::prepare(&loader, deck, &Options::default(), &mut sources, &mut diags).unwrap();
    guide(&prepared.unwrap().placed, &Facts::default())
}

/// The text of every block, headings with their level before them.
fn lines(guide: &Guide) -> Vec<(Option<u8>, String)> {
    guide
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading { level, content } => (Some(*level), plain_text(content)),
            BlockKind::Para { content } => (None, plain_text(content)),
            _ => (None, String::new()),
        })
        .collect()
}

#[test]
fn every_heading_of_the_third_seed_has_its_place_in_its_order() {
    let guide = of("go-concurrency-at-scale.md");
    let headings: Vec<String> = lines(&guide)
        .into_iter()
        .filter_map(|(level, text)| level.map(|_| text.to_lowercase()))
        .collect();
    let mut rest = headings.iter();
    for wanted in SEED.iter().chain(&LAST) {
        let wanted = wanted.to_lowercase();
        assert!(rest.any(|it| it.starts_with(&wanted)), "`{wanted}` is not where the seed has it");
    }
}

#[test]
fn a_section_says_what_the_seed_says_of_one() {
    let guide = of("go-concurrency-at-scale.md");
    let all = lines(&guide);
    let from = all.iter().position(|(_, text)| text.starts_with("Section 1:")).unwrap();
    let until = all.iter().position(|(_, text)| text.starts_with("Section 2:")).unwrap();
    let section: Vec<&str> = all[from..until].iter().map(|(_, text)| text.as_str()).collect();
    for begins in [
        "Opening hook: A build succeeds",
        "Key points to emphasize:",
        "Energy level:",
        "Transition:",
    ] {
        assert!(section.iter().any(|line| line.starts_with(begins)), "{begins}");
    }
    // Notes are there in full, once.
    let said: Vec<&&str> =
        section.iter().filter(|line| line.contains("Line two is my favourite.")).collect();
    assert_eq!(said.len(), 1);
    let question = all.iter().position(|(_, text)| text.starts_with("Q: Why not errgroup?"));
    assert!(question.is_some(), "backup slides answer questions");
    let behind = all.iter().position(|(_, text)| text == "If running behind").unwrap();
    assert!(all[behind + 1].1.starts_with("Skip these slides"), "optional slides can be skipped");
}

#[test]
fn no_level_of_headings_is_skipped() {
    for deck in ["go-concurrency-at-scale.md", "tour.md", "so-you-wanna-go-fast.md"] {
        let mut last = 0;
        for (level, text) in lines(&of(deck)) {
            let Some(level) = level else { continue };
            assert!(level <= last + 1, "{deck}: `{text}` has level {level} after {last}");
            last = level;
        }
    }
}
