/*
 * The plan of a talk, and what it says at a moment: how far ahead or behind,
 * what to leave out to end on time, and what there is still time for.
 *
 * The compiler writes the plan into the page as data (`script.plan`): what
 * there is for talking, a time for every slide, and where sections begin. This
 * is arithmetic on it; nothing here is shown or changed. All times are in ms.
 */

/**
 * @typedef {object} Plan
 * @property {number | null} room What there is for talking; `null`: not known.
 * @property {PlannedSlide[]} slides
 * @property {{ title: string, first: number }[]} sections In order; a section
 *   goes on until the next one begins.
 */

/**
 * @typedef {object} PlannedSlide
 * @property {string} role `main`, `optional` or `backup`.
 * @property {string} title
 * @property {number} time
 */

/**
 * @typedef {object} Standing
 * @property {number} elapsed
 * @property {number} end When the talk ends if the rest takes as long as planned.
 * @property {number} limit When it should end: with the room, or without one
 *   when everything planned is said.
 * @property {number} behind How much later than planned; negative: earlier.
 */

/**
 * @typedef {object} Advice
 * @property {number[]} skipped The slides ahead that are best left out.
 * @property {number[]} skip Those of them that are not left out yet.
 * @property {number[]} restore Slides left out that there is time for again.
 * @property {number | null} extra The example that fits into what is to spare.
 * @property {number} late How much too late the talk ends with `skipped`.
 */

/** What nobody notices: a talk that ends this much too late ends on time. */
const TOLERANCE = 10_000;

/** What a slide takes of which nothing is known: a page without a plan. */
const USUAL_TIME = 60_000;

/** From when on a slide counts as shown. */
const SHOWN = 5_000;

/** The finest division of time that choosing slides works with. */
const MAX_UNITS = 4096;

/**
 * @param {Deck} deck
 * @returns {Plan}
 */
function readPlan(deck) {
  const text = document.querySelector("script.plan")?.textContent ?? "{}";
  const { room = null, times = [], sections = [] } = JSON.parse(text);
  return {
    room: room && room * 1000,
    slides: deck.slides.map((slide, i) => ({
      role: slide.element.dataset.role ?? "main",
      title: titleOf(slide) || labelOf(slide),
      time: (times[i] ?? USUAL_TIME / 1000) * 1000,
    })),
    sections,
  };
}

/**
 * Whether a slide is still to come: in the plan, and after the place that the
 * talk has reached.
 *
 * @param {Plan} plan
 * @param {Talk} talk
 * @param {number} index
 */
function isAhead(plan, talk, index) {
  return index > talk.place.index && plan.slides[index].role !== "backup";
}

/**
 * What a slide will still take.
 *
 * @param {Plan} plan
 * @param {Talk} talk
 * @param {number} index
 * @param {number} now
 */
function leftOf(plan, talk, index, now) {
  return Math.max(plan.slides[index].time - spentOn(talk, index, now), 0);
}

/**
 * What everything in the plan takes, optional slides included.
 *
 * @param {Plan} plan
 */
function totalOf(plan) {
  return plan.slides.reduce((sum, { role, time }) => sum + (role === "backup" ? 0 : time), 0);
}

/**
 * @param {Plan} plan
 * @param {Talk} talk
 * @param {number} now
 * @returns {Standing}
 */
function standingOf(plan, talk, now) {
  const elapsed = elapsedOf(talk, now);
  let end = elapsed;
  for (const index of plan.slides.keys()) {
    const comes = isAhead(plan, talk, index) && !talk.skipped.includes(index);
    if (comes || index === talk.place.index) {
      end += leftOf(plan, talk, index, now);
    }
  }
  const total = totalOf(plan);
  const limit = plan.room ?? total;
  return { elapsed, end, limit, behind: end - Math.min(limit, total) };
}

/**
 * @param {Plan} plan
 * @param {Talk} talk
 * @param {number} now
 * @returns {Advice}
 */
function adviceOf(plan, talk, now) {
  const { end, limit } = standingOf(plan, talk, now);
  const all = [...plan.slides.keys()];
  const open = all.filter((i) => isAhead(plan, talk, i) && plan.slides[i].role === "optional");
  const times = open.map((i) => leftOf(plan, talk, i, now));
  const isSkipped = (/** @type {number} */ i) => talk.skipped.includes(i);
  const sum = (/** @type {(i: number) => boolean} */ which) =>
    open.reduce((sum, i, nth) => sum + (which(i) ? times[nth] : 0), 0);

  const late = end + sum(isSkipped) - limit;
  const skipped = late > TOLERANCE ? smallestSum(times, late - TOLERANCE).map((nth) => open[nth]) : [];
  const spare = limit - end;
  const fits = (/** @type {number} */ i) =>
    plan.slides[i].role === "backup" && plan.slides[i].time <= spare && talk.spent[i] < SHOWN;
  const longest = (/** @type {number | null} */ best, /** @type {number} */ i) =>
    best !== null && plan.slides[best].time >= plan.slides[i].time ? best : i;
  return {
    skipped,
    skip: skipped.filter((i) => !isSkipped(i)),
    restore: open.filter((i) => isSkipped(i) && !skipped.includes(i)),
    extra: all.filter(fits).reduce(longest, null),
    late: late - sum((i) => skipped.includes(i)),
  };
}

/**
 * Chooses the numbers whose sum is the smallest that reaches a need: of those
 * with the same sum the fewest, and of as many the later ones, about which one
 * may still think again. All of them when even their sum does not reach it.
 *
 * This is the knapsack problem seen from outside: `best[s]` is the best choice
 * that sums up to `s`.
 *
 * @param {number[]} numbers
 * @param {number} need
 * @returns {number[]} The places of those chosen, in order.
 */
function smallestSum(numbers, need) {
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const unit = Math.max(1000, total / MAX_UNITS);
  // Down for what is saved, up for what is needed: an error is on the safe side.
  const sizes = numbers.map((number) => Math.floor(number / unit));
  const wanted = Math.ceil(need / unit);
  /** @typedef {{ count: number, place: number, rest: Choice } | null} Choice */
  /** @type {Choice[]} */
  const best = [null];
  const countOf = (/** @type {Choice | undefined} */ it) => (it === undefined ? Infinity : it?.count ?? 0);
  for (let place = sizes.length - 1; place >= 0; place--) {
    const size = sizes[place];
    for (let sum = size > 0 ? best.length - 1 : -1; sum >= 0; sum--) {
      const rest = best[sum];
      if (rest !== undefined && countOf(rest) + 1 < countOf(best[sum + size])) {
        best[sum + size] = { count: countOf(rest) + 1, place, rest };
      }
    }
  }
  let choice = best.find((it, sum) => sum >= wanted && it !== undefined);
  if (choice === undefined) {
    return [...numbers.keys()].filter((place) => sizes[place] > 0);
  }
  const places = [];
  for (; choice; choice = choice.rest) {
    places.push(choice.place);
  }
  return places.sort((a, b) => a - b);
}

/**
 * The section that a slide is in, and where the next one begins.
 *
 * @param {Plan} plan
 * @param {number} index
 * @returns {{ title: string, first: number, end: number } | null} `null` for a
 *   slide that is not in the plan.
 */
function sectionOf(plan, index) {
  const { sections, slides } = plan;
  const nth = sections.findLastIndex(({ first }) => first <= index);
  if (nth < 0 || slides[index].role === "backup") {
    return null;
  }
  const after = slides.findIndex(({ role }) => role === "backup");
  const end = sections[nth + 1]?.first ?? (after < 0 ? slides.length : after);
  return { ...sections[nth], end };
}
