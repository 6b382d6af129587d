// A page with a small deck in the markup of the HTML writer and with the
// runtime, made without the compiler: it has what a deck can, and also what a
// deck never has but reveal.js allows. Nothing here asserts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './deck.mjs';

const list = readFileSync(join(root, 'src/html/runtime.rs'), 'utf8');
const files = [...list.matchAll(/include_str!\("([^"]+)"\)/g)].map(([, file]) => file);
const joined = (extension) =>
  files
    .filter((file) => file.endsWith(extension))
    .map((file) => readFileSync(join(root, 'src/html', file), 'utf8'))
    .join('');

/** The style and the script, joined in the order of `src/html/runtime.rs`. */
export const style = joined('.css');
export const script = `(() => {\n"use strict";\n${joined('.js')}})();\n`;

const theme = `
:root { --background: #101218; --surface: #1c202b; --text: #eee; --muted: #9aa5b8; --accent: #6cb6ff;
  --width: 1280px; --height: 720px; }
@page { margin: 0; size: 1280px 720px; }
.slot { left: 64px; position: absolute; width: 1152px; }
.s-title { top: 40px; height: 80px; }
.s-default { top: 140px; height: 500px; font-size: 36px; }
h2 { margin: 0; }
pre { font-size: 32px; margin: 0; }
.line { display: block; }
a { color: inherit; }
`;

const code = ['func run() {', '  one()', '  two()', '}']
  .map((line) => `<span class="line">${line}\n</span>`)
  .join('');

const focus = (index, lines) =>
  `<span class="fragment focus" data-fragment-index="${index}" data-lines="${lines}" aria-hidden="true"></span>`;

/** Ids, titles and contents; every slide is one `section`. */
const slides = [
  ['start', 'Start', '<p>Words of the<span class="b"> </span>first slide. <a href="#code">Code</a></p>'],
  ['code', 'Code', `<pre data-focus="2"><code>${code}</code>${focus(0, '1,3-4')}${focus(2, 'all')}</pre>
    <p class="fragment" data-fragment-index="1">after one focus</p>`],
  ['steps', 'Steps', `<ul>
    <li class="fragment">fourth</li>
    <li class="fragment" data-fragment-index="7">third</li>
    <li class="fragment" data-fragment-index="2">first</li>
    <li class="fragment" data-fragment-index="2">first, too</li>
    <li class="fragment" data-fragment-index="5">second</li>
    <li class="fragment">fifth</li></ul>`],
  ['naïve', 'Fields', '<p><input aria-label="field"> <button type="button">press</button> <a href="#steps">Steps</a></p>'],
  ['plain', 'Plain', '<p id="inside">okapi</p>'],
  ['end', 'End', '<p>The end.</p>'],
  ['more', 'More', '<p>Asked for.</p>', 'data-role="backup"'],
];

const section = ([id, title, content, more = ''], i) => `
<section id="${id}" class="slide l-content" data-number="${i + 1}" aria-roledescription="slide"
  aria-label="${i + 1} of ${slides.length}: ${title}" ${more}>
  <div class="slot s-title"><h2>${title}</h2></div>
  <div class="slot s-default">${content}</div>
  <aside class="notes"><p>Say ${title}.</p></aside>
</section>`;

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The page, with the script in the `head` or at the end of the `body`, in a
 * direction.
 */
export function page({ place = 'head', dir = 'ltr' } = {}) {
  const policy = `default-src 'none'; style-src ${hash(style + theme)}; script-src ${hash(script)}`;
  const element = `<script>${script}</script>`;
  return `<!doctype html>
<html lang="en" dir="${dir}"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${style}${theme}</style>${place === 'head' ? element : ''}</head>
<body><div class="reveal deck" data-width="1280" data-height="720"><div class="slides">
${slides.map(section).join('')}
</div></div>${place === 'body' ? element : ''}</body></html>`;
}

/** Writes files by name into a new folder; gives their paths and `remove`. */
export async function write(contents) {
  const folder = await mkdtemp(join(tmpdir(), 'deckc-'));
  const paths = {};
  for (const [name, text] of Object.entries(contents)) {
    paths[name] = join(folder, name);
    await writeFile(paths[name], text);
  }
  return { paths, remove: () => rm(folder, { recursive: true, force: true }) };
}
