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
