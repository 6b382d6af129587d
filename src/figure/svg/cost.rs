//! How much an SVG draws, counted before anything is drawn.
//!
//! References multiply: a few hundred bytes can draw a thousand million shapes.
//! The count is an upper bound, since what an element inherits is taken to hold
//! for everything in it.

use std::collections::{BTreeMap, BTreeSet};

use resvg::usvg::roxmltree::{Document, Node};

/// The most elements that one SVG may draw with its references followed; an
/// element of a mask or a pattern counts [`LAYER`] times. At the limit drawing
/// takes about two seconds.
pub(super) const MAX_DRAWN: u64 = 500_000;

/// How many elements of a picture take as long as one of a mask or a pattern,
/// which is drawn into a layer of its own.
const LAYER: u64 = 10;

/// How deep references may lead: those of drawing programs stay below 10.
const MAX_CHAIN: usize = 500;

/// The most references that are looked at: more than elements are drawn.
const MAX_REFERENCES: u64 = 4 * MAX_DRAWN;

/// How many elements an SVG draws at most; [`u64::MAX`] for one whose
/// references lead deeper than is safe to follow.
pub(super) fn drawn(document: &Document<'_>) -> u64 {
    let ids = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
    let mut count = Count {
        ids: ids.collect(),
        rules: BTreeMap::new(),
        known: BTreeMap::new(),
        open: BTreeSet::new(),
        n_references: 0,
    };
    for (selector, body) in sheets.filter_map(|node| node.text()).flat_map(rules) {
        let is_name = |ch: char| ch.is_alphanumeric() || "-_*".contains(ch);
        for name in selector.split(|ch| !is_name(ch)).filter(|name| !name.is_empty()) {
            count.rules.entry(name).or_default().push(body);
        }
    }
    count.element(document.root_element())
}

/// The state of a count.
struct Count<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    /// What the rules of style sheets declare, by each name in their selectors:
    /// an element, a class, an id or `*`.
    rules: BTreeMap<&'a str, Vec<&'a str>>,
    known: BTreeMap<u32, u64>,
    /// What is being counted: a reference back to it draws nothing.
    open: BTreeSet<u32>,
    /// How many references were looked at, which takes time as well.
    n_references: u64,
}

impl<'a> Count<'a, '_> {
    /// How many elements one draws.
    fn element(&mut self, node: Node<'a, '_>) -> u64 {
        let name = node.id().get();
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        if MAX_CHAIN < self.open.len() {
            return u64::MAX;
        }
        if !self.open.insert(name) {
            return 0;
        }
        let mut inside = 1;
        for child in node.children().filter(Node::is_element) {
            // Definitions are drawn where they are referred to.
            if !is_definition(child.tag_name().name()) {
                inside = self.element(child).saturating_add(inside);
            }
        }
        let (mut inherited, mut own) = (1_u64, 0_u64);
        for attribute in node.attributes() {
            let (attribute, value) = (attribute.name(), attribute.value());
            match (attribute, node.tag_name().name()) {
                // A link leads somewhere; it draws nothing from there.
                ("href", "a") => {}
                ("href", _) => {
                    let target = value.trim().strip_prefix('#').unwrap_or_default();
                    inside = self.target(target).saturating_add(inside);
                }
                _ => self.references(node, attribute, value, &mut inherited, &mut own),
            }
        }
        for selected in names(node) {
            for at in 0..self.rules.get(selected).map_or(0, Vec::len) {
                let body = self.rules[selected][at];
                self.references(node, "style", body, &mut inherited, &mut own);
            }
        }
        let total = inside.saturating_mul(inherited).saturating_add(own);
        self.open.remove(&name);
        self.known.insert(name, total);
        total
    }

    /// Adds what an attribute refers to: paint and markers, which everything
    /// within the element inherits, and masks, clips and filters of its own.
    fn references(
        &mut self,
        node: Node<'a, '_>,
        name: &str,
        value: &'a str,
        inherited: &mut u64,
        own: &mut u64,
    ) {
        for (property, id) in urls(name, value) {
            self.n_references += 1;
            if MAX_REFERENCES < self.n_references {
                *own = u64::MAX;
                return;
            }
            let target = self.target(id);
            if property.starts_with("marker") {
                let each = target.saturating_mul(corners(node));
                *inherited = each.saturating_add(*inherited);
            } else if property.starts_with("fill") || property.starts_with("stroke") {
                *inherited = target.saturating_mul(LAYER).saturating_add(*inherited);
            } else if property.starts_with("mask") {
                *own = target.saturating_mul(LAYER).saturating_add(*own);
            } else {
                *own = target.saturating_add(*own);
            }
        }
    }

    /// How many elements the one with an id draws; a gradient draws none.
    fn target(&mut self, id: &str) -> u64 {
        match self.ids.get(id) {
            Some(node) if node.tag_name().name().ends_with("Gradient") => 0,
            Some(node) => self.element(*node),
            None => 0,
        }
    }
}

/// Whether an element draws nothing where it stands.
fn is_definition(name: &str) -> bool {
    ["defs", "symbol", "clipPath", "mask", "pattern", "marker", "filter", "style"].contains(&name)
}

/// How many corners a shape may have, each with a marker: no more than numbers,
/// of which a corner takes two.
fn corners(node: Node<'_, '_>) -> u64 {
    let of = |node: Node<'_, '_>| {
        let text = node.attribute("d").or(node.attribute("points")).unwrap_or_default();
        let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let starts = text.bytes().zip(text.bytes().skip(1));
        starts.filter(|(before, here)| !is_part(*before) && is_part(*here)).count() as u64 + 2
    };
    node.descendants().map(of).max().unwrap_or(2)
}

/// The properties of an attribute's value that refer to an id: those of a
/// `style`, or the attribute itself.
fn urls<'a>(name: &'a str, value: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    value.split(';').flat_map(move |declaration| {
        let (property, rest) = match declaration.split_once(':') {
            Some((property, rest)) if name == "style" => (property.trim(), rest),
            Some(_) | None => (name, declaration),
        };
        rest.split("url(").skip(1).filter_map(move |rest| {
            let inside = rest.split(')').next()?;
            let id = inside.trim_matches(|ch: char| ch.is_whitespace() || ch == '"' || ch == '\'');
            Some((property, id.strip_prefix('#')?))
        })
    })
}

/// The selectors and declarations of a style sheet that refer to an id.
fn rules(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
    sheet.split('}').filter_map(|rule| {
        let (selector, body) = rule.rsplit_once('{')?;
        body.contains("url(").then_some((selector, body))
    })
}

/// The names by which a style sheet may select an element.
fn names<'a>(node: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    let classes = node.attribute("class").unwrap_or_default();
    let names = [node.tag_name().name(), node.attribute("id").unwrap_or_default(), "*"];
    classes.split_whitespace().chain(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(inside: &str) -> u64 {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        drawn(&Document::parse(&text).unwrap())
    }

    #[test]
    fn references_are_followed_as_often_as_they_are_drawn() {
        assert_eq!(count("<g><path/><path/></g>"), 4);
        let symbol = "<symbol id='s'><path/><path/></symbol>";
        assert_eq!(count(&format!("{symbol}<use href='#s'/><use href='#s'/>")), 9);
        let pattern = "<pattern id='p'><path/></pattern>";
        assert_eq!(count(&format!("{pattern}<g fill='url(#p)'><path/></g>")), 1 + 2 * 21);
        assert_eq!(
            count(&format!("<style>.a {{ fill: url(#p) }}</style>{pattern}<path class='a'/>")),
            1 + 21
        );
        assert_eq!(count("<marker id='m'/><path style='marker:url(\"#m\")' d='M 0 0L1 1'/>"), 8);
        assert_eq!(count("<g id='a'><use href='#a'/></g>"), 3);
        assert_eq!(count("<a href='#a'><g id='a'/></a>"), 3);
    }
}
