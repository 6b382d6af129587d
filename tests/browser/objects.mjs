// The objects of a PDF, as qpdf reads them. It shares no code with deckc.
import { run } from './deck.mjs';

/**
 * Reads a PDF. Gives its `trailer`, `all` objects, and `value`, which follows a
 * reference. A stream is its dictionary; with `streams`, `data` gives what it
 * holds.
 */
export async function read(pdf, { streams = false } = {}) {
  const inline = streams ? ['--json-stream-data=inline', '--decode-level=generalized'] : [];
  const options = { maxBuffer: 1 << 28 };
  const { stdout } = await run('qpdf', ['--json', '--json-key=qpdf', ...inline, pdf], options);
  const objects = JSON.parse(stdout).qpdf[1];
  const value = (it) => {
    const found = typeof it === 'string' && / R$/.test(it) ? objects[`obj:${it}`]?.value : it;
    return found ?? objects[`obj:${it}`]?.stream?.dict;
  };
  const data = (it) => Buffer.from(objects[`obj:${it}`].stream.data, 'base64').toString('latin1');
  const all = Object.values(objects).map((it) => it.value ?? it.stream?.dict);
  return { trailer: objects.trailer.value, value, data, all };
}

/** The references of the pages, in order. */
export function pageRefs(file) {
  const walk = (ref) => {
    const node = file.value(ref);
    return node['/Type'] === '/Pages' ? node['/Kids'].flatMap(walk) : [ref];
  };
  return walk(file.value(file.trailer['/Root'])['/Pages']);
}
