//! Fields: what front matter and directives share in reading their keys.
//!
//! Takes entries of a YAML map, gives typed values or says what is wrong with
//! each. Which keys there are is the callers' business.

use std::ops::Range;

use super::shortcodes;
use super::text::Located;
use super::yaml::{self, Entry, Node, Value};
use crate::diag::{Diagnostic, Diagnostics, meant};
use crate::model::{Overflow, Time, Transition};
use crate::source::{Span, Spanned};

/// A piece of YAML whose keys are being read.
pub(super) struct Fields<'f> {
    /// The YAML.
    pub(super) text: &'f Located,
    /// How many bytes were put before it for the parser.
    pub(super) before: usize,
    /// Takes the findings.
    pub(super) found: &'f mut Vec<Diagnostic>,
}

impl Fields<'_> {
    /// The span of a key or value.
    pub(super) fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let at = |at: usize| at.saturating_sub(self.before).min(self.text.text.len());
        self.text.span(at(range.start)..at(range.end))
    }

    /// Reports a value of another kind than wanted: of all of an entry, or of
    /// a part of it. Where there is nothing to see, the key is underlined.
    fn wrong(&mut self, entry: &Entry, node: &Node, wanted: &str, example: &str) {
        let range = if node.range.is_empty() { &entry.range } else { &node.range };
        let place = self.span(range);
        let key = &entry.key;
        let message = if node.value == Value::Null {
            format!("`{key}` has no value")
        } else {
            format!("`{key}` is {}, not {wanted}", node.kind())
        };
        self.found.push(
            Diagnostic::error("wrong-type", place, message)
                .hint(format!("write it like `{example}`")),
        );
    }

    /// Text: any scalar.
    pub(super) fn text(&mut self, entry: &Entry, example: &str) -> Option<Spanned<String>> {
        self.scalar(entry, &entry.node, "text", example)
    }

    /// Text that is shown, with its emoji.
    pub(super) fn shown(&mut self, entry: &Entry, example: &str) -> Option<Spanned<String>> {
        let text = self.text(entry, example)?;
        Some(Spanned::new(shortcodes::in_words(&text.value), text.span))
    }

    /// A scalar, which is the value of an entry or stands in it.
    fn scalar(
        &mut self,
        entry: &Entry,
        node: &Node,
        wanted: &str,
        example: &str,
    ) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } => Some(Spanned::new(text.clone(), self.span(&node.range))),
            Value::Null | Value::List(_) | Value::Map(_) => {
                self.wrong(entry, node, wanted, example);
                None
            }
        }
    }

    /// A text that must have a form. Where another was written, `meant` tells
    /// what it stands for, if that is clear.
    pub(super) fn form(
        &mut self,
        entry: &Entry,
        wanted: &str,
        example: &str,
        holds: impl FnOnce(&str) -> bool,
        meant: impl FnOnce(&str) -> Option<String>,
    ) -> Option<Spanned<String>> {
        let text = self.text(entry, example)?;
        if holds(&text.value) {
            return Some(text);
        }
        let (key, value) = (&entry.key, &text.value);
        let message = format!("`{key}` is `{value}`, not {wanted}");
        let wrong = Diagnostic::error("wrong-value", text.span, message);
        self.found.push(match meant(value) {
            Some(meant) => wrong.hint(format!("write `{key}: {meant}`")).patch(text.span, meant),
            None => wrong.hint(format!("write it like `{example}`")),
        });
        None
    }

    /// An address on the web, with a scheme or starting with `//`.
    pub(super) fn address(&mut self, entry: &Entry) -> Option<Spanned<String>> {
        let example = format!("{}: https://example.org/", entry.key);
        self.form(entry, "an address on the web", &example, is_address, address_meant)
    }

    /// How slides take each other's place.
    pub(super) fn transition(&mut self, entry: &Entry) -> Option<Transition> {
        let is_one = |text: &str| Transition::named(text).is_some();
        let wanted = "`none`, `fade` or `slide`";
        let meant = |text: &str| meant(text, ["none", "fade", "slide"]).map(str::to_owned);
        let text = self.form(entry, wanted, "transition: fade", is_one, meant)?;
        Transition::named(&text.value)
    }

    /// What happens to code that is too long.
    pub(super) fn overflow(&mut self, entry: &Entry) -> Option<Overflow> {
        let is_one = |text: &str| matches!(text, "error" | "split");
        let wanted = "`error` or `split`";
        let meant = |text: &str| meant(text, ["error", "split"]).map(str::to_owned);
        let text = self.form(entry, wanted, "overflow: split", is_one, meant)?;
        Some(if text.value == "split" { Overflow::Split } else { Overflow::Error })
    }

    /// A time.
    pub(super) fn time(&mut self, entry: &Entry) -> Option<Spanned<Time>> {
        // A bare number counts minutes, unless a slide would take too many.
        let most = if entry.key == "time" { MAX_BARE_MINUTES } else { u16::MAX };
        let example = format!("{}: 1m30s", entry.key);
        let wanted = "a time of at most 24 hours";
        let holds = |text: &str| Time::parse(text).is_some();
        let meant = |text: &str| time_meant(text, most).filter(|time| holds(time));
        let text = self.form(entry, wanted, &example, holds, meant)?;
        Some(Spanned::new(Time::parse(&text.value)?, text.span))
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&mut self, entry: &Entry, example: &str) -> Vec<Spanned<String>> {
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Null | Value::Scalar { .. } | Value::Map(_) => std::slice::from_ref(&entry.node),
        };
        nodes
            .iter()
            .filter_map(|node| self.scalar(entry, node, "a list of texts", example))
            .collect()
    }
}

/// Whether a text is an address on the web.
pub(super) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://", "//"].iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// The most minutes that a bare number on a slide is taken for; more may be
/// seconds.
const MAX_BARE_MINUTES: u16 = 15;

/// What a time in another form stands for: `25`, `25 min`, `1h 30m`, `0:25:00`.
fn time_meant(text: &str, most_minutes: u16) -> Option<String> {
    let text = text.trim().to_lowercase();
    if let Ok(minutes) = text.parse::<u16>() {
        return (minutes <= most_minutes).then(|| format!("{minutes}m"));
    }
    let parts: Vec<u16> = text.split(':').map_while(|part| part.parse().ok()).collect();
    if let ([hours, minutes, seconds], 2) = (parts.as_slice(), text.matches(':').count()) {
        let parts = [(*hours, 'h'), (*minutes, 'm'), (*seconds, 's')];
        let parts = parts.iter().filter(|(count, _)| 0 < *count);
        let parts: Vec<String> = parts.map(|(count, unit)| format!("{count}{unit}")).collect();
        return Some(parts.concat());
    }
    let mut meant = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        let tail = tail.trim_start();
        let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, tail) = tail.split_at(letters);
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 'h',
            "m" | "min" | "mins" | "minute" | "minutes" => 'm',
            "s" | "sec" | "secs" | "second" | "seconds" => 's',
            _ => return None,
        };
        number.parse::<u16>().ok()?;
        meant.push_str(number);
        meant.push(unit);
        rest = tail.trim_start_matches(['.', ',']).trim_start();
    }
    Some(meant)
}

/// The address that is meant by one without its scheme: `www.example.org/talk`.
pub(super) fn address_meant(text: &str) -> Option<String> {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = labels.last().filter(|_| 1 < labels.len())?;
    let is_host = labels.iter().all(is_label)
        && 2 <= top.len()
        && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    let address = format!("https://{text}");
    (is_host && is_address(&address)).then_some(address)
}

/// Reads YAML whose outermost value must be a map.
///
/// `before` and `after` are put around it for the parser.
pub(super) fn entries(
    text: &Located,
    (before, after): (&str, &str),
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let yaml = format!("{before}{}{after}", text.text);
    let fields = Fields { text, before: before.len(), found };
    match yaml::parse(&yaml) {
        Ok(Node { value: Value::Map(entries), .. }) => entries,
        Ok(Node { value: Value::Null, .. }) if text.text.trim().is_empty() => Vec::new(),
        Ok(node) => {
            let bare = text.text.trim();
            let start = text.text.len() - text.text.trim_start().len() + before.len();
            let all = start..start + bare.len();
            let place = fields.span(if node.range.is_empty() { &all } else { &node.range });
            fields.found.push(
                Diagnostic::error("syntax", place, format!("{what} has no keys"))
                    .hint("write a key, a colon, a space and a value on each line")
                    .hint("a first line `---` starts no slide: delete it if the deck has no keys"),
            );
            Vec::new()
        }
        Err(error) => {
            let length = yaml[error.at..].chars().next().map_or(1, char::len_utf8);
            let at = fields.span(&(error.at..error.at + length));
            let message = format!("{what} is not YAML: {}", error.message);
            let wrong = Diagnostic::error("syntax", at, message)
                .hint(
                    "put quotes around a value that holds a colon, `#`, `{`, `[`, `&`, `*` or \
                     quotes",
                )
                .hides(text.whole());
            let quoted = if before.is_empty() { quoted(&yaml, error.at) } else { Vec::new() };
            let patched = quoted.into_iter().fold(wrong, |wrong, (range, value)| {
                let place = fields.span(&range);
                wrong.patch(place, value)
            });
            fields.found.push(patched);
            if before.is_empty() { rest(yaml, error.at) } else { Vec::new() }
        }
    }
}

/// How many entries of a block of keys may be broken for the others to be read.
const MAX_BROKEN: usize = 8;

/// The entries that can be read without the broken ones: one mistake in the
/// syntax does not hide what is wrong with other keys. None if the mistake goes
/// on past its entry.
fn rest(mut yaml: String, mistake: usize) -> Vec<Entry> {
    let mut at = mistake;
    for _ in 0..MAX_BROKEN {
        let range = entry_around(&yaml, at);
        let blanks: String =
            yaml[range.clone()].bytes().map(|it| if it == b'\n' { '\n' } else { ' ' }).collect();
        yaml.replace_range(range, &blanks);
        match yaml::parse(&yaml) {
            Ok(Node { value: Value::Map(entries), .. }) => return entries,
            Ok(_) => break,
            Err(error) => at = error.at,
        }
    }
    Vec::new()
}

/// The bytes of the lines of an entry: one at the margin, and those below it that
/// are indented, blank, or items of a list.
fn entry_around(yaml: &str, at: usize) -> Range<usize> {
    let goes_on = |line: &str| line.trim().is_empty() || line.starts_with([' ', '\t', '-']);
    let (mut start, mut end) = (0, 0);
    for line in yaml.split_inclusive('\n') {
        if !goes_on(line) {
            if at < end {
                break;
            }
            start = end;
        }
        end += line.len();
    }
    start..end
}

/// How many values of a map are put in quotes at once.
const MAX_QUOTED: usize = 8;

/// The values to put in quotes so that a block of keys becomes YAML, the one of
/// the line with the mistake first; none if that does not help.
fn quoted(yaml: &str, mistake: usize) -> Vec<(Range<usize>, String)> {
    let (mut text, mut at) = (yaml.to_owned(), mistake);
    let mut quoted: Vec<(Range<usize>, String)> = Vec::new();
    // How far quotes have moved what stands behind them.
    let mut moved = 0;
    while quoted.len() < MAX_QUOTED {
        let start = text[..at.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let Some((key, value)) = line.split_once(": ") else { break };
        let (value, is_key) = (value.trim(), |c: char| c.is_ascii_alphanumeric() || c == '-');
        if value.is_empty() || value.contains(" #") || !key.trim().chars().all(is_key) {
            break;
        }
        let from = start + line.len() - line[key.len() + 2..].trim_start().len();
        let range = from..from + value.len();
        let new = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        let origin = range.start.wrapping_sub(moved);
        if quoted.last().is_some_and(|(last, _)| origin < last.end) {
            break;
        }
        quoted.push((origin..origin + value.len(), new.clone()));
        moved += new.len() - value.len();
        text.replace_range(range, &new);
        match yaml::parse(&text) {
            Ok(_) => return quoted,
            Err(error) => at = error.at,
        }
    }
    Vec::new()
}

/// Reports an entry whose key stands above already. The first one holds;
/// `removal` deletes this one.
pub(super) fn duplicate(
    fields: &Fields<'_>,
    entries: &[Entry],
    index: usize,
    first: Span,
    removal: Span,
) -> Diagnostic {
    let Entry { key, range, node } = &entries[index];
    let above = entries[..index].iter().find(|it| it.key == *key);
    let is_same = above.is_some_and(|it| it.node.value == node.value);
    let found =
        Diagnostic::error("duplicate-key", fields.span(range), format!("`{key}` is given twice"))
            .also(first, "it is given here first")
            .hint("delete one of the two")
            .patch(removal, "");
    if is_same { found } else { found.guess() }
}

/// Adds findings to those of the run.
pub(super) fn hand_over(found: Vec<Diagnostic>, diags: &mut Diagnostics) {
    diags.extend(found);
}
