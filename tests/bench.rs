//! The benchmark compares deckc with Typst written by hand: both decks must say
//! the same, or the comparison says nothing.

#[path = "../benches/slides/mod.rs"]
mod slides;

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Every kind of slide, once and a part's beginning twice.
const N_SLIDES: usize = 11;

#[test]
fn the_slides_of_the_benchmark_say_the_same_in_both_forms() {
    let folder = tempfile::tempdir().unwrap();
    slides::write(folder.path(), N_SLIDES).unwrap();

    let built = Command::new(env!("CARGO_BIN_EXE_deckc"))
        .args(["build", "deck.md", "--strict", "-o", "deckc.pdf"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    std::fs::write(folder.path().join("typst.pdf"), pdf(folder.path())).unwrap();

    let (ours, theirs) = (pages(folder.path(), "deckc.pdf"), pages(folder.path(), "typst.pdf"));
    assert_eq!(ours.len(), N_SLIDES);
    for (number, (ours, theirs)) in (1..).zip(ours.iter().zip(&theirs)) {
        assert_eq!(ours, theirs, "page {number}");
    }
    assert_eq!(ours.len(), theirs.len());
}

/// The words of each page of a PDF, sorted: the two may place a slide's parts in
/// another order.
fn pages(folder: &Path, pdf: &str) -> Vec<Vec<String>> {
    let text = Command::new("pdftotext")
        .args([pdf, "-"])
        .current_dir(folder)
        .output()
        .expect("pdftotext is there: install poppler-utils, or let tests/run do it");
    let text = String::from_utf8(text.stdout).unwrap();
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(|page| {
            let mut words: Vec<String> = page.split_whitespace().map(String::from).collect();
            words.sort();
            words
        })
        .collect()
}

/// `deck.typ` as PDF, as Typst's command line makes it with
/// `--ignore-system-fonts --font-path fonts --pdf-standard ua-1`.
fn pdf(folder: &Path) -> Vec<u8> {
    let world = Folder::new(folder);
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
    typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).unwrap()
}

/// A world of one folder and the fonts in `fonts/`.
struct Folder<'a> {
    path: &'a Path,
    library: LazyHash<Library>,
    fonts: &'static [Font],
    book: LazyHash<FontBook>,
}

impl<'a> Folder<'a> {
    fn new(path: &'a Path) -> Self {
        static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
            let mut files: Vec<_> = root
                .read_dir()
                .unwrap()
                .filter_map(|family| family.unwrap().path().read_dir().ok())
                .flat_map(|family| family.map(|file| file.unwrap().path()))
                .filter(|file| file.extension().is_some_and(|ext| ext == "ttf"))
                .collect();
            files.sort();
            files
                .iter()
                .flat_map(|file| Font::iter(Bytes::new(std::fs::read(file).unwrap())))
                .collect()
        });
        Self {
            path,
            library: LazyHash::new(Library::default()),
            fonts,
            book: LazyHash::new(FontBook::from_fonts(fonts)),
        }
    }
}

impl World for Folder<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        let path = VirtualPath::new("/deck.typ").unwrap();
        RootedPath::new(VirtualRoot::Project, path).intern()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text =
            String::from_utf8(self.file(id)?.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.path.join(id.vpath().get_without_slash());
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
