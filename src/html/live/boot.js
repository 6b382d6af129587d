/*
 * The last file of a preview: it runs the others.
 */

whenReady((root) => {
  const text = document.querySelector("script.live")?.textContent ?? "";
  /** @type {Update} */
  const now = JSON.parse(text);
  /** @type {NodeListOf<HTMLElement>} */
  const elements = root.querySelectorAll(".slides > section");
  nameSlides([...elements], now.slides);
  const deck = start(root);
  if (deck) {
    startLive(deck, now);
  }
});
