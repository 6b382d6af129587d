/*
 * The link between the windows of a talk.
 *
 * There is one message: the whole talk, with the session's token. Of two talks
 * the one with more changes holds, so that it does not matter which window was
 * closed, reloaded or opened twice; a window that comes back is told everything
 * by the one that stayed. The presenter view says once a second that it is
 * there.
 *
 * From a file pages have no origin to compare, so the token decides: it is made
 * at random, and kept in the names of the two windows, which outlive a reload
 * also where a page may store nothing.
 */

/**
 * @typedef {object} Message
 * @property {string} deckc The token.
 * @property {string} path The deck's: a window may have gone on to another.
 * @property {boolean} asks Whether an answer is wanted.
 * @property {Talk} talk
 */

/** How often the presenter view says that it is there, in ms. */
const PULSE = 1000;

/** After which silence a window counts as lost, in ms. */
const LOST = 3500;

/** The size at which the presenter view opens, in CSS px. */
const PRESENTER_WINDOW = "popup,width=1280,height=800";

/** A page with an origin tells no other origin anything. */
const PEERS_AT = /^https?:/.test(location.origin) ? location.origin : "*";

/**
 * The token that the window's name holds: that of the talk it belongs to.
 *
 * @returns {string | null}
 */
function readToken() {
  return window.name.match(/^deckc-(?:slides|presenter)-(\w+)$/)?.[1] ?? null;
}

/**
 * @returns {string}
 */
function makeToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Session} session
 * @param {boolean} [asks]
 */
function tellPeers(session, asks = false) {
  for (const peer of session.peers) {
    if (peer.closed) {
      session.peers.delete(peer);
    } else {
      tell(session, peer, asks);
    }
  }
}

/**
 * @param {Session} session
 * @param {Window} peer
 * @param {boolean} asks
 */
function tell({ token, talk }, peer, asks) {
  peer.postMessage({ deckc: token, path: location.pathname, asks, talk }, PEERS_AT);
}

/**
 * @param {Deck} deck
 * @param {Session} session
 */
function listenToPeers(deck, session) {
  addEventListener("message", ({ data, source, origin }) => {
    const peer = /** @type {Window | null} */ (source);
    const told = /** @type {Message | null} */ (data);
    const known = told?.deckc === session.token && told.path === location.pathname;
    const same = told?.talk?.spent.length === deck.slides.length;
    if (!known || !same || peer === null || !["*", origin].includes(PEERS_AT)) {
      return;
    }
    session.peers.add(peer);
    session.heard = Date.now();
    const behind = told.talk.revision - session.talk.revision;
    // When both changed at once, what the audience sees holds.
    if (behind > 0 || (behind === 0 && isPresenter)) {
      const { talk } = told;
      followTalk(deck, session, talk);
      for (const other of session.peers) {
        if (other !== peer && behind > 0) {
          tell(session, other, false);
        }
      }
    }
    if (told.asks) {
      tell(session, peer, false);
    }
  });
}

/**
 * Brings the other window up: the presenter view from the slides, the slides
 * from the presenter view.
 *
 * @param {Deck} deck
 */
function openOther(deck) {
  const session = deck.session ?? startSession(deck, readToken() ?? makeToken());
  for (const peer of session.peers) {
    if (!peer.closed) {
      peer.focus();
      return;
    }
  }
  const url = new URL(location.href);
  const other = isPresenter ? "slides" : "presenter";
  if (isPresenter) {
    url.searchParams.delete("view");
  } else {
    url.searchParams.set("view", "presenter");
    // A frame's name is its page's business.
    window.name ||= `deckc-slides-${session.token}`;
  }
  url.hash = routeOf(deck);
  const opened = open(url, `deckc-${other}-${session.token}`, isPresenter ? "" : PRESENTER_WINDOW);
  if (opened) {
    session.peers.add(opened);
  } else {
    const close = make("button", { type: "button" }, "Close");
    const text = "Allow pop-ups for this page in the address bar, then press S again.";
    const dialog = openDialog(deck, `The browser blocked the window of the ${other === "slides" ? "slides" : "presenter view"}`, [
      make("p", {}, text),
      close,
    ]);
    close.addEventListener("click", () => dialog.close());
  }
}

/**
 * Takes up the talk that this window belonged to before it was loaded anew, or
 * that it was opened for.
 *
 * @param {Deck} deck
 */
function joinTalk(deck) {
  const token = readToken();
  if (token === null && !isPresenter) {
    return;
  }
  const session = startSession(deck, token ?? makeToken());
  if (opener) {
    session.peers.add(opener);
  }
  if (isPresenter) {
    window.name ||= `deckc-presenter-${session.token}`;
    showPresenter(deck, session);
    setInterval(() => tellPeers(session, true), PULSE);
  }
  followTalk(deck, session, session.talk);
  tellPeers(session, true);
}
