//! What holds of `--fix` for every deck: it mends what it says, adds nothing, and
//! to fix twice changes nothing more.

use deckc::compile::Options;
use deckc::diag::Applicability;
use deckc::fix::{self, Deck, Fixed};
use deckc::loader::Loader;
use proptest::prelude::*;

/// Slides with a mistake each that a machine can mend; `@` is their number.
const SLIDES: [&str; 31] = [
    "## Slide @\n\nDonâ€™t panic, it is ‚Üí 10 times faster",
    "<!-- layout: contnt -->\n\n## Slide @\n\nText",
    "<!-- tiem: 90s -->\n\n## Slide @\n\nText",
    "<!-- time: 5, id: slide-@ -->\n\n## Slide @\n\nText",
    "<!-- time: 5 min -->\n\n## Slide @\n\nText",
    "<!-- layout:content -->\n\n## Slide @\n\nText",
    "<!-- id: Slide_@ -->\n\n## Slide @\n\nText",
    "<!-- id: slide@, id: slide@ -->\n\n## Slide @\n\nText",
    "## Slide @\n\n![A code w:300px](qr:https://go.dev/@)",
    "## Slide @\n\n![A code h:200px](qr:https://go.dev/@){w:40%}",
    "![bg right=40%](qr:https://go.dev/@)\n\n## Slide @\n\nText",
    "<!-- rolle: optional -->\n\n## Slide @\n\nText",
    "<!-- role: optionel -->\n\n## Slide @\n\nText",
    "<!-- allow: {long-code: \"it is the point\"} -->\n\n## Slide @\n\nText",
    "<!-- allow: {overflow: \"no\"}, time: 1m -->\n\n## Slide @\n\nText",
    "## Slide @\n\nText\n---\n\n## Further than @\n\nText",
    "## Slide @\n\n```golnag\nx := 1\n```",
    "## Slide @\n\n```go {2-1} +line_numbers\nx := 1\ny := 2\n```",
    "## Slide @\n\n```go {1\nx := 1\n```",
    "## Slide @\n\nThis is <b>very</b> <i>fast</i>, see <a href=\"https://go.dev\">Go</a>",
    "<h2 align=\"center\">Slide @</h2>\n\nText",
    "## Slide @\n\nPress <kbd class=\"x\">Esc</kbd>",
    "## Slide @\n\nSee [Go](//go.dev)",
    ":::\n\n## Slide @\n\nText",
    "<!-- layout: two-column -->\n\n## Slide @\n\n::: {.left}\n- a\n:::\n\n::: rigth\n- b\n:::",
    "<!-- layout: two-column -->\n\n## Slide @\n\n::: left\n- a\n\n::: right\n- b",
    "## Slide @\n\n::: steps\n\n- a\n- b",
    "## Slide @\n\n- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n- i\n- j\n",
    "## Slide @\n\nText\n\n1. a\n1. b\n\n   c\n1. d\n1. e\n1. f\n1. g\n1. h\n1. i\n",
    "## Slide @\n\n> Text\n>\n> ```go {9}\n> a\n> b\n> c\n> d\n> e\n> f\n> g\n> h\n> i\n> j\n> k\n> l\n> ```",
    "<!-- time: 9s -->\n\n## Slide @\n\nText\n\n```go\na\nb\nc\nd\ne\nf\n\ng\nh\ni\nj\nk\nl\nm\n```",
];

/// Lines of front matter, likewise. Each stands once at most.
const KEYS: [&str; 7] = [
    "titel: Fast Go",
    "author: Ada",
    "aspectRatio: 4/3",
    "lang: de_DE",
    "description: Go: fast",
    "marp: true",
    "event-link: example.org/talk",
];

fn deck() -> impl Strategy<Value = String> {
    let keys = proptest::sample::subsequence(&KEYS[..], 0..=KEYS.len());
    let slides = proptest::collection::vec(proptest::sample::select(&SLIDES[..]), 1..8);
    (keys, slides, any::<bool>()).prop_map(|(keys, slides, crlf)| {
        let keys = [&["footer: Go"], keys.as_slice()].concat().join("\n");
        let mut deck = format!("---\n{keys}\n---\n\n# Fast Go\n\nHow to be fast\n");
        for (number, slide) in slides.iter().enumerate() {
            let number = number.to_string();
            deck.extend(["\n---\n\n", &slide.replace('@', &number), "\n"]);
        }
        if crlf { deck.replace('\n', "\r\n") } else { deck }
    })
}

/// Fixes a deck that is nowhere but in memory.
fn fixed(text: &str) -> Fixed {
    let folder = tempfile::tempdir().unwrap();
    let loader = Loader::new(folder.path()).unwrap();
    let file = loader.root().join("deck.md");
    let loader = loader.with_draft(file, text);
    let options = Options::default();
    fix::fix(&[Deck { loader, path: "deck.md".to_owned(), options }]).unwrap()
}

/// The text after a fix.
fn after(text: &str, fixed: &Fixed) -> String {
    fixed.changes.first().map_or_else(|| text.to_owned(), |change| change.after.clone())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default()
    })]

    #[test]
    fn known_mistakes_are_mended_at_once_and_nothing_is_added(deck in deck()) {
        let once = fixed(&deck);
        let text = after(&deck, &once);
        let left: Vec<_> = once.looks[0].findings.iter().map(|it| (&it.message, &it.hints)).collect();
        prop_assert!(left.is_empty(), "{left:#?}\n{deck}\n=>\n{text}");
        prop_assert!(fixed(&text).changes.is_empty(), "{text}");
        prop_assert_eq!(text.contains("\r\n"), deck.contains("\r\n"));
        prop_assert!(!text.replace("\r\n", "").contains('\r'));
    }
}

/// What mistakes make of each other is beyond a list: pieces of decks in any
/// order, of which only the laws of fixing are asked.
#[test]
fn to_fix_twice_changes_nothing_more_whatever_the_deck() {
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() };
    proptest!(config, |(deck in super::props::deck())| {
        let once = fixed(&deck);
        let text = after(&deck, &once);
        let twice = fixed(&text);
        prop_assert!(twice.changes.is_empty(), "{deck:?}\n=>\n{text:?}\n=>\n{:?}", twice.changes);
        for finding in &once.looks[0].findings {
            prop_assert!(!finding.hints.is_empty(), "{finding:?}");
            let told = finding.hints.iter().any(|hint| hint.starts_with("`--fix` leaves this"));
            let is_open = finding.applicability == Applicability::Certain;
            prop_assert!(finding.patches.is_empty() || !is_open || told, "{finding:?}");
        }
    });
}
