// The runtime and the real reveal.js, laid over the markup in its place, go
// through every deck in the same slides and steps, and show the same fragments
// at each of them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, build, launch } from './deck.mjs';
import { page as deckPage } from './page.mjs';
import { openBoth } from './reveal.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test('reveal.js shows fragments in the order of the runtime, whatever their numbers', (t) =>
  compare(t, deckPage()));

for (const deck of await allDecks()) {
  test(`reveal.js and the runtime agree on ${basename(deck)}`, async (t) => {
    const { html, remove } = await build(deck);
    t.after(remove);
    await compare(t, await readFile(html, 'utf8'));
  });
}

/** Walks through a page with the runtime, and with reveal.js in its place. */
async function compare(t, html) {
  const { ours, theirs } = await openBoth(t, browser, html);
  assert.deepEqual(await theirs.evaluate(shown), await ours.evaluate(shown));

  const expected = await theirs.evaluate(walk);
  assert.deepEqual(await ours.evaluate(walk), expected);
  t.diagnostic(`${expected.slides} slides, ${expected.there.length} steps`);
}

/** Where the first slide is in the window. Runs in the page. */
function shown() {
  const { x, y, width, height } = window.Reveal.getCurrentSlide().getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
}

/**
 * Goes to the end and back, and writes down each state: the slide, the step and
 * which of its fragments are visible and current. Runs in the page.
 */
function walk() {
  const { Reveal } = window;
  const numbers = (name) =>
    [...Reveal.getCurrentSlide().querySelectorAll('.fragment')]
      .flatMap((it, i) => (it.classList.contains(name) ? [i] : []))
      .join(',');
  const place = () => {
    const { h, f = -1 } = Reveal.getIndices();
    return `${h}/${f}: ${numbers('visible')}`;
  };
  const go = (move) => {
    const states = [];
    for (;;) {
      const before = place();
      move();
      // At the end reveal.js takes the class of the current fragment away, and
      // is where it was.
      if (place() === before) return states;
      states.push(`${place()}; current ${numbers('current-fragment')}`);
    }
  };
  Reveal.slide(0);
  const there = go(() => Reveal.next());
  const back = go(() => Reveal.prev());
  return { slides: Reveal.getTotalSlides(), there, back };
}
