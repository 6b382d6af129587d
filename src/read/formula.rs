//! Formulas: LaTeX between dollars to the pieces of the model.
//!
//! Takes the text of a formula, gives what it is made of. A command that is
//! not known is underlined; so is a formula that LaTeX itself could not read.

mod pieces;

use comrak::nodes::{Node, NodeCodeBlock, NodeMath, NodeValue};
use pulldown_latex::{Parser, ParserError, Storage};

use self::pieces::Reader;
use super::run::Cx;
use super::text::Located;
use crate::diag::{Diagnostic, nearest};
use crate::model::{Formula, InlineKind};
use crate::source::Span;

/// The longest formula, in bytes: a slide holds a tenth of it.
const MAX_TEX: usize = 10_000;

/// The most pieces that a formula may have once its macros are expanded.
const MAX_EVENTS: usize = 10_000;

/// What LaTeX has and the parser has not. A frame is told by a pair of marks that
/// nobody writes.
const MACROS: &str = "\\def\\mathscr#1{\\mathcal{#1}}\\def\\mathbbm#1{\\mathbb{#1}}\\def\\bm#1{\\boldsymbol{#1}}\\def\\boxed#1{\\undergroup{\\overgroup{#1}}}";

/// The first word of the info string of a fence that holds a formula.
pub(super) const FENCE: &str = "math";

/// Whether a code block is a formula: lines between two `$$`, or a fence that
/// says so.
pub(super) fn is_fence(code: &NodeCodeBlock) -> bool {
    code.fenced && code.info.split_whitespace().next() == Some(FENCE)
}

/// Reads a formula of several lines.
pub(super) fn fence(
    cx: &mut Cx<'_, '_, '_>,
    node: Node<'_>,
    code: &NodeCodeBlock,
) -> Option<Formula> {
    let span = cx.span(node);
    if !code.closed {
        let opening = cx.part.within(span, 0, 2);
        cx.report(
            Diagnostic::error("open-fence", opening, "this formula is never closed")
                .label("everything below is read as part of it")
                .hint("write a line of two dollars where it ends")
                .hides(span),
        );
        return None;
    }
    let mut tex = Located::new(span.source);
    for (text, span) in cx.part.lines(node.data().sourcepos.start.line, &code.literal) {
        tex.push("", &text, span.start as usize);
    }
    if tex.lines.is_empty() {
        tex.push("", "", span.start as usize);
    }
    formula(cx, &tex)
}

/// The formula that a paragraph consists of: `$$` and `$$` with nothing beside
/// them.
pub(super) fn alone(paragraph: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    for child in paragraph.children() {
        match &child.data().value {
            NodeValue::Math(math) if math.display_math && found.is_none() => found = Some(child),
            NodeValue::Text(text) if text.trim().is_empty() => {}
            NodeValue::SoftBreak => {}
            _ => return None,
        }
    }
    found
}

/// Reads the formula that a paragraph consists of.
pub(super) fn own(cx: &mut Cx<'_, '_, '_>, span: Span, node: Node<'_>) -> Option<Formula> {
    let NodeValue::Math(math) = &node.data().value else { return None };
    let tex = between(cx, span, math);
    formula(cx, &tex)
}

/// Reads a formula in a line of text. Dollars that enclose none are text.
pub(super) fn inline(
    cx: &mut Cx<'_, '_, '_>,
    span: Span,
    math: &NodeMath,
    node: Node<'_>,
) -> Option<InlineKind> {
    if math.display_math {
        let inner = cx.part.slice(span).trim_matches('$').trim().to_owned();
        let message = "a formula of its own stands in a line of text";
        cx.report(
            Diagnostic::error("formula", span, message)
                .hint("write it between single dollars: `$...$`")
                .hint("or put a blank line before and after it")
                .patch(span, format!("${inner}$"))
                .guess(),
        );
        return None;
    }
    let next = node.next_sibling().is_some_and(|next| {
        matches!(&next.data().value, NodeValue::Text(t) if t.starts_with(char::is_alphanumeric))
    });
    if next {
        // `$HOME:$PATH`: nobody writes a formula and goes on without a space.
        return Some(InlineKind::Text { text: cx.part.slice(span).to_owned() });
    }
    let tex = between(cx, span, math);
    formula(cx, &tex).map(InlineKind::Formula)
}

/// What stands between the dollars.
fn between(cx: &Cx<'_, '_, '_>, span: Span, math: &NodeMath) -> Located {
    let dollars = if math.display_math { 2 } else { 1 };
    let inner = cx.part.within(span, dollars, (span.range().len()).saturating_sub(dollars));
    if cx.part.slice(inner).contains('\n') || cx.part.slice(inner).trim() != math.literal.trim() {
        // Over several lines the marks of quotes stand between.
        let mut tex = Located::new(span.source);
        tex.push("", &math.literal.replace('\n', " "), inner.start as usize);
        return tex;
    }
    Located::part(span.source, cx.part.source, inner.range())
}

/// Reads a formula whose text is `tex`; reports and gives `None` where it
/// cannot be read.
pub(super) fn formula(cx: &mut Cx<'_, '_, '_>, tex: &Located) -> Option<Formula> {
    let text = tex.text.trim();
    let whole =
        cx.part.on_characters(tex.span(start_of(tex, text)..start_of(tex, text) + text.len()));
    if text.is_empty() {
        let empty = Diagnostic::error(
            "formula",
            cx.part.on_characters(tex.whole()),
            "this formula is empty",
        );
        cx.report(empty.hint("write LaTeX between the dollars, or `\\$` for a dollar"));
        return None;
    }
    if text.len() > MAX_TEX {
        let long = Diagnostic::error("formula", whole, "this formula is too long");
        let long = long.label(format!("at most {MAX_TEX} bytes are read"));
        cx.report(long.hint("show it in parts"));
        return None;
    }
    let storage = Storage::new();
    let defined = format!("{MACROS}{}", starred(text));
    let events =
        Parser::new(&defined, &storage).take(MAX_EVENTS + 1).collect::<Result<Vec<_>, _>>();
    let wrong = match events {
        Ok(events) if events.len() > MAX_EVENTS => Err("it has too many parts".to_owned()),
        Ok(events) => {
            let mut reader = Reader::new(events.into_iter());
            match reader.row() {
                Ok(content) if !content.is_empty() => {
                    return Some(Formula::new(text.to_owned(), content));
                }
                Ok(_) => Err("nothing of it shows".to_owned()),
                Err(why) => Err(why.to_owned()),
            }
        }
        Err(error) => Ok(error),
    };
    let why = match wrong {
        Ok(error) => {
            let reason = reason(&error);
            if let Some((at, command)) = unknown_command(text) {
                let place = start_of(tex, text) + at;
                let place = cx.part.on_characters(tex.span(place..place + command.len()));
                let message = format!("unknown command `{command}` in a formula");
                let finding = unknown(cx, place, command, message);
                cx.report(finding);
                return None;
            }
            reason
        }
        Err(why) => why,
    };
    cx.report(
        Diagnostic::error("formula", whole, format!("this formula cannot be read: {why}"))
            .hint("mend the LaTeX; every `{`, `\\left` and `\\begin` needs its end")
            .hint("write `\\$` for a dollar that starts no formula"),
    );
    None
}

/// A formula with the star of `\operatorname*{...}` in the name, where the parser
/// reads it.
fn starred(tex: &str) -> String {
    const COMMAND: &str = "\\operatorname*";
    let mut out = String::with_capacity(tex.len());
    let mut parts = tex.split(COMMAND);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(COMMAND.trim_end_matches(pieces::STAR));
        match part.trim_start().strip_prefix('{') {
            Some(name) => {
                out.extend(['{', pieces::STAR]);
                out.push_str(name);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// Where a part of a text starts in it.
fn start_of(tex: &Located, part: &str) -> usize {
    part.as_ptr() as usize - tex.text.as_ptr() as usize
}

/// The finding for a command that nobody knows.
fn unknown(cx: &mut Cx<'_, '_, '_>, place: Span, command: &str, message: String) -> Diagnostic {
    let finding = Diagnostic::error("formula", place, message);
    let near =
        if cx.run.may_suggest() { nearest(command, COMMON.split_whitespace()) } else { Vec::new() };
    if near.is_empty() {
        finding.hint(
            "write it with the commands of LaTeX and amsmath, or `\\operatorname{...}` for a name",
        )
    } else {
        finding.mistyped(place, command, &near)
    }
}

/// The parser's reason in one line.
fn reason(error: &ParserError) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.strip_prefix("parsing error: ").unwrap_or(line);
    line.replace("unkown", "unknown").replace(" found, expected it", ": expected it")
}

/// The first command that the parser does not know, and where it stands.
///
/// The parser does not say where it stopped. A command is unknown if it is so
/// alone.
fn unknown_command(tex: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    while let Some(found) = tex[at..].find('\\') {
        let start = at + found;
        let letters = tex[start + 1..].chars().take_while(char::is_ascii_alphabetic).count();
        let end = match letters {
            0 => start + 1 + tex[start + 1..].chars().next().map_or(0, char::len_utf8),
            n => start + 1 + n,
        };
        let command = &tex[start..end];
        at = end;
        if letters == 0 || defines(tex, command) {
            continue;
        }
        let storage = Storage::new();
        let defined = format!("{MACROS}{command}");
        let is_unknown = Parser::new(&defined, &storage).any(|event| {
            event.is_err_and(|error| error.to_string().contains("unknown primitive command"))
        });
        if is_unknown {
            return Some((start, command));
        }
    }
    None
}

/// Whether a formula defines a command itself.
fn defines(tex: &str, command: &str) -> bool {
    ["\\def", "\\newcommand{", "\\newcommand", "\\let"]
        .iter()
        .any(|define| tex.contains(&format!("{define}{command}")))
}

/// Commands that are worth suggesting.
const COMMON: &str = r"
\alpha \approx \bar \begin \beta \binom \cap \cdot \cdots \cup \dfrac \dot \dots \delta
\Delta \ell \end \epsilon \equiv \eta \exists \exp \forall \frac \gamma \Gamma \ge \geq
\hat \iff \implies \in \infty \int \lambda \Lambda \land \langle \lceil \ldots \le \left
\leftarrow \leq \lfloor \lim \ln \log \lor \mathbb \mathbf \mathcal \mathrm \max \mid \min
\mu \nabla \ne \neg \neq \notin \omega \Omega \operatorname \overline \partial \phi \pi
\pm \prod \propto \quad \rangle \rceil \rfloor \rho \right \rightarrow \sigma \Sigma \sim
\sin \sqrt \subset \subseteq \sum \tau \text \tfrac \theta \tilde \times \to \underbrace
\vec \xi \zeta
";
