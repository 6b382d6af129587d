/*
 * Pointers: the wheel, swipes, clicks on links within the deck and on slides of
 * the overview, and what the browser's search finds.
 *
 * A click elsewhere does nothing: text stays selectable.
 */

/** How far a finger must move to swipe, in CSS px. */
const SWIPE = 40;

/** The shortest time between two steps by the wheel, in ms. */
const WHEEL_PAUSE = 250;

/** The smallest turn of the wheel that is meant, in CSS px. */
const WHEEL_TURN = 4;

/**
 * Makes a step of the wheel's events. One push at a touch pad sends many with
 * falling deltas until it runs out; only one that is not falling is a push.
 *
 * @param {Deck} deck
 */
function listenToWheel(deck) {
  let lastStep = -Infinity;
  let lastDelta = 0;
  let lastTime = -Infinity;
  /** @param {WheelEvent} event */
  const turn = (event) => {
    const foreign = IN_FRAME && !document.hasFocus();
    if (event.ctrlKey || foreign || !deck.stage || deck.overview || isDialogOpen(deck)) {
      return;
    }
    event.preventDefault();
    const delta = Math.abs(event.deltaY) > Math.abs(event.deltaX) ? event.deltaY : event.deltaX;
    const { timeStamp } = event;
    const runningOut = timeStamp - lastTime < WHEEL_PAUSE && Math.abs(delta) < lastDelta;
    lastTime = timeStamp;
    lastDelta = Math.abs(delta);
    const meant = Math.abs(delta) >= WHEEL_TURN && !runningOut && !deck.blank;
    if (meant && timeStamp - lastStep >= WHEEL_PAUSE) {
      lastStep = timeStamp;
      (delta > 0 ? next : previous)(deck);
    }
  };
  deck.root.addEventListener("wheel", turn, { passive: false });
}

/**
 * @param {Deck} deck
 */
function isDialogOpen(deck) {
  return deck.root.querySelector("dialog[open]") !== null;
}

/**
 * @param {Deck} deck
 */
function listenToSwipes(deck) {
  /** @type {PointerEvent | null} Where one finger went down. */
  let start = null;
  deck.root.addEventListener("pointerdown", (event) => {
    // A second finger makes a pinch of it, which is the browser's.
    const isOwn = event.target instanceof Element && event.target.closest("video") !== null;
    start = event.isPrimary && event.pointerType === "touch" && !isOwn ? event : null;
  });
  deck.root.addEventListener("pointercancel", () => {
    start = null;
  });
  deck.root.addEventListener("pointerup", (event) => {
    if (start === null || !deck.stage || deck.overview || isDialogOpen(deck)) {
      return;
    }
    const right = event.clientX - start.clientX;
    const down = event.clientY - start.clientY;
    const across = isRtl(deck.root) ? -right : right;
    const far = Math.abs(right) > Math.abs(down) ? across : down;
    start = null;
    if (deck.blank) {
      setBlank(deck, "");
    } else if (Math.abs(far) >= SWIPE) {
      (far < 0 ? next : previous)(deck);
    }
  });
}

/**
 * @param {Deck} deck
 */
function listenToClicks(deck) {
  // Caught on the way down: in the overview a slide is one thing to click on,
  // and the links in it are not.
  const click = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const section = target.closest(".slides > section");
    if (deck.overview && section) {
      event.preventDefault();
      event.stopPropagation();
      goTo(deck, indexOf(deck, section));
      closeOverview(deck);
      return;
    }
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const link = target.closest('a[href^="#"]');
    const route = plain && deck.stage && link && readRoute(deck, link.getAttribute("href") ?? "");
    if (route) {
      event.preventDefault();
      jumpTo(deck, route.index, route.step);
    }
  };
  deck.root.addEventListener("click", click, { capture: true });
  deck.root.addEventListener("beforematch", (event) => {
    const section = /** @type {Element} */ (event.target).closest(".slides > section");
    if (section) {
      goTo(deck, indexOf(deck, section), Infinity);
    }
  });
}

/**
 * @param {Deck} deck
 * @param {Element} section
 */
function indexOf(deck, section) {
  return deck.slides.findIndex(({ element }) => element === section);
}
