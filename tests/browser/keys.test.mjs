// Keys: those of reveal.js and of clickers, and what they open, in real Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page as deckPage } from './page.mjs';
import { place, press, session } from './session.mjs';

const { on } = session({ 'deck.html': deckPage(), 'rtl.html': deckPage({ dir: 'rtl' }) });

test('every key for "next" takes a step and every key for "previous" takes it back', () =>
  on({}, async (page) => {
    const back = ['p', 'h', 'k', 'PageUp', 'Shift+Space', 'ArrowLeft', 'ArrowUp'];
    for (const [i, key] of ['n', 'l', 'j', 'PageDown', 'Space', 'ArrowRight', 'ArrowDown'].entries()) {
      assert.equal(await press(page, key), 'code', key);
      assert.equal(await press(page, back[i]), 'start', back[i]);
    }
  }));

test('Home, End and the arrows with Shift go to the ends, which have no beyond', () =>
  on({}, async (page) => {
    assert.equal(await press(page, 'End'), 'more');
    assert.equal(await press(page, 'n'), 'more');
    assert.equal(await press(page, 'Home'), 'start');
    assert.equal(await press(page, 'p'), 'start');
    assert.equal(await press(page, 'Shift+ArrowRight'), 'more');
    assert.equal(await press(page, 'Shift+ArrowLeft'), 'start');
  }));

test('a key with Ctrl, Meta or Alt, in a field, or on a button is not the deck\'s', () =>
  on({ hash: '#/naïve' }, async (page) => {
    assert.equal(await press(page, 'Control+n', 'Meta+ArrowRight', 'Alt+n'), 'naïve');
    await page.focus('input');
    await page.keyboard.type('no? b');
    assert.equal(await page.inputValue('input'), 'no? b');
    assert.equal(await place(page), 'naïve');
    await page.focus('.present button');
    assert.equal(await press(page, 'Space', 'Enter'), 'naïve');
    assert.equal(await press(page, 'PageDown'), 'plain', 'a clicker still works');
  }));

test('letters count by their place on a keyboard without Latin letters', () =>
  on({}, async (page) => {
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', bubbles: true })),
    );
    assert.equal(await place(page), 'code');
  }));

test('the screen goes black with B, V, and a full stop, and stays on its slide', () =>
  on({}, async (page) => {
    for (const [to, from] of [['b', 'v'], ['.', 'b'], ['v', 'Escape']]) {
      await press(page, to);
      assert.equal(await page.evaluate(() => window.Reveal.isPaused()), true, to);
      assert.equal(await press(page, 'n'), 'start');
      await press(page, from);
      assert.equal(await page.evaluate(() => window.Reveal.isPaused()), false, from);
    }
  }));

test('the overview shows all slides and all steps; arrows, Enter and clicks choose one', () =>
  on({}, async (page) => {
    await press(page, 'Escape');
    const boxes = await page.$$eval('section', (all) => all.map((it) => it.getBoundingClientRect().toJSON()));
    assert.ok(boxes.every(({ width }) => width > 200 && width < 400));
    assert.equal(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size, boxes.length);
    assert.ok(await page.isVisible('#steps li >> nth=0'));
    // Four columns fit 1280 px.
    assert.equal(await press(page, 'ArrowDown'), 'plain');
    assert.equal(await press(page, 'ArrowLeft'), 'naïve');
    assert.equal(await press(page, 'Enter'), 'naïve');
    assert.equal(await page.isVisible('#start h2'), false);
    await press(page, 'o');
    await page.click('#steps');
    assert.equal(await place(page), 'steps/4');
    assert.equal(await page.evaluate(() => window.Reveal.isOverview()), false);
  }));

test('a slide and the overview look the same however one came to them', async () => {
  const fresh = {};
  await on({ hash: '#/code', reducedMotion: 'reduce' }, async (page) => {
    fresh.slide = await page.screenshot();
    await press(page, 'o');
    fresh.overview = await page.screenshot();
  });
  await on({ reducedMotion: 'reduce' }, async (page) => {
    await press(page, 'n', 'End');
    await page.setViewportSize({ width: 700, height: 500 });
    await press(page, 'Home', 'o', 'End', 'o', 'Home');
    await page.setViewportSize({ width: 1280, height: 720 });
    await press(page, 'n');
    assert.ok(fresh.slide.equals(await page.screenshot()), 'the slide');
    await press(page, 'End', 'Home', 'n', 'o');
    assert.ok(fresh.overview.equals(await page.screenshot()), 'the overview');
  });
});

test('the screen goes white with W and a comma, and any of those keys brings the slide back', () =>
  on({}, async (page) => {
    const screen = () =>
      page.$eval('.deck', (it) => it.classList.contains('blank') && getComputedStyle(it, '::after').backgroundColor);
    for (const [to, from, color] of [['w', 'w', 'rgb(255, 255, 255)'], [',', 'b', 'rgb(255, 255, 255)'], ['b', 'w', 'rgb(0, 0, 0)']]) {
      await press(page, to);
      assert.equal(await screen(), color, to);
      assert.equal(await press(page, from), 'start');
      assert.equal(await screen(), false, from);
    }
  }));

test('Alt and an arrow goes past the steps, as in reveal.js', () =>
  on({}, async (page) => {
    const moves = [['ArrowRight', 'code'], ['ArrowDown', 'steps'], ['ArrowLeft', 'code/2'], ['ArrowUp', 'start']];
    for (const [key, there] of moves) assert.equal(await press(page, `Alt+${key}`), there);
  }));

test('in a deck that reads from right to left, the left is ahead', () =>
  on({ file: 'rtl.html' }, async (page) => {
    const moves = [['ArrowLeft', 'code'], ['ArrowRight', 'start'], ['PageDown', 'code'], ['Shift+ArrowLeft', 'more'], ['Alt+ArrowRight', 'end']];
    for (const [key, there] of moves) assert.equal(await press(page, key), there, key);
  }));

test('G goes to a number, an id, or words of a title, and "back" returns', () =>
  on({}, async (page) => {
    for (const [text, there] of [['5', 'plain'], ['steps', 'steps/4'], ['FIÉL', 'naïve'], ['naïve', 'naïve']]) {
      await press(page, 'g');
      await page.keyboard.type(text);
      assert.equal(await press(page, 'Enter'), there, text);
    }
    await press(page, 'g');
    await page.keyboard.type('99');
    await press(page, 'Enter');
    assert.equal(await page.textContent('dialog [role=status]'), 'No such slide');
    assert.equal(await press(page, 'Escape'), 'naïve');
    await page.waitForFunction(() => !document.querySelector('dialog'));
    assert.equal(await press(page, 'n'), 'plain', 'the keys are the deck\'s again');
    await page.goBack();
    await page.waitForFunction(() => location.hash === '#/steps/4' && window.Reveal.getIndices().h === 2);
  }));

test('G lists the slides that fit what is typed; arrows and clicks choose one', () =>
  on({}, async (page) => {
    const listed = () => page.$$eval('.ui-matches button', (all) => all.map((it) => it.textContent));
    await press(page, 'g');
    assert.equal((await listed()).length, 7, 'at first all');
    await page.keyboard.type('st');
    assert.deepEqual(await listed(), ['1 of 7: Start', '3 of 7: Steps']);
    await press(page, 'ArrowDown', 'ArrowDown');
    assert.equal(await press(page, 'Enter'), 'steps');
    await press(page, 'g');
    await page.click('.ui-matches button >> text=Plain');
    assert.equal(await place(page), 'plain');
  }));

test('"back" returns to the slide on which the overview was opened', () =>
  on({}, async (page) => {
    await press(page, 'n', 'o', 'ArrowRight', 'ArrowDown');
    assert.equal(await press(page, 'Enter'), 'more');
    await page.goBack();
    await page.waitForFunction(() => location.hash === '#/code' && window.Reveal.getIndices().h === 1);
  }));

test('? lists the keys and takes them until it is closed', () =>
  on({}, async (page) => {
    await press(page, '?');
    assert.match(await page.textContent('dialog'), /Page Down.*Overview/s);
    assert.equal(await press(page, 'PageDown'), 'start');
    await press(page, '?');
    await page.waitForFunction(() => !document.querySelector('dialog'));
  }));

test('F and the "start" of a clicker fill the screen, and F leaves it', () =>
  on({}, async (page) => {
    for (const key of ['f', 'F5', 'Shift+F5']) {
      await press(page, key);
      await page.waitForFunction(() => document.fullscreenElement);
      await press(page, 'f');
      await page.waitForFunction(() => !document.fullscreenElement);
    }
  }));

