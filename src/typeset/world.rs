//! The world that Typst sees: the prelude, the slides as data, the figures and
//! the fonts, all from memory.
//!
//! There is no way from here to the file system, the network, packages or the
//! clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::{LazyHash, hash128};
use typst::{Library, LibraryExt as _, World};

use super::memo::Memo;
use super::native;
use crate::dress::Dressed;
use crate::font::{Face, Fonts};

/// Where the style of the deck stands.
pub(super) const STYLE: &str = "/deckc/style.json";

/// The functions that set blocks and inlines.
const PRELUDE: &str = include_str!("prelude.typ");

/// What stands on paper: slides with their notes, handouts, cards.
const PAPER: &str = include_str!("paper.typ");

/// The same as Typst reads them, by path, each when it is asked for. The prelude is
/// there once in the style of the slides and once in that of paper.
static LIBRARIES: [(&str, LazyLock<Source>); 3] = [
    (SLIDES, LazyLock::new(|| Source::new(file(SLIDES), PRELUDE.to_owned()))),
    (ON_PAPER, LazyLock::new(|| Source::new(file(ON_PAPER), PRELUDE.to_owned()))),
    (SHEETS, LazyLock::new(|| Source::new(file(SHEETS), PAPER.to_owned()))),
];

/// Where the prelude stands in the style of the slides.
const SLIDES: &str = "/deckc/prelude.typ";

/// Where the prelude stands in the style of paper.
const ON_PAPER: &str = "/paper/prelude.typ";

/// Where the sheets of paper stand.
const SHEETS: &str = "/paper/paper.typ";

/// Typst's standard library; the same for every deck, so that what Typst
/// remembers of one compilation serves the next.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::default();
    native::define(library.global.scope_mut());
    LazyHash::new(library)
});

/// Reads what every deck needs and none changes, if nobody has: the prelude of
/// slides, the library, the shipped faces, and the hashes that Typst keeps of them.
pub(super) fn warm() {
    let [(_, prelude), ..] = &LIBRARIES;
    let fonts = || hash128(&SHIPPED.iter().map(|it| &it.font).collect::<Vec<_>>());
    rayon::join(|| hash128(&**prelude), || rayon::join(|| hash128(&*LIBRARY), fonts));
}

/// The shipped faces, the same for every deck.
static SHIPPED: LazyLock<Vec<SetFace>> =
    LazyLock::new(|| Fonts::built_in().faces.iter().filter_map(SetFace::read).collect());

/// A face as Typst has it.
#[derive(Clone)]
pub(super) struct SetFace {
    /// Equal for the same file, also where Typst remembers it from another deck.
    pub(super) font: Font,
    /// The same, as everybody else has it.
    pub(super) face: Arc<Face>,
}

impl SetFace {
    /// Every face that Typst can read; that for formulas where there is one.
    pub(super) fn all(dressed: Dressed<'_>, memo: Option<&Memo>) -> Vec<Self> {
        let mut faces = dressed.fonts.faces.clone();
        faces.extend(dressed.placed.has_formula().then(Fonts::math));
        let read = |face: &Arc<Face>| {
            let shipped = SHIPPED.iter().find(|it| Arc::ptr_eq(&it.face, face)).cloned();
            shipped.or_else(|| Self::read(face))
        };
        match memo {
            Some(memo) => memo.faces(&faces, read),
            None => faces.iter().filter_map(read).collect(),
        }
    }

    fn read(face: &Arc<Face>) -> Option<Self> {
        let font = Font::new(Bytes::new(File(Arc::clone(face))), 0)?;
        Some(Self { font, face: Arc::clone(face) })
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

/// What every chunk of a deck sees.
pub(super) struct Shared {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    files: BTreeMap<String, Bytes>,
}

impl Shared {
    /// Data files and pictures by absolute path, and faces.
    pub(super) fn new(files: BTreeMap<String, Bytes>, faces: &[SetFace]) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_infos(faces.iter().map(SetFace::info))),
            fonts: faces.iter().map(|it| it.font.clone()).collect(),
            files,
        }
    }

    /// Adds files that every chunk sees.
    pub(super) fn add(&mut self, files: BTreeMap<String, Bytes>) {
        self.files.extend(files);
    }

    /// The file at an absolute path.
    pub(super) fn file(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path)
    }

    /// The files that some data names.
    pub(super) fn files_of(&self, data: &Value, found: &mut BTreeSet<String>) {
        match data {
            Value::String(text) if self.files.contains_key(text) => _ = found.insert(text.clone()),
            Value::Array(all) => all.iter().for_each(|it| self.files_of(it, found)),
            Value::Object(all) => all.values().for_each(|it| self.files_of(it, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A hash of what every page depends on: the style and the faces.
    pub(super) fn digest(&self, faces: &[SetFace]) -> u128 {
        let faces: Vec<_> = faces.iter().map(|it| (&it.font, it.face.key())).collect();
        hash128(&(self.file(STYLE), &self.book, faces))
    }
}

/// What Typst can see of one chunk of a deck.
pub(super) struct DeckWorld<'a> {
    shared: &'a Shared,
    main: Source,
    slides: BTreeMap<String, Bytes>,
}

impl<'a> DeckWorld<'a> {
    /// A world with a main text, and slides as data by absolute path.
    pub(super) fn new(shared: &'a Shared, main: String, slides: BTreeMap<String, Bytes>) -> Self {
        Self { shared, main: Source::new(file("/main.typ"), main), slides }
    }
}

/// The id of a path in the world. Typst keeps ids for the life of the process,
/// so paths repeat from deck to deck.
fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the paths of the world are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for DeckWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let path = id.vpath().get_with_slash();
        let library = LIBRARIES.iter().find(|(name, _)| *name == path);
        library.map(|(_, source)| (*source).clone()).ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_with_slash();
        self.slides
            .get(path)
            .or_else(|| self.shared.files.get(path))
            .cloned()
            .ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The answer for a path that the world does not have.
fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
