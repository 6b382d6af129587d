// The laws are measured before the PDF is written. Here the PDF is read back, by
// qpdf and poppler, which share no code with deckc: type is as large as was
// measured and stands where it was measured, and every letter has its contrast
// against the pixels behind it, on every step and in every theme.
import assert from 'node:assert/strict';
import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { drawn } from './content.mjs';
import { allDecks, build, deckc, root, run } from './deck.mjs';
import { pageRefs, read } from './objects.mjs';

/** The most that a place or a size may be off, in points. */
const TOLERANCE = 0.1;

/** The smallest type of anything, and of code that is a block. */
const [SMALLEST, CODE] = [14, 24];

/** The lowest contrast of text, of what accompanies it, and of bullets. */
const [READ, ASIDE, SEEN] = [7, 4.5, 3];

for (const deck of await allDecks()) {
  test(`the PDF of ${basename(deck)} is what the laws measured`, async (t) => {
    const { html, pdf, remove } = await build(deck, '--pdf', '--pdf-steps', 'all');
    t.after(remove);
    const { stdout } = await run(deckc, ['dump', deck, '--stage', 'pages'], { maxBuffer: 1 << 28 });
    const measured = new Map(JSON.parse(stdout).pages.map((page) => [page.number, page]));
    const sheets = await paper(pdf);
    const colors = await palette(html);

    const problems = [];
    let nTexts = 0;
    for (const [at, sheet] of sheets.entries()) {
      const page = measured.get(sheet.slide);
      const isLast = sheets[at + 1]?.slide !== sheet.slide;
      const say = (problem) => problems.push(`page ${at + 1}, slide ${sheet.slide}: ${problem}`);
      nTexts += sheet.texts.length;
      for (const problem of differences(sheet.texts, page, isLast)) say(problem);
      for (const problem of faint(sheet, colors)) say(problem);
      for (const problem of outside(sheet.texts, page)) say(problem);
    }
    assert.notEqual(nTexts, 0);
    t.diagnostic(`${sheets.length} pages, ${nTexts} texts`);
    assert.deepEqual(problems, []);
  });
}

const themes = (await readdir(join(root, 'themes'))).filter((name) => name.endsWith('.toml'));
for (const theme of themes.map((name) => basename(name, '.toml'))) {
  for (const deck of ['tour', 'layouts']) {
    test(`every letter of ${deck}.md has its contrast in ${theme}`, async (t) => {
      const path = join(root, `decks/${deck}.md`);
      const { html, pdf, remove } = await build(path, '--pdf', '--pdf-steps', 'all', '--theme', theme);
      t.after(remove);
      const colors = await palette(html);
      const sheets = await paper(pdf);
      const problems = sheets.flatMap((sheet, at) => faint(sheet, colors).map((it) => `page ${at + 1}: ${it}`));
      assert.deepEqual(problems, []);
    });
  }
}

test('a letter without contrast is found', () => {
  const data = new Uint8Array(40 * 40 * 3).fill(0x80);
  const text = { x: 5, y: 30, size: 24, color: [0x60, 0x60, 0x60], artifact: false };
  const sheet = { texts: [text], pixels: { width: 40, height: 40, data }, scale: 1 };
  assert.equal(faint(sheet, { muted: '', unfocused: '' }).length, 1);
  assert.equal(faint({ ...sheet, texts: [{ ...text, color: [0, 0, 0] }] }, { muted: '#000000' }).length, 0);
});

/** The pages of a PDF: the slide of each, its texts in points, and its pixels. */
async function paper(pdf) {
  const folder = dirname(pdf);
  await run('pdftoppm', ['-r', '72', pdf, join(folder, 'page')], { maxBuffer: 1 << 28 });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ppm')).sort();
  const file = await read(pdf, { streams: true });
  const slides = labels(file);
  const sheets = [];
  for (const [at, ref] of pageRefs(file).entries()) {
    const page = file.value(ref);
    const height = file.value(page['/MediaBox'])[3];
    const contents = [page['/Contents']].flat().map((it) => file.data(it));
    const { texts } = drawn(contents.join('\n'), height);
    const pixels = ppm(await readFile(join(folder, names[at])));
    await rm(join(folder, names[at]));
    sheets.push({ slide: slides(at), texts, pixels });
  }
  return sheets;
}

/** Reads a binary PPM of 255 levels. */
function ppm(file) {
  const [head, width, height] = file.toString('latin1', 0, 32).match(/^P6\s(\d+)\s(\d+)\s255\s/);
  return { width: Number(width), height: Number(height), data: file.subarray(head.length) };
}

/** The number of the slide that a page shows: its label. */
function labels(file) {
  const ranges = [];
  const walk = (node) => {
    const { '/Nums': numbers = [], '/Kids': kids = [] } = file.value(node) ?? {};
    for (let at = 0; at < numbers.length; at += 2) ranges.push([numbers[at], file.value(numbers[at + 1])]);
    kids.forEach(walk);
  };
  walk(file.value(file.trailer['/Root'])['/PageLabels']);
  return (page) => {
    const [from, range] = ranges.filter(([from]) => from <= page).at(-1);
    return (range['/St'] ?? 1) + page - from;
  };
}

/** The colours that may be faint: those of what accompanies the text. */
async function palette(html) {
  const text = await readFile(html, 'utf8');
  const color = (name) => text.match(new RegExp(`--${name}:(#[0-9a-f]{6})`))[1];
  return { muted: color('muted'), unfocused: color('unfocused') };
}

/** How the texts of a page differ from what was measured. */
function differences(texts, page, isLast) {
  const problems = [];
  const boxes = Object.values(page.boxes);
  const holders = boxes.flatMap((box) => [...box.lines, ...box.formulas]);
  const runs = [...holders.flatMap((holder) => holder.runs), ...page.furniture];
  const formulas = boxes.flatMap((box) => [...box.lines.flatMap((line) => line.formulas ?? []), ...box.formulas]);
  const taken = new Set();
  for (const text of texts) {
    const here = runs.filter(({ rect }) => isIn(text, rect));
    const same = here.filter(
      (run) => Math.abs(run.size - text.size) < TOLERANCE && (!isLast || run.color === hex(text.color)),
    );
    same.forEach((run) => taken.add(run));
    // A sign as high as what it encloses is drawn in pieces, of which one is the sign.
    const around = formulas.filter(({ rect }) => rect && isIn(text, rect)).flatMap((formula) => formula.runs);
    const isPiece = around.some((run) => Math.abs(run.size - text.size) < TOLERANCE && run.color === hex(text.color));
    if (same.length === 0 && !isPiece) {
      const other = here.map((run) => `${run.size} pt in ${run.color}`).join(' or ') || 'nothing';
      problems.push(`${shown(text)} at ${spot(text)}, where ${other} was measured`);
    }
  }
  const left = isLast ? runs.filter((run) => run.text.trim() && !taken.has(run)) : [];
  return [...problems, ...left.map((run) => `\`${run.text}\` was measured and is not there`)];
}

/** Whether a text starts in a box, on its right edge too. */
function isIn({ x, y }, rect) {
  const across = rect.x - TOLERANCE <= x && x <= rect.x + rect.w + TOLERANCE;
  return across && rect.y - TOLERANCE <= y && y <= rect.y + rect.h + TOLERANCE;
}

/** The texts of a page that stand outside of every slot. */
function outside(texts, page) {
  const rooms = [...page.slots.map((slot) => slot.room), ...(page.footnotes ? [page.footnotes] : [])];
  const body = texts.filter((text) => !text.artifact && !rooms.some((room) => isIn(text, room)));
  return body.map((text) => `${shown(text)} at ${spot(text)} is in no slot`);
}

/** The texts of a page that are too faint or too small. */
function faint(sheet, { muted, unfocused }) {
  const problems = [];
  for (const text of sheet.texts) {
    const behind = background(sheet.pixels, text);
    const ratio = contrast(text.color, behind);
    const color = hex(text.color);
    const isAside = color === muted || color === unfocused;
    const least = text.artifact && !isAside ? SEEN : isAside ? ASIDE : READ;
    if (ratio < least) problems.push(`${shown(text)} at ${spot(text)} has ${ratio.toFixed(2)}:1 on ${hex(behind)}`);
    if (text.size < SMALLEST - TOLERANCE && !text.artifact) problems.push(`${shown(text)} at ${spot(text)} is too small`);
    if (color === unfocused && text.size < CODE - TOLERANCE) problems.push(`code of ${text.size} pt at ${spot(text)}`);
  }
  return problems;
}

/**
 * The colour that most pixels around the first letter of a text have. It is that
 * of the text only where hardly anything else is there: a picture letter may
 * fill most of its box.
 */
function background({ width, height, data }, { x, y, size, color }) {
  const counts = new Map();
  const [left, right] = [Math.floor(x - size * 0.1), Math.ceil(x + size * 0.9)];
  const [top, bottom] = [Math.floor(y - size * 0.9), Math.ceil(y + size * 0.2)];
  for (let row = Math.max(0, top); row < Math.min(height, bottom); row += 1) {
    for (let column = Math.max(0, left); column < Math.min(width, right); column += 1) {
      const at = (row * width + column) * 3;
      const key = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const own = (color[0] << 16) | (color[1] << 8) | color[2];
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const [most] = sorted.find(([key, count]) => key !== own && count > all / 8) ?? sorted[0];
  return [most >> 16, (most >> 8) & 255, most & 255];
}

/** The contrast ratio of WCAG 2.2. */
function contrast(a, b) {
  const luminance = (color) => {
    const [r, g, b] = color.map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const hex = (color) => `#${color.map((it) => it.toString(16).padStart(2, '0')).join('')}`;
const shown = ({ size, color }) => `text of ${size.toFixed(1)} pt in ${hex(color)}`;
const spot = ({ x, y }) => `(${x.toFixed(1)}, ${y.toFixed(1)})`;
