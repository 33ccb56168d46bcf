// The officer's desk: function keys (a scanner gun types letters, never these), where the focus goes, and one small help
// of the form for travellers without a declaration. Without this script the desk works by touch and Tab.

const atADesk = window.matchMedia("(hover: hover) and (pointer: fine)");

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape" && event.target.closest?.("[aria-expanded=true]")) return; // closes the suggestions first
  const wanted = [...document.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === event.key);
  if (!wanted || wanted.closest("fieldset:disabled")) return;
  event.preventDefault();
  wanted.click();
});

// After each change of the desk a reader hears its heading, a scanner gun types into the field, and a mistake is where one
// types next. On a telephone the field is left alone, for its keyboard would cover half of the desk.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id !== "desk") return;
  const mistake = target.querySelector(".govuk-error-summary a[href^='#']");
  if (mistake) return document.getElementById(mistake.hash.slice(1))?.focus();
  const wanted = target.querySelector("[data-desk-focus]");
  if (wanted && (wanted.tagName !== "INPUT" || atADesk.matches)) wanted.focus({ preventScroll: true });
});

// Who types a commune means "another commune".
document.addEventListener("input", ({ target }) => {
  const other = document.getElementById(target.closest("[data-other-of]")?.dataset.otherOf);
  if (other && target.value) other.checked = true;
});

// A decision that never arrived (no network, or a session that had ended) is told on the next page of the desk, with the way back to
// the traveller. Only in this tab's memory, and only until then.
const UNRECORDED = "dancu.unrecorded";

document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  const { deciding: name, decidingCode: code } = elt.dataset;
  if (name) sessionStorage.setItem(UNRECORDED, JSON.stringify({ name, code }));
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "desk" && detail.xhr.status < 400) sessionStorage.removeItem(UNRECORDED);
});

function tellUnrecorded() {
  const desk = document.getElementById("desk");
  const template = document.getElementById("unrecorded");
  const kept = sessionStorage.getItem(UNRECORDED);
  if (!desk || !template || !kept) return;
  sessionStorage.removeItem(UNRECORDED);
  const { name, code } = JSON.parse(kept);
  const told = template.content.cloneNode(true);
  told.querySelector("[data-name]").textContent = name;
  told.querySelector("input[name=text]").value = code;
  desk.prepend(told);
  window.htmx?.process(desk.firstElementChild);
}
tellUnrecorded();
