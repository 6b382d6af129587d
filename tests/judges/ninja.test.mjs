// Decks as a part of a larger build: Ninja, which knows nothing of decks, builds
// two hundred of them, and then by what `--deps` says nothing, and then what an
// edit concerns.
import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deckc, run } from '../browser/deck.mjs';

const N_DECKS = 200;
/** Every fifth deck includes the same slides, and shows the same picture. */
const SHARING = 5;

const numbers = Array.from({ length: N_DECKS }, (_, n) => n);
let folder;

const deck = (n) => `# Talk ${n}

---

## What it says

- ${n} workers
${n % SHARING ? '' : '\n---\n\n<!-- include: shared/end.md -->\n'}`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc ninja '));
  for (const name of ['shared', 'layouts']) {
    await mkdir(join(folder, 'talks', name), { recursive: true });
  }
  await writeFile(join(folder, 'talks/shared/end.md'), '## The end\n\n![A dot](dot.svg)\n');
  const dot = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/></svg>';
  await writeFile(join(folder, 'talks/shared/dot.svg'), dot);
  for (const n of numbers) await writeFile(join(folder, `talks/${n}.md`), deck(n));
  const rules = numbers.map(
    (n) => `build out/${n}.html out/${n}.pdf: deck talks/${n}.md\n  depfile = out/${n}.d\n`,
  );
  await writeFile(
    join(folder, 'build.ninja'),
    `rule deck
  command = "${deckc}" build -j 1 $in -o out/ --deps $depfile
  deps = gcc
  restat = 1

${rules.join('')}`,
  );
});
after(() => rm(folder, { recursive: true, force: true }));

/** Runs Ninja; gives what it built. */
async function ninja() {
  const { stdout } = await run('ninja', ['-v', '-d', 'explain'], { cwd: folder, maxBuffer: 1 << 26 });
  assert.doesNotMatch(stdout, /FAILED/);
  const built = [...stdout.matchAll(/^\[\d+\/\d+\].* build -j 1 talks\/(\d+)\.md/gm)].map(([, n]) => Number(n));
  assert.equal(built.length === 0, /no work to do/.test(stdout), stdout);
  return built.sort((a, b) => a - b);
}

const changed = async (file) => (await stat(join(folder, file))).mtimeMs;

test('Ninja builds every deck, and the second time none', { timeout: 600_000 }, async () => {
  assert.deepEqual(await ninja(), numbers);
  assert.deepEqual(await ninja(), []);
});

test('an edit builds what it concerns', async () => {
  const sharing = numbers.filter((n) => n % SHARING === 0);
  await appendFile(join(folder, 'talks/7.md'), '- and more\n');
  assert.deepEqual(await ninja(), [7]);
  await appendFile(join(folder, 'talks/shared/end.md'), '\nThank you\n');
  assert.deepEqual(await ninja(), sharing);
  await appendFile(join(folder, 'talks/shared/dot.svg'), '<!-- rounder -->');
  assert.deepEqual(await ninja(), sharing);
  assert.deepEqual(await ninja(), []);
});

test('outputs that are the same are left untouched', async () => {
  const before = await changed('out/7.html');
  // The deck changes, and nothing that is shown.
  await appendFile(join(folder, 'talks/7.md'), '\n\n');
  assert.deepEqual(await ninja(), [7]);
  assert.equal(await changed('out/7.html'), before);
  assert.deepEqual(await ninja(), []);
});

test('a layout that comes to be there is seen', async () => {
  const layout = 'description = "One slot"\nmargin = ["20pt", "52pt", "34pt", "52pt"]\ngap = "16pt"\ncolumns = ["1fr"]\nrows = ["1fr"]\nareas = """\nbody\n"""\n\n[slots.body]\naccepts = ["text"]\n';
  await writeFile(join(folder, 'talks/layouts/mine.toml'), layout);
  assert.deepEqual(await ninja(), numbers);
});
