/*
 * Messages: reveal.js's interface for the page around a frame.
 *
 * Takes JSON text like `{"method": "slide", "args": [2]}` and answers with
 * `{"namespace": "reveal", "eventName": "callback", "method", "result"}`. Whoever
 * called once is from then on told of events in the same form, with the `state`.
 *
 * Heard is only the page around the frame, or the one that opened the window,
 * and only from the deck's own origin or from the one that the deck's address
 * names: `talk.html?origin=https://example.org`. Answers go to that origin.
 */

/** What of `api.js` can be called: what moves, and what answers in plain data. */
const CALLS = [
  "next", "prev", "left", "right", "slide", "nextFragment", "prevFragment",
  "getIndices", "getState", "setState", "getTotalSlides", "getSlidePastCount", "getProgress",
  "getScale", "availableFragments", "availableRoutes", "isReady", "isFirstSlide", "isLastSlide",
  "isPaused", "togglePause", "isOverview", "toggleOverview", "toggleHelp", "layout",
];

/** What a page that called is told of. */
const TOLD = [
  "slidechanged", "slidetransitionend", "fragmentshown", "fragmenthidden", "overviewshown",
  "overviewhidden", "paused", "resumed",
];

/**
 * @param {Deck} deck
 * @param {Record<string, Function>} api
 */
function listenToMessages(deck, api) {
  /** @type {Map<MessageEventSource, string>} Who called, and from where. */
  const callers = new Map();
  /**
   * @param {MessageEventSource} caller
   * @param {object} message
   */
  const tell = (caller, message) => {
    const origin = callers.get(caller) ?? location.origin;
    // A page from a file has no origin that a message can be sent to.
    const targetOrigin = /^https?:/.test(origin) ? origin : "*";
    const text = JSON.stringify({ namespace: "reveal", ...message, state: api.getState() });
    caller.postMessage(text, { targetOrigin });
  };
  addEventListener("message", ({ data, source, origin }) => {
    const call = readCall(data);
    if (call && source && isHeard(source, origin)) {
      callers.set(source, origin);
      const result = api[call.method](...call.args);
      tell(source, { eventName: "callback", method: call.method, result });
    }
  });
  for (const eventName of TOLD) {
    deck.root.addEventListener(eventName, () => {
      for (const caller of callers.keys()) {
        tell(caller, { eventName });
      }
    });
  }
}

/**
 * @param {MessageEventSource} source
 * @param {string} origin
 */
function isHeard(source, origin) {
  const named = new URLSearchParams(location.search).get("origin");
  const own = location.protocol === "file:" ? ["null", "file://"] : [location.origin];
  return source !== window && (source === parent || source === opener) && [...own, named].includes(origin);
}

/**
 * @param {unknown} data
 * @returns {{ method: string, args: unknown[] } | null} `null` for what is no
 *   call of this interface.
 */
function readCall(data) {
  if (typeof data !== "string" || !data.startsWith("{")) {
    return null;
  }
  try {
    const { method, args = [] } = JSON.parse(data);
    return CALLS.includes(method) && Array.isArray(args) ? { method, args } : null;
  } catch {
    return null;
  }
}
