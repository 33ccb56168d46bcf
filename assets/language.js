// Another language, and what was typed stays: the fields of the page wait in this tab's own storage until the
// page is back in the other language, and are wiped from it at once. No address and no server sees them.
const KEPT = "typed before the language was changed";
const NOT_KEPT = ["password", "file", "submit", "button", "image", "reset"];
const SOON = 60_000; // ms; what waits longer belongs to a page that never came

const fields = () =>
  [...document.querySelectorAll("main input, main select, main textarea")].filter(
    ({ name, type }) => name && name !== "csrfmiddlewaretoken" && !NOT_KEPT.includes(type),
  );
const isChoice = ({ type }) => type === "radio" || type === "checkbox";

// A field is known by its name and which of that name it is.
function numbered() {
  const met = new Map();
  return fields().map((field) => {
    const place = met.get(field.name) ?? 0;
    met.set(field.name, place + 1);
    return [`${field.name} ${place}`, field];
  });
}

function keep(form) {
  const typed = numbered().map(([name, field]) => [name, isChoice(field) ? field.checked : field.value]);
  const folded = [...document.querySelectorAll("main details")].map(({ open }) => open);
  const page = new URL(form.elements.next.value, window.location.href).pathname;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ page, at: Date.now(), typed, folded }));
  } catch {
    // Storage is switched off: the language changes all the same.
  }
}

function giveBack() {
  let kept;
  try {
    const text = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    kept = JSON.parse(text);
  } catch {
    return;
  }
  if (!kept || kept.page !== window.location.pathname || Date.now() - kept.at > SOON) return;
  const now = new Map(numbered());
  const changed = [];
  for (const [name, value] of kept.typed) {
    const field = now.get(name);
    if (!field || (isChoice(field) ? field.checked : field.value) === value) continue;
    if (isChoice(field)) field.checked = value;
    else field.value = value;
    changed.push([field, value]);
  }
  // What listens to a field learns of it, as if it were typed; a listener may empty a hidden field, which
  // gets its own again.
  for (const [field] of changed.filter(([{ type }]) => type !== "hidden")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (field.type === "radio" && field.checked)
      field.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
  for (const [field, value] of changed.filter(([{ type }]) => type === "hidden")) field.value = value;
  for (const [place, details] of document.querySelectorAll("main details").entries()) {
    details.open = kept.folded[place] ?? details.open;
  }
}

document.addEventListener("submit", ({ target }) => target.matches("[data-language]") && keep(target));
// After every other script of the page, since some put their own fields in place of the page's.
if (document.readyState === "complete") giveBack();
else document.addEventListener("DOMContentLoaded", giveBack);

// A piece of a page that was fetched has an address of its own: the page comes back with that piece.
document.addEventListener("htmx:afterSettle", ({ detail: { requestConfig, target } }) => {
  if (!requestConfig || !target.matches("[data-piece-has-address]")) return;
  for (const { elements, dataset } of document.querySelectorAll("[data-language]")) {
    dataset.page ??= elements.next.value; // a hidden field's value and its default are one
    elements.next.value = requestConfig.verb === "get" ? requestConfig.path : dataset.page;
  }
});
