// What a PDF reader and a reader aloud find in the PDF: tags, outline, labels,
// language, fonts. Read with qpdf and poppler, which share no code with deckc.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, build, launch, open, run } from './deck.mjs';
import { read } from './objects.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const deck of await allDecks()) {
  test(`the PDF of ${basename(deck)} can be read by everyone`, async () => {
    const { html, pdf, remove } = await build(deck, '--pdf');
    try {
      const slides = await slidesOf(html);
      const file = await read(pdf);
      const catalog = file.value(file.trailer['/Root']);

      assert.equal(string(catalog['/Lang']).slice(0, 2), slides.lang.slice(0, 2), 'language');
      assert.equal(file.value(catalog['/MarkInfo'])['/Marked'], true, 'tagged');
      assert.equal(file.value(catalog['/ViewerPreferences'])['/DisplayDocTitle'], true);
      assert.equal(string(file.value(file.trailer['/Info'])['/Title']), slides.title, 'title');
      assert.deepEqual(outline(file, catalog), slides.titles, 'outline');
      assert.deepEqual(
        labels(file, catalog, slides.count),
        Array.from({ length: slides.count }, (_, nth) => String(nth + 1)),
        'page labels',
      );
      const figures = file.all.filter((it) => it?.['/S'] === '/Figure');
      assert.equal(figures.filter((it) => !it['/Alt']).length, 0, 'figures without alt text');
      assert.equal(figures.length >= slides.images, true, `${slides.images} images are figures`);

      const metadata = await run('pdfinfo', ['-meta', pdf]);
      assert.match(metadata.stdout, /pdfuaid:part>1</, 'PDF/UA-1');
      const fonts = (await run('pdffonts', [pdf])).stdout.trim().split('\n').slice(2);
      assert.notEqual(fonts.length, 0);
      for (const font of fonts) {
        assert.match(font, /\byes +yes +yes +\d+ +\d+$/, `embedded, subset, readable: ${font}`);
        assert.doesNotMatch(font, /Type 3/);
      }
      await run('qpdf', ['--check', pdf]);
    } finally {
      await remove();
    }
  });
}

test('a page a step keeps the number of its slide', async () => {
  const deck = (await allDecks()).find((path) => path.endsWith('steps.md'));
  const { html, pdf, remove } = await build(deck, '--pdf', '--pdf-steps', 'all');
  try {
    const { titles, steps } = await slidesOf(html);
    const file = await read(pdf);
    const catalog = file.value(file.trailer['/Root']);
    const wanted = steps.flatMap((count, nth) => Array(count + 1).fill(String(nth + 1)));
    assert.equal(wanted.length > steps.length, true, 'the fixture has steps');
    assert.deepEqual(labels(file, catalog, wanted.length), wanted);
    assert.deepEqual(outline(file, catalog), titles, 'a slide is in the outline once');
  } finally {
    await remove();
  }
});

/** What the HTML says of the slides. */
async function slidesOf(html) {
  const { page, context } = await open(browser, html);
  const found = await page.evaluate(() => {
    const sections = [...document.querySelectorAll('section.slide')];
    const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();
    const heading = (section) => section.querySelector('h1, h2, h3, h4, h5, h6');
    const steps = (section) => {
      const indices = [...section.querySelectorAll('.fragment')];
      return new Set(indices.map((it) => it.dataset.fragmentIndex)).size;
    };
    return {
      lang: document.documentElement.lang,
      title: document.title,
      count: sections.length,
      titles: sections.filter(heading).map((section) => {
        const copy = heading(section).cloneNode(true);
        copy.querySelectorAll('.note-ref').forEach((it) => it.remove());
        return text(copy);
      }),
      images: document.querySelectorAll('figure img:not([alt=""])').length,
      steps: sections.map(steps),
    };
  });
  await context.close();
  return found;
}

/** A string of qpdf's JSON without its mark. */
const string = (text) => text.replace(/^[ub]:/, '');

/** The titles of the outline, in order. */
function outline(file, catalog) {
  const titles = [];
  const walk = (reference) => {
    for (let it = file.value(reference); it; it = file.value(it['/Next'])) {
      titles.push(string(it['/Title']).replace(/\s+/g, ' ').trim());
      if (it['/First']) walk(it['/First']);
    }
  };
  walk(file.value(catalog['/Outlines'])?.['/First']);
  return titles;
}

/** The label of each page. */
function labels(file, catalog, count) {
  const ranges = new Map();
  const walk = (node) => {
    const { '/Nums': numbers = [], '/Kids': kids = [] } = file.value(node) ?? {};
    for (let at = 0; at < numbers.length; at += 2) ranges.set(numbers[at], file.value(numbers[at + 1]));
    kids.forEach(walk);
  };
  walk(catalog['/PageLabels']);
  const found = [];
  let range = {};
  let from = 0;
  for (let page = 0; page < count; page += 1) {
    if (ranges.has(page)) [range, from] = [ranges.get(page), page];
    found.push(range['/S'] === '/D' ? String((range['/St'] ?? 1) + page - from) : '');
  }
  return found;
}
