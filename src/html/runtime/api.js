/*
 * `window.Reveal`: the part of reveal.js's interface that a deck honours, under
 * the same names and with the same meaning. `docs/reveal.md` lists it.
 *
 * Slides stand in one row: `v` is always 0, and what reveal.js does between
 * slides of a stack does nothing. Not there: configuration, plugins, key
 * bindings and backgrounds.
 */

/**
 * @param {Deck} deck
 */
function makeApi(deck) {
  const indices = (/** @type {Element} */ element = currentSlide(deck).element) => {
    const h = indexOf(deck, element);
    const { groups, step } = deck.slides[h];
    return { h, v: 0, f: groups.length > 0 ? step : undefined };
  };
  const isLast = () => deck.index === deck.slides.length - 1;
  /** @type {(by: number) => boolean} */
  const moveStep = (by) => {
    const { groups, step } = currentSlide(deck);
    const can = step + by >= -1 && step + by < groups.length;
    if (can) {
      goTo(deck, deck.index, step + by);
    }
    return can;
  };
  /** @type {(type: string, act: EventListener) => void} */
  const on = (type, act) => deck.root.addEventListener(type, act);
  /** @type {(type: string, act: EventListener) => void} */
  const off = (type, act) => deck.root.removeEventListener(type, act);
  return {
    next: () => next(deck),
    prev: () => previous(deck),
    right: () => next(deck),
    left: () => previous(deck),
    /** @type {(h?: number, v?: number, f?: number) => void} */
    slide: (h, _v, f) => goTo(deck, h ?? deck.index, f),
    nextFragment: () => moveStep(1),
    prevFragment: () => moveStep(-1),
    availableFragments: () => {
      const { groups, step } = currentSlide(deck);
      return { prev: step >= 0, next: step < groups.length - 1 };
    },
    availableRoutes: () => ({ left: deck.index > 0, right: !isLast(), up: false, down: false }),
    getIndices: indices,
    getState: () => {
      const { h, v, f } = indices();
      return { indexh: h, indexv: v, indexf: f, paused: deck.blank !== "", overview: deck.overview };
    },
    /** @type {(state: { indexh: number, indexf?: number, paused?: boolean, overview?: boolean }) => void} */
    setState: ({ indexh, indexf, paused = false, overview = false }) => {
      goTo(deck, indexh, indexf);
      if (paused !== (deck.blank !== "")) {
        toggleBlack(deck);
      }
      if (overview !== deck.overview) {
        toggleOverview(deck);
      }
    },
    getSlides: () => deck.slides.map(({ element }) => element),
    /** @type {(h: number) => HTMLElement | undefined} */
    getSlide: (h) => deck.slides[h]?.element,
    getTotalSlides: () => deck.slides.length,
    getSlidePastCount: () => deck.index,
    getCurrentSlide: () => currentSlide(deck).element,
    getRevealElement: () => deck.root,
    getSlidesElement: () => deck.canvas,
    getViewportElement: () => document.body,
    getProgress: () => progressOf(deck),
    getScale: () => deck.scale,
    isReady: () => true,
    isFirstSlide: () => deck.index === 0,
    isLastSlide: isLast,
    isPaused: () => deck.blank !== "",
    togglePause: () => toggleBlack(deck),
    isOverview: () => deck.overview,
    toggleOverview: () => toggleOverview(deck),
    toggleHelp: () => openHelp(deck),
    toggleJumpToSlide: () => openJump(deck),
    layout: () => fit(deck),
    on,
    off,
    addEventListener: on,
    removeEventListener: off,
  };
}
