//! A compiler that lives on makes what a fresh one makes, byte for byte.
//!
//! Decks are edited at random, as authors and version control do it: text, whole
//! slides, front matter, and every kind of file that a deck reads comes, changes, breaks
//! and goes. After every edit one run knows the earlier ones, another finds what they
//! kept, and a third knows nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::sync::{Arc, Mutex};

use deckc::compile::{self, Memo, Options, Output};
use deckc::diag::{Diagnostic, Diagnostics};
use deckc::html::Preview;
use deckc::loader::Loader;
use deckc::source::Sources;
use deckc::store::{Key, Store};
use image::{ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

/// A slide of each kind that depends on something else than its own text, or that
/// others depend on.
const SLIDES: [&str; 32] = [
    "# Worker pools\n\nHow to bound the work",
    "## The queue\n\n```go {1|2-3|all}\nfor range n {\n\tgo work(jobs)\n}\n```",
    "## Numbers\n\n| jobs | ms |\n|---|---:|\n| 10 | 3 |\n| 100 | 28 |",
    "## A picture\n\n![What is seen](a.png)",
    "## The same one\n\n![What is seen](a.png)\n\n![Another](b.svg)",
    "<!-- include: part.md -->",
    "<!-- id: why -->\n## Why[^1]\n\n- Memory stays *flat*\n- See [the queue](#the-queue)\n\n[^1]: It is said.",
    "<!-- overflow: split -->\n## Long\n\n```python\na = 1\nb = 2\n\nc = 3\nd = 4\n\ne = 5\nf = 6\n\ng = 7\nh = 8\n\ni = 9\nj = 10\n\nk = 11\nl = 12\n\nm = 13\nn = 14\n```",
    "## Привет\n\n1. Один\n2. → ✓ ⌘ 🚀",
    "<!-- layout: mine -->\n## On a layout of its own\n\ntext",
    "## Notes\n\n- Said aloud\n\n<!-- Slowly: `go vet` first. -->",
    "## Drawn\n\n```goroutines\nlanes a, b\na -> b: one\nstep\nb: two\n```\n\ntext",
    "## Laid out\n\n```mermaid {1|2} alt=\"a talks to b\"\nsequenceDiagram\n  A->>B: x\n  B->>A: y\n```",
    "## Measured\n\n```chart line data=data.csv unit=jobs/s\n```",
    "## From a file\n\n```go file=pool.go#func=Run\n```",
    "## What became of it\n\n```go file=pool.go#region=after diff=#region=before {1|all}\n```",
    "## A formula\n\n$$\nE = m c^2\n$$\n\nand $x_1$ in a line",
    "## A part of it\n\n![The middle](a.png){w=60% crop=10%}",
    "## Where it is\n\n![The slides, at example.org](qr:https://example.org/talk)",
    "## Faster\n\n```benchstat old.txt new.txt\n```",
    "## Where the time goes\n\n```flamegraph cpu.folded unit=nanoseconds\n```",
    "## Called\n\n```dot alt=\"main calls work\"\ndigraph { main -> work }\n```",
    "<!-- animate: queue -->\n## Before\n\n```go\nrun()\nend()\n```\n\n---\n\n<!-- animate: queue -->\n## After\n\n```go\nrun()\nwait()\nend()\n```",
    "## :lucide-server: Remarks\n\n```go\nfor range n {\n\twork()\n}\n```\n\n::: line 2\nOne **at a time**\n:::",
    "::: steps\n- One :rocket:\n- Two\n- Three\n:::\n\n> [!NOTE]\n> It is *said*.",
    "<!-- section-time: 5m -->\n<!-- transition: fade -->\n# A part\n\n---\n\n<!-- time: 90s -->\n## Its slide\n\ntext",
    "```yaml\nlimits:\n  cpu: 2\n```\n\n| a | b |\n|---|---|\n| `x` | [a](https://example.org) |",
    "![bg opacity:.1](a.png)\n\n## Before a picture\n\ntext",
    "## Beside one\n\n![bg left:40%](a.png)\n![bg](b.svg)\n\n- text",
    "## A photograph\n\n![What is seen](c.jpg)",
    "## It moves\n\n![What is seen](clip.webm){poster=a.png w=480pt loop muted}",
    "<!-- role: backup -->\n## Broken\n\n![](missing.png)",
];

const LAYOUT: &str = "description = \"Mine\"\nmargin = [\"20pt\", \"52pt\", \"34pt\", \"52pt\"]\n\
    gap = \"16pt\"\ncolumns = [\"1fr\"]\nrows = [\"88pt\", \"1fr\"]\nareas = \"\"\"\ntitle\nbody\n\"\"\"\n\n\
    [slots.title]\naccepts = [\"title\"]\ntakes = [\"title\"]\n\n\
    [slots.body]\naccepts = [\"text\", \"list\"]\ntakes = \"rest\"\n";

const POOL: &str = "package pool\n\n// Run runs.\nfunc Run(n int) {\n\tgo work(n)\n}\n\n\
    // #region before\nvar a = 1\nvar b = 2\n// #endregion\n\n\
    // #region after\nvar a = 1\nvar c = 3\n// #endregion\n";

const BENCH: &str = "BenchmarkEncode-8 690848 1726 ns/op\nBenchmarkEncode-8 684861 1723 ns/op\n\
    BenchmarkEncode-8 693285 1707 ns/op\nBenchmarkEncode-8 677692 1707 ns/op\n";

/// Front matter.
const FRONTS: [&str; 8] = [
    "",
    "---\ntheme: light\n---\n",
    "---\ntheme: mine\n---\n",
    "---\ntitle: Go\nlogo: b.svg\nfooter: Go 🚀\n---\n",
    "---\nsize: 4:3\nlang: de\n---\n",
    "---\nslot: 20m\ntransition: slide\n---\n",
    "---\noverflow: split\ntheme: mine\n---\n",
    "---\nlang: he\n---\n",
];

/// The files beside the deck, by name.
const NAMES: [&str; 17] = [
    "a.png",
    "b.svg",
    "c.jpg",
    "clip.webm",
    "part.md",
    "sub/deep.md",
    "deck.lock",
    "layouts/mine.toml",
    "layouts/content.toml",
    "themes/mine.toml",
    "data.csv",
    "pool.go",
    "old.txt",
    "new.txt",
    "cpu.folded",
    "fonts/family.ttc",
    "missing.png",
];

/// How many states a file has, the first ones more likely to be whole; in the last
/// one it is not there.
const STATES: u8 = 6;

/// What a file holds in a state; `None` where it is not there.
fn content(name: &str, state: u8) -> Option<Vec<u8>> {
    let pick =
        |texts: [String; 5]| texts.into_iter().nth(usize::from(state)).map(String::into_bytes);
    let png = |height: u32, shade: u8| {
        let picture = RgbImage::from_pixel(640, height, Rgb([shade, 120, 200]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let bench = |text: &str| {
        let other = BENCH.replace("17", "11");
        pick([BENCH, &other, text, "", "no benchmark\n"].map(str::to_owned))
    };
    let dark = || fs::read_to_string("themes/dark.toml").unwrap();
    let own = || fs::read_to_string("layouts/content.toml").unwrap();
    match name {
        "a.png" => {
            let (whole, wide, other) = (png(360, 0), png(400, 0), png(360, 80));
            let dim = with_gamma(&png(900, 200));
            [whole, wide, other, dim, b"no picture".to_vec()].into_iter().nth(usize::from(state))
        }
        "b.svg" => {
            let svg = |height, text, size| {
                format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 {height}\"><rect \
                     width=\"90\" height=\"90\" fill=\"#111\"/><text \
                     y=\"50\" font-size=\"{size}\" fill=\"#fff\">{text}</text></svg>"
                )
            };
            pick([
                svg(60, "a", 40),
                svg(62, "a", 40),
                svg(60, "b", 40),
                svg(60, "b", 2),
                "<svg".into(),
            ])
        }
        "c.jpg" => {
            let jpeg = |turned: u8, shade: u8| {
                let picture = RgbImage::from_pixel(320, 200, Rgb([shade, 120, 200]));
                let mut bytes = Cursor::new(Vec::new());
                picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
                turn(&bytes.into_inner(), turned)
            };
            let cut = jpeg(1, 0)[..90].to_vec();
            let all = [jpeg(1, 0), jpeg(1, 90), jpeg(6, 0), cut, Vec::new()];
            all.into_iter().nth(usize::from(state))
        }
        "clip.webm" => {
            let whole = include_bytes!("../decks/img/tour-workers.webm").to_vec();
            // Longer by what players skip.
            let more = [&*whole, &[0xec, 0x82, 0, 0]].concat();
            let all = [whole.clone(), more, whole, b"no video".to_vec(), Vec::new()];
            all.into_iter().nth(usize::from(state))
        }
        "sub/deep.md" => pick(
            [
                "## Deep\n\n![Seen from below](../a.png)\n",
                "## Deeper\n\n![Seen from below](../c.jpg)\n",
                "## Deep\n\n![Seen from below](a.png)\n",
                "<!-- include: ../part.md -->\n",
                "",
            ]
            .map(str::to_owned),
        ),
        "deck.lock" => {
            let lock = |text: &str| {
                let sum = deckc::lock::hash([text]);
                format!(
                    "[[include]]\nfile = \"pool.go#func=Run\"\nlines = \"4-6\"\nsha256 = \"{sum}\"\n\
                     text = '''\n{text}'''\n"
                )
            };
            let run = "func Run(n int) {\n\tgo work(n)\n}\n";
            let (same, drifted) = (lock(run), lock("func Run() {}\n"));
            pick([
                same.clone(),
                drifted,
                same.replace("4-6", "9-11"),
                same.replace("[[", "["),
                String::new(),
            ])
        }
        "part.md" => {
            let below = "\n---\n\n<!-- include: sub/deep.md -->\n";
            let more = "\n---\n\n## More of it\n\n![Again](a.png)\n";
            let part =
                |what: &str, n| format!("## A part\n\n- taken in {what}\n{}", more.repeat(n));
            pick([
                part("once", 0),
                part("twice", 1),
                part("again", 2) + below,
                part("`x`", 0),
                String::new(),
            ])
        }
        "layouts/mine.toml" => {
            let broken = LAYOUT.replace("takes = \"rest\"", "");
            let more = LAYOUT.replace("\"text\", ", "");
            pick([LAYOUT.into(), LAYOUT.replace("88pt", "99pt"), more, broken, "x".into()])
        }
        "layouts/content.toml" => {
            let moved = own().replace("\"52pt\"", "\"60pt\"");
            let broken = own().replace("columns", "colums");
            pick([own(), moved, own().replace("16pt", "20pt"), broken, String::new()])
        }
        "themes/mine.toml" => {
            let other = dark().replace("#dde4f2", "#ffffff");
            let tight = dark().replace("tab = 4", "tab = 2").replace("28pt", "26pt");
            let fonts = dark().replace("[\"Inter\",", "[\"Deckc Squares\", \"Inter\",");
            pick([dark(), other, tight, fonts, dark().replace("#dde4f2", "#111111")])
        }
        "data.csv" => pick(
            [
                "n,pool\n1,10\n4,38\n",
                "n,pool\n1,10\n4,39\n",
                "n,a,b\n1,2,3\n2,3,4\n",
                "n,pool\n1,x\n",
                "",
            ]
            .map(str::to_owned),
        ),
        "pool.go" => {
            let below = format!("// Package pool.\n{POOL}");
            let other = POOL.replace("work(n)", "work(n + 1)");
            pick([POOL.into(), below, other, POOL.replace("Run(", "Go("), POOL.replace("// #", "")])
        }
        "old.txt" => bench("BenchmarkEncode-8 1 2 ns/op\n"),
        "new.txt" => bench("BenchmarkDecode-8 1 2 ns/op\n"),
        "cpu.folded" => pick(
            ["main;a;b 3\nmain;a 1\n", "main;a;b 3\nmain;c 9\n", "main 1\n", "main;a x\n", ""]
                .map(str::to_owned),
        ),
        "fonts/family.ttc" => match state {
            0..3 => Some(include_bytes!("fonts/squares.ttc").to_vec()),
            3 => Some(b"no font".to_vec()),
            _ => None,
        },
        // Nearly always as its name says.
        "missing.png" => (state == 0).then(|| png(360, 9)),
        name => panic!("no file of the deck: {name}"),
    }
}

/// A JPEG that says how the camera was held: the orientation of Exif.
fn turn(jpeg: &[u8], turned: u8) -> Vec<u8> {
    // Behind the mark that begins it; one entry, 0x0112, a number of 16 bits.
    let (head, rest) = jpeg.split_at(2);
    let tiff =
        [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[turned, 0, 0, 0, 0, 0, 0, 0][..]];
    let exif = [b"Exif\0\0", &*tiff.concat()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [head, &[0xff, 0xe1], &length, &exif, rest].concat()
}

/// A PNG whose numbers are taken for more light than sRGB has for them, so that it is
/// written anew.
fn with_gamma(png: &[u8]) -> Vec<u8> {
    // Behind the signature and the header.
    let (head, rest) = png.split_at(8 + 25);
    let chunk = [b"gAMA".as_slice(), &100_000_u32.to_be_bytes()].concat();
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    [head, &4_u32.to_be_bytes(), &chunk, &sum, rest].concat()
}

/// A store that is as good as any.
#[derive(Debug, Default)]
struct Kept(Mutex<BTreeMap<Key, Vec<u8>>>);

impl Store for Kept {
    fn get(&self, key: &Key) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(key).cloned()
    }

    fn put(&self, key: &Key, value: &[u8]) {
        self.0.lock().unwrap().insert(*key, value.to_vec());
    }
}

/// One change, as numbers that fit whatever there is.
#[derive(Clone, Debug)]
enum Edit {
    /// Puts a word, or a mark of the language, into a slide.
    Insert(usize, usize, &'static str),
    /// Takes some characters out of a slide.
    Delete(usize, usize, usize),
    /// Takes a slide away.
    Remove(usize),
    /// Puts in a slide of some kind.
    Add(usize, usize),
    /// Moves a slide.
    Move(usize, usize),
    /// Another state of a file.
    File(usize, u8),
    /// Front matter.
    Front(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = prop_oneof![
        Just("word "),
        Just("a\n\nb"),
        Just("`x`"),
        Just("**"),
        Just("ж"),
        Just("\n- item\n"),
        Just("\n<!-- step -->\n"),
        Just("```\n"),
    ];
    prop_oneof![
        4 => (any::<usize>(), any::<usize>(), word).prop_map(|(a, b, c)| Edit::Insert(a, b, c)),
        2 => (any::<usize>(), any::<usize>(), 1..9usize).prop_map(|(a, b, c)| Edit::Delete(a, b, c)),
        1 => any::<usize>().prop_map(Edit::Remove),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Add(a, b)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Move(a, b)),
        4 => (0..NAMES.len(), 0..STATES).prop_map(|(a, b)| Edit::File(a, b)),
        1 => any::<u8>().prop_map(Edit::Front),
    ]
}

/// A deck that is being written.
struct Desk {
    folder: tempfile::TempDir,
    front: String,
    slides: Vec<String>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let whole = SLIDES.iter().take(SLIDES.len() - 1);
        let slides = whole.map(|slide| (*slide).to_owned()).collect();
        let mut desk = Self { folder, front: String::new(), slides };
        for name in 0..NAMES.len() - 1 {
            desk.make(&Edit::File(name, 0));
        }
        desk
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn make(&mut self, edit: &Edit) {
        let n_slides = self.slides.len().max(1);
        let at = |text: &str, at: usize| text.floor_char_boundary(at % (text.len() + 1));
        match edit {
            Edit::Insert(slide, place, word) => {
                if let Some(slide) = self.slides.get_mut(slide % n_slides) {
                    slide.insert_str(at(slide, *place), word);
                }
            }
            Edit::Delete(slide, place, length) => {
                if let Some(slide) = self.slides.get_mut(slide % n_slides) {
                    let from = at(slide, *place);
                    let to = slide.floor_char_boundary((from + length).min(slide.len()));
                    slide.replace_range(from..to.max(from), "");
                }
            }
            Edit::Remove(slide) if 1 < n_slides => _ = self.slides.remove(slide % n_slides),
            Edit::Remove(_) => {}
            Edit::Add(place, kind) => {
                let slide = SLIDES[kind % SLIDES.len()].to_owned();
                self.slides.insert(place % (n_slides + 1), slide);
            }
            Edit::Move(from, to) => {
                let slide = self.slides.remove(from % n_slides);
                self.slides.insert(to % n_slides, slide);
            }
            Edit::File(name, state) => match content(NAMES[*name], *state) {
                Some(content) => self.write(NAMES[*name], content),
                None => _ = fs::remove_file(self.folder.path().join(NAMES[*name])),
            },
            Edit::Front(which) => {
                FRONTS[usize::from(*which) % FRONTS.len()].clone_into(&mut self.front);
            }
        }
        self.write("deck.md", format!("{}{}\n", self.front, self.slides.join("\n\n---\n\n")));
    }

    /// What is made of the deck, as files and as a preview, and what is said of it.
    fn compile(&self, memo: Option<&Arc<Memo>>, kept: Option<&Arc<Kept>>) -> Compiled {
        let loader = Loader::new(self.folder.path()).unwrap();
        let options = Options {
            html: true,
            pdf: true,
            notes: true,
            memo: memo.cloned(),
            store: kept.map(|kept| Arc::clone(kept) as Arc<dyn Store>),
            ..Options::default()
        };
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let prepared = compile::prepare(&loader, "deck.md", &options, &mut sources, &mut diags);
        let prepared = prepared.unwrap();
        let mut again = diags.clone();
        let preview = prepared
            .as_ref()
            .and_then(|deck| compile::preview(deck, &options, &sources, &mut again));
        let output = prepared
            .as_ref()
            .and_then(|deck| compile::finish(deck, &options, &sources, &mut diags));
        Compiled { output, preview, findings: diags.sorted() }
    }
}

/// What came of a deck.
struct Compiled {
    output: Option<Output>,
    preview: Option<Preview>,
    findings: Vec<Diagnostic>,
}

/// What two runs disagree on.
fn difference(a: &Compiled, b: &Compiled) -> Option<&'static str> {
    let differ = |of: fn(&Output) -> &[u8]| a.output.as_ref().map(of) != b.output.as_ref().map(of);
    let shown = |it: &Compiled| {
        let preview = it.preview.as_ref()?;
        let Preview { style, plan, slides, pictures, .. } = preview.clone();
        Some((preview.frame(), preview.title().to_owned(), style, plan, slides, pictures))
    };
    let differences = [
        ("findings", a.findings != b.findings),
        ("HTML", differ(|it| it.html.as_deref().unwrap_or_default().as_bytes())),
        ("PDF", differ(|it| it.pdf.as_deref().unwrap_or_default())),
        ("preview", shown(a) != shown(b)),
    ];
    differences.into_iter().find(|(_, differ)| *differ).map(|(what, _)| what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_an_edit_makes_is_what_a_fresh_build_makes(edits in prop::collection::vec(edit(), 12)) {
        let (memo, kept) = (Arc::new(Memo::default()), Arc::new(Kept::default()));
        let mut desk = Desk::new();
        for edit in [Edit::Remove(usize::MAX)].iter().chain(&edits) {
            desk.make(edit);
            let fresh = desk.compile(None, None);
            let with_memo = desk.compile(Some(&memo), None);
            memo.turn();
            for known in [with_memo, desk.compile(None, Some(&kept))] {
                prop_assert_eq!(difference(&known, &fresh), None, "after {:?}", edit);
            }
        }
    }
}

#[test]
fn the_decks_of_the_property_build_with_each_front_matter() {
    for (at, front) in (0..).zip(FRONTS) {
        let mut desk = Desk::new();
        desk.make(&Edit::Front(at));
        let Compiled { output, findings, .. } = desk.compile(None, None);
        assert!(output.is_some(), "{front}: {findings:#?}");
    }
}
