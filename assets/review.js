// Doubtful cases and the lists of the fix loop by keyboard. Without this script the pages show the same and
// work by Tab and Enter.
import { goTo, isStep, keyOf, neighbour, press } from "./keys.js";

const keys = () => document.getElementById("review-keys");

function isTyping(target) {
  return target.closest?.("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

function choose(wanted) {
  const who = document.querySelector(`[data-who="${CSS.escape(wanted)}"]`);
  if (who) who.checked = true;
  return Boolean(who);
}

function writeReason() {
  const reason = document.querySelector("[data-reason]");
  if (!reason) return false;
  reason.open = true;
  reason.querySelector("input").focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if (!key || event.repeat || keys()?.open) return;
  if (isTyping(event.target)) return void (key === "Escape" && event.target.blur());
  const row =
    event.target.closest?.("[data-row]") ||
    (document.activeElement === document.body && document.querySelector("[data-row]"));
  const done = (row && inList(row, key)) || (key === "r" && writeReason()) || press(key) || choose(key);
  if (done) event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-key='?']")) keys()?.showModal();
});

// Whoever reads with their ears begins at the question; the next case is read from its top.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (!target.matches("[data-review], #review")) return;
  ready();
  document.querySelector("[data-review-question]")?.focus({ preventScroll: true });
  document.getElementById("review-said")?.scrollIntoView({ block: "start", behavior: "instant" });
});

// A list to be verified: with the focus on a record its verdict is one key, and the next record is there.
function inList(row, key) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (isStep(key)) return goTo(neighbour(rows, row, key));
  const verdict = row.querySelector(`[data-verdict="${CSS.escape(key)}"]`);
  if (!verdict || verdict.disabled) return false;
  verdict.checked = true;
  count();
  return goTo(neighbour(rows, row, "ArrowDown") || row);
}

function count() {
  const counted = document.querySelector("[data-chosen]");
  if (counted) counted.textContent = String(document.querySelectorAll("[data-verdict]:checked").length);
}
document.addEventListener("change", count);

function ready() {
  for (const help of document.querySelectorAll("[data-key='?']")) help.hidden = false;
}
ready();
count();
