// Drawings in the PDF: qpdf says how often it holds one that is shown often, and
// poppler whether its pages look as Chromium shows the slides.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deckc, launch, open, python, root, run } from '../browser/deck.mjs';
import { png, ppm } from '../browser/pixels.mjs';

/** Numbers of a drawing by which it is known again: the writer keeps them. */
const MARK = '123.4375 56.6875 m';

/** What a writer may do to a drawing: mix, cut, blur, and show pixels. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
  <defs>
    <linearGradient id="g"><stop stop-color="#e33"/><stop offset="1" stop-color="#33e" stop-opacity=".3"/></linearGradient>
    <clipPath id="c"><circle cx="90" cy="90" r="70"/></clipPath>
    <filter id="f"><feGaussianBlur stdDeviation="4"/></filter>
    <mask id="m"><circle cx="300" cy="80" r="60" fill="#fff" opacity=".6"/></mask>
  </defs>
  <circle cx="200" cy="150" r="140" fill="#eee"/>
  <path d="M123.4375 56.6875L300 100L150 250Z" fill="#777"/>
  <circle cx="90" cy="90" r="80" fill="url(#g)" clip-path="url(#c)"/>
  <circle cx="300" cy="80" r="80" fill="#a0a" mask="url(#m)"/>
  <circle cx="180" cy="220" r="40" fill="#c40" filter="url(#f)"/>
  <g opacity=".5" style="mix-blend-mode:multiply">
    <circle cx="280" cy="220" r="50" fill="#0c0"/><circle cx="320" cy="220" r="50" fill="#00c"/>
  </g>
</svg>`;

/** Places in it, the last two behind which is only the slide: masked, and multiplied. */
const PLACES = [[200, 100], [60, 60], [180, 220], [260, 80], [260, 240], [352, 60], [350, 220]];

/** The colours of the drawing, shown in `rect` of a picture. */
const colours = ({ width, data }, rect) =>
  PLACES.map(([across, down]) => {
    const [x, y] = [rect.x + (across * rect.width) / 400, rect.y + (down * rect.height) / 300];
    const at = (Math.round(y) * width + Math.round(x)) * 3;
    return [...data.subarray(at, at + 3)];
  });

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-drawings-'));
  await writeFile(join(folder, 'queue.svg'), DRAWING);
  await copyFile(join(folder, 'queue.svg'), join(folder, 'copy.svg'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Builds slides as `NAME.pdf`; gives what `qpdf` makes of its objects. */
async function pdf(name, slides, { head = '', options = [] } = {}) {
  const deck = join(folder, `${name}.md`);
  await writeFile(deck, `---\ntitle: Drawings\nlang: en\n${head}---\n\n${slides.join('\n\n---\n\n')}\n`);
  await run(deckc, ['build', deck, '--pdf', '-o', `${folder}/`, ...options]);
  return objects(join(folder, `${name}.pdf`));
}

/** The objects of a PDF as text, nothing compressed. */
async function objects(path) {
  await run('qpdf', ['--check', path]);
  const plain = path.replace(/pdf$/, 'qdf');
  await run('qpdf', ['--qdf', '--object-streams=disable', path, plain]);
  return (await readFile(plain)).toString('latin1');
}

const held = (text) => text.split(MARK).length - 1;

const slide = (nth, rest = '') => `# Slide ${nth}\n\n![A queue](queue.svg)${rest}`;

const shared = [
  slide(1),
  slide(2, '{w=40%}'),
  '# Other name\n\n![The same queue](copy.svg)',
  '![bg right:40%](queue.svg)\n\n# Beside\n\nText',
  '# In a list\n\n- ![A queue](queue.svg)\n- Text',
];

test('a drawing that is shown often is in the PDF once', async () => {
  assert.equal(held(await pdf('once', [slide(1)])), 1);
  assert.equal(held(await pdf('often', shared)), 1);
  assert.equal(held(await pdf('logo', ['# A\n\nText', '# B\n\nText', '# C\n\nText'], { head: 'logo: queue.svg\n' })), 1);
});

test('so it is on every step, in the margin of notes and in handouts', async () => {
  const stepped = ['# Steps\n\n![A queue](queue.svg)\n\n::: steps\n- One\n- Two\n:::'];
  assert.equal(held(await pdf('steps', stepped, { options: ['--pdf-steps', 'all'] })), 1);
  await pdf('paper', shared, { options: ['--pdf-notes', '--handout', '3'] });
  for (const kind of ['notes', 'handout']) {
    assert.equal(held(await objects(join(folder, `paper-${kind}.pdf`))), 1, kind);
  }
});

test('what it is made of is there once, too', async () => {
  const parts = (text) => ['/ShadingType', '/Subtype /Image', '/Luminosity'].map((part) => text.split(part).length - 1);
  const [one, three] = [await pdf('one', [slide(1)]), await pdf('three', [slide(1), slide(2), slide(3)])];
  assert.deepEqual(parts(three), parts(one));
  assert.ok(parts(one).every((n) => n > 0), parts(one).join());
});

test('once or often, it looks as Chromium shows it', async () => {
  await pdf('once', [slide(1)]);
  await pdf('twice', [slide(1), slide(2)]);
  const browser = await launch();
  after(() => browser.close());
  const { page } = await open(browser, join(folder, 'once.html'));
  const rect = await page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('.present img').getBoundingClientRect();
    return { x, y, width, height };
  });
  const wanted = colours(png(await page.screenshot()), rect);
  assert.equal(new Set(wanted.map(String)).size, PLACES.length, 'they differ');
  for (const [name, nth] of [['once', 1], ['twice', 1], ['twice', 2]]) {
    await run('pdftoppm', ['-r', '96', '-f', nth, '-l', nth, '-singlefile', join(folder, `${name}.pdf`), join(folder, name)]);
    const found = colours(ppm(await readFile(join(folder, `${name}.ppm`))), rect);
    const off = found.flatMap((colour, at) => colour.map((value, channel) => Math.abs(value - wanted[at][channel])));
    assert.ok(Math.max(...off) <= 4, `${name}, page ${nth}: ${JSON.stringify({ found, wanted })}`);
  }
});

test('PDF/A-2a and PDF/UA-1 hold; PDF/A-1, which has no such groups, is written', async () => {
  await pdf('often', shared);
  const path = join(folder, 'often.pdf');
  const { stdout } = await run(python, [join(root, 'tests/judges/pdf.py'), path], { maxBuffer: 1 << 26 });
  const { pdfua, pdfa, violations } = JSON.parse(stdout)[path];
  assert.deepEqual([pdfua, violations], [[], []]);
  assert.deepEqual([pdfa.part, pdfa.conformance], ['2', 'A']);
  const plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><path d="M123.4375 56.6875L300 100L150 250Z" fill="#777"/></svg>';
  await writeFile(join(folder, 'plain.svg'), plain);
  const slides = ['# A\n\n![A queue](plain.svg)', '# B\n\n![A queue](plain.svg)'];
  const first = await pdf('first', slides, { options: ['--pdf-standard', 'a-1b'] });
  assert.match(first, /<pdfaid:part>1</);
  assert.equal(held(first), 2);
});
