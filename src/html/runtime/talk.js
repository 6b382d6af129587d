/*
 * A talk being given: from the first `S` on, the window of the slides and the
 * presenter view keep the same `Talk`, and each tells the other what changes.
 *
 * Both windows run the whole deck; what one shows, the other shows too, and
 * either can be closed, reloaded or opened again. Before `S` there is no
 * session and none of this costs anything.
 */

/**
 * @typedef {object} Session
 * @property {Talk} talk
 * @property {Plan} plan
 * @property {string} title The deck's.
 * @property {string} token What only the windows of this talk know.
 * @property {Set<Window>} peers The other windows, as far as they were heard of.
 * @property {number} heard When one of them was heard last, in ms since 1970.
 * @property {boolean} following Something is being shown because a peer shows it.
 * @property {() => void} draw Shows the talk: the presenter view does.
 */

/** Where a window keeps the talk while it reloads. */
const TALK_KEY = `deckc ${location.pathname}`;

/** Whether this window is the presenter view. */
const isPresenter = new URLSearchParams(location.search).get("view") === "presenter";

/**
 * The keys of a talk, for the table in `keys.js`.
 *
 * @type {Key[]}
 */
const TALK_KEYS = [
  { keys: ["s"], does: "Presenter view", act: openOther, still: true },
  { keys: ["t"], does: "Clock: start, pause", act: (deck) => changeTalk(deck, toggleClock), still: true },
  { keys: ["r"], does: "Clock: reset, undo that", act: (deck) => changeTalk(deck, reset), still: true },
  { keys: ["x"], does: "Skip what the plan proposes", act: (deck) => changeTalk(deck, takeAdvice), still: true },
  { keys: ["e"], does: "Extra example, and back", act: toggleExtra },
  { keys: ["+", "="], does: "Larger notes", act: () => resizeNotes(1), still: true },
  { keys: ["-"], does: "Smaller notes", act: () => resizeNotes(-1), still: true },
];

/**
 * Starts or takes up a session.
 *
 * @param {Deck} deck
 * @param {string} token
 * @returns {Session}
 */
function startSession(deck, token) {
  const stored = readStored(deck);
  const session = {
    talk: stored ?? newTalk(deck.slides.length),
    plan: readPlan(deck),
    title: document.title,
    token,
    peers: new Set(),
    heard: Date.now(),
    following: false,
    draw: () => {},
  };
  deck.session = session;
  if (stored === null) {
    const { at, step } = Object.assign(session.talk, { at: deck.index, step: currentSlide(deck).step });
    session.talk.place = { index: at, step };
  }
  const note = () => noteMove(deck);
  for (const type of ["slidechanged", "fragmentshown", "fragmenthidden", "paused", "resumed"]) {
    deck.root.addEventListener(type, note);
  }
  listenToPeers(deck, session);
  return session;
}

/**
 * The talk that this window kept, if it is one of this deck.
 *
 * @param {Deck} deck
 * @returns {Talk | null}
 */
function readStored(deck) {
  try {
    const talk = JSON.parse(sessionStorage.getItem(TALK_KEY) ?? "null");
    return talk?.spent.length === deck.slides.length ? talk : null;
  } catch {
    // A page may be refused any storage; then the other window remembers.
    return null;
  }
}

/**
 * @param {Talk} talk
 */
function store(talk) {
  try {
    sessionStorage.setItem(TALK_KEY, JSON.stringify(talk));
  } catch {
    // As above.
  }
}

/**
 * Changes the talk, and lets every window know.
 *
 * @param {Deck} deck
 * @param {(talk: Talk, session: Session) => Talk | void} change
 */
function changeTalk(deck, change) {
  const { session } = deck;
  if (session) {
    session.talk = change(session.talk, session) ?? session.talk;
    session.talk.revision++;
    store(session.talk);
    tellPeers(session);
    session.draw();
  }
}

/**
 * Takes note of what this window shows, unless a peer had it shown.
 *
 * @param {Deck} deck
 */
function noteMove(deck) {
  const { session, index, blank } = deck;
  const { step } = currentSlide(deck);
  if (!session || session.following) {
    return;
  }
  const { talk, plan } = session;
  if (talk.at !== index || talk.step !== step || talk.blank !== blank) {
    changeTalk(deck, () => {
      enterSlide(talk, index, step, plan.slides[index].role !== "backup", Date.now());
      talk.blank = blank;
    });
  }
}

/**
 * Shows what a peer shows.
 *
 * @param {Deck} deck
 * @param {Session} session
 * @param {Talk} talk
 */
function followTalk(deck, session, talk) {
  session.talk = talk;
  session.following = true;
  if (deck.index !== talk.at || currentSlide(deck).step !== talk.step) {
    goTo(deck, talk.at, talk.step);
  }
  setBlank(deck, talk.blank);
  session.following = false;
  store(talk);
  session.draw();
}

/**
 * What stands after or before a slide: slides that the talk leaves out are
 * passed over, and an extra example leads back to where the talk was.
 *
 * @param {Deck} deck
 * @param {1 | -1} by
 * @returns {{ index: number, step?: number } | null}
 */
function neighbourOf(deck, by) {
  const talk = deck.session?.talk;
  if (talk && talk.extra === deck.index && by > 0) {
    return talk.place;
  }
  let index = deck.index + by;
  while (talk?.skipped.includes(index)) {
    index += by;
  }
  return index >= 0 && index < deck.slides.length ? { index } : null;
}

/**
 * What the next step shows.
 *
 * @param {Deck} deck
 * @returns {{ index: number, step?: number } | null} `null` at the end.
 */
function upcomingOf(deck) {
  const { groups, step } = currentSlide(deck);
  const steps = step < groups.length - 1;
  return steps ? { index: deck.index, step: step + 1 } : neighbourOf(deck, 1);
}

/**
 * @param {Deck} deck
 * @param {1 | -1} by
 */
function goToNeighbour(deck, by) {
  const neighbour = neighbourOf(deck, by);
  if (neighbour) {
    goTo(deck, neighbour.index, neighbour.step);
  }
}

/**
 * @param {Talk} talk
 */
function toggleClock(talk) {
  setClock(talk, talk.since === null, Date.now());
}

/**
 * @param {Talk} talk
 */
function reset(talk) {
  return resetTalk(talk, Date.now());
}

/**
 * Leaves out what is best left out, and takes in again what there is time for.
 *
 * @param {Talk} talk
 * @param {Session} session
 */
function takeAdvice(talk, { plan }) {
  const { skip, restore } = adviceOf(plan, talk, Date.now());
  talk.skipped = talk.skipped.filter((index) => !restore.includes(index)).concat(skip);
}

/**
 * @param {Deck} deck
 */
function toggleExtra(deck) {
  const { session } = deck;
  if (!session) {
    return;
  }
  const { talk, plan } = session;
  if (talk.extra !== null) {
    goTo(deck, talk.place.index, talk.place.step);
    return;
  }
  const { extra } = adviceOf(plan, talk, Date.now());
  if (extra !== null) {
    talk.extra = extra;
    goTo(deck, extra);
  }
}

/**
 * Begins a rehearsal: from the first slide, with the clock at zero and running.
 *
 * @param {Deck} deck
 */
function startRehearsal(deck) {
  changeTalk(deck, reset);
  goTo(deck, 0, -1);
  changeTalk(deck, (talk) => {
    talk.rehearsal = true;
    setClock(talk, true, Date.now());
  });
}

/**
 * Saves what every slide took, as `deckc check --rehearsal` reads it.
 *
 * @param {Deck} deck
 * @param {Session} session
 */
function saveTimes(deck, session) {
  const { talk, title } = session;
  const now = Date.now();
  const slides = deck.slides
    .map(({ element }, i) => ({ id: element.id, seconds: Math.round(spentOn(talk, i, now) / 1000) }))
    .filter(({ seconds }) => seconds > 0);
  const began = new Date(talk.began ?? now).toISOString();
  const text = JSON.stringify({ rehearsal: 1, deck: title, began, slides }, null, 2);
  const name = location.pathname.split("/").at(-1)?.replace(/\.html?$/, "") || "deck";
  const link = /** @type {HTMLAnchorElement} */ (document.createElement("a"));
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
  link.download = `${decodeURIComponent(name)}.rehearsal.json`;
  link.click();
  // The browser reads it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
