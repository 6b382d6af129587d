// What a deck says, by its model: in the HTML, in the PDF, and in what is copied
// from a slide.

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** What is from right to left, and what else is no punctuation. */
const PARTS = /[\p{Script=Hebrew}\p{Script=Arabic}]+|(?:(?![\p{Script=Hebrew}\p{Script=Arabic}])[\p{L}\p{N}])+/gu;

/**
 * What is copied from the slide that is shown: its text, and that of each of its
 * code blocks. Runs in the page.
 */
export function copySlide() {
  const section = window.Reveal.getCurrentSlide();
  const selection = getSelection();
  const copy = (element) => {
    selection.removeAllRanges();
    const range = new Range();
    range.selectNodeContents(element);
    selection.addRange(range);
    return selection.toString();
  };
  const areas = [...section.querySelectorAll('.slot, .footnotes')].map(copy);
  const codes = [...section.querySelectorAll('pre > code')].map(copy);
  selection.removeAllRanges();
  return { areas, codes };
}

/**
 * Each line of the model stands on the slide that was made of it. A slide that
 * goes on is several, whose names end in a number.
 */
export function compareModel(model, placed, say) {
  for (const slide of model.slides.filter(({ role }) => role !== 'hidden')) {
    const parts = placed.slides.filter(({ id }) => id === slide.id || id.replace(/-\d+$/, '') === slide.id);
    // Tabs are spaces on the slide, as many as reach to the next stop.
    const spaced = (line) => line.replace(/[\t ]+/g, ' ');
    const shown = (line) => spaced(line.replace(/ \(\d+\/\d+\)$/, ''));
    const kept = parts.map((part) => saidBy(part)).flatMap(({ lines }) => lines.map(shown));
    // Where code is cut at an empty line, that is left out.
    const wanted = saidBy(slide).lines.map(spaced).filter((line) => line !== '');
    for (const line of without(wanted, kept)) say(`\`${slide.id}\`: in the model only: \`${line}\``);
  }
}

/** Compares what was copied from a slide with what the slide says. */
export function compareCopy(slide, { areas, codes }, say) {
  const wanted = saidBy(slide);
  const lines = areas.flatMap((area) => area.split(/[\n\t]/)).filter((line) => line.trim() !== '');
  const asked = wanted.lines.filter((line) => line.trim() !== '');
  for (const line of without(asked, lines)) say(`in the model, but not copied: \`${line}\``);
  for (const line of without(lines, asked)) say(`copied, but not in the model: \`${line}\``);
  for (const code of without(wanted.codes, codes.map((it) => it.replace(/\n+$/, '')))) {
    say(`not copied as it is: \`${code.slice(0, 40)}\``);
  }
}

/** Each word of a slide is on its page of the PDF. */
export function comparePaper(slide, words, say) {
  const plain = (text) => text.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
  // The hook of a line that goes on is no word.
  const said = words.map((word) => word.text.replaceAll('↪', ''));
  // The signs of a formula are not those of its LaTeX.
  const wanted = saidBy(slide, () => []).lines.flatMap((line) => line.split(/\s+/)).map(plain);
  // Poppler takes a word that is broken for two. What reads from right to left it
  // gives as it stands on the page: there only the letters of a word can be told,
  // and which punctuation is beside it cannot.
  const both = wanted.some((word) => RIGHT_TO_LEFT.test(word));
  const parts = (words) => (both ? words.flatMap((word) => word.match(PARTS) ?? []) : words);
  const letters = (part) => (RIGHT_TO_LEFT.test(part) ? [...part].sort().join('') : part);
  const all = parts(said.map(plain)).map(letters).join('');
  for (const word of parts(wanted).map(letters)) {
    if (!all.includes(word)) say(`not in the PDF: \`${word}\``);
  }
}

/** The members of one list that are left when those of another are taken away. */
function without(list, others) {
  const left = [...others];
  return list.filter((it) => {
    const at = left.indexOf(it);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The lines of a slide's text, as they are copied, and its code blocks; of the model or placed. */
function saidBy(slide, formula = (tex) => tex.split('\n')) {
  const said = { lines: [], codes: [] };
  const inlines = (content) => said.lines.push(...textOf(content, formula).split('\n'));
  const block = (it) => {
    switch (it.block) {
      case 'heading':
      case 'para':
        return inlines(it.content);
      case 'list':
        return it.items.forEach((item) => item.blocks.forEach(block));
      case 'quote':
        return it.blocks.forEach(block);
      case 'callout':
        said.lines.push(it.title ?? it.kind.replace(/^./, (first) => first.toUpperCase()));
        return it.blocks.forEach(block);
      case 'code':
        said.lines.push(...it.lines.map((line) => line.text), ...(it.caption ? [it.caption] : []));
        for (const remark of it.remarks ?? []) inlines(remark.content);
        return said.codes.push(it.lines.map((line) => line.text).join('\n').replace(/\n+$/, ''));
      case 'formula':
        return said.lines.push(...formula(`$$${it.tex}$$`));
      case 'image':
        return it.caption === '' ? undefined : said.lines.push(it.caption);
      case 'table':
        return [it.head, ...it.rows].flat().forEach((cell) => inlines(cell.content));
      default:
        throw new Error(`a block that the proof does not know: ${it.block}`);
    }
  };
  (slide.groups ?? slide.slots).flatMap((group) => group.blocks).forEach(block);
  for (const note of slide.footnotes) inlines(note.content);
  return said;
}

function textOf(content, formula) {
  const text = (it) => {
    switch (it.inline) {
      case 'text':
      case 'code':
        return it.text;
      case 'styled':
      case 'link':
        return textOf(it.content, formula);
      case 'formula':
        return formula(`$${it.tex}$`).join(' ');
      case 'break':
        return '\n';
      case 'footnote-ref':
        return String(it.number);
      case 'icon':
      case 'image':
        return '';
      default:
        throw new Error(`an inline that the proof does not know: ${it.inline}`);
    }
  };
  return content.map(text).join('');
}
