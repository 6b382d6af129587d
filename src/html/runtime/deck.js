/*
 * The deck on the page: what is known of it, and the one function that moves
 * through it.
 *
 * Takes the markup that the HTML writer makes: `.reveal.deck > .slides >
 * section`. Gives `goTo`, on which keys, routes, pointers and the public
 * interface stand. There is no state outside a `Deck`: a function takes the
 * deck that it works on as its first argument.
 *
 * Words: a slide's *step* is counted here as reveal.js counts it, from -1 (no
 * fragment visible) to one less than the number of its groups of fragments.
 */

/**
 * @typedef {object} Slide
 * @property {HTMLElement} element The section.
 * @property {HTMLElement[][]} groups What appears at each step, in order. Read
 *   when it is first asked for, as are the code blocks.
 * @property {CodeBlock[]} codes The code blocks whose focus moves.
 * @property {number} step The last visible group; -1 when none is visible.
 */

/**
 * @typedef {object} Deck
 * @property {HTMLElement} root The element with the class `deck`.
 * @property {HTMLElement} canvas The element with the class `slides`.
 * @property {number} width The canvas's width in CSS px, before scaling.
 * @property {number} height The canvas's height in CSS px, before scaling.
 * @property {number} scale What the canvas is multiplied by on the stage.
 * @property {Slide[]} slides In the order of the deck.
 * @property {number} index The slide that is shown, counted from 0.
 * @property {boolean} stage One slide fills the window; else the article.
 * @property {boolean} overview The grid of all slides is open.
 * @property {Blank} blank What the screen shows instead of the slide.
 * @property {boolean} printing The browser is making pages for a printer.
 * @property {string} opened The route at which the overview was opened.
 * @property {number} columns The columns of the overview's grid.
 * @property {() => void} endMotion Ends what still moves from the last slide.
 * @property {RouteWriter} route When the address may be written.
 * @property {Furniture} furniture What the script adds to the page.
 * @property {Session | null} session The talk that is being given.
 */

/**
 * Reads the deck from the page.
 *
 * @param {HTMLElement} root
 * @returns {Deck}
 */
function readDeck(root) {
  const canvas = /** @type {HTMLElement} */ (root.querySelector(".slides"));
  const sections = /** @type {NodeListOf<HTMLElement>} */ (
    canvas.querySelectorAll(":scope > section")
  );
  return {
    root,
    canvas,
    width: Number(root.dataset.width) || 1280,
    height: Number(root.dataset.height) || 720,
    scale: 1,
    slides: Array.from(sections, readSlide),
    index: 0,
    stage: true,
    overview: false,
    blank: "",
    printing: false,
    opened: "",
    columns: 1,
    endMotion: () => {},
    route: { timer: undefined, paid: 0 },
    furniture: addFurniture(root),
    session: null,
  };
}

/**
 * @param {HTMLElement} element
 * @returns {Slide}
 */
function readSlide(element) {
  /** @type {HTMLElement[][] | undefined} */
  let groups;
  /** @type {CodeBlock[] | undefined} */
  let codes;
  return {
    element,
    step: -1,
    get groups() {
      return (groups ??= readGroups(element));
    },
    get codes() {
      return (codes ??= readCodes(element, this.groups));
    },
  };
}

/**
 * The slide that is shown.
 *
 * @param {Deck} deck
 */
function currentSlide(deck) {
  return deck.slides[deck.index];
}

/**
 * Shows a slide. An index or a step outside the deck means the nearest one.
 *
 * Without a step, a slide is entered at its first step when one comes from an
 * earlier slide and at its last step when one comes back from a later one:
 * slides behind the audience have shown all they have, those ahead nothing.
 *
 * @param {Deck} deck
 * @param {number} index Counted from 0.
 * @param {number} [step]
 */
function goTo(deck, index, step) {
  deck.endMotion();
  const previous = currentSlide(deck);
  const target = Math.min(Math.max(index, 0), deck.slides.length - 1);
  const moved = target !== deck.index;
  if (moved) {
    const forward = target > deck.index;
    for (let i = deck.index; i !== target; i += forward ? 1 : -1) {
      const slide = deck.slides[i];
      setPlace(slide, forward ? "past" : "future");
      setStep(slide, forward ? Infinity : -1);
    }
    deck.index = target;
  }
  const slide = currentSlide(deck);
  previous.element.classList.toggle("stepping", !moved);
  setPlace(slide, "present");
  const { shown, hidden } = setStep(slide, step ?? slide.step);
  drawProgress(deck);
  writeRoute(deck);

  if (moved) {
    drawHidden(deck, [previous, slide]);
    drawOverview(deck);
    scrollToSlide(deck);
    startMotion(deck, previous, target > deck.slides.indexOf(previous));
    announce(deck, labelOf(slide));
    decodeImages(deck.slides[target + 1]);
  } else if (shown.length > 0) {
    announce(deck, outermost(shown).map((element) => element.textContent?.trim()).join(" "));
  }
  if (hidden.length > 0) {
    emit(deck, "fragmenthidden", { fragment: hidden[0], fragments: hidden });
  }
  if (shown.length > 0) {
    emit(deck, "fragmentshown", { fragment: shown[0], fragments: shown });
  }
  if (moved) {
    emit(deck, "slidechanged", {
      previousSlide: previous.element,
      currentSlide: slide.element,
      indexh: target,
      indexv: 0,
    });
  }
}

/**
 * Takes a step, or goes to the next slide after the last one.
 *
 * @param {Deck} deck
 */
function next(deck) {
  const slide = currentSlide(deck);
  if (deck.stage && !deck.overview && slide.step < slide.groups.length - 1) {
    goTo(deck, deck.index, slide.step + 1);
  } else {
    goToNeighbour(deck, 1);
  }
}

/**
 * Takes a step back, or goes to the slide before.
 *
 * @param {Deck} deck
 */
function previous(deck) {
  const slide = currentSlide(deck);
  if (deck.stage && !deck.overview && slide.step >= 0) {
    goTo(deck, deck.index, slide.step - 1);
  } else {
    goToNeighbour(deck, -1);
  }
}

/**
 * What a screen reader calls a slide: its place and its title, as in
 * `3 of 27: Pools`.
 *
 * @param {Slide} slide
 */
function labelOf({ element }) {
  return element.getAttribute("aria-label") ?? "";
}

/**
 * Whether an element reads from right to left.
 *
 * @param {HTMLElement} element
 */
function isRtl(element) {
  return getComputedStyle(element).direction === "rtl";
}

/**
 * @param {Slide} slide
 * @param {"past" | "present" | "future"} place
 */
function setPlace(slide, place) {
  const { classList } = slide.element;
  if (!classList.contains(place)) {
    classList.remove("past", "present", "future");
    classList.add(place);
  }
}

/**
 * Gives every slide its place and its step. What is ahead and was never shown is
 * left as it is in the page until it comes: a deck opens faster for it.
 *
 * @param {Deck} deck
 */
function placeSlides(deck) {
  for (const [i, slide] of deck.slides.entries()) {
    setPlace(slide, i < deck.index ? "past" : i > deck.index ? "future" : "present");
    if (i <= deck.index) {
      setStep(slide, i < deck.index ? Infinity : slide.step);
    } else if (slide.step >= 0) {
      setStep(slide, -1);
    }
  }
}

/**
 * The elements that stand in no other of them.
 *
 * @param {HTMLElement[]} elements
 */
function outermost(elements) {
  const isInside = (/** @type {HTMLElement} */ element) =>
    elements.some((other) => other !== element && other.contains(element));
  return elements.filter((element) => !isInside(element));
}

/**
 * Takes every slide but the one that is shown out of the page, for the eye and
 * for screen readers. The browser's search still finds text in them and says
 * so with `beforematch`. In the article and the overview all slides are there.
 *
 * @param {Deck} deck
 * @param {Slide[]} [slides] Those that may have changed.
 */
function drawHidden(deck, slides = deck.slides) {
  const all = !deck.stage || deck.overview;
  for (const slide of slides) {
    const { element } = slide;
    if (all || slide === currentSlide(deck)) {
      element.removeAttribute("hidden");
      element.removeAttribute("aria-hidden");
    } else if (!element.hasAttribute("hidden")) {
      element.setAttribute("hidden", "until-found");
      element.setAttribute("aria-hidden", "true");
    }
  }
}

/**
 * Decodes a slide's images before they are shown, so that none comes late.
 *
 * @param {Slide | undefined} slide
 */
function decodeImages(slide) {
  for (const image of slide?.element.querySelectorAll("img") ?? []) {
    // An image that cannot be decoded shows its alt text when its slide comes.
    image.decode().catch(() => {});
  }
}

/**
 * Sends an event from the deck's root, with reveal.js's names and properties.
 *
 * @param {Deck} deck
 * @param {string} type
 * @param {object} [properties]
 */
function emit(deck, type, properties) {
  deck.root.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), properties));
}
