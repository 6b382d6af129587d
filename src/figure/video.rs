//! Videos: told by their content, and embedded as they are, but for what they say beside
//! their pictures.
//!
//! Nothing is decoded here. A file that is cut off, that browsers do not play, or
//! that is too large for a page that holds everything is refused.

use super::problem::Problem;
use super::{Figure, Format, footage};

/// The largest video, in bytes. The page holds it as text, a third larger, and a
/// browser reads all of it before it shows the first slide.
const MAX: usize = 32 << 20;

/// The format of a video by its first bytes; `None` for what is none, or none that
/// browsers play.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    if is_webm(bytes) {
        return Some(Format::Webm);
    }
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"))?;
    // Pictures (HEIF, AVIF) and QuickTime films begin in the same way.
    let others: [&[u8]; 9] =
        [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"qt  ", b"crx "];
    (!others.contains(&brand)).then_some(Format::Mp4)
}

/// Whether a file is Matroska's kind for the web: its header (EBML, RFC 8794) names
/// the document's type.
fn is_webm(bytes: &[u8]) -> bool {
    let head = bytes.get(..64.min(bytes.len())).unwrap_or_default();
    head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3])
        && head.windows(7).any(|it| it == b"\x42\x82\x84webm")
}

/// Reads a video.
///
/// Gives a problem for a file that is none, that is cut off, or that has more than
/// [`MAX`] bytes. Data that runs along with the pictures is reported through `problems`.
pub(super) fn read(
    key: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Result<Figure, Problem> {
    let stem = key.rsplit_once('.').map_or(key, |(stem, _)| stem);
    let Some(format) = format(bytes) else {
        return Err(Problem::error(
            "broken-asset",
            format!("the file `{key}` is no video that browsers play"),
            format!("make it MP4 or WebM: `ffmpeg -i {key} -pix_fmt yuv420p {stem}.mp4`"),
        ));
    };
    if MAX < bytes.len() {
        return Err(Problem::error(
            "large-asset",
            format!(
                "the video `{key}` has {} MiB; the most is {} MiB",
                bytes.len().div_ceil(1 << 20),
                MAX >> 20
            ),
            format!(
                "the page holds all of it; make it smaller: `ffmpeg -i {key} -vf scale=-2:720 \
                 -crf 30 {stem}-small.mp4`"
            ),
        ));
    }
    let is_whole = if format == Format::Mp4 { is_whole_mp4(bytes) } else { is_whole_webm(bytes) };
    if !is_whole {
        return Err(Problem::error(
            "broken-asset",
            format!("the video `{key}` is broken: its parts do not lead to its end"),
            "export or download it again",
        ));
    }
    let (kept, has_data) = footage::stripped(format, bytes);
    if has_data {
        problems.push(Problem::warning(
            "video",
            format!(
                "the video `{key}` has a track of data beside pictures and sound, perhaps of where it was taken"
            ),
            format!("leave it out: `ffmpeg -i {key} -map 0:v -map 0:a? -c copy {stem}-plain.mp4`"),
        ));
    }
    Ok(Figure {
        format,
        bytes: kept.into(),
        width: 1.0,
        height: 1.0,
        enlarge: 1.0,
        texts: Vec::new(),
        colors: None,
        tones: None,
        still: None,
    })
}

/// Whether the boxes of an MP4 (ISO 14496-12, 4.2) fill the file, and one of them
/// says what is in it.
fn is_whole_mp4(bytes: &[u8]) -> bool {
    let (mut at, mut has_index) = (0_u64, false);
    let length = bytes.len() as u64;
    while at < length {
        let Some(head) = usize::try_from(at).ok().and_then(|at| bytes.get(at..at + 8)) else {
            return false;
        };
        has_index |= &head[4..] == b"moov";
        let size = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            // To the end of the file.
            0 => length - at,
            1 => {
                let large = usize::try_from(at).ok().and_then(|at| bytes.get(at + 8..at + 16));
                large.and_then(|it| it.try_into().ok()).map_or(0, u64::from_be_bytes)
            }
            size => u64::from(size),
        };
        if size < 8 {
            return false;
        }
        at = at.saturating_add(size);
    }
    at == length && has_index
}

/// Whether the parts of a `WebM` (RFC 8794) fill the file. One that was recorded live does
/// not say where it ends.
fn is_whole_webm(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let Some((_, name)) = number(&bytes[at..], false) else { return false };
        let Some((size, length)) = number(&bytes[at + name..], true) else { return false };
        let Some(size) = size else { return true };
        let end =
            usize::try_from(size).ok().and_then(|size| (at + name + length).checked_add(size));
        match end {
            Some(end) if end <= bytes.len() => at = end,
            _ => return false,
        }
    }
    true
}

/// A number of as many bytes as its first one says, with the bits that say so or as a
/// size without them, and how many these are; `None` within for a size that is not
/// known, whose bits are all set.
pub(super) fn number(bytes: &[u8], is_size: bool) -> Option<(Option<u64>, usize)> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    let all = bytes.get(..length).filter(|_| length <= 8)?;
    let whole = all.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let most = (1 << (7 * length)) - 1;
    let number = match (is_size, whole & most) {
        (false, _) => Some(whole),
        (true, size) => (size != most).then_some(size),
    };
    Some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: [u8; 4], size: u32) -> Vec<u8> {
        let mut part = (size + 8).to_be_bytes().to_vec();
        part.extend(name);
        part.resize(size as usize + 8, 0);
        part
    }

    fn mp4(brand: [u8; 4]) -> Vec<u8> {
        let mut head = part(*b"ftyp", 8);
        head[8..12].copy_from_slice(&brand);
        [head, part(*b"moov", 16), part(*b"mdat", 40)].concat()
    }

    #[test]
    fn what_a_file_is_is_told_by_its_content() {
        assert_eq!(format(&mp4(*b"isom")), Some(Format::Mp4));
        assert_eq!(format(&mp4(*b"avif")), None);
        assert_eq!(format(&mp4(*b"qt  ")), None);
        let ebml = |kind: &[u8]| [b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01", kind].concat();
        assert_eq!(format(&ebml(b"\x42\x82\x84webm")), Some(Format::Webm));
        assert_eq!(format(&ebml(b"\x42\x82\x88matroska")), None);
        assert_eq!(format(b"\x89PNG\r\n\x1a\n"), None);
    }

    #[test]
    fn a_file_that_is_cut_off_is_no_video() {
        let whole = mp4(*b"isom");
        let read = |name: &str, bytes: &[u8]| super::read(name, bytes, &mut Vec::new());
        assert!(read("a.mp4", &whole).is_ok());
        // Where its index ends, the file could end.
        let index_ends = whole.len() - 48;
        for length in (12..whole.len()).filter(|length| *length != index_ends) {
            assert!(read("a.mp4", &whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_webm_that_is_cut_off_is_no_video_unless_it_was_live() {
        let file = |size: &[u8]| {
            let head = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm";
            [&head[..], b"\x18\x53\x80\x67", size, &[0xec; 300]].concat()
        };
        let (stored, live) = (file(b"\x41\x2c"), file(b"\x01\xff\xff\xff\xff\xff\xff\xff"));
        let read = |name: &str, bytes: &[u8]| super::read(name, bytes, &mut Vec::new());
        assert!(read("a.webm", &stored).is_ok());
        for length in 13..stored.len() {
            assert!(read("a.webm", &stored[..length]).is_err(), "{length}");
        }
        assert!(read("a.webm", &live[..200]).is_ok());
    }
}
