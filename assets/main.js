// On every page: the components' behaviour and htmx. Without this script every page still works.
import { initAll } from "govuk-frontend";
import htmx from "htmx.org";

import { words } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
window.htmx = htmx; // configured by <meta name="htmx-config">: no eval, no inline styles, own origin only

// htmx announces the whole page first, then every piece that it brings in.
document.addEventListener("htmx:load", ({ target }) => initAll({ ...words.components, scope: target }));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (detail.verb !== "get" && token) detail.headers["X-CSRFToken"] = token.content;
});

// A session that has ended answers with another page: show it as a page, not inside a piece of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, boosted } = event.detail;
  if (boosted || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  const asked = new URL(requestConfig.path, window.location.href).pathname;
  const answered = new URL(xhr.responseURL || requestConfig.path, window.location.href);
  if (xhr.status === 403) window.location.reload();
  else if (answered.pathname !== asked) window.location.assign(answered);
  else return;
  event.detail.shouldSwap = false;
});

// What went wrong on the way is said on the page, in words the server translated.
function trouble(shown) {
  const message = document.getElementById("connection-trouble");
  if (message) message.hidden = !shown;
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => trouble(true));
}
document.addEventListener("htmx:afterOnLoad", ({ detail }) => trouble(detail.xhr.status >= 400 && detail.xhr.status !== 422));
