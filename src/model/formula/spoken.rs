//! How a formula is read aloud, in English, as a lecturer would say it.
//!
//! Simple scripts and fractions are said briefly; what is long is said with its
//! end, so that a listener knows what belongs to it.

use super::{Alphabet, Class, Grid, Limits, Math, MathStyle};

/// What a reader says for a formula.
pub(super) fn of(content: &[Math]) -> String {
    let mut said = Vec::new();
    row(content, &mut said);
    said.join(" ")
        .replace(" ,", ",")
        .replace("  ", " ")
        .replace(",,", ",")
        .replace(";,", ";")
        .trim_end_matches([',', ' ', ';'])
        .to_owned()
}

type Said = Vec<String>;

fn row(content: &[Math], said: &mut Said) {
    for (nth, piece) in content.iter().enumerate() {
        let is = |at: usize, wanted: &str| matches!(content.get(at), Some(Math::Sign { text, .. }) if text == wanted);
        if is(nth, ":") && is(nth + 1, "=") {
            said.push("is defined as".to_owned());
            continue;
        }
        if nth > 0 && is(nth - 1, ":") && is(nth, "=") {
            continue;
        }
        // A function, or a letter, before a parenthesis: f of x.
        let before = nth.checked_sub(1).map(|at| &content[at]);
        if is_open(piece) && before.is_some_and(is_applied) {
            said.push("of".to_owned());
        }
        one(piece, said);
    }
}

/// Whether something is an opening parenthesis, alone or of a fence.
fn is_open(piece: &Math) -> bool {
    if let Math::Fence { open: Some('('), content, .. } = piece {
        return !is_binomial(content);
    }
    matches!(piece, Math::Sign { text, class: Class::Open } if text == "(")
}

/// Whether a parenthesis behind it holds its argument.
fn is_applied(piece: &Math) -> bool {
    match piece {
        Math::Function(_) => true,
        Math::Sign { text, class: Class::Ordinary } => {
            text.chars().any(char::is_alphabetic) && text != "π"
        }
        Math::Scripts { base, .. } => base.last().is_some_and(is_applied),
        Math::Styled { content, .. } => content.last().is_some_and(is_applied),
        Math::Sign { .. }
        | Math::Number(_)
        | Math::Text(_)
        | Math::Space(_)
        | Math::Row(_)
        | Math::Fraction { .. }
        | Math::Root { .. }
        | Math::Accent { .. }
        | Math::Fence { .. }
        | Math::Sized { .. }
        | Math::Grid { .. }
        | Math::Struck(_)
        | Math::Framed(_) => false,
    }
}

fn is_binomial(content: &[Math]) -> bool {
    matches!(content, [Math::Fraction { bar: false, .. }])
}

fn one(piece: &Math, said: &mut Said) {
    let mut say = |words: &str| said.push(words.to_owned());
    match piece {
        Math::Sign { text, class } => say(&sign(text, *class)),
        Math::Number(text) | Math::Text(text) => say(text.trim()),
        Math::Function(name) => say(function(name)),
        // What stands so far apart is another formula.
        Math::Space(em) if 1.0 <= *em => say(","),
        Math::Space(_) => {}
        Math::Row(content) | Math::Framed(content) => row(content, said),
        Math::Fraction { above, below, bar: true } => fraction(above, below, said),
        Math::Fraction { above, below, bar: false } => {
            row(above, said);
            said.push("above".to_owned());
            row(below, said);
        }
        Math::Root { of, index } => {
            let which = match plain(index).as_deref() {
                _ if index.is_empty() => "the square root of".to_owned(),
                Some("3") => "the cube root of".to_owned(),
                Some(nth) => format!("the {nth}th root of"),
                None => "the root of".to_owned(),
            };
            said.push(which);
            row(of, said);
            if plain(of).is_none() {
                said.push("end root,".to_owned());
            }
        }
        Math::Scripts { base, below, above, limits } => {
            scripts(base, below, above, *limits, said);
        }
        Math::Accent { base, sign, under, .. } => accent(base, *sign, *under, said),
        Math::Fence { open, close, content } => fence(*open, *close, content, said),
        Math::Sized { sign: it, class, .. } => say(&sign(&it.to_string(), *class)),
        Math::Grid { kind, rows, .. } => grid(*kind, rows, said),
        Math::Styled { style, content } => {
            match style {
                MathStyle::Alphabet(Alphabet::DoubleStruck) => {
                    if let Some(set) = plain(content).as_deref().and_then(number_set) {
                        return said.push(set.to_owned());
                    }
                }
                MathStyle::Alphabet(Alphabet::Bold | Alphabet::BoldItalic) => {
                    said.push("bold".to_owned());
                }
                MathStyle::Alphabet(
                    Alphabet::Upright | Alphabet::Italic | Alphabet::Sans | Alphabet::Mono,
                ) => {
                    if let Some(word) = word(content) {
                        return said.push(word);
                    }
                }
                MathStyle::Alphabet(_)
                | MathStyle::Color(_)
                | MathStyle::Display
                | MathStyle::Inline
                | MathStyle::Script
                | MathStyle::SmallScript => {}
            }
            row(content, said);
        }
        Math::Struck(content) => {
            said.push("not".to_owned());
            row(content, said);
        }
    }
}

/// The word that letters in a row are, where they are set as one.
fn word(content: &[Math]) -> Option<String> {
    let letter = |piece: &Math| {
        if let Math::Number(text) = piece {
            return Some(text.clone());
        }
        let Math::Sign { text, class: Class::Ordinary } = piece else { return None };
        text.chars().all(char::is_alphabetic).then(|| text.clone())
    };
    match content {
        [Math::Row(content)] => word(content),
        [_, _, ..] => content.iter().map(letter).collect(),
        _ => None,
    }
}

/// The text of a row that is one letter or number.
fn plain(content: &[Math]) -> Option<String> {
    match content {
        [Math::Sign { text, class: Class::Ordinary }] => Some(sign(text, Class::Ordinary)),
        [Math::Number(text)] => Some(text.clone()),
        [Math::Row(content) | Math::Styled { content, .. }] => plain(content),
        _ => None,
    }
}

fn fraction(above: &[Math], below: &[Math], said: &mut Said) {
    if let (Some(above), Some(below)) = (plain(above), plain(below)) {
        let words = match (above.as_str(), below.as_str()) {
            ("1", "2") => "one half".to_owned(),
            ("1", "3") => "one third".to_owned(),
            ("1", "4") => "one quarter".to_owned(),
            _ => format!("{above} over {below}"),
        };
        return said.push(words);
    }
    said.push("the fraction".to_owned());
    row(above, said);
    said.push("over".to_owned());
    row(below, said);
    said.push("end fraction,".to_owned());
}

fn scripts(base: &[Math], below: &[Math], above: &[Math], limits: Limits, said: &mut Said) {
    let is_large = matches!(base, [Math::Sign { class: Class::Large, .. }]);
    let is_function = matches!(base, [Math::Function(_)]);
    row(base, said);
    if is_large || is_function && limits != Limits::Beside {
        if !below.is_empty() {
            let is_place = is_function && base == [Math::Function("lim".to_owned())];
            said.push(
                if is_place {
                    "as"
                } else if above.is_empty() {
                    "over"
                } else {
                    "from"
                }
                .to_owned(),
            );
            row(below, said);
        }
        if !above.is_empty() {
            said.push("to".to_owned());
            row(above, said);
        }
        if is_large {
            said.push("of".to_owned());
        }
        return;
    }
    if limits == Limits::Stacked {
        for (script, word) in [(below, "with"), (above, "with")] {
            if !script.is_empty() {
                said.push(word.to_owned());
                row(script, said);
                said.push(if std::ptr::eq(script, below) { "below" } else { "above" }.to_owned());
            }
        }
        return;
    }
    if !below.is_empty() {
        said.push("sub".to_owned());
        row(below, said);
    }
    if above.is_empty() {
        return;
    }
    let primes =
        above.iter().take_while(|it| matches!(it, Math::Sign { text, .. } if text == "′")).count();
    said.extend(std::iter::repeat_n("prime".to_owned(), primes));
    let rest = &above[primes..];
    if rest.is_empty() {
        return;
    }
    match plain(rest).as_deref() {
        Some("2") => said.push("squared".to_owned()),
        Some("3") => said.push("cubed".to_owned()),
        Some("star" | "asterisk" | "dagger") => row(rest, said),
        Some("top" | "transpose") => said.push("transposed".to_owned()),
        Some(_) => {
            said.push("to the".to_owned());
            row(rest, said);
        }
        None => {
            said.push("to the power".to_owned());
            row(rest, said);
            said.push("end power,".to_owned());
        }
    }
}

fn accent(base: &[Math], sign: char, under: bool, said: &mut Said) {
    row(base, said);
    let name = match sign {
        '^' => "hat",
        '~' => "tilde",
        '‾' | '_' => "bar",
        '→' | '⇀' | '⇒' => "vector",
        '←' | '↼' => "left arrow",
        '↔' => "double arrow",
        '˙' => "dot",
        '¨' => "double dot",
        '´' => "acute",
        '`' => "grave",
        '˘' => "breve",
        'ˇ' => "check",
        '˚' => "ring",
        '⏞' | '⏟' => "brace",
        _ => "bracket",
    };
    if under {
        said.push("under".to_owned());
    }
    said.push(name.to_owned());
}

fn fence(open: Option<char>, close: Option<char>, content: &[Math], said: &mut Said) {
    if let ([Math::Fraction { above, below, bar: false }], Some('(')) = (content, open) {
        row(above, said);
        said.push("choose".to_owned());
        return row(below, said);
    }
    let is_grid = matches!(content, [Math::Grid { .. }]);
    let around = match (open, close) {
        (Some('|' | '∣'), Some('|' | '∣')) if is_grid => {
            Some(("the determinant of", "end determinant,"))
        }
        (Some('|' | '∣'), Some('|' | '∣')) => {
            Some(("the absolute value of", "end absolute value,"))
        }
        (Some('‖' | '∥'), Some('‖' | '∥')) => Some(("the norm of", "end norm,")),
        (Some('⌈'), Some('⌉')) => Some(("the ceiling of", "end ceiling,")),
        (Some('⌊'), Some('⌋')) => Some(("the floor of", "end floor,")),
        _ => None,
    };
    if let Some((before, behind)) = around {
        said.push(before.to_owned());
        row(content, said);
        return said.push(behind.to_owned());
    }
    for (it, class) in [(open, Class::Open), (close, Class::Close)] {
        if let Some(it) = it.filter(|_| !is_grid) {
            said.push(sign(&it.to_string(), class));
        }
        if class == Class::Open {
            row(content, said);
        }
    }
}

fn grid(kind: Grid, rows: &[Vec<Vec<Math>>], said: &mut Said) {
    let n_columns = rows.first().map_or(0, Vec::len);
    match kind {
        Grid::Matrix => {
            said.push(format!("a matrix of {} rows and {n_columns} columns:", rows.len()));
            for (nth, cells) in (1..).zip(rows) {
                said.push(format!("row {nth}:"));
                for (column, cell) in cells.iter().enumerate() {
                    if column > 0 {
                        said.push(",".to_owned());
                    }
                    row(cell, said);
                }
                said.push(";".to_owned());
            }
        }
        Grid::Cases { .. } => {
            said.push(format!("{} cases:", rows.len()));
            for cells in rows {
                for cell in cells {
                    row(cell, said);
                }
                said.push(";".to_owned());
            }
        }
        Grid::Aligned | Grid::Gathered => {
            for (nth, cells) in rows.iter().enumerate() {
                if nth > 0 {
                    said.push(";".to_owned());
                }
                for cell in cells {
                    row(cell, said);
                }
            }
        }
    }
}

/// The sets of numbers by their letters.
fn number_set(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "capital N" => "the natural numbers",
        "capital Z" => "the integers",
        "capital Q" => "the rational numbers",
        "capital R" => "the real numbers",
        "capital C" => "the complex numbers",
        "capital E" => "the expected value",
        "capital P" => "the probability",
        _ => return None,
    })
}

/// The name of a function, in full.
fn function(name: &str) -> &str {
    match name {
        "sin" => "sine",
        "cos" => "cosine",
        "tan" => "tangent",
        "lim" => "the limit",
        "log" => "log",
        "ln" => "the natural log",
        "exp" => "exp",
        "max" => "the maximum",
        "min" => "the minimum",
        "sup" => "the supremum",
        "inf" => "the infimum",
        "gcd" => "the greatest common divisor",
        "det" => "the determinant",
        "Pr" => "the probability",
        name => name,
    }
}

/// The words for a sign.
fn sign(text: &str, class: Class) -> String {
    let words = match text {
        "+" => "plus",
        "-" | "−" => "minus",
        "±" => "plus or minus",
        "∓" => "minus or plus",
        "×" | "⋅" | "·" => "times",
        "∘" => "composed with",
        "*" | "∗" => "asterisk",
        "⋆" => "star",
        "†" => "dagger",
        "/" => "over",
        "÷" => "divided by",
        "=" => "equals",
        "≠" => "does not equal",
        "<" => "is less than",
        ">" => "is greater than",
        "≤" | "⩽" | "≦" => "is at most",
        "≥" | "⩾" | "≧" => "is at least",
        "≪" => "is much less than",
        "≫" => "is much greater than",
        "≈" => "is about",
        "≡" => "is equivalent to",
        "≅" => "is congruent to",
        "∼" => "is distributed as",
        "∝" => "is proportional to",
        "≜" | "≝" | "≔" => "is defined as",
        ":" => "such that",
        "∈" => "in",
        "∉" => "not in",
        "⊂" => "is a proper subset of",
        "⊆" => "is a subset of",
        "⊃" => "is a proper superset of",
        "⊇" => "is a superset of",
        "∪" => "union",
        "∩" => "intersected with",
        "∖" => "without",
        "∅" | "⌀" => "the empty set",
        "∀" => "for all",
        "∃" => "there is",
        "∄" => "there is no",
        "¬" => "not",
        "∧" => "and",
        "∨" => "or",
        "⊕" => "exclusive or",
        "⊗" => "tensor",
        "→" | "⟶" => "to",
        "←" => "from",
        "↦" => "maps to",
        "⇒" | "⟹" => "implies",
        "⇐" | "⟸" => "is implied by",
        "⇔" | "⟺" | "↔" => "if and only if",
        "≺" => "precedes",
        "≻" => "succeeds",
        "⊢" => "proves",
        "⊨" => "models",
        "∥" if class == Class::Relation => "is parallel to",
        "⊥" | "⟂" => "is perpendicular to",
        "⊤" => "top",
        "⇌" => "in balance with",
        "∣" | "|" if class == Class::Relation => "given",
        "|" | "∣" => "bar",
        "‖" | "∥" => "double bar",
        "∑" => "the sum",
        "∏" => "the product",
        "∫" => "the integral",
        "∬" => "the double integral",
        "∭" => "the triple integral",
        "∮" => "the contour integral",
        "⋃" => "the union",
        "⋂" => "the intersection",
        "⋁" => "the disjunction",
        "⋀" => "the conjunction",
        "∂" => "partial",
        "∇" => "nabla",
        "∞" => "infinity",
        "ℓ" => "l",
        "ℏ" => "h bar",
        "ℝ" => "the real numbers",
        "ℕ" => "the natural numbers",
        "ℤ" => "the integers",
        "…" | "⋯" | "⋮" | "⋱" => "and so on",
        "′" => "prime",
        "%" => "percent",
        "!" => "factorial",
        "," => ",",
        ";" => ";",
        "." => "",
        "(" => "open parenthesis",
        ")" => "close parenthesis",
        "[" => "open bracket",
        "]" => "close bracket",
        "{" => "open brace",
        "}" => "close brace",
        "⟨" | "〈" => "open angle",
        "⟩" | "〉" => "close angle",
        "⌈" => "open ceiling",
        "⌉" => "close ceiling",
        "⌊" => "open floor",
        "⌋" => "close floor",
        other => return letter(other),
    };
    words.to_owned()
}

/// A letter by its name: Greek ones have names, capitals are said to be so.
fn letter(text: &str) -> String {
    const GREEK: [(char, &str); 31] = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "epsilon"),
        ('ϵ', "epsilon"),
        ('ζ', "zeta"),
        ('η', "eta"),
        ('θ', "theta"),
        ('ϑ', "theta"),
        ('ι', "iota"),
        ('κ', "kappa"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('µ', "mu"),
        ('ν', "nu"),
        ('ξ', "xi"),
        ('ο', "omicron"),
        ('π', "pi"),
        ('ρ', "rho"),
        ('ϱ', "rho"),
        ('σ', "sigma"),
        ('ς', "sigma"),
        ('τ', "tau"),
        ('υ', "upsilon"),
        ('φ', "phi"),
        ('ϕ', "phi"),
        ('χ', "chi"),
        ('ψ', "psi"),
        ('ω', "omega"),
        ('ϖ', "pi"),
    ];
    let mut chars = text.chars();
    let (Some(ch), None) = (chars.next(), chars.next()) else { return text.to_owned() };
    let lower = ch.to_lowercase().next().unwrap_or(ch);
    let name = GREEK.iter().find(|(greek, _)| *greek == lower).map(|(_, name)| *name);
    match (name, ch.is_uppercase()) {
        (Some(name), true) => format!("capital {name}"),
        (Some(name), false) => name.to_owned(),
        (None, true) => format!("capital {ch}"),
        (None, false) => ch.to_string(),
    }
}
