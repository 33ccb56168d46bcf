// Why, where the network is gone: one press of the bundle's reasons, or words of the officer's own, of which a
// press says what they are of.
import { piece, put } from "./pieces.js";

const STOPPING = ["secondary", "back"];

// Whether a reason is still to be given for this decision.
export function needsReason(decision, isStop, { code, written }) {
  return (isStop || STOPPING.includes(decision)) && !code && !written?.trim();
}

// Asks for it; `give` is called with { code, written, about }. Esc brings back what stood on the desk.
export function askReason(traveller, decision, bundle, give) {
  const made = piece("reason", [decision, STOPPING.includes(decision) ? "stopping" : "passing"], traveller);
  const presses = made.querySelector("[data-reasons]");
  const lang = document.documentElement.lang.slice(0, 2);
  for (const [code, words] of bundle?.part("reasons").get(decision) ?? []) {
    const press = Object.assign(document.createElement("button"), { type: "button" });
    press.className = "govuk-button govuk-button--secondary dancu-reasons__reason";
    press.dataset.reason = code;
    press.textContent = words[lang] ?? words.vi;
    presses.append(press);
  }
  const written = made.querySelector("[data-written]");
  const root = document.createElement("div");
  root.append(made);
  root.addEventListener("click", ({ target }) => {
    const { reason, about, leave } = target.closest("button")?.dataset ?? {};
    if (leave !== undefined) put(before);
    if (reason) give({ code: reason });
    if (about !== undefined) own(about);
  });
  // Enter gives words that are of nothing in particular; those with which somebody is stopped are of something.
  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (STOPPING.includes(decision)) root.querySelector("[data-about]").focus();
    else own("");
  });
  const before = put([root]);

  function own(about) {
    if (written.value.trim()) give({ written: written.value, about });
    else written.focus();
  }
}
