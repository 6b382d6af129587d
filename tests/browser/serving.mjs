// A server of a fresh deck, and Chromium that shows it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { deckc, launch } from './deck.mjs';

export const TITLE = '# Pools\n\nHow to bound the work';
export const QUEUE = `## The queue

::: steps
- One worker
- Two workers
- Three workers
:::

<!-- Say it slowly. -->`;
export const CODE = '## In code\n\n```go {1|2}\njobs := make(chan Job)\nclose(jobs)\n```';
export const PICTURE = '## A picture\n\n![A dot](dot.svg)';
export const INCLUDE = '<!-- include: shared/end.md -->';
export const SLIDES = [TITLE, QUEUE, CODE, PICTURE, INCLUDE];
export const DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/></svg>';
export const TOO_LONG = `${QUEUE}\n\n${'word '.repeat(900)}`;

export const text = (slides) => `${slides.join('\n\n---\n\n')}\n`;
export const clean = (said) => said.replace(/\x1b\[[0-9;]*m/g, '');

export let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const isShown = (page) => page.waitForFunction(() => window.Reveal?.isReady());

/** Runs `act` with a server of a fresh deck; `under` gives the command that starts
 * it, `ready` waits for the page. */
export async function serving(options, act, under = (command, ...args) => [command, args], ready = isShown) {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-serve-'));
  await mkdir(join(folder, 'shared'));
  await writeFile(join(folder, 'dot.svg'), DOT);
  await writeFile(join(folder, 'shared/end.md'), '## The end\n\n- Thanks\n');
  await writeFile(join(folder, 'deck.md'), text(SLIDES));
  const server = spawn(...under(deckc, 'serve', '--port', '0', ...options), { cwd: folder });
  let said = '';
  const url = await new Promise((found, failed) => {
    server.stderr.on('data', (data) => {
      said += data;
      const [address] = said.match(/http:\/\/\S+\/(?=;)/) ?? [];
      if (address) found(address);
    });
    server.on('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)));
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (it) => it.type() === 'error' && complaints.push(it.text()));
  await page.goto(url);
  await ready(page);
  const write = (slides, name = 'deck.md') =>
    writeFile(join(folder, name), Array.isArray(slides) ? text(slides) : slides);
  try {
    await act({ folder, server, url, context, page, write, said: () => clean(said) });
    assert.deepEqual(complaints.filter((it) => !/ERR_|Failed to load resource/.test(it)), []);
  } finally {
    await context.close();
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

export const shows = (page, wanted) =>
  page.waitForFunction((wanted) => document.querySelector('.slides').textContent.includes(wanted), wanted);
export const lacks = (page, gone) =>
  page.waitForFunction((gone) => !document.querySelector('.slides').textContent.includes(gone), gone);
export const place = (page) =>
  page.evaluate(() => {
    const { h, f } = window.Reveal.getIndices();
    return [window.Reveal.getSlides()[h].id, f ?? null, window.Reveal.isOverview()];
  });
export const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** A request with any header; gives its status. */
export const status = (url, options = {}, path = undefined) =>
  new Promise((found, failed) => {
    const { hostname, port, pathname } = new URL(url);
    const sent = request({ hostname, port, path: path ?? pathname, ...options }, (answer) => {
      answer.destroy();
      found(answer.statusCode);
    });
    sent.on('error', failed);
    sent.end(options.body);
  });
