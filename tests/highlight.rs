//! Code in colour: every character keeps its place, and what a reader would
//! call a keyword, a function or a type is one.

use deckc::highlight::{highlight_lines, knows, names};
use deckc::theme::Token;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_runs_of_a_line_are_the_line(
        lang in proptest::sample::select(names()),
        lines in proptest::collection::vec("[ -~é世\"'`{}()/*#$\\\\]{0,40}", 0..6),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let highlighted = highlight_lines(lang, &lines);
        prop_assert_eq!(highlighted.len(), lines.len());
        for (line, runs) in lines.iter().zip(&highlighted) {
            let joined: String = runs.iter().map(|run| run.text.as_str()).collect();
            prop_assert_eq!(&joined, line);
            prop_assert!(runs.iter().all(|run| !run.text.is_empty()));
            prop_assert!(runs.windows(2).all(|pair| pair[0].token != pair[1].token));
        }
    }
}

#[test]
fn go_shows_its_keywords_functions_and_types() {
    check(
        "go",
        &[
            "‹keyword func› (p *‹type Pool›) ‹function Run›(ctx context.‹type Context›) (err ‹type error›) {",
            "\tbuf := ‹function make›([]‹type byte›, ‹number 0›, ‹number 1›<<‹number 10›) ‹comment // room›",
            "\t‹keyword defer› wg.‹function Done›()",
            "\t‹keyword return› fmt.‹function Errorf›(‹string \"pool:› ‹number %w›‹string \"›, ‹number nil›)",
            "}",
            "‹keyword func› ‹function Map›[T, U ‹type any›](xs []‹type T›) []‹type U› {",
            "\titem := ‹type Item›{Name: ‹string `x`›}",
        ],
    );
}

#[test]
fn a_session_sets_what_is_typed_apart_from_what_is_printed() {
    check(
        "console",
        &[
            "$ go test \\",
            "    ./...",
            "‹comment ok   pool   0.3s›",
            "",
            "$ echo '$ x'",
            "‹comment x›",
        ],
    );
    check("console", &["no prompt", "# here"]);
}

#[test]
fn keys_of_data_look_alike() {
    check("json", &["{ ‹attribute \"key\"›: ‹string \"text\"›, ‹attribute \"n\"›: ‹number 1› }"]);
    check("yaml", &["‹attribute key›: ‹string text›"]);
    check("toml", &["‹attribute key› = ‹string \"text\"›"]);
}

#[test]
fn a_diff_shows_added_and_removed_lines() {
    check("diff", &["‹inserted +added›", "‹deleted -removed›", " same"]);
}

#[test]
fn a_string_that_does_not_end_stays_in_its_block() {
    check("go", &["x := ‹string \"open›"]);
    check("go", &["‹keyword var› x = ‹number 1›"]);
}

#[test]
fn languages_have_the_names_that_people_type() {
    for name in [
        "go",
        "Go",
        "rust",
        "rs",
        "python",
        "py",
        "ts",
        "typescript",
        "tsx",
        "js",
        "yaml",
        "yml",
        "toml",
        "dockerfile",
        "console",
        "shell-session",
        "sh",
        "bash",
        "shell",
        "sql",
        "proto",
        "protobuf",
        "diff",
        "json",
        "jsonc",
        "c",
        "cpp",
        "c++",
        "csharp",
        "java",
        "kotlin",
        "html",
        "css",
        "text",
        "go.mod",
        "gomod",
        "makefile",
    ] {
        assert!(knows(name), "{name}");
    }
    assert!(!knows("brainfunk") && !knows(""));
}

/// Highlights the lines of a drawing and compares. In a drawing every class but
/// plain and punctuation stands as `‹class text›`.
fn check(lang: &str, drawn: &[&str]) {
    let source: Vec<String> = drawn.iter().map(|line| undraw(line)).collect();
    let lines: Vec<&str> = source.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for runs in highlight_lines(lang, &lines) {
        let draw = |token: Token, text: &str| match token {
            Token::Plain | Token::Punctuation => text.to_owned(),
            Token::Keyword
            | Token::Function
            | Token::Type
            | Token::String
            | Token::Number
            | Token::Comment
            | Token::Attribute
            | Token::Inserted
            | Token::Deleted => {
                let (bare, end) = text.split_at(text.trim_end().len());
                let (start, bare) = bare.split_at(bare.len() - bare.trim_start().len());
                format!("{start}‹{} {bare}›{end}", token.name())
            }
        };
        found.push(runs.iter().map(|run| draw(run.token, &run.text)).collect::<String>());
    }
    assert_eq!(found, drawn, "{lang}");
}

/// The source of a drawn line.
fn undraw(line: &str) -> String {
    let mut parts = line.split('‹');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, text) = part.split_once(' ').unwrap();
        out.push_str(&text.replacen('›', "", 1));
    }
    out
}
