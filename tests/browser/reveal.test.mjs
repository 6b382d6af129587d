// The markup is reveal.js's: laid over it, the real one runs the deck.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, launch, open, root } from './deck.mjs';

test('the real reveal.js runs the slides, their steps and their addresses', async (t) => {
  const { html, remove } = await build(join(root, 'tests/browser/decks/steps.md'));
  t.after(remove);
  const dist = join(root, 'tests/node_modules/reveal.js/dist');
  const script = (await readFile(join(dist, 'reveal.js'), 'utf8')).replaceAll('</script', '<\\/script');
  const page = (await readFile(html, 'utf8'))
    .replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, '')
    .replace(/<script\b[^]*?<\/script>/g, '')
    .replace('</body>', () => `<script>${script}</script><script>Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true });</script></body>`);
  const css = await readFile(join(dist, 'reveal.css'), 'utf8');
  // reveal.js's sheet comes first, as in a page that a deck's style follows.
  await writeFile(html, page.replace('<style>', () => `<style>${css}</style><style>`));

  const browser = await launch();
  t.after(() => browser.close());
  const { page: tab, complaints } = await open(browser, html);
  await tab.waitForFunction(() => window.Reveal.isReady());
  assert.equal(await tab.evaluate(() => window.Reveal.VERSION.split('.')[0]), '6');
  assert.equal(await tab.evaluate(() => window.Reveal.getTotalSlides()), 4);

  const walk = [];
  for (let press = 0; press < 9; press += 1) {
    walk.push(await tab.evaluate(() => {
      const { h, f } = window.Reveal.getIndices();
      return f === undefined ? `${h}` : `${h}/${f}`;
    }));
    await tab.keyboard.press('Space');
  }
  assert.deepEqual(walk, ['0', '1/-1', '1/0', '1/1', '1/2', '2/-1', '2/0', '2/1', '3']);
  await tab.evaluate(() => (location.hash = '#/third'));
  await tab.waitForFunction(() => window.Reveal.getIndices().h === 2);
  const box = await tab.evaluate(() => {
    const { width, height } = window.Reveal.getCurrentSlide().getBoundingClientRect();
    return [width, height].map(Math.round);
  });
  assert.deepEqual(box, [1280, 720]);
  assert.deepEqual(complaints, []);
});
