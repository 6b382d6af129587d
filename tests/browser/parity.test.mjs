// The HTML and the PDF of a deck are the same deck: the same words on the same
// lines, each line where the other output has it.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, build, launch, open } from './deck.mjs';
import { measureSlide } from './lines.mjs';
import { pages } from './pdf.mjs';

/** The most that a line may be off, in CSS px on a canvas 720 px high. */
const TOLERANCE = 1;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** What the families of the shipped themes leave to another face. */
const FALLBACK = /[\p{Extended_Pictographic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const deck of await allDecks()) {
  test(`${basename(deck)} is the same in HTML and PDF`, async (t) => {
    const { html, pdf, remove } = await build(deck);
    t.after(remove);
    const { page, complaints, context } = await open(browser, html);
    t.after(() => context.close());

    const paper = await pages(pdf);
    assert.equal(await page.evaluate(() => window.Reveal.getTotalSlides()), paper.length);

    const problems = [];
    const worst = { x: 0, y: 0 };
    let nLines = 0;
    for (const [index, sheet] of paper.entries()) {
      const slide = await page.evaluate(measureSlide, index);
      const say = (problem) => problems.push(`page ${index + 1}: ${problem}`);
      if (Math.abs(slide.width - sheet.width) > 0.1 || Math.abs(slide.height - sheet.height) > 0.1) {
        say(`${slide.width} x ${slide.height} px on screen, ${sheet.width} x ${sheet.height} px on paper`);
      }
      slide.cut.forEach(say);
      nLines += slide.lines.length;
      compare(slide.lines, sheet.words, worst, say);
    }
    for (const font of await page.evaluate(missingFonts)) problems.push(`font not loaded: ${font}`);
    t.diagnostic(
      `${paper.length} pages, ${nLines} lines, largest difference ` +
        `${worst.x.toFixed(2)} px across, ${worst.y.toFixed(2)} px down`,
    );
    assert.deepEqual([...problems, ...complaints], []);
  });
}

/**
 * Finds every word of the paper on the line of the screen that has it, and says
 * which words and which characters are left.
 */
function compare(lines, words, worst, say) {
  const open = lines.map((boxes) => ({ boxes, text: boxes.map((box) => box.text).join(''), taken: new Set() }));
  for (const word of words) {
    const text = word.text.replace(/[\s\u200b-\u200f\u2060\u2066-\u2069\ufe0e\ufe0f\u00ad]/g, '');
    const best = open.flatMap((line) => places(line, text, word)).sort((a, b) => a.far - b.far)[0];
    if (!best) {
      say(`on paper only: \`${word.text}\` at ${spot(word)}`);
      continue;
    }
    const { line, boxes, dx, dy } = best;
    boxes.forEach((box) => line.taken.add(box));
    worst.x = Math.max(worst.x, dx);
    worst.y = Math.max(worst.y, dy);
    if (Math.max(dx, dy) > TOLERANCE) {
      say(`\`${word.text}\` at ${spot(word)} on paper is ${dx.toFixed(2)} px across and ${dy.toFixed(2)} px down off on screen`);
    }
  }
  for (const { boxes, taken } of open) {
    const left = boxes.filter((box) => !taken.has(box));
    if (left.length > 0) say(`on screen only: \`${left.map((box) => box.text).join('')}\` at ${spot(left[0])}`);
  }
}

/** Where a line of the screen can have a word, and how far off that is. */
function places(line, text, word) {
  const found = [];
  // Poppler gives what reads from right to left as it stands on the page.
  const points = RIGHT_TO_LEFT.test(text) ? [...text].reverse() : [...text];
  const all = line.boxes;
  for (let start = 0; start + points.length <= all.length; start += 1) {
    const boxes = all.slice(start, start + points.length);
    if (boxes.some((box, i) => box.text !== points[i] || line.taken.has(box))) continue;
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    // A kern before the space that follows a word is in its advance on the screen
    // and behind it on paper: only the end of a line is compared.
    const ends = start + points.length === all.length;
    const edges = [Math.abs(left - word.left), Math.abs(right - word.right)];
    // Poppler joins the space beside an isolate to the word.
    const dx = /[\u2066-\u2069]/.test(word.text) ? Math.min(...edges) : Math.max(edges[0], ends ? edges[1] : 0);
    // A fallback face has its own ascent on paper, which the screen does not tell.
    const dy = FALLBACK.test(text) ? 0 : Math.abs(boxes[0].baseline - word.top - boxes[0].ascent);
    // Farther than a line's height is another place that says the same.
    if (dy < boxes[0].ascent / 2 && dx < 40) found.push({ line, boxes, dx, dy, far: dx + dy });
  }
  return found;
}

function spot({ left, top }) {
  return `(${left.toFixed(0)}, ${top.toFixed(0)})`;
}

/** The families that text is set in and that the page did not load. */
function missingFonts() {
  const loaded = new Set([...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family));
  const used = new Set();
  for (const element of document.querySelectorAll('.slides *')) {
    if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) {
      used.add(getComputedStyle(element).fontFamily.split(',')[0].replace(/["']/g, '').trim());
    }
  }
  const bare = new Set([...loaded].map((family) => family.replace(/["']/g, '')));
  return [...used].filter((family) => !bare.has(family));
}
