// Times the runtime against the real reveal.js on the same page: what opening a
// deck of 40 slides and taking a step cost the browser's main thread.
//
//   node benches/runtime.mjs [SLIDES]
//
// Prints the medians of one run, in ms, and their ratio, and fails above a half.
// A step is taken as a speaker takes one: what moves comes to rest before the
// next. `held` is a step in every frame, as a held key takes them; it fails
// nothing, since a third of it is what a browser asks for any frame that changes.
// Both pages have the same markup and style; ours has deckc's script in its
// head, theirs has reveal.js and its sheet. DECKC and CHROMIUM name the programs
// as in the tests, whose node packages this needs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, root } from '../tests/browser/deck.mjs';
import { withoutScript } from '../tests/browser/reveal.mjs';

/** How often each page is opened, and how many steps it takes then. */
const ROUNDS = 9;
const STEPS = 16;
const HELD = 60;

/** How long a page is left alone after it has loaded, in ms. */
const SETTLED = 700;

/** How long a page is left alone after a step, in ms: reveal.js's take 200 to appear. */
const RESTED = 300;

/** At most this share of reveal.js's time is ours. */
const SHARE = 0.5;

const slides = Number(process.argv[2] ?? 40);
const deckc = process.env.DECKC ?? join(root, 'target/debug/deckc');
const dist = join(root, 'tests/node_modules/reveal.js/dist');
const folder = mkdtempSync(join(tmpdir(), 'deckc-bench-'));
try {
  const kinds = {
    list: (n) => `## Slide ${n} has steps\n\n::: steps\n- one thing\n- another thing\n- a third thing\n:::\n`,
    code: (n) => `## Slide ${n} has code\n\n\`\`\`go {2|3-4|all}\nfunc add${n}(a, b int) int {\n\tsum := a\n\tsum += b\n\treturn sum\n}\n\`\`\`\n`,
    table: (n) => `## Slide ${n} has numbers\n\n| name | ns/op |\n|---|--:|\n| before | ${n}00 |\n| after | ${n}0 |\n`,
  };
  const body = Array.from({ length: slides }, (_, n) => Object.values(kinds)[n % 3](n + 1));
  writeFileSync(join(folder, 'deck.md'), body.join('\n---\n\n'));
  execFileSync(deckc, ['build', join(folder, 'deck.md'), '-o', join(folder, 'deck.html')], { stdio: 'ignore' });

  const ours = readFileSync(join(folder, 'deck.html'), 'utf8');
  const read = (file) => readFileSync(join(dist, file), 'utf8');
  const config = '{width:1280,height:720,margin:0,center:false,transition:"none",hash:true}';
  const theirs = withoutScript(ours)
    .replace(/<meta http-equiv[^>]*>/, '')
    .replace('<style>', () => `<style>${read('reveal.css')}</style><style>`)
    .replace('</body>', () => `<script>${read('reveal.js')}</script><script>Reveal.initialize(${config})</script></body>`);
  writeFileSync(join(folder, 'theirs.html'), theirs);

  const browser = await launch();
  const times = { ours: [], theirs: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [who, file] of [['ours', 'deck.html'], ['theirs', 'theirs.html']]) {
      const time = await measure(browser, pathToFileURL(join(folder, file)).href);
      // The first round warms the caches.
      if (round > 0) times[who].push(time);
    }
  }
  await browser.close();

  const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  let tooSlow = false;
  console.log(`${slides} slides, main thread, medians of ${ROUNDS}\n\n              deckc  reveal.js  ratio`);
  for (const what of ['open', 'step', 'held']) {
    const [a, b] = [times.ours, times.theirs].map((all) => median(all.map((it) => it[what])));
    tooSlow ||= what !== 'held' && a > SHARE * b;
    console.log(`${what.padEnd(10)} ${a.toFixed(2).padStart(8)} ${b.toFixed(2).padStart(10)}  ${(a / b).toFixed(2)}`);
  }
  process.exitCode = tooSlow ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}

/** The ms of the main thread until a page has shown its deck, of a step, and of one with a held key. */
async function measure(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  // The thread's own time, which what else the machine does leaves alone.
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    const of = (name) => metrics.find((it) => it.name === name).value * 1000;
    return of('TaskDuration');
  };
  // The first opening pays for the browser's own start.
  await page.goto(url);
  await new Promise((done) => setTimeout(done, SETTLED));
  const start = await busy();
  await page.reload();
  // What is put off until after the start is a part of it.
  await new Promise((done) => setTimeout(done, SETTLED));
  const opened = await busy();
  const step = await takeSteps(page, busy, STEPS, RESTED);
  await page.evaluate(() => window.Reveal.slide(0, 0, -1));
  await new Promise((done) => setTimeout(done, RESTED));
  const held = await takeSteps(page, busy, HELD, 0);
  await context.close();
  return { open: opened - start, step, held };
}

/** The ms of the main thread that a step costs, of several with a rest after each. */
async function takeSteps(page, busy, steps, rest) {
  const start = await busy();
  await walk(page, steps, rest, false);
  const waited = await busy();
  await walk(page, steps, rest, true);
  // Frames and timers run without a step, too: a step costs what comes on top.
  return (await busy() - waited - (waited - start)) / steps;
}

/** Waits for frames, and takes a step in each if told so. One call, whose own cost is no step's. */
function walk(page, frames, rest, steps) {
  return page.evaluate(async ([frames, rest, steps]) => {
    for (let i = 0; i < frames; i += 1) {
      if (steps) window.Reveal.next();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, rest)));
    }
  }, [frames, rest, steps]);
}
