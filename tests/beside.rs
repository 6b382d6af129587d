//! What an author puts beside a deck, a theme or a layout, is measured where it
//! is shown, and what cannot work is said.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a command said.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs a command in a folder of its own with these files.
fn deckc(args: &[&str], files: &[(&str, &str)]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_deckc"))
        .args(args)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The default theme with some of its lines changed.
fn theme(changes: &[(&str, &str)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/dark.toml");
    let mut text = fs::read_to_string(path).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

/// A slide of each kind of step, each with a focus that is not the last thing one
/// sees of it.
const STEPS: &str = "---\ntitle: Steps\ntheme: mine\n---\n# Steps\n\n---\n\n\
    ## A focus that moves\n\n```go {1|2-3|all} lines\npackage main\n\nfunc main() {}\n```\n\n---\n\n\
    ## A list step by step\n\n::: steps\n- one\n- two\n:::\n\n```go {1|all}\nx := 1\n```\n\n---\n\n\
    <!-- animate: pool -->\n## Before\n\n```go {2|all}\na := 1\nb := 2\n```\n\n---\n\n\
    <!-- animate: pool, transition: fade -->\n## After\n\n```go {1|all}\na := 1\nb := 3\n```\n\n---\n\n\
    ## A change\n\n```diff {2|3|all}\n a := 1\n-b := 2\n+b := 3\n```\n\n---\n\n\
    ## Long lines and gaps\n\n```go {1|3|2} wrap\nresult, err := pool.Run(ctx, jobs, options, 16, 2*time.Second)\n\
    \n世 := \"\t界\"\n```\n\n---\n\n\
    ## Side by side\n\n::: before\n```go {2|1|all}\nmu.Lock()\nn++\nmu.Unlock()\n```\n:::\n\n\
    ::: after\n```go {1|2|all}\nn.Add(1)\nmu.Unlock()\n```\n:::\n";

#[test]
fn a_band_that_hides_code_in_one_step_is_found() {
    let wide = theme(&[("bar = \"4pt\"", "bar = \"64pt\"")]);
    let said =
        deckc(&["check", "--format", "json"], &[("deck.md", STEPS), ("themes/mine.toml", &wide)]);
    let found: Vec<Value> =
        said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let faint: Vec<(u64, &str)> = found
        .iter()
        .filter(|it| it["name"] == "low-contrast")
        .map(|it| (it["slide"].as_u64().unwrap(), it["label"].as_str().unwrap_or_default()))
        .collect();
    let slides: Vec<u64> = faint.iter().map(|(slide, _)| *slide).collect();
    assert_eq!(slides, [2, 3, 4, 5, 6, 7, 8, 8], "{}\n{}", said.out, said.err);
    assert!(faint.iter().all(|(_, label)| label.contains("with the focus on line")), "{faint:?}");
    assert_eq!(said.code, Some(1));

    let said = deckc(&["check"], &[("deck.md", STEPS), ("themes/mine.toml", &theme(&[]))]);
    assert!(!said.out.contains("low-contrast"), "{}", said.out);
}

#[test]
fn a_theme_whose_bands_fail_does_not_load() {
    for (from, to) in [
        ("focus = \"#1f2d52\"", "focus = \"#5f6d92\""),
        ("unfocused = \"#8b98b7\"", "unfocused = \"#4b5877\""),
        ("inserted = \"#10352d\"", "inserted = \"#50756d\""),
        ("deleted = \"#46202f\"", "deleted = \"#86606f\""),
    ] {
        let weak = theme(&[(from, to)]);
        let said = deckc(&["check"], &[("deck.md", STEPS), ("themes/mine.toml", &weak)]);
        assert_eq!(said.code, Some(1), "{to}");
        assert!(said.out.contains("error[weak-contrast]"), "{to}: {}", said.out);
    }
}

/// A letter of code as one sees it: itself, its colour, what is behind it.
type Letter = (char, String, String);

/// The letters of some runs, by their place in tenths of a point.
fn letters(runs: &[Value], found: &mut BTreeMap<(i64, i64), Letter>) {
    for run in runs {
        let text = run["text"].as_str().unwrap();
        let number = |key: &str| run["rect"][key].as_f64().unwrap();
        #[expect(clippy::cast_precision_loss, reason = "a run has some letters")]
        let advance = number("w") / text.chars().count() as f64;
        for (nth, letter) in text.chars().enumerate().filter(|(_, it)| !it.is_whitespace()) {
            #[expect(clippy::cast_precision_loss, reason = "a run has some letters")]
            let x = number("x") + advance * nth as f64;
            #[expect(clippy::cast_possible_truncation, reason = "a page has some points")]
            let place = ((number("y") * 10.0).round() as i64, (x * 10.0).round() as i64);
            let color = run["color"].as_str().unwrap().to_owned();
            found.insert(place, (letter, color, run["backdrop"].to_string()));
        }
    }
}

#[test]
fn every_state_is_what_typesetting_makes_of_it() {
    let pages = |deck: &str| -> Value {
        let files = [("deck.md", deck), ("themes/mine.toml", &theme(&[]))];
        let said = deckc(&["dump", "--stage", "pages"], &files);
        serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err))
    };
    let all = pages(STEPS);
    // The same deck, in which the first and the second focus are the last ones.
    let cut = |keep: usize| -> Value {
        let lines = STEPS.split('\n').map(|line| match line.split_once(" {") {
            Some((fence, rest)) if line.starts_with("```") => {
                let (foci, rest) = rest.split_once('}').unwrap();
                let foci: Vec<&str> = foci.split('|').take(keep).collect();
                format!("{fence} {{{}}}{rest}", foci.join("|"))
            }
            _ => line.to_owned(),
        });
        pages(&lines.collect::<Vec<_>>().join("\n"))
    };
    let mut n_compared = 0;
    for keep in 1..=3 {
        let alone = cut(keep);
        let both = all["pages"].as_array().unwrap().iter().zip(alone["pages"].as_array().unwrap());
        for (all, alone) in both {
            for (id, block) in all["boxes"].as_object().unwrap() {
                let Some(state) = block["states"].get(keep - 1) else { continue };
                let (mut told, mut set) = (BTreeMap::new(), BTreeMap::new());
                for part in ["lit", "dimmed"] {
                    letters(state[part].as_array().unwrap(), &mut told);
                }
                for line in alone["boxes"][id]["lines"].as_array().unwrap() {
                    letters(line["runs"].as_array().unwrap(), &mut set);
                }
                assert!(!set.is_empty());
                assert_eq!(told, set);
                let numbers = state["beside"].as_array().unwrap();
                let furniture = alone["furniture"].as_array().unwrap();
                assert!(numbers.iter().all(|it| furniture.contains(it)), "{numbers:?}");
                n_compared += set.len();
            }
        }
    }
    assert!(300 < n_compared, "{n_compared}");
}

/// The layout of a slide with a title and a list, to be spoilt.
const LAYOUT: &str = "description = \"Mine\"\nmargin = [\"20pt\", \"52pt\", \"34pt\", \"52pt\"]\n\
    gap = \"16pt\"\ncolumns = [\"1fr\"]\nrows = [\"88pt\", \"1fr\"]\nareas = \"\"\"\ntitle\nbody\n\"\"\"\n\n\
    [slots.title]\naccepts = [\"title\"]\ntakes = [\"title\"]\n\n\
    [slots.body]\naccepts = [\"text\", \"list\"]\ntakes = \"rest\"\n";

/// A deck in the theme and on the layout beside it.
const DECK: &str = "---\ntitle: Mine\ntheme: mine\n---\n# Mine\n\n---\n\n<!-- layout: mine -->\n\
    ## What we saw\n\n- one\n- two[^1]\n\n[^1]: Once.\n\n---\n\n## Code\n\n```go {1|2} lines\na := 1\n\
    b := 2\n```\n\n---\n\n## Figures\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n";

/// Files beside a deck that cannot work, with what is said of them.
#[test]
fn what_cannot_work_is_said_and_nothing_is_written() {
    let lines = |text: &str, key: &str, value: &str| {
        let line = text.lines().rfind(|line| line.starts_with(&format!("{key} ="))).unwrap();
        text.replace(line, &format!("{key} = {value}"))
    };
    let dark = theme(&[]);
    let themes = [
        ("bar", "\"-4pt\"", "broken-theme"),
        ("bar", "\"nanpt\"", "broken-theme"),
        ("pad_y", "\"infpt\"", "broken-theme"),
        ("block", "\"1e308pt\"", "broken-theme"),
        ("item", "\"500pt\"", "overflow"),
        ("pad_x", "\"500pt\"", "overflow"),
        ("pad_y", "\"400pt\"", "overflow"),
        ("tab", "nan", "broken-theme"),
        ("tab", "1000000000000", "broken-theme"),
        ("display", "{ size = \"1000pt\", pitch = \"1000pt\", weight = 400 }", "overflow"),
        ("body", "{ size = \"1000pt\", pitch = \"1000pt\", weight = 400 }", "overflow"),
        ("small", "{ size = \"1000pt\", pitch = \"1000pt\", weight = 400 }", "overflow"),
        ("table", "{ size = \"0pt\", pitch = \"0pt\", weight = 400 }", "small-type"),
        ("code", "{ size = \"500pt\", pitch = \"500pt\" }", "overflow"),
        ("text", "\"#0a0f1e\"", "weak-contrast"),
        ("title", "\"#0a0f1e\"", "weak-contrast"),
    ];
    let themes = themes.map(|(key, value, name)| (lines(&dark, key, value), name));
    let whole = [
        (dark.replace("#dde4f2", "#0a0f1e"), "weak-contrast"),
        (dark.replace("\"Inter\"", "\"In\\\"ter}\""), "missing-font"),
        (format!("{dark}x = {}1{}\n", "[".repeat(9999), "]".repeat(9999)), "broken-theme"),
        (format!("{dark}# {}\n", "x".repeat(1 << 20)), "broken-theme"),
        (String::new(), "broken-theme"),
    ];
    for (text, name) in themes.into_iter().chain(whole) {
        fails(&[("themes/mine.toml", &text), ("layouts/mine.toml", LAYOUT)], name);
    }
    let layouts = [
        ("rows", "[\"0pt\", \"1fr\"]", "overflow"),
        ("rows", "[\"1pt\", \"1pt\"]", "overflow"),
        ("rows", "[\"1e308fr\", \"1fr\"]", "broken-layout"),
        ("rows", "[\"5000pt\", \"1fr\"]", "broken-layout"),
        ("columns", "[\"1pt\"]", "overflow"),
        ("columns", "[\"-1fr\"]", "broken-layout"),
        ("columns", "[\"nanfr\"]", "broken-layout"),
        ("gap", "\"600pt\"", "broken-layout"),
        ("margin", "[\"300pt\", \"500pt\", \"300pt\", \"500pt\"]", "broken-layout"),
        ("margin", "\"-20pt\"", "broken-layout"),
    ];
    let layouts = layouts.map(|(key, value, name)| (lines(LAYOUT, key, value), name));
    let tall = format!("rows = [{}]", vec!["\"1fr\""; 2000].join(","));
    let whole = [
        (LAYOUT.replace("title\nbody\n\"", "title body\nbody title\n\""), "broken-layout"),
        (LAYOUT.replace("rows = [\"88pt\", \"1fr\"]", &tall), "broken-layout"),
        (LAYOUT.replace("\"rest\"", "\"rest\"\nbleed = \"500pt\""), "broken-layout"),
        (LAYOUT.replace("\"rest\"", "\"rest\"\ntext = \"fact\""), "overflow"),
        (LAYOUT.replace("\"rest\"", "\"rest\"\ntext = \"small\""), "small-text"),
        (format!("{LAYOUT}[slots.\"</style>\"]\naccepts = [\"text\"]\n"), "broken-layout"),
        (LAYOUT.replace("gap", "accents = [\"body\"]\ngap"), "broken-layout"),
    ];
    for (text, name) in layouts.into_iter().chain(whole) {
        fails(&[("themes/mine.toml", &dark), ("layouts/mine.toml", &text)], name);
    }
    let sound = [("deck.md", DECK), ("themes/mine.toml", &dark), ("layouts/mine.toml", LAYOUT)];
    let said = deckc(&["check"], &sound);
    assert!(!said.out.contains("error"), "{}", said.out);
}

/// The deck does not build, for this reason and for none that is a mistake of
/// deckc.
fn fails(beside: &[(&str, &str)], name: &str) {
    let files: Vec<(&str, &str)> = [("deck.md", DECK)].iter().chain(beside).copied().collect();
    let Said { code, out, err } = deckc(&["build", "--pdf", "-o", "out.html"], &files);
    let what: String =
        beside.iter().map(|(_, text)| text.chars().take(400).collect::<String>()).collect();
    let all = format!("{out}{err}");
    assert_eq!(code, Some(1), "{what}\n{all}");
    assert!(all.contains(&format!("error[{name}]")), "{name}:\n{what}\n{all}");
    assert!(!all.contains("mistake in deckc") && !all.contains("panicked"), "{what}\n{all}");
}
