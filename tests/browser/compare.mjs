// Compares what a slide shows on the screen with its page on paper.

/** The most that a box may be off, in CSS px on a canvas 720 px high. */
const TOLERANCE = 1;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/**
 * Compares a measured slide with a page. Says what differs, and notes in `worst`
 * the largest differences of lines (`x`, `y`) and of boxes.
 */
export function compare(slide, page, faces, worst, say) {
  if (Math.abs(slide.width - page.width) > 0.1 || Math.abs(slide.height - page.height) > 0.1) {
    say(`${slide.width} x ${slide.height} px on screen, ${page.width} x ${page.height} px on paper`);
  }
  const words = compareFormulas(slide, page.words, say);
  compareLines(slide.lines, words, faces, worst, say);
  comparePictures(slide.pictures, page, worst, say);
  compareCells(slide.cells, page, worst, say);
}

/** How far the letters of a formula may reach past their advance, in CSS px. */
const REACH = 8;

/**
 * Where a formula is drawn on the screen, its letters stand on paper, and reach as
 * far. Gives the words that are no formula's. How its ink looks is compared apart.
 */
function compareFormulas({ formulas, lines }, words, say) {
  let left = words;
  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const formula of formulas) {
    const isIn = (word) => {
      const [x, y] = [(word.left + word.right) / 2, (word.top + word.bottom) / 2];
      const across = formula.left - REACH <= word.left && word.right <= formula.right + REACH;
      return across && formula.left <= x && x <= formula.right && formula.top - REACH <= y && y <= formula.bottom + REACH;
    };
    // A sign that is as high as what it holds, or stands over it, has its box elsewhere.
    const around = { ...formula, left: formula.left - REACH, right: formula.right + REACH };
    const isBare = (word) => covers(word, around) && !lines.flat().some((box) => covers(word, box));
    const within = (word) => ({ left: Math.max(word.left, formula.left), right: Math.min(word.right, formula.right) });
    const bare = left.filter((word) => !isIn(word) && isBare(word));
    left = left.filter((word) => !bare.includes(word));
    const own = [...left.filter(isIn), ...bare.map(within)];
    left = left.filter((word) => !own.includes(word));
    const off = Math.max(
      Math.abs(Math.min(...own.map((word) => word.left)) - formula.left),
      Math.abs(Math.max(...own.map((word) => word.right)) - formula.right),
    );
    if (!(off <= REACH)) say(`the formula \`${formula.text}\` at ${spot(formula)} is ${off.toFixed(2)} px off on paper`);
  }
  return left;
}

/**
 * Finds the characters of the screen that stand where a word stands on paper:
 * they must say the same, be of one line, begin and end where the word does, and
 * share its baseline. Each character must be in a word.
 */
function compareLines(lines, words, faces, worst, say) {
  const all = lines.flatMap((line, nth) => line.map((box) => ({ ...box, line: nth, ends: box === line.at(-1) })));
  const taken = new Set();
  for (const word of words) {
    // Typst tells a hyphen that it adds as a second soft hyphen.
    const shown = word.text.replace(/\u00ad\u00ad$/, '-');
    const text = [...shown].filter((it) => !/[\s\p{Default_Ignorable_Code_Point}]/u.test(it));
    if (text.length === 0) continue;
    const middle = (word.top + word.bottom) / 2;
    const boxes = all.filter((box) => {
      const center = (box.left + box.right) / 2;
      const across = word.left - TOLERANCE < center && center < word.right + TOLERANCE;
      return across && box.top < middle && middle < box.bottom && !taken.has(box);
    });
    const found = boxes.map((box) => box.text);
    const [wanted, got] = RIGHT_TO_LEFT.test(word.text)
      ? [text.toSorted().join(''), found.toSorted().join('')]
      : [text.join(''), boxes.toSorted((a, b) => a.left - b.left).map((box) => box.text).join('')];
    if (wanted !== got) {
      say(`\`${word.text}\` at ${spot(word)} on paper is \`${found.join('')}\` on screen`);
      continue;
    }
    boxes.forEach((box) => taken.add(box));
    if (new Set(boxes.map((box) => box.line)).size > 1) {
      say(`\`${word.text}\` at ${spot(word)} on paper is on two lines on screen`);
    }
    const left = Math.abs(Math.min(...boxes.map((box) => box.left)) - word.left);
    const right = Math.abs(Math.max(...boxes.map((box) => box.right)) - word.right);
    // A kern before the space that follows a word is in its advance on the screen
    // and behind it on paper: only the end of a line is compared.
    const ends = boxes.some((box) => box.ends);
    // Poppler joins the space beside an isolate to the word.
    const dx = /[\u2066-\u2069]/.test(word.text) ? Math.min(left, right) : Math.max(left, ends ? right : 0);
    const dy = offDown(boxes, word, faces);
    worst.x = Math.max(worst.x, dx);
    worst.y = Math.max(worst.y, dy);
    if (!(Math.max(dx, dy) <= TOLERANCE)) {
      say(`\`${word.text}\` at ${spot(word)} on paper is ${dx.toFixed(2)} px across and ${dy.toFixed(2)} px down off on screen`);
    }
  }
  for (const [nth, line] of lines.entries()) {
    const left = all.filter((box) => box.line === nth && !taken.has(box));
    if (left.length > 0) say(`on screen only: \`${left.map((box) => box.text).join('')}\` at ${spot(left[0])}`);
  }
}

/**
 * How far a word's box is off, up and down. Its height on paper is that of its
 * face at its size; the face is the one that fits best.
 */
function offDown(boxes, word, faces) {
  const off = faces.map(({ ascent, descent }) => {
    const top = Math.min(...boxes.map((box) => box.baseline - ascent * box.size));
    const bottom = Math.max(...boxes.map((box) => box.baseline + descent * box.size));
    return Math.max(Math.abs(top - word.top), Math.abs(bottom - word.bottom));
  });
  return Math.min(...off);
}

/** Each picture stands where one is drawn, and each one that is drawn is shown. */
function comparePictures(pictures, page, worst, say) {
  const left = new Set(page.pictures);
  for (const picture of pictures) {
    const [best, off] = nearest(picture, [...left]);
    // What appears step by step lies on what is there; a page of the last state has
    // all of it as one picture, with the text of the first. Its ink is compared apart.
    const below = pictures.slice(0, pictures.indexOf(picture));
    const isLayer = picture.alt === '' && below.some((other) => spot(other) === spot(picture));
    if (!(off <= TOLERANCE) && isLayer) continue;
    if (!(off <= TOLERANCE)) {
      say(`the picture "${picture.alt}" at ${spot(picture)} is ${off.toFixed(2)} px off on paper`);
      continue;
    }
    left.delete(best);
    worst.box = Math.max(worst.box, off);
  }
  for (const picture of left) say(`a picture on paper only at ${spot(picture)}`);
  const named = pictures.filter((picture) => picture.alt !== '').length;
  if (named !== page.figures) say(`${named} pictures with a text, ${page.figures} on paper`);
}

/**
 * A cell of the head stands where its shade does. Any other cell is as wide as
 * such a shade above it, and lies between two rules that reach across it.
 */
function compareCells(cells, { fills, strokes }, worst, say) {
  for (const cell of cells) {
    let off;
    if (cell.name === 'th') {
      [, off] = nearest(cell, fills);
    } else {
      const above = fills.filter((it) => it.bottom <= cell.top + TOLERANCE);
      const across = nearest({ ...cell, top: 0, bottom: 0 }, above.map((it) => ({ ...it, top: 0, bottom: 0 })))[1];
      const rules = strokes.filter((it) => it.left <= cell.left + TOLERANCE && it.right >= cell.right - TOLERANCE);
      const rule = (y) => Math.min(...rules.map((it) => Math.abs((it.top + it.bottom) / 2 - y)));
      off = Math.max(across, rule(cell.top), rule(cell.bottom));
    }
    if (off <= TOLERANCE) {
      worst.box = Math.max(worst.box, off);
    } else {
      say(`the ${cell.name} at ${spot(cell)} is ${off.toFixed(2)} px off on paper`);
    }
  }
}

/** The box that is nearest to another, and how far its farthest edge is off. */
function nearest(box, others) {
  const off = (it) => Math.max(...['left', 'right', 'top', 'bottom'].map((edge) => Math.abs(it[edge] - box[edge])));
  return others.map((it) => [it, off(it)]).sort(([, a], [, b]) => a - b)[0] ?? [undefined, Infinity];
}

/** Where something stands. */
export function spot({ left, top }) {
  return `(${left.toFixed(0)}, ${top.toFixed(0)})`;
}
