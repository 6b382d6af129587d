// QR codes, read from the page and from the screen by a reader that shares no
// code with deckc, as the phones in the room do.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deckc, launch, open, python, root, run, themes } from '../browser/deck.mjs';

const ADDRESSES = [
  'https://example.org/talk',
  'https://example.org/ümläut?a=1&b=(2)',
  // As much as a slide may ask of a phone.
  `https://example.org/${'x'.repeat(86)}`,
];

const deck = ADDRESSES.map((it) => `# Thank you <!-- layout: end -->\n\n- Slides and code\n\n![The slides](<qr:${it}>)\n`);

let folder;
let browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-qr-'));
  await writeFile(join(folder, 'deck.md'), deck.join('\n---\n\n'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What stands in the codes of some pictures, picture by picture. */
async function read(paths) {
  const { stdout } = await run(python, [join(root, 'tests/judges/qr.py'), ...paths]);
  const found = JSON.parse(stdout);
  return paths.map((path) => found[path]);
}

for (const theme of themes) {
  test(`a phone reads the codes of PDF and HTML, theme ${theme}`, async () => {
    const built = join(folder, theme);
    await run(deckc, ['build', join(folder, 'deck.md'), '--theme', theme, '-o', `${built}/`]);
    await run('pdftoppm', ['-png', '-r', '48', join(built, 'deck.pdf'), join(built, 'page')]);
    const { page, context } = await open(browser, join(built, 'deck.html'));
    const paths = { page: [], screen: [] };
    for (const [i] of ADDRESSES.entries()) {
      paths.page.push(join(built, `page-${i + 1}.png`));
      paths.screen.push(join(built, `screen-${i + 1}.png`));
      await page.evaluate((i) => window.Reveal.slide(i), i);
      await page.screenshot({ path: paths.screen[i] });
    }
    await context.close();
    assert.deepEqual(await read(paths.page), ADDRESSES.map((it) => [it]));
    assert.deepEqual(await read(paths.screen), ADDRESSES.map((it) => [it]));
  });
}
