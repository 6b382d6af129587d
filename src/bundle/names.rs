//! Names of files that every stick and every system can hold.

use std::collections::BTreeMap;

/// The most units that a name may have (FAT32 with long names, NTFS).
const MAX_NAME: usize = 255;

/// The most that a path may have below a drive and a folder of the user's:
/// Windows takes 260 in all.
const MAX_PATH: usize = 200;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What is wrong with a path on FAT32 or Windows; `None` for one that is safe.
#[must_use]
pub fn problem(path: &str) -> Option<String> {
    if MAX_PATH < path.encode_utf16().count() {
        return Some(format!("it is longer than {MAX_PATH} characters"));
    }
    path.split('/').find_map(|name| {
        let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        let numbered = ["com", "lpt"].iter().any(|device| {
            let number = stem.strip_prefix(device).unwrap_or_default();
            number.len() == 1 && number.chars().all(|c| c.is_ascii_digit())
        });
        if let Some(c) = name.chars().find(|c| "<>:\"\\|?*".contains(*c)) {
            Some(format!("`{c}` is in the name `{name}`"))
        } else if name.chars().any(char::is_control) {
            Some(format!("a control character is in the name `{}`", name.escape_debug()))
        } else if name.ends_with(['.', ' ']) || name.starts_with(' ') {
            Some(format!("the name `{name}` has a space or a dot at its end"))
        } else if name.is_empty() {
            Some("a name is empty".to_owned())
        } else if DEVICES.contains(&stem.as_str()) || numbered {
            Some(format!("`{name}` is the name of a device"))
        } else if MAX_NAME < name.encode_utf16().count() {
            Some(format!("the name `{name}` is longer than {MAX_NAME} characters"))
        } else {
            None
        }
    })
}

/// Two paths that are one where capitals do not matter; `None` without any.
#[must_use]
pub fn clash<'a>(paths: impl IntoIterator<Item = &'a String>) -> Option<(&'a str, &'a str)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            return Some((other, path));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stick_cannot_hold_is_told() {
        for path in [
            "index.html",
            "source/talk.md",
            "a b/ü.go",
            "console.go",
            "com10",
            ".gitignore",
            "x.aux",
        ] {
            assert_eq!(problem(path), None, "{path}");
        }
        for path in [
            "a:b",
            "x/what?.md",
            "CON",
            "x/aux.go",
            "lpt1.txt",
            "x.",
            "x /y",
            "a\\b",
            "tab\tname",
            "a//b",
            "con .txt",
        ] {
            assert!(problem(path).is_some(), "{path}");
        }
        assert!(problem(&"x".repeat(256)).is_some());
        assert!(problem(&"x/".repeat(101)).is_some());
        let paths = ["a/B.md".to_owned(), "a/b.MD".to_owned()];
        assert_eq!(clash(&paths), Some(("a/B.md", "a/b.MD")));
    }
}
