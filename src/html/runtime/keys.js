/*
 * Keys: those of reveal.js, which are also those that clickers send.
 *
 * The table below is the one place that says which key does what; the help
 * lists it. A key with Ctrl, Meta or Alt belongs to the browser, and a key in a
 * field, a player or (for Enter and the space bar) on a button belongs to that.
 */

/**
 * Keys by the name that `nameOfEvent` gives them.
 *
 * @type {{ keys: string[], does: string, act: (deck: Deck) => void }[]}
 */
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
  { keys: ["b", "v", ".", "/", ";", ":"], does: "Black screen", act: toggleBlank },
  { keys: ["f"], does: "Full screen", act: toggleFullscreen },
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
    .replace(/Arrow(Right|Down|Left|Up)/, (_, to) => arrows[/** @type {"Up"} */ (to)])
    .replace("Page", "Page ")
    .replace(/^[a-z]$/, (letter) => letter.toUpperCase());
}

/**
 * @param {KeyboardEvent} event
 * @returns {string} A letter in lower case, another character, or the key's
 *   name, with `Shift+` where a name can have it.
 */
function nameOfEvent(event) {
  const { key, code, shiftKey } = event;
  if (key === " ") {
    return shiftKey ? "Shift+Space" : "Space";
  }
  if (key.length > 1) {
    return shiftKey ? `Shift+${key}` : key;
  }
  // On a keyboard without Latin letters, the place of the key counts.
  const latin = key > "~" && code.startsWith("Key") ? code.slice("Key".length) : key;
  return latin.toLowerCase();
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
    target.closest("input, textarea, select, audio, video") !== null ||
    (presses && target.closest("a, button, summary") !== null)
  );
}

/**
 * @param {Deck} deck
 * @param {KeyboardEvent} event
 */
function press(deck, event) {
  const key = nameOfEvent(event);
  const foreign = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  // The article scrolls as any page does.
  if (foreign || !deck.stage || isDialogOpen(deck) || isTaken(event, key)) {
    return;
  }
  const found = KEYS.find(({ keys }) => keys.includes(key));
  if (deck.blank) {
    // A click too many must not move on behind the black screen.
    if (found?.act === toggleBlank || key === "Escape") {
      setBlank(deck, false);
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
