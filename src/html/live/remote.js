"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  let page = "";
  let since = null;
  let before = 0;
  const events = new EventSource("events");
  events.addEventListener("at", ({ data }) => {
    const at = JSON.parse(data);
    page = at.page;
    by("label").textContent = at.label;
    by("step").textContent = at.step;
    by("notes").textContent = at.notes || "No notes on this slide.";
  });
  const go = (way) => fetch("go", { method: "POST", body: JSON.stringify({ page, by: way }) });
  by("back").addEventListener("click", () => go(-1));
  by("on").addEventListener("click", () => {
    since ??= Date.now();
    go(1);
  });
  by("clock").addEventListener("click", () => {
    if (since === null) {
      since = Date.now();
    } else {
      before += Date.now() - since;
      since = null;
    }
  });
  setInterval(() => {
    const seconds = Math.floor((before + (since === null ? 0 : Date.now() - since)) / 1000);
    by("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    by("clock").textContent = since === null ? "Start" : "Pause";
  }, 200);
})();
