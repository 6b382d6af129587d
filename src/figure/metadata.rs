//! What the files of pictures say beside the picture: where it was taken, by whom,
//! with what. None of it ships.
//!
//! Takes a file, gives it without what no picture needs; pixels are not touched.
//! What is kept is listed, not what goes: programs invent new places for what they
//! have to say. Colour profiles go as well, since pixels that are not sRGB are
//! converted; they stay where a picture moves and its pixels are as they were.

use image::metadata::Orientation;

use super::Format;

/// A file whose parts do not lead to its end.
#[derive(Debug)]
pub(super) struct Malformed;

/// A file without what it says beside the picture, and without what its colours
/// mean unless `colours` is set; `None` for one that says nothing. A JPEG goes on to
/// say how it is turned.
pub(super) fn stripped(
    format: Format,
    bytes: &[u8],
    turn: Orientation,
    colours: bool,
) -> Result<Option<Vec<u8>>, Malformed> {
    let kept = match format {
        Format::Png => png(bytes, colours),
        Format::Jpeg => jpeg(bytes, turn),
        Format::Gif => gif(bytes),
        Format::Webp => webp(bytes, colours),
        Format::Svg | Format::Mp4 | Format::Webm => return Ok(None),
    };
    let kept = kept.ok_or(Malformed)?;
    Ok((kept != bytes).then_some(kept))
}

/// The chunks of a PNG that make the picture (PNG, third edition, chapter 11).
fn png(bytes: &[u8], colours: bool) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 7] = [b"tRNS", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"];
    const COLOURS: [&[u8]; 5] = [b"sRGB", b"iCCP", b"cICP", b"gAMA", b"cHRM"];
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        let end = at.checked_add(12)?.checked_add(length)?;
        let chunk = bytes.get(at..end)?;
        let name = &head[4..];
        // Every decoder has to know a chunk whose name starts with a capital.
        let is_kept = name[0].is_ascii_uppercase()
            || KEPT.contains(&name)
            || colours && COLOURS.contains(&name);
        if is_kept {
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
        // Adobe's segment says how colours are coded.
        if !matches!(marker, 0xe0..=0xef | 0xfe) || marker == 0xee || is_jfif() {
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

/// A block of a GIF.
enum GifBlock {
    /// An extension, and whether it makes the picture or moves it.
    Extension { is_kept: bool },
    /// A picture.
    Frame,
}

/// The blocks of a GIF that make the picture and move it.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..gif_head(bytes)?)?.to_vec();
    walk_gif(bytes, |kind, block| {
        if matches!(kind, GifBlock::Frame | GifBlock::Extension { is_kept: true }) {
            out.extend_from_slice(block);
        }
    })?;
    out.push(0x3b);
    Some(out)
}

/// How many pictures a GIF holds; `None` for one whose blocks do not lead to its end.
fn gif_frames(bytes: &[u8]) -> Option<usize> {
    let mut frames = 0;
    walk_gif(bytes, |kind, _| frames += usize::from(matches!(kind, GifBlock::Frame)))?;
    Some(frames)
}

/// Whether the blocks of a GIF lead to its end.
pub(super) fn is_whole_gif(bytes: &[u8]) -> bool {
    gif_frames(bytes).is_some()
}

/// Where the blocks of a GIF begin.
fn gif_head(bytes: &[u8]) -> Option<usize> {
    Some(13 + gif_table(*bytes.get(10)?))
}

/// The bytes of a table of colours.
const fn gif_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Calls `visit` for every block of a GIF; `None` where they do not lead to its end.
fn walk_gif(bytes: &[u8], mut visit: impl FnMut(GifBlock, &[u8])) -> Option<()> {
    const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];
    let mut at = gif_head(bytes)?;
    loop {
        let start = at;
        let kind = match *bytes.get(at)? {
            0x3b => return Some(()),
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let loops = label == 0xff && LOOPS.contains(&bytes.get(at + 3..at + 14)?);
                at += 2;
                GifBlock::Extension { is_kept: loops || matches!(label, 0x01 | 0xf9) }
            }
            0x2c => {
                at += 11 + gif_table(*bytes.get(at + 9)?);
                GifBlock::Frame
            }
            _ => return None,
        };
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        visit(kind, bytes.get(start..at)?);
    }
}

/// The chunks of a WebP that make the picture and move it (RFC 9649).
fn webp(bytes: &[u8], colours: bool) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 6] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"];
    /// The flags in `VP8X` of Exif and XMP, and of a profile.
    const SAYS: u8 = 0x08 | 0x04;
    const PROFILE: u8 = 0x20;
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
        if KEPT.contains(&name) || colours && name == b"ICCP" {
            let from = out.len();
            out.extend_from_slice(chunk);
            if name == b"VP8X" {
                *out.get_mut(from + 8)? &= !if colours { SAYS } else { SAYS | PROFILE };
            }
        }
        at = next;
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

/// Whether a file holds several pictures, which are shown one after the other.
pub(super) fn moves(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Png => png_heads(bytes).any(|(name, _)| name == b"acTL"),
        Format::Webp => {
            bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|it| it & 2 != 0)
        }
        Format::Gif => gif_frames(bytes).is_none_or(|frames| 1 < frames),
        Format::Jpeg | Format::Svg | Format::Mp4 | Format::Webm => false,
    }
}

/// Whether a WebP keeps its pixels as they are.
pub(super) fn is_lossless_webp(bytes: &[u8]) -> bool {
    let mut at = 12;
    while let Some(head) = bytes.get(at..at + 8) {
        if head.starts_with(b"VP8 ") {
            return false;
        }
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        at = at.saturating_add(8).saturating_add(length).saturating_add(length % 2);
    }
    true
}

/// What a PNG says its numbers mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PngColours {
    /// sRGB, or nothing.
    Nothing,
    /// What its ICC profile says.
    Profile,
    /// Code points of ITU H.273: primaries, transfer, matrix and range.
    Coded([u8; 4]),
    /// The power that makes light of a number, and where white, red, green and blue
    /// lie.
    Measured {
        /// Above 0.
        gamma: f32,
        /// Two coordinates each; `None` for those of sRGB.
        places: Option<[[f32; 2]; 4]>,
    },
}

/// Where white, red, green and blue of sRGB lie (IEC 61966-2-1).
const SRGB: [[f32; 2]; 4] = [[0.3127, 0.3290], [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];

/// What a PNG says its numbers mean (PNG, third edition, 4.3: the first of these
/// chunks in this order counts).
pub(super) fn png_colours(bytes: &[u8]) -> PngColours {
    let find =
        |wanted: &[u8; 4]| png_heads(bytes).find(|(name, _)| name == wanted).map(|(_, data)| data);
    // Parts of 100000.
    let number = |data: &[u8], at: usize| {
        let four: [u8; 4] = data.get(at..at + 4)?.try_into().ok()?;
        #[expect(clippy::cast_precision_loss)]
        let value = u32::from_be_bytes(four) as f32 / 100_000.0;
        Some(value)
    };
    if let Some(code) = find(b"cICP").and_then(|data| data.try_into().ok()) {
        return PngColours::Coded(code);
    }
    if find(b"iCCP").is_some() {
        return PngColours::Profile;
    }
    if find(b"sRGB").is_some() {
        return PngColours::Nothing;
    }
    // Browsers ask nothing else where it is missing.
    let Some(gamma) = find(b"gAMA").and_then(|data| number(data, 0)).filter(|it| 0.0 < *it) else {
        return PngColours::Nothing;
    };
    let places = find(b"cHRM").and_then(|data| {
        let place =
            |at: usize| Some([number(data, at)?, number(data, at + 4).filter(|it| 0.0 < *it)?]);
        Some([place(0)?, place(8)?, place(16)?, place(24)?])
    });
    let is_srgb = |places: [[f32; 2]; 4]| {
        places.iter().flatten().zip(SRGB.iter().flatten()).all(|(a, b)| (a - b).abs() < 0.01)
    };
    // Programs that write 1/2.2, and no other colours, mean sRGB.
    match places.filter(|places| !is_srgb(*places)) {
        None if (gamma - 0.454_55).abs() <= 0.01 => PngColours::Nothing,
        places => PngColours::Measured { gamma: gamma.recip(), places },
    }
}

/// Whether the checksums of a PNG's pixels are right, as far as its chunks go.
pub(super) fn png_is_sound(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        if head.ends_with(b"IEND") {
            return true;
        }
        let Some(end) = (at + 8).checked_add(length) else { return false };
        let (Some(named), Some(sum)) = (bytes.get(at + 4..end), bytes.get(end..end + 4)) else {
            return false;
        };
        let is_needed = head[4].is_ascii_uppercase();
        if is_needed && crc32fast::hash(named).to_be_bytes() != *sum {
            return false;
        }
        at = end + 4;
    }
    false
}

/// The chunks of a PNG that stand before its pixels: names and data.
fn png_heads(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        let data = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        at = at.checked_add(12)?.checked_add(length)?;
        (&head[4..] != b"IDAT").then_some((&head[4..], data))
    })
}

/// How the colours of a JPEG are coded as Adobe's segment says, and where it says
/// so; `None` without one.
pub(super) fn adobe_transform(bytes: &[u8]) -> Option<(usize, u8)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes[at] == 0xff)?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
        if marker == 0xee && bytes.get(at + 4..at + 9) == Some(b"Adobe") {
            return Some((at + 15, *bytes.get(at + 15)?));
        }
        if marker == 0xda {
            return None;
        }
        at += 2 + usize::from(length.max(2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_cut_anywhere_is_malformed_or_whole() {
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe\x03abc\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";
        for end in 0..gif.len() {
            for format in [Format::Gif, Format::Png, Format::Jpeg, Format::Webp] {
                assert!(stripped(format, &gif[..end], Orientation::NoTransforms, true).is_err());
            }
        }
        let kept = stripped(Format::Gif, gif, Orientation::NoTransforms, true).unwrap().unwrap();
        assert_eq!(kept.len(), gif.len() - 7);
        assert!(!kept.windows(3).any(|it| it == b"abc"));
    }
}
