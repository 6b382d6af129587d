// `deckc serve` as an author has it: a server that runs, files that change under
// it in every way that editors and version control have, and Chromium.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deckc, python, root, run } from './deck.mjs';
import {
  browser,
  clean,
  CODE,
  DOT,
  INCLUDE,
  lacks,
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

test('only the slide that changed is swapped, and the place stays', () =>
  serving([], async ({ page, write }) => {
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight');
    assert.deepEqual(await place(page), ['the-queue', 1, false]);
    await page.evaluate(() => {
      for (const slide of window.Reveal.getSlides()) slide.mark = 'the same';
    });
    const marks = () => page.evaluate(() => window.Reveal.getSlides().map((it) => it.mark ?? 'new'));

    await write([TITLE, QUEUE.replace('Two', 'Twelve'), CODE, PICTURE, INCLUDE]);
    await shows(page, 'Twelve workers');
    assert.deepEqual(await place(page), ['the-queue', 1, false]);
    assert.deepEqual(await marks(), ['the same', 'new', 'the same', 'the same', 'the same']);
    const visible = await page.$$eval('#the-queue .fragment', (all) =>
      all.map((it) => `${it.classList.contains('visible')}: ${it.textContent.trim().split('\n')[0]}`),
    );
    assert.ok(visible.includes('true: Twelve workers') && visible.includes('false: Three workers'), visible);

    // A paragraph more names no block of another slide anew.
    await write([`${TITLE}\n\nAnd more`, QUEUE, CODE, PICTURE, INCLUDE]);
    await shows(page, 'And more');
    assert.deepEqual((await marks()).slice(2), ['the same', 'the same', 'the same']);

    await press(page, 'o');
    await write([TITLE, CODE, QUEUE.replace('Three', 'Thirty'), PICTURE, INCLUDE]);
    await shows(page, 'Thirty workers');
    assert.deepEqual(await place(page), ['the-queue', 1, true]);
    assert.equal(await page.evaluate(() => window.Reveal.getIndices().h), 2);

    // The slide that is shown goes: what stands in its place is shown.
    await press(page, 'o');
    await write([TITLE, CODE, PICTURE]);
    await lacks(page, 'The queue');
    assert.equal((await place(page))[0], 'a-picture');
  }));

test('what the page shows is what a build shows', () =>
  serving([], async ({ folder, page, write, url }) => {
    await write([TITLE, QUEUE, CODE.replace('close', 'open'), '## Новое 🚀\n\ntext', PICTURE, INCLUDE]);
    await shows(page, 'Новое');
    await run(deckc, ['build', '--notes'], { cwd: folder });
    const built = await page.context().newPage();
    await built.goto(`file://${folder}/deck.html`);
    const look = (of) =>
      of.evaluate(async () => {
        await document.fonts.ready;
        return window.Reveal.getSlides().map((section) => {
          section.removeAttribute('hidden');
          const boxes = [...section.querySelectorAll('.slot *')].map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const { color, font } = getComputedStyle(element);
            return [element.tagName, x, y, width, height, color, font].join(' ');
          });
          section.setAttribute('hidden', 'until-found');
          return [section.textContent, ...boxes];
        });
      });
    assert.deepEqual(await look(page), await look(built));
    const pdf = await fetch(`${url}deck.pdf`);
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    await run(deckc, ['build'], { cwd: folder });
    assert.ok(Buffer.from(await pdf.arrayBuffer()).equals(await readFile(join(folder, 'deck.pdf'))));
  }));

test('every way to change a file is seen', () =>
  serving([], async ({ folder, page, write }) => {
    const git = (...args) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');

    await write(text(SLIDES).replace('One worker', 'Saved in place'));
    await shows(page, 'Saved in place');
    // As vim and others do: another file takes the place.
    await write(text(SLIDES).replace('One worker', 'Saved beside'), 'deck.md~');
    await rename(join(folder, 'deck.md~'), join(folder, 'deck.md'));
    await shows(page, 'Saved beside');
    // Taken away first.
    await rm(join(folder, 'deck.md'));
    await new Promise((done) => setTimeout(done, 60));
    await write(text(SLIDES).replace('One worker', 'Saved after'));
    await shows(page, 'Saved after');
    assert.equal(await page.locator('.live-findings').isVisible(), false);
    git('checkout', '-q', '--', '.');
    await shows(page, 'One worker');

    await write('## The end\n\n- Goodbye\n', 'shared/end.md');
    await shows(page, 'Goodbye');
    const src = () => page.$eval('#a-picture img', (it) => it.src);
    const first = await src();
    await write(DOT.replace('#fff', '#f80'), 'dot.svg');
    await page.waitForFunction((first) => document.querySelector('#a-picture img').src !== first, first);
    assert.equal(await page.$eval('#a-picture img', async (it) => (await it.decode(), it.naturalWidth > 0)), true);
    // A layout that was not there.
    await mkdir(join(folder, 'layouts'));
    const layout = await readFile(join(root, 'layouts/content.toml'), 'utf8');
    const left = () => page.$eval('.slides > .present .slot', (it) => it.offsetLeft);
    await press(page, 'ArrowRight');
    const before = await left();
    await write(layout.replaceAll('"52pt"', '"90pt"'), 'layouts/content.toml');
    await page.waitForFunction((before) => document.querySelector('.slides > .present .slot').offsetLeft !== before, before);
    // Many saves at once: the last one holds.
    for (let i = 0; i <= 30; i++) await write(text(SLIDES).replace('One worker', `Save ${i}.`));
    await shows(page, 'Save 30.');
  }));

test('findings stand over the slide that they concern, with its last good version beneath', () =>
  serving([], async ({ folder, page, write }) => {
    await press(page, 'ArrowRight');
    await write([TITLE, TOO_LONG, CODE.replace('close', 'drain'), PICTURE, INCLUDE]);
    // The others go on.
    await shows(page, 'drain(jobs)');
    const panel = page.locator('.live-findings');
    await panel.locator('article.error').waitFor();
    assert.match(await panel.innerText(), /last good version/);
    assert.match(await page.locator('#the-queue').innerText(), /The queue/);
    assert.doesNotMatch(await page.locator('#the-queue').innerText(), /word word/);
    const said = await run(deckc, ['check'], { cwd: folder }).catch((error) => error);
    const shown = await panel.locator('article.error pre').first().innerText();
    assert.ok(clean(said.stdout).includes(shown.trim()), `${shown}\n--- is not in\n${said.stdout}`);
    assert.match(shown, /overflow[^]*deck\.md:\d+:\d+[^]*help/);
    // On another slide it is not shown, but how to get there.
    await page.evaluate(() => window.Reveal.slide(2));
    assert.equal(await panel.locator('article').count(), 0);
    await panel.getByLabel('Findings on slide 2').click();
    assert.equal((await place(page))[0], 'the-queue');
    await write(SLIDES);
    await panel.waitFor({ state: 'hidden' });

    // What concerns no slide leaves all of them as they were.
    await write(`---\ntheme: none\n---\n${text(SLIDES)}`);
    await panel.locator('article.error').waitFor();
    assert.equal(await page.locator('.slides > section').count(), SLIDES.length);
    await write(SLIDES);
    await panel.waitFor({ state: 'hidden' });
    // A slide that was never whole.
    await write([TITLE, '## Never\n\n![](none.png)', QUEUE, CODE, PICTURE, INCLUDE]);
    await page.locator('.live-broken').waitFor({ state: 'attached' });
    assert.equal(await page.locator('.slides > section').count(), SLIDES.length + 1);
  }));

test('a deck that cannot be shown at first is shown when it can', () =>
  serving([], async ({ folder, page, write }) => {
    await write('---\ntheme: none\n---\n# A\n');
    await page.locator('article.error').first().waitFor();
    const server = spawn(deckc, ['serve', '--port', '0'], { cwd: folder });
    try {
      const said = await new Promise((found) => {
        let all = '';
        server.stderr.on('data', (data) => (/http:\S+;/.test((all += data)) ? found(all) : null));
      });
      await page.goto(said.match(/http:\/\/\S+\/(?=;)/)[0]);
      assert.match(await page.locator('article.error').innerText(), /theme `none`/);
      await write(SLIDES);
      await page.waitForFunction(() => window.Reveal?.getTotalSlides() === 5);
    } finally {
      server.kill('SIGKILL');
    }
  }));

test('--follow goes to the slide that was edited, and a click shows its line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-editor-'));
  const script = join(folder, 'my editor');
  await writeFile(script, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/opened'\n`, { mode: 0o755 });
  await serving(['--follow', '--editor', `'${script}' -g {file}:{line}`], async ({ folder: deck, page, write }) => {
    await write([TITLE, QUEUE, CODE, PICTURE.replace('A picture', 'Look here'), INCLUDE]);
    await page.waitForFunction(() => window.Reveal.getIndices().h === 3);
    await page.locator('#look-here h2').click();
    const at = page.locator('.live-place button');
    const line = text(SLIDES).split('\n').indexOf('## A picture') + 1;
    assert.equal(await at.innerText(), `deck.md:${line}`);
    await at.click();
    const opened = async () => {
      for (let i = 0; i < 100; i++) {
        const text = await readFile(join(folder, 'opened'), 'utf8').catch(() => '');
        if (text.endsWith('\n')) return text;
        await new Promise((done) => setTimeout(done, 20));
      }
      return '';
    };
    assert.equal(await opened(), `-g\n${deck}/deck.md:${line}\n`);
  });
  await rm(folder, { recursive: true });
});

test('a bar tells how full the slots are, and the time', () =>
  serving([], async ({ page, write, url }) => {
    const bar = page.locator('.live-bar');
    assert.equal(await bar.isVisible(), false);
    await press(page, 'ArrowRight', 'i');
    const told = /title \d+ %\s*body \d+ %\s*\d+:\d\d on this slide, \d+:\d\d in all/;
    assert.match(await bar.innerText(), told);
    // As the summary in the terminal: what may be skipped is not planned.
    const planned = text(['<!-- time: 1m -->\n# Pools', `<!-- time: 2m -->\n${QUEUE}`, '<!-- role: optional, time: 9m -->\n## More\n\ntext', '<!-- role: backup, time: 5m -->\n## Behind\n\ntext']);
    await write(`---\nslot: 10m\n---\n${planned}`);
    await bar.getByText(/ of \d+:\d\d in all/).waitFor();
    const [, total] = (await bar.innerText()).match(/(\d+:\d\d of \d+:\d\d) in all/);
    const { summary } = await (await fetch(`${url}-/state`)).json();
    assert.match(summary, new RegExp(` ${total} planned`));
    // Another language is a page loaded anew, at the same place.
    await write(`---\nlang: de\n---\n${text(SLIDES)}`);
    await page.waitForFunction(() => document.documentElement.lang === 'de' && window.Reveal?.isReady());
    await page.waitForFunction(() => window.Reveal.getIndices().h === 1);
    assert.match(await bar.innerText(), told);
    await press(page, 'i');
    assert.equal(await bar.isVisible(), false);
  }));

test('two browsers and the presenter view follow', () =>
  serving([], async ({ page, context, write, url }) => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(url);
    const opens = context.waitForEvent('page');
    await press(page, 's');
    const presenter = await opens;
    await presenter.locator('.p-next').waitFor();
    await press(presenter, 'ArrowRight');
    await page.waitForFunction(() => window.Reveal.getIndices().h === 1);
    assert.match(await presenter.locator('.p-text').innerText(), /Say it slowly/);
    await write([TITLE, QUEUE.replace('slowly', 'twice').replace('One', 'Four'), CODE, PICTURE, INCLUDE]);
    for (const it of [page, other, presenter]) await shows(it, 'Four worker');
    await presenter.locator('.p-text').getByText('Say it twice').waitFor();
    // A slide more: the presenter view knows its time, and both go on together.
    await write([TITLE, '## More\n\ntext', ...SLIDES.slice(1)]);
    await shows(page, 'More');
    await presenter.waitForFunction(() => window.Reveal?.getTotalSlides() === 6);
    await presenter.locator('.p-next').waitFor();
    await press(presenter, 'End');
    await page.waitForFunction(() => window.Reveal.isLastSlide());
    await other.context().close();
  }));

test('nobody else is answered', () =>
  serving(['--editor', 'true'], async ({ url }) => {
    assert.equal(await status(url), 200);
    assert.equal(await status(url, { headers: { host: 'deck.example' } }), 403);
    assert.equal(await status(`${url}-/events`, { headers: { host: 'deck.example' } }), 403);
    const open = (headers, path) =>
      status(`${url}-/open`, { method: 'POST', headers, body: JSON.stringify({ path, line: 1 }) });
    assert.equal(await open({}, 'deck.md'), 204);
    assert.equal(await open({ origin: 'http://deck.example' }, 'deck.md'), 403);
    for (const path of ['../deck.md', '/etc/passwd', 'dot.svg']) assert.equal(await open({}, path), 404, path);
    for (const path of ['/../deck.md', '/deck.md', '/-/picture/../../deck.md', '//etc/passwd', '/-/remote']) {
      assert.equal(await status(url, {}, path), 404, path);
    }
    assert.equal(await status(`${url}-/go`, { method: 'POST', body: '{}' }), 403);
  }));

/** What a camera reads of the code that a terminal shows, black on white. */
async function scanned(said, folder) {
  const rows = said.split('\n').filter((row) => /^[ ▀▄█]+$/.test(row));
  const [width, scale] = [Math.max(...rows.map((row) => row.length)), 4];
  const line = (row, dark) =>
    Buffer.from([...row.padEnd(width)].flatMap((it) => Array(scale).fill(dark.includes(it) ? 0 : 255)));
  const lines = rows.flatMap((row) => [line(row, '▀█'), line(row, '▄█')]);
  const pixels = lines.flatMap((it) => Array(scale).fill(it));
  const picture = join(folder, 'code.pgm');
  await writeFile(picture, Buffer.concat([Buffer.from(`P5 ${width * scale} ${pixels.length} 255\n`), ...pixels]));
  const { stdout } = await run(python, [join(root, 'tests/judges/qr.py'), picture]);
  return JSON.parse(stdout)[picture][0];
}

test('--host wants a token, and a telephone steers', () =>
  serving(['--host', '127.0.0.1'], async ({ folder, server, page, context, url, said, write }) => {
    server.removeAllListeners('exit');
    const { origin, pathname } = new URL(url);
    assert.match(pathname, /^\/[0-9a-f]{32}\/$/);
    for (const path of ['/', '/-/events', '/0/', '/deck.pdf']) assert.equal(await status(origin, {}, path), 404, path);
    assert.equal(await scanned(said(), folder), `${url}-/remote`);
    const phone = await context.newPage();
    await phone.goto(`${url}-/remote`);
    await phone.getByText('1 of 5: Pools').waitFor();
    await phone.getByRole('button', { name: 'Next' }).click();
    await phone.getByText('2 of 5: The queue').waitFor();
    await phone.getByText('Say it slowly').waitFor();
    await phone.getByText(/^0:0[1-9]$/).waitFor();
    assert.equal((await place(page))[0], 'the-queue');
    await phone.getByRole('button', { name: 'Previous' }).click();
    await phone.getByText('1 of 5: Pools').waitFor();
    await write([`${TITLE}\n\n<!--\nFirst this.\n\n- Then that\n-->`, QUEUE, CODE, PICTURE, INCLUDE]);
    await phone.getByText('First this.').waitFor();
    assert.equal(await phone.locator('#notes').textContent(), 'First this.\n\n• Then that');
    // The page goes: another one is steered, or nothing.
    await page.goto('about:blank');
    await phone.getByText('Open the deck in a browser').waitFor();
    await page.goto(url);
    await phone.getByText('1 of 5: Pools').waitFor();
    server.kill('SIGTERM');
    await phone.getByText('No connection').waitFor();
  }));

test('Ctrl-C ends it, a page says so, and a port in use is told', () =>
  serving([], async ({ folder, server, page, url }) => {
    const { port } = new URL(url);
    const second = await run(deckc, ['serve', '--port', port], { cwd: folder }).catch((error) => error);
    assert.equal(second.code, 3);
    assert.match(clean(second.stderr), new RegExp(`error: port ${port} is in use[^]*\\d+ is free: .deckc serve --port \\d+`));
    server.removeAllListeners('exit');
    const exit = new Promise((done) => server.on('exit', (code, signal) => done([code, signal])));
    server.kill('SIGINT');
    assert.deepEqual(await exit, [0, null]);
    await page.waitForFunction(() => document.documentElement.classList.contains('live-lost'));
    // Over the bar, too.
    const over = await page.evaluate(() => {
      const at = (of, part) => Number(getComputedStyle(document.querySelector(of), part).zIndex);
      return at('.deck', '::before') > at('.live-bar', null);
    });
    assert.ok(over);
  }));
