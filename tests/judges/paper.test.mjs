// What is set on paper, judged by programs that share no code with deckc: notes
// pages, handouts and the delivery guide by their standards; that slides on them
// are text and not pictures; notes for presenters of PDF; and the pictures.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { allDecks, deckc, launch, python, root, run } from '../browser/deck.mjs';
import { png, ppm } from '../browser/pixels.mjs';

const axe = await readFile(join(root, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');
const concurrency = join(root, 'decks/go-concurrency-at-scale.md');

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'deckc-paper-'))));
after(() => rm(folder, { recursive: true, force: true }));

/** What the judges say of some PDFs, by path. */
async function judge(...paths) {
  const script = join(root, 'tests/judges/pdf.py');
  const { stdout } = await run(python, [script, ...paths], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

/** The text of a PDF, white space made one space. */
async function text(path) {
  const { stdout } = await run('pdftotext', [path, '-'], { maxBuffer: 1 << 26 });
  return stdout.replace(/\s+/g, ' ');
}

/** How many pictures of pixels a PDF shows, by name. */
async function pictures(path) {
  const { stdout } = await run('pdfimages', ['-list', path], { maxBuffer: 1 << 26 });
  return stdout.trim().split('\n').length - 2;
}

const n_pages = async (path) => Number(/Pages: +(\d+)/.exec((await run('pdfinfo', [path])).stdout)[1]);

test('notes pages, handouts and guides of every deck are PDF/UA-1 and PDF/A-2a', async () => {
  const paths = [];
  const pers = [2, 3, 4, 6];
  for (const [at, deck] of (await allDecks()).entries()) {
    const base = join(folder, basename(deck, '.md'));
    const per = String(pers[at % pers.length]);
    await run(deckc, ['build', deck, '-o', base, '--pdf-notes', '--handout', per, '--notes']);
    await run(deckc, ['guide', deck, '-o', `${base}-guide`]);
    paths.push(`${base}.pdf`, `${base}-notes.pdf`, `${base}-handout.pdf`, `${base}-guide.pdf`);
  }
  const found = await judge(...paths);
  for (const path of paths) {
    assert.deepEqual(found[path].pdfua, [], path);
    assert.deepEqual(found[path].violations, [], path);
    assert.deepEqual([found[path].pdfa.part, found[path].pdfa.conformance], ['2', 'A'], path);
    await run('qpdf', ['--check', path]);
  }
});

test('slides on paper are text and lines, with the outline of the deck', async () => {
  const base = join(folder, 'set');
  await run(deckc, ['build', concurrency, '-o', base, '--pdf-notes', '--handout', '6']);
  const outline = async (path) => (await judge(path))[path].outline;
  const wanted = await outline(`${base}.pdf`);
  const n = await n_pages(`${base}.pdf`);
  assert.equal(wanted.length, n);
  for (const kind of ['notes', 'handout']) {
    const path = `${base}-${kind}.pdf`;
    assert.equal(await pictures(path), await pictures(`${base}.pdf`), `${kind}: no slide is a bitmap`);
    const shown = await text(path);
    for (const line of ['func Batches(n, size int, do func(i int)) {', 'Fifty clusters, fifty goroutines']) {
      assert.ok(shown.includes(line), `${kind}: ${line}`);
    }
    assert.deepEqual(await outline(path), wanted, kind);
  }
  assert.ok((await text(`${base}-notes.pdf`)).includes('Line two is my favourite.'));
  assert.ok(!(await text(`${base}-handout.pdf`)).includes('Line two is my favourite.'));
  assert.equal(await n_pages(`${base}-handout.pdf`), Math.ceil(n / 6));
});

test('notes that are too long for a page go on on the next one', async () => {
  const deck = join(folder, 'long.md');
  const words = Array.from({ length: 1500 }, (_, at) => `word${at}`);
  const code = '```sh\necho ' + 'a-very-long-line '.repeat(12) + 'last-of-line\n```';
  await writeFile(deck, `# Long\n\n- Short\n\n::: notes\n${words.join(' ')}\n\n${code}\n:::\n`);
  await run(deckc, ['build', deck, '-o', join(folder, 'long'), '--pdf-notes', '--paper', 'letter']);
  const path = join(folder, 'long-notes.pdf');
  const shown = await text(path);
  for (const word of words) assert.ok(shown.includes(word), word);
  assert.ok(1 < (await n_pages(path)));
  assert.match((await run('pdfinfo', [path])).stdout, /Page size: +612 x 792 pts/);
  // Every word of the code is on the paper.
  const { stdout } = await run('pdftotext', ['-bbox', path, '-']);
  const rights = [...stdout.matchAll(/xMax="([\d.]+)"[^>]*>last-of-line</g)].map((it) => Number(it[1]));
  assert.equal(rights.length, 1);
  assert.ok(rights[0] <= 612 - 40, `ends at ${rights[0]}`);
});

test('presenters of PDF find the notes, and only where they were asked for', async () => {
  const [plain, noted, steps] = ['plain', 'noted', 'steps'].map((name) => join(folder, `${name}.pdf`));
  await run(deckc, ['build', concurrency, '-o', plain]);
  await run(deckc, ['build', concurrency, '-o', noted, '--notes']);
  await run(deckc, ['build', concurrency, '-o', steps, '--notes', '--pdf-steps', 'all']);
  const found = await judge(plain, noted, steps);
  assert.ok(found[plain].notes.every((note) => note === null));
  const notes = found[noted].notes;
  const n = await n_pages(plain);
  assert.equal(notes.length, n);
  assert.match(notes[0], /^Hook\. Tonight we read the code/);
  assert.match(notes[7], /Step by step: cut the batch/);
  assert.ok(notes.every((note) => note !== null), 'every slide of this deck has notes');
  // A page for every step has the note of its slide.
  const all = found[steps].notes;
  assert.ok(n < all.length);
  assert.deepEqual([...new Set(all)], [...new Set(notes)]);
  for (const path of [noted, steps]) assert.deepEqual(found[path].pdfua, []);
});

/** Width and height of a PNG (its first chunk). */
async function size(path) {
  const file = await readFile(path);
  assert.equal(file.subarray(1, 4).toString(), 'PNG', path);
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}

test('pictures have the size asked for, a picture a step, and the same bytes again', async () => {
  const base = join(folder, 'pic');
  const options = ['--png=slides,steps,sheet,poster,card', '--png-width', '640'];
  await run(deckc, ['build', concurrency, '-o', base, '--html', ...options]);
  const names = (await readdir(`${base}-png`)).filter((name) => name.endsWith('.png'));
  const slides = names.filter((name) => /^\d\d\.png$/.test(name));
  assert.ok(40 < slides.length);
  for (const name of slides) assert.deepEqual(await size(join(`${base}-png`, name)), [640, 360], name);
  // Slide 8 has a focus that moves four times.
  const steps = names.filter((name) => name.startsWith('08-'));
  assert.deepEqual(steps, ['08-1.png', '08-2.png', '08-3.png', '08-4.png', '08-5.png', '08-6.png']);
  const bytes = await Promise.all(steps.map((name) => readFile(join(`${base}-png`, name), 'base64')));
  assert.equal(new Set(bytes).size, 6, 'every step looks different');
  assert.deepEqual(await size(join(`${base}-png`, 'card.png')), [1200, 630]);
  assert.deepEqual(await size(join(`${base}-png`, 'poster.png')), [640, 360]);
  assert.equal((await size(join(`${base}-png`, 'sheet.png')))[0], 640);
  const first = await readFile(join(`${base}-png`, '01.png'));
  assert.ok(first.equals(await readFile(join(`${base}-png`, 'poster.png'))), 'the poster is slide 1');

  const again = join(folder, 'again');
  await run(deckc, ['build', concurrency, '-o', again, '--html', ...options]);
  for (const name of names) {
    const [a, b] = await Promise.all([base, again].map((it) => readFile(join(`${it}-png`, name))));
    assert.ok(a.equals(b), name);
  }
});

test('a picture of a slide is the page of the PDF', async () => {
  const base = join(folder, 'same');
  await run(deckc, ['build', concurrency, '-o', base, '--png', '--png-width', '480']);
  const drawn = ['-scale-to-x', '480', '-scale-to-y', '270', `${base}.pdf`, join(folder, 'drawn')];
  await run('pdftoppm', drawn, { maxBuffer: 1 << 26 });
  const names = (await readdir(`${base}-png`)).filter((name) => name.endsWith('.png')).sort();
  const pages = await Promise.all(
    names.map(async (name) => ppm(await readFile(join(folder, `drawn-${name.replace('.png', '.ppm')}`)))),
  );
  // The two draw the edges of letters differently: a picture is that of its page
  // if no other page is as near to it.
  const difference = (a, b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i += 5) sum += Math.abs(a[i] - b[i]);
    return sum;
  };
  for (const [at, name] of names.entries()) {
    const { width, height, data } = png(await readFile(join(`${base}-png`, name)));
    assert.deepEqual([width, height], [480, 270]);
    const far = pages.map((page) => difference(data, page.data));
    assert.equal(far.indexOf(Math.min(...far)), at, name);
    assert.ok(far[at] / (data.length / 5) < 8, `${name} is like its page`);
  }
});

test('html-validate and axe find nothing on the guide of any deck, at a desk and on a phone', async () => {
  const browser = await launch();
  const validator = new HtmlValidate(
    new StaticConfigLoader({
      extends: ['html-validate:recommended', 'html-validate:document'],
      rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
    }),
  );
  try {
    for (const deck of await allDecks()) {
      const path = join(folder, `${basename(deck, '.md')}-page.html`);
      await run(deckc, ['guide', deck, '-o', path, '--start', '9:00']);
      const { results } = await validator.validateString(await readFile(path, 'utf8'));
      const said = results.flatMap((it) => it.messages).map((it) => `${it.line}: ${it.ruleId}: ${it.message}`);
      assert.deepEqual(said, [], path);
      for (const viewport of [{ width: 1200, height: 900 }, { width: 390, height: 844 }]) {
        const page = await browser.newPage({ viewport });
        await page.goto(pathToFileURL(path).href);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes.length})`);
        });
        assert.deepEqual(found, [], `${path} at ${viewport.width}`);
        const size = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - innerWidth,
          // The size of what is read at a lectern: 14 pt are 18.7 px.
          smallest: Math.min(...[...document.querySelectorAll('p, li, td, th, pre')]
            .filter((it) => it.textContent.trim())
            .map((it) => parseFloat(getComputedStyle(it).fontSize))),
        }));
        assert.ok(size.wide <= 0, `${path}: ${size.wide} px wider than ${viewport.width}`);
        assert.ok(18.6 < size.smallest, `${path}: ${size.smallest} px`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
});
