// The contract with reveal.js, as docs/reveal.md has it: each route, key, event
// and function of its tables means the same to deckc's runtime and to the real
// reveal.js on the same page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, root } from './deck.mjs';
import { page as deckPage } from './page.mjs';
import { openBoth } from './reveal.mjs';

const doc = await readFile(join(root, 'docs/reveal.md'), 'utf8');

/** The rows of a section's table: what is code in the first cell, and the rest. */
function rows(section) {
  const [, body] = doc.split(`\n## ${section}\n`);
  const lines = body.split('\n## ')[0].split('\n').filter((line) => line.startsWith('| `'));
  assert.ok(lines.length > 0, section);
  return lines.map((line) => {
    const [, first, ...rest] = line.split('|');
    return { names: [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name), rest: rest.join('|') };
  });
}
const names = (section) => rows(section).flatMap((it) => it.names);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Where a deck is, what it shows, and what its slides and fragments are called. */
function state() {
  const { indexh, indexf = -1, paused, overview } = window.Reveal.getState();
  const has = (name) => (it) => it.classList.contains(name);
  const named = (all, name) => [...all].flatMap((it, i) => (has(name)(it) ? [i] : [])).join();
  const slides = window.Reveal.getSlides();
  const slide = window.Reveal.getCurrentSlide();
  const fragments = slide.querySelectorAll('.fragment');
  const classes = overview ? '' : ['past', 'present', 'future'].map((name) => named(slides, name)).join(' ');
  const shown = overview ? '' : `${named(fragments, 'visible')} ${named(fragments, 'current-fragment')}`;
  return { indexh, indexf, paused, overview, classes, shown, step: slide.dataset.fragment };
}

/** Does the same in both; gives both answers. */
const both = async ({ ours, theirs }, act, argument) => [await ours.evaluate(act, argument), await theirs.evaluate(act, argument)];

test('every key means the same', async (t) => {
  const pages = await openBoth(t, browser, deckPage());
  // What opens a window or fills the screen is no state of the deck.
  const aside = ['f', 'g', '?', 'F1', 's'];
  for (const key of names('Keys').filter((it) => !aside.includes(it))) {
    for (const [h, f] of [[0], [1, 0], [2, 4], [6]]) {
      const seen = [];
      for (const page of [pages.ours, pages.theirs]) {
        await page.evaluate(([h, f]) => window.Reveal.slide(h, 0, f), [h, f]);
        await page.keyboard.press(key);
        seen.push(await page.evaluate(state));
        await page.evaluate(() => {
          if (window.Reveal.isPaused()) window.Reveal.togglePause();
          if (window.Reveal.isOverview()) window.Reveal.toggleOverview();
        });
      }
      assert.deepEqual(seen[0], seen[1], `${key} on ${h}/${f}`);
    }
  }
});

test('every route leads to the same slide and step', async (t) => {
  for (const route of names('Routes')) {
    const seen = await both(await openBoth(t, browser, deckPage(), route), state);
    assert.deepEqual(seen[0], seen[1], route);
  }
});

test('every event comes when and with what it does there', async (t) => {
  const pages = await openBoth(t, browser, deckPage());
  const events = rows('Events').map(({ names: [type], rest }) => ({
    type,
    properties: [...rest.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  }));
  // Those two come before and after what can be compared.
  const told = await both(pages, async (events) => {
    const { Reveal } = window;
    const told = [];
    const say = (value) => value?.id || value?.textContent || (Array.isArray(value) ? value.map(say).join('+') : value);
    for (const { type, properties } of events) {
      Reveal.on(type, (event) => told.push([type, ...properties.map((name) => say(event[name]))].join(' ')));
    }
    for (let i = 0; i < 6; i++) Reveal.next();
    for (let i = 0; i < 3; i++) Reveal.prev();
    Reveal.slide(2, 0, 3);
    Reveal.togglePause();
    Reveal.togglePause();
    Reveal.toggleOverview();
    Reveal.toggleOverview();
    Reveal.slide(5);
    // Some of theirs come in the next turn.
    await new Promise((done) => setTimeout(done, 100));
    return told;
  }, events.filter(({ type }) => !['ready', 'slidetransitionend'].includes(type)));
  assert.deepEqual(told[0], told[1]);
  assert.equal(new Set(told[0].map((it) => it.split(' ')[0])).size, events.length - 2, 'each came');
});

test('every function is there, and answers the same', async (t) => {
  const pages = await openBoth(t, browser, deckPage());
  const functions = names('JavaScript').map((name) => name.split('(')[0]);
  const [ours, theirs] = await both(pages, (names) => names.filter((name) => typeof window.Reveal[name] !== 'function'), functions);
  assert.deepEqual([ours, theirs], [[], []]);
  const listed = await pages.ours.evaluate(() => Object.keys(window.Reveal));
  assert.deepEqual(listed.toSorted(), functions.toSorted(), 'the table lists them all');

  const answers = await both(pages, (names) => {
    const { Reveal } = window;
    const plain = (value) => (value instanceof Element ? value.id || value.className : value) ?? null;
    const ask = () => Object.fromEntries(names.map((name) => [name, plain(Reveal[name]())]));
    const moves = [
      () => Reveal.slide(0), () => Reveal.next(), () => Reveal.right(), () => Reveal.nextFragment(),
      () => Reveal.prevFragment(), () => Reveal.slide(2), () => Reveal.prevFragment(), () => Reveal.slide(2, 0, 2),
      () => Reveal.left(), () => Reveal.prev(), () => Reveal.slide(6), () => Reveal.nextFragment(), () => Reveal.next(),
      () => Reveal.setState({ indexh: 2, indexv: 0, indexf: 1, paused: false, overview: false }),
      () => Reveal.slide(99), () => Reveal.togglePause(), () => Reveal.togglePause(),
    ];
    return moves.map((move) => [plain(move()), ask()]);
  }, functions.filter((name) => /^(get|is|available)/.test(name) && !/^(getSlides|getSlide|getProgress|getViewportElement|getRevealElement|getSlidesElement)$/.test(name)));
  assert.deepEqual(answers[0], answers[1]);
});

test('what answers messages is what the table marks', async () => {
  const text = await readFile(join(root, 'src/html/runtime/messages.js'), 'utf8');
  const calls = [...text.match(/const CALLS = \[([^\]]+)\]/)[1].matchAll(/"(\w+)"/g)].map(([, name]) => name);
  const marked = rows('JavaScript').filter((it) => it.rest.includes('✉')).flatMap((it) => it.names.map((name) => name.split('(')[0]));
  assert.deepEqual(calls.toSorted(), marked.toSorted());
});
