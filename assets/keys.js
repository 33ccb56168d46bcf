// The keyboard of the officials' pages: which key was meant, whose button it is, which row comes next. Each
// page's own script listens, and says what else a key does there.

const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

// The name of the key, letters small; "" where it is the browser's (with Ctrl, Alt or Meta) or part of a
// letter that is still being composed, as Vietnamese ones are.
export function keyOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

// Clicks what says data-key="…", which does nothing where it is switched off; true where there is such a
// thing, whose key is then no longer the browser's.
export function press(key, within = document) {
  const button = [...within.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === key);
  if (button && !button.closest("fieldset:disabled")) button.click(); // links in it too
  return Boolean(button);
}

export const isStep = (key) => key in STEPS;

// The row that ↓ ↑ j k lead to from this one; undefined at either end.
export const neighbour = (rows, row, key) => rows[rows.indexOf(row) + STEPS[key]];

// true where there is a row to go to. Its scroll-margin keeps it clear of a sticky head and bar.
export function goTo(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  return Boolean(row);
}
