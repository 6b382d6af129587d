// Colours and turns of pictures, as Chromium and poppler show them, against what
// Little CMS says of the same files; and what the shipped files say beside them.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deckc, launch, open, python, root, run } from '../browser/deck.mjs';
import { png, ppm } from '../browser/pixels.mjs';

/** How far a channel may be off, of 255: JPEG rounds, and so does every program. */
const TOLERANCE = 4;

const script = join(root, 'tests/judges/pictures.py');
let folder;
let browser;
let expected;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-pictures-'));
  expected = JSON.parse((await run(python, [script, 'make', folder])).stdout);
  await build('deck', Object.keys(expected));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The colours in the middle of six bars of a picture on a screen, top to bottom. */
function bars({ width, data }, { x, y, width: w, height: h }) {
  return [...Array(6).keys()].map((nth) => {
    const at = (Math.round(y + (h * (2 * nth + 1)) / 12) * width + Math.round(x + w / 2)) * 3;
    return [...data.subarray(at, at + 3)];
  });
}

/** Builds slides with a picture each, as `NAME.md` of the folder. */
async function build(name, pictures) {
  const slides = pictures.map((picture) => `# ${picture}\n\n![Six bars](${picture})\n`);
  const deck = join(folder, `${name}.md`);
  await writeFile(deck, `---\ntitle: Pictures\nlang: en\n---\n\n${slides.join('\n---\n\n')}`);
  await run(deckc, ['build', deck, '--pdf', '-o', `${folder}/`]);
}

/** Says where a deck shows other colours than these, six for each of its pictures. */
async function differences(name, expected) {
  // 96 points to the inch make a page as many pixels as the canvas has.
  await run('pdftoppm', ['-r', '96', join(folder, `${name}.pdf`), join(folder, `${name}-page`)]);
  const pages = (await readdir(folder)).filter((file) => file.startsWith(`${name}-page`)).sort();
  const { page, context } = await open(browser, join(folder, `${name}.html`));
  const found = [];
  for (const [nth, [picture, colours]] of Object.entries(expected).entries()) {
    await page.evaluate((nth) => window.Reveal.slide(nth), nth);
    const rect = await page.evaluate(() => {
      const { x, y, width, height } = window.Reveal.getCurrentSlide().querySelector('img').getBoundingClientRect();
      return { x, y, width, height };
    });
    const shown = {
      HTML: bars(png(await page.screenshot()), rect),
      PDF: bars(ppm(await readFile(join(folder, pages[nth]))), rect),
    };
    for (const [output, seen] of Object.entries(shown)) {
      const off = seen.flatMap((colour, bar) => colour.map((value, at) => Math.abs(value - colours[bar][at])));
      if (Math.max(...off) > TOLERANCE) {
        found.push(`${output}, ${picture}: ${JSON.stringify(seen)} for ${JSON.stringify(colours)}`);
      }
    }
  }
  await context.close();
  return found;
}

test('a picture shows its colours, upright, in HTML and PDF alike', async () => {
  assert.deepEqual(await differences('deck', expected), []);
});

test('what a PNG says of its numbers without a profile is shown as Chromium shows the file', async () => {
  const names = JSON.parse((await run(python, [script, 'chunks', folder])).stdout);
  await build('chunks', names);
  const context = await browser.newContext({ viewport: { width: 600, height: 960 } });
  const page = await context.newPage();
  const alone = {};
  for (const name of names) {
    await page.setContent(`<body style="margin: 0"><img src="data:image/png;base64,${await readFile(join(folder, name), 'base64')}">`);
    await page.evaluate(() => document.querySelector('img').decode());
    alone[name] = bars(png(await page.screenshot()), { x: 0, y: 0, width: 600, height: 960 });
  }
  await context.close();
  assert.notDeepEqual(alone['linear-rgb.png'], alone['nothing-rgb.png'], 'Chromium heeds what the files say');
  assert.deepEqual(await differences('chunks', alone), []);
});

test('what ships says nothing but how a JPEG is turned', async () => {
  const { stdout } = await run(python, [script, 'read', join(folder, 'deck.html')]);
  const pictures = JSON.parse(stdout);
  assert.ok(pictures.length > 8, `${pictures.length} pictures`);
  for (const { format, mode, exif, others } of pictures) {
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(exif).filter((tag) => format !== 'JPEG' || tag !== '274'), []);
    assert.notEqual(mode, 'CMYK');
  }
  const { stdout: list } = await run('pdfimages', ['-list', join(folder, 'deck.pdf')]);
  const rows = list.trim().split('\n').slice(2).map((row) => row.trim().split(/\s+/));
  assert.ok(rows.every((row) => row[5] !== 'cmyk'), list);
  // The same pixels under several names are one object.
  const objects = new Set(rows.map((row) => row[10]));
  assert.ok(objects.size < rows.length, list);
});
