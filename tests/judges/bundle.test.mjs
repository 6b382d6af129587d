// The stick: that `verify` finds every damage, and that the bundle opens where
// there is nothing but a browser.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { deckc, root, run } from '../browser/deck.mjs';

let folder;
let usb;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-usb-'));
  usb = join(folder, 'usb');
  await run(deckc, ['bundle', join(root, 'decks/go-concurrency-at-scale.md'), '-o', usb]);
});
after(() => rm(folder, { recursive: true, force: true }));

/** What `verify` says, and its exit code. */
async function verify(path) {
  try {
    return { ...(await run(deckc, ['verify', path])), code: 0 };
  } catch (error) {
    return error;
  }
}

/** Every file below a folder. */
async function files(path) {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((it) => it.isFile()).map((it) => join(it.parentPath ?? it.path, it.name));
}

/** Writes the sums of a folder anew, so that only the content can be wrong. */
async function sum(path) {
  const names = (await files(path)).map((it) => it.slice(path.length + 1)).filter((it) => it !== 'SHA256SUMS');
  const lines = names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(path, name))).digest('hex');
    return `${hash}  ${name}\n`;
  });
  await writeFile(join(path, 'SHA256SUMS'), (await Promise.all(lines)).join(''));
}

test('a bit flipped anywhere is found, in the folder', async () => {
  const { stdout, code } = await verify(usb);
  assert.match(stdout, /: ready: \d+ files, [1-9]\d* slides/);
  assert.equal(code, 0);
  await run('sha256sum', ['-c', '--quiet', '--strict', 'SHA256SUMS'], { cwd: usb });
  for (const [at, file] of (await files(usb)).entries()) {
    const whole = await readFile(file);
    if (whole.length === 0) continue;
    const bit = (at * 7919 + 13) % (whole.length * 8);
    const other = Buffer.from(whole);
    other[bit >> 3] ^= 1 << (bit & 7);
    await writeFile(file, other);
    assert.equal((await verify(usb)).code, 1, `${file}, bit ${bit}`);
    await writeFile(file, whole);
  }
  assert.equal((await verify(usb)).code, 0, 'whole again');
});

test('a bit flipped anywhere in the sums or in a zip is found', async () => {
  const sums = join(usb, 'SHA256SUMS');
  const list = await readFile(sums);
  for (let bit = 0; bit < 90 * 8; bit += 1) {
    const other = Buffer.from(list);
    other[bit >> 3] ^= 1 << (bit & 7);
    await writeFile(sums, other);
    if (bit % 8 === 0 || bit > 64 * 8) assert.equal((await verify(usb)).code, 1, `bit ${bit}`);
  }
  await writeFile(sums, list);
  const zip = join(folder, 'usb.zip');
  await run(deckc, ['bundle', join(root, 'decks/go-concurrency-at-scale.md'), '-o', zip]);
  assert.equal((await verify(zip)).code, 0);
  const whole = await readFile(zip);
  for (let turn = 0; turn < 40; turn += 1) {
    // The frame of the first and last files, and places all over.
    const at = [turn, whole.length - 1 - turn, (turn * 1_000_003) % whole.length][turn % 3];
    const other = Buffer.from(whole);
    other[at] ^= 1 << (turn % 8);
    await writeFile(zip, other);
    assert.equal((await verify(zip)).code, 1, `byte ${at}`);
  }
});

test('what refers outside, or is another deck, is found behind right sums', async () => {
  const other = join(folder, 'other');
  const change = async (name, from, to) => {
    await rm(other, { recursive: true, force: true });
    await cp(usb, other, { recursive: true });
    const file = join(other, name);
    const text = await readFile(file, 'latin1');
    assert.ok(text.includes(from), from);
    await writeFile(file, text.replace(from, to), 'latin1');
    await sum(other);
    return (await verify(other)).stdout;
  };
  assert.match(await change('index.html', '</main>', '<img src="https://example.org/a.png" alt=""></main>'), /loads `https:\/\/example\.org\/a\.png`/);
  assert.match(await change('index.html', '<style>', '<style>@import "x.css";'), /loads/);
  assert.match(await change('index.html', 'default-src &#39;none&#39;', 'default-src *'), /no policy/);
  assert.match(await change('index.html', '</main>', '<p><a href="gone.html">x</a></p></main>'), /`gone\.html`, which is not in the folder/);
  assert.match(await change('index.html', ': One build ends', ': Two builds end'), /not the same slides/);
  assert.match(await change('index.html', '</html>', ''), /cannot be opened/);

  await rm(other, { recursive: true, force: true });
  await cp(usb, other, { recursive: true });
  await run(deckc, ['build', join(root, 'decks/go-performance.md'), '-o', join(other, 'deck.pdf')]);
  await sum(other);
  assert.match((await verify(other)).stdout, /`deck\.pdf` has \d+ pages, `index\.html` has \d+ slides/);

  await writeFile(join(other, 'deck.pdf'), 'no PDF');
  await sum(other);
  assert.match((await verify(other)).stdout, /`deck\.pdf` cannot be opened/);
});

test('the stick presents in a browser without a network', async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  try {
    const page = await browser.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = pathToFileURL(join(usb, 'index.html')).href;
    await page.goto(address);
    await page.keyboard.press('ArrowRight');
    assert.ok(await page.locator('aside.notes').first().count(), 'notes are there');
    assert.equal(await page.locator('section.present').count(), 1);
    assert.deepEqual(asked.filter((it) => !it.startsWith('data:')), [address]);
  } finally {
    await browser.close();
  }
});
