// Profiles: what `top` says of a function is what `go tool pprof -top` says of it,
// on profiles of processor time and of memory that Go recorded.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dump, root, run } from '../browser/deck.mjs';

const RESULTS = join(root, 'decks/examples/perf/results');
const PROFILES = [
  ['words-slow.pprof', 'cpu'],
  ['words-fast.pprof', 'cpu'],
  ['words-heap.pprof', 'alloc_space'],
  ['words-heap.pprof', 'inuse_space'],
  ['words-heap.pprof', 'alloc_objects'],
];
/** How many functions are compared. */
const N = 30;
const FACTORS = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, B: 1, kB: 1024, KiB: 1024, MB: 1 << 20, MiB: 1 << 20, GB: 2 ** 30, GiB: 2 ** 30 };

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'deckc-profile-'))));
after(() => rm(folder, { recursive: true, force: true }));

/** An amount as either of them writes it, and by how much its last digit may be off. */
function amount(text) {
  const [, whole, rest = '', unit] = /^(\d+)(\.\d+)? ?([a-zµA-Z]*)$/.exec(text);
  const factor = unit ? FACTORS[unit] : 1;
  return { value: Number(whole + rest) * factor, off: (factor * 0.501) / 10 ** Math.max(0, rest.length - 1) };
}

/** What pprof says: the total, and flat and cumulated amount of each function. */
async function ofPprof(path, sample) {
  const options = ['-top', `-sample_index=${sample}`, '-nodefraction=0', '-nodecount=1000'];
  const { stdout } = await run('go', ['tool', 'pprof', ...options, path]);
  const total = amount(/ of (\S+) total/.exec(stdout)[1]);
  const row = /^ *(\S+) +[\d.e+-]+% +[\d.e+-]+% +(\S+) +[\d.e+-]+% +(.+?)(?: \(inline\))?$/gm;
  const rows = [...stdout.matchAll(row)].map(([, flat, cum, name]) => [name, { flat: amount(flat), cum: amount(cum) }]);
  return { total, functions: new Map(rows) };
}

/** The text of a cell, or of an inline in it. */
const words = ({ text, content }) => text ?? content.map(words).join('');

/** What deckc says of the first functions. */
async function ofDeckc(path, sample) {
  await copyFile(path, join(folder, 'profile.pprof'));
  const deck = join(folder, 'deck.md');
  await writeFile(deck, `# Profile\n\n\`\`\`flamegraph profile.pprof sample=${sample} top=${N}\n\`\`\`\n`);
  const { slides } = await dump(deck, 'placed');
  const blocks = slides.flatMap((slide) => slide.slots).flatMap((slot) => slot.blocks);
  const { head, rows } = blocks.find(({ block }) => block === 'table');
  const [inAll] = head.map(words);
  const functions = rows.map((row) => {
    const [name, flat, , cum] = row.map(words);
    return [name, { flat: amount(flat), cum: amount(cum) }];
  });
  return { total: amount(/^(.*) in all$/.exec(inAll)[1].replace(/ count$/, '')), functions };
}

/** Whether two amounts are the same in the digits that they are shown in. */
const same = (a, b) => Math.abs(a.value - b.value) <= a.off + b.off;

for (const [name, sample] of PROFILES) {
  test(`${name}, ${sample}: as pprof has it`, async () => {
    const path = join(RESULTS, name);
    const [pprof, ours] = await Promise.all([ofPprof(path, sample), ofDeckc(path, sample)]);
    assert.ok(same(pprof.total, ours.total), `in all ${ours.total.value}, not ${pprof.total.value}`);
    assert.equal(ours.functions.length, Math.min(N, pprof.functions.size));
    for (const [name, { flat, cum }] of ours.functions) {
      // A table has no room for the path of a package.
      const all = [...pprof.functions].filter(([full]) => full === name || full.endsWith(`/${name}`));
      const [, said] = all.find(([, it]) => same(it.flat, flat) && same(it.cum, cum)) ?? all[0] ?? [];
      assert.ok(said, `pprof has no ${name}`);
      assert.ok(same(said.flat, flat), `${name}: flat ${flat.value}, not ${said.flat.value}`);
      assert.ok(same(said.cum, cum), `${name}: cum ${cum.value}, not ${said.cum.value}`);
    }
    // And those that come first are those with the most.
    const least = ours.functions.at(-1)[1].flat;
    const more = [...pprof.functions.values()].filter(({ flat }) => least.value + least.off + flat.off < flat.value).length;
    assert.ok(more <= ours.functions.length);
  });
}
