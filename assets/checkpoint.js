// The officer's desk: function keys (a scanner gun types letters, never these), where the focus goes, and one
// small help of the form for travellers without a declaration. Without this script the desk works by touch
// and Tab.
import { begin as beginState } from "./checkpoint/device-state.js";
import "./checkpoint/continuous.js";
import "./checkpoint/offline.js";
import "./checkpoint/vehicle.js";
import { keyOf, press } from "./keys.js";

const atADesk = window.matchMedia("(hover: hover) and (pointer: fine)");

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if (event.repeat || event.shiftKey) return;
  if (key === "Escape" && event.target.closest?.("[aria-expanded=true]")) return; // closes these first
  if (press(key)) event.preventDefault();
});

// After each change of the desk a reader hears its heading, a scanner gun types into the field, and a mistake
// is where one types next. On a telephone the field is left alone, for its keyboard would cover half of the
// desk.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id !== "desk") return;
  const mistake = target.querySelector(".govuk-error-summary a[href^='#']");
  if (mistake) return document.getElementById(mistake.hash.slice(1))?.focus();
  const asked = target.querySelector("[data-desk-asked]"); // to which the server has the page scrolled
  if (asked) return asked.focus({ preventScroll: true });
  if (typedFirst(target)) return;
  const wanted = target.querySelector("[data-desk-focus]");
  if (wanted && (wanted.tagName !== "INPUT" || atADesk.matches)) wanted.focus({ preventScroll: true });
});

// What changes beside the desk's work, such as the queue, gives a scanner gun its field back.
document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  if (!atADesk.matches || !elt?.closest("[data-desk-aside]")) return;
  document.querySelector("#desk input[data-desk-focus]")?.focus({ preventScroll: true });
});

// Where the first thing to do is to type, what is typed goes into its field, also when the page was opened by
// its address.
function typedFirst(desk) {
  const field = atADesk.matches && desk?.querySelector("[data-desk-type]");
  if (field) field.focus({ preventScroll: true });
  return Boolean(field);
}
if (document.activeElement === document.body) typedFirst(document.getElementById("desk"));

// Who types a commune means "another commune".
document.addEventListener("input", ({ target }) => {
  const other = document.getElementById(target.closest("[data-other-of]")?.dataset.otherOf);
  if (other && target.value) other.checked = true;
});

// What got no answer (no network, or a session that had ended) is told on the next page of the desk, with the
// way back to the traveller: by the pass's code, or, where nothing is recorded of them yet, by all that was
// keyed in. The press may have arrived all the same: the server is asked, and until it answers nobody knows.
// Only in this tab's memory, only until then, and no longer than a shift lasts.
const UNRECORDED = "dancu.unrecorded";
const LONGEST = 12 * 3_600_000; // ms
const NOT_KEPT = ["csrfmiddlewaretoken", "decision", "again"]; // which decision it is to be is asked anew

function keyedIn(form) {
  const typed = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name),
  );
  return [...typed, ["again", "1"]];
}

function keep(form) {
  const { deciding, decidingCode: code } = form.dataset;
  const name = deciding || form.elements.full_name?.value;
  if (!name) return;
  const kept = code
    ? { name, fields: [["text", code]] }
    : { name, action: form.getAttribute("action"), fields: keyedIn(form) };
  const press = ["crossing_id", "declaration_id"]
    .map((id) => [id, form.elements[id]?.value])
    .filter(([, value]) => value);
  sessionStorage.setItem(UNRECORDED, JSON.stringify({ ...kept, press, at: Date.now() }));
}

document.addEventListener(
  "htmx:beforeRequest",
  ({ detail: { elt } }) => elt.matches("form[data-deciding]") && keep(elt),
);
document.addEventListener("dancu:session-over", () =>
  document.querySelectorAll("#desk form[data-deciding]").forEach(keep),
);
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "desk" && detail.xhr.status < 400) sessionStorage.removeItem(UNRECORDED);
});

function tellUnrecorded() {
  const desk = document.getElementById("desk");
  const template = document.getElementById("unrecorded");
  const kept = sessionStorage.getItem(UNRECORDED);
  if (!desk || !template || !kept) return;
  sessionStorage.removeItem(UNRECORDED);
  const { name, action, fields, press = [], at } = JSON.parse(kept);
  if (Date.now() - at > LONGEST) return;
  const told = template.content.cloneNode(true).querySelector("form");
  told.querySelector("[data-name]").textContent = name;
  if (action) {
    told.setAttribute("action", action);
    told.setAttribute("hx-post", action);
  }
  for (const [field, value] of fields) {
    told.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
  }
  desk.prepend(told);
  window.htmx?.process(told);
  askWhetherArrived(told, press, () => sessionStorage.setItem(UNRECORDED, kept));
}

async function askWhetherArrived(told, press, keepAsking) {
  const words = told.querySelector("[data-asks]");
  const token = told.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams([...press, ["csrfmiddlewaretoken", token]]);
  const answer = await fetch(words.dataset.asks, { method: "POST", body })
    .then((sent) => (sent.ok ? sent.json() : null))
    .catch(() => null); // no network, or a page instead of an answer
  if (!answer) return keepAsking(); // on the next page
  if (answer.is === "nothing") {
    words.querySelector("[data-unknown]").hidden = true;
    words.querySelector("[data-nothing]").hidden = false;
  }
  if (answer.is === "keyed_in") told.remove(); // they stand on the desk as not decided yet
  if (answer.is === "recorded" && told.isConnected) {
    const box = document.createElement("div");
    box.innerHTML = answer.html;
    const recorded = box.firstElementChild;
    told.replaceWith(recorded);
    window.htmx?.process(recorded);
  }
}
tellUnrecorded();
beginState();
