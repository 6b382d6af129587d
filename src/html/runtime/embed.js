/*
 * A deck in a frame: a button that fills the screen with it, or where the page
 * around forbids that, opens it in a window of its own.
 *
 * Until the frame has the focus, keys and the wheel are the page's around it;
 * `pointer.js` sees to the wheel, and keys do not come here before.
 */

/** Whether the deck stands in another page. */
const IN_FRAME = parent !== window;

/**
 * @param {Deck} deck
 */
function addFrameButton(deck) {
  if (!IN_FRAME) {
    return;
  }
  const full = document.fullscreenEnabled;
  const label = full ? "Open full screen" : "Open in a window";
  const button = make("button", { type: "button", class: "ui-full", "aria-label": label, title: label });
  button.addEventListener("click", () => {
    if (full) {
      toggleFullscreen(deck);
    } else {
      open(location.href, "_blank", "noopener");
    }
  });
  deck.root.append(button);
}
