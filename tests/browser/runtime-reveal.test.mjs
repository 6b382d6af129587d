// The runtime and the real reveal.js, laid over the markup in its place, go
// through every deck in the same slides and steps, and show the same fragments
// at each of them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, build, launch, open, root } from './deck.mjs';
import { page as deckPage, script, write } from './page.mjs';

const reveal = join(root, 'tests/node_modules/reveal.js/dist/reveal.js');

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
  const parts = html.split(script);
  assert.equal(parts.length, 2, 'the runtime is in the page once');
  const { paths, remove } = await write({ 'ours.html': html, 'theirs.html': parts.join('') });
  t.after(remove);

  const ours = await open(browser, paths['ours.html']);
  t.after(() => ours.context.close());
  // Their script is not in the page's policy.
  const theirs = await open(browser, paths['theirs.html'], { bypassCSP: true });
  t.after(() => theirs.context.close());
  await theirs.page.addScriptTag({ path: reveal });
  await theirs.page.evaluate(() => window.Reveal.initialize({ transition: 'none', hash: false }));

  const expected = await theirs.page.evaluate(walk);
  assert.deepEqual(await ours.page.evaluate(walk), expected);
  t.diagnostic(`${expected.slides} slides, ${expected.there.length} states`);
}

/**
 * Goes to the end and back, and writes down each state: the slide, the step and
 * which of its fragments are visible. Runs in the page.
 */
function walk() {
  const { Reveal } = window;
  const state = () => {
    const { h, f = -1 } = Reveal.getIndices();
    const fragments = [...Reveal.getCurrentSlide().querySelectorAll('.fragment')];
    const numbers = (name) => fragments.flatMap((it, i) => (it.classList.contains(name) ? [i] : []));
    return `${h}/${f}: ${numbers('visible')}; current ${numbers('current-fragment')}`;
  };
  const go = (move) => {
    const states = [state()];
    for (;;) {
      move();
      if (state() === states.at(-1)) return states;
      states.push(state());
    }
  };
  Reveal.slide(0);
  const there = go(() => Reveal.next());
  const back = go(() => Reveal.prev());
  return { slides: Reveal.getTotalSlides(), there, back };
}
