//! PDF standards: which there are, and which hold together.

use typst_pdf::{PdfStandard, PdfStandards};

use crate::diag::nearest_hint;

/// Every standard, by the name that the command line uses.
const NAMES: [(&str, PdfStandard); 17] = [
    ("ua-1", PdfStandard::Ua_1),
    ("a-1a", PdfStandard::A_1a),
    ("a-1b", PdfStandard::A_1b),
    ("a-2a", PdfStandard::A_2a),
    ("a-2b", PdfStandard::A_2b),
    ("a-2u", PdfStandard::A_2u),
    ("a-3a", PdfStandard::A_3a),
    ("a-3b", PdfStandard::A_3b),
    ("a-3u", PdfStandard::A_3u),
    ("a-4", PdfStandard::A_4),
    ("a-4e", PdfStandard::A_4e),
    ("a-4f", PdfStandard::A_4f),
    ("1.4", PdfStandard::V_1_4),
    ("1.5", PdfStandard::V_1_5),
    ("1.6", PdfStandard::V_1_6),
    ("1.7", PdfStandard::V_1_7),
    ("2.0", PdfStandard::V_2_0),
];

/// The standards that a PDF without attachments keeps when nobody asks for
/// others: it can be read aloud, and archived.
const PLAIN: [&str; 2] = ["ua-1", "a-2a"];

/// The same with attachments: PDF/A-2 has none but other PDF/A files.
const ATTACHING: [&str; 2] = ["ua-1", "a-3a"];

/// Those of PDF/A that hold files of any kind (ISO 19005-3, 6.8; ISO 19005-4,
/// annex A and B).
const HOLD_FILES: [&str; 5] = ["a-3a", "a-3b", "a-3u", "a-4e", "a-4f"];

/// Standards that a PDF can keep together.
#[derive(Clone, Debug)]
pub struct Standards {
    names: Vec<&'static str>,
    checked: PdfStandards,
}

/// Why standards cannot be asked for, and what to ask for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Standards {
    /// The names of all standards.
    pub fn all() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The standards with these names, for a PDF with or without attachments.
    /// No names at all stand for PDF/UA-1 with PDF/A-2a, or with PDF/A-3a where
    /// something is attached.
    ///
    /// # Errors
    /// An unknown name, a name given twice, standards that contradict each
    /// other, or attachments where PDF/A has none.
    pub fn new<'n>(
        names: impl IntoIterator<Item = &'n str>,
        attaching: bool,
    ) -> Result<Self, Refused> {
        let mut list: Vec<(&'static str, PdfStandard)> = Vec::new();
        for name in names {
            let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let Some(found) = known else {
                let names: Vec<&str> = Self::all().collect();
                return Err(Refused {
                    message: format!("there is no PDF standard `{name}`"),
                    hint: nearest_hint(name, &names),
                });
            };
            if list.iter().any(|(name, _)| *name == found.0) {
                return Err(Refused {
                    message: format!("the PDF standard `{name}` is named twice"),
                    hint: "name it once".to_owned(),
                });
            }
            list.push(*found);
        }
        if list.is_empty() {
            let default = if attaching { ATTACHING } else { PLAIN };
            list.extend(NAMES.iter().filter(|(name, _)| default.contains(name)));
        }
        let names: Vec<&'static str> = list.iter().map(|(name, _)| *name).collect();
        if attaching {
            attach(&names)?;
        }
        contradict(&names)?;
        let kinds: Vec<PdfStandard> = list.iter().map(|(_, kind)| *kind).collect();
        let checked = PdfStandards::new(&kinds).map_err(|why| Refused {
            message: format!("a PDF cannot keep {}: {}", joined(&names), why.message()),
            hint: why.hints().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        })?;
        Ok(Self { names, checked })
    }

    /// The names, as `ua-1 and a-2a`.
    #[must_use]
    pub fn names(&self) -> String {
        joined(&self.names)
    }

    /// Whether the document needs a date: PDF/A has a history with one.
    pub(super) fn need_date(&self) -> bool {
        self.names.iter().any(|name| name.starts_with("a-"))
    }

    /// Whether groups whose colours mix on their own are allowed: PDF/A-1 has none (ISO
    /// 19005-1, 6.4).
    pub(super) fn let_mix(&self) -> bool {
        !self.names.iter().any(|name| name.starts_with("a-1"))
    }

    /// The standards, as the writer takes them.
    pub(super) fn checked(&self) -> PdfStandards {
        self.checked.clone()
    }
}

impl Default for Standards {
    /// PDF/UA-1 with PDF/A-2a.
    fn default() -> Self {
        Self::new([], false).expect("the default standards hold together")
    }
}

/// Whether files may be attached under these standards.
fn attach(names: &[&str]) -> Result<(), Refused> {
    let archival = names.iter().find(|name| name.starts_with("a-"));
    match archival {
        Some(name) if !HOLD_FILES.contains(name) => Err(Refused {
            message: format!("a PDF that keeps `{name}` cannot carry the deck's source"),
            hint: "ask for `a-3a`, or leave `--attach-source` out".to_owned(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Whether two of the standards are of one kind, of which a PDF has one.
fn contradict(names: &[&str]) -> Result<(), Refused> {
    let kind = |name: &str| match name.split_once('-') {
        Some((kind, _)) => kind.to_owned(),
        None => "version".to_owned(),
    };
    for (nth, name) in names.iter().enumerate() {
        if let Some(other) = names[..nth].iter().find(|other| kind(other) == kind(name)) {
            let what = if kind(name) == "version" { "one version" } else { "one part of PDF/A" };
            return Err(Refused {
                message: format!("a PDF cannot be both `{other}` and `{name}`"),
                hint: format!("a PDF has {what}: leave one of the two out"),
            });
        }
    }
    Ok(())
}

fn joined(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::Standards;

    fn refused(names: &[&str], attaching: bool) -> String {
        let names = names.iter().copied();
        Standards::new(names, attaching).map_or_else(|why| why.message, |it| it.names())
    }

    #[test]
    fn standards_that_hold_together_are_kept() {
        assert_eq!(refused(&[], false), "`ua-1` and `a-2a`");
        assert_eq!(refused(&[], true), "`ua-1` and `a-3a`");
        assert_eq!(refused(&["A-2B"], false), "`a-2b`");
        assert_eq!(refused(&["1.7", "ua-1", "a-3b"], true), "`1.7`, `ua-1` and `a-3b`");
        assert_eq!(refused(&["2.0"], true), "`2.0`");
    }

    #[test]
    fn every_standard_stands_alone() {
        for name in Standards::all() {
            assert_eq!(refused(&[name], false), format!("`{name}`"));
        }
    }

    #[test]
    fn no_two_parts_of_one_standard_go_together() {
        for one in Standards::all() {
            for other in Standards::all().filter(|other| *other != one) {
                let both_archival = one.starts_with("a-") && other.starts_with("a-");
                let both_versions = one.contains('.') && other.contains('.');
                if both_archival || both_versions {
                    assert!(refused(&[one, other], false).starts_with("a PDF cannot be both"));
                }
            }
        }
    }
}
