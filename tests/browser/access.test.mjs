// Every deck, in every theme, for those who do not see the stage: axe-core finds
// nothing, in the article nor on the stage; keys reach what they should and show
// where they are; at four times the size nothing is cut off.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, buildAll, launch, open, root, themes } from './deck.mjs';
import { page as deckPage } from './page.mjs';
import { place, press, session } from './session.mjs';

const axe = await readFile(join(root, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');
const narrow = { viewport: { width: 390, height: 844 } };
const decks = await allDecks();

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What axe-core holds against a page, each with one element that it means. */
async function violations(page, rules) {
  await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
    const found = await window.axe.run(document, options);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes.length})`);
  }, rules);
}

for (const theme of themes) {
  test(`axe-core finds nothing on any deck, theme ${theme}`, async (t) => {
    // A theme changes colours and no structure: all but the first are tried on
    // the decks that are no fixtures, for colours.
    const first = theme === themes[0];
    const { paths, remove } = await buildAll(first ? decks : decks.filter((it) => dirname(it) === join(root, 'decks')), theme);
    t.after(remove);
    const found = [];
    const rules = first ? undefined : ['color-contrast', 'link-in-text-block'];
    for (const path of paths) {
      for (const options of rules ? [narrow] : [narrow, {}]) {
        const { page, context } = await open(browser, path, { reducedMotion: 'reduce', ...options });
        const all = await violations(page, rules);
        found.push(...all.map((it) => `${basename(path)}, ${options === narrow ? 'article' : 'stage'}: ${it}`));
        const { scrollWidth, innerWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth, innerWidth }));
        if (scrollWidth > innerWidth) found.push(`${basename(path)}: ${scrollWidth} px wide in ${innerWidth}`);
        await context.close();
      }
    }
    assert.deepEqual(found, []);
  });
}

const { on } = session({ 'deck.html': deckPage() });

test('axe-core finds nothing in the overview, the dialogs, and behind a black screen', () =>
  on({ reducedMotion: 'reduce' }, async (page) => {
    for (const [open, close] of [['o', 'o'], ['?', 'Escape'], ['g', 'Escape'], ['b', 'b']]) {
      await press(page, open);
      assert.deepEqual(await violations(page), [], open);
      await press(page, close);
    }
  }));

/** What has the focus: its text or label, and whether one can see that it has. */
const focus = (page) =>
  page.evaluate(() => {
    const { activeElement: it } = document;
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    const seen = it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return [it.ariaLabel ?? it.textContent, seen && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2];
  });

test('Tab goes through the slide that is shown and the buttons, and nothing out of sight', () =>
  on({ hash: '#/naïve', reducedMotion: 'reduce' }, async (page) => {
    const seen = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('Tab');
      seen.push(await focus(page));
    }
    assert.deepEqual(seen, [['field', true], ['press', true], ['Steps', true], ['Previous', true], ['Next', true]]);
    assert.equal(await press(page, 'Enter'), 'plain', 'the button that has the focus');
  }));

test('at 400 % of a laptop\'s window the deck is the article, and only code scrolls sideways', () =>
  on({ viewport: { width: 320, height: 200 } }, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains('stage')), false);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.equal(await place(page), 'start');
  }));

test('a slide says what it is, and the page says its language, title and where the slides are', async (t) => {
  const { paths, remove } = await buildAll([decks.find((it) => it.endsWith('steps.md'))], 'dark');
  t.after(remove);
  const { page, context } = await open(browser, paths[0]);
  t.after(() => context.close());
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.locator('main.deck').count(), 1);
  assert.ok((await page.title()).length > 0);
  const slides = await page.$$eval('section', (all) => all.map((it) => [it.ariaRoleDescription, it.ariaLabel]));
  for (const [i, [role, label]] of slides.entries()) {
    assert.equal(role, 'slide');
    assert.ok(label.startsWith(`${i + 1} of ${slides.length}`), label);
  }
});

test('axe-core finds nothing in the presenter view, in every theme', async (t) => {
  const talk = join(root, 'tests/browser/decks/talk.md');
  for (const theme of themes) {
    const { paths, remove } = await buildAll([talk], theme);
    t.after(remove);
    const { page, context } = await open(browser, paths[0], { reducedMotion: 'reduce' });
    const [view] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
    await view.waitForSelector('.p-times');
    await view.keyboard.press('PageDown');
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      await view.setViewportSize({ width, height });
      assert.deepEqual(await violations(view), [], `${theme}, ${width} px wide`);
    }
    await page.close();
    await view.waitForSelector('.p-lost:not([hidden])');
    assert.deepEqual(await violations(view), [], `${theme}, alone`);
    await context.close();
  }
});
