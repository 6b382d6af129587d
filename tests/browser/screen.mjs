// What a slide shows in the browser, measured where the eye sees it: in CSS px
// from the corner of the canvas. Runs in the page.

/**
 * Measures the slide that is shown, as far as its step shows it.
 *
 * Gives `lines`, each with the characters on it that can be seen, and the boxes
 * of `pictures` and of table `cells`.
 */
export function measureSlide() {
  const section = window.Reveal.getCurrentSlide();
  const origin = section.getBoundingClientRect();
  const scale = window.Reveal.getScale();
  const place = (rect) => ({
    left: (rect.left - origin.left) / scale,
    right: (rect.right - origin.left) / scale,
    top: (rect.top - origin.top) / scale,
    bottom: (rect.bottom - origin.top) / scale,
  });
  /** The least side of a sign of a formula whose ink is compared, in CSS px. */
  const SIGN = 8;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const boxes = (selector) =>
    [...section.querySelectorAll(selector)].filter(isSeen).map((element) => ({
      ...place(element.getBoundingClientRect()),
      // The corner of a table is a cell of its head, and no header.
      name: element.closest('thead') ? 'th' : element.tagName.toLowerCase(),
      alt: element.getAttribute('alt') ?? element.getAttribute('aria-label') ?? '',
    }));

  return {
    width: section.offsetWidth,
    height: section.offsetHeight,
    lines: linesOf(section),
    formulas: formulas(),
    pictures: boxes('img, video, .icon'),
    cells: boxes('th, td'),
  };

  /** What each formula draws, as one box, and the boxes of its signs. */
  function formulas() {
    return [...section.querySelectorAll('.formula')].filter(isSeen).map((formula) => {
      const drawn = [...formula.querySelectorAll('path')].map((path) => place(path.getBoundingClientRect()));
      const edge = (side, pick) => pick(...drawn.map((box) => box[side]));
      const box = { left: edge('left', Math.min), right: edge('right', Math.max), top: edge('top', Math.min), bottom: edge('bottom', Math.max) };
      const text = formula.querySelector('span').textContent;
      // Its signs; no two engines draw the same rule.
      const signs = drawn.filter((it) => SIGN <= it.right - it.left && SIGN <= it.bottom - it.top);
      return { ...box, text, signs: signs.map((it) => ({ ...it, top: it.top - 2, bottom: it.bottom + 2, text, size: 0, isSign: true })) };
    });
  }

  function linesOf(section) {
    const lines = [];
    const texts = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const range = new Range();
    let block = null;
    let middle = 0;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!isSeen(parent) || parent.closest('.formula')) continue;
      const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
      const ascent = ascentOf({ fontStyle, fontWeight, fontSize, fontFamily });
      const holder = parent.closest('p, li, pre, td, th, h1, h2, h3, h4, h5, h6, div, figcaption, footer > *');
      const raised = raisedBy(parent, holder);
      let at = 0;
      for (const character of text.data) {
        range.setStart(text, at);
        at += character.length;
        range.setEnd(text, at);
        if (/^[\s\p{Default_Ignorable_Code_Point}]$/u.test(character)) continue;
        const [rect] = range.getClientRects();
        if (!rect) continue;
        const box = { text: character, ...place(rect) };
        const y = (box.top + box.bottom) / 2 - raised;
        if (holder !== block || Math.abs(y - middle) > (box.bottom - box.top) / 2) {
          lines.push([]);
          block = holder;
        }
        middle = y;
        lines.at(-1).push({ ...box, baseline: box.top + ascent, size: parseFloat(fontSize) });
      }
    }
    return lines;
  }

  /** How far an element is moved down from the line that it stands on. */
  function raisedBy(element, holder) {
    if (element === holder || !element.matches('sub, sup, sub *, sup *')) return 0;
    const { position, top } = getComputedStyle(element);
    return (position === 'relative' ? parseFloat(top) : 0) + raisedBy(element.parentElement, holder);
  }

  /** How far above its baseline a text's box begins, where Chromium takes whole pixels. */
  function ascentOf(font) {
    const key = Object.values(font).join(' ');
    window.ascents ??= new Map();
    if (!window.ascents.has(key)) {
      const probe = document.createElement('div');
      const foot = document.createElement('span');
      Object.assign(foot.style, { display: 'inline-block', width: 0, height: 0 });
      probe.append('x', foot);
      Object.assign(probe.style, { ...font, position: 'absolute', lineHeight: 'normal' });
      document.body.append(probe);
      const range = new Range();
      range.selectNode(probe.firstChild);
      window.ascents.set(key, foot.getBoundingClientRect().bottom - range.getClientRects()[0].top);
      probe.remove();
    }
    return window.ascents.get(key);
  }
}

/**
 * Turns the text that a slide's style sheet generates (bullets, numbers of items
 * and lines, hyphens) into elements of the same style in the same place, since a
 * script cannot ask where generated text stands. Runs in the page.
 */
export function showGeneratedText() {
  const section = window.Reveal.getCurrentSlide();
  if (section.dataset.shown) return;
  section.dataset.shown = 'true';
  const made = [];
  for (const element of section.querySelectorAll('*')) {
    for (const side of ['::before', '::after']) {
      const style = getComputedStyle(element, side);
      const text = generated(element, style.content);
      if (!text.trim()) continue;
      const span = document.createElement('span');
      for (const property of style) {
        if (!/^(content|counter-|visibility|opacity|transition)/.test(property)) {
          span.style.setProperty(property, style.getPropertyValue(property));
        }
      }
      span.textContent = text;
      // Not beside a paragraph, which its sheet may tell apart as the first child;
      // another child keeps the margin that it has as the first one.
      const first = side === '::before' ? element.firstElementChild : null;
      first?.style.setProperty('margin-top', getComputedStyle(first).marginTop, 'important');
      made.push([first?.tagName === 'P' ? first : element, span, side]);
    }
  }
  const sheet = new CSSStyleSheet();
  const shown = `#${CSS.escape(section.id)}`;
  sheet.replaceSync(`${shown} :not(.hook)::before, ${shown} .h::after { content: none !important }`);
  document.adoptedStyleSheets.push(sheet);
  for (const [parent, span, side] of made) side === '::before' ? parent.prepend(span) : parent.append(span);

  function generated(element, content) {
    return [...content.matchAll(/"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)\)|counter\(\w+\)/g)]
      .map(([whole, string, attribute]) => {
        if (string !== undefined) return string.replace(/\\a ?/g, '\n');
        if (attribute) return element.getAttribute(attribute) ?? '';
        const { parentElement: list } = element;
        return whole && String((list.start ?? 1) + [...list.children].indexOf(element));
      })
      .join('');
  }
}
