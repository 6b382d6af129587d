// `deckc serve` where things go wrong: slides that break, files that go, browsers
// that sleep, and clients that never finish what they begin.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './deck.mjs';
import {
  browser,
  CODE,
  DOT,
  INCLUDE,
  PICTURE,
  place,
  press,
  QUEUE,
  serving,
  shows,
  SLIDES,
  status,
  text,
  TITLE,
  TOO_LONG,
} from './serving.mjs';

const BROKEN = '## Another name\n\n![A dot](none.svg)';
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

test('a slide that breaks keeps its picture, whatever it is called by then', () =>
  serving([], async ({ page, context, write, url }) => {
    await write([TITLE, QUEUE, CODE, BROKEN, INCLUDE]);
    await page.locator('.live-findings').waitFor();
    await page.evaluate(() => window.Reveal.slide(3));
    // The page that was open, and one that comes later.
    const other = await context.newPage();
    await other.goto(`${url}#/3`);
    for (const it of [page, other]) {
      await it.locator('.live-findings article.error').waitFor();
      assert.match(await it.locator('.live-findings').innerText(), /last good version/);
      assert.match(await it.locator('.slides > .present').innerText(), /A picture/);
      const seen = (img) => img.decode().then(() => img.naturalWidth > 0, () => false);
      assert.equal(await it.locator('.slides > .present img').evaluate(seen), true);
    }
    await write([TITLE, QUEUE, CODE, BROKEN.replace('none', 'dot'), INCLUDE]);
    for (const it of [page, other]) {
      await it.locator('.live-findings').waitFor({ state: 'hidden' });
      assert.match(await it.locator('.slides > .present').innerText(), /Another name/);
    }
    // A slide that came broken beside one that stays takes nothing from it.
    await write([TITLE, BROKEN.replace('name', 'one'), QUEUE, CODE, INCLUDE]);
    await page.locator('#another-one.live-broken').waitFor({ state: 'attached' });
  }));

test('slides that come and go leave the others, and what is shown, as they were', () =>
  serving([], async ({ page, write }) => {
    const untitled = ['- One\n- Two', '::: steps\n- Three\n- Four\n:::', '> Five'];
    const same = (slides, at) => slides.map((_, i) => i !== at);
    const marked = () => page.evaluate(() => window.Reveal.getSlides().map((it) => it.mark === 'the same'));
    await page.evaluate(() => {
      window.seen = 0;
      window.Reveal.on('liveupdate', () => window.seen++);
    });
    const numbers = () => page.$$eval('.slides > section', (all) => all.map((it) => [it.dataset.number, it.getAttribute('aria-label'), it.querySelector('.slide-number')?.textContent].join('; ')));
    const edit = async (slides, wanted) => {
      const seen = await page.evaluate(() => window.seen);
      await write(slides);
      await page.waitForFunction((seen) => window.seen > seen, seen);
      assert.deepEqual(await place(page), wanted);
    };
    await edit([TITLE, QUEUE, ...untitled], ['pools', null, false]);
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight');
    assert.deepEqual(await place(page), ['the-queue', 1, false]);
    await page.evaluate(() => {
      for (const slide of window.Reveal.getSlides()) slide.mark = 'the same';
    });
    // Only their numbers are others.
    const more = [TITLE, '## More\n\ntext', QUEUE, ...untitled];
    await edit(more, ['the-queue', 1, false]);
    assert.deepEqual(await marked(), same(more, 1));
    assert.deepEqual((await numbers()).slice(1, 4), ['2; 2 of 6: More; 2', '3; 3 of 6: The queue; 3', '4; 4 of 6; 4']);
    // A copy comes before it, which takes its name.
    await edit([TITLE, '## The queue\n\nA copy', QUEUE, ...untitled], ['the-queue-2', 1, false]);
    // One that is called by where it stands.
    await page.evaluate(() => window.Reveal.slide(4));
    await press(page, 'ArrowRight');
    await edit([TITLE, '- Zero', '- And a half', QUEUE, ...untitled], ['slide-6', 0, false]);
    assert.match(await page.locator('.slides > .present').innerText(), /Three/);
    await edit([TITLE, ...untitled], ['slide-3', 0, false]);
    assert.deepEqual(await marked(), same([TITLE, ...untitled], -1));
    // One before it that is broken from the start stands for none of them.
    await edit([TITLE, '![A dot](none.svg)', ...untitled], ['slide-4', 0, false]);
    await page.locator('#slide-2.live-broken').waitFor({ state: 'attached' });
    await edit([TITLE, ...untitled], ['slide-3', 0, false]);
    // It is edited, renamed and moved on at once.
    await edit([TITLE, '## One\n\ntext', ...untitled.with(1, `## Two\n\n${untitled[1]}`)], ['two', 0, false]);
    // The deck is broken as a whole while slides come.
    await write(`---\ntheme: none\n---\n${text([TITLE, '## None\n\ntext', QUEUE, ...untitled])}`);
    await page.locator('.live-findings article.error').first().waitFor();
    assert.deepEqual(await place(page), ['two', 0, false]);
    await write([TITLE, '## None\n\ntext', '## Two\n\n::: steps\n- Three\n- Four\n:::']);
    await page.locator('.live-findings').waitFor({ state: 'hidden' });
    assert.deepEqual(await place(page), ['two', 0, false]);
  }));

test('a page that is loaded anew comes back to slide, step and overview', () =>
  serving([], async ({ page, write }) => {
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'o');
    assert.deepEqual(await place(page), ['the-queue', 1, true]);
    for (const lang of ['de', 'fr']) {
      await write(`---\nlang: ${lang}\n---\n${text([TITLE, '## More\n\ntext', QUEUE])}`);
      await page.waitForFunction((lang) => document.documentElement.lang === lang && window.Reveal?.isReady(), lang);
      assert.deepEqual(await place(page), ['the-queue', 1, true]);
    }
  }));

test('--follow goes to a slide that breaks, that comes, and stays where it was edited', () =>
  serving(['--follow'], async ({ folder, page, write }) => {
    const at = (h) => page.waitForFunction((h) => window.Reveal.getIndices().h === h, h);
    await write([TITLE, TOO_LONG, CODE, PICTURE, INCLUDE]);
    await at(1);
    await page.locator('.live-findings article.error').waitFor();
    await write([TITLE, QUEUE, CODE, PICTURE, INCLUDE]);
    await page.locator('.live-findings').waitFor({ state: 'hidden' });
    await write([TITLE, QUEUE, CODE, PICTURE, '## One more\n\ntext', INCLUDE]);
    await at(4);
    // The included deck is no file of another slide.
    await writeFile(join(folder, 'shared/end.md'), '## The end\n\n- Bye\n');
    await at(5);
    await writeFile(join(folder, 'dot.svg'), DOT.replace('#fff', '#f80'));
    await at(3);
    await press(page, 'Home');
    await rm(join(folder, 'dot.svg'));
    await at(3);
    await press(page, 'Home');
    await writeFile(join(folder, 'dot.svg'), DOT);
    await at(3);
    // A layout changes nearly all of them: the one that is looked at stays.
    await press(page, 'ArrowRight');
    await mkdir(join(folder, 'layouts'));
    const layout = await readFile(join(root, 'layouts/content.toml'), 'utf8');
    const left = () => page.$eval('.slides > .present .slot', (it) => it.offsetLeft);
    const before = await left();
    await write(layout.replaceAll('"52pt"', '"90pt"'), 'layouts/content.toml');
    await page.waitForFunction((before) => document.querySelector('.slides > .present .slot').offsetLeft !== before, before);
    assert.equal((await place(page))[0], 'one-more');
  }));

test('a page that has no slide to show yet opens the editor, and misses nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-editor-'));
  const script = join(folder, 'edit');
  await writeFile(script, `#!/bin/sh\nprintf '%s ' "$@" > '${folder}/opened'\n`, { mode: 0o755 });
  const broken = "printf -- '---\\ntheme: none\\n---\\n# A\\n' > deck.md;";
  const under = (command, ...args) => ['sh', ['-c', `${broken} exec "$@"`, 'sh', command, ...args]];
  await serving(
    ['--editor', script],
    async ({ folder: deck, page, write }) => {
      await page.getByRole('button', { name: 'deck.md:2' }).click();
      for (let i = 0; i < 100 && !(await readFile(join(folder, 'opened'), 'utf8').catch(() => '')); i++) await wait(20);
      assert.equal((await readFile(join(folder, 'opened'), 'utf8')).trim(), `${deck}/deck.md`);
      // What happens before the page listens is seen when it does.
      await page.route('**/-/events', async (route) => {
        await write(SLIDES);
        await wait(400);
        await route.continue();
      }, { times: 1 });
      await page.reload();
      await page.waitForFunction(() => window.Reveal?.getTotalSlides() === 5);
    },
    under,
    (page) => page.locator('article.error').waitFor(),
  );
  await rm(folder, { recursive: true });
});

test('a file, its folder and the deck itself may go and come back', () =>
  serving([], async ({ folder, page, write }) => {
    const error = page.locator('.live-findings article.error').first();
    const hidden = () => page.locator('.live-findings').waitFor({ state: 'hidden' });
    const moves = async (name) => {
      await rename(join(folder, name), join(folder, 'elsewhere'));
      await error.waitFor();
      assert.equal(await page.locator('.slides > section').count(), SLIDES.length);
      await rename(join(folder, 'elsewhere'), join(folder, name));
      await hidden();
    };
    await page.evaluate(() => window.Reveal.slide(3));
    await moves('dot.svg');
    await page.evaluate(() => window.Reveal.slide(4));
    await moves('shared');
    await moves('deck.md');
    assert.match(await page.locator('.slides').textContent(), /One worker/);
    // What was never there.
    await write([TITLE, QUEUE, CODE, '## A picture\n\n![A dot](deep/er.svg)', INCLUDE]);
    await page.evaluate(() => window.Reveal.slide(3));
    await error.waitFor();
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep/er.svg'), await readFile(join(folder, 'dot.svg')));
    await hidden();
    // The same bytes in the place of others, with an old time.
    const name = join(folder, 'deep/er.svg');
    await writeFile(`${name}~`, DOT.replace('#fff', '#08f'));
    await utimes(`${name}~`, 1, 1);
    await wait(200);
    const src = await page.$eval('.slides > .present img', (it) => it.src);
    await rename(`${name}~`, name);
    await page.waitForFunction((src) => document.querySelector('.slides > .present img').src !== src, src);
  }));

test('clients that never finish keep nobody out', () =>
  serving(
    [],
    async ({ page, context, write, url }) => {
      const { port } = new URL(url);
      const idle = [];
      for (let i = 0; i < 400; i++) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => {});
        if (i % 2) socket.write('GET / HTTP/1.1\r\nHost: ');
        idle.push(socket);
      }
      await wait(300);
      await write([TITLE, QUEUE.replace('One', 'Twenty'), CODE, PICTURE, INCLUDE]);
      await shows(page, 'Twenty worker');
      for (const socket of idle) socket.destroy();
      await wait(300);
      assert.equal(await status(url), 200);
      const other = await context.newPage();
      await other.goto(url);
      await shows(other, 'Twenty worker');
    },
    // Fewer files than clients.
    (command, ...args) => ['sh', ['-c', 'ulimit -n 256; exec "$@"', 'sh', command, ...args]],
  ));

test('what is no request is refused, and what is too large', () =>
  serving([], async ({ url }) => {
    const { host, port } = new URL(url);
    const answer = (bytes) =>
      new Promise((found) => {
        let said = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
        socket.on('data', (data) => (said += data));
        socket.on('close', () => found(said.split('\r\n')[0]));
      });
    assert.match(await answer('\x16\x03\x01\x02'), /^HTTP\/1.1 400/);
    assert.match(await answer(`GET /${'a'.repeat(40_000)} HTTP/1.1\r\n\r\n`), /^HTTP\/1.1 431/);
    assert.match(await answer('GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1.1 403/);
    assert.match(await answer(`GET / HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}\r\n\r\n`), /^HTTP\/1.1 403/);
    assert.match(await answer(`POST /-/at HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9999999\r\n\r\n`), /^HTTP\/1.1 413/);
    assert.match(await answer(`HEAD / HTTP/1.1\r\nHost: ${host}\r\n\r\n`), /^HTTP\/1.1 200/);
    // Paths that are no longer below the root once they are read.
    for (const path of ['/%2e%2e/deck.md', '/..%2fdeck.md', '/-/picture/..%2f..%2fdeck.md', '/-/picture/%00', '/deck.md%00.pdf']) {
      assert.match(await answer(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`), /^HTTP\/1.1 404/, path);
    }
  }));

/** Makes a page believe that nobody sees it, or that somebody does again. */
const see = (page, state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('more tabs than a browser has connections, of which one is seen', () =>
  serving([], async ({ page, context, write, url }) => {
    await press(page, 'ArrowRight');
    await see(page, 'hidden');
    for (let i = 0; i < 8; i++) {
      const tab = await context.newPage();
      await tab.goto(url);
      await tab.waitForFunction(() => window.Reveal?.isReady());
      await see(tab, 'hidden');
    }
    await write([TITLE, QUEUE.replace('One', 'Forty'), CODE, PICTURE, INCLUDE]);
    await wait(300);
    assert.doesNotMatch(await page.locator('.slides').textContent(), /Forty/);
    await see(page, 'visible');
    await shows(page, 'Forty worker');
    assert.deepEqual(await place(page), ['the-queue', -1, false]);
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains('live-lost')), false);
  }));

test('a browser that slept shows what is there when it wakes', () =>
  serving([], async ({ page, context, write }) => {
    const session = await context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (let i = 0; i <= 40; i++) {
      await write(text(SLIDES).replace('One worker', `Save ${i}.`));
      await wait(60);
    }
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await shows(page, 'Save 40.');
  }));
