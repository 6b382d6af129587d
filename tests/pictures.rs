//! Pictures of pixels as they ship: as many pixels as are seen, in sRGB, turned,
//! without a word beside them, and each once. Files are made here, with profiles
//! that another library writes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use deckc::compile::{self, Memo, Options, Output};
use deckc::diag::{Diagnostic, Diagnostics};
use deckc::figure::{Figure, Figures, Format};
use deckc::loader::Loader;
use deckc::source::Sources;
use deckc::store::{Key, Store};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{
    DynamicImage, Frame, GrayImage, ImageEncoder as _, Luma, Rgb, RgbImage, Rgba, RgbaImage,
};
use moxcms::ColorProfile;

/// A folder with a deck and its pictures.
struct Deck(tempfile::TempDir);

impl Deck {
    /// A deck that shows pictures as a text says.
    fn new(text: &str, pictures: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let deck = format!("---\ntitle: Pictures\nlang: en\n---\n\n{text}\n");
        fs::write(folder.path().join("deck.md"), deck).unwrap();
        for (name, bytes) in pictures {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self(folder)
    }

    /// One that shows a picture, as large as it can.
    fn of(name: &str, bytes: &[u8]) -> Self {
        Self::new(&format!("# It\n\n![Bars]({name})"), &[(name, bytes)])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What ships of the pictures, and what is said.
    fn figures(&self, options: &Options) -> (Figures, Vec<Diagnostic>) {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let loader = Loader::new(self.path()).unwrap();
        let prepared =
            compile::prepare(&loader, "deck.md", options, &mut sources, &mut diags).unwrap();
        (prepared.map(|it| it.figures).unwrap_or_default(), diags.sorted())
    }

    /// What ships of the only picture.
    fn figure(&self) -> Figure {
        let (mut figures, found) = self.figures(&Options::default());
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(figures.len(), 1);
        figures.pop_first().unwrap().1
    }

    /// What is said, errors and warnings.
    fn says(&self, options: &Options) -> Vec<String> {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let loader = Loader::new(self.path()).unwrap();
        let _ = compile::compile(&loader, "deck.md", options, &mut sources, &mut diags).unwrap();
        diags.sorted().into_iter().map(|it| format!("{}: {}", it.name, it.message)).collect()
    }

    /// HTML and PDF.
    fn build(&self) -> Output {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let loader = Loader::new(self.path()).unwrap();
        let options = Options { html: true, pdf: true, ..Options::default() };
        let made = compile::compile(&loader, "deck.md", &options, &mut sources, &mut diags);
        made.unwrap().unwrap_or_else(|| panic!("{:?}", diags.sorted()))
    }
}

/// Six bars below each other: red, green, blue, yellow, grey, white.
const BARS: [[u8; 3]; 6] =
    [[200, 60, 40], [60, 180, 70], [50, 80, 210], [220, 200, 40], [128, 128, 128], [240, 240, 240]];

fn bars(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| Rgb(BARS[(y * 6 / height) as usize]))
}

/// A file of pixels, with what it says beside them.
fn file(format: Format, pixels: &DynamicImage, profile: Option<Vec<u8>>, turned: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let exif = turned.then(|| exif(6));
    macro_rules! written {
        ($encoder:expr) => {{
            let mut encoder = $encoder;
            profile.map(|it| encoder.set_icc_profile(it).unwrap());
            exif.map(|it| encoder.set_exif_metadata(it).unwrap());
            let color = pixels.color().into();
            encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), color).unwrap();
        }};
    }
    match format {
        Format::Png => written!(PngEncoder::new(&mut bytes)),
        Format::Jpeg => written!(JpegEncoder::new_with_quality(&mut bytes, 95)),
        Format::Webp => written!(WebPEncoder::new_lossless(&mut bytes)),
        Format::Gif | Format::Svg | Format::Mp4 | Format::Webm => unreachable!(),
    }
    bytes
}

/// What a camera writes: how it was held, and where.
fn exif(turn: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.push(turn);
    exif.extend(b"\0\0\x01\x0e\0\x02\0\0\0\x07\0\0\0\x26\0\0\0\0SECRET\0");
    exif
}

fn decoded(figure: &Figure) -> RgbaImage {
    image::load_from_memory(&figure.bytes).unwrap().to_rgba8()
}

fn says_more(bytes: &[u8]) -> bool {
    ["SECRET", "ICC_PROFILE", "iCCP", "ICCP", "eXIf", "xmp"]
        .iter()
        .any(|it| bytes.windows(it.len()).any(|window| window == it.as_bytes()))
}

#[test]
fn a_picture_has_as_many_pixels_as_are_seen_at_twice_the_canvas() {
    // With a grain, as a photo has.
    let mut large = bars(2700, 1620);
    for (x, y, pixel) in large.enumerate_pixels_mut() {
        let up = (x * 7 + y * 13) % 5 < 2;
        pixel.0 = pixel.0.map(|it| if up { it + 3 } else { it - 2 });
    }
    let large = DynamicImage::from(large);
    for format in [Format::Png, Format::Jpeg, Format::Webp] {
        let bytes = file(format, &large, None, false);
        let figure = Deck::of("large.dat", &bytes).figure();
        let shipped = decoded(&figure);
        // The slot is 912 x 382 pt; the whole slide has 2560 x 1440 pixels.
        assert!((1000..1100).contains(&shipped.height()), "{format:?}: {}", shipped.height());
        assert_eq!((figure.width, figure.height), (2700.0, 1620.0));
        assert!(figure.bytes.len() <= bytes.len());
        for (nth, bar) in BARS.iter().enumerate() {
            let y = (2 * u32::try_from(nth).unwrap() + 1) * shipped.height() / 12;
            let pixel = shipped.get_pixel(shipped.width() / 2, y).0;
            assert!(pixel.iter().zip(bar).all(|(a, b)| a.abs_diff(*b) <= 2), "{pixel:?}");
        }
    }
}

#[test]
fn a_picture_that_is_not_clearly_larger_keeps_its_bytes() {
    for (width, height) in [(1280, 720), (1900, 1200)] {
        let bytes = file(Format::Png, &bars(width, height).into(), None, false);
        assert!(*Deck::of("a.png", &bytes).figure().bytes == *bytes);
    }
    // And so does one that is packed better than its fewer pixels would be.
    let bytes = file(Format::Webp, &bars(3000, 1800).into(), None, false);
    assert!(*Deck::of("a.webp", &bytes).figure().bytes == *bytes);
}

#[test]
fn a_picture_that_is_shown_several_times_is_stored_once_for_the_largest() {
    let bytes = file(Format::Png, &bars(3000, 1800).into(), None, false);
    let text = "# One\n\n![Bars](a.png){w=20%}\n\n---\n\n# Two\n\n![Bars](b.png){w=60%}\n\n---\n\n# Three\n\n![Bars](a.png){w=100pt}";
    let deck = Deck::new(text, &[("a.png", &bytes), ("b.png", &bytes)]);
    let (figures, found) = deck.figures(&Options::default());
    assert!(found.is_empty(), "{found:?}");
    let [a, b] = ["a.png", "b.png"].map(|name| &figures[name]);
    assert!(a.bytes == b.bytes);
    let width = decoded(a).width();
    // Six tenths of the slot, and not a fifth.
    assert!((1300..1500).contains(&width), "{width}");

    // And so is a link to it.
    #[cfg(unix)]
    {
        fs::remove_file(deck.path().join("b.png")).unwrap();
        std::os::unix::fs::symlink("a.png", deck.path().join("b.png")).unwrap();
    }
    let made = deck.build();
    let html = made.html.unwrap();
    assert_eq!(html.matches("data:image/png;base64,").count(), 1);
    assert_eq!(n_pictures(&made.pdf.unwrap()), 1);
}

/// How many pictures of pixels a PDF holds.
fn n_pictures(pdf: &[u8]) -> usize {
    let is_one = |window: &&[u8]| **window == *b"/Subtype/Image" || **window == *b"/Subtype /Imag";
    pdf.windows(14).filter(is_one).count()
}

#[test]
fn colours_are_those_that_the_profile_means() {
    // By the definitions of the colour spaces, red of 200, 60, 40 in each of them.
    for (profile, expected) in [
        (ColorProfile::new_display_p3(), [218, 41, 23]),
        (ColorProfile::new_adobe_rgb(), [232, 57, 34]),
    ] {
        let icc = profile.encode().unwrap();
        for format in [Format::Png, Format::Jpeg, Format::Webp] {
            let bytes = file(format, &bars(600, 360).into(), Some(icc.clone()), false);
            let figure = Deck::of("a.dat", &bytes).figure();
            assert!(says_more(&bytes) && !says_more(&figure.bytes), "{format:?}");
            let pixel = decoded(&figure).get_pixel(300, 30).0;
            assert!(
                pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 3),
                "{format:?}: {pixel:?} for {expected:?}"
            );
        }
    }
    let grey = GrayImage::from_pixel(600, 360, Luma([100]));
    let icc = ColorProfile::new_gray_with_gamma(1.4).encode().unwrap();
    let bytes = file(Format::Png, &grey.into(), Some(icc), false);
    // (100 / 255) ^ 1.4 of the light, as sRGB codes it.
    assert_eq!(
        decoded(&Deck::of("a.png", &bytes).figure()).get_pixel(9, 9).0,
        [142, 142, 142, 255]
    );
}

#[test]
fn a_profile_that_means_srgb_costs_nothing() {
    let icc = ColorProfile::new_srgb().encode().unwrap();
    for format in [Format::Png, Format::Jpeg, Format::Webp] {
        let plain = file(format, &bars(600, 360).into(), None, false);
        let bytes = file(format, &bars(600, 360).into(), Some(icc.clone()), false);
        let figure = Deck::of("a.dat", &bytes).figure();
        assert!(figure.format == format && !says_more(&figure.bytes));
        let [shipped, plain] = [&*figure.bytes, &plain].map(image::load_from_memory);
        assert!(shipped.unwrap() == plain.unwrap());
    }
}

#[test]
fn a_cropped_picture_keeps_the_colours_that_its_profile_means() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let bytes = file(Format::Png, &bars(600, 360).into(), Some(icc), false);
    let deck = Deck::new("# It\n\n![Bars](a.png){crop=0,0,50%,50%}", &[("a.png", &bytes)]);
    let figure = deck.figure();
    assert_eq!((figure.width, figure.height), (300.0, 180.0));
    let pixel = decoded(&figure).get_pixel(9, 9).0;
    assert!(pixel.iter().zip([218, 41, 23]).all(|(a, b)| a.abs_diff(b) <= 3), "{pixel:?}");
}

#[test]
fn a_picture_is_turned_as_its_file_says_and_says_nothing_else() {
    for format in [Format::Png, Format::Jpeg, Format::Webp] {
        let bytes = file(format, &bars(600, 360).into(), None, true);
        let figure = Deck::of("a.dat", &bytes).figure();
        assert!(says_more(&bytes) && !says_more(&figure.bytes), "{format:?}");
        assert_eq!((figure.width, figure.height), (360.0, 600.0), "{format:?}");
        let shipped = decoded(&figure);
        if format == Format::Jpeg {
            // Browsers and the typesetter turn it.
            assert_eq!((shipped.width(), shipped.height()), (600, 360));
            assert!(figure.bytes.windows(6).any(|it| it == b"Exif\0\0"));
        } else {
            // A quarter to the right: what was at the top is at the right.
            assert_eq!((shipped.width(), shipped.height()), (360, 600));
            assert_eq!(shipped.get_pixel(350, 300).0[..3], BARS[0]);
            assert_eq!(shipped.get_pixel(10, 300).0[..3], BARS[5]);
        }
    }
}

#[test]
fn what_is_not_seen_lends_no_colour() {
    // White below red of which nothing is seen.
    let picture = RgbaImage::from_fn(3000, 1800, |x, _| {
        if x % 2 == 0 { Rgba([255, 255, 255, 255]) } else { Rgba([255, 0, 0, 0]) }
    });
    let bytes = file(Format::Png, &picture.into(), None, false);
    let deck = Deck::new("# It\n\n![Bars](a.png){w=300pt}", &[("a.png", &bytes)]);
    let (figures, _) = deck.figures(&Options::default());
    let shipped = image::load_from_memory(&figures["a.png"].bytes).unwrap().to_rgba8();
    assert!(shipped.width() < 3000);
    assert!(shipped.pixels().all(|it| it.0[..3] == [255; 3] && 100 < it.0[3] && it.0[3] < 160));
}

#[test]
fn the_pixels_of_the_file_count_for_blurry_images() {
    // A small picture on a whole slide, a large one that was made smaller, one of
    // which little is left, and one that stands where it lay.
    let small = file(Format::Png, &bars(400, 240).into(), None, false);
    let large = file(Format::Png, &bars(3000, 1800).into(), None, false);
    let tall = file(Format::Png, &bars(700, 360).into(), None, true);
    let says = |text: &str| {
        let pictures = [("small.png", &*small), ("large.png", &large), ("tall.png", &tall)];
        Deck::new(text, &pictures).says(&Options { only_findings: true, ..Options::default() })
    };
    let blurry = |text: &str| says(text).iter().any(|it| it.starts_with("blurry-images: "));
    assert!(blurry("# It\n\n![Bars](small.png)"));
    assert!(!blurry("# It\n\n![Bars](small.png){w=200pt}"));
    assert!(blurry("# It\n\n![Bars](small.png){w=400pt h=300pt fit=cover}"));
    assert!(!blurry("# It\n\n![Bars](large.png)"));
    assert!(!blurry("# It\n\n![Bars](large.png){crop=30%}"));
    assert!(blurry("# It\n\n![Bars](large.png){crop=46%}"));
    // 360 x 700 pixels, and not 700 x 360: at 270 pt it is as wide as it has pixels.
    assert!(!blurry("# It\n\n![Bars](tall.png){w=180pt}"));
    assert!(blurry("# It\n\n![Bars](tall.png){h=600pt}"));
}

#[test]
fn whoever_wants_findings_only_gets_the_same_ones() {
    let large = file(Format::Jpeg, &bars(3000, 1800).into(), None, true);
    let small = file(Format::Webp, &bars(300, 200).into(), None, false);
    let text = "# One\n\n![Bars](a.jpg)\n\n---\n\n# Two\n\nIn ![a](b.webp) line\n\n![Bars](b.webp){w=60% fit=cover}";
    let deck = Deck::new(text, &[("a.jpg", &large), ("b.webp", &small)]);
    let all = deck.says(&Options { html: true, pdf: true, ..Options::default() });
    assert_eq!(deck.says(&Options { only_findings: true, ..Options::default() }), all);
    assert!(!all.is_empty());
}

#[test]
fn damaged_pixels_are_found_without_decoding_them() {
    let mut bytes = file(Format::Png, &bars(600, 360).into(), None, false);
    let middle = bytes.len() - 20;
    bytes[middle] ^= 0xff;
    let deck = Deck::of("a.png", &bytes);
    let says = deck.says(&Options { only_findings: true, ..Options::default() });
    assert_eq!(says, ["broken-asset: the picture `a.png` is broken: its pixels are damaged"]);
    let says = deck.says(&Options { html: true, ..Options::default() });
    assert!(
        says[0].starts_with("broken-asset: the picture `a.png` is broken: CRC error"),
        "{says:?}"
    );
}

#[test]
fn inks_become_colours() {
    // Written by Pillow 13 as Adobe's programs write them, where what is stored is the
    // light that is left: plain, mixed (YCCK), and pure inks with a profile of our
    // own, of which Little CMS 2 makes these colours.
    let plain = [[200, 60, 40], [60, 180, 70], [50, 80, 210], [30, 30, 30]];
    let pure = [[0, 150, 218], [216, 0, 121], [247, 224, 0], [28, 28, 28]];
    for (name, colours) in
        [("inks.jpg", plain), ("inks-mixed.jpg", plain), ("inks-with-profile.jpg", pure)]
    {
        let bytes = fs::read(Path::new("tests/pictures").join(name)).unwrap();
        let deck = Deck::of(name, &bytes);
        let shipped = decoded(&deck.figure());
        for (x, expected) in [8, 24, 40, 56].into_iter().zip(colours) {
            let pixel = shipped.get_pixel(x, 8).0;
            let is_near = pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 6);
            assert!(is_near, "{name}: {pixel:?} for {expected:?}");
        }
        // A standard refuses inks.
        assert!(deck.build().pdf.is_some());
    }
}

#[test]
fn a_picture_in_a_drawing_ships_as_one_of_its_own_does() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let large = file(Format::Png, &bars(3000, 1800).into(), Some(icc), true);
    let photo = file(Format::Jpeg, &bars(300, 180).into(), None, true);
    let image = |bytes: &[u8], mime: &str, place: &str| {
        let data = BASE64.encode(bytes);
        format!("<image {place} href='data:{mime};base64,{data}'/>")
    };
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'>{}{}</svg>",
        image(&large, "image/png", "width='90' height='150' x='10' y='10'"),
        image(&photo, "image/jpeg", "width='90' height='150' x='200' y='10'"),
    );
    let figure = Deck::of("a.svg", svg.as_bytes()).figure();
    let text = std::str::from_utf8(&figure.bytes).unwrap();
    let shipped: Vec<Vec<u8>> = text
        .split("base64, ")
        .chain(text.split("base64,"))
        .skip(1)
        .filter_map(|rest| BASE64.decode(rest.split('"').next()?).ok())
        .filter(|bytes| 100 < bytes.len())
        .collect();
    assert_eq!(shipped.len(), 2, "{}", text.len());
    for bytes in &shipped {
        assert!(!says_more(bytes));
        let pixels = image::load_from_memory(bytes).unwrap().to_rgb8();
        // Turned to the right: the top is at the right.
        assert!(pixels.width() < pixels.height());
        let red = pixels.get_pixel(pixels.width() - 3, pixels.height() / 2).0;
        let expected = if bytes.starts_with(b"\x89PNG") { [218, 41, 23] } else { BARS[0] };
        assert!(red.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 5), "{red:?}");
        assert!(pixels.height() < 1200, "{}", pixels.height());
    }

    let broken = |href: &str| {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image width='9' height='9' href='{href}'/></svg>"
        );
        Deck::of("a.svg", svg.as_bytes()).figures(&Options::default()).1.remove(0).message
    };
    assert_eq!(
        broken("data:image/png;base64,aGVsbG8="),
        "the file `image` of `a.svg` is no picture"
    );
    let cut = BASE64.encode(&photo[..photo.len() - 9]);
    assert_eq!(
        broken(&format!("data:image/jpeg;base64,{cut}")),
        "the picture `image` of `a.svg` is broken: it ends too early"
    );
}

#[test]
fn a_file_of_few_bytes_and_many_pixels_is_refused() {
    let mut png = Cursor::new(Vec::new());
    DynamicImage::new_rgba16(30, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let mut png = png.into_inner();
    png[16..20].copy_from_slice(&10_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&9_000_u32.to_be_bytes());
    let sum = crc32fast::hash(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let (_, found) = Deck::of("deep.png", &png).figures(&Options::default());
    assert_eq!(
        found[0].message,
        "the picture `deep.png` has 10000 x 9000 pixels of 16 bits a channel, which is 90 million; the most is 75 million"
    );
}

#[test]
fn a_profile_or_a_text_that_grows_without_end_does_no_harm() {
    // A hundred million bytes of nothing, packed into a hundred thousand.
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..100 {
        packed.write_all(&vec![0; 1_000_000]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let plain = file(Format::Png, &bars(600, 360).into(), None, false);
    for name in [b"iCCP", b"zTXt"] {
        let data = [&b"It\0\0"[..], &packed].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        let body = [&name[..], &data].concat();
        let chunk = [&length[..], &body, &crc32fast::hash(&body).to_be_bytes()].concat();
        let bytes = [&plain[..33], &chunk, &plain[33..]].concat();
        assert!(*Deck::of("a.png", &bytes).figure().bytes == *plain);
    }
}

#[test]
fn a_gif_of_one_picture_is_a_picture() {
    let gif = |frames: u32| {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for _ in 0..frames {
            let pixels = DynamicImage::from(bars(1000, 600)).into_rgba8();
            encoder.encode_frame(Frame::new(pixels)).unwrap();
        }
        drop(encoder);
        bytes
    };
    let text = "# It\n\n![Bars](a.gif){crop=0,50%,0,0}";
    let (figures, found) = Deck::new(text, &[("a.gif", &gif(1))]).figures(&Options::default());
    assert!(found.is_empty(), "{found:?}");
    let figure = figures.values().next().unwrap();
    assert_eq!((figure.format, figure.width, figure.height), (Format::Png, 500.0, 600.0));
    let (_, found) = Deck::new(text, &[("a.gif", &gif(2))]).figures(&Options::default());
    assert_eq!(found[0].message, "`a.gif` cannot be cropped: it moves");
}

/// A store that counts.
#[derive(Debug, Default)]
struct Kept {
    all: Mutex<BTreeMap<Key, Vec<u8>>>,
    n_asked: AtomicUsize,
}

impl Store for Kept {
    fn get(&self, key: &Key) -> Option<Vec<u8>> {
        self.n_asked.fetch_add(1, Ordering::Relaxed);
        self.all.lock().unwrap().get(key).cloned()
    }

    fn put(&self, key: &Key, value: &[u8]) {
        self.all.lock().unwrap().insert(*key, value.to_vec());
    }
}

#[test]
fn wherever_a_picture_is_shown_the_page_has_it_once() {
    let bytes = file(Format::Png, &bars(600, 360).into(), None, false);
    let text = "# One\n\n![bg right:40%](b.png)\n\nText[^1]\n\n\
                [^1]: With ![Bars](c.png)\n\n---\n\n# Two\n\n![bg left](b.png)\n\nText";
    for text in [text, &text.replace("b.png", "a.png")] {
        let files = ["a.png", "b.png", "c.png"].map(|name| (name, bytes.as_slice()));
        let html = Deck::new(text, &files).build().html.unwrap();
        assert_eq!(html.matches("data:image/png").count(), 1);
    }
}

#[test]
fn a_picture_that_is_decorative_says_nothing_in_a_line_either() {
    let bytes = file(Format::Png, &bars(600, 360).into(), None, false);
    let text = "# It\n\nBars ![Ornament](a.png){decorative} and ![Figure](a.png) and\n\n\
                ![Ornament](a.png){decorative}";
    let html = Deck::new(text, &[("a.png", &bytes)]).build().html.unwrap();
    let alts =
        html.split("<img ").skip(1).filter_map(|it| it.split("alt=\"").nth(1)?.split('"').next());
    assert_eq!(alts.collect::<Vec<_>>(), ["", "Figure", ""]);
}

#[test]
fn a_picture_that_took_work_is_kept() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let bytes = file(Format::Png, &bars(600, 360).into(), Some(icc), false);
    let plain = file(Format::Png, &bars(600, 360).into(), None, false);
    let text = "# One\n\n![Bars](a.png)\n\n---\n\n# Two\n\n![Bars](b.png)";
    let deck = Deck::new(text, &[("a.png", &bytes), ("b.png", &plain)]);
    let kept = Arc::new(Kept::default());
    let store: Arc<dyn Store> = Arc::clone(&kept) as _;
    let options = Options { store: Some(store), ..Options::default() };
    let first = deck.figures(&options).0;
    // That of the plain one is its file.
    assert_eq!(kept.all.lock().unwrap().len(), 1);
    let again = deck.figures(&options).0;
    assert!(first["a.png"].bytes == again["a.png"].bytes);
    // What is kept is what ships.
    *kept.all.lock().unwrap().values_mut().next().unwrap() = plain.clone();
    assert!(*deck.figures(&options).0["a.png"].bytes == *plain);
}

#[test]
fn a_compiler_that_lives_on_makes_a_picture_once() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let bytes = file(Format::Png, &bars(600, 360).into(), Some(icc), false);
    let deck = Deck::of("a.png", &bytes);
    let kept = Arc::new(Kept::default());
    let store: Arc<dyn Store> = Arc::clone(&kept) as _;
    let memo = Some(Arc::new(Memo::default()));
    let options = Options { store: Some(store), memo, ..Options::default() };
    let first = deck.figures(&options).0;
    let edited = fs::read_to_string(deck.path().join("deck.md")).unwrap().replace("It", "That");
    fs::write(deck.path().join("deck.md"), edited).unwrap();
    let again = deck.figures(&options).0;
    assert!(Arc::ptr_eq(&first["a.png"].bytes, &again["a.png"].bytes));
    assert_eq!(kept.n_asked.load(Ordering::Relaxed), 1);
}
