/*
 * A preview follows the deck that is being written.
 *
 * The server tells of every change by one event with all that is new in it. A page
 * that missed one, since it slept or the server was gone, asks for everything.
 */

/**
 * @typedef {object} Update
 * @property {string} server Which run of the server it comes from.
 * @property {number} revision Rises with every change.
 * @property {string} frame What the page has to be loaded anew for.
 * @property {string} title
 * @property {string} plan As JSON.
 * @property {string | null} style `null` where it is that of the revision before.
 * @property {ShownSlide[]} slides
 * @property {Record<string, Content>} contents By hash, those that are new.
 * @property {Finding[]} findings
 * @property {string} summary
 * @property {number[]} edited The slides of which one is to be shown.
 * @property {boolean} edits Whether the server opens an editor.
 * @property {boolean} remote Whether a telephone may steer.
 */

/**
 * @typedef {object} ShownSlide
 * @property {string} hash
 * @property {string} id
 * @property {string} label What screen readers call it.
 * @property {number} number On its page, counted from 1.
 * @property {number | null} was Which one it was in the revision before.
 * @property {string} path The file it stands in.
 * @property {number} line The line on which it starts.
 * @property {boolean} broken What is shown is the last good version.
 */

/**
 * @typedef {object} Live
 * @property {Update} now
 * @property {Map<string, Content>} contents By hash, those of the slides.
 * @property {CSSStyleSheet} base The style of the deck.
 * @property {CSSStyleSheet} own What single slides have.
 * @property {string} page Which page this is, among several.
 * @property {Panel} panel
 * @property {(() => void) | null} tellRemote Lets a telephone know what is shown.
 */

/** Where the place is kept while a page is loaded anew. */
const PLACE = "deckc-live-place";

/**
 * @param {Deck} deck
 * @param {Update} now
 */
function startLive(deck, now) {
  /** @type {Live} */
  const live = {
    now,
    contents: new Map(Object.entries(now.contents)),
    base: new CSSStyleSheet(),
    own: new CSSStyleSheet(),
    page: makeToken(),
    panel: addPanel(deck),
    tellRemote: null,
  };
  document.adoptedStyleSheets = [live.base, live.own];
  drawOwn(live);
  drawPanel(deck, live);
  listenToLook(deck, live);

  /** @type {EventSource | null} */
  let events = null;
  const follow = () => {
    // A browser keeps few connections to a server, and every page that listens has
    // one of them: who is not seen listens again when it is. A telephone may steer a
    // page that something else covers.
    const wanted = document.visibilityState === "visible" || now.remote;
    if (wanted && !events) {
      events = listenToServer(deck, live);
    } else if (!wanted && events) {
      events.close();
      events = null;
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  comeBack(deck);
  if (now.remote) {
    tellRemote(deck, live);
  }
}

/**
 * @param {Deck} deck
 * @param {Live} live
 * @returns {EventSource}
 */
function listenToServer(deck, live) {
  const events = new EventSource("-/events");
  events.addEventListener("hello", ({ data }) => {
    const { server, revision } = JSON.parse(data);
    document.documentElement.classList.remove("live-lost");
    if (server !== live.now.server) {
      loadAnew(deck);
    } else if (revision !== live.now.revision) {
      askForAll(deck, live);
    }
  });
  events.addEventListener("update", ({ data }) => {
    /** @type {Update} */
    const update = JSON.parse(data);
    if (update.revision === live.now.revision + 1) {
      apply(deck, live, update);
    } else if (update.revision > live.now.revision) {
      askForAll(deck, live);
    }
  });
  events.addEventListener("at", ({ data }) => {
    if (JSON.parse(data).gone && !document.hidden) {
      live.tellRemote?.();
    }
  });
  events.addEventListener("go", ({ data }) => {
    const { page, by } = JSON.parse(data);
    if (page === live.page) {
      (by > 0 ? next : previous)(deck);
    }
  });
  events.addEventListener("error", () => document.documentElement.classList.add("live-lost"));
  return events;
}

/**
 * @param {Deck} deck
 * @param {Live} live
 */
async function askForAll(deck, live) {
  const answer = await fetch("-/state").catch(() => null);
  /** @type {Update | null} */
  const update = answer?.ok ? await answer.json() : null;
  // An event may have overtaken the answer.
  if (update && update.revision > live.now.revision) {
    apply(deck, live, update);
  }
}

/**
 * @param {Deck} deck
 * @param {Live} live
 * @param {Update} update
 */
function apply(deck, live, update) {
  if (update.frame !== live.now.frame) {
    loadAnew(deck);
    return;
  }
  const before = live.now.slides.map(({ hash }) => hash);
  const after = update.slides.map(({ hash }) => hash);
  const named = live.now.slides.every(({ id }, i) => id === update.slides[i]?.id);
  live.now = update;
  for (const [hash, content] of Object.entries(update.contents)) {
    live.contents.set(hash, content);
  }
  const used = new Set(after);
  for (const hash of live.contents.keys()) {
    if (!used.has(hash)) {
      live.contents.delete(hash);
    }
  }
  if (update.style !== null) {
    live.base.replaceSync(update.style);
    for (const style of document.querySelectorAll("style")) {
      style.disabled = true;
    }
  }
  const plan = document.querySelector("script.plan");
  const planned = plan?.textContent === update.plan;
  if (plan && !planned) {
    plan.textContent = update.plan;
  }
  if (!isPresenter) {
    document.title = update.title;
  }
  const changed = before.length !== after.length || before.some((hash, i) => hash !== after[i]);
  if (changed) {
    drawOwn(live);
    swapSlides(deck, before, update.slides, live.contents);
  } else {
    nameSlides(deck.slides.map(({ element }) => element), update.slides);
    if (!named) {
      writeRoute(deck);
    }
  }
  if (isPresenter && (!planned || before.length !== after.length)) {
    // The strip of the plan is made when the page is.
    location.reload();
    return;
  }
  if (update.edited.length > 0 && !update.edited.includes(deck.index) && !isPresenter) {
    goTo(deck, update.edited[0]);
  }
  drawPanel(deck, live);
  emit(deck, "liveupdate", { revision: update.revision });
}

/**
 * Loads the page anew. The address may be behind, and says nothing of the overview.
 *
 * @param {Deck} deck
 */
function loadAnew(deck) {
  if (!isPresenter) {
    const { element, step } = currentSlide(deck);
    const place = { id: element.id, index: deck.index, step, overview: deck.overview };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }
  location.reload();
}

/**
 * Goes where the page was before it was loaded anew.
 *
 * @param {Deck} deck
 */
function comeBack(deck) {
  const kept = isPresenter ? null : sessionStorage.getItem(PLACE);
  if (kept === null) {
    return;
  }
  sessionStorage.removeItem(PLACE);
  const { id, index, step, overview } = JSON.parse(kept);
  const named = deck.slides.findIndex(({ element }) => element.id === id);
  goTo(deck, named < 0 ? index : named, step);
  if (overview) {
    openOverview(deck);
  }
}

/**
 * @param {Live} live
 */
function drawOwn(live) {
  const rules = live.now.slides.map(({ hash }) => live.contents.get(hash)?.css ?? "");
  live.own.replaceSync(rules.join(""));
}

/**
 * Tells the server something.
 *
 * @param {string} what
 * @param {object} data
 */
function tellServer(what, data) {
  return fetch(`-/${what}`, { method: "POST", body: JSON.stringify(data) });
}

/**
 * Lets a telephone know what is shown, and what is to be said.
 *
 * @param {Deck} deck
 * @param {Live} live
 */
function tellRemote(deck, live) {
  const told = () => {
    const { element, groups, step } = currentSlide(deck);
    const notes = element.querySelector("aside.notes");
    tellServer("at", {
      page: live.page,
      label: labelOf(currentSlide(deck)),
      step: groups.length > 0 ? `step ${step + 1} of ${groups.length}` : "",
      notes: notes ? plainNotes(notes) : "",
    }).catch(() => {
      // The server is gone, which the page says already.
    });
  };
  for (const type of ["slidechanged", "fragmentshown", "fragmenthidden", "liveupdate"]) {
    deck.root.addEventListener(type, told);
  }
  addEventListener("focus", told);
  // Who stays says what is shown from here on.
  addEventListener("pagehide", () => {
    navigator.sendBeacon("-/at", JSON.stringify({ page: live.page, gone: true }));
  });
  live.tellRemote = told;
  told();
}

/**
 * Notes as text, with their paragraphs, items and lines.
 *
 * @param {Element} notes
 */
function plainNotes(notes) {
  const copy = /** @type {Element} */ (notes.cloneNode(true));
  for (const item of copy.querySelectorAll("li")) {
    item.prepend("• ");
  }
  for (const block of copy.querySelectorAll("p, li, pre, tr, br, h1, h2, h3, h4, h5, h6")) {
    block.after(block.matches("p, pre") ? "\n\n" : "\n");
  }
  return (copy.textContent ?? "").replace(/\n{3,}/g, "\n\n").trim();
}
