// The proof for one deck in one theme: what is opened in Chromium and what stands
// in the PDF is the same, legible, whole, and what the author wrote. It gives
// problems; whoever calls it asserts.
import { basename } from 'node:path';
import { compare } from './compare.mjs';
import { build, dump, open, run } from './deck.mjs';
import { compareInk } from './ink.mjs';
import { lookAtSlide } from './look.mjs';
import { paper } from './pdf.mjs';
import { png, ppm } from './pixels.mjs';
import { measureSlide, showGeneratedText } from './screen.mjs';
import { compareCopy, compareModel, comparePaper, copySlide } from './words.mjs';

/**
 * Builds a deck in a theme and reads its PDF and its model. With `everyStep` the
 * PDF has a page a step. `remove` clears what was built.
 */
export async function prepare(deck, theme, { everyStep = false } = {}) {
  const steps = everyStep ? 'all' : 'final';
  const { html, pdf, remove } = await build(deck, '--pdf', '--theme', theme, '--pdf-steps', steps);
  const [{ pages, faces }, model, placed] = await Promise.all([paper(pdf), dump(deck, 'model'), dump(deck, 'placed')]);
  const said = new Map(placed.slides.map((slide) => [slide.id, slide]));
  const lost = [];
  compareModel(model, placed, (problem) => lost.push(problem));
  return { deck: basename(deck), theme, everyStep, html, pdf, pages, faces, said, lost, remove };
}

/**
 * Proves a prepared deck in windows of several `scales`, of which the first is 1;
 * with `ink` the drawn glyphs, too. `only` limits the proof to one slide, counted
 * from 0, and `spoil` runs in the page before anything is looked at.
 *
 * Gives a `row` of the report and the `problems`.
 */
export async function prove(browser, prepared, { scales = [1], ink = false, only, spoil } = {}) {
  const { html, pdf, pages, faces, said, everyStep } = prepared;
  const { page, complaints, context } = await open(browser, html, { reducedMotion: 'reduce' });
  const problems = [...prepared.lost];
  const worst = { x: 0, y: 0, box: 0, ink: 0 };
  const counts = { pages: 0, lines: 0, pictures: 0, cells: 0 };
  const show = (nth, step) => page.evaluate(([nth, step]) => window.Reveal.slide(nth, 0, step), [nth, step]);
  try {
    const strangers = await strangeFonts(context, page);
    const canvas = await page.evaluate(() => window.Reveal.getCurrentSlide().getBoundingClientRect().toJSON());
    const resize = (scale) =>
      page.setViewportSize({ width: Math.round(canvas.width * scale), height: Math.round(canvas.height * scale) });
    await resize(1);
    if (spoil) await page.evaluate(spoil);

    let sheet = 0;
    const slides = (await page.evaluate(lastSteps)).map(({ id, last }, nth) => {
      const sheets = Array.from({ length: everyStep ? last + 2 : 1 }, () => sheet++);
      return { nth, id, last, sheets, say: (problem) => problems.push(`slide ${nth + 1}: ${problem}`) };
    });
    if (sheet !== pages.length) problems.push(`${sheet} pages on screen, ${pages.length} on paper`);

    const looked = slides.filter(({ nth }) => only === undefined || nth === only);
    for (const { nth, id, last, sheets, say } of looked) {
      for (let step = -1; step <= last; step += 1) {
        await show(nth, step);
        (await page.evaluate(lookAtSlide)).forEach((it) => say(`step ${step + 1}: ${it}`));
      }
      (await strangers()).forEach((font) => say(`${font} is not a font of the file`));
      if (said.has(id)) {
        compareCopy(said.get(id), await page.evaluate(copySlide), say);
        comparePaper(said.get(id), pages[sheets.at(-1)].words, say);
      } else {
        say(`\`${id}\` is no slide of the deck`);
      }
      const drawn = ink && (await shots(page, pdf, sheets.at(-1)));

      await page.evaluate(showGeneratedText);
      for (const [at, sheet] of sheets.entries()) {
        const step = everyStep ? at - 1 : last;
        await show(nth, step);
        const slide = await page.evaluate(measureSlide);
        compare(slide, pages[sheet], faces, worst, (it) => say(`step ${step + 1}: ${it}`));
        counts.pages += 1;
        counts.lines += slide.lines.length;
        counts.pictures += slide.pictures.length;
        counts.cells += slide.cells.length;
        if (drawn && step === last) compareInk([...slide.lines, ...slide.formulas.flatMap((it) => it.signs.map((sign) => [sign]))], ...drawn, worst, say);
      }
    }
    for (const scale of scales.slice(1)) {
      await resize(scale);
      for (const { nth, last, sheets, say } of looked) {
        await show(nth, last);
        const slide = await page.evaluate(measureSlide);
        compare(slide, pages[sheets.at(-1)], faces, worst, (it) => say(`at ${scale}: ${it}`));
      }
    }
  } finally {
    await context.close();
  }
  const { deck, theme } = prepared;
  return { row: { deck, theme, ...counts, ...worst }, problems: [...problems, ...complaints] };
}

/** The id of each slide and its last step as reveal.js counts them: from -1. Runs in the page. */
function lastSteps() {
  const { Reveal } = window;
  return Reveal.getSlides().map(({ id }, nth) => {
    Reveal.slide(nth, 0, 99);
    return { id, last: Reveal.getIndices().f ?? -1 };
  });
}

/**
 * Gives a function that names the fonts on the slide that is shown which are not
 * the file's own. It asks once for each character in each face.
 */
async function strangeFonts(context, page) {
  const client = await context.newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument', { depth: 0 });
  return async () => {
    await page.evaluate(markNewText);
    const selector = '[data-new-text]';
    const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    const asked = nodeIds.map((nodeId) => client.send('CSS.getPlatformFontsForNode', { nodeId }));
    const fonts = (await Promise.all(asked)).flatMap((it) => it.fonts);
    return [...new Set(fonts.filter((font) => !font.isCustomFont).map((font) => font.familyName))];
  };
}

/** Marks the elements that set a character in a face for the first time. Runs in the page. */
function markNewText() {
  window.seenText ??= new Set();
  document.querySelectorAll('[data-new-text]').forEach((it) => it.removeAttribute('data-new-text'));
  const texts = document.createTreeWalker(window.Reveal.getCurrentSlide(), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    // What a formula says to others than the eye is set in no face.
    if (text.parentElement.closest('.formula')) continue;
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(text.parentElement);
    for (const character of text.data.replace(/\s/g, '')) {
      const key = [fontFamily, fontWeight, fontStyle, character].join();
      if (!window.seenText.has(key)) text.parentElement.dataset.newText = '';
      window.seenText.add(key);
    }
  }
}

/** A slide as Chromium draws it, and its page as poppler does, pixel for pixel. */
async function shots(page, pdf, sheet) {
  const number = String(sheet + 1);
  const [screen, { stdout }] = await Promise.all([
    page.screenshot(),
    run('pdftoppm', ['-r', '96', '-f', number, '-l', number, pdf], { encoding: 'buffer', maxBuffer: 1 << 26 }),
  ]);
  return [png(screen), ppm(stdout)];
}
