// Doubtful cases and the lists of the fix loop by keyboard. Without this script the pages show the same and
// work by Tab and Enter.

const keys = () => document.getElementById("review-keys");

function isTyping(target) {
  return target.closest?.("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

function press(wanted) {
  const button = [...document.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === wanted);
  if (!button || button.disabled) return false;
  button.click();
  return true;
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
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || keys()?.open)
    return;
  if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
  if (isTyping(event.target)) return;
  const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const row =
    event.target.closest?.("[data-row]") ||
    (document.activeElement === document.body && document.querySelector("[data-row]"));
  const done =
    (row && inList(row, wanted)) || (wanted === "r" && writeReason()) || press(wanted) || choose(wanted);
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
function inList(row, wanted) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(row);
  if (wanted === "ArrowDown" || wanted === "j") return go(rows[at + 1]);
  if (wanted === "ArrowUp" || wanted === "k") return go(rows[at - 1]);
  const verdict = row.querySelector(`[data-verdict="${CSS.escape(wanted)}"]`);
  if (!verdict || verdict.disabled) return false;
  verdict.checked = true;
  count();
  return go(rows[at + 1] || row);
}

function go(row) {
  if (!row) return false;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function count() {
  const counted = document.querySelector("[data-chosen]");
  if (counted) counted.textContent = document.querySelectorAll("[data-verdict]:checked").length;
}
document.addEventListener("change", count);

function ready() {
  for (const help of document.querySelectorAll("[data-key='?']")) help.hidden = false;
}
ready();
count();
