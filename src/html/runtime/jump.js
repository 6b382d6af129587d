/*
 * Going to a slide by its number, its id, or words of its title.
 */

/**
 * Asks for a slide and goes there: to the first that fits what is typed, or to
 * the one that is chosen from the list of those that do.
 *
 * @param {Deck} deck
 */
function openJump(deck) {
  const form = /** @type {HTMLFormElement} */ (make("form", { method: "dialog" }));
  const input = /** @type {HTMLInputElement} */ (
    make("input", { id: "ui-jump", autocomplete: "off", size: "24" })
  );
  const hint = make("p", { role: "status" });
  const list = make("ol", { class: "ui-matches" });
  form.append(make("label", { for: input.id }, "Number, id or words of a title"), input, hint, list);
  const dialog = openDialog(deck, "Go to slide", [form]);
  const goThere = (/** @type {number} */ index) => {
    closeDialog(dialog);
    closeOverview(deck);
    jumpTo(deck, index);
  };
  const drawMatches = () => {
    const matches = findSlides(deck, input.value.trim());
    hint.textContent = matches.length > 0 ? "" : "No such slide";
    list.replaceChildren(
      ...matches.map((index) => {
        const item = make("li");
        const button = make("button", { type: "button" }, labelOf(deck.slides[index]));
        button.addEventListener("click", () => goThere(index));
        item.append(button);
        return item;
      }),
    );
  };
  input.addEventListener("input", drawMatches);
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const all = [input, ...list.querySelectorAll("button")];
      all[all.indexOf(/** @type {HTMLInputElement} */ (document.activeElement)) + step]?.focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = input.value.trim() === "" ? [] : findSlides(deck, input.value.trim());
    if (first !== undefined) {
      goThere(first);
    }
  });
  drawMatches();
  input.focus();
}

/**
 * The slides that a text may mean, the likeliest first: the one with that
 * number or id, then those with the words in their titles. No text means all.
 *
 * @param {Deck} deck
 * @param {string} text A number as the slides show it, an id, or words.
 * @returns {number[]} Counted from 0.
 */
function findSlides(deck, text) {
  const words = plainText(text).split(/\s+/);
  const isNamed = (/** @type {number} */ index) =>
    deck.slides[index].element.dataset.number === text || index === indexOfId(deck, text);
  const hasWords = (/** @type {number} */ index) => {
    const title = plainText(titleOf(deck.slides[index]));
    return words.every((word) => title.includes(word));
  };
  const all = [...deck.slides.keys()];
  const named = all.filter(isNamed);
  return [...named, ...all.filter((index) => !named.includes(index) && hasWords(index))];
}

/**
 * @param {string} text
 * @returns {string} The text without case and accents.
 */
function plainText(text) {
  return text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * @param {Slide} slide
 * @returns {string} May be empty.
 */
function titleOf(slide) {
  return labelOf(slide).replace(/^[^:]*:? ?/, "");
}
