//! Removals: what to delete so that nothing is left of an entry or a comment.
//!
//! Takes the entries of a map or the span of a comment, gives the bytes that a
//! patch deletes: with the comma, the line, or the comment around them that
//! would be left for nothing.

use super::fields::Fields;
use super::yaml::{Entry, Value};
use crate::source::Span;

/// The bytes of an entry with what parts it from its neighbours: its lines
/// where it has them for itself, a comma in a flow mapping. An entry without
/// neighbours leaves an empty map.
pub(super) fn entry(fields: &Fields<'_>, entries: &[Entry], index: usize) -> Span {
    let text = &fields.text.text;
    let at = |at: usize| at.saturating_sub(fields.before).min(text.len());
    let start = at(entries[index].range.start);
    let end = at(end(fields, &entries[index]));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |found| end + found);
    let is_alone =
        text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if is_alone {
        let first = fields.text.span(line_start..line_start).start;
        // The last line takes the line end before it along.
        return if line_end + 1 < text.len() {
            Span { start: first, ..fields.text.span(line_end + 1..line_end + 1) }
        } else if 0 < line_start {
            Span {
                start: fields.text.span(line_start - 1..line_start - 1).start,
                ..fields.text.span(start..end)
            }
        } else {
            fields.text.span(start..end)
        };
    }
    match (index.checked_sub(1), entries.get(index + 1)) {
        (_, Some(next)) => fields.text.span(start..at(next.range.start)),
        (Some(before), None) => fields.text.span(at(self::end(fields, &entries[before]))..end),
        (None, None) => fields.text.span(start..end),
    }
}

/// The byte of the YAML after an entry: after its value and the brackets that
/// close it, or after the colon of an entry without one.
fn end(fields: &Fields<'_>, entry: &Entry) -> usize {
    let text = |from: usize, to: usize| {
        let at = |at: usize| at.saturating_sub(fields.before);
        fields.text.text.get(at(from)..at(to)).unwrap_or_default()
    };
    let end = entry.node.range.end.max(entry.range.end);
    if entry.node.range.is_empty() {
        return end + text(end, end + 1).len();
    }
    let is_open = match entry.node.value {
        Value::List(_) | Value::Map(_) => {
            let opening = text(entry.range.end, entry.node.range.start);
            opening.matches(['[', '{']).count()
        }
        Value::Null | Value::Scalar { .. } => 0,
    };
    let rest = text(end, usize::MAX);
    let closing = rest.match_indices([']', '}']).nth(is_open.wrapping_sub(1));
    match closing {
        Some((at, _)) if 0 < is_open => end + at + 1,
        Some(_) | None => end,
    }
}

/// The bytes of a comment, with its line where it has that for itself, and with
/// one of the blank lines around it.
pub(super) fn comment(source: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = &source[..start];
    let after = &source[end..];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(source.len(), |at| end + at + 1);
    let is_alone =
        source[line_start..start].trim().is_empty() && source[end..line_end].trim().is_empty();
    if !is_alone {
        let spaces = |text: &str| text.len() - text.trim_start_matches(' ').len();
        let gap = if before.ends_with([' ', '\n']) { spaces(after) } else { 0 };
        return Span::new(span.source, start..end + gap);
    }
    let is_blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    let next = source[line_end..].split_inclusive('\n').next();
    let is_first = is_blank(source[..line_start].lines().next_back()) || line_start == 0;
    let gap = next.filter(|line| is_first && line.trim().is_empty()).map_or(0, str::len);
    Span::new(span.source, line_start..line_end + gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn a_comment_goes_with_its_line() {
        let without = |text: &str| {
            let at = text.find("<!--").expect("there is a comment");
            let end = text.find("-->").expect("it is closed") + 3;
            let gone = comment(text, Span::new(SourceId(0), at..end)).range();
            format!("{}{}", &text[..gone.start], &text[gone.end..])
        };
        assert_eq!(without("# a\n\n<!-- x -->\n\nb\n"), "# a\n\nb\n");
        assert_eq!(without("# a\n<!-- x -->\nb\n"), "# a\nb\n");
        assert_eq!(without("<!-- x -->\n\nb"), "b");
        assert_eq!(without("a <!-- x --> b"), "a b");
        assert_eq!(without("a\r\n\r\n<!-- x -->\r\n\r\nb\r\n"), "a\r\n\r\nb\r\n");
        assert_eq!(without("a<!-- x -->"), "a");
    }
}
