"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const nobody = by("label").textContent;
  let page = "";
  let since = null;
  let before = 0;
  const show = ({ page: of, label, step, notes, gone }) => {
    if (gone && of !== page) {
      return;
    }
    page = gone ? "" : of;
    by("label").textContent = gone ? nobody : label;
    by("step").textContent = gone ? "" : step;
    by("notes").textContent = gone ? "" : notes || "No notes on this slide.";
  };
  const lost = (is) => {
    by("lost").hidden = !is;
  };
  let events = null;
  const listen = () => {
    // A telephone that slept may hold a connection that leads nowhere.
    events?.close();
    events = new EventSource("events");
    events.addEventListener("hello", () => lost(false));
    events.addEventListener("at", ({ data }) => show(JSON.parse(data)));
    events.addEventListener("error", () => lost(true));
  };
  listen();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      listen();
    }
  });
  const go = (way) =>
    fetch("go", { method: "POST", body: JSON.stringify({ page, by: way }) }).catch(() => lost(true));
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
