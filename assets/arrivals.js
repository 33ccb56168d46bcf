// The commune's list: it refreshes itself without moving under the reader's eyes, and is worked with the
// keyboard. Without this script the page shows the same list and its buttons work; only reloading is by hand.
import { goTo, isStep, keyOf, neighbour, press } from "./keys.js";

const EVERY = 20_000; // ms between questions; the server answers 204 while nothing has changed
const list = () => document.querySelector("[data-arrivals]");

let touched = true; // somebody was at the keys since the last question
for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
  document.addEventListener(sign, () => (touched = true), { passive: true });
}

function refresh() {
  if (document.hidden || document.querySelector(".htmx-request")) return;
  list()?.dispatchEvent(new CustomEvent("refresh"));
}
setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);

// A list that refreshes itself before an empty chair keeps no session alive (dancu.web.access).
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.triggeringEvent?.type !== "refresh") return;
  if (!touched) detail.headers["Dancu-By-Itself"] = "yes";
  touched = false;
});

// What the reader looks at stays where it is: the focused row, or the first one in view.
let anchor = null;

function inView() {
  const focused = document.activeElement?.closest("[data-arrival]");
  if (focused) return focused;
  return [...document.querySelectorAll("[data-arrival]")].find(
    (row) => row.getBoundingClientRect().bottom > 0,
  );
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches("[data-arrivals]")) return;
  const row = window.scrollY > 0 || document.activeElement?.closest("[data-arrival]") ? inView() : null;
  anchor = row && {
    id: row.id,
    top: row.getBoundingClientRect().top,
    focused: document.activeElement === row,
    open: [...document.querySelectorAll("[data-arrivals] details[open]")].map((details) => details.id),
  };
  anchor ??= {
    open: [...document.querySelectorAll("[data-arrivals] details[open]")].map((details) => details.id),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!anchor) return;
  for (const id of anchor.open) document.getElementById(id)?.setAttribute("open", "");
  const row = anchor.id && document.getElementById(anchor.id);
  if (row) {
    if (anchor.focused) focus(row);
    window.scrollBy({ top: row.getBoundingClientRect().top - anchor.top, behavior: "instant" });
  }
  anchor = null;
});

// The keyboard, with the focus on a row or on something in it.
const rows = () => [...document.querySelectorAll("[data-arrival]")];

// One row is reached by Tab; the others from it by ↓ and ↑.
function makeTabStop(row) {
  for (const other of document.querySelectorAll('[data-arrival][tabindex="0"]'))
    other.setAttribute("tabindex", "-1");
  row.setAttribute("tabindex", "0");
}

function focus(row) {
  makeTabStop(row);
  row.focus({ preventScroll: true });
}

function step(row, key) {
  const to = neighbour(rows(), row, key);
  if (!to) return;
  makeTabStop(to);
  goTo(to);
}

// A row whose request is under way is about to be another one: a key or a press meant for it would be lost,
// or sent as a page.
const isBusy = (row) => row.matches(".htmx-request") || row.querySelector(".htmx-request") !== null;

const ACTS = {
  m: (row) => press("m", row),
  u: (row) => press("u", row),
  x: (row) => row.querySelector("[data-tick]")?.click(),
  d: (row) => row.querySelector("[data-open]")?.click(),
};

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  const row = key && event.target.closest?.("[data-arrival]");
  if (!row) return;
  if (isBusy(row) && (key === "Enter" || key === " " || key in ACTS)) return void event.preventDefault();
  if (key === "Enter" && event.target === row) return void row.querySelector(".dancu-arrival__name")?.click();
  if (key === "m" && event.shiftKey) {
    event.preventDefault();
    return void (ticked().length && document.querySelector("[data-bulk-send]")?.click());
  }
  if (key === " " && event.target === row) {
    event.preventDefault();
    return void ACTS.x(row);
  }
  if (!(isStep(key) || key in ACTS) || (event.shiftKey && key.length === 1)) return;
  event.preventDefault();
  if (isStep(key)) step(row, key);
  else ACTS[key](row);
});

// After a button the row is another one of the same id: the focus stays on it, wherever in it it was.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const id = detail.target?.id;
  if (!detail.successful || !id?.startsWith("arrival-")) return;
  const row = document.getElementById(id);
  if (row && (document.activeElement === document.body || document.activeElement?.closest(".dancu-done")))
    focus(row);
  countTicks();
});

// Many at once.
const boxes = () => [...document.querySelectorAll("[data-tick]")];
const ticked = () => boxes().filter((box) => box.checked);

function countTicks() {
  const bulk = document.querySelector("[data-bulk]");
  if (!bulk) return;
  const send = bulk.querySelector("[data-bulk-send]");
  const many = ticked().length;
  send.textContent = many === 1 ? send.dataset.one : send.dataset.many.replace("{count}", many);
  bulk.hidden = many === 0;
  bulk.querySelector("[data-bulk-clear]").hidden = many === 0;
  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  all.hidden = false;
  all.firstElementChild.checked = many > 0 && many === boxes().length;
  all.firstElementChild.indeterminate = many > 0 && many < boxes().length;
}

document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-tick-all]")) for (const box of boxes()) box.checked = target.checked;
  if (target.matches("[data-tick]") || target.closest("[data-tick-all]")) countTicks();
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-bulk-clear]")) return;
  for (const box of boxes()) box.checked = false;
  countTicks();
});

// What is ticked and what is open outlasts the list's refreshing itself.
let kept = { ticks: [], folds: [] };

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches("[data-arrivals]")) return;
  const folds = [...document.querySelectorAll("[data-fold-of]:not([hidden])")];
  kept = { ticks: ticked().map((box) => box.value), folds };
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!detail.target.matches?.("[data-arrivals]") && detail.elt?.id !== "arrivals-list") return;
  for (const box of boxes()) box.checked = kept.ticks.includes(box.value);
  for (const fold of kept.folds) {
    const row = document.getElementById(fold.dataset.foldOf);
    if (row && !document.getElementById(fold.id)) put(row, fold);
  }
  countTicks();
  followFilters();
});

// The declaration, folded out below its row. Without this script its link leads to the person's page.
function put(row, fold) {
  row.after(fold);
  row.querySelector("[data-open]")?.setAttribute("aria-expanded", String(!fold.hidden));
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = opener.closest("[data-arrival]");
  const known = document.getElementById(opener.dataset.fold);
  if (known) {
    known.hidden = !known.hidden;
    return void opener.setAttribute("aria-expanded", String(!known.hidden));
  }
  if (opener.dataset.asked) return;
  opener.dataset.asked = "yes";
  try {
    const answer = await fetch(opener.dataset.open, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return void window.location.assign(opener.href);
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const fold = made.content.querySelector("[data-fold-of]");
    put(row, fold);
    window.htmx?.process(fold);
  } catch {
    window.location.assign(opener.href);
  } finally {
    delete opener.dataset.asked;
  }
});

// The link reads as a button where it folds: Space works as on any other.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("[data-open]")) return;
  event.preventDefault();
  event.target.click();
});

// Files and paper are of the list as it is filtered now.
function followFilters() {
  const asked = new URLSearchParams(window.location.search);
  asked.delete("page");
  for (const link of document.querySelectorAll("[data-follows]")) {
    const address = new URL(link.href);
    address.search = asked.toString();
    link.href = address.href;
  }
}
document.addEventListener("htmx:pushedIntoHistory", followFilters);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The further filters close by Escape, and when one goes on to anything else.
const more = () => document.querySelector("#filters-more[open]");

document.addEventListener("click", ({ target }) => {
  const panel = more();
  if (panel && target.isConnected && !target.closest("#filters-more")) panel.open = false;
});

document.addEventListener("keydown", (event) => {
  const panel = more();
  if (event.key !== "Escape" || !panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});

// On a telephone's screen they would leave no room for anybody.
if (window.matchMedia("(width < 40em)").matches) more()?.removeAttribute("open");

countTicks();
