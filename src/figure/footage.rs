//! What the files of videos say beside their pictures and sound: where and when they
//! were taken, by whom, with what. None of it ships.
//!
//! Takes a file whose parts lead to its end, gives it with these parts made empty:
//! nothing moves, since a video names its pictures by where in the file they stand.
//! Data that runs along with the pictures, as drones and cameras write their places,
//! is found and not taken out.

use super::Format;

/// How deep the parts of a video nest that are looked into.
const MAX_DEPTH: usize = 8;

/// A video without what it says, and whether data runs along with it.
pub(super) fn stripped(format: Format, bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = bytes.to_vec();
    let has_data = match format {
        Format::Webm => {
            webm(&mut out, 0);
            false
        }
        Format::Mp4 => mp4(&mut out, 0),
        Format::Png | Format::Jpeg | Format::Gif | Format::Webp | Format::Svg => false,
    };
    (out, has_data)
}

/// Empties the boxes of an MP4 (ISO 14496-12) that say something; gives whether one of
/// its tracks holds neither pictures nor sound nor subtitles.
fn mp4(bytes: &mut [u8], depth: usize) -> bool {
    const SHOWN: [&[u8]; 8] =
        [b"vide", b"soun", b"subt", b"text", b"sbtl", b"clcp", b"hint", b"tmcd"];
    let (mut at, mut has_data) = (0, false);
    while let Some((head, end)) = mp4_box(bytes, at) {
        let kind: [u8; 4] = bytes[at + 4..at + 8].try_into().unwrap_or_default();
        let content = &mut bytes[at + head..end];
        match &kind {
            b"moov" | b"trak" | b"mdia" | b"moof" | b"traf" if depth < MAX_DEPTH => {
                has_data |= mp4(content, depth + 1);
            }
            // Each of two times has four bytes, or eight in the second version.
            b"mvhd" | b"tkhd" | b"mdhd" => {
                let length = if content.first() == Some(&1) { 16 } else { 8 };
                content.iter_mut().skip(4).take(length).for_each(|byte| *byte = 0);
            }
            b"hdlr" => has_data |= content.get(8..12).is_some_and(|it| !SHOWN.contains(&it)),
            b"udta" | b"meta" | b"uuid" => {
                content.fill(0);
                bytes[at + 4..at + 8].copy_from_slice(b"free");
            }
            _ => {}
        }
        at = end;
    }
    has_data
}

/// The length of a box's head, and where the box ends; `None` where there is none.
fn mp4_box(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let size = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    bytes.get(at + 4..at + 8)?;
    let (head, size) = match size {
        0 => (8, bytes.len() - at),
        1 => {
            let large = u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?);
            (16, usize::try_from(large).ok()?)
        }
        size => (8, size as usize),
    };
    let end = at.checked_add(size)?;
    (head <= size && end <= bytes.len()).then_some((head, end))
}

/// Empties the elements of a `WebM` (RFC 9559) that say something.
fn webm(bytes: &mut [u8], depth: usize) {
    const SEGMENT: u64 = 0x1853_8067;
    const INFO: u64 = 0x1549_a966;
    /// Tags and attachments; of the information on a file its date and title; and the
    /// checksum, which would be another one.
    const SAYS: [u64; 5] = [0x1254_c367, 0x1941_a469, 0x4461, 0x7ba9, 0xbf];
    let mut at = 0;
    while let Some((name, head, end)) = element(bytes, at) {
        match name {
            SEGMENT | INFO if depth < MAX_DEPTH => webm(&mut bytes[at + head..end], depth + 1),
            name if SAYS.contains(&name) => void(&mut bytes[at..end]),
            _ => {}
        }
        at = end;
    }
}

/// The name of an element, the length of its head, and where it ends: with the file,
/// where it does not say so.
fn element(bytes: &[u8], at: usize) -> Option<(u64, usize, usize)> {
    let (name, name_length) = super::video::number(bytes.get(at..)?, false)?;
    let (size, size_length) = super::video::number(bytes.get(at + name_length..)?, true)?;
    let head = name_length + size_length;
    let end = match size {
        Some(size) => (at + head).checked_add(usize::try_from(size).ok()?)?,
        None => bytes.len(),
    };
    (end <= bytes.len()).then_some((name?, head, end))
}

/// Makes an element an empty one of the same length.
fn void(bytes: &mut [u8]) {
    let length = bytes.len();
    bytes.fill(0);
    let Some((name, rest)) = bytes.split_first_mut() else { return };
    *name = 0xec;
    // Its size takes one byte, or eight.
    if length < 9 {
        rest[0] = 0x80 | u8::try_from(length - 2).unwrap_or_default();
    } else {
        let size = (length as u64 - 9) | 1 << 56;
        rest[..8].copy_from_slice(&size.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes()[..], &name, content].concat()
    }

    fn says(bytes: &[u8]) -> bool {
        bytes.windows(6).any(|it| it == b"SECRET")
    }

    #[test]
    fn an_mp4_says_nothing_and_is_as_long() {
        let film = |handler: &[u8; 4]| {
            let times =
                [&[0; 4][..], b"\xd0\x01\x02\x03\xd0\x01\x02\x03", &[0, 0, 3, 232], &[9; 80]];
            let header = part(*b"mvhd", &times.concat());
            let kind = part(*b"hdlr", &[&[0; 8][..], handler, &[0; 13]].concat());
            let said = part(*b"udta", &part(*b"\xa9xyz", b"SECRET"));
            let track = part(*b"trak", &[part(*b"mdia", &kind), said.clone()].concat());
            let index = part(*b"moov", &[header, track, said, part(*b"meta", b"SECRET")].concat());
            let others = [part(*b"uuid", b"SECRET"), part(*b"mdat", b"pictures")];
            [part(*b"ftyp", b"isom\0\0\0\0"), index, others.concat()].concat()
        };
        for (handler, runs_along) in [(b"vide", false), (b"soun", false), (b"camm", true)] {
            let whole = film(handler);
            let (kept, has_data) = stripped(Format::Mp4, &whole);
            assert!(says(&whole) && !says(&kept));
            assert_eq!((kept.len(), has_data), (whole.len(), runs_along));
            assert!(kept.ends_with(b"pictures"));
            assert!(!kept.windows(4).any(|it| it == b"\xd0\x01\x02\x03"), "when it was taken");
            // What is no video at all is left alone.
            for cut in 0..whole.len() {
                assert_eq!(stripped(Format::Mp4, &whole[..cut]).0.len(), cut);
            }
        }
    }

    #[test]
    fn a_webm_says_nothing_and_is_as_long() {
        let tags = b"\x12\x54\xc3\x67\x8aTagsSECRET";
        let info = b"\x15\x49\xa9\x66\x94\x44\x61\x88SECRETat\x7b\xa9\x86SECRET";
        for size in [&b"\x40\x3c"[..], b"\x01\xff\xff\xff\xff\xff\xff\xff"] {
            let segment =
                [b"\x18\x53\x80\x67", size, info, tags, b"\x1f\x43\xb6\x75\x90pictures and all"];
            let whole = [&b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"[..], &segment.concat()].concat();
            let (kept, has_data) = stripped(Format::Webm, &whole);
            assert!(says(&whole) && !says(&kept), "{kept:x?}");
            assert_eq!((kept.len(), has_data), (whole.len(), false));
            assert!(kept.ends_with(b"pictures and all"));
            for cut in 0..whole.len() {
                assert_eq!(stripped(Format::Webm, &whole[..cut]).0.len(), cut);
            }
        }
    }
}
