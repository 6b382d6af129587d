//! What typesetting remembers from one run to the next: pages, and the files and
//! faces that they are made of, so that nothing large is hashed twice.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use typst::foundations::Bytes;
use typst::model::DocumentInfo;
use typst_layout::Page as Sheet;

use super::world::SetFace;
use crate::font::Face;
use crate::memo::Shelf;
use crate::page::Page;

/// A page that was set: Typst's, what its document says of itself, and ours.
pub(super) type Known = Arc<(Sheet, DocumentInfo, Page)>;

/// The files of pictures by asset, as they were read and as Typst has them.
type Files = BTreeMap<String, (Arc<[u8]>, Bytes)>;

/// What earlier runs left.
#[derive(Default)]
pub struct Memo {
    /// Pages, by the hash of what they depend on.
    pub(super) pages: Shelf<u128, Known>,
    /// The files of pictures by asset. Typst remembers the hash of a `Bytes`.
    files: Mutex<Files>,
    /// The faces of the last run.
    faces: Mutex<Vec<SetFace>>,
}

impl Memo {
    /// Ends a run.
    pub fn turn(&self) {
        self.pages.turn();
    }

    /// How many pages are remembered.
    pub fn n_pages(&self) -> usize {
        self.pages.len()
    }

    /// Forgets the files of assets that are not shown any more.
    pub(super) fn keep_files(&self, shown: impl Fn(&str) -> bool) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|asset, _| shown(asset));
    }

    /// The file of an asset: that of the last run, if it is the same.
    pub(super) fn file(&self, asset: &str, content: &Arc<[u8]>) -> Bytes {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, bytes)) = files.get(asset)
            && (Arc::ptr_eq(known, content) || known == content)
        {
            return bytes.clone();
        }
        let bytes = Bytes::new(Arc::clone(content));
        files.insert(asset.to_owned(), (Arc::clone(content), bytes.clone()));
        bytes
    }

    /// The faces of this run: those of the last one where they are the same, and
    /// what `read` makes of the others.
    pub(super) fn faces(
        &self,
        faces: &[Arc<Face>],
        read: impl Fn(&Arc<Face>) -> Option<SetFace>,
    ) -> Vec<SetFace> {
        let mut last = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |face: &Arc<Face>| {
            last.iter().find(|it| Arc::ptr_eq(&it.face, face) || it.face.is_same(face)).cloned()
        };
        let all: Vec<SetFace> =
            faces.iter().filter_map(|face| known(face).or_else(|| read(face))).collect();
        last.clone_from(&all);
        all
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("n_pages", &self.n_pages()).finish_non_exhaustive()
    }
}
