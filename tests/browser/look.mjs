// The laws on what the browser makes of a slide: computed sizes and colours, real
// backgrounds, and boxes that hold their content. Runs in the page.

/**
 * Looks at the slide that is shown, at its step, and gives what breaks a law:
 * text below its floor or its contrast, content that is cut off, scrolls or is
 * covered, and lines that are put into place by anything but the flow of text.
 */
export function lookAtSlide() {
  const section = window.Reveal.getCurrentSlide();
  const canvas = section.getBoundingClientRect();
  const scale = window.Reveal.getScale();
  const problems = new Set();
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (element) => [element.tagName.toLowerCase(), ...element.classList].join('.');

  for (const area of section.children) {
    if (!isSeen(area)) continue;
    for (const block of area.children) fits(block, area, 'sticks out of');
    flows(area, true);
    for (const element of area.querySelectorAll(':not(.formula *)')) flows(element, false);
    const texts = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) readable(text, area);
  }
  for (const element of [document.documentElement, section, ...section.querySelectorAll(':not(.formula *)')]) holds(element);
  return [...problems];

  /** A text is large enough, has its contrast, and nothing cuts or covers it. */
  function readable(text, area) {
    const parent = text.parentElement;
    // A formula is a drawing, measured before it is written; its text cannot be seen.
    if (!text.data.trim() || !isSeen(parent) || parent.closest('.formula')) return;
    const style = getComputedStyle(parent);
    const said = text.data.trim().slice(0, 20);
    legible(style, parent, floorOf(parent), said);
    const range = new Range();
    range.selectNodeContents(text);
    for (const whole of range.getClientRects()) {
      if (whole.width === 0) continue;
      // A mark at the start of a line has a blank half, which hangs out.
      const blank = parent.matches('.ps') ? whole.width / 2 : 0;
      const rect = new DOMRect(whole.x + blank, whole.y, whole.width - blank, whole.height);
      within(rect, area.getBoundingClientRect(), `\`${said}\` sticks out of ${name(area)}`, { across: true });
      within(rect, canvas, `\`${said}\` is cut off by the slide`, { across: true, down: true });
      onPlain(rect, said);
      const above = document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
      if (above && !above.contains(parent) && !parent.contains(above)) {
        problems.add(`${name(above)} covers \`${said}\``);
      }
    }
  }

  /** The sizes that design and theme allow, in CSS px, by role. */
  function floorOf(element) {
    if (element.closest('.footer, .footnotes, figcaption, .caption, sub, sup')) return 14 / 0.75;
    return (element.closest('td, th, small, .remark') ? 20 : 24) / 0.75;
  }

  function legible(style, element, floor, said) {
    const size = parseFloat(style.fontSize);
    if (size < floor - 0.01) problems.add(`\`${said}\` is set in ${size} px, below ${floor.toFixed(2)} px`);
    const back = backgroundOf(element);
    const ratio = contrast(over(colour(style.color), back), back);
    const standsBack = element.closest('.footer, .footnotes, figcaption, .caption, .hook, .focused .line:not(.on)') || floor < 18.7;
    const least = standsBack && !element.closest('sub, sup') ? 4.5 : 7;
    if (!(ratio >= least)) problems.add(`\`${said}\` has a contrast of ${ratio.toFixed(2)}, below ${least}`);
    for (let it = element; it; it = it.parentElement) {
      if (getComputedStyle(it).opacity !== '1') problems.add(`\`${said}\` can be seen through`);
    }
  }

  /** What stands behind an element's text, up the tree to an opaque colour. */
  function backgroundOf(element) {
    const layers = [];
    for (let it = element; it; it = it.parentElement) {
      const style = getComputedStyle(it);
      if (style.backgroundImage !== 'none' && it !== section) problems.add(`a picture behind the text of ${name(it)}`);
      layers.push(colour(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  }

  /** No text stands on a layout's accents, which are the slide's background. */
  function onPlain(rect, said) {
    const style = getComputedStyle(section);
    if (style.backgroundImage === 'none') return;
    const pairs = (list) => list.split(',').map((pair) => pair.trim().split(' ').map(parseFloat));
    const sizes = pairs(style.backgroundSize);
    for (const [nth, [x, y]] of pairs(style.backgroundPosition).entries()) {
      const [w, h] = sizes[nth];
      if (Number.isNaN(w)) continue;
      const [left, top] = [canvas.left + x * scale, canvas.top + y * scale];
      const apart = rect.right <= left || rect.left >= left + w * scale || rect.bottom <= top || rect.top >= top + h * scale;
      if (!apart) problems.add(`\`${said}\` stands on an accent`);
    }
  }

  /** Slides are flow content: areas have a place, what is in them has none. */
  function flows(element, isArea) {
    const style = getComputedStyle(element);
    const bad = (what) => problems.add(`${name(element)} has ${what}`);
    const moved = ['left', 'top'].some((side) => !/^(auto|0px)$/.test(style[side]));
    const isMark = element.matches('.focus') && element.childNodes.length === 0;
    if (!isArea && style.position !== 'static' && !isMark) {
      if (style.position !== 'relative') bad(`position ${style.position}`);
      else if (moved && !element.matches('sub, sup')) bad(`a place of its own`);
    }
    for (const property of ['transform', 'translate', 'rotate', 'scale', 'float']) {
      if (style[property] !== 'none') bad(property);
    }
    if (!/^(normal|0px)$/.test(style.letterSpacing)) bad('letter-spacing');
    if (!/^(normal|0px)$/.test(style.wordSpacing)) bad('word-spacing');
    if (style.textIndent !== '0px') bad('text-indent');
    if (style.zoom !== '1') bad('zoom');
    if (style.fontStretch !== '100%') bad('font-stretch');
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' && !element.closest('.icon')) bad('text that is no HTML');
    if (!isSeen(element)) return;
    for (const side of ['::before', '::after']) {
      const made = getComputedStyle(element, side);
      const text = made.content.match(/^"(.*)"$|^(attr|counter)\(/);
      if (!text || (text[1] ?? '-').replace('\\a', '').trim() === '') continue;
      const small = element.matches('.line, .footnotes p, .task p');
      legible(made, element, (small ? 14 : 24) / 0.75, `${name(element)}${side}`);
    }
  }

  /** An element shows all that is in it. */
  function holds(element) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const overflow = overflowX + overflowY;
    const past = (n) =>
      element.scrollHeight > element.clientHeight + n || element.scrollWidth > element.clientWidth + n;
    if (/auto|scroll/.test(overflow) && past(0)) problems.add(`${name(element)} scrolls`);
    if (/hidden|clip/.test(overflow) && past(1)) problems.add(`${name(element)} is clipped`);
    if (element === document.documentElement && past(0)) problems.add('the window scrolls');
  }

  function fits(inner, outer, how) {
    if (inner.matches('.focus') || !isSeen(inner)) return;
    const what = `${name(inner)} ${how} ${name(outer)}`;
    // The shade of code reaches into the margin, so that its text starts where other text does.
    const across = !inner.matches('pre.code, .remarked');
    within(inner.getBoundingClientRect(), outer.getBoundingClientRect(), what, { across, down: true });
  }

  function within(inner, outer, problem, { across, down }) {
    const slack = scale;
    const wide = across && (inner.left < outer.left - slack || inner.right > outer.right + slack);
    const high = down && (inner.top < outer.top - slack || inner.bottom > outer.bottom + slack);
    if (wide || high) problems.add(problem);
  }

  /** Red, green, blue and how opaque. */
  function colour(text) {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  }

  function over(layer, below) {
    const mix = (nth) => layer[nth] * layer[3] + below[nth] * (1 - layer[3]);
    return [mix(0), mix(1), mix(2), 1];
  }

  /** WCAG 2.2: contrast of relative luminances. */
  function contrast(a, b) {
    const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  }

  function luminance(color) {
    const [r, g, b] = color.map((channel) => channel / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
