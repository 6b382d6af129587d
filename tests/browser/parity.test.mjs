// The HTML and the PDF of a deck are the same deck: the same words on the same
// lines, each line where the other output has it.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { compare } from './compare.mjs';
import { allDecks, build, launch, open } from './deck.mjs';
import { paper } from './pdf.mjs';
import { measureSlide, showGeneratedText } from './screen.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const deck of await allDecks()) {
  test(`${basename(deck)} is the same in HTML and PDF`, async (t) => {
    const { html, pdf, remove } = await build(deck, '--pdf');
    t.after(remove);
    const { page, complaints, context } = await open(browser, html, { reducedMotion: 'reduce' });
    t.after(() => context.close());

    const { pages, faces } = await paper(pdf);
    assert.equal(await page.evaluate(() => window.Reveal.getTotalSlides()), pages.length);

    const problems = [];
    const worst = { x: 0, y: 0, box: 0 };
    let nLines = 0;
    for (const [index, sheet] of pages.entries()) {
      await page.evaluate((index) => window.Reveal.slide(index, 0, 99), index);
      await page.evaluate(showGeneratedText);
      const slide = await page.evaluate(measureSlide);
      const say = (problem) => problems.push(`page ${index + 1}: ${problem}`);
      nLines += slide.lines.length;
      compare(slide, sheet, faces, worst, say);
    }
    t.diagnostic(
      `${pages.length} pages, ${nLines} lines, largest difference ` +
        `${worst.x.toFixed(2)} px across, ${worst.y.toFixed(2)} px down`,
    );
    assert.deepEqual([...problems, ...complaints], []);
  });
}
