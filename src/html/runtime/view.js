/*
 * Views: the stage, where one slide fills the window, and the article, where
 * the slides stand one below the other and read like any page.
 *
 * The class `stage` on the root element says which; without it (and so without
 * JavaScript) `article.css` holds. Printing is a third view that needs no
 * script but for the last focus of the code.
 */

/**
 * Below this width in CSS px a window gets the article. A deck in a frame is
 * always on the stage: the page around it chose the frame's shape.
 */
const NARROW = 600;

/** Whether the page should be the article. */
function wantsArticle() {
  const asked = new URLSearchParams(location.search).get("view") === "scroll";
  // Asked for its `innerWidth`, a window that is being loaded would be laid out at once.
  const narrow = matchMedia(`(width < ${NARROW}px)`).matches;
  return !isPresenter && (asked || (narrow && !IN_FRAME));
}

/**
 * Shows the view that fits the window, and the slide in it.
 *
 * @param {Deck} deck
 */
function fit(deck) {
  if (deck.printing) {
    return;
  }
  const stage = !wantsArticle();
  if (stage !== deck.stage) {
    if (stage) {
      deck.index = topmostSlide(deck);
    }
    setView(deck, stage);
  }
  if (!stage) {
    return;
  }
  const { clientWidth, clientHeight } = deck.root;
  deck.scale = Math.min(clientWidth / deck.width, clientHeight / deck.height);
  if (deck.overview) {
    drawOverview(deck);
    return;
  }
  // Whole device pixels keep thin lines as thin as they were drawn.
  const left = wholePixels((clientWidth - deck.width * deck.scale) / 2);
  const top = wholePixels((clientHeight - deck.height * deck.scale) / 2);
  deck.canvas.style.transform = `translate(${left}px, ${top}px) scale(${deck.scale})`;
}

/**
 * @param {number} length In CSS px.
 */
function wholePixels(length) {
  return Math.round(length * devicePixelRatio) / devicePixelRatio;
}

/**
 * @param {Deck} deck
 * @param {boolean} stage
 */
function setView(deck, stage) {
  deck.stage = stage;
  document.documentElement.classList.toggle("stage", stage);
  // What is wider than the article scrolls, which must not take a mouse.
  for (const wide of deck.canvas.querySelectorAll(".slot :is(pre, table)")) {
    if (stage) {
      wide.removeAttribute("tabindex");
    } else {
      wide.setAttribute("tabindex", "0");
    }
  }
  deck.endMotion();
  closeOverview(deck);
  setBlank(deck, "");
  if (stage) {
    placeSlides(deck);
    drawHidden(deck);
    goTo(deck, deck.index);
  } else {
    deck.canvas.style.transform = "";
    drawHidden(deck);
    for (const slide of deck.slides) {
      drawFocus(slide, null);
    }
    if (deck.index > 0) {
      scrollToSlide(deck);
    }
  }
}

/**
 * Brings the slide that is shown into sight in the article.
 *
 * @param {Deck} deck
 */
function scrollToSlide(deck) {
  if (!deck.stage) {
    currentSlide(deck).element.scrollIntoView();
  }
}

/**
 * The slide of the article that stands at the top of the window.
 *
 * @param {Deck} deck
 */
function topmostSlide(deck) {
  const index = deck.slides.findIndex(({ element }) => element.getBoundingClientRect().bottom > 1);
  return Math.max(index, 0);
}

/**
 * @param {Deck} deck
 */
function listenToViews(deck) {
  addEventListener("resize", () => fit(deck));
  addEventListener("beforeprint", () => {
    deck.printing = true;
    deck.endMotion();
    for (const slide of deck.slides) {
      drawFocus(slide, Infinity);
    }
  });
  addEventListener("afterprint", () => {
    deck.printing = false;
    for (const slide of deck.slides) {
      drawFocus(slide, deck.stage ? slide.step : null);
    }
    fit(deck);
  });
}
