//! Whatever becomes of a bundle, `verify` says so: a bit, a byte, an end, a name,
//! a file, in the folder and in the zip. And whatever a bundle holds, it is read
//! without a panic.

use std::sync::OnceLock;

use deckc::bundle::{self, Files, Parts};
use deckc::compile::{self, Options};
use deckc::diag::Diagnostics;
use deckc::guide::Facts;
use deckc::loader::Loader;
use deckc::pdf;
use deckc::source::Sources;
use deckc::typeset::{Paper, PaperSize as Size};
use proptest::prelude::*;

/// A bundle of a small deck, made once.
fn whole() -> &'static Files {
    static WHOLE: OnceLock<Files> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let deck = "# Größe & Maß\n\n<!-- Gruß. -->\n\n---\n\n## Two\n\n```go\nx := 1\n```\n";
        std::fs::write(folder.path().join("über uns.md"), deck).unwrap();
        let loader = Loader::new(folder.path()).unwrap();
        let options = Options {
            html: true,
            pdf: true,
            notes: true,
            papers: vec![Paper::Notes(Size::A4), Paper::Handout(3, Size::A4)],
            ..Options::default()
        };
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let prepared = compile::prepare(&loader, "über uns.md", &options, &mut sources, &mut diags);
        let prepared = prepared.unwrap().unwrap();
        let made = compile::finish(&prepared, &options, &sources, &mut diags).unwrap();
        let standards = &pdf::Options::default().standards;
        let facts = Facts::default();
        let guide = compile::guide(&prepared, &facts, Size::A4, standards, &mut diags);
        let source = bundle::source(&prepared.placed, &loader, "über uns.md", &[]).unwrap();
        let mut papers = made.papers.into_iter().map(|(_, bytes)| bytes);
        bundle::bundle(Parts {
            title: "Größe & Maß".to_owned(),
            slides: 2,
            html: made.html.unwrap().into_bytes(),
            pdf: made.pdf.unwrap(),
            notes: papers.next().unwrap(),
            handout: papers.next().unwrap(),
            guide: guide.unwrap().1,
            deck: "über uns.md".to_owned(),
            source,
        })
    })
}

/// Whether `verify` has anything to say.
fn is_ready(files: &Files) -> bool {
    let verdict = bundle::verify(files);
    verdict.problems.is_empty() && verdict.strangers.is_empty()
}

/// The name of a file of the bundle.
fn file(at: prop::sample::Index) -> String {
    let names: Vec<&String> = whole().keys().collect();
    (*at.get(&names)).clone()
}

#[test]
fn a_whole_bundle_is_ready() {
    assert_eq!(bundle::verify(whole()), bundle::Verdict { slides: 2, ..Default::default() });
    assert_eq!(bundle::unpack(&bundle::pack(whole()).unwrap()).as_ref(), Ok(whole()));
}

#[test]
fn a_bit_flipped_in_any_file_is_found() {
    // A bit of each file, at a place that differs from file to file.
    for (nth, (name, bytes)) in whole().iter().enumerate() {
        for at in [0, bytes.len() / 2 + nth, bytes.len() - 1] {
            let mut other = whole().clone();
            let at = at.min(bytes.len() - 1);
            other.get_mut(name).unwrap()[at] ^= 1 << (nth % 8);
            assert!(!is_ready(&other), "{name}, byte {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_to_any_file_is_found(
        at: prop::sample::Index, place: prop::sample::Index, other_at: prop::sample::Index,
        bit in 0u8..8, kind in 0..7,
    ) {
        let mut files = whole().clone();
        let (name, other) = (file(at), file(other_at));
        let bytes = files.get_mut(&name).unwrap();
        let place = place.index(bytes.len());
        match kind {
            0 => bytes[place] ^= 1u8 << bit,
            1 => bytes.truncate(place),
            2 => bytes.push(b'\n'),
            3 => drop(bytes.remove(place)),
            4 => drop(files.remove(&name)),
            5 => {
                let bytes = files.remove(&name).unwrap();
                files.insert(format!("{name}.bak"), bytes);
            }
            _ => {
                prop_assume!(files[&name] != files[&other]);
                let (one, two) = (files[&name].clone(), files[&other].clone());
                files.insert(name.clone(), two);
                files.insert(other, one);
            }
        }
        prop_assert!(!is_ready(&files), "{name}, {kind}");
        // Packed, it is no better.
        let unpacked = bundle::unpack(&bundle::pack(&files).unwrap());
        prop_assert_eq!(unpacked.as_ref(), Ok(&files));
    }

    #[test]
    fn any_damage_to_a_zip_is_found(
        place: prop::sample::Index, length: prop::sample::Index, bit in 0u8..8, kind in 0..4,
    ) {
        let whole = bundle::pack(whole()).unwrap();
        let mut zip = whole.clone();
        let place = place.index(zip.len());
        match kind {
            0 => zip[place] ^= 1u8 << bit,
            1 => zip.truncate(place),
            2 => zip.push(0),
            _ => drop(zip.drain(place..=place + length.index(whole.len() - place))),
        }
        prop_assert!(bundle::unpack(&zip).is_err(), "{kind} at {place}");
    }

    #[test]
    fn what_is_damaged_behind_right_sums_is_read_without_a_panic(
        at: prop::sample::Index, places in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        byte: u8,
    ) {
        let mut files = whole().clone();
        files.remove(bundle::SUMS);
        let names: Vec<String> = files.keys().cloned().collect();
        let bytes = files.get_mut(at.get(&names)).unwrap();
        for place in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let sums = files.iter().map(|(name, bytes)| format!("{}  {name}\n", bundle::sum(bytes)));
        let sums: String = sums.collect();
        files.insert(bundle::SUMS.to_owned(), sums.into_bytes());
        // A title or a page may be another, but there are no more slides than bytes.
        prop_assert!(bundle::verify(&files).slides < files["index.html"].len());
    }
}
