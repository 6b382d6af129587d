/*
 * Where the script starts. It may stand in the head: the class that decides
 * between the stage and the article is set at once, so that neither flashes up
 * in place of the other, and the rest waits for the slides.
 */

/** When to load the faces that the first slide does not need, in ms. */
const FACES_AFTER = 200;

/**
 * @param {HTMLElement} root
 * @returns {Deck | null} `null` for a page without a slide.
 */
function start(root) {
  const deck = readDeck(root);
  if (deck.slides.length === 0) {
    return null;
  }
  const route = readRoute(deck, location.hash);
  addControls(deck);
  addFrameButton(deck);
  deck.index = Math.min(route?.index ?? 0, deck.slides.length - 1);
  setStep(currentSlide(deck), route?.step ?? -1);
  setView(deck, !wantsArticle());
  fit(deck);
  listenToRoutes(deck);
  listenToViews(deck);
  listenToKeys(deck);
  listenToWheel(deck);
  listenToSwipes(deck);
  listenToClicks(deck);
  listenToVideos(deck);
  const api = makeApi(deck);
  listenToMessages(deck, api);
  joinTalk(deck);
  Object.assign(window, { Reveal: api });
  emit(deck, "ready", { currentSlide: currentSlide(deck).element, indexh: deck.index, indexv: 0 });
  // A face that only a later slide uses would come when that slide does.
  const loadFaces = () => document.fonts.forEach((face) => void face.load().catch(() => {}));
  setTimeout(loadFaces, FACES_AFTER);
  return deck;
}

/**
 * Makes a deck of the page when its slides are there, or leaves the page as it
 * reads without a script.
 *
 * @param {(root: HTMLElement) => unknown} act
 */
function whenReady(act) {
  const startOrLeave = () => {
    const root = /** @type {HTMLElement | null} */ (document.querySelector(".reveal.deck"));
    try {
      if (root) {
        act(root);
      }
    } catch (error) {
      document.documentElement.classList.remove("js", "stage");
      throw error;
    }
  };
  document.documentElement.classList.add("js");
  document.documentElement.classList.toggle("presenter", isPresenter);
  document.documentElement.classList.toggle("stage", !wantsArticle());
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startOrLeave);
  } else {
    startOrLeave();
  }
}
