// What a presenter does with a deck: opens it from a file, presses keys, follows
// an address, and has it read without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { build, launch, open, root } from './deck.mjs';

/** A deck of four slides, with steps on the second and moving focus on the third. */
const deck = join(root, 'tests/browser/decks/steps.md');

let browser;
let built;
before(async () => {
  browser = await launch();
  built = await build(deck);
});
after(async () => {
  await built?.remove();
  await browser.close();
});

const indices = (page) => page.evaluate(() => window.Reveal.getIndices());
const shown = async (page) => (await indices(page)).f + 1;

test('opens without a word in the console and without a request', async () => {
  const { page, complaints, context } = await open(browser, built.html);
  await page.waitForTimeout(200);
  assert.deepEqual(complaints, []);
  assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').filter((it) => !/^(data|blob):/.test(it.name)).length), 0);
  await context.close();
});

test('keys of the keyboard and of a clicker go through steps and slides', async () => {
  const { page, context } = await open(browser, built.html);
  assert.equal((await indices(page)).h, 0);
  await page.keyboard.press('PageDown');
  assert.equal((await indices(page)).h, 1);
  assert.equal(await shown(page), 0);
  for (const [step, key] of ['ArrowRight', 'Space', 'PageDown'].entries()) {
    await page.keyboard.press(key);
    assert.equal((await indices(page)).h, 1, key);
    assert.equal(await shown(page), step + 1, key);
  }
  await page.keyboard.press('n');
  assert.equal((await indices(page)).h, 2);
  await page.keyboard.press('PageUp');
  assert.equal((await indices(page)).h, 1);
  assert.equal(await shown(page), 3, 'a slide that one comes back to shows all it has');
  await page.keyboard.press('End');
  assert.equal((await indices(page)).h, 3);
  await page.keyboard.press('Home');
  assert.equal((await indices(page)).h, 0);
  await context.close();
});

test('an address with a slide opens that slide, and the address follows the slide', async () => {
  const { page, context } = await open(browser, built.html, { hash: '#/third' });
  assert.equal((await indices(page)).h, 2);
  await page.keyboard.press('End');
  await page.waitForFunction(() => location.hash.includes('fourth'));
  await page.evaluate(() => (location.hash = '#/0'));
  await page.waitForFunction(() => window.Reveal.getIndices().h === 0);
  await context.close();
});

test('the focus of code moves one state a step', async () => {
  const { page, context } = await open(browser, built.html, { hash: '#/third' });
  const lit = () => page.evaluate(() => [...window.Reveal.getCurrentSlide().querySelectorAll('.line')].flatMap((line, i) => (line.classList.contains('on') ? [i + 1] : [])));
  assert.deepEqual(await lit(), [2]);
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await lit(), [3, 4]);
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await lit(), []);
  await context.close();
});

test('a small window shows the same canvas, smaller', async () => {
  const { page, context } = await open(browser, built.html, { viewport: { width: 1024, height: 768 } });
  const box = await page.evaluate(() => {
    const { left, top, width, height } = window.Reveal.getCurrentSlide().getBoundingClientRect();
    return { left, top, width, height };
  });
  assert.ok(Math.abs(box.width / box.height - 16 / 9) < 0.01, JSON.stringify(box));
  assert.ok(box.left >= 0 && box.top >= 0 && box.width <= 1024.5 && box.height <= 768.5, JSON.stringify(box));
  await context.close();
});

test('without JavaScript every slide is text that one can read and scroll', async () => {
  const { page, complaints, context } = await open(browser, built.html, { javaScriptEnabled: false });
  for (const words of ['Steps and focus', 'shown third', 'func add', 'The end']) {
    const found = page.getByText(words).first();
    assert.ok(await found.isVisible(), words);
  }
  assert.deepEqual(complaints.filter((it) => !it.startsWith('console')), []);
  await context.close();
});
