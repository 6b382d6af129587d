//! Zip files: packed without compression, since what a bundle holds is mostly
//! compressed already, and without times, so that the same files give the same
//! bytes (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4).

use super::Files;

/// Marks of the parts of a zip file.
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;

/// Names are UTF-8 (4.4.4, bit 11).
const UTF8: u16 = 1 << 11;

/// The first of January 1980, the earliest date there is.
const DATE: u16 = (1 << 5) | 1;

/// Why a zip file was not unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadZip {
    /// It is not as [`pack`] makes it: damaged, or packed by another program.
    Foreign,
    /// A file of it is damaged.
    Damaged(String),
}

/// Packs files into one; `None` if they have more than 4 GB or 65,535 files.
#[must_use]
pub fn pack(files: &Files) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut central = Vec::new();
    for (name, bytes) in files {
        let at = u32::try_from(out.len()).ok()?;
        let size = u32::try_from(bytes.len()).ok()?;
        let length = u16::try_from(name.len()).ok()?;
        // What both headers say: version, flags, method, time, date, sum, sizes,
        // lengths of the name and of further fields.
        let mut common = Vec::new();
        for half in [20, UTF8, 0, 0, DATE] {
            common.extend(half.to_le_bytes());
        }
        for word in [crc32fast::hash(bytes), size, size] {
            common.extend(word.to_le_bytes());
        }
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);

        out.extend(LOCAL.to_le_bytes());
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(bytes);

        central.extend(CENTRAL.to_le_bytes());
        central.extend([20, 0]);
        central.extend(&common);
        // No comment, the first disk, no attributes.
        central.extend([0; 10]);
        central.extend(at.to_le_bytes());
        central.extend(name.as_bytes());
    }
    let (start, n) = (u32::try_from(out.len()).ok()?, u16::try_from(files.len()).ok()?);
    let size = u32::try_from(central.len()).ok()?;
    out.extend(central);
    out.extend(END.to_le_bytes());
    out.extend([0; 4]);
    out.extend(n.to_le_bytes());
    out.extend(n.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    Some(out)
}

/// Unpacks what [`pack`] has packed.
///
/// # Errors
/// [`BadZip::Damaged`] for a file whose sum is another, and [`BadZip::Foreign`]
/// where any other byte is not as `pack` writes it.
pub fn unpack(bytes: &[u8]) -> Result<Files, BadZip> {
    let mut files = Files::new();
    let mut damaged = None;
    let mut at = 0;
    while read(bytes, at, 4) == Some(LOCAL) {
        let size = read(bytes, at + 18, 4).ok_or(BadZip::Foreign)? as usize;
        let length = read(bytes, at + 26, 2).ok_or(BadZip::Foreign)? as usize;
        let start = at + 30 + length;
        let name = bytes.get(at + 30..start).and_then(|name| std::str::from_utf8(name).ok());
        let name = name.ok_or(BadZip::Foreign)?;
        let end = start.checked_add(size).ok_or(BadZip::Foreign)?;
        let content = bytes.get(start..end).ok_or(BadZip::Foreign)?;
        if read(bytes, at + 14, 4) != Some(crc32fast::hash(content)) {
            damaged.get_or_insert_with(|| name.to_owned());
        }
        files.insert(name.to_owned(), content.to_owned());
        at = end;
    }
    if let Some(name) = damaged {
        return Err(BadZip::Damaged(name));
    }
    // What is packed again must be the same, so no bit of the frame is another.
    if pack(&files).as_deref() == Some(bytes) { Ok(files) } else { Err(BadZip::Foreign) }
}

/// A number of some bytes, the lowest first.
fn read(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_found() {
        let files = Files::from([
            ("a.txt".to_owned(), b"some text".to_vec()),
            ("b/empty".to_owned(), Vec::new()),
            ("b/\u{fc}.bin".to_owned(), vec![0, 255, 7]),
        ]);
        let zip = pack(&files).unwrap();
        assert_eq!(unpack(&zip), Ok(files));
        for bit in 0..zip.len() * 8 {
            let mut other = zip.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(unpack(&other).is_err(), "bit {bit}");
        }
        for end in 0..zip.len() {
            assert!(unpack(&zip[..end]).is_err(), "cut at {end}");
        }
    }
}
