/*
 * Keys: those of reveal.js, which are also those that clickers send.
 *
 * The table below is the one place that says which key does what; the help
 * lists it. A key with Ctrl or Meta belongs to the browser, and so does one with
 * Alt but for the arrows; a key in a field, a player or (for Enter and the
 * space bar) on a button belongs to that.
 */

/**
 * @typedef {object} Key
 * @property {string[]} keys By the name that `nameOfEvent` gives them.
 * @property {string} does
 * @property {(deck: Deck) => void} act
 * @property {boolean} [still] Whether it leaves the slides as they are, and so
 *   works before a black screen, too.
 */

/** @type {Key[]} */
const KEYS = [
  {
    keys: ["ArrowRight", "ArrowDown", "Space", "PageDown", "n", "l", "j"],
    does: "Next",
    act: next,
  },
  {
    keys: ["ArrowLeft", "ArrowUp", "Shift+Space", "PageUp", "p", "h", "k"],
    does: "Previous",
    act: previous,
  },
  {
    keys: ["Alt+ArrowRight", "Alt+ArrowDown"],
    does: "Next slide, without its steps",
    act: (deck) => goToNeighbour(deck, 1),
  },
  {
    keys: ["Alt+ArrowLeft", "Alt+ArrowUp"],
    does: "Previous slide",
    act: (deck) => goToNeighbour(deck, -1),
  },
  {
    keys: ["Home", "Shift+ArrowLeft", "Shift+ArrowUp"],
    does: "First slide",
    act: (deck) => goTo(deck, 0),
  },
  {
    keys: ["End", "Shift+ArrowRight", "Shift+ArrowDown"],
    does: "Last slide",
    act: (deck) => goTo(deck, deck.slides.length - 1),
  },
  { keys: ["g"], does: "Go to slide", act: openJump },
  { keys: ["Escape", "o"], does: "Overview", act: toggleOverview },
  { keys: ["b", "v", ".", "/", ";", ":"], does: "Black screen", act: toggleBlack },
  { keys: ["w", ","], does: "White screen", act: toggleWhite },
  // A clicker's "start" sends F5; Ctrl+R goes on loading the page again.
  { keys: ["f", "F5", "Shift+F5"], does: "Full screen", act: toggleFullscreen, still: true },
  ...TALK_KEYS,
  { keys: ["?", "F1"], does: "This list", act: openHelp },
];

/**
 * @param {string} key
 * @returns {string} What stands on the key.
 */
function nameOfKey(key) {
  const arrows = { Right: "→", Down: "↓", Left: "←", Up: "↑" };
  return key
    .replace("Shift+", "⇧ ")
    .replace("Alt+", "Alt ")
    .replace(/Arrow(Right|Down|Left|Up)/, (_, to) => arrows[/** @type {"Up"} */ (to)])
    .replace("Page", "Page ")
    .replace(/\b[a-z]$/, (letter) => letter.toUpperCase());
}

/**
 * @param {KeyboardEvent} event
 * @returns {string} A letter in lower case, another character, or the key's
 *   name, with `Shift+` or `Alt+` where it is held.
 */
function nameOfEvent(event) {
  const { code, shiftKey, altKey } = event;
  const key = event.key === " " ? "Space" : event.key;
  if (key.length > 1) {
    return `${altKey ? "Alt+" : ""}${shiftKey ? "Shift+" : ""}${key}`;
  }
  // On a keyboard without Latin letters, the place of the key counts.
  const latin = key > "~" && code.startsWith("Key") ? code.slice("Key".length) : key;
  const letter = latin.toLowerCase();
  // As in reveal.js, which takes `N` for `n` and nothing for `H`.
  return shiftKey && "hjkl".includes(letter) ? `Shift+${letter}` : letter;
}

/**
 * In a deck that reads from right to left, the left is ahead.
 *
 * @param {Deck} deck
 * @param {string} key
 */
function turned(deck, key) {
  const [, shift = "", to] = key.match(/^((?:Shift|Alt)\+)?Arrow(Left|Right)$/) ?? [];
  return to && isRtl(deck.root) ? `${shift}Arrow${to === "Left" ? "Right" : "Left"}` : key;
}

/**
 * Whether what has the keyboard's focus needs a key for itself.
 *
 * @param {KeyboardEvent} event
 * @param {string} key
 */
function isTaken(event, key) {
  const { target } = event;
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  const presses = key === "Enter" || key.endsWith("Space");
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select") !== null ||
    // A video has the space bar; a clicker must go on from where it was clicked.
    (presses && target.closest("a, button, summary, audio, video") !== null)
  );
}

/**
 * @param {Deck} deck
 * @param {KeyboardEvent} event
 */
function press(deck, event) {
  const key = turned(deck, nameOfEvent(event));
  const alt = event.altKey && !key.startsWith("Alt+Arrow");
  const foreign = event.ctrlKey || event.metaKey || alt || event.isComposing;
  // The article scrolls as any page does.
  if (foreign || !deck.stage || isDialogOpen(deck) || isTaken(event, key)) {
    return;
  }
  const found = KEYS.find(({ keys }) => keys.includes(key));
  if (deck.blank) {
    // A click too many must not move on behind the black screen.
    if (found?.act === toggleBlack || found?.act === toggleWhite || key === "Escape") {
      setBlank(deck, "");
    } else if (found?.still) {
      found.act(deck);
    }
    if (found) {
      event.preventDefault();
    }
  } else if (deck.overview && pressInOverview(deck, key)) {
    event.preventDefault();
  } else if (found) {
    event.preventDefault();
    found.act(deck);
  }
}

/**
 * @param {Deck} deck
 */
function listenToKeys(deck) {
  document.addEventListener("keydown", (event) => press(deck, event));
}
