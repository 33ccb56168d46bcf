// The commune's list: what it has beside any other (list.js): marking as met, declarations folded out below their
// line, further filters. Without this script the page shows the same list and its buttons work.
import { isList } from "./list.js";

// What is folded out outlasts the list's refreshing itself.
let kept = [];

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (isList(detail)) kept = [...document.querySelectorAll("[data-fold-of]:not([hidden])")];
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!isList(detail)) return;
  for (const fold of kept) {
    const row = document.getElementById(fold.dataset.foldOf);
    if (row && !document.getElementById(fold.id)) put(row, fold);
  }
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
  const row = opener.closest("[data-row]");
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
