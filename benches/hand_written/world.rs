//! Typst's library on `deck.typ`, as its command line calls it: what deckc is
//! compared with.

use std::path::Path;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// `deck.typ` as PDF, as Typst's command line makes it with
/// `--ignore-system-fonts --font-path fonts --pdf-standard ua-1`.
pub(crate) fn pdf(folder: &Path) -> Vec<u8> {
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
