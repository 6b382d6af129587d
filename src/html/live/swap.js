/*
 * Swapping: the slides that changed, in place of what they were.
 *
 * A slide is known by the hash of what it is made of, so one that did not change
 * stays the same element. The slide that is shown, its step and the overview stay;
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
 * Makes the deck's slides those with the given hashes, in that order.
 *
 * @param {Deck} deck
 * @param {string[]} before The hashes of the slides that are there.
 * @param {string[]} after
 * @param {Map<string, Content>} contents
 */
function swapSlides(deck, before, after, contents) {
  deck.endMotion();
  const shown = currentSlide(deck);
  const old = deck.slides.map(({ element }) => element.id);
  /** @type {Map<string, Slide[]>} */
  const there = new Map();
  for (const [i, hash] of before.entries()) {
    there.set(hash, [...(there.get(hash) ?? []), deck.slides[i]]);
  }
  const slides = after.map((hash) => there.get(hash)?.shift() ?? makeSlide(contents.get(hash)));
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
  const same = slides.indexOf(shown);
  const named = slides.findIndex(({ element }) => element.id === shown.element.id);
  const index = same >= 0 ? same : named;
  deck.slides = slides;
  deck.index = index >= 0 ? index : Math.min(deck.index, slides.length - 1);
  const current = currentSlide(deck);
  if (current !== shown) {
    current.step = shown.step;
    current.element.classList.toggle("stepping", true);
  }
  showSlides(deck);
  if (deck.session) {
    moveTalk(deck, deck.session, old);
  }
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
 * Takes the times of a talk along to the slides that have the same names.
 *
 * @param {Deck} deck
 * @param {Session} session
 * @param {string[]} old The names of the slides before, in order.
 */
function moveTalk(deck, session, old) {
  const { talk } = session;
  const now = deck.slides.map(({ element }) => element.id);
  const to = (/** @type {number} */ index) => now.indexOf(old[index]);
  session.plan = readPlan(deck);
  talk.spent = now.map((id) => talk.spent[old.indexOf(id)] ?? 0);
  talk.skipped = talk.skipped.map(to).filter((index) => index >= 0);
  talk.extra = talk.extra === null || to(talk.extra) < 0 ? null : to(talk.extra);
  talk.place = { ...talk.place, index: Math.max(to(talk.place.index), 0) };
  talk.at = deck.index;
  talk.step = currentSlide(deck).step;
  store(talk);
  session.draw();
}
