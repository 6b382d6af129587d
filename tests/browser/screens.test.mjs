// A laptop and a projector: Chromium with two screens of its own making, a window
// of the deck on each, as a speaker arranges them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, launch, root } from './deck.mjs';

/** Where the screens stand, in px: the projector right of the laptop. */
const LAPTOP = { left: 0, top: 0, width: 1440, height: 900 };
const PROJECTOR = { left: 1440, top: 0, width: 1920, height: 1080 };

const sizeOf = ({ width, height }) => `{${width}x${height}}`;

test('slides on the projector, the presenter view on the laptop', async (t) => {
  const browser = await launch(`--screen-info=${sizeOf(LAPTOP)}${sizeOf(PROJECTOR)}`);
  t.after(() => browser.close());
  const { html, remove } = await build(join(root, 'tests/browser/decks/talk.md'), '--html', '--notes');
  t.after(remove);
  // No viewport of the test's: the windows have the sizes of their screens.
  const context = await browser.newContext({ viewport: null });
  const slides = await context.newPage();
  await slides.goto(pathToFileURL(html).href);
  assert.ok(await slides.evaluate(() => window.screen.isExtended), 'there are two screens');

  // The view comes up on the screen that the speaker looks at, and stays within it.
  const [view] = await Promise.all([slides.waitForEvent('popup'), slides.keyboard.press('s')]);
  await view.waitForSelector('.p-times');
  const at = await view.evaluate(() => ({ left: screenX, right: screenX + outerWidth, bottom: screenY + outerHeight }));
  assert.ok(at.left >= 0 && at.right <= LAPTOP.width && at.bottom <= LAPTOP.height, JSON.stringify(at));

  await put(context, view, LAPTOP);
  await put(context, slides, PROJECTOR);
  for (const [page, { width }] of [[view, LAPTOP], [slides, PROJECTOR]]) {
    await page.waitForFunction((width) => innerWidth === width && window.screen.width === width, width);
  }

  // On the projector the slide is as large as it can be, in the middle.
  const slide = await slides.evaluate(() => {
    const { x, y, width, height } = document.querySelector('section.present').getBoundingClientRect();
    return { width, height, sides: [x, innerWidth - x - width], ends: [y, innerHeight - y - height] };
  });
  const room = await slides.evaluate(() => Math.min(innerWidth / 1280, innerHeight / 720));
  assert.ok(Math.abs(slide.width - 1280 * room) < 1, JSON.stringify(slide));
  assert.ok(Math.abs(slide.sides[0] - slide.sides[1]) < 1 && Math.abs(slide.ends[0] - slide.ends[1]) < 1);
  // On the laptop everything is there without scrolling.
  assert.ok(await view.evaluate(() => document.documentElement.scrollHeight <= innerHeight));

  // Whichever screen has the focus, both move.
  const step = (page) => page.evaluate(() => JSON.stringify(window.Reveal.getIndices()));
  const follows = async (leader, follower, key) => {
    const before = await step(follower);
    await leader.keyboard.press(key);
    const wanted = await step(leader);
    assert.notEqual(wanted, before);
    await follower.waitForFunction((wanted) => JSON.stringify(window.Reveal.getIndices()) === wanted, wanted);
  };
  await follows(view, slides, 'PageDown');
  await follows(slides, view, 'PageDown');
  await follows(view, slides, 'PageUp');

  // What is not for the audience stays on the laptop; what is black is black there.
  await view.keyboard.press('o');
  assert.deepEqual(await Promise.all([view, slides].map((it) => it.evaluate(() => window.Reveal.isOverview()))), [true, false]);
  await view.keyboard.press('Enter');
  await view.keyboard.press('b');
  await slides.waitForSelector('.deck.blank');

  // The full screen is the projector's.
  await slides.bringToFront();
  await slides.keyboard.press('F5');
  await slides.waitForFunction(() => document.fullscreenElement && screenX === 1440);
  assert.equal(await view.evaluate(() => document.fullscreenElement), null);
});

/** Puts a page's window on a screen, as large as it. */
async function put(context, page, bounds) {
  const client = await context.newCDPSession(page);
  const { windowId } = await client.send('Browser.getWindowForTarget');
  await client.send('Browser.setWindowBounds', { windowId, bounds });
  await client.detach();
}
