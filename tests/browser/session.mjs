// What the tests of the runtime share: a browser, pages in a folder, and where
// the deck on one of them is. Nothing here asserts but that no page complains.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, open } from './deck.mjs';
import { write } from './page.mjs';

/**
 * Starts a browser before the tests of a file and writes pages by name for them.
 * Gives `on`, which opens `deck.html` or another `file`, runs `act` on the page,
 * and wants no complaint and no request but for those that `allow` names, and
 * `paths`, which has the paths of the files.
 */
export function session(contents) {
  const paths = {};
  let browser;
  let written;
  before(async () => {
    browser = await launch();
    written = await write(contents);
    Object.assign(paths, written.paths);
  });
  after(async () => {
    await browser?.close();
    await written?.remove();
  });
  const on = async (options, act) => {
    const { file = 'deck.html', allow = [], ...rest } = options;
    const { page, complaints, context } = await open(browser, paths[file], rest);
    try {
      await act(page);
      const left = complaints.filter((it) => !allow.some((allowed) => it.includes(allowed)));
      assert.deepEqual(left, []);
    } finally {
      await context.close();
    }
  };
  return { on, paths };
}

/** Where the deck is: `id`, and `/step` when a fragment is visible. */
export const place = (page) =>
  page.evaluate(() => {
    const { h, f } = window.Reveal.getIndices();
    const { id } = window.Reveal.getSlides()[h];
    return f >= 0 ? `${id}/${f}` : id;
  });

/** Presses keys; gives where the deck is then. */
export const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
  return place(page);
};
