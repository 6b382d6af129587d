// The runtime on a page in the markup of the HTML writer, in real Chromium, from
// a file. Each test is what a speaker, a reader or a screen reader meets.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, root, run } from './deck.mjs';
import { page as deckPage, script, style } from './page.mjs';
import { place, press, session } from './session.mjs';

const { on, paths } = session({ 'deck.html': deckPage(), 'late.html': deckPage({ place: 'body' }) });

/** The texts of a slide's visible fragments; of those of the code, the lines. */
const visible = (page) =>
  page.$$eval('.present .fragment.visible', (all) =>
    all.map((it) => it.textContent || it.dataset.lines),
  );

/** The numbers of the code's lines in focus; `null` when none is set apart. */
const focused = (page) =>
  page.$eval('#code pre', (pre) =>
    pre.classList.contains('focused')
      ? [...pre.querySelectorAll('.line')].flatMap((it, i) => (it.classList.contains('on') ? [i + 1] : []))
      : null,
  );

test('fragments come by their index, then the others in order', () =>
  on({ hash: '#/steps' }, async (page) => {
    const seen = [await visible(page)];
    for (let i = 0; i < 5; i++) {
      await press(page, 'n');
      seen.push(await visible(page));
    }
    assert.deepEqual(seen, [
      [],
      ['first', 'first, too'],
      ['first', 'first, too', 'second'],
      ['third', 'first', 'first, too', 'second'],
      ['fourth', 'third', 'first', 'first, too', 'second'],
      ['fourth', 'third', 'first', 'first, too', 'second', 'fifth'],
    ]);
    assert.deepEqual(
      await page.$$eval('.current-fragment', (all) => all.map((it) => it.textContent)),
      ['fifth'],
    );
    assert.equal(await press(page, 'n'), 'naïve');
    assert.equal(await press(page, 'p'), 'steps/4', 'coming back, everything is there');
    assert.equal(await press(page, 'Home', 'n', 'n', 'n', 'n', 'n'), 'steps', 'coming again, nothing is');
  }));

test('the focus of code moves with the steps, and back', () =>
  on({ hash: '#/code' }, async (page) => {
    const seen = [await focused(page)];
    for (const key of ['n', 'n', 'n', 'p', 'p', 'p']) {
      await press(page, key);
      seen.push(await focused(page));
    }
    assert.deepEqual(seen, [[2], [1, 3, 4], [1, 3, 4], null, [1, 3, 4], [1, 3, 4], [2]]);
  }));

test('the address has the slide and the step, and a reload comes back to them', () =>
  on({}, async (page) => {
    await press(page, 'n', 'n', 'n');
    await page.waitForFunction(() => location.hash === '#/code/1');
    await page.reload();
    assert.equal(await place(page), 'code/1');
    assert.equal(await press(page, 'p', 'n', 'n'), 'code/2');
    await page.waitForFunction(() => location.hash === '#/code/2', undefined, { timeout: 1000 });
    await page.reload();
    assert.equal(await place(page), 'code/2');
  }));

test('addresses are read as reveal.js reads them', async () => {
  const routes = {
    '#/2': 'steps',
    '#/2/0/1': 'steps/1',
    '#/steps': 'steps',
    '#/steps/3': 'steps/3',
    '#/steps/99': 'steps/4',
    '#/na%C3%AFve': 'naïve',
    '#plain': 'plain',
    '#inside': 'plain',
    '#/99': 'more',
    '#/nowhere': 'start',
    '#/%': 'start',
    '#': 'start',
  };
  await on({ allow: ['request: about:'] }, async (page) => {
    const url = page.url().split('#')[0];
    for (const [hash, there] of Object.entries(routes)) {
      await page.goto('about:blank');
      await page.goto(url + hash);
      assert.equal(await place(page), there, hash);
    }
    await page.evaluate(() => (location.hash = '#/steps/2'));
    await page.waitForFunction(() => window.Reveal.getIndices().f === 2);
  });
});

test('a link within the deck goes to its slide, and "back" returns', () =>
  on({}, async (page) => {
    await page.click('.present a');
    assert.equal(await place(page), 'code');
    assert.equal(await page.evaluate(() => location.hash), '#/code');
    await page.goBack();
    await page.waitForFunction(() => window.Reveal.getIndices().h === 0);
  }));

test('text found in a slide out of sight brings that slide up', () =>
  on({ hash: '#:~:text=okapi' }, async (page) => {
    await page.waitForFunction(() => window.Reveal.getIndices().h === 4);
  }));

test('a turn of the wheel is a step, and one push at a touch pad is one', () =>
  on({}, async (page) => {
    await page.mouse.move(600, 300);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(() => window.Reveal.getIndices().h === 1);
    await page.waitForTimeout(300);
    for (let delta = 90; delta > 1; delta *= 0.8) {
      await page.mouse.wheel(0, -delta);
      await page.waitForTimeout(20);
    }
    assert.equal(await place(page), 'start');
  }));

test('a swipe is a step; a tap and a pinch are none', () =>
  on({ hasTouch: true }, async (page) => {
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...points) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch('touchStart', [900, 300]);
    await touch('touchMove', [700, 310]);
    await touch('touchEnd');
    assert.equal(await place(page), 'code');
    await page.touchscreen.tap(900, 300);
    await touch('touchStart', [500, 300], [700, 300]);
    await touch('touchMove', [300, 300], [900, 300]);
    await touch('touchEnd');
    assert.equal(await place(page), 'code');
    await touch('touchStart', [300, 300]);
    await touch('touchMove', [600, 310]);
    await touch('touchEnd');
    assert.equal(await place(page), 'start');
  }));

test('the buttons step for those with nothing but a mouse, and leave the keys alone', () =>
  on({}, async (page) => {
    await page.mouse.move(600, 300);
    await page.click('.ui-controls .on');
    assert.equal(await place(page), 'code');
    assert.equal(await press(page, 'Space'), 'code/0');
    await page.click('.ui-controls .back');
    assert.equal(await press(page, 'Space'), 'code/0');
  }));

test('the canvas fills windows of any shape, without scroll bars', async () => {
  const sizes = [[1280, 720], [1920, 1080], [800, 600], [3000, 700], [700, 1400]];
  for (const deviceScaleFactor of [1, 1.5]) {
    await on({ deviceScaleFactor }, async (page) => {
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        const scale = Math.min(width / 1280, height / 720);
        const box = await page.waitForFunction(
          ([wanted]) => {
            const { scrollWidth, scrollHeight } = document.documentElement;
            const scrolls = scrollWidth > innerWidth || scrollHeight > innerHeight;
            const box = document.querySelector('.present').getBoundingClientRect().toJSON();
            return Math.abs(box.width - wanted) < 0.1 && !scrolls && box;
          },
          [1280 * scale],
        );
        const { left, right, top, bottom } = await box.jsonValue();
        assert.ok(Math.abs(left + right - width) <= 2 && Math.abs(top + bottom - height) <= 2);
      }
    });
  }
});

test('a narrow window has an article with everything in it, and a wider one the same slide', () =>
  on({ viewport: { width: 390, height: 844 }, hash: '#/steps' }, async (page) => {
    assert.deepEqual(await page.$$eval('section', (all) => all.map((it) => it.hidden)), Array(7).fill(false));
    assert.ok(await page.isVisible('#steps li >> nth=0'));
    assert.ok(await page.isVisible('#steps aside'));
    assert.equal(await focused(page), null);
    assert.ok(Math.abs(await page.$eval('#steps', (it) => it.getBoundingClientRect().top)) < 2);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.waitForFunction(() => document.documentElement.classList.contains('stage'));
    assert.equal(await place(page), 'steps');
    assert.equal(await page.isVisible('#start h2'), false);
  }));

test('without JavaScript the page is the article', () =>
  on({ javaScriptEnabled: false, allow: [] }, async (page) => {
    const tops = [];
    for (const id of ['start', 'code', 'steps', 'more']) {
      const box = await page.locator(`#${id} h2`).boundingBox();
      tops.push(box.y);
    }
    assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
    assert.ok(await page.isVisible('#steps li >> nth=0'));
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.b'), '::after').content), 'none');
  }));

for (const javaScriptEnabled of [true, false]) {
  test(`print is one slide a page, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () =>
    on({ javaScriptEnabled, hash: '#/code' }, async (page) => {
      const path = `${paths['deck.html']}.pdf`;
      await page.pdf({ path, preferCSSPageSize: true });
      const { stdout: info } = await run('pdfinfo', [path]);
      assert.match(info, /Pages: +7\n/);
      assert.match(info, /Page size: +960 x 540 pts/);
      const { stdout: text } = await run('pdftotext', ['-f', '3', '-l', '3', path, '-']);
      assert.match(text, /Steps[^]*fourth[^]*fifth/);
      assert.doesNotMatch(text, /Say/);
    }));
}

test('a screen reader hears the slide\'s label, and what a step brings', () =>
  on({}, async (page) => {
    const says = (text) =>
      page.waitForFunction((text) => document.querySelector('.ui-status').textContent === text, text);
    await press(page, 'n');
    await says('2 of 7: Code');
    await press(page, 'n', 'n');
    await says('after one focus');
    assert.deepEqual(
      await page.$$eval('section:not([aria-hidden])', (all) => all.map((it) => it.id)),
      ['code'],
    );
  }));

test('the classes of slides are reveal.js\'s', () =>
  on({ hash: '#/steps/1' }, async (page) => {
    const classes = await page.$$eval('section', (all) =>
      all.map((it) => ['past', 'present', 'future'].filter((name) => it.classList.contains(name)).join()),
    );
    assert.deepEqual(classes, ['past', 'past', 'present', 'future', 'future', 'future', 'future']);
    assert.equal(await page.getAttribute('#steps', 'data-fragment'), '1');
  }));

test('window.Reveal moves the deck and tells of it', () =>
  on({}, async (page) => {
    const told = await page.evaluate(() => {
      const { Reveal } = window;
      const events = [];
      const note = (event) => events.push(`${event.type} ${event.currentSlide?.id ?? event.fragment?.className}`);
      for (const type of ['slidechanged', 'fragmentshown', 'fragmenthidden']) Reveal.on(type, note);
      Reveal.next();
      Reveal.next();
      Reveal.prev();
      Reveal.slide(2, 0, 1);
      Reveal.off('slidechanged', note);
      Reveal.slide(0);
      return { events, total: Reveal.getTotalSlides(), state: Reveal.getState(), ready: Reveal.isReady() };
    });
    assert.deepEqual(told, {
      events: [
        'slidechanged code',
        'fragmentshown fragment focus visible current-fragment',
        'fragmenthidden fragment focus',
        'fragmentshown fragment visible',
        'slidechanged steps',
      ],
      total: 7,
      state: { indexh: 0, indexv: 0, indexf: undefined, paused: false, overview: false },
      ready: true,
    });
  }));

test('progress is full on the last slide before the backup slides', () =>
  on({ hash: '#/end' }, async (page) => {
    assert.equal(await page.evaluate(() => window.Reveal.getProgress()), 1);
    await press(page, 'n');
    assert.equal(await page.evaluate(() => window.Reveal.getProgress()), 1);
    await press(page, 'Home');
    assert.equal(await page.evaluate(() => window.Reveal.getProgress()), 0);
  }));

test('a step fades in within 200 ms, or at once when motion is to be reduced', async () => {
  // Gives the seconds of every fade of the slide since it was last asked.
  const fades = async (page) => {
    await page.waitForTimeout(300);
    return page.evaluate(() => window.fades.splice(0));
  };
  for (const reducedMotion of ['reduce', 'no-preference']) {
    await on({ reducedMotion, hash: '#/steps' }, async (page) => {
      await page.evaluate(() => {
        window.fades = [];
        addEventListener('transitionrun', ({ target }) => {
          if (target.closest('.present')) window.fades.push(parseFloat(getComputedStyle(target).transitionDuration));
        });
      });
      await press(page, 'n');
      const all = await fades(page);
      assert.equal(all.length > 0, reducedMotion === 'no-preference');
      assert.ok(all.every((seconds) => seconds < 0.2), all.join());
      await press(page, 'Home', 'End');
      await page.evaluate(() => window.Reveal.slide(2));
      assert.equal(await place(page), 'steps/4');
      assert.deepEqual(await fades(page), [], 'what one comes back to does not fade in');
    });
  }
});

test('the script may also stand at the end of the page', () =>
  on({ file: 'late.html', hash: '#/code' }, async (page) => {
    assert.equal(await press(page, 'n'), 'code/0');
  }));

test('the script and the style are small and make no code from text', async () => {
  const { html, remove } = await build(join(root, 'tests/browser/decks/steps.md'), '--html');
  const [, shipped] = (await readFile(html, 'utf8')).match(/<script>([^]*?)<\/script>/);
  await remove();
  const size = gzipSync(style + shipped, { level: 9 }).length;
  assert.ok(size <= 30_000, `${size} bytes`);
  assert.doesNotMatch(script, /\beval\b|new Function|innerHTML|document\.write/);
});

test('the types of the script hold', () =>
  run('node', ['tests/node_modules/typescript/bin/tsc', '-p', 'tests/browser/tsconfig.json'], {
    cwd: new URL('../..', import.meta.url),
  }).catch((error) => assert.fail(error.stdout)));
