//! The keys of other tools, and deckc's form of them.
//!
//! Whoever brings a deck from Marp, Slidev, reveal.js, Quarto, presenterm,
//! peitho or remark is told what to write instead of what their keys were near
//! to. Nothing is read in another tool's way.

use super::yaml::{Entry, Value};
use crate::diag::Diagnostic;
use crate::source::Span;

/// What a key of another tool is in deckc.
pub(super) enum Here {
    /// The same under this name.
    Key(&'static str),
    /// Something else: what to write.
    Say(&'static str),
    /// Nothing, whatever its value: why it can go.
    Nothing(&'static str),
}

impl Here {
    /// Completes the finding about a key: with what to write, and with the change
    /// where that is one. `removal` deletes the entry.
    pub(super) fn remedy(
        self,
        unknown: Diagnostic,
        key: Span,
        entry: &Entry,
        removal: Span,
    ) -> Diagnostic {
        match self {
            Self::Key(name) => {
                let unknown = unknown.hint(format!("here it is `{name}`"));
                // Only `speaker` takes more than a text, and then another map.
                let is_text = matches!(entry.node.value, Value::Scalar { .. });
                if is_text { unknown.patch(key, name) } else { unknown }
            }
            Self::Say(what) => unknown.hint(what),
            Self::Nothing(why) => unknown.hint(format!("delete it: {why}")).patch(removal, ""),
        }
    }
}

/// A key of front matter.
pub(super) fn in_front_matter(key: &str) -> Option<Here> {
    Some(match &*plain(key) {
        "author" | "authors" | "presenter" | "presenters" => Here::Key("speaker"),
        "aspectratio" | "ratio" => Here::Key("size"),
        "duration" | "time" | "length" | "totaltime" => Here::Key("slot"),
        "language" | "locale" => Here::Key("lang"),
        "conference" | "venue" => Here::Key("event"),
        "keywords" => Here::Key("tags"),
        "info" | "summary" | "abstract" => Here::Key("description"),
        "headingdivider" | "slidedividers" => Here::Key("slide-level"),
        "background" | "backgroundimage" | "backgroundcolor" => {
            Here::Say("choose a theme; `![bg](hall.jpg)` gives a slide a picture as its background")
        }
        "image" | "favicon" => Here::Say("`img:` names the picture of the talk's page"),
        "marp" => Here::Nothing("every deck is read by deckc"),
        "transitions" | "slidetransition" => Here::Key("transition"),
        "mdc" | "routermode" | "drawings" | "download" | "exportfilename" | "highlighter"
        | "monaco" | "twoslash" | "selectable" | "record" | "format" | "output"
        | "revealoptions" | "highlighttheme" | "codelanguage" | "math" | "html" => {
            Here::Say("delete it: deckc needs no such setting")
        }
        "paginate" | "slidenumber" | "slidenumbers" | "pagenumbers" => {
            Here::Say("delete it: slides are numbered by their layout")
        }
        "linenumbers" => Here::Say("write `lines` behind the language of a code block"),
        "header" => Here::Say("write `footer:`; a slide's title stands at its top"),
        "class" | "style" | "css" | "color" | "fonts" | "font" | "colorschema" | "themeconfig"
        | "autoscale" | "fitheaders" => {
            Here::Say("looks are the theme's: choose one with `theme:`")
        }
        "incremental" | "incrementallists" | "buildlists" | "fragments" => {
            Here::Say("write `::: steps` and `:::` around a list that appears item by item")
        }
        "separator" | "verticalseparator" | "breaks" => {
            Here::Say("a line `---` starts a slide, and `slide-level:` lets headings do so")
        }
        _ => return None,
    })
}

/// A key of a directive.
pub(super) fn in_directive(key: &str) -> Option<Here> {
    Some(match &*plain(key) {
        "key" | "name" | "routealias" | "anchor" => Here::Key("id"),
        "duration" | "timing" => Here::Key("time"),
        "src" => Here::Key("include"),
        "notes" | "speakernote" | "speakernotes" => Here::Key("note"),
        "hide" | "hidden" | "disabled" | "draft" | "skip" | "visibility" => {
            Here::Say("write `role: hidden`, or `role: optional` for a slide that can be skipped")
        }
        "class" | "style" | "color" | "theme" | "zoom" | "fontsize" | "textscale" => {
            Here::Say("looks are the theme's: choose a layout, like `layout: quote`")
        }
        "bg" | "background" | "backgroundimage" | "backgroundcolor" => {
            Here::Say("write `![bg](hall.jpg)` on a line of its own")
        }
        "columns" | "column" | "columnlayout" => Here::Say(
            "write `layout: two-column`, and `::: left` and `::: right` around the halves",
        ),
        "paginate" | "header" | "footer" | "pagenumber" | "count" => {
            Here::Say("write `footer:` in the front matter; slides are numbered by their layout")
        }
        "incrementallists" | "clicks" | "pause" => {
            Here::Say("write `<!-- step -->` before what appears later")
        }
        "slot" => Here::Say("write `::: left` and `:::` around what goes to a slot"),
        _ => return None,
    })
}

/// A word behind the language of a code block, and the same here if there is one.
pub(super) fn in_fence(token: &str) -> Option<(String, Option<String>)> {
    let (word, value) = token.split_once('=').unwrap_or((token, ""));
    let value = value.trim_matches(['"', '\'']);
    let known = plain(word.trim_start_matches(['+', '.', '-']));
    let here = match (known.as_str(), value) {
        ("linenumbers" | "numberlines" | "showlinenumbers" | "linenums" | "numbers", "") => {
            "lines".to_owned()
        }
        ("linenums" | "startline" | "startfrom" | "firstline" | "start", first)
            if first.parse::<u32>().is_ok() =>
        {
            format!("lines={first}")
        }
        ("codelinenumbers" | "datalinenumbers" | "linenumbers", focus) => {
            format!("{{{}}}", focus.trim_matches('|'))
        }
        ("title" | "filename" | "caption", _) => {
            return Some(("write it below the code: `caption=\"pool.go\"`".to_owned(), None));
        }
        ("exec" | "validate" | "run" | "playground" | "editable", _) => {
            return Some(("a slide runs nothing: delete it".to_owned(), None));
        }
        _ => {
            let lines = token.strip_prefix('[')?.strip_suffix(']')?;
            match lines.split_once(':') {
                Some((first, lines)) => {
                    format!("lines={} {{{}}}", first.trim(), lines.trim().trim_matches('|'))
                }
                None => format!("{{{}}}", lines.trim_matches('|')),
            }
        }
    };
    let is_focus = |c: char| c.is_ascii_digit() || "{}|,- ".contains(c);
    let ok = here.starts_with("lines") || here.chars().all(is_focus) && here != "{}";
    ok.then(|| (format!("write `{here}`"), Some(here)))
}

/// A key without what tools spell differently: upper case, hyphens, underscores.
fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}
