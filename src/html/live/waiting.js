"use strict";
(() => {
  const now = JSON.parse(document.querySelector("script.live").textContent);
  for (const [i, place] of document.querySelectorAll("article").entries()) {
    const code = place.querySelector(".live-at");
    const { path, line } = now.findings[i];
    if (code && now.edits) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "live-at";
      button.title = "Open in the editor";
      button.textContent = code.textContent;
      button.addEventListener("click", () =>
        fetch("-/open", { method: "POST", body: JSON.stringify({ path, line }) }),
      );
      code.replaceWith(button);
    }
  }
  const events = new EventSource("-/events");
  events.addEventListener("hello", ({ data }) => {
    const { server, revision } = JSON.parse(data);
    document.documentElement.classList.remove("live-lost");
    if (server !== now.server || revision !== now.revision) {
      location.reload();
    }
  });
  events.addEventListener("update", () => location.reload());
  events.addEventListener("error", () => document.documentElement.classList.add("live-lost"));
})();
