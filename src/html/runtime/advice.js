/*
 * What the presenter view proposes: slides to skip to end on time, slides that
 * there is time for again, an example that fits. One key takes each of them;
 * the audience sees the next slide and nothing else.
 */

/**
 * @param {Deck} deck
 * @param {Session} session
 */
function makeAdvice(deck, session) {
  const { plan } = session;
  const says = part("p", "says", [], { role: "status" });
  const adds = part("p", "adds");
  const take = keyButton("", "X", () => changeTalk(deck, takeAdvice));
  const extra = keyButton("", "E", () => toggleExtra(deck));
  const element = part("section", "advice", [says, adds, take, extra], { "aria-label": "Plan" });
  const name = (/** @type {number[]} */ all) => {
    const names = all.map((i) => `“${plan.slides[i].title}” (${formatTime(plan.slides[i].time)})`);
    return names.length < 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
  };
  const label = (/** @type {HTMLElement} */ button, /** @type {string} */ text) => {
    button.hidden = text === "";
    setText(/** @type {Element} */ (button.firstElementChild), text);
  };

  /** @type {(now: number) => void} */
  const draw = (now) => {
    const { talk } = session;
    const advice = adviceOf(plan, talk, now);
    const skipping = talk.skipped.filter((i) => isAhead(plan, talk, i));
    const kept = skipping.filter((i) => !advice.restore.includes(i));
    const still = advice.late > TOLERANCE ? `Then still ${formatTime(advice.late)} too late.` : "";
    element.classList.toggle("urgent", advice.skip.length > 0 || still !== "");
    if (talk.extra !== null) {
      setText(says, `An extra example. The next step goes back to “${plan.slides[talk.place.index].title}”.`);
    } else if (advice.skip.length > 0) {
      setText(says, `To end on time, skip ${name(advice.skip)}.`);
    } else if (advice.restore.length > 0) {
      setText(says, `There is time again for ${name(advice.restore)}.`);
    } else if (still !== "") {
      setText(says, "Nothing is left to skip.");
    } else if (advice.extra !== null) {
      setText(says, `There is time for an extra example: ${name([advice.extra])}.`);
    } else {
      setText(says, "Nothing needs to be skipped.");
    }
    const left = kept.length > 0 ? `Skipping ${name(kept)}.` : "";
    setText(adds, [still, left].filter((text) => text !== "").join(" "));
    label(take, advice.skip.length > 0 ? "Skip" : advice.restore.length > 0 ? "Bring back" : "");
    label(extra, talk.extra !== null ? "Go back" : advice.extra !== null ? "Show example" : "");
  };
  return { element, draw };
}
