// The HTML of every deck holds before those who check HTML: html-validate, and
// the Nu Html Checker, which is a Java program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { allDecks, buildAll, root, run } from './deck.mjs';

const rules = new StaticConfigLoader({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // A talk has a title and parts; HTML lets a page have more than one `h1`.
    'heading-level': ['error', { allowMultipleH1: true }],
    // Code is shown as it was written.
    'no-trailing-whitespace': 'off',
  },
});

let built;
before(async () => (built = await buildAll(await allDecks(), 'dark')));
after(() => built?.remove());

test('html-validate finds no error', async () => {
  const validator = new HtmlValidate(rules);
  const found = [];
  for (const path of built.paths) {
    const { results } = await validator.validateString(await readFile(path, 'utf8'));
    for (const { line, ruleId, message } of results.flatMap((it) => it.messages)) {
      found.push(`${basename(path)}:${line}: ${ruleId}: ${message}`);
    }
  }
  assert.deepEqual(found, []);
});

test('the Nu Html Checker finds no error', async () => {
  const jar = join(root, 'tests/node_modules/vnu-jar/build/dist/vnu.jar');
  await run('java', ['-jar', jar, '--errors-only', ...built.paths]).catch(({ stderr, message }) =>
    assert.fail((stderr || message).slice(0, 4000)));
});
