//! Shortcodes: names between colons that stand for an emoji or an icon.
//!
//! Takes a name, gives the characters or the path that it stands for. The lists
//! are text of one name a line, in rising order, and nothing of them is read
//! before a deck asks. How a shortcode is written in a deck is the business of
//! `read`.

/// What the name of an icon begins with; an emoji has no such name.
pub const ICON_PREFIX: &str = "lucide-";

/// The names that GitHub knows, each with its emoji.
const EMOJI: &str = include_str!("../fonts/noto-emoji/shortcodes.txt");

/// The icons, each with its path or, behind `=`, the icon that it is.
const ICONS: &str = include_str!("../icons/lucide/icons.txt");

/// The emoji of a name without its colons; `None` for a name that none has.
#[must_use]
pub fn emoji(name: &str) -> Option<&'static str> {
    find(EMOJI, name)
}

/// The path of an icon, in the syntax of SVG, on a square of 24 units: a line of
/// two units, with round ends and joints, and no fill. `None` for a name that no
/// icon has; the name has no [`ICON_PREFIX`].
#[must_use]
pub fn icon(name: &str) -> Option<&'static str> {
    let found = find(ICONS, name)?;
    found.strip_prefix('=').map_or(Some(found), |other| find(ICONS, other))
}

/// The names of all emoji, in rising order.
pub fn emoji_names() -> impl Iterator<Item = &'static str> {
    names(EMOJI)
}

/// The names of all icons, in rising order.
pub fn icon_names() -> impl Iterator<Item = &'static str> {
    names(ICONS)
}

fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter_map(|line| Some(line.split_once(' ')?.0))
}

/// What stands behind a name in a list whose lines are in rising order.
fn find(list: &'static str, name: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        // Both lists have characters of more than one byte only behind names.
        let before = list.as_bytes()[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let line = list[start..high].split('\n').next().unwrap_or_default();
        let (found, stands_for) = line.split_once(' ')?;
        match found.cmp(name) {
            std::cmp::Ordering::Equal => return Some(stands_for),
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Fonts;

    #[test]
    fn every_name_is_found_in_its_list() {
        for list in [EMOJI, ICONS] {
            for line in list.lines() {
                let (name, stands_for) = line.split_once(' ').unwrap();
                assert_eq!(find(list, name), Some(stands_for), "{name}");
            }
            assert!(names(list).is_sorted(), "names stand in rising order");
            assert_eq!((find(list, ""), find(list, "zzzz"), find(list, "~")), (None, None, None));
        }
        assert_eq!(emoji("rocket"), Some("🚀"));
        assert_eq!(icon("alert-triangle"), icon("triangle-alert"));
        assert_eq!(emoji_names().find(|name| name.starts_with(ICON_PREFIX)), None);
    }

    #[test]
    fn every_icon_is_a_path_and_every_emoji_has_glyphs() {
        for name in icon_names() {
            let path = icon(name).unwrap_or_default();
            let is_path = |ch: char| ch.is_ascii_digit() || " .,-MmLlHhVvAaCcSsQqTtZz".contains(ch);
            assert!(path.starts_with('M') && path.chars().all(is_path), "{name}: {path}");
        }
        let fonts = Fonts::built_in();
        let seen = |ch: &char| !crate::font::is_invisible(*ch);
        for name in emoji_names() {
            for ch in emoji(name).unwrap_or_default().chars().filter(seen) {
                assert!(fonts.faces.iter().any(|face| face.has(ch)), "{name}: {ch}");
            }
        }
    }
}
