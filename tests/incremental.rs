//! A compiler that lives on makes what a fresh one makes, byte for byte.
//!
//! Decks are edited at random, as authors and version control do it: text, whole
//! slides, pictures, an included deck, a layout and a theme beside the deck. After
//! every edit one run knows the earlier ones, another finds what they kept, and a third
//! knows nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use deckc::compile::{Memo, Options, Output, compile};
use deckc::diag::{Diagnostic, Diagnostics};
use deckc::loader::Loader;
use deckc::source::Sources;
use deckc::store::{Key, Store};
use image::{ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

/// A slide of each kind that depends on something else than its own text.
const SLIDES: [&str; 14] = [
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
    "<!-- role: backup -->\n## Broken\n\n![](missing.png)",
];

const LAYOUT: &str = "description = \"Mine\"\nmargin = [\"20pt\", \"52pt\", \"34pt\", \"52pt\"]\n\
    gap = \"16pt\"\ncolumns = [\"1fr\"]\nrows = [\"88pt\", \"1fr\"]\nareas = \"\"\"\ntitle\nbody\n\"\"\"\n\n\
    [slots.title]\naccepts = [\"title\"]\ntakes = [\"title\"]\n\n\
    [slots.body]\naccepts = [\"text\", \"list\"]\ntakes = \"rest\"\n";

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
    /// Another picture of the same name.
    Picture(u8),
    /// Another text of the included deck.
    Part(u8),
    /// Another layout of the same name, or none.
    Layout(u8),
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
        1 => any::<u8>().prop_map(Edit::Picture),
        1 => any::<u8>().prop_map(Edit::Part),
        1 => any::<u8>().prop_map(Edit::Layout),
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
        let slides = SLIDES.iter().take(13).map(|slide| (*slide).to_owned()).collect();
        let mut desk = Self { folder, front: String::new(), slides };
        for number in [0, 1, 2] {
            desk.make(&[Edit::Picture, Edit::Part, Edit::Layout][number](0));
        }
        desk
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
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
            Edit::Picture(which) => {
                let color = Rgb([which % 3 * 80, 120, 200]);
                let picture = RgbImage::from_pixel(640, 360 + u32::from(which % 2) * 40, color);
                picture
                    .save_with_format(self.folder.path().join("a.png"), ImageFormat::Png)
                    .unwrap();
                let svg = format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 {}\"><text y=\"50\" \
                     font-size=\"40\" fill=\"#fff\">{which}</text></svg>",
                    60 + which % 3
                );
                self.write("b.svg", svg);
            }
            Edit::Part(which) => {
                let more =
                    "\n---\n\n## More of it\n\n![Again](a.png)\n".repeat(usize::from(which % 3));
                self.write("part.md", format!("## A part\n\n- taken in {which}\n{more}"));
            }
            Edit::Layout(0..32) => self.write("layouts/mine.toml", LAYOUT),
            Edit::Layout(32..200) => {
                self.write("layouts/mine.toml", LAYOUT.replace("88pt", "99pt"));
            }
            Edit::Layout(_) => {
                _ = std::fs::remove_file(self.folder.path().join("layouts/mine.toml"));
            }
            Edit::Front(which) => {
                let fronts =
                    ["", "---\ntheme: light\n---\n", "---\ntitle: Go\nfooter: Go 🚀\n---\n"];
                fronts[usize::from(*which) % 3].clone_into(&mut self.front);
            }
        }
        self.write("deck.md", format!("{}{}\n", self.front, self.slides.join("\n\n---\n\n")));
    }

    /// What is made of the deck, and what is said of it.
    fn compile(
        &self,
        memo: Option<&Arc<Memo>>,
        kept: Option<&Arc<Kept>>,
    ) -> (Option<Output>, Vec<Diagnostic>) {
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
        let output = compile(&loader, "deck.md", &options, &mut sources, &mut diags).unwrap();
        (output, diags.sorted())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_an_edit_makes_is_what_a_fresh_build_makes(edits in prop::collection::vec(edit(), 12)) {
        let (memo, kept) = (Arc::new(Memo::default()), Arc::new(Kept::default()));
        let mut desk = Desk::new();
        for edit in [Edit::Remove(usize::MAX)].iter().chain(&edits) {
            desk.make(edit);
            let (fresh, fresh_findings) = desk.compile(None, None);
            let with_memo = desk.compile(Some(&memo), None);
            memo.turn();
            for (known, known_findings) in [with_memo, desk.compile(None, Some(&kept))] {
                prop_assert_eq!(&known_findings, &fresh_findings, "after {:?}", edit);
                let same = |of: fn(&Output) -> &[u8]| known.as_ref().map(of) == fresh.as_ref().map(of);
                prop_assert!(same(|it| it.html.as_deref().unwrap_or_default().as_bytes()), "HTML after {:?}", edit);
                prop_assert!(same(|it| it.pdf.as_deref().unwrap_or_default()), "PDF after {:?}", edit);
            }
        }
    }
}

#[test]
fn the_first_deck_of_the_property_builds() {
    let (output, findings) = Desk::new().compile(None, None);
    assert!(output.is_some(), "{findings:?}");
}
