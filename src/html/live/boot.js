/*
 * The last file of a preview: it runs the others.
 */

whenReady((root) => {
  const deck = start(root);
  if (deck) {
    startLive(deck);
  }
});
