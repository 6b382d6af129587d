// The HTML and the PDF of a deck are the same deck: the same words on the same
// lines, each line, picture and table cell where the other output has it, at every
// step and in windows of several sizes. What is shown obeys the laws, and what is
// copied is what the author wrote.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { allDecks, launch, root, themes } from './deck.mjs';
import { prepare, prove } from './prove.mjs';

/** The decks that are proved in every theme: themes differ in colours only. */
const IN_ALL = /^decks|browser.decks.(text|code|lists)\.md$/;

let browser;
const rows = [];
before(async () => (browser = await launch()));
after(async () => {
  await browser.close();
  console.log(table(rows));
});

describe('every deck is the same in HTML and PDF', { concurrency: 2 }, async () => {
  for (const deck of await allDecks()) {
    const name = deck.slice(root.length + 1);
    for (const theme of IN_ALL.test(name) ? themes : themes.slice(0, 1)) {
      test(`${name} in ${theme}`, async (t) => {
        // The proof is the longest in the theme that decks have by default.
        const whole = theme === themes[0];
        const prepared = await prepare(deck, theme, { everyStep: whole });
        t.after(prepared.remove);
        const { row, problems } = await prove(browser, prepared, { scales: whole ? [1, 0.67, 1.5] : [1], ink: whole });
        rows.push(row);
        assert.deepEqual(problems, []);
      });
    }
  }
});

/** The report: how much was compared, and the largest differences in CSS px of the canvas. */
function table(rows) {
  const sum = rows.reduce((all, row) => {
    for (const key of ['pages', 'lines', 'pictures', 'cells']) all[key] += row[key];
    for (const key of ['x', 'y', 'box', 'ink']) all[key] = Math.max(all[key], row[key]);
    return all;
  }, { deck: 'all', theme: '', pages: 0, lines: 0, pictures: 0, cells: 0, x: 0, y: 0, box: 0, ink: 0 });
  const sorted = rows.toSorted((a, b) => (a.deck + a.theme < b.deck + b.theme ? -1 : 1));
  const head = ['deck', 'theme', 'pages', 'lines', 'pictures', 'cells', 'across', 'down', 'boxes', 'ink'];
  const cells = [head, ...[...sorted, sum].map(({ x, y, box, ink, ...row }) => [
    ...Object.values(row).map(String),
    ...[x, y, box, ink].map((off) => (off === 0 ? '' : off.toFixed(2))),
  ])];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) => row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '))
    .join('\n');
}
