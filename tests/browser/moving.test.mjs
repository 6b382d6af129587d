// What moves: an animated GIF and a video in Chromium, and what a PDF has of them.
// The pictures and videos of the fixture were drawn on a canvas and recorded by
// Chromium's MediaRecorder.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, launch, open, root } from './deck.mjs';
import { serving } from './serving.mjs';

const deck = `${root}/tests/browser/decks/backgrounds.md`;
let browser;
let made;
before(async () => {
  [browser, made] = await Promise.all([launch(), build(deck, '--pdf')]);
});
after(async () => {
  await browser.close();
  await made.remove();
});

const show = (hash, options) => open(browser, made.html, { hash, ...options });
const shot = (page, selector) => page.locator(selector).screenshot().then((png) => png.toString('base64'));
const state = (page) => page.$eval('video', ({ paused, currentTime, videoWidth }) => ({ paused, currentTime, videoWidth }));
const plays = (page) => page.waitForFunction(() => {
  const video = document.querySelector('video');
  return !video.paused && video.currentTime > 0.1;
});

test('a GIF moves', async () => {
  const { page, complaints, context } = await show('#gif');
  const first = await shot(page, '#gif img');
  // Its frames stand for a fifth of a second each.
  let seen = first;
  for (let tries = 0; tries < 50 && seen === first; tries += 1) {
    await page.waitForTimeout(50);
    seen = await shot(page, '#gif img');
  }
  assert.notEqual(seen, first);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a GIF stands still where less motion is asked for', async () => {
  const { page, complaints, context } = await show('#gif', { reducedMotion: 'reduce' });
  const shots = new Set();
  for (let times = 0; times < 6; times += 1) {
    shots.add(await shot(page, '#gif img'));
    await page.waitForTimeout(150);
  }
  assert.equal(shots.size, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a video that is shown twice is in the page once, and plays on both slides', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-twice-'));
  for (const name of ['workers.mp4', 'workers.png']) await copyFile(`${root}/tests/browser/decks/img/${name}`, join(folder, name));
  await copyFile(join(folder, 'workers.mp4'), join(folder, 'again.mp4'));
  const slide = (name, file) => `# ${name}\n\n![A queue](${file}){poster=workers.png autoplay muted}`;
  await writeFile(join(folder, 'twice.md'), `${slide('One', 'workers.mp4')}\n\n---\n\n${slide('Two', 'again.mp4')}\n`);
  const twice = await build(join(folder, 'twice.md'));
  const text = await readFile(twice.html, 'utf8');
  for (const kind of ['video/mp4', 'image/png']) assert.equal(text.split(`data:${kind};base64,`).length, 2, kind);
  const { page, complaints, context } = await open(browser, twice.html);
  for (const name of ['one', 'two']) {
    await page.waitForFunction((name) => {
      const video = document.querySelector(`#${name} video`);
      return !video.paused && video.currentTime > 0.1 && video.poster.startsWith('data:');
    }, name);
    await page.keyboard.press('ArrowRight');
  }
  assert.deepEqual(complaints, []);
  await context.close();
  await twice.remove();
  await rm(folder, { recursive: true });
});

test('a video plays while its slide is shown', async () => {
  const { page, complaints, context } = await show('#gif');
  assert.equal((await state(page)).paused, true);
  await page.keyboard.press('ArrowRight');
  await plays(page);
  const { videoWidth } = await state(page);
  assert.equal(videoWidth, 640);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => window.Reveal.getCurrentSlide().id), 'after');
  assert.equal((await state(page)).paused, true);
  await page.keyboard.press('ArrowLeft');
  await plays(page);
  await page.keyboard.press('b');
  assert.equal((await state(page)).paused, true);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a preview plays a video, and jumps in it', async () => {
  await serving([], async ({ folder, page, write }) => {
    for (const name of ['workers.mp4', 'workers.png']) await copyFile(`${root}/tests/browser/decks/img/${name}`, join(folder, name));
    await write('# Workers\n\n![A queue](workers.mp4){poster=workers.png autoplay muted}\n');
    await page.waitForSelector('video');
    await plays(page);
    const at = await page.$eval('video', async (video) => {
      video.pause();
      const there = new Promise((done) => video.addEventListener('seeked', done, { once: true }));
      video.currentTime = video.duration / 2;
      await there;
      return video.currentTime / video.duration;
    });
    assert.ok(Math.abs(at - 0.5) < 0.01, `${at}`);
  });
});

test('a video with the focus has the space bar, and the deck the other keys', async () => {
  const { page, context } = await show('#video');
  await plays(page);
  await page.locator('video').focus();
  await page.keyboard.press('Space');
  assert.equal((await state(page)).paused, true);
  assert.equal(await page.evaluate(() => window.Reveal.getCurrentSlide().id), 'video');
  await page.keyboard.press('PageDown');
  assert.equal(await page.evaluate(() => window.Reveal.getCurrentSlide().id), 'after');
  await context.close();
});

test('a video does not start by itself where less motion is asked for', async () => {
  const { page, context } = await show('#video', { reducedMotion: 'reduce' });
  await page.waitForTimeout(300);
  assert.equal((await state(page)).paused, true);
  await context.close();
});

test('without a script a video has its poster, its name and its controls', async () => {
  const { page, context } = await show('', { javaScriptEnabled: false });
  const video = page.locator('video');
  assert.equal(await video.getAttribute('aria-label'), 'Four workers');
  assert.notEqual(await video.getAttribute('controls'), null);
  assert.match(await video.getAttribute('poster'), /^data:image\/png/);
  await context.close();
});

test('only a page with a video may load media, and only from itself', async () => {
  const policy = (page) => page.$eval('meta[http-equiv]', (meta) => meta.content);
  const { page, context } = await show('');
  assert.match(await policy(page), /media-src data:;/);
  await context.close();
  const without = await build(`${root}/tests/browser/decks/text.md`);
  const other = await open(browser, without.html);
  assert.doesNotMatch(await policy(other.page), /media-src/);
  await other.context.close();
  await without.remove();
});
