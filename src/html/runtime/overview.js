/*
 * The overview: all slides in a grid, each with everything on it visible.
 *
 * The grid is a view of the same deck: moving in it moves through the deck, and
 * closing it stays on the slide that was reached.
 */

/** The width in CSS px that a slide of the grid should have at least. */
const CELL_WIDTH = 260;

/** The room between slides of the grid, in CSS px. */
const CELL_GAP = 16;

/**
 * @param {Deck} deck
 */
function toggleOverview(deck) {
  if (deck.overview) {
    closeOverview(deck);
  } else {
    openOverview(deck);
  }
}

/**
 * @param {Deck} deck
 */
function openOverview(deck) {
  if (!deck.stage || deck.overview) {
    return;
  }
  deck.endMotion();
  deck.overview = true;
  deck.opened = routeOf(deck);
  deck.root.classList.add("overview");
  // Of slides that were not shown yet, the focus has not been drawn either.
  deck.slides.forEach((slide) => drawFocus(slide, slide.step));
  drawHidden(deck);
  fit(deck);
  emit(deck, "overviewshown");
}

/**
 * @param {Deck} deck
 */
function closeOverview(deck) {
  if (!deck.overview) {
    return;
  }
  deck.overview = false;
  deck.root.classList.remove("overview");
  deck.canvas.style.height = "";
  for (const { element } of deck.slides) {
    element.style.transform = "";
  }
  leaveBehind(deck, deck.opened);
  drawHidden(deck);
  fit(deck);
  emit(deck, "overviewhidden");
}

/**
 * Puts the slides in their places and the one that is shown into sight.
 *
 * @param {Deck} deck
 */
function drawOverview(deck) {
  if (!deck.overview) {
    return;
  }
  const room = deck.root.clientWidth - CELL_GAP;
  deck.columns = Math.max(1, Math.floor(room / (CELL_WIDTH + CELL_GAP)));
  const scale = (room / deck.columns - CELL_GAP) / deck.width;
  const across = room / deck.columns;
  const down = deck.height * scale + CELL_GAP;
  for (const [i, { element }] of deck.slides.entries()) {
    const left = CELL_GAP + (i % deck.columns) * across;
    const top = CELL_GAP + Math.floor(i / deck.columns) * down;
    element.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  }
  const rows = Math.ceil(deck.slides.length / deck.columns);
  deck.canvas.style.transform = "";
  deck.canvas.style.height = `${rows * down + CELL_GAP}px`;
  currentSlide(deck).element.scrollIntoView({ block: "nearest" });
}

/**
 * What a key does in the overview and not on the stage.
 *
 * @param {Deck} deck
 * @param {string} key As in `keys.js`.
 * @returns {boolean} Whether the key was one of those.
 */
function pressInOverview(deck, key) {
  if (key === "ArrowDown" || key === "j") {
    goTo(deck, Math.min(deck.index + deck.columns, deck.slides.length - 1));
  } else if (key === "ArrowUp" || key === "k") {
    goTo(deck, Math.max(deck.index - deck.columns, 0));
  } else if (key === "Enter" || key === "Space") {
    closeOverview(deck);
  } else {
    return false;
  }
  return true;
}
