/*
 * Motion from one slide to the next, for decks that ask for it: a slide with
 * `data-transition` fades or slides in, and between two slides with the same
 * `data-auto-animate-id` what they share moves to its new place, what goes
 * fades out and what comes fades in. The lines of a code block count one by
 * one, so code that grows moves line by line.
 *
 * A motion only shows on the way what is true at once: the deck is on the slide
 * before it starts, and whatever the speaker does next ends it. None runs when
 * motion is to be reduced.
 */

/** How long a slide takes to come in, in ms. */
const COMES_IN = { fade: 180, slide: 250 };

/** How long the parts that two slides share take to their new places, in ms. */
const MORPH = 400;

/**
 * Two parts that are the same on two slides.
 *
 * @typedef {object} Pair
 * @property {HTMLElement} from
 * @property {HTMLElement} to
 * @property {Pair | null} around The pair of blocks that they are parts of.
 */

/**
 * What two slides share and what only one of them has.
 *
 * @typedef {object} Parts
 * @property {Pair[]} shared A pair before those within it.
 * @property {HTMLElement[]} going
 * @property {HTMLElement[]} coming
 */

/**
 * Shows the way from a slide to the one that is now shown.
 *
 * @param {Deck} deck
 * @param {Slide} from
 * @param {boolean} forward
 */
function startMotion(deck, from, forward) {
  const leaving = from.element;
  const coming = currentSlide(deck).element;
  const morphs = isMorph(leaving, coming);
  const { transition = "none" } = coming.dataset;
  if (!morphs && transition !== "fade" && transition !== "slide") {
    return;
  }
  const still = !deck.stage || deck.overview || deck.blank || document.hidden;
  if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  leaving.classList.add("leaving");
  leaving.classList.toggle("melting", morphs);
  const moves = morphs
    ? morph(deck, leaving, coming)
    : comeIn(leaving, coming, /** @type {"fade" | "slide"} */ (transition), forward);
  deck.endMotion = () => {
    deck.endMotion = () => {};
    moves.forEach((move) => move.cancel());
    leaving.classList.remove("leaving", "melting");
    for (const part of leaving.querySelectorAll(".going")) {
      part.classList.remove("going");
    }
    emit(deck, "slidetransitionend", { previousSlide: leaving, currentSlide: coming });
  };
  const { endMotion } = deck;
  const endOnce = () => deck.endMotion === endMotion && endMotion();
  Promise.allSettled(moves.map((move) => move.finished)).then(endOnce);
}

/**
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
function isMorph(from, to) {
  return (
    from.hasAttribute("data-auto-animate") &&
    to.hasAttribute("data-auto-animate") &&
    from.dataset.autoAnimateId === to.dataset.autoAnimateId
  );
}

/**
 * @param {HTMLElement} leaving
 * @param {HTMLElement} coming
 * @param {"fade" | "slide"} transition
 * @param {boolean} forward
 * @returns {Animation[]}
 */
function comeIn(leaving, coming, transition, forward) {
  const timing = { duration: COMES_IN[transition], easing: "ease-out" };
  if (transition === "fade") {
    return [coming.animate({ opacity: [0, 1] }, timing)];
  }
  const side = forward !== isRtl(coming) ? 100 : -100;
  return [
    leaving.animate({ transform: ["none", `translateX(${-side}%)`] }, timing),
    coming.animate({ transform: [`translateX(${side}%)`, "none"] }, timing),
  ];
}

/**
 * @param {Deck} deck
 * @param {HTMLElement} leaving
 * @param {HTMLElement} coming
 * @returns {Animation[]}
 */
function morph(deck, leaving, coming) {
  const blocks = ":scope > .slot > *, :scope > .footnotes";
  /** @type {Parts} */
  const parts = { shared: [], going: [], coming: [] };
  compare(parts, children(leaving, blocks), children(coming, blocks), null);
  // Everything is measured before anything moves.
  const way = new Map(parts.shared.map((pair) => [pair, wayOf(pair, deck.scale)]));
  const moves = parts.shared.flatMap((pair) => movePair(pair, way));
  for (const part of parts.going) {
    part.classList.add("going");
    moves.push(part.animate({ opacity: 0 }, { duration: MORPH * 0.4, fill: "forwards" }));
  }
  for (const part of parts.coming) {
    const timing = { delay: MORPH * 0.4, duration: MORPH * 0.6, fill: "backwards" };
    moves.push(part.animate({ opacity: 0, offset: 0 }, /** @type {KeyframeAnimationOptions} */ (timing)));
  }
  return moves;
}

/**
 * @typedef {object} Way How far a part comes from, in px of the canvas.
 * @property {number} x
 * @property {number} y
 * @property {number} scale The size that its text had, in parts of what it has.
 * @property {[string, string]} heights
 */

/**
 * @param {Pair} pair
 * @param {number} scale Of the canvas.
 * @returns {Way}
 */
function wayOf({ from, to }, scale) {
  const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  const [before, after] = [getComputedStyle(from), getComputedStyle(to)];
  const isText = from.querySelector("img") === null;
  const grows = isText
    ? Number.parseFloat(before.fontSize) / Number.parseFloat(after.fontSize)
    : a.width / b.width;
  const isLine = to.matches(".line");
  const [left, right] = isLine ? [startOf(from), startOf(to)] : [a.x, b.x];
  return {
    x: (left - right) / scale,
    y: (a.y - b.y) / scale,
    scale: grows,
    heights: [before.height, after.height],
  };
}

/**
 * @param {HTMLElement} line Of code.
 * @returns {number} Where it starts after its indentation, in px of the window.
 */
function startOf(line) {
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const at = texts.currentNode.textContent?.search(/\S/) ?? -1;
    if (at >= 0) {
      const first = document.createRange();
      first.setStart(texts.currentNode, at);
      first.setEnd(texts.currentNode, at + 1);
      return first.getBoundingClientRect().x;
    }
  }
  return line.getBoundingClientRect().x;
}

/**
 * @param {Pair} pair
 * @param {Map<Pair, Way>} ways
 * @returns {Animation[]}
 */
function movePair(pair, ways) {
  const way = /** @type {Way} */ (ways.get(pair));
  const around = (pair.around && ways.get(pair.around)) ?? { x: 0, y: 0 };
  const [x, y] = [way.x - around.x, way.y - around.y];
  const timing = { duration: MORPH, easing: "ease-in-out" };
  const moves = [];
  if (Math.abs(x) > 0.5 || Math.abs(y) > 0.5 || Math.abs(way.scale - 1) > 0.01) {
    const transform = [`translate(${x}px, ${y}px) scale(${way.scale})`, "none"];
    moves.push(pair.to.animate({ transform, transformOrigin: ["0 0", "0 0"] }, timing));
  }
  const [before, after] = way.heights;
  if (pair.to.matches("pre") && before !== after) {
    // What the box has not yet of its height, its margin has, so that nothing
    // below it moves.
    const missing = Number.parseFloat(after) - Number.parseFloat(before);
    const margins = { marginBottom: [`${missing}px`, "0px"] };
    moves.push(pair.to.animate({ height: [before, after], ...margins }, timing));
  }
  return moves;
}

/**
 * Finds what two lists of parts share, and within blocks of code, lists and
 * tables that changed, what those share.
 *
 * @param {Parts} parts Takes what is found.
 * @param {HTMLElement[]} from
 * @param {HTMLElement[]} to
 * @param {Pair | null} around
 */
function compare(parts, from, to, around) {
  const partners = align(from.map(keyOf), to.map(keyOf));
  const going = from.filter((_, i) => !partners.includes(i));
  for (const [j, element] of to.entries()) {
    const same = partners[j];
    const within = partsOf(element);
    const changed = within && going.find((other) => other.tagName === element.tagName);
    if (same !== undefined) {
      parts.shared.push({ from: from[same], to: element, around });
    } else if (within && changed) {
      going.splice(going.indexOf(changed), 1);
      const pair = { from: changed, to: element, around };
      parts.shared.push(pair);
      compare(parts, children(changed, within), children(element, within), pair);
    } else {
      parts.coming.push(element);
    }
  }
  parts.going.push(...going);
}

/**
 * @param {HTMLElement} element
 * @returns {string | undefined} Which parts of a block are compared one by one.
 */
function partsOf(element) {
  const list = ":scope > li";
  return { PRE: ".line", UL: list, OL: list, TABLE: "tr" }[element.tagName];
}

/**
 * @param {HTMLElement} element
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function children(element, selector) {
  return Array.from(element.querySelectorAll(selector));
}

/**
 * What two parts have in common when they are the same.
 *
 * @param {HTMLElement} element
 */
function keyOf(element) {
  const images = Array.from(element.querySelectorAll("img"), (image) => image.src + image.className);
  // A line of code may stand deeper than it did.
  const text = (element.textContent ?? "").trim();
  const isBlank = images.length === 0 && text === "";
  return isBlank ? "" : [element.tagName, text, ...images].join("\n");
}

/**
 * Which of two lists are the same: both ends, between them the longest way
 * through both without changing their order, and then whatever else is in both.
 * What is blank is the same only by its place.
 *
 * @param {string[]} from
 * @param {string[]} to
 * @returns {(number | undefined)[]} For each of `to`, its partner in `from`.
 */
function align(from, to) {
  /** @type {(number | undefined)[]} */
  const partners = to.map(() => undefined);
  // The brace that ends both ends both, however many there are before it.
  let [m, n] = [from.length, to.length];
  while (m > 0 && n > 0 && from[m - 1] === to[n - 1]) {
    partners[--n] = --m;
  }
  const lengths = Array.from({ length: m + 1 }, () => new Uint16Array(n + 1));
  for (let i = m - 1; i >= 0; i--) {
    for (let j = n - 1; j >= 0; j--) {
      lengths[i][j] =
        from[i] === to[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < m && j < n; ) {
    if (from[i] === to[j]) {
      partners[j++] = i++;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return partners.map((partner, j) => {
    const other = from.findIndex((key, i) => key !== "" && key === to[j] && !partners.includes(i));
    if (partner === undefined && other >= 0) {
      partners[j] = other;
    }
    return partners[j];
  });
}
