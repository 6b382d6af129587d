//! What holds for every input: reading never panics, and every span stands in
//! its source, on whole characters.

use std::time::Duration;

use deckc::compile::{Options, compile};
use deckc::diag::Diagnostics;
use deckc::model::{Block, BlockKind, Inline, InlineKind};
use deckc::source::{Sources, Span};
use proptest::prelude::*;

use crate::harness::Case;
use crate::harness::run::{Read, findings, read};

/// Pieces that mean something to the reader, so that random decks do too.
const PIECES: [&str; 64] = [
    "\n",
    "\n\n",
    "---\n",
    "***\n",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "```go\n",
    "```\n",
    "~~~\n",
    "{1|2-3|all}",
    "{decorative}",
    " lines=2 ",
    "<!-- ",
    " -->",
    "<!-->",
    "step",
    "layout: code",
    "id: a",
    "time: 90s",
    "note: ",
    "include: deck.md",
    "allow: {a: b}",
    "::: left\n",
    "::: steps\n",
    "::: notes\n",
    ":::\n",
    "![a](b.png)",
    "![](",
    ")",
    "[a](#b)",
    "[^a]",
    "[^a]: ",
    "[a]: https://a\n",
    "<kbd>",
    "</kbd>",
    "<br>",
    "<div>",
    "</div>",
    "<abbr title='",
    "'>",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "|",
    "|---|\n",
    "> [!NOTE]\n",
    "[x] ",
    "\\",
    "&amp;",
    "\u{feff}",
    "\r\n",
    "\r",
    "\0",
    "é世",
    "🚀",
    "text",
];

pub(crate) fn deck() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let body = proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (prop_oneof![Just(""), Just("---\ntitle: x\n---\n"), Just("---\n")], body)
        .prop_map(|(head, body)| format!("{head}{body}"))
}

fn check_span(sources: &Sources, span: Span) {
    let text = &sources.get(span.source).text;
    assert!(text.get(span.range()).is_some(), "{span:?} in {} bytes of {text:?}", text.len());
}

fn check_blocks(sources: &Sources, blocks: &[Block]) {
    for block in blocks {
        check_span(sources, block.span);
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
                check_inlines(sources, content);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    check_span(sources, item.span);
                    check_blocks(sources, &item.blocks);
                }
            }
            BlockKind::Quote { blocks } => check_blocks(sources, blocks),
            BlockKind::Callout(callout) => check_blocks(sources, &callout.blocks),
            BlockKind::Code(code) => {
                for line in &code.lines {
                    check_span(sources, line.span);
                }
            }
            BlockKind::Formula(_) => {}
            BlockKind::Image(image) => check_span(sources, image.path.span),
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    check_span(sources, cell.span);
                    check_inlines(sources, &cell.content);
                }
            }
        }
    }
}

fn check_inlines(sources: &Sources, inlines: &[Inline]) {
    for inline in inlines {
        check_span(sources, inline.span);
        match &inline.kind {
            InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                check_inlines(sources, content);
            }
            InlineKind::Image(image) => check_span(sources, image.path.span),
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => {}
        }
    }
}

fn check(read: &Read) {
    let sources = &read.sources;
    for slide in &read.deck.slides {
        check_span(sources, slide.span);
        for group in &slide.groups {
            check_blocks(sources, &group.blocks);
        }
        for note in &slide.notes {
            check_span(sources, note.span);
            check_blocks(sources, &note.blocks);
        }
        for footnote in &slide.footnotes {
            check_span(sources, footnote.span);
            check_inlines(sources, &footnote.content);
        }
    }
    for diagnostic in &read.diagnostics {
        check_span(sources, diagnostic.span);
        for label in &diagnostic.labels {
            check_span(sources, label.span);
        }
        for patch in &diagnostic.patches {
            check_span(sources, patch.span);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_deck_is_read_with_spans_in_its_source(deck in deck()) {
        check(&read(&Case { options: "", deck: &deck, files: Vec::new() }));
    }

    #[test]
    fn any_text_is_read(deck in "\\PC*|(?s).{0,200}") {
        check(&read(&Case { options: "", deck: &deck, files: Vec::new() }));
    }
}

/// Lines of code that mean something to who cuts it.
fn code() -> impl Strategy<Value = Vec<String>> {
    let line = proptest::sample::select(
        &[
            "",
            "func f() {",
            "    x := g(1, 2)",
            "    if x {",
            "        return `a",
            "b`",
            "    }",
            "}",
            "// A comment.",
            "    call(",
            "        \"an argument that is long enough to go on on the next row, once more\",",
            "    )",
            "type T struct{}",
        ][..],
    );
    proptest::collection::vec(line.prop_map(str::to_owned), 1..60)
}

/// A deck with some code under `overflow: split`.
fn split_deck(lines: &[String], wrap: bool) -> String {
    let wrap = if wrap { " wrap" } else { "" };
    format!("<!-- overflow: split -->\n\n# T\n\n```go{wrap} {{1|all}}\n{}\n```\n", lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_that_is_cut_loses_nothing(lines in code(), wrap: bool) {
        let deck = split_deck(&lines, wrap);
        let read = read(&Case { options: "placed", deck: &deck, files: Vec::new() });
        let placed = read.placed.unwrap();
        let mut ids = std::collections::BTreeSet::new();
        let mut found = Vec::new();
        for slide in &placed.slides {
            for block in slide.slots.iter().flat_map(|slot| &slot.blocks) {
                prop_assert!(ids.insert(block.id));
                if let BlockKind::Code(code) = &block.kind {
                    found.extend(code.lines.iter().map(|line| line.text.clone()));
                }
            }
        }
        // Blank lines where it is cut are not shown.
        let is_shown = |line: &&String| !line.is_empty();
        prop_assert!(found.iter().filter(is_shown).eq(lines.iter().filter(is_shown)));
        let n_lost = lines.len() - found.len();
        prop_assert!(placed.slides.len() > 1 || n_lost == 0);
        let names: std::collections::BTreeSet<_> = placed.slides.iter().map(|it| &it.id).collect();
        prop_assert_eq!(names.len(), placed.slides.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_that_is_cut_fits(lines in code()) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("deck.md"), split_deck(&lines, true)).unwrap();
        let loader = deckc::loader::Loader::new(folder.path()).unwrap();
        let overflow = findings(&loader, false).sorted().into_iter().find(|found| found.name == "overflow");
        prop_assert!(overflow.is_none(), "{:?}", overflow);
    }
}

/// A deck whose code is too long, too wide or neither, and says what to do then.
fn code_deck() -> impl Strategy<Value = String> {
    let words = [
        "go",
        "go wrap",
        "rust tabs=2",
        "diff",
        "text wrap",
        "go {1-2|3|all} numbers",
        "python wrap {2}",
        "go wrap numbers=98",
    ];
    let fence = (proptest::sample::select(words.to_vec()), code())
        .prop_map(|(info, lines)| format!("```{info}\n{}\n```\n", lines.join("\n")));
    let fences = proptest::collection::vec(fence, 1..3);
    (fences, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(fences, split, title, quote)| {
            let split = if split { "<!-- overflow: split -->\n\n" } else { "" };
            let title = if title { "# T → 日\n\n" } else { "" };
            let body = fences.join("\n");
            let body = if quote { body.replace("x :=", "日本 := → 🚀 //") } else { body };
            format!("{split}{title}{body}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn check_finds_what_build_finds(deck in code_deck()) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("deck.md"), &deck).unwrap();
        let loader = deckc::loader::Loader::new(folder.path()).unwrap();
        let of = |only_findings| findings(&loader, only_findings).sorted();
        prop_assert_eq!(of(true), of(false));
    }
}

/// Decks that are made to be slow or deep for a careless reader, of a size.
fn hostile(n: usize) -> Vec<String> {
    vec![
        ">".repeat(n),
        "> ".repeat(n),
        "- ".repeat(n),
        "* a ".repeat(n),
        "*a **a ".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "<kbd>".repeat(n),
        "<b>".repeat(n),
        "<!-- ".repeat(n),
        "<!-- <!-- a -->\n".repeat(n),
        "<!-- a --> ".repeat(n),
        format!("{}{}", " ".repeat(n), "<!-- a --> ".repeat(n / 10)),
        "::: a\n".repeat(n),
        ":::\n".repeat(n),
        "---\n".repeat(n),
        "a\n---\n".repeat(n / 10),
        "# a\n\n---\n\n".repeat(n / 4),
        "a[^a]\n\n[^a]: [^a]\n\n".repeat(n / 10),
        repeated(0..n / 10, |i| format!("[^{i}]\n\n[^{i}]: [^{}]\n\n", i + 1)),
        repeated(0..200, |i| format!("{}- a\n", "  ".repeat(i))),
        format!("```go {{{}}}\n{}```", "1-9999|".repeat(99), "a\n".repeat(n)),
        format!("```go {{{}}}\n{}```", "1-9999,".repeat(n), "a\n".repeat(n)),
        format!("|{}\n|{}\n", "a|".repeat(n / 10), "-|".repeat(n / 10)),
        format!("|{}\n|{}\n{}", "a|".repeat(300), "-|".repeat(300), "|a\n".repeat(n / 10)),
        format!("<!-- a: {} -->", "[".repeat(n)),
        format!("<!-- a: {} -->", "{a: ".repeat(n)),
        format!("---\na: &a [{}]\n---\n", "*a,".repeat(n)),
        format!("{}{}", "<b>".repeat(n), "</i>".repeat(n)),
        repeated(0..n / 4, |i| format!("[^{i}]\n\n[^{i}]: a\n\n")),
        repeated(0..n / 4, |i| format!("[a](#b{i})\n\n# {i}\n\n---\n\n")),
        "```nolanguage\n```\n".repeat(n / 10),
        "{decorative}".repeat(n),
        "&".repeat(n),
        "`".repeat(n),
        "世".repeat(n),
    ]
}

/// The time of the processor that reading takes: a machine under load does not
/// change it. Twice the deck may take twice as long, not four times.
#[test]
fn hostile_decks_are_read_in_a_moment() {
    let n = 20_000;
    for (number, (half, whole)) in hostile(n / 2).into_iter().zip(hostile(n)).enumerate() {
        let [half, whole] = [half, whole].map(|deck| {
            let start = processor_time();
            check(&read(&Case { options: "", deck: &deck, files: Vec::new() }));
            processor_time().saturating_sub(start)
        });
        // The clock is coarse, and a cache can be cold.
        let most = half * 3 + Duration::from_millis(250);
        assert!(whole <= most, "deck {number} takes {whole:?}, and half of it {half:?}");
        // A reader that is quadratic from the start takes minutes.
        assert!(whole < Duration::from_secs(20), "deck {number} takes {whole:?}");
    }
}

/// The time that this thread has had of a processor (proc(5), the fields `utime`
/// and `stime`, in hundredths of a second).
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    // The name of the thread stands in brackets and may hold anything.
    let fields = stat.rsplit_once(") ").unwrap().1.split(' ');
    let ticks = fields.skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// What `piece` makes of each number, one after the other.
fn repeated(numbers: std::ops::Range<usize>, piece: impl Fn(usize) -> String) -> String {
    numbers.map(piece).collect()
}

/// Words and signs of the languages of drawings.
const DRAWN: [&str; 48] = [
    "\n",
    "\n",
    "\n",
    " ",
    "a",
    "b",
    "c1",
    "\"x y\"",
    "->",
    "-->",
    "->>",
    "-->>",
    "--",
    "~>",
    ":",
    ";",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "|",
    "&",
    "=",
    ",",
    "`",
    "\\n",
    "step\n",
    "lanes a, chan b\n",
    " go ",
    " blocks",
    " works: x",
    " resumes",
    " locks mu",
    " unlocks mu",
    " ends",
    "loop x\n",
    "end\n",
    "Note over A: n\n",
    "participant A\n",
    "subgraph s\n",
    "label",
    "shape",
    "digraph {",
    "graph {",
    "é🚀",
    "0",
];

/// What a diagram of each kind begins with.
const BEGINNINGS: [&str; 9] = [
    "goroutines\n",
    "dot alt=\"x\"\ndigraph {\n",
    "dot alt=\"x\"\ngraph {\n",
    "mermaid alt=\"x\"\nflowchart LR\n",
    "mermaid alt=\"x\" {1|2}\nsequenceDiagram\n",
    "mermaid alt=\"x\"\nstateDiagram-v2\n",
    "mermaid alt=\"x\"\nclassDiagram\n",
    "mermaid alt=\"x\"\ngantt\n",
    "mermaid alt=\"x\"\nerDiagram\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_drawing_is_drawn_or_has_a_finding_in_its_source(
        beginning in proptest::sample::select(&BEGINNINGS[..]),
        pieces in proptest::collection::vec(proptest::sample::select(&DRAWN[..]), 0..40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let deck = format!("## Drawn\n\n```{beginning}{}\n```\n", pieces.concat());
        std::fs::write(folder.path().join("deck.md"), &deck).unwrap();
        let loader = deckc::loader::Loader::new(folder.path()).unwrap();
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let options = Options { html: true, ..Options::default() };
        let output = compile(&loader, "deck.md", &options, &mut sources, &mut diags).unwrap();
        for finding in diags.clone().sorted() {
            check_span(&sources, finding.span);
        }
        prop_assert!(output.is_some() || diags.has_errors(), "{deck}");
    }
}
