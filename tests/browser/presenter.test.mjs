// The presenter view: two windows of one file, from a file and from a server,
// with the time in the test's hand. Each test is what happens to a speaker.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, launch, root } from './deck.mjs';

/** Ten minutes of plan in a room of ten; see the file. */
const deck = join(root, 'tests/browser/decks/talk.md');

const NOON = new Date('2026-11-21T12:00:00');

let browser;
let server;
const built = {};
/** Where the deck with notes is, by how it is opened. */
const places = {};

before(async () => {
  browser = await launch();
  built.notes = await build(deck, '--html', '--notes');
  built.plain = await build(deck, '--html');
  places.file = pathToFileURL(built.notes.html).href;
  const page = await readFile(built.notes.html);
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  places.server = `http://127.0.0.1:${server.address().port}/talk.html`;
});

after(async () => {
  await browser?.close();
  server?.close();
  for (const { remove } of Object.values(built)) await remove();
});

/** Opens the slides, runs `act`, and wants no complaint from any window. */
async function on({ url = places.file, init, ...options }, act) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const complaints = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`script: ${error.error().stack}`));
  context.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`request: ${request.url()}`);
  });
  await context.clock.install({ time: NOON });
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  try {
    await page.goto(url);
    await context.clock.pauseAt(new Date(NOON.getTime() + 60_000));
    await act(page, context);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Presses `S` and gives the window that comes. */
async function present(page) {
  const [view] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
  await view.waitForSelector('.p-times');
  return view;
}

/** Which of the times are cut off for want of room. */
const cutOff = (view) =>
  view.$$eval('.p-parts > p', (all) =>
    all.filter((it) => it.offsetHeight > 0 && it.offsetTop < it.parentElement.offsetTop - 1).map((it) => it.innerText),
  );

/** Asks until the answer is the one that is wanted: windows hear of each other a little later. */
async function until(ask, wanted, message) {
  for (let i = 0; i < 200; i++) {
    const answer = await ask();
    if (wanted instanceof RegExp ? wanted.test(answer) : answer === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const answer = await ask();
  (wanted instanceof RegExp ? assert.match : assert.equal)(answer, wanted, message);
}

/** Waits until every window of the talk has heard of every change. */
const settle = (page) =>
  until(async () => {
    // A window that is being loaded has no answer yet; one that may store nothing has none.
    const kept = (window) =>
      window
        .evaluate(() => sessionStorage.getItem(`deckc ${location.pathname}`))
        .catch((error) => (/SecurityError/.test(error) ? null : Symbol('loading')));
    const all = await Promise.all(page.context().pages().map(kept));
    return new Set(all.filter((it) => it !== null)).size < 2;
  }, true, 'the windows agree');

/** Presses a key in a window. */
async function press(window, key) {
  await settle(window);
  await window.keyboard.press(key);
}

/** Lets time pass in every window: a pulse, so that they hear of each other. */
async function pass(page, seconds) {
  await settle(page);
  await page.context().clock.runFor(seconds * 1000);
  await settle(page);
}

/** Where a window is: `id`, and `/step` when a fragment is visible. */
const place = (page) =>
  page.evaluate(() => {
    const { h, f } = window.Reveal.getIndices();
    const { id } = window.Reveal.getSlides()[h];
    return f >= 0 ? `${id}/${f}` : id;
  });

/** Waits until a window is at a place. */
const at = (page, wanted) => until(() => place(page), wanted);

const text = async (page, selector) => (await page.textContent(selector)).replace(/\s+/g, ' ').trim();
/** Waits until a part of a window says something. */
const reads = (page, selector, wanted) => until(() => text(page, selector), wanted);
const behind = (page, wanted) => reads(page, '.p-behind .p-figure', wanted);
const says = (page, wanted) => reads(page, '.p-says', wanted);

for (const name of ['file', 'server']) {
  const from = (act) => on({ url: name === 'file' ? places.file : places.server }, act);

  test(`${name}: what one window does the other one shows`, () =>
    from(async (page) => {
      const view = await present(page);
      await press(view, 'PageDown');
      await at(page, 'points');
      await press(page, 'Space');
      await at(view, 'points/0');
      await press(view, 'b');
      await page.waitForFunction(() => window.Reveal.isPaused());
      await press(page, 'b');
      await view.waitForFunction(() => !window.Reveal.isPaused());
      await press(view, 'End');
      await at(page, 'extra');
    }));

  test(`${name}: reloading either window, or both, loses nothing`, () =>
    from(async (page, context) => {
      const view = await present(page);
      await press(view, 'PageDown');
      await at(page, 'points');
      await pass(page, 90);
      for (const window of [page, view, view, page]) {
        await window.reload();
        await window.waitForFunction(() => window.Reveal?.isReady());
        await pass(page, 2);
        await at(page, 'points');
        await at(view, 'points');
      }
      await reads(view, '.p-elapsed .p-figure', '1:38');
      assert.equal(await view.isVisible('.p-lost'), false);
      await press(view, 'PageDown');
      await at(page, 'points/0');
      assert.equal(context.pages().length, 2);
    }));

  test(`${name}: a presenter view that was closed comes back as it was`, () =>
    from(async (page) => {
      const first = await present(page);
      await press(first, 'PageDown');
      await at(page, 'points');
      await pass(page, 30);
      await first.close();
      await press(page, 'Space');
      const second = await present(page);
      await at(second, 'points/0');
      await pass(page, 10);
      await reads(second, '.p-elapsed .p-figure', '0:40');
    }));

  test(`${name}: slides that were closed are opened again where they were`, () =>
    from(async (page, context) => {
      const view = await present(page);
      await press(view, 'PageDown');
      await at(page, 'points');
      await pass(page, 30);
      await page.close();
      await pass(view, 1);
      await reads(view, '.p-lost', /The window with the slides is closed/);
      assert.deepEqual(await cutOff(view), []);
      await press(view, 'PageDown');
      const [again] = await Promise.all([context.waitForEvent('page'), view.click('.p-lost button')]);
      await again.waitForFunction(() => window.Reveal?.isReady());
      await pass(view, 2);
      await at(again, 'points/0');
      assert.equal(await view.isVisible('.p-lost'), false);
      await press(again, 'PageDown');
      await at(view, 'points/1');
      await reads(view, '.p-elapsed .p-figure', '0:33');
    }));

  test(`${name}: opened twice, both follow and both lead`, () =>
    from(async (page, context) => {
      const first = await present(page);
      await press(page, 's');
      await pass(page, 1);
      assert.equal(context.pages().length, 2, 'a second S brings up the first window');
      // As when the browser makes a copy of the window.
      const [second] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate((url) => void open(url), first.url()),
      ]);
      // A popup is there before its page is: what is asked of it sooner is lost with the empty page.
      await second.waitForFunction(() => window.Reveal?.isReady());
      await second.evaluate((it) => (window.name = it), await first.evaluate(() => window.name));
      await second.reload();
      await second.waitForSelector('.p-times');
      await pass(page, 1);
      await press(second, 'PageDown');
      await at(page, 'points');
      await at(first, 'points');
      await press(first, 'PageDown');
      await at(second, 'points/0');
    }));
}

test('the next page is the next step, and looks as it will', () =>
  on({}, async (page) => {
    const view = await present(page);
    const next = (wanted) => reads(view, '.p-next h2', wanted);
    const shown = (selector) =>
      view.$$eval(`.p-page ${selector}`, (all) =>
        all.filter((it) => getComputedStyle(it).visibility === 'visible').map((it) => it.textContent.trim()),
      );
    await next('Next: Points');
    assert.deepEqual(await shown('.slot li'), []);
    await press(view, 'PageDown');
    await next('Next: step 1 of 2');
    assert.deepEqual(await shown('.slot li'), ['First']);
    for (let i = 0; i < 4; i++) await press(view, 'PageDown');
    await at(page, 'code');
    assert.deepEqual(await shown('.line.on'), ['two()']);
    await press(view, 'PageDown');
    await next('Next: Maybe');
    await press(view, 'End');
    await next('The end');
    const ids = await view.$$eval('[id]', (all) => all.map((it) => it.id));
    assert.equal(new Set(ids).size, ids.length, 'a copy brings no second id');
  }));

test('the clock waits for the first step, stands on T, and R is taken back by R', () =>
  on({}, async (page) => {
    const view = await present(page);
    const elapsed = (wanted) => reads(view, '.p-elapsed', wanted);
    await pass(page, 20);
    await elapsed('0:00 starts with the first step');
    await press(view, 'PageDown');
    await pass(page, 65);
    await elapsed('1:05 of 10:00');
    await press(page, 't');
    await pass(page, 30);
    await elapsed('1:05 paused');
    await press(view, 'r');
    await pass(page, 1);
    await elapsed('0:00 starts with the first step');
    await press(view, 'r');
    await press(page, 't');
    await at(view, 'points');
    await pass(page, 5);
    await elapsed('1:10 of 10:00');
  }));

test('before a black screen the clock still stands on T, and a click too many does nothing', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 'PageDown');
    await pass(page, 10);
    await press(view, 'b');
    await press(view, 't');
    await pass(page, 20);
    await reads(view, '.p-elapsed', '0:10 paused');
    const before = await view.evaluate(() => JSON.stringify(window.Reveal.getIndices()));
    await press(view, 'PageDown');
    assert.equal(await view.evaluate(() => JSON.stringify(window.Reveal.getIndices())), before);
    assert.ok(await page.evaluate(() => window.Reveal.isPaused()));
  }));

test('it says how far behind one is, and when the talk ends', () =>
  on({}, async (page) => {
    const view = await present(page);
    await behind(view, 'On time');
    await press(view, 't');
    await pass(page, 60 + 130);
    await behind(view, '2:10 behind');
    await reads(view, '.p-behind .p-remark', 'ends after 12:10');
    await reads(view, '.p-day', /12:04.*ends at.*12:13/);
    for (let i = 0; i < 4; i++) await press(view, 'PageDown');
    await at(page, 'middle');
    await pass(page, 1);
    await behind(view, 'On time');
  }));

test('behind, it proposes what to skip; X skips it, and the audience see only the next slide', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 't');
    for (let i = 0; i < 4; i++) await press(view, 'PageDown');
    await at(page, 'middle');
    await pass(page, 3 * 60 + 30 + 50);
    await behind(view, '0:50 behind');
    await says(view, 'To end on time, skip “Maybe” (1:00).');
    const before = await page.screenshot();
    await press(view, 'x');
    await pass(page, 1);
    assert.ok(before.equals(await page.screenshot()), 'nothing moves before the audience');
    await says(view, 'Nothing needs to be skipped.');
    await reads(view, '.p-adds', 'Skipping “Maybe” (1:00).');
    await press(view, 'PageDown');
    await press(view, 'PageDown');
    await at(page, 'code/0');
    await reads(view, '.p-next h2', 'Next: Also');
    await press(page, 'PageDown');
    await at(page, 'also');
    await press(page, 'PageUp');
    await at(page, 'code/0');
  }));

test('what was skipped comes back when there is time again', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 't');
    await pass(page, 110);
    await press(page, 'x');
    await pass(page, 1);
    await reads(view, '.p-adds', 'Skipping “Maybe” (1:00).');
    for (let i = 0; i < 4; i++) await press(page, 'PageDown');
    await at(view, 'middle');
    await pass(page, 1);
    await says(view, 'There is time again for “Maybe” (1:00).');
    await view.click('text=Bring back');
    await reads(view, '.p-adds', '');
  }));

test('ahead, an example that fits is one key away, and the next step leads back', () =>
  on({}, async (page) => {
    const view = await present(page);
    for (let i = 0; i < 5; i++) await press(view, 'PageDown');
    await at(page, 'code');
    await pass(page, 1);
    await behind(view, '3:30 ahead');
    await says(view, 'There is time for an extra example: “Extra example” (1:00).');
    await press(view, 'PageDown');
    await press(view, 'e');
    await at(page, 'extra');
    await says(view, /goes back to “Code”/);
    await pass(page, 30);
    await press(page, 'PageDown');
    await at(view, 'code/0');
    await at(page, 'code/0');
    await pass(page, 1);
    await behind(view, '3:00 ahead');
    await says(view, 'Nothing needs to be skipped.');
  }));

test('notes are read as Markdown, in a size that stays', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 'PageDown');
    const notes = view.locator('.p-text');
    assert.equal(await notes.locator('li').count(), 2);
    assert.equal(await notes.locator('a').getAttribute('target'), '_blank');
    assert.equal((await notes.locator('pre').textContent()).trim(), 'go work()');
    const size = () => notes.evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
    const usual = await size();
    await press(view, '+');
    await view.click('text=Larger');
    const larger = await size();
    assert.ok(larger > usual);
    await view.reload();
    await view.waitForSelector('.p-times');
    assert.equal(await size(), larger);
    await press(view, '-');
    assert.ok((await size()) < larger);
  }));

test('without notes in the file it says how to get them, and the rest is there', () =>
  on({ url: pathToFileURL(built.plain.html).href }, async (page) => {
    const view = await present(page);
    await press(view, 'PageDown');
    await pass(page, 150);
    await reads(view, '.p-text', 'This file has no notes. deckc build --notes puts them in.');
    await behind(view, '0:30 ahead');
    await reads(view, '.p-next h2', 'Next: step 1 of 2');
    assert.doesNotMatch(await readFile(built.plain.html, 'utf8'), /Greet|Two points/);
  }));

test('the overview, the search for a slide and the keys open before the speaker alone', () =>
  on({}, async (page) => {
    const view = await present(page);
    const before = await page.screenshot();
    for (const key of ['o', '?', 'g']) {
      await press(view, key);
      await pass(page, 1);
      assert.ok(before.equals(await page.screenshot()), key);
      await press(view, 'Escape');
    }
    await press(view, 'g');
    await view.keyboard.type('also');
    await press(view, 'Enter');
    await at(page, 'also');
  }));

test('a blocked window is told of, and how to allow it', () =>
  on({ init: () => (window.open = () => null) }, async (page) => {
    await press(page, 's');
    await reads(page, 'dialog', /blocked the window of the presenter view.*Allow pop-ups/s);
  }));

test('a page that may store nothing is told by the other window', () => {
  const refuse = () => {
    for (const name of ['sessionStorage', 'localStorage']) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException('no', 'SecurityError'); } });
    }
  };
  return on({ init: refuse }, async (page) => {
    const view = await present(page);
    await press(view, 'PageDown');
    await at(page, 'points');
    await pass(page, 30);
    await page.reload();
    await page.waitForFunction(() => window.Reveal?.isReady());
    await pass(page, 2);
    await press(page, 'PageDown');
    await at(view, 'points/0');
    await reads(view, '.p-elapsed .p-figure', '0:32');
    await press(view, '+');
  });
});

test('a message without the token is not heard', () =>
  on({}, async (page) => {
    const view = await present(page);
    const forge = (token) =>
      view.evaluate((deckc) => {
        const talk = { revision: 99, at: 3, step: -1, spent: Array(8).fill(0), skipped: [], place: { index: 3 } };
        opener.postMessage({ deckc, path: location.pathname, asks: false, talk }, '*');
      }, token);
    for (const token of ['', null, 'a'.repeat(32)]) await forge(token);
    await page.evaluate(() => window.postMessage('not even an object', '*'));
    await page.waitForTimeout(200);
    assert.equal(await place(page), 'start');
    await forge(await view.evaluate(() => window.name.split('-')[2]));
    await at(page, 'code');
  }));

test('a rehearsal starts at the first slide and ends in a file of times', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 'End');
    await view.click('text=Rehearse');
    await at(page, 'start');
    await reads(view, '.p-elapsed', /0:00 rehearsal/);
    await pass(page, 40);
    await press(view, 'PageDown');
    await pass(page, 100);
    const [download] = await Promise.all([view.waitForEvent('download'), view.click('text=End rehearsal')]);
    assert.equal(download.suggestedFilename(), 'talk.rehearsal.json');
    const { rehearsal, deck, slides } = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.deepEqual({ rehearsal, deck, slides }, {
      rehearsal: 1,
      deck: 'A talk',
      slides: [{ id: 'start', seconds: 40 }, { id: 'points', seconds: 100 }],
    });
    await pass(page, 60);
    await reads(view, '.p-elapsed', /2:20 paused/);
  }));

test('windows of every size show pages, times, notes and buttons, without scrolling', () =>
  on({}, async (page) => {
    const view = await present(page);
    await press(view, 'PageDown');
    for (const [width, height] of [[1280, 800], [1920, 1080], [1366, 700], [800, 600], [640, 700], [390, 844], [844, 390]]) {
      await view.setViewportSize({ width, height });
      await view.waitForTimeout(100);
      const found = await view.evaluate(() => {
        const seen = ['main .present', '.p-page .present', '.p-elapsed b', '.p-behind b', '.p-text', '.p-controls button']
          .map((selector) => [selector, document.querySelector(selector).getBoundingClientRect()]);
        const { scrollWidth, scrollHeight } = document.documentElement;
        return {
          hidden: seen.filter(([, it]) => it.width < 40 || it.height < 20 || it.left < -1 || it.top < -1 || it.right > innerWidth + 1 || it.bottom > innerHeight + 1).map(([name, it]) => [name, JSON.stringify(it)]),
          scrolls: scrollWidth > innerWidth || scrollHeight > innerHeight,
        };
      });
      assert.deepEqual(found, { hidden: [], scrolls: false }, `${width} x ${height}`);
      assert.deepEqual(await cutOff(view), [], `${width} x ${height}`);
    }
  }));

test('the pages have the type that the audience see', () =>
  on({}, async (page) => {
    const view = await present(page);
    const typeOf = (window, selector) =>
      window.$$eval(`${selector} section.present *`, (all) =>
        all.filter((it) => !it.closest('aside')).map((it) => {
          const { fontFamily, fontSize, fontWeight, fontVariantNumeric, lineHeight, color } = getComputedStyle(it);
          return [it.tagName, fontFamily, fontSize, fontWeight, fontVariantNumeric, lineHeight, color].join(' ');
        }),
      );
    const count = await page.evaluate(() => window.Reveal.getTotalSlides());
    let next;
    for (let slide = 0; slide < count; slide++) {
      await page.evaluate((slide) => window.Reveal.slide(slide, 0, 99), slide);
      await until(() => view.evaluate(() => window.Reveal.getIndices().h), slide);
      const seen = await typeOf(page, '.deck');
      assert.deepEqual(await typeOf(view, 'body > .deck'), seen, `slide ${slide}`);
      if (next) assert.deepEqual(next.map(withoutColor), seen.map(withoutColor), `before slide ${slide}`);
      next = await typeOf(view, '.p-page');
    }
  }));

/** The colours of code depend on the step. */
const withoutColor = (type) => type.replace(/ rgba?\(.*/, '');

test('the presenter view frames nothing, and the policy lets nothing be framed', () =>
  on({}, async (page) => {
    const view = await present(page);
    assert.equal(await view.locator('iframe, frame, object, embed').count(), 0);
    const policy = await view.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /frame-src|child-src|unsafe/);
  }));

test('before S nothing of a talk is in the page', () =>
  on({}, async (page) => {
    for (const key of ['PageDown', 't', 'x', 'e', 'r', '+', '-']) await press(page, key);
    assert.equal(await place(page), 'points');
    assert.deepEqual(await page.evaluate(() => [window.name, sessionStorage.length]), ['', 0]);
  }));
