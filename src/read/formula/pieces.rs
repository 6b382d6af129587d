//! The pieces of a formula: what LaTeX's parser says, as the model nests it.
//!
//! Takes events, gives rows. What no writer can show is an error here.

use std::iter::Peekable;
use std::slice;

use pulldown_latex::event::{
    ArrayColumn, ColorTarget, ColumnAlignment, Content, DelimiterSize, DelimiterType, Dimension,
    DimensionUnit, EnvironmentFlow, Event, Font, Grouping, ScriptPosition, ScriptType, StateChange,
    Style, Visual,
};

use crate::color::Rgb;
use crate::model::{Align, Alphabet, Class, Grid, Limits, Math, MathStyle};

/// How deep the pieces of a formula may nest.
const MAX_DEPTH: usize = 24;

/// The pieces on their way.
pub(super) struct Reader<'a, I: Iterator<Item = Event<'a>>> {
    events: Peekable<I>,
    depth: usize,
}

/// What a state of the parser says, or why a formula cannot be shown.
pub(super) type Read<T> = Result<T, &'static str>;

impl<'a, I: Iterator<Item = Event<'a>>> Reader<'a, I> {
    pub(super) fn new(events: I) -> Self {
        Self { events: events.peekable(), depth: 0 }
    }

    /// Pieces up to the end of their group or cell, which stays.
    pub(super) fn row(&mut self) -> Read<Vec<Math>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it nests too deeply");
        }
        let mut row = Vec::new();
        while let Some(event) =
            self.events.next_if(|event| !matches!(event, Event::End | Event::EnvironmentFlow(_)))
        {
            match event {
                Event::StateChange(change) => {
                    let content = self.row()?;
                    row.push(styled(change, content)?);
                }
                event => row.extend(self.piece(event)?),
            }
        }
        self.depth -= 1;
        without_pulls(&mut row);
        Ok(row)
    }

    /// The next piece as a row, without a group around it.
    fn element(&mut self) -> Read<Vec<Math>> {
        let Some(event) = self.events.next() else { return Err("an argument is missing") };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it nests too deeply");
        }
        let piece = match event {
            Event::StateChange(_) => None,
            event => self.piece(event)?,
        };
        self.depth -= 1;
        Ok(match piece {
            None => Vec::new(),
            Some(Math::Row(row)) => row,
            Some(piece) => vec![piece],
        })
    }

    /// One piece, which an event starts; none for an event that shows nothing.
    fn piece(&mut self, event: Event<'a>) -> Read<Option<Math>> {
        Ok(Some(match event {
            Event::Content(Content::Function(name)) => Math::Function(function(name)?),
            Event::Content(content) => sign(content),
            Event::Begin(group) => self.group(group)?,
            Event::Visual(Visual::SquareRoot) => {
                Math::Root { of: self.element()?, index: Vec::new() }
            }
            Event::Visual(Visual::Root) => {
                Math::Root { of: self.element()?, index: self.element()? }
            }
            Event::Visual(Visual::Fraction(line)) => Math::Fraction {
                above: self.element()?,
                below: self.element()?,
                bar: line.is_none_or(|line| line.value != 0.0),
            },
            Event::Visual(Visual::Negation) => negated(self.element()?),
            Event::Script { ty, position } => self.scripts(ty, position)?,
            Event::Space { width, .. } => match width {
                Some(width) => Math::Space(em(width)),
                None => return Ok(None),
            },
            Event::End | Event::EnvironmentFlow(_) | Event::StateChange(_) => return Ok(None),
        }))
    }

    fn scripts(&mut self, ty: ScriptType, position: ScriptPosition) -> Read<Math> {
        let is_starred = |event: &Event<'_>| matches!(event, Event::Content(Content::Function(name)) if name.starts_with(STAR));
        let is_starred = self.events.peek().is_some_and(is_starred);
        // A mark is told from a script by its character; one that stands at a
        // function or a sum is none.
        let base = self.element()?;
        let (mut below, mut above) = (Vec::new(), Vec::new());
        match ty {
            ScriptType::Subscript => below = self.element()?,
            ScriptType::Superscript => above = self.element()?,
            ScriptType::SubSuperscript => {
                below = self.element()?;
                above = self.element()?;
            }
        }
        if position == ScriptPosition::AboveBelow {
            let (row, under) = if above.is_empty() { (&below, true) } else { (&above, false) };
            if let ([Math::Sign { text, class: Class::Ordinary }], false) =
                (row.as_slice(), ty == ScriptType::SubSuperscript)
                && let Some((sign, wide)) = mark(text)
            {
                // See `MACROS`.
                if let ([Math::Accent { base, sign: '⏠', .. }], '⏡') = (base.as_slice(), sign) {
                    return Ok(Math::Framed(base.clone()));
                }
                return Ok(Math::Accent { base, sign, under, wide });
            }
        }
        let limits = match position {
            ScriptPosition::Right if is_starred => Limits::Movable,
            ScriptPosition::Right => Limits::Beside,
            ScriptPosition::AboveBelow => Limits::Stacked,
            ScriptPosition::Movable => Limits::Movable,
        };
        Ok(Math::Scripts { base, below, above, limits })
    }

    /// A group, up to and with its end.
    fn group(&mut self, group: Grouping) -> Read<Math> {
        let array = |columns: &[ArrayColumn]| {
            let mut aligns = Vec::new();
            let mut lines = Vec::new();
            for column in columns {
                match column {
                    ArrayColumn::Column(align) => aligns.push(self::align(*align)),
                    ArrayColumn::Separator(_) => lines.push(aligns.len()),
                }
            }
            (aligns, lines)
        };
        let read = match group {
            Grouping::Normal => Math::Row(self.row()?),
            Grouping::LeftRight(open, close) => Math::Fence { open, close, content: self.row()? },
            Grouping::Array(columns) => {
                let (columns, verticals) = array(&columns);
                self.grid(Grid::Matrix, &columns, verticals)?
            }
            Grouping::Matrix { alignment } | Grouping::SubArray { alignment } => {
                self.grid(Grid::Matrix, &[align(alignment)], Vec::new())?
            }
            Grouping::Cases { left } => {
                self.grid(Grid::Cases { left }, &[Align::Left], Vec::new())?
            }
            Grouping::Equation { .. }
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline => self.grid(Grid::Gathered, &[Align::Center], Vec::new())?,
            Grouping::Align { .. } | Grouping::Aligned | Grouping::Split => {
                let mut grid =
                    self.grid(Grid::Aligned, &[Align::Right, Align::Left], Vec::new())?;
                set_pairs_apart(&mut grid);
                grid
            }
            Grouping::Alignat { .. } | Grouping::Alignedat { .. } => {
                self.grid(Grid::Aligned, &[Align::Right, Align::Left], Vec::new())?
            }
        };
        match self.events.next() {
            Some(Event::End) | None => Ok(read),
            Some(_) => Err("its rows and columns do not fit"),
        }
    }

    /// Rows and columns, up to the end of their group, which stays. The columns
    /// given are repeated as often as needed.
    fn grid(&mut self, kind: Grid, columns: &[Align], verticals: Vec<usize>) -> Read<Math> {
        let mut rows = vec![Vec::new()];
        let mut horizontals = Vec::new();
        loop {
            let cell = self.row()?;
            rows.last_mut().expect("there is a first row").push(cell);
            let Some(Event::EnvironmentFlow(flow)) =
                self.events.next_if(|event| matches!(event, Event::EnvironmentFlow(_)))
            else {
                break;
            };
            match flow {
                EnvironmentFlow::Alignment => {}
                EnvironmentFlow::NewLine { horizontal_lines, .. } => {
                    if !horizontal_lines.is_empty() {
                        horizontals.push(rows.len());
                    }
                    rows.push(Vec::new());
                }
                EnvironmentFlow::StartLines { lines } => {
                    if !lines.is_empty() {
                        horizontals.push(0);
                    }
                    rows.last_mut().expect("there is a first row").clear();
                }
            }
        }
        // A line break at the end starts no row.
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(1);
        for row in &mut rows {
            row.resize(n_columns, Vec::new());
        }
        let columns = columns.iter().copied().cycle().take(n_columns).collect();
        Ok(Math::Grid { kind, columns, verticals, horizontals, rows })
    }
}

/// The mark before the name of an operator whose scripts are limits:
/// `\operatorname*` as the parser reads it.
pub(super) const STAR: char = '*';

/// The name of an operator: letters, where LaTeX has commands for spaces.
fn function(name: &str) -> Read<String> {
    let mut name = name.trim_start_matches(STAR).replace("\\!", "");
    for space in ["\\,", "\\:", "\\;", "\\ ", "~"] {
        name = name.replace(space, " ");
    }
    for upright in ["\\mathrm", "\\text", "\\rm"] {
        name = name.replace(upright, "");
    }
    let name = name.replace(['{', '}'], "").trim().to_owned();
    if name.contains(['\\', '^', '_', '$']) {
        Err("the name of an operator is letters")
    } else {
        Ok(name)
    }
}

/// Takes spaces away that pull a fence to what stands before it. LaTeX sets fences
/// apart from their function, which `\!` undoes; the typesetter does not.
fn without_pulls(row: &mut Vec<Math>) {
    let is_fence = |piece: &Math| {
        let base =
            if let Math::Scripts { base, .. } = piece { base } else { slice::from_ref(piece) };
        matches!(base, [Math::Fence { .. }])
    };
    let mut at = 0;
    while at + 1 < row.len() {
        let pulls = matches!(row[at], Math::Space(em) if em < 0.0 && -0.2 < em);
        if pulls && is_fence(&row[at + 1]) {
            row.remove(at);
        } else {
            at += 1;
        }
    }
}

/// A letter, sign, number or word.
fn sign(content: Content<'_>) -> Math {
    let of = |sign: char, class| Math::Sign { text: sign.to_string(), class };
    match content {
        Content::Text(text) => Math::Text(text.replace("&nbsp;", "\u{a0}")),
        Content::Number(text) => Math::Number(text.to_owned()),
        // `piece` has read those.
        Content::Function(name) => Math::Function(name.to_owned()),
        // The parser gives `\mu` as the sign of a millionth, which is never slanted.
        Content::Ordinary { content: '\u{b5}', .. } => of('\u{3bc}', Class::Ordinary),
        // Two bars are a fence to the typesetter, and the parallels of the parser a
        // relation.
        Content::Ordinary { content: '∥', .. } => of('‖', Class::Ordinary),
        Content::Ordinary { content, .. } => of(content, Class::Ordinary),
        Content::LargeOp { content, .. } => of(content, Class::Large),
        Content::BinaryOp { content, .. } => of(content, Class::Binary),
        Content::Relation { content, .. } => {
            let mut bytes = [0; 8];
            let text = std::str::from_utf8(content.encode_utf8_to_buf(&mut bytes));
            Math::Sign { text: text.unwrap_or_default().to_owned(), class: Class::Relation }
        }
        Content::Delimiter { content, size, ty } => {
            let class = match ty {
                DelimiterType::Open => Class::Open,
                DelimiterType::Fence => Class::Fence,
                DelimiterType::Close => Class::Close,
            };
            let em = size.map(|size| match size {
                DelimiterSize::Big => 1.2,
                DelimiterSize::BIG => 1.8,
                DelimiterSize::Bigg => 2.4,
                DelimiterSize::BIGG => 3.0,
            });
            match em {
                Some(em) => Math::Sized { sign: content, em, class },
                None => of(content, class),
            }
        }
        Content::Punctuation(sign) => of(sign, Class::Punctuation),
    }
}

/// Puts room between the equations that stand side by side: amsmath's least,
/// 10 pt beside type of 10 pt.
fn set_pairs_apart(grid: &mut Math) {
    let Math::Grid { rows, .. } = grid else { return };
    for row in rows {
        for cell in row.iter_mut().skip(2).step_by(2) {
            cell.insert(0, Math::Space(1.0));
        }
    }
}

/// The mark that a script is, and whether it is as wide as its base.
fn mark(text: &str) -> Option<(char, bool)> {
    let mut chars = text.chars();
    let (sign, None) = (chars.next()?, chars.next()) else { return None };
    Some(match sign {
        '´' | '˘' | 'ˇ' | '˙' | '¨' | '`' | '^' | '~' | '˚' => (sign, false),
        '‾' | '_' | '→' | '←' | '↔' | '⇒' | '↼' | '⇀' | '⏜' | '⏝' | '⏞' | '⏟' | '⏠' | '⏡' | '⎴'
        | '⎵' => (sign, true),
        _ => return None,
    })
}

/// What stands after a change of style.
fn styled(change: StateChange, content: Vec<Math>) -> Read<Math> {
    let style = match change {
        StateChange::Font(font) => MathStyle::Alphabet(alphabet(font)),
        StateChange::Style(Style::Display) => MathStyle::Display,
        StateChange::Style(Style::Text) => MathStyle::Inline,
        StateChange::Style(Style::Script) => MathStyle::Script,
        StateChange::Style(Style::ScriptScript) => MathStyle::SmallScript,
        StateChange::Color(change) => match change.target {
            ColorTarget::Text => {
                let (r, g, b) = change.color;
                MathStyle::Color(Rgb::new(r, g, b))
            }
            ColorTarget::Border => return Ok(Math::Framed(content)),
            ColorTarget::Background => return Err("a background is the theme's"),
        },
    };
    Ok(Math::Styled { style, content })
}

const fn alphabet(font: Option<Font>) -> Alphabet {
    match font {
        None => Alphabet::Normal,
        Some(Font::UpRight) => Alphabet::Upright,
        Some(Font::Italic) => Alphabet::Italic,
        Some(Font::Bold) => Alphabet::Bold,
        Some(Font::BoldItalic | Font::BoldSymbol) => Alphabet::BoldItalic,
        Some(Font::DoubleStruck | Font::DoubleStruckItalic) => Alphabet::DoubleStruck,
        Some(Font::Script) => Alphabet::Script,
        Some(Font::BoldScript) => Alphabet::BoldScript,
        Some(Font::Fraktur) => Alphabet::Fraktur,
        Some(Font::BoldFraktur) => Alphabet::BoldFraktur,
        Some(Font::SansSerif) => Alphabet::Sans,
        Some(Font::BoldSansSerif) => Alphabet::BoldSans,
        Some(Font::SansSerifItalic) => Alphabet::ItalicSans,
        Some(Font::SansSerifBoldItalic) => Alphabet::BoldItalicSans,
        Some(Font::Monospace) => Alphabet::Mono,
    }
}

/// What denies a piece: the sign for it, or a stroke through it.
fn negated(content: Vec<Math>) -> Math {
    const SIGNS: [(&str, &str); 18] = [
        ("=", "≠"),
        ("∈", "∉"),
        ("∋", "∌"),
        ("≡", "≢"),
        ("∼", "≁"),
        ("≃", "≄"),
        ("≅", "≇"),
        ("≈", "≉"),
        ("<", "≮"),
        (">", "≯"),
        ("≤", "≰"),
        ("≥", "≱"),
        ("⊂", "⊄"),
        ("⊃", "⊅"),
        ("⊆", "⊈"),
        ("⊇", "⊉"),
        ("∃", "∄"),
        ("∣", "∤"),
    ];
    if let [Math::Sign { text, class }] = content.as_slice()
        && let Some((_, denied)) = SIGNS.iter().find(|(sign, _)| sign == text)
    {
        return Math::Sign { text: (*denied).to_owned(), class: *class };
    }
    Math::Struck(content)
}

const fn align(align: ColumnAlignment) -> Align {
    match align {
        ColumnAlignment::Left => Align::Left,
        ColumnAlignment::Center => Align::Center,
        ColumnAlignment::Right => Align::Right,
    }
}

/// A length in em. Lengths of paper are those beside type of 10 pt, for which
/// LaTeX's own are made.
fn em(length: Dimension) -> f64 {
    let value = f64::from(length.value);
    let em = match length.unit {
        DimensionUnit::Em => value,
        DimensionUnit::Mu => value / 18.0,
        DimensionUnit::Ex => value * 0.43,
        DimensionUnit::Pt | DimensionUnit::Bp => value / 10.0,
        DimensionUnit::Pc => value * 1.2,
        DimensionUnit::In => value * 7.227,
        DimensionUnit::Cm => value * 2.845,
        DimensionUnit::Mm => value * 0.2845,
        DimensionUnit::Dd => value * 0.107,
        DimensionUnit::Cc => value * 1.284,
        DimensionUnit::Sp => value / 655_360.0,
    };
    if em.is_finite() { em.clamp(-10.0, 10.0) } else { 0.0 }
}
