//! Web faces: the font files that the HTML embeds.
//!
//! A face is embedded as one file even when some characters lie outside the
//! Latin subset made beforehand. Two files side by side would be shaped apart,
//! so that a pair across them lost its kerning and the line its width.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::subset::{self, Effort, Subset};
use super::{Face, FaceKey, Fonts, WebFace};

/// The faces to embed for the characters that a deck sets in each, by family,
/// slant and weight.
///
/// A key without a face, and a character that its face does not have, give
/// nothing: the laws have reported them.
pub(super) fn faces(fonts: &Fonts, used: &BTreeMap<FaceKey, BTreeSet<char>>) -> Vec<WebFace> {
    let mut by_face: BTreeMap<FaceKey, (&Arc<Face>, BTreeSet<char>)> = BTreeMap::new();
    for (key, chars) in used {
        let Some(face) = fonts.face(key) else { continue };
        let (_, all) = by_face.entry(face.key()).or_insert_with(|| (face, BTreeSet::new()));
        all.extend(chars.iter().filter(|ch| face.has(**ch)));
    }
    by_face.retain(|_, (_, chars)| !chars.is_empty());
    let faces: Vec<_> = by_face.into_values().collect();
    faces
        .into_par_iter()
        .map(|(face, chars)| {
            let (data, chars) = file(face, chars);
            WebFace {
                family: face.family.clone(),
                weight: face.weight,
                weights: face.weights.clone(),
                italic: face.italic,
                data,
                chars,
            }
        })
        .collect()
}

/// The file for a face, and the characters that it is limited to: the Latin
/// subset where that is enough, a subset of Latin and the further characters,
/// or the whole file where outlines cannot be cut.
fn file(face: &Face, mut chars: BTreeSet<char>) -> (Cow<'static, [u8]>, BTreeSet<char>) {
    if let Some(ready) = face.woff2 {
        if chars.iter().all(|&ch| subset::is_latin(ch)) {
            return (Cow::Borrowed(ready), BTreeSet::new());
        }
        chars.extend(subset::LATIN.iter().cloned().flatten().filter(|&ch| face.has(ch)));
    }
    // The subsetter panics on some broken fonts, as on one whose character map
    // points past its glyphs; such a font goes into the page as it is.
    let made = std::panic::catch_unwind(|| subset::woff2(&face.data, &chars, Effort::Quick));
    match made.ok().flatten() {
        Some(Subset::Cut(data)) => (Cow::Owned(data), BTreeSet::new()),
        // The font still claims the characters that it has no outlines for.
        Some(Subset::Emptied(data)) => (Cow::Owned(data), chars),
        None => (face.data.clone(), BTreeSet::new()),
    }
}
