// A page with the runtime, and the same page with the real reveal.js in its
// place. Nothing here asserts but that the runtime is in the page once.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, root } from './deck.mjs';
import { write } from './page.mjs';

const dist = join(root, 'tests/node_modules/reveal.js/dist');

/** Takes the one script out of a page; gives the rest. */
export function withoutScript(html) {
  const parts = html.split(/<script>[^]*?<\/script>/);
  assert.equal(parts.length, 2, 'the runtime is in the page once');
  return parts.join('');
}

/**
 * Opens a page twice, in windows of the canvas's size, on one route: `ours` and
 * `theirs`. They close with the test.
 */
export async function openBoth(t, browser, html, hash = '') {
  const sheet = `<style>${await readFile(join(dist, 'reveal.css'), 'utf8')}</style>`;
  // reveal.js's sheet comes first, as in a page that a deck's style follows.
  const laidOver = withoutScript(html).replace('<style>', () => `${sheet}<style>`);
  const { paths, remove } = await write({ 'ours.html': html, 'theirs.html': laidOver });
  t.after(remove);

  const options = { hash, reducedMotion: 'reduce' };
  const ours = await open(browser, paths['ours.html'], options);
  t.after(() => ours.context.close());
  // Their script is not in the page's policy.
  const theirs = await open(browser, paths['theirs.html'], { ...options, bypassCSP: true });
  t.after(() => theirs.context.close());
  await theirs.page.addScriptTag({ path: join(dist, 'reveal.js') });
  await theirs.page.evaluate(() => {
    const { width, height } = document.querySelector('.deck').dataset;
    const look = { width, height, margin: 0, center: false, transition: 'none' };
    // The routes of a deck: on, and written on.
    return window.Reveal.initialize({ ...look, hash: true });
  });
  return { ours: ours.page, theirs: theirs.page };
}
