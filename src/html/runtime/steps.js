/*
 * Steps: which fragments of a slide are visible.
 *
 * The order is reveal.js's: fragments with a `data-fragment-index` by that
 * number, those with the same number together, then the others one by one in
 * document order. The numbers need not be without gaps: a step is the place in
 * that order, not the number.
 */

/**
 * @param {HTMLElement} section
 * @returns {HTMLElement[][]}
 */
function readGroups(section) {
  /** @type {Map<number, HTMLElement[]>} */
  const numbered = new Map();
  /** @type {HTMLElement[][]} */
  const others = [];
  const fragments = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".fragment"));
  for (const fragment of fragments) {
    const number = Number.parseInt(fragment.dataset.fragmentIndex ?? "", 10);
    const group = numbered.get(number);
    if (Number.isNaN(number)) {
      others.push([fragment]);
    } else if (group) {
      group.push(fragment);
    } else {
      numbered.set(number, [fragment]);
    }
  }
  const inOrder = [...numbered].sort(([a], [b]) => a - b).map(([, group]) => group);
  return [...inOrder, ...others];
}

/**
 * Makes the groups up to a step visible and the later ones not. On the slide
 * that is shown the last of them is the current one.
 *
 * @param {Slide} slide
 * @param {number} step A step outside the slide means the nearest one.
 * @returns {{ shown: HTMLElement[], hidden: HTMLElement[] }} What changed.
 */
function setStep(slide, step) {
  /** @type {HTMLElement[]} */
  const shown = [];
  /** @type {HTMLElement[]} */
  const hidden = [];
  if (slide.groups.length === 0) {
    drawFocus(slide, -1);
    return { shown, hidden };
  }
  slide.step = Math.min(Math.max(step, -1), slide.groups.length - 1);
  slide.element.dataset.fragment = String(slide.step);
  const present = slide.element.classList.contains("present");
  for (const [i, group] of slide.groups.entries()) {
    const visible = i <= slide.step;
    for (const fragment of group) {
      if (fragment.classList.contains("visible") !== visible) {
        (visible ? shown : hidden).push(fragment);
        fragment.classList.toggle("visible", visible);
      }
      fragment.classList.toggle("current-fragment", present && i === slide.step);
    }
  }
  drawFocus(slide, slide.step);
  return { shown, hidden };
}
