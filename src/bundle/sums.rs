//! The sums of all files, in the form of `sha256sum`.

use sha2::{Digest as _, Sha256};

use super::Files;
use crate::lock::hex;

/// The file with the sums.
pub const SUMS: &str = "SHA256SUMS";

/// The sums of files, by name.
pub(super) fn write(files: &Files) -> String {
    files.iter().flat_map(|(name, bytes)| [sum(bytes), format!("  {name}\n")]).collect()
}

/// The sum of a file, as `sha256sum` writes it.
#[must_use]
pub fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Reads sums: each with its file. Every byte must be as [`write`] makes it, so
/// that no damage goes unseen.
///
/// # Errors
/// The number of the first line that is not.
pub fn read(text: &str) -> Result<Vec<(String, String)>, usize> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let sound = |line: &str| {
            let line = line.strip_suffix('\n')?;
            let (sum, name) = line.split_at_checked(64)?;
            let name = name.strip_prefix("  ").filter(|name| !name.is_empty())?;
            let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let ordered = found.last().is_none_or(|(last, _)| last.as_str() < name);
            (sum.bytes().all(digit) && ordered).then(|| (name.to_owned(), sum.to_owned()))
        };
        match sound(line) {
            Some(entry) => found.push(entry),
            None => return Err(number),
        }
    }
    Ok(found)
}
