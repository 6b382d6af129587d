// Glyph ink: what Chromium and poppler have drawn of the same words. Two engines
// never draw the same pixels, so the ink of each word is compared as a whole: how
// much of it there is, where its middle is, and how far it spreads.
import { spot } from './compare.mjs';

/**
 * How far the middle of a word's ink may be off, in pixels of the canvas. Chromium
 * puts baselines and underlines on the nearest whole pixel, poppler large glyphs on
 * the one before.
 */
const MIDDLE = 1.75;

/** By how much the spread of the ink around its middle may differ. */
const SPREAD = 1;

/** By which share the amount of ink may differ. Engines thicken stems differently. */
const AMOUNT = 0.15;

/** Likewise of one sign of a formula, which has few stems. */
const SIGN_AMOUNT = 0.4;

/** How much of a box is left out above and below: a shade behind the text ends there. */
const MARGIN = 2;

/** How far a channel of the colour behind the ink may be off, of 255. */
const GROUND = 2;

/** How far a channel of the ink's colour may be off: thin strokes are never all ink. */
const COLOR = 32;

/**
 * Compares the ink of each word of a slide in two pictures of the canvas's size,
 * and notes the largest difference of middles in `worst.ink`.
 */
export function compareInk(lines, screen, paper, worst, say) {
  if (screen.width !== paper.width || screen.height !== paper.height) {
    say(`${screen.width} x ${screen.height} pixels on screen, ${paper.width} x ${paper.height} on paper`);
    return;
  }
  for (const word of lines.flatMap(wordsOf)) {
    // A tick stands in a box, whose edges are other ink.
    if (word.text === '✓') continue;
    if (word.left < 0 || word.top < 0 || word.right > screen.width || word.bottom > screen.height) {
      say(`\`${word.text}\` at ${spot(word)} is not on the slide`);
      continue;
    }
    const [a, b] = [inkOf(screen, word), inkOf(paper, word)];
    const off = (place) => Math.max(Math.abs(a.across[place] - b.across[place]), Math.abs(a.down[place] - b.down[place]));
    const more = Math.abs(a.amount - b.amount) / Math.max(a.amount, b.amount);
    const wider = off('spread');
    worst.ink = Math.max(worst.ink, off('middle'));
    const place = `\`${word.text}\` at ${spot(word)}`;
    const most = word.isSign ? SIGN_AMOUNT : AMOUNT;
    if (!(off('middle') <= MIDDLE && wider <= SPREAD && more <= most)) {
      say(
        `the ink of ${place} is ${off('middle').toFixed(2)} px off, spreads ${wider.toFixed(2)} px farther, ` +
          `and differs by ${(more * 100).toFixed(0)} %`,
      );
    }
    if (word.isSign) continue;
    for (const [what, most] of [['ground', GROUND], ['color', COLOR]]) {
      const apart = Math.max(...a[what].map((value, channel) => Math.abs(value - b[what][channel])));
      if (!(apart <= most)) say(`the ${what} of ${place} is ${a[what].map(Math.round)} on screen, ${b[what].map(Math.round)} on paper`);
    }
  }
}

/** The words of a line: what stands apart by more than a fifth of its size. */
function wordsOf(line) {
  const words = [];
  for (const box of line.toSorted((a, b) => a.left - b.left)) {
    const word = words.at(-1);
    if (word && box.left - word.right < box.size / 5 && word.size === box.size) {
      word.text += box.text;
      word.right = Math.max(word.right, box.right);
    } else {
      words.push({ ...box });
    }
  }
  return words;
}

/**
 * The ink in a box: how far each pixel is from the colour
 * that most pixels have, which is the `ground`. Its `color` is that of the
 * pixels which are all ink.
 */
function inkOf({ width, height, data }, box) {
  const [x0, x1] = [Math.max(0, Math.floor(box.left)), Math.min(width, Math.ceil(box.right))];
  const [y0, y1] = [Math.max(0, Math.floor(box.top) + MARGIN), Math.min(height, Math.ceil(box.bottom) - MARGIN)];
  const each = (act) => {
    for (let y = y0; y < y1; y += 1) {
      for (let x = x0, at = (y * width + x0) * 3; x < x1; x += 1, at += 3) {
        act(data[at], data[at + 1], data[at + 2], x - x0, y - y0);
      }
    }
  };

  const counts = new Map();
  each((r, g, b) => {
    const color = (r << 16) | (g << 8) | b;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  });
  const [most] = [...counts].reduce((most, it) => (it[1] > most[1] ? it : most));
  const ground = [most >> 16, (most >> 8) & 255, most & 255];
  const far = (r, g, b) => Math.abs(r - ground[0]) + Math.abs(g - ground[1]) + Math.abs(b - ground[2]);

  let full = 1;
  each((r, g, b) => (full = Math.max(full, far(r, g, b))));
  const [columns, rows] = [new Float64Array(x1 - x0), new Float64Array(y1 - y0)];
  const color = [0, 0, 0];
  let solid = 0;
  each((r, g, b, x, y) => {
    const share = far(r, g, b) / full;
    columns[x] += share;
    rows[y] += share;
    if (share < 0.8) return;
    solid += 1;
    [r, g, b].forEach((value, channel) => (color[channel] += value));
  });
  return { across: spread(columns), down: spread(rows), amount: sum(columns), ground, color: color.map((it) => it / solid) };
}

/** The middle of some ink, and its standard deviation. */
function spread(ink) {
  const all = sum(ink);
  const middle = sum(ink.map((share, at) => share * at)) / all;
  return { middle, spread: Math.sqrt(sum(ink.map((share, at) => share * (at - middle) ** 2)) / all) };
}

function sum(shares) {
  return shares.reduce((total, share) => total + share, 0);
}
