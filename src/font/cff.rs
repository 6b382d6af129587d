//! Fonts with CFF outlines, cut down in place.
//!
//! The outlines of glyphs that are not needed are overwritten with empty ones
//! of the same length, so that every offset in the file still holds. The file
//! stays as long, and compresses to what is left: a font of 16 MB with every
//! Chinese character goes into a page with some hundred kilobytes.

use std::collections::BTreeSet;
use std::ops::Range;

/// Overwrites the outlines of every glyph that `keep` does not have.
///
/// `None` for a file without a `CFF ` table or with one that cannot be read.
pub(super) fn blank(font: &[u8], keep: &BTreeSet<u32>) -> Option<Vec<u8>> {
    let table = table(font, *b"CFF ")?;
    let glyphs = char_strings(font.get(table.clone())?)?;
    let mut out = font.to_vec();
    let cff = out.get_mut(table)?;
    for (glyph, range) in (0u32..).zip(glyphs) {
        // Glyph 0 shows that a character is missing.
        if glyph != 0 && !keep.contains(&glyph) {
            empty(cff.get_mut(range)?);
        }
    }
    Some(out)
}

/// Where a table of a font file stands.
fn table(font: &[u8], tag: [u8; 4]) -> Option<Range<usize>> {
    let n_tables = u16::from_be_bytes(font.get(4..6)?.try_into().ok()?);
    let records = font.get(12..)?.chunks_exact(16).take(usize::from(n_tables));
    let record = records.into_iter().find(|record| record.starts_with(&tag))?;
    let number = |at: usize| Some(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?));
    let (start, length) = (number(8)? as usize, number(12)? as usize);
    let end = start.checked_add(length)?;
    (end <= font.len()).then_some(start..end)
}

/// Where the outlines stand in a CFF table, by glyph.
fn char_strings(cff: &[u8]) -> Option<Vec<Range<usize>>> {
    let header_size = usize::from(*cff.get(2)?);
    let (_, names_end) = index(cff, header_size)?;
    let (tops, _) = index(cff, names_end)?;
    let top = cff.get(tops.first()?.clone())?;
    Some(index(cff, top_offset(top)?)?.0)
}

/// The items of an INDEX (CFF specification, section 5), and where it ends.
fn index(cff: &[u8], at: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let count = usize::from(u16::from_be_bytes(cff.get(at..at + 2)?.try_into().ok()?));
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = usize::from(*cff.get(at + 2)?);
    if !(1..=4).contains(&size) {
        return None;
    }
    let offset = |item: usize| {
        let bytes = cff.get(at + 3 + item * size..at + 3 + (item + 1) * size)?;
        Some(bytes.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    // Offsets count from the byte before the data.
    let data = at + 2 + (count + 1) * size;
    let mut items = Vec::with_capacity(count);
    for item in 0..count {
        let (start, end) = (data + offset(item)?, data + offset(item + 1)?);
        if end < start || cff.len() < end {
            return None;
        }
        items.push(start..end);
    }
    Some((items, data + offset(count)?))
}

/// The offset of the outlines in a Top DICT: operator 17 (CFF specification,
/// section 9).
fn top_offset(dict: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut operand = None;
    while let Some(&byte) = dict.get(at) {
        let size = match byte {
            17 => return operand,
            // Escape and a second byte of operator; a number of two bytes.
            12 | 247..=254 => 2,
            28 => 3,
            29 => 5,
            // A real number: nibbles up to one that is 15.
            30 => 2 + dict.get(at + 1..)?.iter().position(|it| it & 15 == 15 || it >> 4 == 15)?,
            _ => 1,
        };
        if 28 <= byte {
            let bytes = dict.get(at + 1..at + size)?;
            operand = match byte {
                28 | 29 => {
                    Some(bytes.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte)))
                }
                32..=246 => usize::from(byte).checked_sub(139),
                247..=250 => Some((usize::from(byte) - 247) * 256 + usize::from(bytes[0]) + 108),
                _ => None,
            };
        }
        at += size;
    }
    None
}

/// Overwrites an outline with one that draws nothing: moves by 0, and the end.
/// Validators refuse bytes behind the end.
fn empty(outline: &mut [u8]) {
    // Charstring Type 2: 139 is the number 0, 22 `hmoveto`, 21 `rmoveto`, 14
    // `endchar`.
    let Some((last, moves)) = outline.split_last_mut() else { return };
    *last = 14;
    let (first, rest) =
        moves.split_at_mut(if moves.len() % 2 == 1 { moves.len().min(3) } else { 0 });
    match first {
        [only] => *only = 139,
        [x, y, op] => (*x, *y, *op) = (139, 139, 21),
        _ => {}
    }
    for pair in rest.chunks_exact_mut(2) {
        pair.copy_from_slice(&[139, 22]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_outline_ends_at_its_last_byte() {
        let emptied = |length| {
            let mut outline = vec![1; length];
            empty(&mut outline);
            outline
        };
        assert_eq!(emptied(0), [0; 0]);
        assert_eq!(emptied(1), [14]);
        assert_eq!(emptied(2), [139, 14]);
        assert_eq!(emptied(3), [139, 22, 14]);
        assert_eq!(emptied(4), [139, 139, 21, 14]);
        assert_eq!(emptied(6), [139, 139, 21, 139, 22, 14]);
    }
}
