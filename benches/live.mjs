// live.mjs DECKC FOLDER N... [--marp MARP]: from saving an edit to the new slide in
// Chromium, for the decks of N slides that `write_decks` made in FOLDER; and with
// `--marp` how long `marp -w` takes to write its HTML after the same edit.
//
// Prints medians in ms. Edits are of one line, now here, now there.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launch } from '../tests/browser/deck.mjs';

const args = process.argv.slice(2);
const flag = args.indexOf('--marp');
const [, marp] = flag < 0 ? [] : args.splice(flag, 2);
const [deckc, folder, ...sizes] = args;
const EDITS = 15;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];

/** The deck with a heading of one slide changed. */
function edited(text, nth) {
  const at = [...text.matchAll(/^## /gm)].map((it) => it.index + 3);
  const place = at[(nth * 7) % at.length];
  return `${text.slice(0, place)}Edit ${nth} ${text.slice(place)}`;
}

async function ours(browser, file, text) {
  const server = spawn(resolve(deckc), ['serve', file, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise((found) => {
    let said = '';
    server.stderr.on('data', (data) => {
      const [address] = (said += data).match(/http:\/\/\S+\/(?=;)/) ?? [];
      if (address) found(address);
    });
  });
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.Reveal?.isReady());
  await wait(500);
  const times = [];
  for (let nth = 0; nth < EDITS; nth++) {
    // The page's own clock is this machine's: when the swapped slide was painted.
    const seen = page.evaluate(
      (wanted) =>
        new Promise((done) => {
          document.querySelector('.deck').addEventListener('liveupdate', function listen() {
            if (document.querySelector('.slides').textContent.includes(wanted)) {
              this.removeEventListener('liveupdate', listen);
              requestAnimationFrame(() => setTimeout(() => done(Date.now())));
            }
          });
        }),
      `Edit ${nth} `,
    );
    await wait(150);
    const saved = Date.now();
    writeFileSync(file, edited(text, nth));
    times.push((await seen) - saved);
  }
  await page.close();
  server.kill('SIGINT');
  return median(times);
}

async function theirs(file, text) {
  const out = mkdtempSync(join(tmpdir(), 'marp-'));
  const html = join(out, 'deck.html');
  const watch = spawn(marp, ['--no-stdin', '-w', file, '-o', html], { stdio: 'ignore' });
  const written = () => {
    try {
      return statSync(html).mtimeMs;
    } catch {
      return 0;
    }
  };
  while (written() === 0) await wait(20);
  await wait(1500);
  const times = [];
  for (let nth = 0; nth < EDITS; nth++) {
    const before = written();
    const saved = Date.now();
    writeFileSync(file, edited(text, nth));
    while (written() === before) await wait(1);
    times.push(Date.now() - saved);
    await wait(300);
  }
  watch.kill();
  rmSync(out, { recursive: true });
  return median(times);
}

const browser = await launch();
for (const size of sizes) {
  const file = join(folder, size, 'deck.md');
  const text = readFileSync(file, 'utf8');
  try {
    const own = await ours(browser, file, text);
    writeFileSync(file, text);
    const other = marp ? `; marp -w to its HTML alone: ${await theirs(file, text)} ms` : '';
    console.log(`${size} slides: ${own} ms from saving to the new slide${other}`);
  } finally {
    writeFileSync(file, text);
  }
}
await browser.close();
