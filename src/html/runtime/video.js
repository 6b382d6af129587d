/*
 * Videos: each plays only while its slide is shown.
 *
 * One with `data-autoplay` begins when it is seen, unless less motion is asked
 * for. Only the audience's window plays: in the presenter's all of them stand.
 *
 * A file is in the page once: one with `data-as` plays that of the video of this
 * class.
 */

/**
 * @param {Deck} deck
 */
function shareVideos(deck) {
  for (const video of deck.root.querySelectorAll("video")) {
    const first = video.dataset.as && deck.root.querySelector(`video.${video.dataset.as}`);
    if (first instanceof HTMLVideoElement) {
      video.poster ||= first.poster;
      video.src = first.src;
    }
  }
}

/**
 * @param {Deck} deck
 * @param {HTMLVideoElement} video
 * @returns {boolean} Whether it is on the slide that is shown, as far as the
 *   slide is.
 */
function isSeen(deck, video) {
  const shown = deck.stage && !deck.overview && deck.blank === "" && !isPresenter;
  const here = currentSlide(deck).element.contains(video);
  return shown && here && video.closest(".fragment:not(.visible)") === null;
}

/**
 * Stops what is no longer seen, and starts what begins by itself.
 *
 * @param {Deck} deck
 * @param {boolean} isNew Another slide is shown.
 * @param {(video: HTMLVideoElement) => boolean} [may] Which of them may start.
 */
function turnVideos(deck, isNew, may = () => true) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const video of deck.root.querySelectorAll("video")) {
    if (!isSeen(deck, video)) {
      // The article has them all, and each is the reader's.
      if (deck.stage) {
        video.pause();
      }
    } else if (video.dataset.autoplay !== undefined && !calm && video.paused && may(video)) {
      if (isNew) {
        video.currentTime = 0;
      }
      // A browser may want a key or a click before there is sound.
      video.play().catch(() => {});
    }
  }
}

/**
 * @param {Deck} deck
 */
function listenToVideos(deck) {
  shareVideos(deck);
  for (const type of ["ready", "slidechanged"]) {
    deck.root.addEventListener(type, () => turnVideos(deck, true));
  }
  const others = ["fragmentshown", "fragmenthidden", "overviewshown", "overviewhidden"];
  for (const type of [...others, "paused", "resumed"]) {
    deck.root.addEventListener(type, () => turnVideos(deck, false));
  }
  // A preview has others then, and those that somebody has stopped.
  deck.root.addEventListener("liveupdate", () => turnVideos(deck, false, (video) => video.played.length === 0));
}
