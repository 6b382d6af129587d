// The main path in Debian's Firefox, driven over WebDriver BiDi: the laptop at
// the projector is not ours. A deck opens from a file, goes through its steps,
// and looks as it should.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { buildAll, root } from './deck.mjs';

const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const decks = ['tests/browser/decks/steps.md', 'tests/browser/decks/motion.md', 'decks/tour.md'];

let browser;
let built;
before(async () => {
  built = await buildAll(decks.map((deck) => join(root, deck)), 'dark');
  browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
});
after(async () => {
  await browser?.close();
  await built?.remove();
});

/** Opens a deck in a window of the canvas's size; nothing may complain. */
async function on(index, act) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.setViewport({ width: 1280, height: 720 });
  await page.goto(pathToFileURL(built.paths[index]).href);
  await page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())));
  await act(page);
  assert.deepEqual(complaints, []);
  await page.close();
}

/** Presses keys; gives the slide and how many of its steps are shown. */
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
  return page.evaluate(() => {
    const { h, f = -1 } = window.Reveal.getIndices();
    return `${h}/${f + 1}`;
  });
};

test('Firefox goes through slides and steps, with the keys of a keyboard and of a clicker', () =>
  on(0, async (page) => {
    assert.equal(await press(page, 'ArrowRight'), '1/0');
    assert.equal(await press(page, 'PageDown', ' '), '1/2');
    assert.ok(await page.$eval('.present li:nth-child(2)', (it) => getComputedStyle(it).visibility === 'visible'));
    assert.ok(await page.$eval('.present li:nth-child(3)', (it) => getComputedStyle(it).visibility === 'hidden'));
    assert.equal(await press(page, 'n', 'n', 'PageDown'), '2/1');
    assert.equal(await page.$$eval('.present .line.on', (all) => all.length), 2);
    assert.equal(await press(page, 'PageUp', 'End'), '3/0');
    assert.equal(await press(page, 'Home'), '0/0');
  }));

test('Firefox comes back to the step after a reload, and blacks the screen', () =>
  on(0, async (page) => {
    await press(page, 'n', 'n', 'n');
    await page.waitForFunction(() => location.hash === '#/second/1');
    await page.reload();
    assert.equal(await press(page, 'b'), '1/2');
    assert.equal(await page.evaluate(() => window.Reveal.isPaused()), true);
    assert.equal(await press(page, 'n', 'b', 'n'), '1/3');
  }));

test('Firefox opens the overview and the list of slides', () =>
  on(0, async (page) => {
    await press(page, 'Escape');
    const boxes = await page.$$eval('section', (all) => all.map((it) => it.getBoundingClientRect().toJSON()));
    assert.ok(boxes.every(({ width, right }) => width > 200 && right <= 1280));
    assert.equal(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size, boxes.length);
    assert.equal(await press(page, 'ArrowRight', 'ArrowRight', 'Enter'), '2/0');
    await press(page, 'g');
    await page.keyboard.type('end');
    assert.equal(await press(page, 'Enter'), '3/0');
  }));

test('Firefox moves between slides, and leaves nothing behind', () =>
  on(1, async (page) => {
    await press(page, 'n', 'n');
    assert.ok(await page.evaluate(() => document.getAnimations().length > 0));
    await page.waitForFunction(() => document.getAnimations().length === 0);
    assert.equal(await page.evaluate(() => document.querySelectorAll('.leaving, .going').length), 0);
  }));

test('in Firefox no block and no word of the tour stands out of its slot', () =>
  on(2, async (page) => {
    const found = await page.evaluate(() => {
      const found = [];
      for (const [i, section] of window.Reveal.getSlides().entries()) {
        window.Reveal.slide(i, 0, 99);
        for (const slot of section.querySelectorAll('.slot')) {
          const room = slot.getBoundingClientRect();
          const check = (box, name) => {
            const out = Math.max(box.right - room.right, room.left - box.left, box.bottom - room.bottom, room.top - box.top);
            if (box.width > 0 && out > 1) found.push(`${section.id}: ${name} is ${out.toFixed(1)} px out of ${slot.className}`);
          };
          const canvas = section.getBoundingClientRect();
          for (const block of slot.children) {
            const box = block.getBoundingClientRect();
            // The panel of code, with or without remarks, reaches past its slot, and not past the slide.
            const bleeds = block.matches('pre, .remarked') && box.left >= canvas.left && box.right <= canvas.right;
            check(bleeds ? { ...box.toJSON(), left: room.left, right: room.right } : box, block.tagName);
          }
          const texts = document.createTreeWalker(slot, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const range = new Range();
            range.selectNodeContents(texts.currentNode);
            const { left, right, width } = range.getBoundingClientRect();
            // Letters may be higher than their line.
            check({ left, right, width, top: room.top, bottom: room.bottom }, `"${texts.currentNode.data.slice(0, 20)}"`);
          }
        }
      }
      return found;
    });
    assert.deepEqual(found, []);
  }));

test('Firefox opens the presenter view from a file; both windows lead, and a reload loses nothing', () =>
  on(0, async (page) => {
    await page.keyboard.press('s');
    const target = await browser.waitForTarget((it) => it.url().includes('view=presenter'));
    const view = await target.page();
    await view.waitForSelector('.p-times');
    const at = (window, wanted) =>
      window.waitForFunction((wanted) => {
        const { h, f = -1 } = window.Reveal?.getIndices() ?? {};
        return `${h}/${f + 1}` === wanted;
      }, {}, wanted);
    await press(view, 'PageDown', 'PageDown');
    await at(page, '1/1');
    await press(page, 'n');
    await at(view, '1/2');
    assert.match(await view.$eval('.p-elapsed', (it) => it.textContent), /^0:0\d/);
    for (const window of [page, view]) {
      await window.reload();
      await at(window, '1/2');
      await view.waitForFunction(() => document.querySelector('.p-lost')?.hidden);
    }
    await press(view, 'PageDown');
    await at(page, '1/3');
    await view.close();
  }));
