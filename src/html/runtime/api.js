/*
 * `window.Reveal`: the part of reveal.js's interface that a deck honours, under
 * the same names and with the same meaning.
 *
 *   next() prev() slide(h, v, f)       move; v is always 0
 *   getIndices() getState()            where the deck is
 *   getSlides() getTotalSlides() getCurrentSlide()
 *   getProgress() getScale()
 *   isReady() isFirstSlide() isLastSlide()
 *   isPaused() togglePause() isOverview() toggleOverview() toggleHelp()
 *   layout()                           fits the deck into its window again
 *   on(type, act) off(type, act)       events: ready slidechanged fragmentshown
 *     fragmenthidden overviewshown overviewhidden paused resumed, with
 *     reveal.js's properties; all bubble from the deck's root
 *
 * Not there: configuration, plugins, key bindings, and slides in stacks.
 */

/**
 * @param {Deck} deck
 */
function makeApi(deck) {
  const indices = () => {
    const { groups, step } = currentSlide(deck);
    return { h: deck.index, v: 0, f: groups.length > 0 ? step : undefined };
  };
  return {
    next: () => next(deck),
    prev: () => previous(deck),
    /** @type {(h?: number, v?: number, f?: number) => void} */
    slide: (h, _v, f) => goTo(deck, h ?? deck.index, f),
    getIndices: indices,
    getState: () => {
      const { h, v, f } = indices();
      const { blank: paused, overview } = deck;
      return { indexh: h, indexv: v, indexf: f, paused, overview };
    },
    getSlides: () => deck.slides.map(({ element }) => element),
    getTotalSlides: () => deck.slides.length,
    getCurrentSlide: () => currentSlide(deck).element,
    getProgress: () => progressOf(deck),
    getScale: () => deck.scale,
    isReady: () => true,
    isFirstSlide: () => deck.index === 0,
    isLastSlide: () => deck.index === deck.slides.length - 1,
    isPaused: () => deck.blank,
    togglePause: () => toggleBlank(deck),
    isOverview: () => deck.overview,
    toggleOverview: () => toggleOverview(deck),
    toggleHelp: () => openHelp(deck),
    layout: () => fit(deck),
    /** @type {(type: string, act: EventListener) => void} */
    on: (type, act) => deck.root.addEventListener(type, act),
    /** @type {(type: string, act: EventListener) => void} */
    off: (type, act) => deck.root.removeEventListener(type, act),
  };
}
