/*
 * The clock of a talk: what is being shown, since when, and how long each slide
 * has taken so far.
 *
 * A talk is plain data that crosses from window to window and outlives a
 * reload, so nothing ticks here: times are kept as the moment from which they
 * run, and every function takes the moment it is asked at. All times are in ms,
 * all moments in ms since 1970.
 */

/**
 * @typedef {object} Talk
 * @property {number} revision Counts the changes: of two copies the one with
 *   more of them holds.
 * @property {number} at The slide that is shown, counted from 0.
 * @property {number} step Its step, as in `deck.js`.
 * @property {Blank} blank What the screens show instead of the slide.
 * @property {number | null} began When the clock was first started.
 * @property {number | null} since From when on the time of the slide is not in
 *   `spent` yet; `null` while the clock stands.
 * @property {number[]} spent What each slide has taken, by its index.
 * @property {number[]} skipped The slides that the talk leaves out.
 * @property {{ index: number, step: number }} place Where the talk is, or was
 *   before it went to a slide that is not in the plan.
 * @property {number | null} extra The example shown out of turn, from which the
 *   next step leads back to `place`.
 * @property {boolean} rehearsal The times are to be saved at the end.
 * @property {Talk | null} before What a reset took away.
 */

/**
 * @param {number} length How many slides there are.
 * @returns {Talk}
 */
function newTalk(length) {
  return {
    revision: 0,
    at: 0,
    step: -1,
    blank: "",
    began: null,
    since: null,
    spent: Array(length).fill(0),
    skipped: [],
    place: { index: 0, step: -1 },
    extra: null,
    rehearsal: false,
    before: null,
  };
}

/**
 * How long a slide has taken.
 *
 * @param {Talk} talk
 * @param {number} index
 * @param {number} now
 */
function spentOn(talk, index, now) {
  // A clock that is set back must not take time away.
  const running = index === talk.at && talk.since !== null ? Math.max(now - talk.since, 0) : 0;
  return talk.spent[index] + running;
}

/**
 * How long the talk has gone on.
 *
 * @param {Talk} talk
 * @param {number} now
 */
function elapsedOf(talk, now) {
  return talk.spent.reduce((sum, _, index) => sum + spentOn(talk, index, now), 0);
}

/**
 * Puts the running time of the slide where it belongs.
 *
 * @param {Talk} talk
 * @param {number} now
 */
function settle(talk, now) {
  talk.spent[talk.at] = spentOn(talk, talk.at, now);
  talk.since = talk.since === null ? null : now;
}

/**
 * @param {Talk} talk
 * @param {boolean} runs
 * @param {number} now
 */
function setClock(talk, runs, now) {
  settle(talk, now);
  talk.since = runs ? now : null;
  if (runs) {
    talk.began ??= now;
    talk.before = null;
  }
}

/**
 * Takes note of what is shown. The first step forward starts the clock.
 *
 * @param {Talk} talk
 * @param {number} index
 * @param {number} step
 * @param {boolean} planned Whether the slide is in the plan.
 * @param {number} now
 */
function enterSlide(talk, index, step, planned, now) {
  const forward = index > talk.at || (index === talk.at && step > talk.step);
  if (talk.began === null && forward) {
    setClock(talk, true, now);
  }
  settle(talk, now);
  talk.at = index;
  talk.step = step;
  if (planned) {
    talk.place = { index, step };
  }
  if (talk.extra !== index) {
    talk.extra = null;
  }
}

/**
 * Sets the clock back to zero; done twice, it brings back what was there.
 *
 * @param {Talk} talk
 * @param {number} now
 * @returns {Talk}
 */
function resetTalk(talk, now) {
  const { revision, at, step, blank, place } = talk;
  if (talk.began === null && talk.before !== null) {
    return { ...talk.before, revision, at, step, blank, place };
  }
  setClock(talk, false, now);
  const before = talk.began === null ? null : { ...talk, before: null };
  return { ...newTalk(talk.spent.length), revision, at, step, blank, place, before };
}

/**
 * @param {number} time In ms; its sign is not shown.
 * @returns {string} `1:05`, or `1:00:00` from an hour on.
 */
function formatTime(time) {
  const seconds = Math.floor(Math.abs(time) / 1000);
  const two = (/** @type {number} */ number) => String(number % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds)}`
    : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}
