// The proof can fail: each of its checks finds what it is there for. A page is
// spoilt in one small way, and the proof must say so, in words that fit.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, root } from './deck.mjs';
import { prepare, prove } from './prove.mjs';

let browser;
const decks = {};
before(async () => {
  browser = await launch();
  for (const name of ['text', 'code', 'pictures']) {
    decks[name] = await prepare(join(root, `tests/browser/decks/${name}.md`), 'dark');
  }
});
after(async () => {
  await browser.close();
  for (const deck of Object.values(decks)) await deck.remove();
});

/** Runs in the page: adds a style sheet, which a policy cannot keep away. */
const css = (rules) => `{ const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(rules)});
  document.adoptedStyleSheets.push(sheet); }`;

/** The slides that are spoilt: a deck of `tests/browser/decks`, and which slide, counted from 0. */
const TEXT = ['text', 1];
const LIST = ['text', 2];
const TABLE = ['text', 5];
const CODE = ['text', 6];
const FOCUS = ['code', 10];
const PICTURE = ['pictures', 6];

const spoils = [
  ['a line that is 2 px too low', TEXT, css('.slot p { padding-top: 2px }'), /px down off on screen/],
  ['a line that is 2 px to the right', TEXT, css('.slot p { padding-left: 2px }'), /px across and/],
  ['a line that breaks elsewhere', TEXT, "document.querySelectorAll('.b').forEach((it) => it.remove())", /on paper is `/],
  ['a word that is missing', TEXT, "document.querySelectorAll('strong').forEach((it) => it.remove())", /on paper is ``/],
  ['a word too many', TEXT, "document.querySelectorAll('.slot p').forEach((it) => it.append(' more'))", /on screen only: `more`/],
  ['another size', TEXT, css('em { font-size: 31px }'), /is set in 31 px, below 32.00 px/],
  ['a dim colour', TEXT, css('em { color: #556 }'), /`emphasised` has a contrast of 2\.\d+, below 7/],
  ['a bright background', TEXT, css('.slot p { background: #666 }'), /has a contrast of \d\.\d+, below 7/],
  ['text that shines through', TEXT, css('em { opacity: 0.9 }'), /can be seen through/],
  ['letters set apart', TEXT, css('.slot p { letter-spacing: 0.01px }'), /p has letter-spacing/],
  ['a stretched line', TEXT, css('.slot p { transform: scaleX(1.0001) }'), /p has transform/],
  ['a line with a place', TEXT, css('.slot p { position: absolute }'), /p has position absolute/],
  ['a slot that clips', TEXT, css('.slot { overflow: hidden; height: 100px !important }'), /is clipped/],
  ['a slot that scrolls', TEXT, css('.slot { overflow: auto; height: 100px !important }'), /scrolls/],
  ['a slot that is too small', TEXT, css('.slot { height: 100px !important }'), /sticks out of div\.slot/],
  ['a cover', TEXT, "const it = document.createElement('div'); document.querySelectorAll('.slide')[1].append(it); it.style.cssText = 'position: absolute; inset: 0'", /div covers `/],
  ['bold that is not', TEXT, css('strong { font-weight: 400 !important }'), /the ink of `strong/],
  ['another font', TEXT, css('em { font-family: "DejaVu Sans" }'), /DejaVu Sans is not a font of the file/],
  ['a break that is copied', TEXT, "document.querySelectorAll('.b').forEach((it) => it.replaceWith(document.createElement('br')))", /in the model, but not copied/],
  ['a bullet that is missing', LIST, css('li::before { content: none !important }'), /`•` at .* on paper is `` on screen/],
  ['a bullet that is copied', LIST, "document.querySelectorAll('li').forEach((it) => it.prepend('•'))", /copied, but not in the model: `•/],
  ['a cell that is too high', TABLE, css('td { padding-top: 12px !important }'), /the td at .* px off on paper/],
  ['a column that is too wide', TABLE, css('col { width: 300px !important }'), /the th at .* px off on paper/],
  ['code that loses its indent', CODE, "document.querySelectorAll('.line').forEach((it) => (it.textContent = it.textContent.trimStart()))", /not copied as it is/],
  ['numbers that are copied', CODE, "document.querySelectorAll('.line').forEach((it) => it.prepend(it.dataset.n))", /not copied as it is/],
  ['bold code in place of regular', CODE, css('.line, .line span { font-weight: 700 }'), /the ink of `/],
  ['a token of another colour', CODE, css('.line span { color: #ff9090 }'), /the color of `/],
  ['another shade behind code', CODE, css('.slide pre.code { background: #202060 }'), /the ground of `/],
  ['small line numbers', CODE, css('.line::before { font-size: 18px !important }'), /::before` is set in 18 px/],
  ['a focus that is not drawn', FOCUS, css('.line { background: none !important; color: inherit !important }'), /the ground of `/],
  ['a picture that is too small', PICTURE, css('img { padding: 2px }'), /the picture "With a caption" at .* px off on paper/],
  ['a picture that is missing', PICTURE, "document.querySelectorAll('figure img').forEach((it) => it.remove())", /a picture on paper only/],
  ['a caption without contrast', PICTURE, css('figcaption { color: #445 !important }'), /has a contrast of 2\.\d+, below 4\.5/],
];

describe('the proof says what is wrong with', { concurrency: 2 }, () => {
  for (const [name, [deck, only], spoil, wanted] of spoils) {
    test(name, async () => {
      const { problems } = await prove(browser, decks[deck], { ink: true, only, spoil });
      assert.ok(problems.some((it) => wanted.test(it)), `${wanted} is not among:\n${problems.join('\n')}`);
    });
  }
});
