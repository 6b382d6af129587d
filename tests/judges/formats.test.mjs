// The formats for machines, judged by others: SARIF by the schema of OASIS, JSON
// by the published schema, annotations read as GitHub's runner reads them.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Ajv04 from 'ajv-draft-04';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { deckc, root, run } from '../browser/deck.mjs';

const require = createRequire(import.meta.url);

/** Decks with every part that a finding can have: labels, patches, other files. */
const DECKS = {
  'a b, 100%: c.md': `---
tilte: Fast Go
---

# CafÃ© 世界

text directly above
---

<!-- id: one -->
## One

---

<!-- id: one -->
## Two [^no]

---

<!-- include: parts/in.md -->
`,
  'parts/in.md': '## Inside\n\nDonâ€™t <marquee>panic</marquee>, 100%: a, b\n',
  'clean.md': '# Clean\n',
};

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-formats-'));
  await mkdir(join(folder, 'parts'));
  for (const [name, text] of Object.entries(DECKS)) await writeFile(join(folder, name), text);
});
after(() => rm(folder, { recursive: true, force: true }));

/** What a command prints about all decks. The exit code is that of errors. */
async function report(command, format) {
  const decks = Object.keys(DECKS).filter((name) => !name.includes('/'));
  const args = [command, ...decks, '--format', format];
  const failed = await run(deckc, args, { cwd: folder, encoding: 'utf8' }).catch((error) => error);
  assert.equal(failed.code, 1, failed.stderr);
  assert.equal(failed.stderr, '', 'findings are on standard output alone');
  return failed.stdout;
}

function validator(Schema, schema) {
  // The schema of OASIS has a pattern that is none in Unicode mode.
  const ajv = new Schema({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  for (const form of ['uint', 'uint8', 'uint16', 'uint32']) ajv.addFormat(form, { type: 'number', validate: (it) => it >= 0 });
  const check = ajv.compile(schema);
  return (value) => assert.ok(check(value), JSON.stringify(check.errors, null, 2));
}

for (const command of ['check', 'build']) {
  test(`the SARIF of ${command} is valid, and its fixes mend`, async () => {
    const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const log = JSON.parse(await report(command, 'sarif'));
    validator(Ajv04, schema)(log);

    const [{ results, tool }] = log.runs;
    assert.equal(log.runs.length, 1);
    const rules = tool.driver.rules.map((rule) => rule.id);
    for (const result of results) assert.ok(rules.includes(result.ruleId), result.ruleId);
    assert.ok(results.some((result) => result.relatedLocations), 'second places are told');
    const fixes = results.filter((result) => result.fixes);
    assert.ok(fixes.length >= 3, 'the decks have three findings with a patch');
    for (const { fixes: [fix], ruleId } of fixes) {
      for (const { artifactLocation, replacements } of fix.artifactChanges) {
        const name = decodeURIComponent(artifactLocation.uri);
        const bytes = Buffer.from(DECKS[name]);
        for (const { deletedRegion: at, insertedContent } of replacements) {
          const old = bytes.subarray(at.byteOffset, at.byteOffset + at.byteLength).toString();
          const found = lines(DECKS[name], at);
          assert.equal(found, old, `${ruleId}: lines and bytes name the same text`);
          assert.notEqual(insertedContent.text, old);
        }
      }
    }
  });

  test(`each line of the JSON of ${command} has the published form`, async () => {
    const schema = JSON.parse(await readFile(join(root, 'docs/schema/finding.json'), 'utf8'));
    const isFinding = validator(Ajv2020, { ...schema, unevaluatedProperties: false });
    const found = (await report(command, 'json')).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.ok(found.length >= 6, 'every deck is reported');
    found.forEach(isFinding);
    for (const { file, start, end, ...place } of found.filter((it) => it.file)) {
      const at = { startLine: place.line, startColumn: place.column, endLine: place.end_line, endColumn: place.end_column };
      const bytes = Buffer.from(DECKS[file]).subarray(start, end).toString();
      assert.equal(lines(DECKS[file], at), bytes);
    }
  });

  test(`the annotations of ${command} say what the JSON says`, async () => {
    const json = (await report(command, 'json')).trimEnd().split('\n').map((line) => JSON.parse(line));
    const found = (await report(command, 'github')).trimEnd().split('\n').map(annotation);
    assert.equal(found.length, json.length);
    found.forEach(({ command: level, properties, message }, nth) => {
      const wanted = json[nth];
      const slide = wanted.slide ? `slide ${wanted.slide}: ` : '';
      const lines = [slide + wanted.message, ...wanted.hints.map((hint) => `help: ${hint}`)];
      assert.equal(level, wanted.level);
      assert.equal(message, lines.join('\n'));
      assert.equal(properties.file, wanted.file);
      assert.equal(properties.title, wanted.name);
      assert.equal(Number(properties.line), wanted.line);
    });
  });
}

for (const stage of ['model', 'placed', 'pages']) {
  test(`decks dumped as ${stage} have the published form`, async () => {
    const schema = JSON.parse(await readFile(join(root, `docs/schema/${stage}.json`), 'utf8'));
    const hasForm = validator(Ajv2020, schema);
    const decks = (await readdir(join(root, 'decks'))).filter((name) => name.endsWith('.md'));
    const ours = decks.map((name) => [join(root, 'decks'), name]);
    for (const [cwd, deck] of [...ours, [folder, 'clean.md']]) {
      const args = ['dump', deck, '--stage', stage];
      const { stdout } = await run(deckc, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
      hasForm(JSON.parse(stdout));
    }
  });
}

/** The text of a region in lines and columns, columns counted in code points. */
function lines(text, { startLine, startColumn, endLine, endColumn }) {
  const all = text.split('\n').map((line, nth) => {
    const points = [...line, '\n'];
    const from = nth + 1 === startLine ? startColumn - 1 : 0;
    const to = nth + 1 === endLine ? endColumn - 1 : points.length;
    return nth + 1 < startLine || nth + 1 > endLine ? '' : points.slice(from, to).join('');
  });
  return all.join('');
}

/** A workflow command, read as GitHub's runner reads it. */
function annotation(line) {
  const [, command, list, text] = /^::(\w+) ([^:]*)::(.*)$/.exec(line);
  const data = (it) => it.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
  const property = (it) => data(it.replace(/%3A/g, ':').replace(/%2C/g, ','));
  const properties = Object.fromEntries(
    list.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), property(pair.slice(at + 1))];
    }),
  );
  return { command, properties, message: data(text) };
}
