// What a PDF shows, as poppler reads it.
import { readFile, rm } from 'node:fs/promises';
import { run } from './deck.mjs';

/** CSS px in a point on the canvas. */
const PX = 4 / 3;

/**
 * The pages of a PDF, each with its extent and its words in CSS px. A word's
 * `top` and `bottom` are its font's ascent and descent around the baseline.
 */
export async function pages(pdf) {
  const xml = `${pdf}.bbox.html`;
  await run('pdftotext', ['-bbox-layout', pdf, xml]);
  const text = await readFile(xml, 'utf8');
  await rm(xml);
  const found = [];
  for (const [, tag, attributes, inside] of text.matchAll(/<(page|word) ([^>]*)>([^<]*)/g)) {
    const value = Object.fromEntries(
      [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, number]) => [name, number * PX]),
    );
    if (tag === 'page') {
      found.push({ width: value.width, height: value.height, words: [] });
    } else {
      const { xMin: left, xMax: right, yMin: top, yMax: bottom } = value;
      found.at(-1).words.push({ text: unescape(inside), left, right, top, bottom });
    }
  }
  return found;
}

function unescape(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
