//! Profiles: pprof's own format, compressed or not, and folded stacks.
//!
//! The format is `profile.proto` of github.com/google/pprof; of it the samples and
//! the functions of their stacks are read, those that were inlined included.
//! Addresses, lines, labels and mappings are not.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use flate2::read::GzDecoder;

/// The most bytes of a profile once it is unpacked.
const MAX_BYTES: u64 = 64 << 20;

/// The most stacks.
const MAX_STACKS: usize = 500_000;

/// What compressed files begin with (RFC 1952, section 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A profile: stacks, and how much was spent in each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// What was measured, such as `cpu`; may be empty.
    pub kind: String,
    /// Its unit, such as `nanoseconds`; may be empty.
    pub unit: String,
    /// Functions from the outermost to the innermost, and an amount.
    pub stacks: Vec<(Vec<String>, i64)>,
}

/// What was spent in a function: by itself, and with what it called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The function.
    pub name: String,
    /// By itself.
    pub flat: i64,
    /// With what it called.
    pub cum: i64,
}

impl Profile {
    /// All that was spent.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.stacks.iter().fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
    }

    /// The same as folded stacks, each stack once, sorted.
    #[must_use]
    pub fn to_folded(&self) -> Vec<String> {
        let mut stacks: BTreeMap<String, i64> = BTreeMap::new();
        for (stack, amount) in &self.stacks {
            let names: Vec<String> =
                stack.iter().map(|name| name.replace([';', '\n'], ",")).collect();
            let sum = stacks.entry(names.join(";")).or_default();
            *sum = sum.saturating_add(*amount);
        }
        stacks.into_iter().map(|(stack, amount)| format!("{stack} {amount}")).collect()
    }

    /// What was spent in each function, most by itself first, as `pprof -top`
    /// lists them.
    #[must_use]
    pub fn top(&self) -> Vec<Cost> {
        let mut costs: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for (stack, amount) in &self.stacks {
            if let Some(leaf) = stack.last() {
                let flat = &mut costs.entry(leaf).or_default().0;
                *flat = flat.saturating_add(*amount);
            }
            for name in stack.iter().map(String::as_str).collect::<BTreeSet<_>>() {
                let cum = &mut costs.entry(name).or_default().1;
                *cum = cum.saturating_add(*amount);
            }
        }
        let mut top: Vec<Cost> = costs
            .into_iter()
            .map(|(name, (flat, cum))| Cost { name: name.to_owned(), flat, cum })
            .collect();
        top.sort_by(|a, b| (b.flat, b.cum, &a.name).cmp(&(a.flat, a.cum, &b.name)));
        top
    }
}

/// Whether bytes are a profile in pprof's format: compressed, or no text.
#[must_use]
pub fn is_pprof(bytes: &[u8]) -> bool {
    let is_text = |text: &str| !text.contains(|ch: char| ch.is_control() && !ch.is_whitespace());
    bytes.starts_with(&GZIP) || !std::str::from_utf8(bytes).is_ok_and(is_text)
}

/// Reads a profile in pprof's format: `sample` names what was measured where a file
/// has several measures; without it, the one that pprof shows.
///
/// # Errors
/// Why it is none.
pub fn pprof(bytes: &[u8], sample: Option<&str>) -> Result<Profile, String> {
    if !bytes.starts_with(&GZIP) {
        return proto(bytes, sample);
    }
    let mut plain = Vec::new();
    GzDecoder::new(bytes)
        .take(MAX_BYTES + 1)
        .read_to_end(&mut plain)
        .map_err(|error| format!("it cannot be unpacked: {error}"))?;
    if plain.len() as u64 > MAX_BYTES {
        return Err(format!("it has more than {} MiB unpacked", MAX_BYTES >> 20));
    }
    proto(&plain, sample)
}

/// Reads folded stacks: functions from the outermost to the innermost, separated by
/// `;`, a space, and a number. Lines without text are none.
///
/// # Errors
/// The number of the first line that is none, counted from 0.
pub fn folded<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Profile, usize> {
    let mut profile = Profile::default();
    for (number, line) in lines.enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (stack, amount) = line
            .rsplit_once([' ', '\t'])
            .and_then(|(stack, amount)| Some((stack.trim(), amount.parse::<i64>().ok()?)))
            .filter(|(stack, amount)| !stack.is_empty() && 0 <= *amount)
            .ok_or(number)?;
        profile.stacks.push((stack.split(';').map(str::to_owned).collect(), amount));
    }
    Ok(profile)
}

/// A field of a message: a number, or the bytes of what it holds.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a message, by number.
fn fields(mut bytes: &[u8]) -> Result<Vec<(u64, Field<'_>)>, String> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut bytes)?),
            1 => Field::Bytes(cut(&mut bytes, 8)?),
            2 => {
                let length = varint(&mut bytes)?;
                Field::Bytes(cut(&mut bytes, length)?)
            }
            5 => Field::Bytes(cut(&mut bytes, 4)?),
            _ => return Err("it is no profile of pprof's".to_owned()),
        };
        found.push((key >> 3, field));
    }
    Ok(found)
}

fn cut<'a>(bytes: &mut &'a [u8], length: u64) -> Result<&'a [u8], String> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let (head, rest) = bytes.split_at_checked(length).ok_or("it ends too early")?;
    *bytes = rest;
    Ok(head)
}

fn varint(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or("it ends too early")?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err("it is no profile of pprof's".to_owned())
}

/// Numbers that may be packed.
fn numbers(field: &Field<'_>, into: &mut Vec<u64>) -> Result<(), String> {
    match field {
        Field::Number(number) => into.push(*number),
        Field::Bytes(bytes) => {
            let mut bytes = *bytes;
            while !bytes.is_empty() {
                into.push(varint(&mut bytes)?);
            }
        }
    }
    Ok(())
}

/// What a profile is made of, by the numbers of its fields.
#[derive(Default)]
struct Raw<'a> {
    kinds: Vec<(u64, u64)>,
    samples: Vec<&'a [u8]>,
    /// The functions of each location, the innermost first.
    locations: BTreeMap<u64, Vec<u64>>,
    /// The name of each function, as the number of a text.
    functions: BTreeMap<u64, u64>,
    texts: Vec<String>,
    default: u64,
}

fn proto(bytes: &[u8], sample: Option<&str>) -> Result<Profile, String> {
    let mut raw = Raw::default();
    for (number, field) in fields(bytes)? {
        match (number, field) {
            (1, Field::Bytes(bytes)) => {
                raw.kinds.push((number_of(bytes, 1)?, number_of(bytes, 2)?));
            }
            (2, Field::Bytes(bytes)) => raw.samples.push(bytes),
            (4, Field::Bytes(bytes)) => {
                let mut lines = Vec::new();
                for (number, field) in fields(bytes)? {
                    if let (4, Field::Bytes(line)) = (number, field) {
                        lines.push(number_of(line, 1)?);
                    }
                }
                raw.locations.insert(number_of(bytes, 1)?, lines);
            }
            (5, Field::Bytes(bytes)) => {
                raw.functions.insert(number_of(bytes, 1)?, number_of(bytes, 2)?);
            }
            (6, Field::Bytes(bytes)) => raw.texts.push(String::from_utf8_lossy(bytes).into_owned()),
            (14, Field::Number(number)) => raw.default = number,
            _ => {}
        }
    }
    let text = |number: u64| {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        raw.texts.get(at).map_or("", String::as_str)
    };
    if raw.kinds.is_empty() {
        return Err("it is no profile of pprof's".to_owned());
    }
    let wanted = sample.or((raw.default > 0).then(|| text(raw.default)));
    let which = match wanted {
        None => raw.kinds.len() - 1,
        Some(name) => {
            raw.kinds.iter().position(|(kind, _)| text(*kind) == name).ok_or_else(|| {
                let known: Vec<&str> = raw.kinds.iter().map(|(kind, _)| text(*kind)).collect();
                format!("it measures {}, not `{name}`", known.join(", "))
            })?
        }
    };
    if raw.samples.len() > MAX_STACKS {
        return Err(format!("it has more than {MAX_STACKS} stacks"));
    }
    let (kind, unit) = raw.kinds[which];
    let mut profile =
        Profile { kind: text(kind).to_owned(), unit: text(unit).to_owned(), stacks: Vec::new() };
    for sample in &raw.samples {
        let (mut locations, mut values) = (Vec::new(), Vec::new());
        for (number, field) in fields(sample)? {
            match number {
                1 => numbers(&field, &mut locations)?,
                2 => numbers(&field, &mut values)?,
                _ => {}
            }
        }
        let amount = values.get(which).copied().unwrap_or(0).cast_signed();
        let mut stack: Vec<String> = Vec::new();
        for location in &locations {
            for function in raw.locations.get(location).into_iter().flatten() {
                let name = raw.functions.get(function).map_or("", |name| text(*name));
                stack.push(if name.is_empty() { "?".to_owned() } else { name.to_owned() });
            }
        }
        stack.reverse();
        if amount != 0 && !stack.is_empty() {
            profile.stacks.push((stack, amount));
        }
    }
    Ok(profile)
}

/// The number of a field in a message; 0 where it has none.
fn number_of(bytes: &[u8], wanted: u64) -> Result<u64, String> {
    let found = fields(bytes)?.into_iter().find(|(number, _)| *number == wanted);
    Ok(match found {
        Some((_, Field::Number(number))) => number,
        _ => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_stacks_are_reckoned_as_pprof_does() {
        let text = "main;work;sum 3\n\nmain;work 1\nmain;work;sum;work 2\n";
        let profile = folded(text.lines()).unwrap();
        assert_eq!(profile.total(), 6);
        let top: Vec<String> =
            profile.top().iter().map(|it| format!("{} {} {}", it.name, it.flat, it.cum)).collect();
        assert_eq!(top, ["work 3 6", "sum 3 5", "main 0 6"]);
        let again = profile.to_folded();
        assert_eq!(again, ["main;work 1", "main;work;sum 3", "main;work;sum;work 2"]);
        assert_eq!(folded("a;b 1\nc".lines()), Err(1));
    }

    #[test]
    fn a_profile_is_read_field_by_field() {
        // Two measures; one sample whose innermost location holds an inlined call.
        let field =
            |key: u8, body: &[u8]| [&[key, u8::try_from(body.len()).unwrap()], body].concat();
        let mut bytes = Vec::new();
        bytes.extend(field(0x0a, &[0x08, 1, 0x10, 2]));
        bytes.extend(field(0x0a, &[0x08, 3, 0x10, 4]));
        bytes.extend(field(0x12, &[0x0a, 2, 1, 2, 0x12, 2, 7, 9]));
        bytes.extend(field(0x22, &[0x08, 1, 0x22, 2, 0x08, 1, 0x22, 2, 0x08, 2]));
        bytes.extend(field(0x22, &[0x08, 2, 0x22, 2, 0x08, 3]));
        for (id, name) in [(1, 5), (2, 6), (3, 7)] {
            bytes.extend(field(0x2a, &[0x08, id, 0x10, name]));
        }
        for text in ["", "samples", "count", "cpu", "nanoseconds", "inlined", "work", "main"] {
            bytes.extend(field(0x32, text.as_bytes()));
        }
        assert!(is_pprof(&bytes));
        let profile = pprof(&bytes, None).unwrap();
        assert_eq!((profile.kind.as_str(), profile.unit.as_str()), ("cpu", "nanoseconds"));
        assert_eq!(profile.to_folded(), ["main;work;inlined 9"]);
        assert_eq!(pprof(&bytes, Some("samples")).unwrap().total(), 7);
        assert!(pprof(&bytes, Some("heap")).unwrap_err().contains("`heap`"));
        for end in 0..bytes.len() {
            let _ = pprof(&bytes[..end], None);
        }
    }

    #[test]
    fn what_is_no_profile_is_refused() {
        assert!(!is_pprof(b"main;work 3\n"));
        assert!(pprof(b"hello", None).is_err());
        assert!(pprof(&[0x1f, 0x8b, 0, 0], None).is_err());
        assert!(pprof(&[0xff; 40], None).is_err());
    }
}
