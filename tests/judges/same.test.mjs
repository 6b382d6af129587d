// The same input gives the same bytes: two builds that differ in everything that
// is not the deck. The first is made at ease in the repository; the second in a
// copy elsewhere, in another locale, time zone and order, with another number of
// threads, while other processes keep the machine busy.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, utimes } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { allDecks, deckc, root, run } from '../browser/deck.mjs';

const HERE = { LC_ALL: 'C', TZ: 'UTC', COLUMNS: '80', SOURCE_DATE_EPOCH: undefined };
const ELSEWHERE = {
  LC_ALL: 'tr_TR.UTF-8',
  LANG: 'de_DE.UTF-8',
  TZ: 'Pacific/Chatham',
  COLUMNS: '61',
  SOURCE_DATE_EPOCH: '1000000000',
  HOME: '/nonexistent',
  RAYON_NUM_THREADS: '3',
};

let decks;
let folder;
let copy;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-same-'));
  // A path as no author would choose it.
  copy = join(folder, 'ümläut & space', 'İstanbul');
  for (const part of ['decks', 'tests/browser/decks']) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  decks = (await allDecks()).map((deck) => deck.slice(root.length + 1));
  // Files of another age.
  for (const deck of decks) await utimes(join(copy, deck), 1e9, 1e9);
});
after(() => rm(folder, { recursive: true, force: true }));

const options = (env, cwd) => ({ cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 28 });

/** Runs some work while every processor is busy with something else. */
async function underLoad(work) {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    loops.forEach((loop) => loop.kill());
  }
}

/** The hash of every file below a folder, by its path. */
async function hashes(path) {
  const entries = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(async (file) => {
      const bytes = await readFile(file);
      return [relative(path, file), createHash('sha256').update(bytes).digest('hex')];
    });
  return Object.fromEntries(await Promise.all(entries));
}

for (const flags of [[], ['--notes', '--attach-source', '--pdf-steps', 'all']]) {
  test(`two builds, the same bytes: ${flags.join(' ') || 'no options'}`, async () => {
    const [first, second] = [join(folder, `first${flags.length}`), join(folder, `second${flags.length}`)];
    // All at once in the repository.
    const args = ['build', ...flags, '-j', '4', '-o', `${first}/`, ...decks];
    await run(deckc, args, options(HERE, root));
    // One by one, last first, on one thread, from the deck's own folder.
    await underLoad(async () => {
      for (const deck of decks.toReversed()) {
        const args = ['build', ...flags, '-j', '1', '-o', `${second}/`, basename(deck)];
        await run(deckc, args, options(ELSEWHERE, join(copy, dirname(deck))));
      }
    });
    const wanted = await hashes(first);
    assert.equal(Object.keys(wanted).length, 2 * decks.length, 'an HTML and a PDF for each deck');
    assert.deepEqual(await hashes(second), wanted);
  });
}

// What is made besides: on paper, as pictures, for the stick, for a site.
const OUTPUTS = [
  ['build', '--pdf-notes', '--handout', '3', '--png=slides,steps,sheet,poster,card', '--png-width', '480', '-o', 'out/'],
  ['guide', '--start', '14:30', '-o', 'out/guide/'],
  ['bundle', '-o', 'out/stick'],
  ['bundle', '-o', 'out/stick.zip'],
  ['publish', '--for', 'plain', '--to', 'out/site'],
];

test('two builds, the same bytes: paper, pictures, guide, stick, zip and site', async () => {
  const deck = 'decks/go-concurrency-at-scale.md';
  const made = async (env, cwd, jobs) => {
    for (const [command, ...args] of OUTPUTS) {
      const all = [command, basename(deck), ...args, ...(command === 'build' ? ['-j', jobs] : [])];
      await run(deckc, all, options(env, cwd));
    }
    return hashes(join(cwd, 'out'));
  };
  const here = join(folder, 'plain');
  await cp(join(root, 'decks'), here, { recursive: true });
  const wanted = await made(HERE, here, '4');
  const found = await underLoad(() => made(ELSEWHERE, join(copy, dirname(deck)), '1'));
  assert.deepEqual(found, wanted);
  const kinds = new Set(Object.keys(wanted).map((path) => path.slice(path.lastIndexOf('.'))));
  for (const kind of ['.html', '.pdf', '.png', '.zip', '.md']) assert.ok(kinds.has(kind), kind);
});

test('two runs print the same', async () => {
  const commands = [
    ['dump', '--stage', 'model'],
    ['dump', '--stage', 'placed'],
    ['dump', '--stage', 'pages'],
    ['check', '--format', 'json'],
    ['check', '--format', 'sarif'],
    ['explain'],
  ];
  for (const deck of decks.filter((deck) => /tour|rtl|layouts/.test(deck))) {
    const print = async (env, cwd) => {
      const found = [];
      for (const [command, ...args] of commands) {
        const { stdout } = await run(deckc, [command, basename(deck), ...args], options(env, cwd));
        found.push(stdout);
      }
      return found;
    };
    const first = await print(HERE, join(root, dirname(deck)));
    const second = await print(ELSEWHERE, join(copy, dirname(deck)));
    assert.ok(first[2].length > 1000, 'pages are printed');
    assert.deepEqual(second, first, deck);
  }
});
