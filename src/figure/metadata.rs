//! What the files of pictures say beside the picture: where it was taken, by whom,
//! with what. None of it ships.
//!
//! Takes a file, gives it without what no picture needs; pixels are not touched.
//! What is kept is listed, not what goes: programs invent new places for what they
//! have to say. Colour profiles stay: they say how the pixels are meant.

use image::metadata::Orientation;

use super::Format;

/// A file whose parts do not lead to its end.
#[derive(Debug)]
pub(super) struct Malformed;

/// A file without what it says beside the picture; `None` for one that says
/// nothing. A JPEG goes on to say how it is turned.
pub(super) fn stripped(
    format: Format,
    bytes: &[u8],
    turn: Orientation,
) -> Result<Option<Vec<u8>>, Malformed> {
    let kept = match format {
        Format::Png => png(bytes),
        Format::Jpeg => jpeg(bytes, turn),
        Format::Gif => gif(bytes),
        Format::Webp => webp(bytes),
        Format::Svg => return Ok(None),
    };
    let kept = kept.ok_or(Malformed)?;
    Ok((kept != bytes).then_some(kept))
}

/// The chunks of a PNG that make the picture (PNG, third edition, chapter 11).
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 12] = [
        b"tRNS", b"sBIT", b"sRGB", b"iCCP", b"cICP", b"gAMA", b"cHRM", b"bKGD", b"pHYs", b"acTL",
        b"fcTL", b"fdAT",
    ];
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        let end = at.checked_add(12)?.checked_add(length)?;
        let chunk = bytes.get(at..end)?;
        let name = &head[4..];
        // Every decoder has to know a chunk whose name starts with a capital.
        if name[0].is_ascii_uppercase() || KEPT.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

/// The segments of a JPEG that make the picture (ITU T.81, annex B).
fn jpeg(bytes: &[u8], turn: Orientation) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    if turn != Orientation::NoTransforms {
        // An Exif segment whose only entry is the orientation.
        out.extend_from_slice(
            b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        );
        out.push(turn.to_exif());
        out.extend_from_slice(&[0; 6]);
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Filling before a marker.
            0xff => {
                at += 1;
                continue;
            }
            0xd9 => {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Some(out);
            }
            0x01 | 0xd0..=0xd7 => {
                out.extend_from_slice(&[0xff, marker]);
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
        let end = at + 2 + usize::from(length.max(2));
        let segment = bytes.get(at..end)?;
        let is_jfif = || marker == 0xe0 && segment[4..].starts_with(b"JFIF\0");
        let is_profile = || marker == 0xe2 && segment[4..].starts_with(b"ICC_PROFILE\0");
        // Adobe's segment says how colours are coded.
        if !matches!(marker, 0xe0..=0xef | 0xfe) || marker == 0xee || is_jfif() || is_profile() {
            out.extend_from_slice(segment);
        }
        at = end;
        if marker == 0xda {
            let scan = bytes.get(at..)?;
            let length = scan.windows(2).position(|pair| {
                pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff)
            })?;
            out.extend_from_slice(&scan[..length]);
            at += length;
        }
    }
}

/// The blocks of a GIF that make the picture and move it.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let (start, is_kept) = (
            at,
            match *bytes.get(at)? {
                0x3b => {
                    out.push(0x3b);
                    return Some(out);
                }
                0x21 => {
                    let label = *bytes.get(at + 1)?;
                    let loops = label == 0xff && LOOPS.contains(&bytes.get(at + 3..at + 14)?);
                    at += 2;
                    loops || matches!(label, 0x01 | 0xf9)
                }
                0x2c => {
                    at += 11 + table(*bytes.get(at + 9)?);
                    true
                }
                _ => return None,
            },
        );
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        let block = bytes.get(start..at)?;
        if is_kept {
            out.extend_from_slice(block);
        }
    }
}

/// The chunks of a WebP that make the picture and move it (RFC 9649).
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 7] = [b"VP8X", b"ICCP", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"];
    /// The flags in `VP8X` of Exif and XMP.
    const SAYS: u8 = 0x08 | 0x04;
    let whole = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = whole.checked_add(8)?;
    let bytes = bytes.get(..end)?;
    let mut out = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at < bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        // Chunks are padded to an even length.
        let next = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let chunk = bytes.get(at..next.min(bytes.len())).filter(|it| it.len() >= 8 + length)?;
        if KEPT.contains(&name) {
            let from = out.len();
            out.extend_from_slice(chunk);
            if name == b"VP8X" {
                *out.get_mut(from + 8)? &= !SAYS;
            }
        }
        at = next;
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_cut_anywhere_is_malformed_or_whole() {
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe\x03abc\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";
        for end in 0..gif.len() {
            assert!(stripped(Format::Gif, &gif[..end], Orientation::NoTransforms).is_err());
            for format in [Format::Png, Format::Jpeg, Format::Webp] {
                assert!(stripped(format, &gif[..end], Orientation::NoTransforms).is_err());
            }
        }
        let kept = stripped(Format::Gif, gif, Orientation::NoTransforms).unwrap().unwrap();
        assert_eq!(kept.len(), gif.len() - 7);
        assert!(!kept.windows(3).any(|it| it == b"abc"));
    }
}
