// Scanning without a tap: each verdict is heard and felt; where the officer wants it so on this device, a green
// one on a code that was scanned is recorded by itself after two seconds, and the next one can be scanned. Any
// touch or key in these two seconds stops that, and the officer decides.
import { isPass } from "../device/pass.js";
import { official } from "./here.js";
import { isSilent, prepare, signal, silence } from "./signals.js";

const SCANNING = "form.dancu-scanning";
const WANTED = "dancu.continuous"; // on this device, by which officer
const PAUSE = 2_000; // ms
const ANSWERS = ["go", "check", "stop"];
const THROUGH = "button[name=decision][value=through], button[data-decision=through][data-key=F2]";

let wasScanned = false; // a signed code, and not one that was typed
let running = null; // { timer, place } of the two seconds

const isWanted = () => Boolean(official) && localStorage.getItem(WANTED) === official;

// Whatever else is asked for, or fails, is no scan.
document.addEventListener("htmx:beforeRequest", ({ detail: { elt, requestConfig } }) => {
  const sent = elt.matches(SCANNING) && (requestConfig?.formData ?? new FormData(elt));
  wasScanned = Boolean(sent) && isPass(String(sent.get("text") ?? ""));
});
document.addEventListener("htmx:responseError", () => {
  wasScanned = false;
});

document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id !== "desk") return;
  stop();
  show(target);
  const isNew = wasScanned; // not the same verdict once more, behind a question
  wasScanned = false;
  const told = target.querySelector(".dancu-result .dancu-decision");
  if (!told || !isNew) return;
  const answer = ANSWERS.find((each) => told.classList.contains(`dancu-decision--${each}`));
  signal(answer);
  const button = target.querySelector(THROUGH);
  if (answer === "go" && button && isWanted()) begin(target, button);
});

function begin(desk, button) {
  const place = document.getElementById("by-itself")?.content.cloneNode(true).firstElementChild;
  if (!place) return;
  desk.querySelector(".dancu-decision").append(place);
  const timer = setTimeout(() => {
    running = null;
    const isAsked = document.querySelector("dialog[open]"); // the session is about to end
    if (button.isConnected && !isAsked) button.click();
    else place.remove();
  }, PAUSE);
  running = { timer, place };
}

function stop() {
  if (!running) return;
  clearTimeout(running.timer);
  running.place.remove();
  running = null;
}
for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, stop, { capture: true });
document.addEventListener("visibilitychange", stop);

// The two choices, where the desk is ready for the next one.
function show(desk) {
  const place = desk.querySelector("[data-scanning-choices]");
  if (!place) return;
  place.hidden = false;
  place.querySelector("[data-continuous]").checked = isWanted();
  place.querySelector("[data-silent]").checked = isSilent();
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-continuous]")) {
    if (target.checked) localStorage.setItem(WANTED, official);
    else localStorage.removeItem(WANTED);
  }
  if (target.matches?.("[data-silent]")) {
    silence(target.checked);
    prepare();
  }
});

const first = document.getElementById("desk");
if (first) show(first);
