// Motion between slides: what is shown on the way, that it ends, and that those
// who asked for none get none. The pages before and after are in the PDF.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { build, buildAll, launch, open, root, run, themes } from './deck.mjs';

/** Slides that fade in, three that animate into each other, one that slides in. */
const deck = join(root, 'tests/browser/decks/motion.md');

let browser;
let built;
before(async () => {
  browser = await launch();
  built = await build(deck, '--pdf');
});
after(async () => {
  await built?.remove();
  await browser?.close();
});

/** Opens the deck on a slide and runs `act` on it; nothing may be left behind. */
async function on(hash, act, options = {}) {
  const { page, complaints, context } = await open(browser, built.html, { hash, ...options });
  await act(page);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  assert.equal(await page.locator('.leaving, .melting, .going').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Presses a key and stops all motion where it is after some ms. */
const pressAndStop = (page, key, ms) =>
  page.evaluate(
    ([key, ms]) => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key }));
      const all = document.getAnimations().filter((it) => !(it instanceof CSSTransition));
      for (const animation of all) {
        animation.pause();
        animation.currentTime = ms;
      }
      return Math.max(0, ...all.map((it) => it.effect.getComputedTiming().endTime));
    },
    [key, ms],
  );

const goOn = (page) => page.evaluate(() => document.getAnimations().forEach((it) => it.play()));

/** Where the first letter of a line of code of the shown slide is. */
const lineAt = (page, start) =>
  page.evaluate((start) => {
    const lines = [...document.querySelectorAll('.present .line')];
    const line = lines.find((it) => it.textContent.trim().startsWith(start));
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (!texts.nextNode().textContent.trim());
    const range = document.createRange();
    range.setStart(texts.currentNode, texts.currentNode.textContent.search(/\S/));
    range.setEnd(texts.currentNode, range.startOffset + 1);
    const { x, y } = range.getBoundingClientRect();
    return [x, y].map(Math.round);
  }, start);

const shown = (page) => page.evaluate(() => window.Reveal.getIndices().h);

test('lines of code that stay move from where they were, also when they stand deeper', () =>
  on('#/1', async (page) => {
    const before = {};
    for (const line of ['func run', 'for job', 'work']) before[line] = await lineAt(page, line);
    assert.ok((await pressAndStop(page, 'n', 0)) <= 500);
    assert.equal(await shown(page), 2, 'the deck is there at once');
    for (const [line, place] of Object.entries(before)) assert.deepEqual(await lineAt(page, line), place, line);
    await goOn(page);
    await page.waitForFunction(() => document.getAnimations().length === 0);
    assert.notDeepEqual(await lineAt(page, 'for job'), before['for job']);
  }));

test('what goes fades out and what comes fades in, both ways', async () => {
  const opacity = (page, words) =>
    page.getByText(words, { exact: true }).evaluate((it) => Number(getComputedStyle(it).opacity));
  const visible = (page, words) => page.getByText(words, { exact: true }).isVisible();
  for (const [hash, key, going, coming] of [
    ['#/1', 'n', 'One worker', 'group.Go(func() {'],
    ['#/2', 'p', 'group.Go(func() {', 'One worker'],
  ]) {
    await on(hash, async (page) => {
      await pressAndStop(page, key, 80);
      assert.ok(await visible(page, going));
      assert.ok((await opacity(page, going)) < 1 && (await opacity(page, coming)) === 0);
      await pressAndStop(page, 'x', 399);
      assert.ok((await opacity(page, going)) === 0 && (await opacity(page, coming)) > 0.9);
      await goOn(page);
      await page.waitForFunction(() => document.getAnimations().length === 0);
      assert.ok(!(await visible(page, going)));
    });
  }
});

test('the next key ends a motion, and so do the overview and the black screen', () =>
  on('#/1', async (page) => {
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    assert.equal(await shown(page), 3);
    assert.equal(await page.locator('.leaving').count(), 1, 'that of the second key');
    await page.keyboard.press('p');
    await page.keyboard.press('o');
    assert.equal(await page.locator('.leaving').count(), 0);
    await page.keyboard.press('o');
  }));

test('a slide fades or slides in as its deck says, within 250 ms', () =>
  on('', async (page) => {
    const end = await pressAndStop(page, 'n', 90);
    assert.ok(end > 0 && end <= 200);
    assert.ok(await page.locator('.leaving').isVisible(), 'the old slide is below');
    assert.ok(await page.$eval('.present', (it) => Number(getComputedStyle(it).opacity)) < 1);
    await page.keyboard.press('End');
    const left = await page.$eval('.present', (it) => it.getBoundingClientRect().left);
    assert.ok(left > 0, 'from the right');
  }));

test('nothing moves for those who asked for reduced motion', () =>
  on('', async (page) => {
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('n');
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    }
  }, { reducedMotion: 'reduce' }));

test('before and after have their pages in the PDF', async () => {
  const text = async (page) => (await run('pdftotext', ['-f', page, '-l', page, '-layout', built.pdf, '-'])).stdout;
  assert.match(await text('2'), /One worker[^]*for job[^]*work\(job\)/);
  assert.doesNotMatch(await text('2'), /group\.Go/);
  assert.match(await text('3'), /Four workers[^]*group\.Go[^]*for job[^]*work\(job\)/);
});

/** The lowest contrast of a letter of the shown code with what is behind it. Runs in the page. */
function lowestContrast() {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const linear = (value) => (value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
  const pre = document.querySelector('.present pre.code');
  const surface = channels(getComputedStyle(pre).backgroundColor);
  let lowest = Infinity;
  for (const line of pre.querySelectorAll('.line')) {
    const behind = luminance(over(channels(getComputedStyle(line).backgroundColor), surface));
    for (const token of [line, ...line.querySelectorAll('span')]) {
      const text = luminance(channels(getComputedStyle(token).color));
      lowest = Math.min(lowest, (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05));
    }
  }
  return lowest;
}

test('code keeps its contrast while its focus moves, in every theme', async () => {
  const steps = join(root, 'tests/browser/decks/steps.md');
  for (const theme of themes) {
    const { paths, remove } = await buildAll([steps], theme);
    const { page, context } = await open(browser, paths[0], { hash: '#/third' });
    for (const key of ['n', 'n', 'p', 'p']) {
      const moving = await page.evaluate((key) => {
        document.dispatchEvent(new KeyboardEvent('keydown', { key }));
        const all = document.getAnimations();
        all.forEach((it) => it.pause());
        return all.length;
      }, key);
      assert.ok(moving > 0, 'the focus moves');
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        await page.evaluate((share) => {
          for (const animation of document.getAnimations()) {
            // At the very end it would be over.
            animation.currentTime = animation.effect.getComputedTiming().endTime * Math.min(share, 0.999);
          }
        }, share);
        const lowest = await page.evaluate(lowestContrast);
        assert.ok(lowest >= 4.5, `${theme}: ${lowest.toFixed(2)} at ${share} of the way`);
      }
      await goOn(page);
      await page.waitForFunction(() => document.getAnimations().length === 0);
      assert.ok((await page.evaluate(lowestContrast)) >= 4.5);
    }
    await context.close();
    await remove();
  }
});
