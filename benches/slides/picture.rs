//! Pictures as a screen gives them: flat boxes on a gradient, and a band of
//! noise, so that a file has some hundred kilobytes.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// The size of a picture in pixels: 16:9, more than a canvas shows.
const SIZE: (u32, u32) = (1600, 900);

/// A picture as PNG; another seed gives another picture.
pub(super) fn png(seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut picture = RgbImage::from_fn(SIZE.0, SIZE.1, |_, y| {
        let shade = 245 - (y * 30 / SIZE.1) as u8;
        Rgb([shade, shade, 250])
    });
    for _ in 0..14 {
        let (x, y) = (dice.below(1300), dice.below(600));
        let (w, h) = (120 + dice.below(180), 80 + dice.below(160));
        let color = Rgb([0; 3].map(|_: u8| 60 + dice.below(170) as u8));
        for (column, row) in (y..y + h).flat_map(|row| (x..x + w).map(move |column| (column, row)))
        {
            picture.put_pixel(column, row, color);
        }
    }
    for (column, row) in (640..860).flat_map(|row| (200..1000).map(move |column| (column, row))) {
        let noise = [0; 3].map(|_: u8| 120 + (column / 24 % 60) as u8 + dice.below(16) as u8);
        picture.put_pixel(column, row, Rgb(noise));
    }
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).expect("a picture in memory can be written");
    file.into_inner()
}

/// Numbers that look random and are the same each time (splitmix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// The next number, from 0 to below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % u64::from(end)) as u32
    }
}
