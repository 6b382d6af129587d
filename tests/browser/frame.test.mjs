// A deck in a frame: it leaves the page around it alone, fills any box, and
// answers that page as reveal.js does.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { page as deckPage } from './page.mjs';
import { place, press, session } from './session.mjs';

const frame = (attributes, src = 'deck.html') => `<iframe src="${src}" title="deck" ${attributes}></iframe>`;
const around = (body) => `<!doctype html><title>Around</title><p>Above.</p><input>${body}<pre>${'\n'.repeat(200)}</pre>`;

const { on } = session({
  'deck.html': deckPage(),
  'frame.html': around(frame('width="480" height="270" allowfullscreen')),
  'two.html': around(
    frame(`width="480" height="270" allow="fullscreen 'none'"`) + frame('width="480" height="270"', 'deck.html#/steps'),
  ),
  'boxes.html': around(
    [[40, 30], [300, 600], [1000, 200], [480, 270]].map(([w, h]) => frame(`width="${w}" height="${h}"`)).join(''),
  ),
});

/** The frames of a page when their decks are there. */
const decksOf = async (page) => {
  const frames = page.frames().slice(1);
  for (const frame of frames) await frame.waitForFunction(() => window.Reveal?.isReady());
  return frames;
};

test('in a frame the deck takes no key and no wheel before it has the focus', () =>
  on({ file: 'frame.html', allow: ['request: '] }, async (page) => {
    const [frame] = await decksOf(page);
    await page.focus('input');
    await page.keyboard.press('n');
    await page.mouse.move(240, 200);
    await page.mouse.wheel(0, 30);
    await page.waitForFunction(() => scrollY > 0);
    assert.equal(await place(frame), 'start');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT');
    await page.mouse.click(240, 200);
    await frame.waitForFunction(() => document.hasFocus());
    await page.keyboard.press('PageDown');
    assert.equal(await place(frame), 'code');
    assert.ok(await frame.evaluate(() => document.documentElement.classList.contains('stage')));
  }));


test('two decks on a page leave each other alone', () =>
  on({ file: 'two.html', allow: ['request: '] }, async (page) => {
    const [first, second] = await decksOf(page);
    const both = async () => [await place(first), await place(second)];
    assert.deepEqual(await both(), ['start', 'steps']);
    await page.click('iframe >> nth=0');
    await page.keyboard.press('n');
    assert.deepEqual(await both(), ['code', 'steps']);
    await page.click('iframe >> nth=1');
    await page.keyboard.press('n');
    await page.keyboard.press('b');
    assert.deepEqual(await both(), ['code', 'steps/0']);
    assert.equal(await first.evaluate(() => window.Reveal.isPaused()), false);
    assert.equal(await page.evaluate(() => history.length), 2, 'nothing to go back through');
  }));

test('a deck fits a frame of any shape, also one that was hidden', () =>
  on({ file: 'boxes.html', allow: ['request: '] }, async (page) => {
    await page.evaluate(() => (document.querySelector('iframe').hidden = true));
    await page.evaluate(() => (document.querySelector('iframe').hidden = false));
    for (const frame of await decksOf(page)) {
      const { box, width, height, scrolls } = await frame.evaluate(async () => {
        await new Promise((done) => setTimeout(done, 50));
        const { scrollWidth, scrollHeight } = document.documentElement;
        const box = document.querySelector('.present').getBoundingClientRect().toJSON();
        return { box, width: innerWidth, height: innerHeight, scrolls: scrollWidth > innerWidth || scrollHeight > innerHeight };
      });
      assert.ok(Math.abs(box.width - 1280 * Math.min(width / 1280, height / 720)) < 0.1, `${width} x ${height}`);
      assert.ok(box.left >= -1 && box.top >= -1 && !scrolls);
    }
  }));

test('a button fills the screen, or opens a window where the page does not let it', async () => {
  await on({ file: 'frame.html', allow: ['request: '] }, async (page) => {
    const [frame] = await decksOf(page);
    await frame.click('button[aria-label="Open full screen"]');
    await frame.waitForFunction(() => document.fullscreenElement);
    assert.equal(await frame.isVisible('.ui-full'), false);
  });
  await on({ file: 'two.html', allow: ['request: '] }, async (page) => {
    const [frame] = await decksOf(page);
    const opened = page.context().waitForEvent('page');
    await frame.click('button[aria-label="Open in a window"]');
    const window = await opened;
    await window.waitForFunction(() => globalThis.Reveal?.isReady());
    assert.equal(await window.locator('.ui-full').count(), 0, 'a window needs no such button');
  });
});

/** Says something to the first frame of a page; gives what it answers within a moment. */
const say = (page, ...messages) =>
  page.evaluate(async (messages) => {
    const answers = [];
    addEventListener('message', ({ data }) => answers.push(JSON.parse(data)));
    const text = (it) => (typeof it === 'string' ? it : JSON.stringify(it));
    for (const message of messages) frames[0].postMessage(text(message), '*');
    await new Promise((done) => setTimeout(done, 200));
    return answers;
  }, messages);

test('the page around it moves a deck and is told of it, in the words of reveal.js', () =>
  on({ file: 'frame.html', allow: ['request: '] }, async (page) => {
    await decksOf(page);
    const state = { indexh: 2, indexv: 0, indexf: 1, paused: false, overview: false };
    const answers = await say(
      page,
      { method: 'getTotalSlides' },
      { method: 'slide', args: [2, 0, 1] },
      { method: 'getCurrentSlide' },
      { method: 'constructor' },
      '{"method": "next"',
    );
    assert.deepEqual(answers.map(({ eventName, method }) => method ?? eventName), [
      'getTotalSlides', 'fragmentshown', 'slidechanged', 'slide',
    ]);
    assert.equal(answers[0].result, 7);
    assert.ok(answers.every(({ namespace }) => namespace === 'reveal'));
    assert.deepEqual(answers.at(-1).state, state);
  }));

test('only the page around it is heard, from its own origin or one that the address names', async (t) => {
  const serve = (body) =>
    new Promise((done) => {
      const server = createServer((request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(body(request));
      }).listen(0, '127.0.0.1', () => done(server));
      t.after(() => server.close());
    });
  const addressOf = (server) => `http://127.0.0.1:${server.address().port}`;
  const decks = await serve((request) =>
    request.url.startsWith('/around') ? around(frame('', '/deck')) : deckPage());
  const talks = await serve(({ url }) => {
    const { searchParams } = new URL(url, 'http://x');
    return around(frame('', `${addressOf(decks)}/deck?${searchParams}`));
  });
  await on({ allow: ['request: ', 'console: '] }, async (page) => {
    await page.context().setOffline(false);
    const asked = async (address) => {
      await page.goto(address);
      await decksOf(page);
      return (await say(page, { method: 'isReady' })).length;
    };
    assert.equal(await asked(`${addressOf(decks)}/around`), 1, 'the deck\'s own origin');
    assert.equal(await asked(addressOf(talks)), 0, 'another origin');
    assert.equal(await asked(`${addressOf(talks)}/?origin=${addressOf(talks)}`), 1, 'one that is named');
    assert.equal(await asked(`${addressOf(talks)}/?origin=https://example.org`), 0, 'not the one that is named');
  });
});
