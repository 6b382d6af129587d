// Talk pages on sites made by the real Jekyll and Hugo, below a sub-path, served
// on loopback and opened in Chromium; and what must never be on them.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { deckc, launch, root, run } from '../browser/deck.mjs';

const fast = join(root, 'decks/so-you-wanna-go-fast.md');
const concurrency = join(root, 'decks/go-concurrency-at-scale.md');
const axe = await readFile(join(root, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');
const rules = new StaticConfigLoader({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

let folder;
let browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckc-site-'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const KINDS = { '.html': 'text/html', '.png': 'image/png', '.jpg': 'image/png', '.pdf': 'application/pdf', '.json': 'application/json' };

/** Serves a folder below `/sub/`; gives the address and `close`. */
async function serve(path) {
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const below = name.startsWith('/sub/') ? name.slice(4) : '/nothing';
    const file = join(path, below.endsWith('/') ? `${below}index.html` : below);
    try {
      response.setHeader('content-type', KINDS[extname(file)] ?? 'text/plain');
      response.end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}/sub/`, close: () => server.close() };
}

/** Every file below a folder, by its path in it. */
async function files(path) {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((it) => it.isFile()).map((it) => join(it.parentPath ?? it.path, it.name).slice(path.length + 1)).sort();
}

const publish = (...args) => run(deckc, ['publish', ...args], { maxBuffer: 1 << 26 });

/** Makes a site of Jekyll, Hugo or nothing with two talks; gives its folder. */
const SITES = {
  async jekyll(site) {
    await mkdir(join(site, 'img'), { recursive: true });
    await writeFile(join(site, '_config.yml'), 'title: Site\nbaseurl: /sub\nurl: http://127.0.0.1\n');
    await publish(fast, concurrency, '--to', site, '--for', 'jekyll');
    await copyFile(join(site, 'talks/so-you-wanna-go-fast/poster.png'), join(site, 'img/strange-loop-tayler.jpg'));
    await run('jekyll', ['build', '--quiet', '--disable-disk-cache'], { cwd: site });
    return join(site, '_site');
  },
  async hugo(site) {
    await mkdir(join(site, 'static/img'), { recursive: true });
    await writeFile(join(site, 'config.toml'), 'baseURL = "http://127.0.0.1/sub/"\ndisableKinds = ["home", "taxonomy", "term", "RSS", "sitemap"]\n');
    await publish(fast, concurrency, '--to', site, '--for', 'hugo');
    await copyFile(join(site, 'static/talks/so-you-wanna-go-fast/poster.png'), join(site, 'static/img/strange-loop-tayler.jpg'));
    await run('hugo', ['--quiet'], { cwd: site });
    return join(site, 'public');
  },
  async plain(site) {
    const decks = join(site, 'decks');
    await mkdir(decks, { recursive: true });
    // Files of a site that its pages name from the root lie at the root.
    const text = (await readFile(fast, 'utf8')).replaceAll('"/img/', '"../../img/');
    await writeFile(join(decks, 'so-you-wanna-go-fast.md'), text);
    for (const name of ['img', 'examples', 'shared']) {
      await run('cp', ['-r', join(root, 'decks', name), decks]);
    }
    await copyFile(concurrency, join(decks, 'go-concurrency-at-scale.md'));
    for (const lock of ['so-you-wanna-go-fast', 'go-concurrency-at-scale']) {
      await copyFile(join(root, `decks/${lock}.lock`), join(decks, `${lock}.lock`)).catch(() => {});
    }
    const made = join(site, 'public');
    await publish('--all', decks, '--to', made, '--for', 'plain');
    await mkdir(join(made, 'img'), { recursive: true });
    await copyFile(join(made, 'talks/so-you-wanna-go-fast/poster.png'), join(made, 'img/strange-loop-tayler.jpg'));
    return made;
  },
};

for (const [name, make] of Object.entries(SITES)) {
  test(`${name}: the talk page of the second seed has what it names, and its deck plays`, async () => {
    const site = join(folder, name);
    const { address, close } = await serve(await make(site));
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    try {
      const failed = [];
      page.on('pageerror', (error) => failed.push(String(error)));
      page.on('response', (it) => it.url().startsWith(address) && !it.ok() && failed.push(it.url()));
      // Nothing but the site answers.
      await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
      await page.goto(`${address}talks/so-you-wanna-go-fast/`);
      assert.equal(await page.title(), 'So You Wanna Go Fast?');
      assert.equal(await page.locator('h1').innerText(), 'So You Wanna Go Fast?');
      const text = await page.locator('main').innerText();
      for (const said of ['Tyler Treat', 'Strange Loop', '2017-10-02', 'resilience engineering', 'latency-sensitive']) {
        assert.ok(text.includes(said), said);
      }
      const img = page.locator('img[src$="strange-loop-tayler.jpg"]');
      assert.equal(await img.evaluate(async (it) => (await it.decode(), it.naturalWidth)), 1280);
      const video = page.locator('iframe[title^="Recording"]');
      assert.equal(await video.getAttribute('src'), 'https://www.youtube.com/embed/DJ4d_PZ6Gns');

      // Every link of the page leads somewhere on the site, relative to the page.
      const links = await page.locator('main a').evaluateAll((all) => all.map((it) => it.getAttribute('href')));
      for (const link of links.filter((it) => !/^(https?:|mailto:)/.test(it))) {
        assert.ok(!link.startsWith('/'), link);
        assert.ok((await page.request.get(new URL(link, page.url()).href.split('#')[0])).ok(), link);
      }
      const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
      assert.deepEqual(data['@graph'].map((it) => it['@type']), ['PresentationDigitalDocument', 'VideoObject']);
      assert.equal(data['@graph'][1].embedUrl, 'https://www.youtube.com/embed/DJ4d_PZ6Gns');
      assert.match(await page.locator('meta[property="og:image"]').getAttribute('content'), /card\.png$/);
      const oembed = await page.locator('link[type="application/json+oembed"]').getAttribute('href');
      const answer = await (await page.request.get(new URL(oembed, page.url()).href)).json();
      assert.deepEqual([answer.version, answer.type, answer.width, answer.height], ['1.0', 'rich', 960, 540]);

      // Keys scroll the page until the deck has the focus.
      const frame = page.locator('iframe[title^="Slides"]');
      await frame.scrollIntoViewIfNeeded();
      const deck = await (await frame.elementHandle()).contentFrame();
      await deck.waitForFunction(() => window.Reveal?.isReady());
      const { width, height } = await frame.boundingBox();
      assert.ok(Math.abs(width / height - 16 / 9) < 0.02, `${width} x ${height}`);
      const place = () => deck.evaluate(() => window.Reveal.getIndices().h);
      const before = await page.evaluate(() => scrollY);
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction((y) => scrollY > y, before);
      await page.keyboard.press('ArrowRight');
      assert.equal(await place(), 0);
      await frame.scrollIntoViewIfNeeded();
      await frame.focus();
      await page.keyboard.press('ArrowRight');
      await deck.waitForFunction(() => window.Reveal.getIndices().h === 1);
      await page.keyboard.press('f');
      await deck.waitForFunction(() => document.fullscreenElement);
      await page.keyboard.press('f');
      await deck.waitForFunction(() => !document.fullscreenElement);
      assert.equal(await deck.locator('aside.notes').count(), 0);

      await page.goto(`${address}talks/`);
      const list = await page.locator('main li').evaluateAll((all) => all.map((it) => it.innerText.replace(/\s+/g, ' ').trim()));
      assert.deepEqual(list, [
        'Go Concurrency at Scale Platform Team, Go user group, 2026-12-03',
        'So You Wanna Go Fast? Tyler Treat, Strange Loop, 2017-10-02',
      ]);
      for (const it of await page.locator('main li img').all()) {
        assert.equal(await it.evaluate(async (img) => (await img.decode(), img.naturalWidth)), 1280);
      }
      await page.locator('main li a').first().click();
      await page.waitForURL(/go-concurrency-at-scale\/$/);
      assert.deepEqual(failed, []);
    } finally {
      await page.close();
      close();
    }
  });

  test(`${name}: html-validate and axe find nothing`, async () => {
    const { address, close } = await serve(join(folder, name, { jekyll: '_site', hugo: 'public', plain: 'public' }[name]));
    const page = await browser.newPage();
    try {
      await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
      const validator = new HtmlValidate(rules);
      for (const path of ['talks/', 'talks/so-you-wanna-go-fast/', 'talks/go-concurrency-at-scale/']) {
        const text = await (await page.request.get(address + path)).text();
        const { results } = await validator.validateString(text);
        assert.deepEqual(results.flatMap((it) => it.messages).map((it) => `${path}:${it.line}: ${it.ruleId}: ${it.message}`), []);
        await page.goto(address + path);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run({ exclude: ['iframe'] }, { resultTypes: ['violations'], iframes: false });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes.length})`);
        });
        assert.deepEqual(found, [], path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px wider than the window`);
      }
    } finally {
      await page.close();
      close();
    }
  });
}

const secret = 'Xylophone-secret';
const guarded = `---
title: Guarded {{ page.url }} {% raw %}
speaker: Ada
event: "{{< ref >}}"
date: 2026-11-21
---

<!-- ${secret}. -->
# Guarded

Text {{ site.title }} {% include x %} {{< highlight >}} <b

---

<!-- time: 60s, note: "${secret}, then go on", id: one -->
## One <!-- ${secret} -->

- a
  <!-- ${secret} -->
- b

\`\`\`go
t := "{{ .Title }} {% endraw %}"

s := "</script><!--"
\`\`\`

::: notes
${secret}.
:::

---

<!-- role: hidden -->
## ${secret}
`;

/** Whether some bytes hold the secret, in any of the forms that files have. */
function holds(bytes) {
  const forms = [
    Buffer.from(secret), Buffer.from(secret, 'utf16le'), Buffer.from(secret, 'utf16le').swap16(),
    Buffer.from(Buffer.from(secret, 'utf16le').swap16().toString('hex')),
    Buffer.from(Buffer.from(secret, 'utf16le').swap16().toString('hex').toUpperCase()),
    ...[0, 1, 2].map((shift) => Buffer.from(Buffer.from(secret.slice(shift, shift + 12)).toString('base64'))),
  ];
  return forms.some((form) => bytes.includes(form));
}

test('notes and hidden slides are nowhere in what was published, unpacked', async () => {
  const deck = join(folder, 'guarded.md');
  await writeFile(deck, guarded);
  for (const generator of ['plain', 'jekyll', 'hugo', 'zola']) {
    const site = join(folder, `guarded-${generator}`);
    await publish(deck, '--to', site, '--for', generator);
    for (const name of await files(site)) {
      const path = join(site, name);
      assert.ok(!holds(await readFile(path)), `${generator}: ${name}`);
      if (!name.endsWith('.pdf')) continue;
      const unpacked = join(folder, 'unpacked.pdf');
      await run('qpdf', ['--qdf', '--object-streams=disable', path, unpacked]);
      const bytes = await readFile(unpacked);
      assert.ok(!holds(bytes), `${generator}: ${name}, unpacked`);
      assert.ok(!/\/Subtype \/Text\b/.test(bytes.toString('latin1')), 'no note as annotation');
      assert.match((await run('pdfdetach', ['-list', path])).stdout, /^0 embedded files/);
      assert.ok(!(await run('pdftotext', [path, '-'])).stdout.includes(secret));
      assert.ok(!(await run('pdfinfo', [path])).stdout.includes(secret));
    }
  }
  // What the search would find if it were there.
  const open = join(folder, 'open.pdf');
  await run(deckc, ['build', deck, '-o', open, '--notes', '--attach-source']);
  assert.ok(holds(await readFile(open)), 'notes for presenters are found');
  const site = join(folder, 'guarded-notes');
  await publish(deck, '--to', site, '--for', 'plain', '--notes');
  assert.ok(holds(await readFile(join(site, 'talks/guarded/index.html'))), 'and in the transcript, when asked for');
  assert.ok(!holds(await readFile(join(site, 'talks/guarded/slides.html'))), 'but never in the slides');
});

test('no text of a deck is taken for the language of a site', async () => {
  const jekyll = join(folder, 'guarded-jekyll');
  await writeFile(join(jekyll, '_config.yml'), 'title: Site\n');
  await run('jekyll', ['build', '--quiet', '--strict_front_matter', '--disable-disk-cache'], { cwd: jekyll });
  const hugo = join(folder, 'guarded-hugo');
  await writeFile(join(hugo, 'config.toml'), 'baseURL = "http://127.0.0.1/"\ndisableKinds = ["home", "taxonomy", "term", "RSS", "sitemap"]\n');
  await run('hugo', ['--quiet'], { cwd: hugo });
  for (const path of [join(jekyll, '_site'), join(hugo, 'public'), join(folder, 'guarded-plain')]) {
    const { address, close } = await serve(path);
    const page = await browser.newPage();
    await page.goto(`${address}talks/guarded/`);
    assert.equal(await page.locator('h1').innerText(), 'Guarded {{ page.url }} {% raw %}');
    const text = await page.locator('main').innerText();
    for (const said of ['Text {{ site.title }} {% include x %} {{< highlight >}} <b', 't := "{{ .Title }} {% endraw %}"', 's := "</script><!--"']) {
      assert.ok(text.includes(said), `${path}: ${said}`);
    }
    assert.equal((await page.locator('script').allTextContents()).length, 1);
    JSON.parse(await page.locator('script').textContent());
    await page.close();
    close();
  }
});

test('front matter has the keys of the second seed, by the names that the site has', async () => {
  const site = join(folder, 'keys');
  await publish(fast, '--to', site, '--for', 'jekyll', '--key', 'slides=slideshare-embed', '--key', 'img=image');
  const page = await readFile(join(site, 'talks/so-you-wanna-go-fast/index.html'), 'utf8');
  const keys = page.split('---')[1].trim().split('\n').map((line) => line.split(':')[0]);
  for (const key of ['layout', 'title', 'description', 'image', 'video-img', 'youtube-url', 'slideshare-url', 'speaker', 'speaker-img', 'speaker-description', 'event', 'event-link', 'date', 'categories', 'slideshare-embed']) {
    assert.ok(keys.includes(key), key);
  }
  assert.ok(!keys.includes('img') && !keys.includes('slides'));
  assert.match(await readFile(join(site, '_layouts/talk.html'), 'utf8'), /page\["image"\]/);
  const zola = join(folder, 'keys-zola');
  await publish(fast, '--to', zola, '--for', 'zola');
  const python = process.env.PYTHON ?? join(root, 'tests/.venv/bin/python');
  const read = 'import json,sys,tomllib; print(json.dumps(tomllib.loads(open(sys.argv[1]).read().split("+++")[1]), default=str))';
  const { stdout } = await run(python, ['-c', read, join(zola, 'content/talks/so-you-wanna-go-fast/index.md')]);
  const front = JSON.parse(stdout);
  assert.deepEqual([front.title, front.date, front.template], ['So You Wanna Go Fast?', '2017-10-02', 'talk.html']);
  assert.equal(front.extra.speaker, 'Tyler Treat');
});

test('what deckc did not write stays, and only what has changed is written', async () => {
  const site = join(folder, 'kept');
  const deck = join(folder, 'kept.md');
  await writeFile(deck, '# One\n\n---\n\n## Two\n\n- a\n\n---\n\n## Three\n\n- b\n');
  await mkdir(join(site, '_layouts'), { recursive: true });
  await writeFile(join(site, '_layouts/talk.html'), 'mine: {{ content }}');
  await publish(deck, '--to', site, '--for', 'jekyll');
  assert.equal(await readFile(join(site, '_layouts/talk.html'), 'utf8'), 'mine: {{ content }}', 'a layout of the user wins');
  const times = async () => Object.fromEntries(await Promise.all((await files(site)).map(async (it) => [it, (await stat(join(site, it))).mtimeMs])));
  const first = await times();
  await publish(deck, '--to', site, '--for', 'jekyll');
  assert.deepEqual(await times(), first, 'nothing has changed');

  // One slide changes: its thumbnail and what holds its text.
  await writeFile(deck, '# One\n\n---\n\n## Two\n\n- c\n\n---\n\n## Three\n\n- b\n');
  await publish(deck, '--to', site, '--for', 'jekyll');
  const second = await times();
  const changed = Object.keys(second).filter((it) => second[it] !== first[it]);
  assert.deepEqual(changed.filter((it) => it.includes('thumbnails')), ['talks/kept/thumbnails/02.png']);
  assert.ok(!changed.includes('talks/kept/poster.png'));

  // A list that was taken away does not come back; a slide that is gone goes.
  await rm(join(site, 'talks/index.html'));
  await writeFile(deck, '# One\n\n---\n\n## Two\n\n- c\n');
  await publish(deck, '--to', site, '--for', 'jekyll');
  const left = await files(site);
  assert.ok(!left.includes('talks/index.html'));
  assert.ok(!left.includes('talks/kept/thumbnails/03.png'));

  // A page that somebody has changed, or that was there before, is refused.
  const page = join(site, 'talks/kept/index.html');
  await writeFile(page, 'my own words');
  await assert.rejects(publish(deck, '--to', site, '--for', 'jekyll'), /was changed since\s+deckc wrote it/);
  assert.equal(await readFile(page, 'utf8'), 'my own words');
  await publish(deck, '--to', site, '--for', 'jekyll', '--force');
  assert.match(await readFile(page, 'utf8'), /^---\nlayout: /);
  const other = join(folder, 'theirs');
  await mkdir(join(other, 'talks/kept'), { recursive: true });
  await writeFile(join(other, 'talks/kept/slides.pdf'), 'theirs');
  await assert.rejects(publish(deck, '--to', other, '--for', 'plain'), /was not written by\s+deckc/);
  await assert.rejects(publish(deck, '--to', other, '--for', 'plain', '--force'), /was not written by\s+deckc/);
  assert.deepEqual(await files(other), ['talks/kept/slides.pdf'], 'nothing else was written');
});
