//! What stands for a figure while only its size counts: a file of the same shape
//! that takes no time to draw.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Figure, Format};

/// The most pixels to a side of a picture that stands for another: enough to have
/// its shape.
const MAX_SIDE: f64 = 2000.0;

/// A figure of the same size that shows nothing. What it is measured by stays.
pub(super) fn of(figure: &Figure) -> Figure {
    let (width, height) = (figure.width, figure.height);
    if figure.format.is_video() {
        return Figure { bytes: Vec::new().into(), ..figure.clone() };
    }
    if figure.format == Format::Svg {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>"
        );
        return Figure { bytes: svg.into_bytes().into(), ..figure.clone() };
    }
    // Above 0, and at most `MAX_SIDE`.
    let by = (MAX_SIDE / width.max(height)).min(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let side = |length: f64| ((length * by).round() as u32).max(1);
    let bytes = png(side(width), side(height));
    Figure { format: Format::Png, bytes: bytes.into(), ..figure.clone() }
}

/// A black picture, one bit to a pixel.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let [size_x, size_y] = [width, height].map(u32::to_be_bytes);
    chunk(&mut out, *b"IHDR", &[&size_x[..], &size_y, &[1, 0, 0, 0, 0]].concat());
    // Each row begins with the number of its filter.
    let row = vec![0; 1 + width.div_ceil(8) as usize];
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = (0..height).try_for_each(|_| packed.write_all(&row));
    let packed = written.and_then(|()| packed.finish());
    chunk(&mut out, *b"IDAT", &packed.unwrap_or_default());
    chunk(&mut out, *b"IEND", &[]);
    out
}

/// Adds a chunk: its length, its name, its data, and their checksum.
fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = out.len();
    out.extend(name);
    out.extend(data);
    out.extend(crc32fast::hash(&out[from..]).to_be_bytes());
}
