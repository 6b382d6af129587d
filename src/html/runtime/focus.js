/*
 * Code focus: which lines of a code block the audience should look at.
 *
 * `<pre data-focus="2">` holds the focus from the start; each later focus is an
 * empty `span.fragment.focus` in the block with the lines in `data-lines`. Both
 * are a list like `2,4-6`, counted from 1, or `all`. Lines in focus get the
 * class `on` and their block the class `focused`; `all` takes both away. What
 * the classes look like is the theme's.
 */

/**
 * @typedef {object} CodeBlock
 * @property {HTMLElement} pre
 * @property {{ step: number, lines: string }[]} foci From which step which lines
 *   have the focus, in the order of steps.
 * @property {string} drawn The lines that have the focus in the page.
 */

/**
 * @param {HTMLElement} section
 * @param {HTMLElement[][]} groups The fragments of the slide in their order.
 * @returns {CodeBlock[]}
 */
function readCodes(section, groups) {
  const blocks = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("pre[data-focus]"));
  return Array.from(blocks, (pre) => {
    const foci = [{ step: -1, lines: pre.dataset.focus ?? "all" }];
    for (const [step, group] of groups.entries()) {
      for (const fragment of group) {
        if (fragment.classList.contains("focus") && pre.contains(fragment)) {
          foci.push({ step, lines: fragment.dataset.lines ?? "all" });
        }
      }
    }
    return { pre, foci, drawn: "all" };
  });
}

/**
 * Sets the focus of a slide's code blocks to what it is at a step.
 *
 * @param {Slide} slide
 * @param {number | null} step `null`: nothing is set apart.
 */
function drawFocus(slide, step) {
  for (const code of slide.codes) {
    const focus = step === null ? undefined : code.foci.findLast((it) => it.step <= step);
    const lines = focus?.lines ?? "all";
    if (lines !== code.drawn) {
      const has = parseLines(lines);
      code.drawn = lines;
      code.pre.classList.toggle("focused", has !== null);
      for (const [i, line] of code.pre.querySelectorAll(".line").entries()) {
        line.classList.toggle("on", has !== null && has(i + 1));
      }
    }
  }
}

/**
 * @param {string} list A list of lines like `2,4-6`, or `all`.
 * @returns {((line: number) => boolean) | null} Whether a line is in the list;
 *   `null` for `all`.
 */
function parseLines(list) {
  if (list === "all") {
    return null;
  }
  const ranges = list.split(",").map((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return { first, last };
  });
  return (line) => ranges.some(({ first, last }) => first <= line && line <= last);
}
