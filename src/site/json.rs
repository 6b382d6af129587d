//! What machines are told of a talk: JSON-LD for search engines, oEmbed for
//! pages that show it in a frame.

use serde_json::{Map, Value, json};

use crate::place::Placed;

/// A JSON object without what is not known.
fn object(entries: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let known = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

/// The talk in the words of schema.org: the slides, and the recording where there
/// is one. Addresses are relative to the page unless it is known.
pub(super) fn linked(placed: &Placed, address: Option<&str>) -> Value {
    let meta = &placed.meta;
    let at = |name: &str| Some(json!(format!("{}{name}", address.unwrap_or_default())));
    let page = |key: &str| {
        let value = meta.page.get(key)?.value.as_str()?;
        Some(json!(value))
    };
    let description = meta.description.as_ref().map(|it| json!(it.value));
    let day = Some(meta.day()).filter(|day| !day.is_empty()).map(Value::from);
    let speaker = meta.speaker.as_ref().map(|it| {
        let speaker = &it.value;
        object([
            ("@type", Some("Person".into())),
            ("name", Some(speaker.name.as_str().into())),
            (
                "affiliation",
                speaker.affiliation.as_deref().map(|name| {
                    object([("@type", Some("Organization".into())), ("name", Some(name.into()))])
                }),
            ),
            (
                "description",
                page("speaker-description").or_else(|| speaker.bio.as_deref().map(Value::from)),
            ),
            ("image", page("speaker-img")),
            ("sameAs", (!speaker.links.is_empty()).then(|| json!(speaker.links))),
        ])
    });
    let event = meta.event.as_ref().map(|event| {
        object([
            ("@type", Some("Event".into())),
            ("name", Some(json!(event.value))),
            ("url", meta.event_link.as_ref().map(|it| json!(it.value))),
            ("startDate", day.clone()),
        ])
    });
    let file = |kind: &str, name: &str| {
        object([
            ("@type", Some("MediaObject".into())),
            ("encodingFormat", Some(kind.into())),
            ("contentUrl", at(name)),
        ])
    };
    let tags: Vec<&str> = meta.tags.iter().map(|tag| tag.value.as_str()).collect();
    let title = Some(json!(placed.title()));
    let slides = object([
        ("@type", Some("PresentationDigitalDocument".into())),
        ("name", title.clone()),
        ("description", description.clone()),
        ("author", speaker.clone()),
        ("datePublished", day.clone()),
        ("inLanguage", Some(meta.lang().into())),
        ("keywords", (!tags.is_empty()).then(|| tags.join(", ").into())),
        ("url", address.map(Value::from)),
        ("image", at("card.png")),
        ("thumbnailUrl", at("poster.png")),
        ("recordedAt", event.clone()),
        (
            "encoding",
            Some(json!([file("text/html", "slides.html"), file("application/pdf", "slides.pdf")])),
        ),
    ]);
    let video = page("youtube-url").map(|video| {
        object([
            ("@type", Some("VideoObject".into())),
            ("name", title),
            ("description", description.or_else(|| Some(json!(placed.title())))),
            ("thumbnailUrl", page("video-img").or_else(|| at("poster.png"))),
            ("uploadDate", day),
            ("embedUrl", Some(video)),
            ("recordedAt", event),
        ])
    });
    let graph: Vec<Value> = std::iter::once(slides).chain(video).collect();
    no_braces(json!({ "@context": "https://schema.org", "@graph": graph }))
}

/// Texts whose braces no generator takes for its own. JSON has them in texts
/// only as escapes, which cannot be told to the writer: a look-alike stands there.
fn no_braces(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(
            text.replace("{{", "{ {")
                .replace("{%", "{ %")
                .replace("{<", "{ <")
                .replace("{#", "{ #"),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(no_braces).collect()),
        Value::Object(entries) => {
            Value::Object(entries.into_iter().map(|(key, value)| (key, no_braces(value))).collect())
        }
        value => value,
    }
}

/// The answer to a page that asks how to show the deck (oEmbed 1.0, type `rich`).
pub(super) fn oembed(placed: &Placed, embed: &str, address: Option<&str>) -> String {
    let canvas = placed.canvas();
    let answer = object([
        ("version", Some("1.0".into())),
        ("type", Some("rich".into())),
        ("title", Some(json!(placed.title()))),
        ("author_name", placed.meta.speaker.as_ref().map(|it| json!(it.value.name))),
        ("provider_url", address.map(Value::from)),
        ("width", Some(json!(canvas.width().get()))),
        ("height", Some(json!(canvas.height().get()))),
        ("html", Some(embed.trim_end().into())),
        ("thumbnail_url", Some(json!(format!("{}poster.png", address.unwrap_or_default())))),
        ("thumbnail_width", Some(json!(1280))),
        (
            "thumbnail_height",
            Some(json!((1280.0 * canvas.height().get() / canvas.width().get()).round())),
        ),
    ]);
    serde_json::to_string_pretty(&answer).expect("texts and numbers can be written") + "\n"
}
