//! Fonts that are installed on the machine, for characters that no other font
//! has.
//!
//! What is found depends on the machine, which is why it has to be asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Face, file};
use crate::loader;

/// A family that could serve.
#[derive(Default)]
struct Family {
    /// The characters asked for that it has.
    has: BTreeSet<char>,
    /// Its files.
    files: BTreeSet<PathBuf>,
}

/// Faces for as many of `chars` as the installed fonts have: families are
/// taken one by one, each time the one that has most of what is left; among
/// equals the one for the language, a plain one, and the first by name.
pub(super) fn faces(mut chars: BTreeSet<char>, lang: &str) -> Vec<Face> {
    let mut taken = Vec::new();
    if chars.is_empty() {
        return taken;
    }
    let found: Vec<(PathBuf, Vec<(u16, Face)>)> = loader::installed_fonts()
        .into_par_iter()
        .filter_map(|path| {
            let mut faces = read(&path)?;
            faces.retain(|(_, face)| chars.iter().any(|ch| face.has(*ch)));
            (!faces.is_empty()).then_some((path, faces))
        })
        .collect();
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    for (path, faces) in &found {
        for (_, face) in faces {
            let family = families.entry(face.family.clone()).or_default();
            family.has.extend(chars.iter().filter(|ch| face.has(**ch)));
            family.files.insert(path.clone());
        }
    }
    loop {
        let left = |family: &Family| family.has.intersection(&chars).count();
        let best = families.iter().filter(|(_, family)| left(family) > 0).max_by(|a, b| {
            let rank = |(name, family): &(&String, &Family)| (left(family), liking(name, lang));
            rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(a.0))
        });
        let Some((name, family)) = best.map(|(name, family)| (name.clone(), family)) else {
            break;
        };
        chars.retain(|ch| !family.has.contains(ch));
        let faces = found.iter().filter(|(path, _)| family.files.contains(path));
        let mut all: Vec<(u16, Face)> = faces.flat_map(|(_, faces)| faces).cloned().collect();
        all.retain(|(_, face)| face.family == name);
        let is_wanted = |face: &Face| [400, 700].contains(&face.weight);
        if all.iter().any(|(_, face)| is_wanted(face)) {
            all.retain(|(_, face)| is_wanted(face));
        }
        taken.extend(file::best(all));
    }
    taken
}

/// The faces of an installed file; none for one that cannot be read, which is
/// the machine's affair and not the deck's.
fn read(path: &Path) -> Option<Vec<(u16, Face)>> {
    file::faces(loader::installed_bytes(path)?).ok()
}

/// How well a family suits: the edition for the deck's language, then plain
/// text faces, and among those Noto, which is made to be a fallback.
fn liking(family: &str, lang: &str) -> u8 {
    let region = match lang.split('-').next().unwrap_or_default() {
        "ja" => " JP",
        "ko" => " KR",
        "zh" if lang.contains("TW") || lang.contains("Hant") => " TC",
        "zh" if lang.contains("HK") => " HK",
        _ => " SC",
    };
    let special = ["Mono", "Serif", "Display", "Condensed", "Looped", "Kufi", "Nastaliq", "Color"];
    u8::from(!special.iter().any(|word| family.contains(word))) * 4
        + u8::from(family.ends_with(region)) * 2
        + u8::from(family.starts_with("Noto Sans"))
}
