// The PDF by its standards, judged by programs that share no code with deckc:
// pdfua, pikepdf, qpdf and poppler; and what is attached to it.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, deckc, python, root, run } from '../browser/deck.mjs';

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'deckc-pdf-'))));
after(() => rm(folder, { recursive: true, force: true }));

/** Builds a deck with some options; gives the PDF's path. */
async function pdf(deck, name, ...options) {
  const path = join(folder, `${name}.pdf`);
  await run(deckc, ['build', deck, '-o', path, ...options]);
  return path;
}

/** What the judges say of some PDFs, by path. */
async function judge(...paths) {
  const script = join(root, 'tests/judges/pdf.py');
  const { stdout } = await run(python, [script, ...paths], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

// Its rule of empty headings stops at a heading of several pieces; the outline is
// compared with the slides' titles in tests/browser/paper.test.mjs.
const NOT_EVALUATED = 'UA-14-001';

const STANDARDS = [
  { name: 'default', options: [], part: '2' },
  { name: 'attached', options: ['--attach-source'], part: '3' },
];

for (const { name, options, part } of STANDARDS) {
  test(`every deck is PDF/UA-1 and PDF/A-${part}a: ${name}`, async () => {
    const decks = await allDecks();
    const paths = await Promise.all(
      decks.map((deck) => pdf(deck, `${name}-${basename(deck)}`, ...options)),
    );
    const found = await judge(...paths);
    for (const path of paths) {
      const { pdfua, skipped, pdfa, violations } = found[path];
      assert.deepEqual(pdfua, [], path);
      assert.deepEqual(skipped.filter((rule) => rule !== NOT_EVALUATED), [], path);
      assert.deepEqual(violations, [], path);
      assert.deepEqual([pdfa.part, pdfa.conformance], [part, 'A'], path);
      assert.equal(pdfa.intents.length, 1, `${path}: one intent says what the colours mean`);
      await run('qpdf', ['--check', path]);
      const fonts = (await run('pdffonts', [path])).stdout.trim().split('\n').slice(2);
      for (const font of fonts) assert.match(font, /\byes +yes +yes +\d+ +\d+$/, font);
    }
  });
}

test('the judges find what a file without standards lacks', async () => {
  const path = await pdf(join(root, 'decks/tour.md'), 'none', '--pdf-standard', '1.7');
  const found = await judge(path);
  assert.notDeepEqual(found[path].pdfua, []);
  assert.equal(found[path].pdfa.part, null);
  assert.equal(found[path].pdfa.intents.length, 0);
});

test('every standard that can be asked for is written by its name', async () => {
  const deck = join(folder, 'plain.md');
  await writeFile(deck, '---\ndate: 2026-11-21\n---\n\n# Plain\n\n- Text\n');
  const standards = {
    'ua-1': /pdfuaid:part>1</,
    'a-1a': /pdfaid:part>1<.*pdfaid:conformance>A</,
    'a-1b': /pdfaid:part>1<.*pdfaid:conformance>B</,
    'a-2b': /pdfaid:part>2<.*pdfaid:conformance>B</,
    'a-2u': /pdfaid:part>2<.*pdfaid:conformance>U</,
    'a-3b,ua-1,1.7': /pdfaid:part>3<.*pdfaid:conformance>B<.*pdfuaid:part>1</,
    'a-4': /pdfaid:part>4</,
    'a-4f': /pdfaid:part>4<.*pdfaid:conformance>F</,
  };
  for (const [standard, wanted] of Object.entries(standards)) {
    const path = await pdf(deck, standard, '--pdf-standard', standard);
    assert.match((await run('pdfinfo', ['-meta', path])).stdout, wanted, standard);
    await run('qpdf', ['--check', path]);
  }
  for (const version of ['1.4', '1.5', '1.6', '1.7', '2.0']) {
    const path = await pdf(deck, version, '--pdf-standard', version);
    assert.match((await run('pdfinfo', [path])).stdout, new RegExp(`PDF version: +${version}`));
  }
});

test('the source that is attached has no secrets, and makes the same deck', async () => {
  const secret = 'Nobody shall read this';
  const talk = join(folder, 'talk');
  await mkdir(join(talk, 'parts'), { recursive: true });
  const deck = join(talk, 'pools.md');
  await writeFile(deck, `---
title: Worker pools
date: 2026-11-21
---

<!-- ${secret}. -->
# Worker pools

---

<!-- time: 60s, note: "${secret}, then go on", id: one -->
## One <!-- ${secret} -->

- a
  <!-- ${secret} -->
- b

::: notes
${secret}.
:::

---

<!-- role: hidden -->
## ${secret}

---

<!-- include: parts/more.md -->
`);
  await writeFile(join(talk, 'parts/more.md'), `## More\n\n<!-- note: ${secret} -->\n\n---\n\n<!-- role: hidden -->\n\n${secret}\n`);

  const plain = await pdf(deck, 'attached', '--attach-source');
  const taken = join(folder, 'taken');
  await mkdir(join(taken, 'parts'), { recursive: true });
  assert.deepEqual(await attached(plain), ['deck.md', 'parts/more.md']);
  for (const name of ['deck.md', 'parts/more.md']) {
    const { stdout } = await run('qpdf', [`--show-attachment=${name}`, plain]);
    assert.doesNotMatch(stdout, new RegExp(secret), name);
    await writeFile(join(taken, name), stdout);
  }
  assert.match((await run('qpdf', ['--list-attachments', '--verbose', plain])).stdout, /deck\.md/);
  const file = await readFile(plain);
  assert.match(file.toString('latin1'), /\/AFRelationship\s*\/Source/);

  const shown = async (path) => (await run('pdftotext', [path, '-'])).stdout;
  const again = await pdf(join(taken, 'deck.md'), 'again', '--attach-source');
  assert.equal(await shown(again), await shown(plain), 'the source makes the same slides');

  const whole = await pdf(deck, 'whole', '--attach-source', '--notes');
  const { stdout } = await run('qpdf', ['--show-attachment=deck.md', whole]);
  assert.equal(stdout, await readFile(deck, 'utf8'), 'with --notes it is the file as it is');
  assert.doesNotMatch(await shown(whole), new RegExp(secret), 'the pages have no notes');

  const none = await pdf(deck, 'none');
  assert.deepEqual(await attached(none), []);
  assert.doesNotMatch((await readFile(none)).toString('latin1'), new RegExp(secret));
});

/** The names of the files that a PDF carries. */
async function attached(path) {
  const { stdout } = await run('qpdf', ['--list-attachments', path]);
  return stdout.split('\n').filter((line) => line.includes(' -> ')).map((line) => line.split(' -> ')[0]).sort();
}
