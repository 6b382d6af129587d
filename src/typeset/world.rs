//! The world that Typst sees: the prelude, the slides as data, the figures and
//! the fonts, all from memory.
//!
//! There is no way from here to the file system, the network, packages or the
//! clock.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::font::{Face, Fonts};

/// The functions that set blocks and inlines.
const PRELUDE: &str = include_str!("prelude.typ");

/// Typst's standard library; the same for every deck, so that what Typst
/// remembers of one compilation serves the next.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A face as Typst has it.
pub(super) struct SetFace {
    /// Equal for the same file, also where Typst remembers it from another deck.
    pub(super) font: Font,
    /// The same, as everybody else has it.
    pub(super) face: Arc<Face>,
}

impl SetFace {
    /// Every face that Typst can read.
    pub(super) fn all(fonts: &Fonts) -> Vec<Self> {
        let read = |face: &Arc<Face>| {
            let font = Font::new(Bytes::new(File(Arc::clone(face))), 0)?;
            Some(Self { font, face: Arc::clone(face) })
        };
        fonts.faces.iter().filter_map(read).collect()
    }

    /// What the book says of a face: what deckc says of it.
    ///
    /// Typst knows some fonts under other names and weights than their files
    /// give, and text would be set in another family than the theme's.
    fn info(&self) -> FontInfo {
        let Face { family, weight, italic, .. } = &*self.face;
        let style = if *italic { FontStyle::Italic } else { FontStyle::Normal };
        let weight = FontWeight::from_number(*weight);
        let variant = FontVariant { style, weight, stretch: FontStretch::NORMAL };
        FontInfo { family: family.clone(), variant, ..self.font.info().clone() }
    }
}

/// The file of a face, shared.
struct File(Arc<Face>);

impl AsRef<[u8]> for File {
    fn as_ref(&self) -> &[u8] {
        &self.0.data
    }
}

/// What Typst can see of one deck.
pub(super) struct DeckWorld {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    prelude: Source,
    files: BTreeMap<String, Bytes>,
}

impl DeckWorld {
    /// A world with a main text, data files by absolute path, and faces.
    pub(super) fn new(main: String, files: BTreeMap<String, Bytes>, faces: &[SetFace]) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_infos(faces.iter().map(SetFace::info))),
            fonts: faces.iter().map(|it| it.font.clone()).collect(),
            main: Source::new(file("/main.typ"), main),
            prelude: Source::new(file("/deckc/prelude.typ"), PRELUDE.to_owned()),
            files,
        }
    }
}

/// The id of a path in the world. Typst keeps ids for the life of the process,
/// so paths repeat from deck to deck.
fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the paths of the world are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for DeckWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.prelude]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_with_slash();
        self.files.get(path).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The answer for a path that the world does not have.
fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
