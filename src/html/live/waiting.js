"use strict";
(() => {
  const events = new EventSource("-/events");
  events.addEventListener("update", () => location.reload());
})();
