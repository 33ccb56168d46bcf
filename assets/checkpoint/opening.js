// The desk that was opened without the network, as the service worker had kept it: whose shift it is gives the
// PIN, and works on. When the network is back and nobody is on the desk, the server's page takes its place.
import { stateOfPin, tryPin } from "../device/pin.js";
import { OPEN, opened, workAs } from "./here.js";
import * as network from "./network.js";
import { says } from "./words.js";

const page = document.querySelector("[data-without-network]");
const IDLE = 30 * 60_000; // ms
const LOOKS = 20_000; // ms
const WENT = "dancu.went"; // when this tab last went to the server's page
const AGAIN = 3 * 60_000; // ms: where that led back here, so much later
const WAITS = "?wait"; // of an address: the server is waited for (device/desk.js)
const AT_WORK = "[data-offline], [data-vehicle]"; // somebody is on the desk
const PINS = { set: "", none: "no-pin", spent: "too-many" };

// Whether this page has no server's session: all is decided here as long as it is open.
export const isOpenedHere = () => Boolean(page);

// Called when the desk is ready for the next one.
export function goOnWithServer() {
  if (!page || network.isGone() || Date.now() - Number(sessionStorage.getItem(WENT)) < AGAIN) return;
  sessionStorage.setItem(WENT, String(Date.now()));
  askServer();
}

// The server's page, however long it takes.
const askServer = () => window.location.replace(`${window.location.pathname}${WAITS}`);
// Once only: who reloads the page in a network that swallows everything is not to wait for it.
if (window.location.search === WAITS) window.history.replaceState(null, "", window.location.pathname);

// `ready` puts the desk in place.
export async function begin(ready) {
  if (!page) return;
  network.lost();
  network.listen((gone) => gone || page.querySelector(AT_WORK) || goOnWithServer());
  page.querySelector("[data-again]").addEventListener("click", askServer);
  const device = await opened;
  const shift = await device?.store.get("shift");
  const lack = await lackOf(device, shift);
  for (const each of page.querySelectorAll("[data-locked]"))
    each.hidden = each.dataset.locked !== (lack || "ask");
  if (lack) return;
  name("[data-officer]", shift.officer ?? "");
  name("[data-station-name]", shift.station.name);
  const go = () => unlock(shift, ready);
  if (isStillOpen(shift)) return go();
  ask(device, shift, go);
}

function name(selector, words) {
  for (const each of document.querySelectorAll(selector)) each.textContent = words;
}

async function lackOf(device, shift) {
  if (!(await device?.enrolment)) return "not-enrolled";
  if (!shift) return "no-shift";
  if (device.clock.now() > shift.until) return "over";
  return PINS[await stateOfPin(device.store, shift.official)];
}

function ask(device, shift, go) {
  const form = page.querySelector("[data-unlock]");
  const field = form.elements.pin;
  const problem = page.querySelector("[data-pin-problem]");
  field.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const { isRight, left } = await tryPin(device.store, shift.official, field.value.trim());
    button.disabled = false;
    field.value = "";
    if (isRight) return go();
    if (!left) return window.location.reload();
    problem.textContent = says("pin-wrong", { left });
    problem.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return undefined;
  });
}

function unlock(shift, ready) {
  document.querySelector("[data-opened]").hidden = false;
  for (const choice of document.querySelectorAll(".dancu-direction [name=direction]"))
    choice.setAttribute("aria-pressed", String(choice.value === shift.direction));
  workAs({ official: shift.official, station: shift.station.id });
  stayOpen(shift);
  ready();
}

const isStillOpen = ({ official }) => {
  const { official: whose, until } = JSON.parse(sessionStorage.getItem(OPEN) ?? "{}");
  return whose === official && Date.now() < until;
};

// As long as somebody is at it: half an hour later, and when the shift ends, it asks again.
function stayOpen(shift) {
  const { official } = shift;
  const hold = () => sessionStorage.setItem(OPEN, JSON.stringify({ official, until: Date.now() + IDLE }));
  for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, hold, { passive: true });
  hold();
  setInterval(async () => {
    const isOver = (await opened).clock.now() > shift.until;
    const isDeciding = page.querySelector(AT_WORK); // who is before the officer is decided on first
    if (!isDeciding && (isOver || !isStillOpen(shift))) window.location.reload();
  }, LOOKS);
}
