// The commune's list: it refreshes itself without moving under the reader's eyes, and is worked with the keyboard.
// Without this script the page shows the same list and its buttons work; only reloading is by hand.

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
  return [...document.querySelectorAll("[data-arrival]")].find((row) => row.getBoundingClientRect().bottom > 0);
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
  anchor ??= { open: [...document.querySelectorAll("[data-arrivals] details[open]")].map((details) => details.id) };
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
function focus(row) {
  document.querySelectorAll('[data-arrival][tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
  row.setAttribute("tabindex", "0");
  row.focus({ preventScroll: true });
}

function go(row) {
  if (!row) return;
  focus(row);
  row.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  ArrowDown: (row) => go(row.nextElementSibling),
  ArrowUp: (row) => go(row.previousElementSibling),
  j: (row) => go(row.nextElementSibling),
  k: (row) => go(row.previousElementSibling),
  m: (row) => row.querySelector('[data-key="m"]')?.click(),
  u: (row) => row.querySelector('[data-key="u"]')?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const row = event.target.closest?.("[data-arrival]");
  if (!row) return;
  if (event.key === "Enter" && event.target === row) return void row.querySelector("a")?.click();
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act(row);
});

// After a button the row is another one of the same id: the focus stays on it, wherever in it it was.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const id = detail.target?.id;
  if (!detail.successful || !id?.startsWith("arrival-")) return;
  const row = document.getElementById(id);
  if (row && (document.activeElement === document.body || document.activeElement?.closest(".dancu-done"))) focus(row);
});
