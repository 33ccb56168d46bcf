// Several people in one vehicle: codes are scanned one behind the other without a tap, each is heard and felt and
// stands in the list; one press records all. What cannot be sent is done on the device, where it is enrolled
// (vehicle-here.js). Without this script the page is a form that is sent for each code.
import { timeOf, uuid7 } from "../device/uuid7.js";
import { enrolledDevice, official, opened } from "./here.js";
import * as network from "./network.js";
import { isOpenedHere } from "./opening.js";
import { piece, put as putPiece } from "./pieces.js";
import * as seats from "./seats.js";
import { signal } from "./signals.js";
import * as here from "./vehicle-here.js";
import { isDone, keep, kept, setDone } from "./vehicle-kept.js";
import { says } from "./words.js";

const FORM = "form[data-vehicle]";
const PATIENCE = 8_000; // ms for one line
const PATIENCE_FOR_ALL = 30_000; // ms
const LATEST = 2 * 3_600_000; // ms: what was scanned so long ago is read anew (dancu/checkpoints/crossings.py)
const SAVES = 400; // ms after the last change
const DECIDE = "[data-vehicle-decide]";
const LEAVE = "[data-vehicle-leave]";
const OPEN = "[data-vehicle-open]";
const CODE = /D[CG]1:.*/i; // in a field that a scanner gun typed into

const form = () => document.querySelector(FORM);
const isHere = () => enrolledDevice() && (network.isGone() || isOpenedHere());
let queue = Promise.resolve(); // codes are added one after the other, in the order of scanning
let saving; // the timer
let lastFilmed = ""; // the code that the camera read last

document.addEventListener("dancu:scanned", (event) => {
  if (!event.target.closest(FORM)) return;
  event.preventDefault();
  const { text } = event.detail;
  if (text !== lastFilmed) add({ text }); // a slow camera sees the same one again and again
  lastFilmed = text;
});

// A scanner gun's Enter, the button, or a picture that could not be read here.
document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (!sent.matches(FORM) || (event.submitter && !event.submitter.matches("[data-vehicle-add]"))) return;
  event.preventDefault();
  const { text, picture } = sent.elements;
  const [file] = picture?.files ?? [];
  if (text.value.trim() || file) add({ text: text.value, picture: text.value.trim() ? undefined : file });
  text.value = "";
  if (picture) picture.value = "";
});

// Enter in the plate or a number is no press; but a gun may have typed a code there, which belongs to the list.
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key !== "Enter" || !target.matches?.(`${FORM} input:not([name=text])`)) return;
  event.preventDefault();
  const [code] = target.value.match(CODE) ?? [];
  if (code) {
    target.value = target.value.slice(0, -code.length);
    add({ text: code });
  }
  form().elements.text.focus({ preventScroll: true });
});

document.addEventListener(
  "input",
  ({ target }) => target.closest?.(FORM) && target.name !== "text" && changed(),
);
document.addEventListener("change", ({ target }) => {
  const seat = target.closest?.(`${FORM} [data-seat]`);
  if (!seat) return;
  seats.follow(seat);
  changed();
});

document.addEventListener("click", (event) => {
  const off = event.target.closest?.(`${FORM} [data-remove]`);
  if (!off) return;
  event.preventDefault();
  remove(off.closest("[data-seat]"));
});

function add(shown) {
  queue = queue.then(() => (form() ? addNow(shown) : undefined)).catch(() => {});
}

async function addNow({ text = "", picture }) {
  problem();
  if (seats.all().length >= seats.MOST) return problem(says("vehicle-full"));
  if (isHere()) return addHere(text);
  const body = new FormData(form());
  body.set("text", text);
  body.delete("picture");
  if (picture) body.set("picture", picture);
  let answer;
  try {
    answer = await ask(form().getAttribute("action"), body, picture ? undefined : PATIENCE);
  } catch {
    lastFilmed = "";
    if (!enrolledDevice()) return problem(says("vehicle-unsent"), "stop");
    network.lost();
    return addHere(text);
  }
  const html = await answer.text();
  if (answer.status === 422) return problem(html, "check");
  const made = answer.ok ? seats.put(html) : [];
  if (!made.length) return window.location.reload(); // the session has ended, or the page is of another version
  seen(made);
  return undefined;
}

async function addHere(text) {
  const { made, problem: words, answer } = await here.seatHere(text);
  if (made) seen(made);
  else problem(words, answer);
}

// Of several the gravest is heard.
function seen(made) {
  const answers = made.map((seat) => seat.dataset.answer);
  signal(["stop", "check", "go"].find((each) => answers.includes(each)));
  seats.tellLast(made.at(-1));
  changed();
}

// Without the network nobody notes on the desk whom a verdict stopped: they stay on the list.
function remove(seat) {
  const { answer, code, name } = seats.chosen(seat);
  if (isHere() && code && answer === "stop") return problem(says("vehicle-stopped", { name }), "stop");
  const body = new FormData(form());
  body.set("off", seat.dataset.seat);
  here.forget(seat.dataset.seat);
  lastFilmed = "";
  seat.remove();
  changed();
  form().elements.text.focus({ preventScroll: true });
  if (!isHere()) send(body);
  return undefined;
}

// The server keeps what stands on the page; what is lost on its way it asks about when all is recorded.
const send = (body) => ask(form().dataset.save, body, PATIENCE).catch(() => {});

async function ask(address, body, patience) {
  const end = new AbortController();
  const late = patience && setTimeout(() => end.abort(), patience);
  try {
    const headers = { "HX-Request": "true" };
    return await fetch(address, { method: "POST", body, headers, signal: end.signal });
  } finally {
    clearTimeout(late);
  }
}

function problem(words = "", answer = "") {
  const place = document.querySelector("[data-vehicle-problem]");
  place.hidden = !words.length;
  place.querySelector("#problem").textContent = "";
  for (const each of [words].flat().filter(Boolean))
    place
      .querySelector("#problem")
      .append(Object.assign(document.createElement("li"), { textContent: each }));
  if (!words.length) return;
  if (answer) signal(answer);
  place.scrollIntoView({ block: "nearest" });
}

// After whatever was typed, chosen or scanned: what is told, and what outlives the page.
function changed() {
  seats.tell();
  keepList().catch(() => {}); // a full disk: the list stands on the page all the same
  clearTimeout(saving);
  saving = setTimeout(() => {
    if (form() && !isHere()) send(new FormData(form()));
  }, SAVES);
}

async function keepList() {
  const device = enrolledDevice();
  if (!device || !form()) return;
  const rows = seats.all().map((seat) => {
    const { facts: _facts, ...read } = here.readOf(seat.dataset.seat) ?? {};
    const { words: _words, ...told } = seats.chosen(seat);
    return { ...told, ...read, decision: told.decision, reason: told.reason };
  });
  const { plate, aboard, without } = form().elements;
  const told = { plate: plate.value, aboard: aboard.value, without: without.value };
  const vehicle = { checkId: form().dataset.vehicle, ...told, seats: rows };
  await keep(device, official, rows.length ? vehicle : null);
}

// Who was on the list of this vehicle is on it again, as it was chosen. A page without anybody becomes that
// vehicle's; another vehicle's list is left alone.
async function restore() {
  const device = enrolledDevice() ?? (await opened);
  const before = device && form() && (await kept(device, official));
  if (!before || !form()) return;
  if (before.checkId !== form().dataset.vehicle) {
    if (seats.all().length) return;
    becomeOf(form(), before.checkId);
  }
  const { elements } = form();
  for (const name of ["plate", "aboard", "without"]) elements[name].value ||= before[name] ?? "";
  for (const seat of before.seats) {
    const there = seats.all().find((each) => each.dataset.seat === seat.id);
    const isOld = device.clock.now() - timeOf(seat.id) > LATEST;
    if (there) seats.choose(there, seat);
    else if (isOld && seat.text) add({ text: seat.text });
    else if (seat.reasons && !(seat.code && seats.has(seat.code))) {
      here.remember(seat);
      seats.make(seat);
    }
  }
  seats.tell();
}

function becomeOf(page, checkId) {
  page.dataset.vehicle = checkId;
  page.querySelector("[name=check_id]").value = checkId;
}

document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id === "desk") begin();
});

function begin() {
  clearTimeout(saving);
  if (!form()) return void tellBegun().catch(() => {});
  here.begin();
  lastFilmed = "";
  for (const seat of seats.all()) seats.follow(seat);
  seats.tell();
  restore().catch(() => {});
}

// Ready for the next one: those of a vehicle who are kept here are not forgotten; one that was recorded here is
// over, also where the server does not know it yet.
async function tellBegun() {
  const place = document.querySelector("[data-vehicle-begun]");
  const device = enrolledDevice() ?? (await opened);
  if (!place || !device) return;
  if (!place.hidden && (await isDone(device, place.dataset.vehicleBegun))) place.hidden = true;
  const before = place.hidden && (await kept(device, official));
  if (!before) return;
  place.querySelector("[data-vehicle-plate]").textContent = before.plate;
  place.querySelector("[data-vehicle-count]").textContent = before.seats.length;
  place.hidden = false;
}

// What cannot be sent is recorded here; and what the server has recorded is not kept here any more.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (!elt.matches(`${DECIDE}, ${LEAVE}, ${OPEN}`)) return;
  clearTimeout(saving);
  if (isHere()) {
    event.preventDefault();
    doHere(elt);
  } else if (enrolledDevice() && xhr) xhr.timeout = PATIENCE_FOR_ALL;
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail: { elt } }) => {
    if (enrolledDevice() && elt.matches(`${DECIDE}, ${LEAVE}, ${OPEN}`)) doHere(elt);
  });
}
document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
  const hasAll = [200, 422].includes(xhr.status); // who could not be recorded is on the page that comes
  if (elt.matches(`${DECIDE}, ${LEAVE}`) && hasAll && enrolledDevice())
    keep(enrolledDevice(), official, null).catch(() => {});
});

function doHere(elt) {
  if (elt.matches(OPEN)) openHere();
  else if (elt.matches(LEAVE)) leaveHere();
  else decideHere();
}

// The page of a vehicle, made on the device.
function openHere() {
  const made = piece("vehicle", []);
  becomeOf(made.querySelector(FORM), uuid7(enrolledDevice().clock.now()));
  putPiece(made);
}

// A group's code that was shown at the desk.
document.addEventListener("dancu:group", ({ detail: { text } }) => {
  openHere();
  add({ text });
});

const ready = (detail) => document.dispatchEvent(new CustomEvent("dancu:ready", { detail }));

async function leaveHere() {
  const stopped = seats
    .all()
    .map(seats.chosen)
    .find(({ answer, code }) => answer === "stop" && code);
  if (stopped) return problem(says("vehicle-stopped", stopped), "stop");
  await keep(enrolledDevice(), official, null).catch(() => {});
  ready({});
  return undefined;
}

let isRecording = false;

async function decideHere() {
  if (isRecording) return;
  const stopped = seats
    .all()
    .map(seats.chosen)
    .find(({ answer, code, decision }) => answer === "stop" && code && decision === "desk");
  const wrong = stopped ? [says("vehicle-stopped", stopped)] : seats.problems();
  if (wrong.length) return problem(wrong, "check");
  isRecording = true;
  const { plate: field, aboard } = form().elements;
  const [checkId, plate] = [form().dataset.vehicle, field.value];
  let told;
  try {
    told = await here.recordAll({ checkId, plate, aboard: Number(aboard.value) });
    await setDone(enrolledDevice(), checkId);
    await keep(enrolledDevice(), official, null);
  } catch {
    return problem(says("not-kept"), "stop");
  } finally {
    isRecording = false;
  }
  const { counts, names, shift } = told;
  const done = Object.entries(counts).filter(([, count]) => count);
  const words = done.map(([decision, count]) => `${count} ${says(`done-${decision}`)}`).join(", ");
  const remains = names.length ? says("vehicle-left", { names: names.join(", ") }) : "";
  const recorded = { name: plate || says("vehicle"), decided: [words, remains].filter(Boolean).join(". ") };
  const decision = counts.secondary || counts.back || names.length ? "secondary" : "through";
  ready({ recorded: { ...recorded, decision, counts: shift !== null } });
  return undefined;
}

begin();
