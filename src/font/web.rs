//! Web faces: the font files that the HTML embeds.
//!
//! A face is embedded as one file even when some characters lie outside the
//! Latin subset made beforehand. Two files side by side would be shaped apart,
//! so that a pair across them lost its kerning and the line its width.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::subset::{self, Effort};
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
        let key = FaceKey { family: face.family.clone(), weight: face.weight, italic: face.italic };
        let (_, all) = by_face.entry(key).or_insert_with(|| (face, BTreeSet::new()));
        all.extend(chars.iter().filter(|ch| face.has(**ch)));
    }
    by_face.retain(|_, (_, chars)| !chars.is_empty());
    let faces: Vec<_> = by_face.into_values().collect();
    faces
        .into_par_iter()
        .map(|(face, chars)| WebFace {
            family: face.family.clone(),
            weight: face.weight,
            italic: face.italic,
            data: file(face, chars),
            chars: BTreeSet::new(),
        })
        .collect()
}

/// The file for a face: the Latin subset where that is enough, a subset of
/// Latin and the further characters, or the whole file where outlines cannot
/// be cut.
fn file(face: &Face, mut chars: BTreeSet<char>) -> Cow<'static, [u8]> {
    if let Some(ready) = face.woff2 {
        if chars.iter().all(|&ch| subset::is_latin(ch)) {
            return Cow::Borrowed(ready);
        }
        chars.extend(subset::LATIN.iter().cloned().flatten().filter(|&ch| face.has(ch)));
    }
    subset::woff2(&face.data, &chars, Effort::Quick).map_or_else(|| face.data.clone(), Cow::Owned)
}
