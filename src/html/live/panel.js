/*
 * What a preview says: findings over the slide that they concern, the line of what
 * was clicked on, and a bar with the room and the time of the slide.
 */

/**
 * @typedef {object} Finding
 * @property {number | null} slide The slide it concerns, counted from 0.
 * @property {"error" | "warning"} level
 * @property {string} text As on a terminal.
 * @property {string} path
 * @property {number} line
 */

/**
 * @typedef {object} Panel
 * @property {HTMLElement} findings
 * @property {HTMLElement} place
 * @property {HTMLElement} bar
 * @property {boolean} folded The findings are put away.
 */

/** Where it is kept whether the bar is shown: a page may be loaded anew. */
const BAR = "deckc-live-bar";

/**
 * @param {Deck} deck
 * @returns {Panel}
 */
function addPanel(deck) {
  const findings = make("section", { class: "live-findings", "aria-label": "Findings" });
  const place = make("div", { class: "live-place", hidden: "" });
  const bar = make("div", { class: "live-bar", hidden: "" });
  bar.hidden = sessionStorage.getItem(BAR) !== "shown";
  deck.root.append(bar, findings, place);
  return { findings, place, bar, folded: false };
}

/**
 * @param {Deck} deck
 * @param {Live} live
 */
function drawPanel(deck, live) {
  const { findings, summary, slides } = live.now;
  const { panel } = live;
  const here = findings.filter(({ slide }) => slide === null || slide === deck.index);
  const elsewhere = findings.filter(({ slide }) => slide !== null && slide !== deck.index);
  for (const [i, { element }] of deck.slides.entries()) {
    const levels = findings.filter(({ slide }) => slide === i).map(({ level }) => level);
    element.classList.toggle("live-error", levels.includes("error"));
    element.classList.toggle("live-warning", levels.includes("warning"));
  }
  const parts = here.map((finding) => {
    const article = make("article", { class: finding.level });
    article.append(make("pre", {}, finding.text), placeButton(live, finding.path, finding.line));
    return article;
  });
  const head = make("header");
  const stale = slides[deck.index]?.broken ? "This is the last good version of the slide. " : "";
  head.append(make("span", {}, `${stale}${summary}`));
  const places = [...new Set(elsewhere.map(({ slide }) => slide))].slice(0, 12);
  for (const slide of places) {
    const button = keyButton(String((slide ?? 0) + 1), "", () => goTo(deck, slide ?? 0));
    button.setAttribute("aria-label", `Findings on slide ${(slide ?? 0) + 1}`);
    head.append(button);
  }
  const fold = keyButton(panel.folded ? "Show" : "Hide", "", () => {
    panel.folded = !panel.folded;
    drawPanel(deck, live);
  });
  head.append(fold);
  panel.findings.replaceChildren(head, ...(panel.folded ? [] : parts));
  panel.findings.hidden = findings.length === 0;
  drawBar(deck, live);
}

/**
 * `talk.md:12`, which opens the editor where the server can.
 *
 * @param {Live} live
 * @param {string} path
 * @param {number} line
 */
function placeButton(live, path, line) {
  const text = `${path}:${line}`;
  if (!live.now.edits) {
    return make("code", { class: "live-at" }, text);
  }
  const button = keyButton(text, "", () => {
    tellServer("open", { path, line }).catch(() => {
      // The server is gone, which the page says already.
    });
  });
  button.className = "live-at";
  button.title = "Open in the editor";
  return button;
}

/**
 * @param {Deck} deck
 * @param {Live} live
 */
function drawBar(deck, live) {
  const { bar } = live.panel;
  const content = live.contents.get(live.now.slides[deck.index]?.hash ?? "");
  const slots = (content?.fill ?? []).map(([name, percent]) => {
    const slot = make("span", { class: percent > 100 ? "over" : "" }, `${name} ${percent} %`);
    const meter = make("i");
    meter.style.width = `${Math.min(percent, 100)}%`;
    slot.append(meter);
    return slot;
  });
  // What may be skipped, and what comes after the end, is not planned.
  const { slides, room } = readPlan(deck);
  const total = slides.reduce((sum, { role, time }) => sum + (role === "main" ? time : 0), 0);
  const of = room === null ? "" : ` of ${formatTime(room)}`;
  const time = `${formatTime((content?.time ?? 0) * 1000)} on this slide, ${formatTime(total)}${of} in all`;
  bar.replaceChildren(...slots, make("span", { class: "time" }, time));
}

/**
 * @param {Deck} deck
 * @param {Live} live
 */
function listenToLook(deck, live) {
  const { panel } = live;
  KEYS.push({
    keys: ["i"],
    does: "Room and time of the slide",
    act: () => {
      panel.bar.hidden = !panel.bar.hidden;
      sessionStorage.setItem(BAR, panel.bar.hidden ? "hidden" : "shown");
    },
  });
  for (const type of ["slidechanged", "overviewhidden"]) {
    deck.root.addEventListener(type, () => {
      panel.place.hidden = true;
      drawPanel(deck, live);
    });
  }
  deck.canvas.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const block = target.closest("[data-b]");
    const section = target.closest(".slides > section");
    const selected = String(getSelection()) !== "";
    if (!section || deck.overview || selected || target.closest("a[href]")) {
      return;
    }
    const slide = live.now.slides[indexOf(deck, section)];
    const content = live.contents.get(slide?.hash ?? "");
    if (slide && content) {
      const name = block instanceof HTMLElement ? (block.dataset.b ?? "") : "";
      const line = slide.line + (content.blocks[name] ?? 0);
      panel.place.replaceChildren(placeButton(live, slide.path, line));
      panel.place.hidden = false;
    }
  });
}
