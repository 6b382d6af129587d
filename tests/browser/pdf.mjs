// What a PDF shows: its words, as poppler reads them, and its pictures, rules
// and shades, as they are drawn.
import { readFile, rm } from 'node:fs/promises';
import { drawn } from './content.mjs';
import { run } from './deck.mjs';
import { pageRefs, read } from './objects.mjs';

/** CSS px in a point on the canvas. */
const PX = 4 / 3;

/**
 * The pages of a PDF, in CSS px: each with its extent, its `words`, the boxes of
 * its `pictures`, `fills` and `strokes`, and how many `figures` its tags name.
 * A word's `top` and `bottom` are its face's ascent and descent around the
 * baseline; `faces` lists those of the file, as shares of the size.
 */
export async function paper(pdf) {
  const [pages, file] = await Promise.all([words(pdf), read(pdf, { streams: true })]);
  // The box of a task is a figure too, and no picture.
  const isPicture = (it) => it?.['/S'] === '/Figure' && !/^u:[✓☐]$/.test(it['/Alt']);
  const figures = file.all.filter(isPicture).map((it) => it['/Pg']);
  const faces = file.all
    .filter((it) => it?.['/Type'] === '/FontDescriptor')
    .map((it) => ({ ascent: it['/Ascent'] / 1000, descent: -it['/Descent'] / 1000 }));
  const refs = pageRefs(file);
  for (const [at, page] of pages.entries()) {
    const contents = [file.value(refs[at])['/Contents']].flat();
    const marks = drawn(contents.map((it) => file.data(it)).join('\n'), page.height / PX);
    for (const kind of ['pictures', 'fills', 'strokes']) page[kind] = marks[kind].map(inPixels);
    page.figures = figures.filter((it) => it === refs[at]).length;
  }
  return { pages, faces };
}

/** The pages of a PDF, each with its extent and its words. */
async function words(pdf) {
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

function inPixels({ left, right, top, bottom }) {
  return { left: left * PX, right: right * PX, top: top * PX, bottom: bottom * PX };
}

function unescape(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
