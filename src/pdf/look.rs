//! Reading a PDF back: what is in it, and what it refers to.
//!
//! Takes bytes, gives plain facts. Nothing is drawn, and nothing is judged: who
//! asks knows what should be there.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, Stream, String as Text};

/// How deep objects may nest: damaged files nest without end.
const MAX_DEPTH: usize = 64;

/// The most entries that an outline may have.
const MAX_OUTLINE: usize = 100_000;

/// What is in a PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many pages it has.
    pub pages: usize,
    /// The titles of the outline, in order, nested ones after the one that holds
    /// them.
    pub outline: Vec<String>,
    /// The fonts that it names, and whether each is in the file.
    pub fonts: BTreeMap<String, bool>,
    /// The addresses that its links lead to.
    pub addresses: BTreeSet<String>,
    /// What it would do besides following a link: run a script, start a program,
    /// open or fetch another file.
    pub acts: BTreeSet<String>,
    /// The names of the files that it carries.
    pub attached: BTreeSet<String>,
}

/// Reads a PDF; says what is wrong with one that cannot be read.
pub fn look(bytes: &[u8]) -> Result<Seen, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "it is damaged, or no PDF".to_owned())?;
    let mut seen = Seen { pages: pdf.pages().len(), ..Seen::default() };
    for object in pdf.objects() {
        visit(&object, 0, &mut seen);
    }
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let outlines = root.and_then(|root| root.get::<Dict<'_>>("Outlines"));
    if let Some(outlines) = outlines {
        let mut met = BTreeSet::new();
        outline(&outlines, 0, &mut met, &mut seen.outline);
    }
    Ok(seen)
}

/// Looks at an object and at what stands in it; what it refers to is met on its
/// own.
fn visit(object: &Object<'_>, depth: usize, seen: &mut Seen) {
    if depth == MAX_DEPTH {
        return;
    }
    match object {
        Object::Dict(dict) => entries(dict, depth, seen),
        Object::Stream(stream) => {
            if stream.dict().contains_key("F") {
                seen.acts.insert("takes data from another file".to_owned());
            }
            entries(stream.dict(), depth, seen);
        }
        Object::Array(array) => items(array, depth, seen),
        Object::Null(_)
        | Object::Boolean(_)
        | Object::Number(_)
        | Object::String(_)
        | Object::Name(_) => {}
    }
}

fn entries(dict: &Dict<'_>, depth: usize, seen: &mut Seen) {
    facts(dict, seen);
    for (_, value) in dict.entries() {
        if let MaybeRef::NotRef(object) = value {
            visit(&object, depth + 1, seen);
        }
    }
}

fn items(array: &Array<'_>, depth: usize, seen: &mut Seen) {
    for item in array.raw_iter() {
        if let MaybeRef::NotRef(object) = item {
            visit(&object, depth + 1, seen);
        }
    }
}

/// What a dictionary says.
fn facts(dict: &Dict<'_>, seen: &mut Seen) {
    let name = |key: &str| {
        let name = dict.get::<Object<'_>>(key).and_then(Object::into_name);
        name.map(|name| name.as_str().to_owned()).unwrap_or_default()
    };
    match name("Type").as_str() {
        "FontDescriptor" => {
            let here = ["FontFile", "FontFile2", "FontFile3"]
                .iter()
                .any(|key| dict.get::<Stream<'_>>(*key).is_some());
            seen.fonts.insert(name("FontName"), here);
        }
        "Filespec" => {
            let named = text(dict, "UF").or_else(|| text(dict, "F")).unwrap_or_default();
            if dict.contains_key("EF") {
                seen.attached.insert(named);
            } else {
                seen.acts.insert(format!("refers to the file `{named}`"));
            }
        }
        _ => {}
    }
    match name("S").as_str() {
        "URI" => seen.addresses.extend(text(dict, "URI")),
        act @ ("Launch" | "GoToR" | "GoToE" | "JavaScript" | "ImportData" | "SubmitForm"
        | "Movie" | "Sound" | "Rendition" | "RichMediaExecute" | "Thread") => {
            seen.acts.insert(format!("has an action `{act}`"));
        }
        _ => {}
    }
}

/// The titles of an outline, from its first entry to its last.
fn outline<'a>(
    parent: &Dict<'a>,
    depth: usize,
    met: &mut BTreeSet<(i32, i32)>,
    titles: &mut Vec<String>,
) {
    let step = |from: &Dict<'a>, key: &str| from.get_ref(key).zip(from.get::<Dict<'a>>(key));
    let mut next = step(parent, "First");
    while let Some((place, entry)) = next {
        let known = !met.insert((place.obj_number, place.gen_number));
        if known || depth == MAX_DEPTH || titles.len() == MAX_OUTLINE {
            return;
        }
        titles.push(text(&entry, "Title").unwrap_or_default());
        outline(&entry, depth + 1, met, titles);
        next = step(&entry, "Next");
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 behind a mark, UTF-8 behind
/// another, else one byte a character, of which only ASCII is told.
fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    let string = dict.get::<Text<'_>>(key)?;
    let bytes = string.as_bytes();
    Some(match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    })
}
