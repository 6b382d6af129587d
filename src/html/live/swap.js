/*
 * Swapping: the slides that changed, in place of what they were.
 *
 * A slide is known by the hash of what it is made of, so one that did not change
 * stays the same element, also where others come and go; its name and its number
 * are written on it here. The slide that is shown, its step and the overview stay;
 * if the slide itself is gone, what stands in its place is shown.
 */

/**
 * @typedef {object} Content What a slide is made of.
 * @property {string} html
 * @property {string} css
 * @property {Record<string, number>} blocks By the name of a block, how many lines
 *   below the slide's first it stands.
 * @property {[string, number][]} fill How full each slot is, in percent.
 * @property {number} time The planned time, in s.
 */

/**
 * Writes on slides what depends on where they stand.
 *
 * @param {HTMLElement[]} elements
 * @param {ShownSlide[]} shown
 */
function nameSlides(elements, shown) {
  for (const [i, element] of elements.entries()) {
    const { id, label, number } = shown[i];
    if (element.id !== id) {
      element.id = id;
    }
    if (element.getAttribute("aria-label") !== label) {
      element.setAttribute("aria-label", label);
    }
    if (element.dataset.number !== String(number)) {
      element.dataset.number = String(number);
      const place = element.querySelector(":scope > .footer > .slide-number");
      place?.replaceChildren(String(number));
    }
  }
}

/**
 * Makes the deck's slides those with the given hashes, in that order.
 *
 * @param {Deck} deck
 * @param {string[]} before The hashes of the slides that are there.
 * @param {ShownSlide[]} after
 * @param {Map<string, Content>} contents
 */
function swapSlides(deck, before, after, contents) {
  deck.endMotion();
  const shown = currentSlide(deck);
  /** @type {Map<Slide, number>} */
  const places = new Map(deck.slides.map((slide, i) => [slide, i]));
  const ids = new Map(deck.slides.map(({ element }, i) => [element.id, i]));
  /** @type {Map<string, Slide[]>} */
  const there = new Map();
  for (const [i, hash] of before.entries()) {
    there.set(hash, [...(there.get(hash) ?? []), deck.slides[i]]);
  }
  const slides = after.map(({ hash }) => there.get(hash)?.shift() ?? makeSlide(contents.get(hash)));
  const origins = originsOf(slides, after, places, ids);
  const kept = new Set(slides.map(({ element }) => element));
  for (const { element } of deck.slides) {
    if (!kept.has(element)) {
      element.remove();
    }
  }
  for (const [i, { element }] of slides.entries()) {
    if (deck.canvas.children[i] !== element) {
      deck.canvas.insertBefore(element, deck.canvas.children[i] ?? null);
    }
  }
  nameSlides(slides.map(({ element }) => element), after);
  const index = origins.indexOf(deck.index);
  deck.slides = slides;
  deck.index = index >= 0 ? index : placeOf(deck.index, origins);
  const current = currentSlide(deck);
  if (current !== shown) {
    current.step = index >= 0 ? shown.step : -1;
    current.element.classList.toggle("stepping", true);
  }
  showSlides(deck);
  if (deck.session) {
    moveTalk(deck, deck.session, origins);
  }
}

/**
 * For each slide, which one it was before; -1 for one that was not there.
 *
 * @param {Slide[]} slides
 * @param {ShownSlide[]} after
 * @param {Map<Slide, number>} places Where each slide was.
 * @param {Map<string, number>} ids Where the slide of each name was.
 */
function originsOf(slides, after, places, ids) {
  const stays = new Set(slides.map((slide) => places.get(slide)));
  return slides.map((slide, i) => {
    const own = places.get(slide);
    // A page that missed something asks the names.
    const other = after[i].was ?? ids.get(after[i].id) ?? -1;
    return own ?? (stays.has(other) ? -1 : other);
  });
}

/**
 * Where a slide would stand that is gone: behind what stood before it.
 *
 * @param {number} index Where it stood.
 * @param {number[]} origins
 */
function placeOf(index, origins) {
  for (let before = index - 1; before >= 0; before--) {
    const at = origins.indexOf(before);
    if (at >= 0) {
      return Math.min(at + 1, origins.length - 1);
    }
  }
  return 0;
}

/**
 * @param {Content | undefined} content
 * @returns {Slide}
 */
function makeSlide(content) {
  const made = new DOMParser().parseFromString(content?.html ?? "", "text/html");
  const section = made.querySelector("section") ?? make("section");
  return readSlide(/** @type {HTMLElement} */ (document.adoptNode(section)));
}

/**
 * Puts every slide where it belongs, as after loading.
 *
 * @param {Deck} deck
 */
function showSlides(deck) {
  placeSlides(deck);
  if (!deck.stage || deck.overview) {
    deck.slides.forEach((slide) => drawFocus(slide, deck.stage ? slide.step : null));
  }
  drawHidden(deck);
  fit(deck);
  drawProgress(deck);
  writeRoute(deck);
  decodeImages(deck.slides[deck.index + 1]);
}

/**
 * Takes the times of a talk along to the slides that were there.
 *
 * @param {Deck} deck
 * @param {Session} session
 * @param {number[]} origins For each slide, which one it was before.
 */
function moveTalk(deck, session, origins) {
  const { talk } = session;
  const to = (/** @type {number} */ index) => origins.indexOf(index);
  session.plan = readPlan(deck);
  talk.spent = origins.map((index) => talk.spent[index] ?? 0);
  talk.skipped = talk.skipped.map(to).filter((index) => index >= 0);
  talk.extra = talk.extra === null || to(talk.extra) < 0 ? null : to(talk.extra);
  talk.place = { ...talk.place, index: Math.max(to(talk.place.index), 0) };
  talk.at = deck.index;
  talk.step = currentSlide(deck).step;
  store(talk);
  session.draw();
}
