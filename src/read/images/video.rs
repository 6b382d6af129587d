//! Images that are videos: `![A session](talk.mp4){poster=talk.png autoplay}`.

use super::marks::Playing;
use super::{Cx, Marks};
use crate::diag::Diagnostic;
use crate::model::{Edit, Video};
use crate::source::{Span, Spanned};

/// The endings of videos, also of those that browsers do not play.
const ENDINGS: [&str; 8] = ["mp4", "webm", "m4v", "mov", "mkv", "avi", "ogv", "wmv"];

/// Whether an image is meant as a video: by its poster, or by the ending of its
/// file. What the file is, its content tells.
pub(super) fn is_one(path: &str, marks: &Marks) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    marks.poster.is_some() || ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

/// Reads a video: its poster as the image is to show it, the poster's file, and the
/// video. `None` where it cannot be shown.
pub(super) fn read(
    cx: &mut Cx<'_, '_, '_>,
    image: Span,
    (path, asset): (Spanned<String>, String),
    marks: &Marks,
) -> Option<(Spanned<String>, String, Video)> {
    if marks.crop != Edit::WHOLE || !marks.filters.is_empty() {
        cx.report(
            Diagnostic::error("video", image, "a video is neither cropped nor filtered")
                .hint("do it in the file: `ffmpeg -i talk.mp4 -vf crop=1280:640 cropped.mp4`"),
        );
    }
    let Some(poster) = &marks.poster else {
        let (file, stem) = (&path.value, path.value.rsplit_once('.').map_or("poster", |it| it.0));
        cx.report(
            Diagnostic::error("video", path.span, "this video has no poster")
                .label("a PDF and paper show nothing else of it")
                .hint(format!("write `{{poster={stem}.png}}` behind it, where it stands alone"))
                .hint(format!("`ffmpeg -ss 1 -i {file} -frames:v 1 {stem}.png` makes one")),
        );
        return None;
    };
    let file = super::asset(cx, poster, image)?;
    let has = |word: Playing| marks.playing.iter().any(|it| it.value == word);
    let video = Video {
        path,
        asset,
        autoplay: has(Playing::Autoplay),
        looped: has(Playing::Loop),
        muted: has(Playing::Muted),
    };
    Some((poster.clone(), file, video))
}

/// Reports words on how a picture plays.
pub(super) fn report_playing(cx: &mut Cx<'_, '_, '_>, marks: &Marks) {
    for word in &marks.playing {
        cx.report(
            Diagnostic::error("video", word.span, "a picture does not play")
                .hint("take the word away: a GIF plays by itself, and a video has a poster"),
        );
    }
}
