// A deck in Chromium: builds it with deckc, opens it from a file as a presenter
// would, and collects what the page shows. Nothing here asserts.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

export const run = promisify(execFile);

/** The top folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The program under test; `tests/run` names it. */
export const deckc = process.env.DECKC ?? join(root, 'target/debug/deckc');

/** The Python with the packages of `tests/requirements.txt`. */
export const python = process.env.PYTHON ?? join(root, 'tests/.venv/bin/python');

/** Where Chromium is. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Every deck of `decks/` and every fixture, sorted. */
export async function allDecks() {
  const found = [];
  for (const folder of ['decks', 'tests/browser/decks']) {
    const names = await readdir(join(root, folder)).catch(() => []);
    found.push(...names.filter((name) => name.endsWith('.md')).map((name) => join(root, folder, name)));
  }
  return found.sort();
}

/**
 * Builds a deck into a new folder. Gives the paths of `html` and `pdf`, and
 * `remove`, which clears the folder.
 */
export async function build(deck, ...options) {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-'));
  const html = join(folder, basename(deck).replace(/\.md$/, '.html'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await run(deckc, ['build', deck, '-o', `${folder}/`, ...options], { maxBuffer: 1 << 26 });
  } catch (error) {
    await remove();
    throw new Error(`${deck} does not build:\n${error.stderr}`);
  }
  return { html, pdf: html.replace(/\.html$/, '.pdf'), remove };
}

/** The built-in themes, the default first. */
export const themes = ['dark', 'light', 'print'];

/**
 * Builds decks in a theme, with notes, into a new folder. Gives the `paths` of
 * the HTML files and `remove`.
 */
export async function buildAll(decks, theme) {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const options = ['--theme', theme, '--notes', '-o', `${folder}/`];
  await run(deckc, ['build', ...decks, ...options], { maxBuffer: 1 << 26 });
  return { paths: decks.map((deck) => join(folder, basename(deck).replace(/\.md$/, '.html'))), remove };
}

/** A deck as one of the stages leaves it. */
export async function dump(deck, stage) {
  const { stdout } = await run(deckc, ['dump', deck, '--stage', stage], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

/** Starts Chromium without a network; `args` are further ones of its command line. */
export function launch(...args) {
  // A container's root may not use the sandbox, and has little shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', ...args] });
}

/**
 * Opens an HTML file in a window of the canvas's size. Gives the page and
 * `complaints`: what the console said, and every request for anything else than
 * the file.
 */
export async function open(browser, html, { hash = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  const complaints = [];
  const url = pathToFileURL(html).href;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const wanted = request.url().split('#')[0];
    if (wanted !== url && !/^(data|blob):/.test(wanted)) complaints.push(`request: ${wanted}`);
  });
  await page.goto(url + hash);
  // Faces load when text needs them; a measurement needs them all at once.
  await page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())));
  return { page, complaints, context };
}
