/*
 * The presenter view: what the speaker sees in a window of their own.
 *
 * It is the whole deck once more. The deck itself is the current page, so that
 * every key, the overview and the search for a slide work here as they do
 * before the audience, who see only where one goes. The next page is a copy of
 * its slide. Around them stand the times, the notes and what the plan proposes;
 * `presenter.css` says how it looks, in the same dark colours for every theme.
 */

/** How often the times are drawn, in ms: no second is skipped. */
const TICK = 250;

/**
 * Sizes of the notes, in parts of the size of everything else; the last ones are
 * read from two steps away.
 */
const NOTE_SIZES = [0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.4, 2.9, 3.5];

/** Which of them holds before anybody chose. */
const NOTE_SIZE = 4;

/** Where a browser remembers the size of the notes. */
const NOTE_SIZE_KEY = "deckc note size";

/** What is further from the plan than this is said, in ms. */
const ON_TIME = 15_000;

/**
 * @param {string} tag
 * @param {string} name The class, after `p-`.
 * @param {(Node | string)[]} [content]
 * @param {Record<string, string>} [attributes]
 */
function part(tag, name, content = [], attributes = {}) {
  const element = make(tag, { class: `p-${name}`, ...attributes });
  element.append(...content);
  return element;
}

/**
 * Writes a text only where it changed: a screen reader speaks what changes.
 *
 * @param {Element} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * A button with its key, if it has one. A press with the mouse leaves the
 * keyboard's focus where it was, so that the space bar goes on meaning "next".
 *
 * @param {string} text
 * @param {string} key
 * @param {() => void} act
 */
function keyButton(text, key, act) {
  const button = make("button", { type: "button" });
  button.append(make("span", {}, text));
  if (key !== "") {
    button.append(" ", make("kbd", { "aria-hidden": "true" }, key));
    button.setAttribute("aria-keyshortcuts", key);
  }
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  return button;
}

/**
 * Makes the presenter view of this page.
 *
 * @param {Deck} deck
 * @param {Session} session
 */
function showPresenter(deck, session) {
  document.title = `Presenter view: ${document.title}`;
  deck.root.setAttribute("aria-label", "Current page");
  const times = makeTimes();
  const strip = makeStrip(session.plan);
  const next = makeNext(deck, session);
  const notes = makeNotes();
  const advice = makeAdvice(deck, session);
  const controls = makeControls(deck, session);
  const lost = makeLost(deck);
  document.body.prepend(lost.element, times.talk, strip.element);
  const below = [next.element, times.parts, notes.element, advice.element, controls.element];
  document.body.append(...below);

  const tick = () => {
    const now = Date.now();
    times.draw(deck, session, now);
    advice.draw(now);
    strip.draw(deck, session, now);
    lost.draw(session, now);
  };
  session.draw = () => {
    tick();
    next.draw();
    notes.draw(currentSlide(deck).element);
    controls.draw();
  };
  setInterval(tick, TICK);
  new ResizeObserver(() => fit(deck)).observe(deck.root);
}

/**
 * The times: of the talk and of the day above everything, of the slide and its
 * section beside the next page.
 */
function makeTimes() {
  const figures = Object.fromEntries(
    ["elapsed", "behind", "day", "place", "slide", "section"].map((name) => {
      const big = part("b", "figure");
      const small = part("span", "remark");
      const bar = part("span", "meter", [make("span")], { "aria-hidden": "true" });
      return [name, { big, small, bar, element: part("p", name, [big, " ", small, bar]) }];
    }),
  );
  const [elapsed, behind, day, ...of] = Object.values(figures).map(({ element }) => element);
  const name = make("h1", {}, "Presenter view");
  const talk = part("header", "times", [name, elapsed, behind, day]);
  const parts = part("section", "parts", of, { "aria-label": "Slide and section" });

  /** @type {(name: string, big: string, small: string, share?: number) => void} */
  const write = (name, big, small, share) => {
    const figure = figures[name];
    setText(figure.big, big);
    setText(figure.small, small);
    figure.bar.hidden = share === undefined;
    figure.element.classList.toggle("over", (share ?? 0) > 1);
    const fill = /** @type {HTMLElement} */ (figure.bar.firstElementChild);
    fill.style.transform = `scaleX(${Math.min(share ?? 0, 1)})`;
  };
  /** @type {(deck: Deck, session: Session, now: number) => void} */
  const draw = (deck, session, now) => {
    const { plan } = session;
    const { began, since, spent, skipped, rehearsal } = session.talk;
    const { elapsed, end, limit, behind } = standingOf(plan, session.talk, now);
    const stands = began === null ? "starts with the first step" : since === null ? "paused" : "";
    const state = [rehearsal ? "rehearsal" : "", stands || `of ${formatTime(limit)}`];
    write("elapsed", formatTime(elapsed), state.filter((it) => it !== "").join(", "), elapsed / (limit || 1));
    talk.classList.toggle("standing", since === null);

    const off = Math.abs(behind) >= ON_TIME;
    const verdict = off ? `${formatTime(behind)} ${behind > 0 ? "behind" : "ahead"}` : "On time";
    write("behind", verdict, `ends after ${formatTime(end)}`);
    figures.behind.element.classList.toggle("late", off && behind > 0);
    figures.behind.element.classList.toggle("early", off && behind < 0);
    const clock = (/** @type {number} */ at) =>
      new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    write("day", clock(now), `ends at ${clock(now + Math.max(end - elapsed, 0))}`);

    const { time, title } = plan.slides[deck.index];
    write("place", `${deck.index + 1} of ${deck.slides.length}`, title);
    const here = spentOn(session.talk, deck.index, now);
    write("slide", formatTime(here), `of ${formatTime(time)} on this slide`, here / (time || 1));
    const section = sectionOf(plan, deck.index);
    figures.section.element.hidden = section === null;
    if (section) {
      const all = [...spent.keys()].slice(section.first, section.end);
      const shown = all.filter((i) => !skipped.includes(i));
      const planned = shown.reduce((sum, i) => sum + plan.slides[i].time, 0);
      const taken = all.reduce((sum, i) => sum + spentOn(session.talk, i, now), 0);
      const of = `of ${formatTime(planned)} on “${section.title}”`;
      write("section", formatTime(taken), of, taken / (planned || 1));
    }
  };
  return { talk, parts, draw };
}

/**
 * The plan as a strip: a piece for every slide in it, as long as its time.
 *
 * @param {Plan} plan
 */
function makeStrip(plan) {
  const element = part("div", "strip", [], { "aria-hidden": "true" });
  const pieces = plan.slides.map(({ role, time, title }, i) => {
    const opens = plan.sections.some(({ first }) => first === i);
    const piece = make("span", { title: `${title}: ${formatTime(time)}`, class: opens ? "opens" : "" });
    piece.style.flexGrow = String(time);
    piece.hidden = role === "backup";
    piece.classList.toggle("optional", role === "optional");
    return piece;
  });
  const hand = part("i", "hand");
  element.append(...pieces, hand);
  /** @type {(deck: Deck, session: Session, now: number) => void} */
  const draw = (deck, { talk }, now) => {
    const { skipped } = adviceOf(plan, talk, now);
    for (const [i, piece] of pieces.entries()) {
      piece.classList.toggle("past", i < talk.place.index);
      piece.classList.toggle("now", i === deck.index);
      piece.classList.toggle("skipped", talk.skipped.includes(i));
      piece.classList.toggle("proposed", skipped.includes(i) && !talk.skipped.includes(i));
    }
    const share = elapsedOf(talk, now) / (totalOf(plan) || 1);
    hand.style.left = `${Math.min(share, 1) * 100}%`;
  };
  return { element, draw };
}

/**
 * The next page, as it will look: the next step of this slide, or the next
 * slide that the talk does not leave out.
 *
 * @param {Deck} deck
 * @param {Session} session
 */
function makeNext(deck, session) {
  const canvas = make("div", { class: "slides" });
  const page = part("div", "page", [make("div", { class: "deck" })], { inert: "" });
  page.firstElementChild?.append(canvas);
  const title = make("h2");
  const element = part("section", "next", [title, page], { "aria-label": "Next page" });
  new ResizeObserver(() => {
    const scale = Math.min(page.clientWidth / deck.width, page.clientHeight / deck.height);
    canvas.style.transform = `scale(${scale})`;
  }).observe(page);
  let drawn = "";
  /** @type {Slide | null | undefined} */
  let copied;
  const draw = () => {
    const place = upcomingOf(deck);
    const name = JSON.stringify(place);
    const of = place && deck.slides[place.index];
    if (name === drawn && of === copied) {
      return;
    }
    drawn = name;
    copied = of;
    const steps = place?.index === deck.index;
    const text = of ? (steps ? `Next: step ${(place.step ?? 0) + 1} of ${of.groups.length}` : `Next: ${session.plan.slides[place.index].title}`) : "The end";
    setText(title, text);
    page.classList.toggle("none", of === null);
    canvas.replaceChildren(...(place && of ? [copyPage(of.element, place.step ?? -1)] : []));
  };
  return { element, draw };
}

/**
 * A copy of a slide as it looks at a step.
 *
 * @param {HTMLElement} section
 * @param {number} step
 */
function copyPage(section, step) {
  const copy = /** @type {HTMLElement} */ (section.cloneNode(true));
  for (const element of [copy, ...copy.querySelectorAll("[id]")]) {
    element.removeAttribute("id");
  }
  for (const name of ["hidden", "aria-hidden"]) {
    copy.removeAttribute(name);
  }
  const slide = readSlide(copy);
  for (const code of slide.codes) {
    // The copy has the focus that the slide happens to have.
    code.drawn = "";
  }
  setPlace(slide, "present");
  if (slide.groups.length > 0) {
    setStep(slide, step);
  } else {
    drawFocus(slide, -1);
  }
  return copy;
}

/** The notes of the slide. */
function makeNotes() {
  const text = part("div", "text", [], { tabindex: "0", role: "group", "aria-label": "Notes" });
  const smaller = keyButton("Smaller", "−", () => resizeNotes(-1));
  const larger = keyButton("Larger", "+", () => resizeNotes(1));
  const head = part("div", "head", [make("h2", {}, "Notes"), smaller, larger]);
  const element = part("section", "notes", [head, text], { "aria-label": "Notes" });
  const shipped = document.querySelector("aside.notes") !== null;
  /** @type {Element | null} */
  let drawn = null;
  /** @type {(section: HTMLElement) => void} */
  const draw = (section) => {
    if (section === drawn) {
      return;
    }
    drawn = section;
    const notes = section.querySelector("aside.notes");
    text.replaceChildren(...(notes?.cloneNode(true).childNodes ?? []));
    for (const link of text.querySelectorAll('a[href]:not([href^="#"])')) {
      link.setAttribute("target", "_blank");
    }
    if (!shipped) {
      const hint = make("p", {}, "This file has no notes. ");
      hint.append(make("code", {}, "deckc build --notes"), " puts them in.");
      text.append(hint);
    } else if (notes === null) {
      text.append(make("p", {}, "No notes on this slide."));
    }
    text.scrollTop = 0;
  };
  resizeNotes(0);
  return { element, draw };
}

/**
 * Makes the notes larger or smaller, and remembers it.
 *
 * @param {-1 | 0 | 1} by
 */
function resizeNotes(by) {
  let nth = NOTE_SIZE;
  try {
    nth = Number(localStorage.getItem(NOTE_SIZE_KEY) ?? nth);
  } catch {
    nth = Number(document.documentElement.dataset.noteSize ?? nth);
  }
  nth = Math.min(Math.max(nth + by, 0), NOTE_SIZES.length - 1);
  document.documentElement.dataset.noteSize = String(nth);
  document.documentElement.style.setProperty("--note-size", `${NOTE_SIZES[nth]}em`);
  try {
    localStorage.setItem(NOTE_SIZE_KEY, String(nth));
  } catch {
    // A page may be refused any storage; then the page itself remembers.
  }
}

/**
 * @param {Deck} deck
 * @param {Session} session
 */
function makeControls(deck, session) {
  const change = (/** @type {Parameters<typeof changeTalk>[1]} */ act) => () => changeTalk(deck, act);
  const clock = keyButton("Start", "T", change(toggleClock));
  const back = keyButton("Reset", "R", change(reset));
  const black = keyButton("Black", "B", () => toggleBlack(deck));
  const rehearse = keyButton("Rehearse", "", () => {
    if (session.talk.rehearsal) {
      changeTalk(deck, (talk) => {
        talk.rehearsal = false;
        setClock(talk, false, Date.now());
      });
      saveTimes(deck, session);
    } else {
      startRehearsal(deck);
    }
  });
  const save = keyButton("Save times", "", () => saveTimes(deck, session));
  const moves = [
    keyButton("Previous", "←", () => previous(deck)),
    keyButton("Next", "→", () => next(deck)),
  ];
  const keys = keyButton("Keys", "?", () => openHelp(deck));
  const rest = part("span", "rest", [rehearse, save, keys]);
  const element = part("nav", "controls", [...moves, clock, back, black, rest], { "aria-label": "Talk" });
  const label = (/** @type {HTMLElement} */ button, /** @type {string} */ text) =>
    setText(/** @type {Element} */ (button.firstElementChild), text);
  const draw = () => {
    const { began, since, before, blank, rehearsal } = session.talk;
    label(clock, since !== null ? "Pause" : began === null ? "Start" : "Go on");
    label(back, began === null && before !== null ? "Undo reset" : "Reset");
    label(black, blank ? "Show again" : "Black");
    label(rehearse, rehearsal ? "End rehearsal" : "Rehearse");
    save.hidden = began === null || rehearsal;
    back.hidden = began === null && before === null;
  };
  return { element, draw };
}

/**
 * Says so when the window of the slides is gone, and opens it again.
 *
 * @param {Deck} deck
 */
function makeLost(deck) {
  const text = make("span");
  const button = keyButton("Open the slides", "S", () => openOther(deck));
  const element = part("div", "lost", [text, " ", button], { role: "alert" });
  element.hidden = true;
  /** @type {(session: Session, now: number) => void} */
  const draw = ({ peers, heard }, now) => {
    const gone = [...peers].every((peer) => peer.closed);
    element.hidden = !gone && now - heard < LOST;
    setText(text, gone ? "The window with the slides is closed." : "The window with the slides does not answer.");
  };
  return { element, draw };
}
