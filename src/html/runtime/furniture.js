/*
 * What the script adds to the page: a progress bar, a line that screen readers
 * speak, the black and the white screen, the two buttons for those with nothing
 * but a pointer, and the dialog that lists the keys.
 *
 * All of it is made here and looks as `furniture.css` says. Without the script
 * none of it is in the page.
 */

/**
 * @typedef {object} Furniture
 * @property {HTMLElement} progress
 * @property {HTMLElement} status
 * @property {HTMLElement} controls
 * @property {number | undefined} saying Set while a text waits to be said.
 * @property {number} asked When a text was last to be said, on the page's clock in ms.
 */

/** How long after another one a slide must be shown to be announced, in ms. */
const ANNOUNCE_AFTER = 100;

/** How long the buttons and the pointer stay when the mouse rests, in ms. */
const MOUSE_STAY = 2000;

/**
 * @param {HTMLElement} root
 * @returns {Furniture}
 */
function addFurniture(root) {
  const progress = make("div", { class: "ui-progress", "aria-hidden": "true" });
  progress.append(make("span"));
  const status = make("p", { class: "ui-status", role: "status", "aria-live": "polite" });
  const controls = make("nav", { class: "ui-controls", "aria-label": "Slides" });
  root.append(progress, status, controls);
  return { progress, status, controls, saying: undefined, asked: -Infinity };
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {string} [text]
 * @returns {HTMLElement}
 */
function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.textContent = text;
  return element;
}

/**
 * How far the deck is, from 0 to 1: at 1 on the last slide before those that
 * are kept for questions.
 *
 * @param {Deck} deck
 */
function progressOf(deck) {
  const isMain = (/** @type {Slide} */ { element }) => element.dataset.role !== "backup";
  const last = deck.slides.findLastIndex(isMain);
  const { groups, step } = currentSlide(deck);
  const within = (step + 1) / (groups.length + 1);
  return last > 0 ? Math.min((deck.index + within) / last, 1) : 1;
}

/**
 * @param {Deck} deck
 */
function drawProgress(deck) {
  const bar = /** @type {HTMLElement} */ (deck.furniture.progress.firstElementChild);
  bar.style.transform = `scaleX(${progressOf(deck)})`;
}

/**
 * Has a screen reader say a text when it is done with what it is saying. Of
 * what a held key passes by, only the last is said. A step by itself says its
 * text at once: in the frame that shows it, a line more costs next to nothing.
 *
 * @param {Deck} deck
 * @param {string} text
 */
function announce(deck, text) {
  const { furniture } = deck;
  const now = performance.now();
  const rests = now - furniture.asked > ANNOUNCE_AFTER;
  furniture.asked = now;
  clearTimeout(furniture.saying);
  const say = () => {
    furniture.status.textContent = text;
  };
  if (rests) {
    say();
  } else {
    furniture.saying = setTimeout(say, ANNOUNCE_AFTER);
  }
}

/**
 * What the screen shows instead of the slide; nothing for the slide itself.
 *
 * @typedef {"" | "black" | "white"} Blank
 */

/**
 * @param {Deck} deck
 * @param {Blank} blank
 */
function setBlank(deck, blank) {
  if (blank !== deck.blank) {
    const was = deck.blank;
    deck.blank = blank;
    deck.root.classList.toggle("blank", blank !== "");
    deck.root.classList.toggle("white", blank === "white");
    if ((was === "") !== (blank === "")) {
      announce(deck, blank === "" ? labelOf(currentSlide(deck)) : `The screen is ${blank}`);
      emit(deck, blank === "" ? "resumed" : "paused");
    }
  }
}

/**
 * @param {Deck} deck
 */
function toggleBlack(deck) {
  setBlank(deck, deck.blank === "" ? "black" : "");
}

/**
 * @param {Deck} deck
 */
function toggleWhite(deck) {
  setBlank(deck, deck.blank === "" ? "white" : "");
}

/**
 * @param {Deck} deck
 */
function toggleFullscreen(deck) {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  change.catch(() => announce(deck, "The browser does not allow full screen here"));
}

/**
 * Opens a dialog that takes the keys until it is closed, and then goes away.
 *
 * @param {Deck} deck
 * @param {string} title
 * @param {HTMLElement[]} content
 * @returns {HTMLDialogElement}
 */
function openDialog(deck, title, content) {
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "ui-dialog" }));
  const heading = make("h2", { id: "ui-dialog-title" }, title);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    // The browser would close it a little later, and a key pressed meanwhile
    // would be lost.
    if (event.key === "Escape") {
      event.preventDefault();
      closeDialog(dialog);
    }
  });
  // A click that misses the content lands on the dialog's backdrop.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      closeDialog(dialog);
    }
  });
  deck.root.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Closes a dialog and takes it out of the page, at once: the event that tells of
 * it comes later, when the next dialog may be there.
 *
 * @param {HTMLDialogElement} dialog
 */
function closeDialog(dialog) {
  dialog.close();
  dialog.remove();
}

/**
 * Lists the keys.
 *
 * @param {Deck} deck
 */
function openHelp(deck) {
  const table = make("table");
  for (const { keys, does } of KEYS) {
    const row = make("tr");
    const names = make("td");
    for (const key of keys) {
      names.append(make("kbd", {}, nameOfKey(key)), " ");
    }
    row.append(make("th", { scope: "row" }, does), names);
    table.append(row);
  }
  const close = make("button", { type: "button" }, "Close");
  const dialog = openDialog(deck, "Keys", [table, close]);
  // The button at its end has the focus; the list is read from its start.
  dialog.scrollTop = 0;
  close.addEventListener("click", () => closeDialog(dialog));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") {
      closeDialog(dialog);
    }
  });
}

/**
 * Fills the bar of buttons, which shows while a mouse moves; a pointer that
 * rests is hidden.
 *
 * @param {Deck} deck
 */
function addControls(deck) {
  const { controls } = deck.furniture;
  const buttons = /** @type {const} */ ([
    ["back", "Previous", previous],
    ["on", "Next", next],
  ]);
  for (const [name, label, act] of buttons) {
    const button = make("button", { type: "button", class: name, "aria-label": label });
    // A press with the mouse leaves the keyboard's focus where it was, so that
    // the space bar goes on meaning "next".
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => act(deck));
    controls.append(button);
  }
  /** @type {number | undefined} */
  let timer;
  const setMouse = (/** @type {"moving" | "resting"} */ state) => {
    deck.root.classList.toggle("mouse-moving", state === "moving");
    deck.root.classList.toggle("mouse-resting", state === "resting");
  };
  deck.root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") {
      setMouse("moving");
      clearTimeout(timer);
      timer = setTimeout(() => setMouse("resting"), MOUSE_STAY);
    }
  });
}
