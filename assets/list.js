// A list of officials: it refreshes itself without moving under the reader's eyes, is worked with the keyboard,
// and does one thing to many lines. Without this script the page shows the same list and its buttons work; only
// reloading is by hand. A page with more keys or more to keep imports it and says so (arrivals.js).
import { goTo, isStep, keyOf, neighbour, press } from "./keys.js";

const EVERY = 20_000; // ms between questions; the server answers 204 while nothing has changed
const list = () => document.querySelector("[data-list]");

// Whether what htmx brought in is the list.
export const isList = ({ target, elt }) => [target, elt].some((each) => each?.matches?.("[data-list]"));

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
  const focused = document.activeElement?.closest("[data-row]");
  if (focused) return focused;
  return [...document.querySelectorAll("[data-row]")].find((row) => row.getBoundingClientRect().bottom > 0);
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches("[data-list]")) return;
  const row = window.scrollY > 0 || document.activeElement?.closest("[data-row]") ? inView() : null;
  anchor = row && {
    id: row.id,
    top: row.getBoundingClientRect().top,
    focused: document.activeElement === row,
    open: [...document.querySelectorAll("[data-list] details[open]")].map((details) => details.id),
  };
  anchor ??= {
    open: [...document.querySelectorAll("[data-list] details[open]")].map((details) => details.id),
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
const among = (row) => row.closest("table, ol, [data-list]") || document;
const rows = (row) => [...among(row).querySelectorAll("[data-row]")];

// One row is reached by Tab; the others from it by ↓ and ↑.
function makeTabStop(row) {
  for (const other of among(row).querySelectorAll('[data-row][tabindex="0"]'))
    other.setAttribute("tabindex", "-1");
  row.setAttribute("tabindex", "0");
}

function focus(row) {
  makeTabStop(row);
  row.focus({ preventScroll: true });
}

function step(row, key) {
  const to = neighbour(rows(row), row, key);
  if (!to) return;
  makeTabStop(to);
  goTo(to);
}

// A row whose request is under way is about to be another one: a key or a press meant for it would be lost,
// or sent as a page.
const isBusy = (row) => row.matches(".htmx-request") || row.querySelector(".htmx-request") !== null;

// What a key does to a row: Enter opens it, space and x tick it, any other presses its button of that name.
function act(row, key, onRow) {
  if (key === "Enter") return onRow && click(row.querySelector("a[href]"));
  if (key === "x" || (key === " " && onRow)) return click(row.querySelector("[data-tick]"));
  return press(key, row);
}

function click(element) {
  element?.click();
  return Boolean(element);
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  const row = key && event.target.closest?.("[data-row]");
  if (!row || isTyping(event.target)) return;
  if (isBusy(row) && !isStep(key) && (key.length === 1 || key === "Enter"))
    return void event.preventDefault();
  if (event.shiftKey && key.length === 1) return void (allTicked(key) && event.preventDefault());
  if (isStep(key)) step(row, key);
  else if (!act(row, key, event.target === row)) return;
  event.preventDefault();
});

const isTyping = (target) => target.matches("textarea, select, input:not([type=checkbox], [type=radio])");

// Shift and the key of one do it to all that are ticked.
function allTicked(key) {
  const send = document.querySelector("[data-bulk-send]");
  if (send?.dataset.bulkSend !== key) return false;
  if (ticked().length) send.click();
  return true;
}

// After a button the row is another one of the same id: the focus stays on it, wherever in it it was.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const row = detail.target?.id && document.getElementById(detail.target.id);
  if (!detail.successful || !row?.matches("[data-row]")) return;
  if (document.activeElement === document.body || document.activeElement?.closest(".dancu-done")) focus(row);
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

// What is ticked outlasts the list's refreshing itself.
let kept = [];

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches("[data-list]")) return;
  kept = ticked().map((box) => box.value);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!isList(detail)) return;
  for (const box of boxes()) box.checked = kept.includes(box.value);
  countTicks();
  followFilters();
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

countTicks();
