//! Reading a page back that deckc wrote: its slides, and what it refers to.
//!
//! Takes the text of an HTML file, gives plain facts. It knows the markup that
//! this module writes, and as much of HTML as finds every attribute and every
//! style that loads something; it builds no tree.

use std::collections::BTreeSet;

use crate::markup::unescape;

/// What is in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The title of each slide, in order; empty for a slide without one.
    pub slides: Vec<String>,
    /// What the page loads besides what is in it: addresses and names of files.
    pub loads: BTreeSet<String>,
    /// Where its links lead, apart from places in the page.
    pub links: BTreeSet<String>,
    /// Whether a policy forbids it to load anything else.
    pub is_closed: bool,
    /// How many slides have notes.
    pub noted: usize,
}

/// Reads a page; says what is wrong with one that is not whole.
///
/// # Errors
/// What is missing.
pub fn look(text: &str) -> Result<Seen, String> {
    if !text.starts_with("<!DOCTYPE html>") || !text.trim_end().ends_with("</html>") {
        return Err("it is cut off, or no page of deckc's".to_owned());
    }
    let mut seen = Seen::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (name, attrs, after) = tag(rest).ok_or("a tag of it never ends")?;
        rest = after;
        element(&name, &attrs, &mut seen);
        if name == "style" || name == "script" {
            let end = format!("</{name}");
            let end = rest.find(&end).ok_or_else(|| format!("its `{name}` never ends"))?;
            if name == "style" {
                style(&rest[..end], &mut seen.loads);
            }
            rest = &rest[end..];
        }
    }
    Ok(seen)
}

/// Names and values of attributes.
type Attrs = Vec<(String, String)>;

/// A tag behind its `<`: its name, its attributes, and what follows.
fn tag(text: &str) -> Option<(String, Attrs, &str)> {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
    let at = text.find(ends)?;
    let (name, mut rest) = text.split_at(at);
    let mut attrs = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((name.to_ascii_lowercase(), attrs, after));
        }
        let at = rest.find(|c: char| ends(c) || c == '=')?;
        let (key, after) = rest.split_at(at);
        rest = after.trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next()?;
            if quote == '"' || quote == '\'' {
                let end = after[1..].find(quote)? + 1;
                value = unescape(&after[1..end]);
                rest = &after[end + 1..];
            } else {
                let end = after.find(ends)?;
                value = unescape(&after[..end]);
                rest = &after[end..];
            }
        } else if at == 0 {
            return None;
        }
        attrs.push((key.to_ascii_lowercase(), value));
    }
}

/// What an element says.
fn element(name: &str, attrs: &[(String, String)], seen: &mut Seen) {
    let get = |key: &str| attrs.iter().find(|(it, _)| it == key).map(|(_, value)| value.as_str());
    let classes = get("class").unwrap_or_default();
    if name == "section" && get("aria-roledescription") == Some("slide") {
        // `3 of 47: the title`
        let label = get("aria-label").unwrap_or_default();
        let title = label.split_once(": ").map_or("", |(_, title)| title);
        seen.slides.push(title.to_owned());
    }
    if name == "aside" && classes.split(' ').any(|class| class == "notes") {
        seen.noted += 1;
    }
    if name == "meta" && get("http-equiv") == Some("Content-Security-Policy") {
        let policy = get("content").unwrap_or_default();
        let closed = policy.split(';').any(|it| it.trim() == "default-src 'none'");
        seen.is_closed = closed && !policy.contains("http:") && !policy.contains("https:");
    }
    for (key, value) in attrs {
        let is_link = name == "a" || name == "area";
        match key.as_str() {
            "href" if is_link && value.starts_with('#') => {}
            "href" if is_link => {
                seen.links.insert(value.clone());
            }
            "src" | "href" | "poster" | "data" | "action" | "background" | "manifest" => {
                load(value, &mut seen.loads);
            }
            "srcset" | "imagesrcset" => {
                for candidate in value.split(',') {
                    load(candidate.split_whitespace().next().unwrap_or_default(), &mut seen.loads);
                }
            }
            "style" => style(value, &mut seen.loads),
            _ => {}
        }
    }
}

/// What a style loads.
fn style(text: &str, loads: &mut BTreeSet<String>) {
    for part in text.split("url(").skip(1) {
        let value = part.split(')').next().unwrap_or_default();
        load(value.trim_matches(['"', '\'', ' ']), loads);
    }
    for part in text.split("@import").skip(1) {
        load(part.split(';').next().unwrap_or_default().trim(), loads);
    }
}

/// Keeps an address, unless it holds what it names.
fn load(value: &str, loads: &mut BTreeSet<String>) {
    if !value.is_empty() && !value.starts_with("data:") && !value.starts_with('#') {
        loads.insert(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_loaded_is_found() {
        let page = "<!DOCTYPE html>\n<html><head><style>@import 'x.css'; p { background: \
            url(\"https://e.org/a.png\") } i { background: url(data:image/gif;base64,R0=) }</style>\
            <script>let a = '<img src=\"no.png\">';</script><link href=l.css></head><body>\
            <!-- <img src=\"no.png\"> --><img alt=\"a > b\" src='b.png'>\
            <img srcset=\"c.png 2x, d.png\"><a href=\"https://e.org/\">x</a><a href=\"#y\">y</a>\
            <p style=\"background:url(e.png)\"></p></body></html>";
        let seen = look(page).unwrap();
        let loads: Vec<&str> = seen.loads.iter().map(String::as_str).collect();
        let wanted =
            ["'x.css'", "b.png", "c.png", "d.png", "e.png", "https://e.org/a.png", "l.css"];
        assert_eq!(loads, wanted);
        assert_eq!(seen.links.iter().collect::<Vec<_>>(), ["https://e.org/"]);
        assert!(!seen.is_closed);
    }
}
