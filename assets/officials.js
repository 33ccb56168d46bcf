// On every official's page: the components' behaviour and htmx. Without this script every page still works.
import { CharacterCount, PasswordInput } from "govuk-frontend";
import htmx from "htmx.org";

import { bringToLife, sayThatScriptsRun } from "./components.js";
import "./language.js";
import "./person.js";
import "./session.js";
import { words } from "./words.js";

const AT_WORK = [
  [CharacterCount, words.components.characterCount],
  [PasswordInput, words.components.passwordInput],
];

sayThatScriptsRun();
window.htmx = htmx; // configured by <meta name="htmx-config">: no eval, no inline styles, own origin only

// htmx announces the whole page first, then every piece that it brings in.
document.addEventListener("htmx:load", ({ target }) => bringToLife(target, AT_WORK));

// On a telephone the navigation is one line that is moved sideways: the page one is on is in sight.
document
  .querySelector(".dancu-navigation [aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (detail.verb !== "get" && token) detail.headers["X-CSRFToken"] = token.content;
});

// What was swapped in this very moment is not htmx's yet: a press on it is handed on, never sent as a page of
// its own.
document.addEventListener("submit", (event) => {
  const { submitter, target: form } = event;
  const sent = submitter?.hasAttribute("hx-post") ? submitter : form;
  if (event.defaultPrevented || !sent.hasAttribute("hx-post")) return;
  event.preventDefault();
  htmx.process(sent);
  // Only a click tells htmx which button it was.
  setTimeout(() => (submitter ? submitter.click() : form.requestSubmit()));
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
document.addEventListener("htmx:afterOnLoad", ({ detail }) =>
  trouble(detail.xhr.status >= 400 && detail.xhr.status !== 422),
);
