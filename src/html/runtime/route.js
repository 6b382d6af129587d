/*
 * Routes: the slide and the step in the address, so that a reload, a bookmark
 * or a shared link comes back to them.
 *
 * Read: `#/3`, `#/3/0/1` and `#/id`, `#/id/1`, with slides and steps counted
 * from 0 as reveal.js does, and plain `#id` of a slide or of anything in one.
 * Written: `#/id` and `#/id/step`, without a new entry in the history: the way
 * through a talk is not a hundred pages to go back through. A jump makes one, by
 * a link, by number or in the overview, so that "back" returns from it.
 */

/**
 * @typedef {object} RouteWriter
 * @property {number | undefined} timer Set while a write waits for its turn.
 * @property {number} paid Until when the writes so far have used up their time,
 *   on the page's clock in ms.
 */

/**
 * The time in ms that a write uses up. Safari refuses more than 100 changes in
 * 30 s (its error says so), Chromium more than 200.
 */
const ROUTE_COST = 350;

/**
 * How far in ms writes may be ahead of their time: two in a row are. More would
 * cost a held key more than the slides that it shows, 0.7 ms each.
 */
const ROUTE_CREDIT = 2 * ROUTE_COST;

/**
 * @param {Deck} deck
 * @param {string} hash With its `#`.
 * @returns {{ index: number, step?: number } | null} `null` when the hash names
 *   no slide.
 */
function readRoute(deck, hash) {
  const [first, ...rest] = hash.replace(/^#\/?/, "").split("/");
  // What we wrote without a step had none to show; a plain link says nothing.
  const unsaid = hash.startsWith("#/") ? -1 : undefined;
  if (/^\d+$/.test(first)) {
    return { index: Number(first), step: readNumber(rest[1]) ?? unsaid };
  }
  const index = indexOfId(deck, first);
  return index < 0 ? null : { index, step: readNumber(rest[0]) ?? unsaid };
}

/**
 * @param {string | undefined} text
 */
function readNumber(text) {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * The slide that has an id, or something in it that does; -1 for none.
 *
 * @param {Deck} deck
 * @param {string} encoded The id, as it stands in an address.
 */
function indexOfId(deck, encoded) {
  let id = encoded;
  try {
    id = decodeURIComponent(encoded);
  } catch {
    // A lone `%` is taken as it is.
  }
  const target = id === "" ? null : document.getElementById(id);
  return deck.slides.findIndex(({ element }) => element.contains(target));
}

/**
 * Goes to the slide in the address; stays where it is when there is none. In
 * the article a plain `#id` is the browser's to scroll to.
 *
 * @param {Deck} deck
 */
function followRoute(deck) {
  const route = readRoute(deck, location.hash);
  if (route && (deck.stage || location.hash.startsWith("#/"))) {
    goTo(deck, route.index, route.step);
  }
}

/**
 * @param {Deck} deck
 * @returns {string} The address of what is shown, from its `#` on.
 */
function routeOf(deck) {
  const { element, step } = currentSlide(deck);
  const name = element.id === "" ? String(deck.index) : encodeURIComponent(element.id);
  // A slide without an id is numbered in two dimensions, of which one is used.
  const between = element.id === "" ? "/0/" : "/";
  return `#/${name}${step < 0 ? "" : between + step}`;
}

/**
 * Writes the address, at once unless a held key made too many writes.
 *
 * @param {Deck} deck
 */
function writeRoute(deck) {
  const wait = deck.route.paid - ROUTE_CREDIT - performance.now();
  if (wait <= 0) {
    writeRouteNow(deck);
  } else {
    deck.route.timer ??= setTimeout(() => writeRouteNow(deck), wait);
  }
}

/**
 * @param {Deck} deck
 */
function writeRouteNow(deck) {
  clearTimeout(deck.route.timer);
  deck.route.timer = undefined;
  if (location.hash !== routeOf(deck)) {
    deck.route.paid = Math.max(deck.route.paid, performance.now()) + ROUTE_COST;
    changeHistory("replaceState", routeOf(deck));
  }
}

/**
 * Goes to a slide from which the browser's "back" returns.
 *
 * @param {Deck} deck
 * @param {number} index Counted from 0.
 * @param {number} [step]
 */
function jumpTo(deck, index, step) {
  const route = routeOf(deck);
  goTo(deck, index, step);
  leaveBehind(deck, route);
}

/**
 * Puts a route into the history before that of what is shown, unless they are
 * the same slide's. A frame does not: "back" is the page's around it.
 *
 * @param {Deck} deck
 * @param {string} route
 */
function leaveBehind(deck, route) {
  if (!IN_FRAME && readRoute(deck, route)?.index !== deck.index) {
    changeHistory("replaceState", route);
    changeHistory("pushState", routeOf(deck));
  }
}

/**
 * @param {"pushState" | "replaceState"} method
 * @param {string} route
 */
function changeHistory(method, route) {
  try {
    history[method](null, "", route);
  } catch {
    // A page in a sandboxed frame or in `srcdoc` has no address to write.
  }
}

/**
 * @param {Deck} deck
 */
function listenToRoutes(deck) {
  addEventListener("hashchange", () => followRoute(deck));
}
