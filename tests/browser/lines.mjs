// The lines that a slide shows in the browser, measured where the eye sees
// them: in CSS px from the corner of the canvas.

/**
 * Shows a slide with all its steps and measures it. Runs in the page.
 *
 * Gives `lines`, each with the characters on it that are not white space, and
 * `cut`, the elements whose content does not fit them.
 */
export function measureSlide(index) {
  window.Reveal.slide(index);
  const section = window.Reveal.getCurrentSlide();
  const cut = [];
  for (const element of section.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const scrolls = (n) => element.scrollHeight > element.clientHeight + n || element.scrollWidth > element.clientWidth + n;
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    if (/auto|scroll/.test(style.overflowX + style.overflowY) && scrolls(0)) cut.push(`${name} scrolls`);
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && scrolls(1)) cut.push(`${name} is clipped`);
  }
  if (section.scrollHeight > section.clientHeight || section.scrollWidth > section.clientWidth) {
    cut.push('the slide is clipped');
  }

  showGeneratedText(section);
  const origin = section.getBoundingClientRect();
  const scale = window.Reveal.getScale();
  const place = (rect) => ({
    left: (rect.left - origin.left) / scale,
    right: (rect.right - origin.left) / scale,
    top: (rect.top - origin.top) / scale,
    bottom: (rect.bottom - origin.top) / scale,
  });

  const lines = [];
  const texts = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  let block = null;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (parent.closest('aside.notes, script, style, title, desc, .visually-hidden')) continue;
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
    const ascent = ascentOf({ fontStyle, fontWeight, fontSize, fontFamily });
    const holder = parent.closest('p, li, pre, td, th, h1, h2, h3, h4, h5, h6, div, figcaption');
    let at = 0;
    for (const character of text.data) {
      const range = new Range();
      range.setStart(text, at);
      at += character.length;
      range.setEnd(text, at);
      if (!character.trim() || /[\u200b-\u200f\u2060\u2066-\u2069\ufe0e\ufe0f]/.test(character)) continue;
      const [rect] = range.getClientRects();
      if (!rect) continue;
      const box = { text: character, ...place(rect) };
      const last = lines.at(-1)?.at(-1);
      const half = (box.bottom - box.top) / 2;
      if (!last || holder !== block || Math.abs(box.top + box.bottom - last.top - last.bottom) / 2 > half) {
        lines.push([]);
        block = holder;
      }
      lines.at(-1).push({ ...box, baseline: box.top + ascent.onScreen, ascent: ascent.ofFace });
    }
  }

  return { width: section.offsetWidth, height: section.offsetHeight, lines, cut };

  /**
   * How far above its baseline a text's box begins: on the screen, where Chromium
   * takes whole pixels, and as the face says.
   */
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
      const onScreen = foot.getBoundingClientRect().bottom - range.getClientRects()[0].top;
      probe.remove();
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = `${font.fontStyle} ${font.fontWeight} 1000px ${font.fontFamily}`;
      const ofFace = (pen.measureText('x').fontBoundingBoxAscent / 1000) * parseFloat(font.fontSize);
      window.ascents.set(key, { onScreen, ofFace });
    }
    return window.ascents.get(key);
  }

  /**
   * Turns generated text (bullets, numbers of items and lines) into elements of
   * the same style in the same place, since a script cannot ask where generated
   * text stands.
   */
  function showGeneratedText(section) {
    const made = [];
    for (const element of section.querySelectorAll('*')) {
      const style = getComputedStyle(element, '::before');
      const text = generated(element, style.content);
      if (!text) continue;
      const span = document.createElement('span');
      for (const property of style) {
        if (!/^(content|counter-)/.test(property)) span.style.setProperty(property, style.getPropertyValue(property));
      }
      span.textContent = text;
      // Not beside a paragraph, which its sheet may tell apart as the first child.
      const first = element.firstElementChild;
      made.push([first?.tagName === 'P' ? first : element, span]);
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#${CSS.escape(section.id)} ::before { content: none !important }`);
    document.adoptedStyleSheets.push(sheet);
    for (const [parent, span] of made) parent.prepend(span);

    function generated(element, content) {
      return [...content.matchAll(/"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)\)|counter\(\w+\)/g)]
        .map(([whole, string, attribute]) => {
          if (string !== undefined) return string;
          if (attribute) return element.getAttribute(attribute) ?? '';
          const { parentElement: list } = element;
          return whole && String((list.start ?? 1) + [...list.children].indexOf(element));
        })
        .join('');
    }
  }
}
