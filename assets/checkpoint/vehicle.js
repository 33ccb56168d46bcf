// Several people in one vehicle: codes are scanned one behind the other without a tap, each is heard and felt and
// stands in the list; one press records all. What cannot be sent is done on the device, where it is enrolled.
// Without this script the page is a form that is sent for each code.
import { isGroup } from "../device/group.js";
import { isPass } from "../device/pass.js";
import { uuid7 } from "../device/uuid7.js";
import { areaIn, examine, examineGroup, travellerOf } from "./examining.js";
import { enrolledDevice, official, opened } from "./here.js";
import * as network from "./network.js";
import { isOpenedHere } from "./opening.js";
import { piece, put as putPiece } from "./pieces.js";
import { record, recordVehicle } from "./recording.js";
import * as seats from "./seats.js";
import { signal } from "./signals.js";
import { keep, kept } from "./vehicle-kept.js";
import { says } from "./words.js";

const FORM = "form[data-vehicle]";
const PATIENCE = 8_000; // ms for one line
const PATIENCE_FOR_ALL = 30_000; // ms
const DECIDE = "[data-vehicle-decide]";
const LEAVE = "[data-vehicle-leave]";
const OPEN = "[data-vehicle-open]";

const form = () => document.querySelector(FORM);
const isHere = () => enrolledDevice() && (network.isGone() || isOpenedHere());
let readHere = new Map(); // of the seats that were read on the device: what is recorded of each, by its id
let queue = Promise.resolve(); // codes are added one after the other, in the order of scanning

document.addEventListener("dancu:scanned", (event) => {
  if (!event.target.closest(FORM)) return;
  event.preventDefault();
  add({ text: event.detail.text });
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

// Enter in the plate or a number is no scan.
document.addEventListener("keydown", (event) => {
  const isNumber = event.key === "Enter" && event.target.matches?.(`${FORM} input:not([name=text])`);
  if (isNumber) event.preventDefault();
});

document.addEventListener("input", ({ target }) => target.closest?.(FORM) && changed());
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
  remove(off.closest("[data-seat]"), off.formAction);
});

function add(shown) {
  queue = queue.then(() => (form() ? addNow(shown) : undefined)).catch(() => {});
}

async function addNow({ text, picture }) {
  problem();
  if (seats.all().length >= seats.MOST) return problem(says("vehicle-full"));
  if (isHere()) return seatHere(text);
  const body = new FormData(form());
  body.set("text", text);
  body.delete("picture");
  if (picture) body.set("picture", picture);
  let answer;
  try {
    answer = await ask(form().getAttribute("action"), body, picture ? undefined : PATIENCE);
  } catch {
    if (!enrolledDevice()) return problem(says("vehicle-unsent"), "stop");
    network.lost();
    return seatHere(text);
  }
  const html = await answer.text();
  if (answer.status === 422) return problem(html, "check");
  const made = answer.ok ? seats.put(html) : [];
  if (!made.length) return window.location.reload(); // the session has ended, or the page is of another version
  form().elements.plate.value ||= answer.headers.get("Dancu-Plate") ?? "";
  seen(...made);
  return undefined;
}

// A line for who was read on the device, or one for each of a group.
async function seatHere(text) {
  if (isGroup(text ?? "")) return seatGroup(text);
  if (!isPass(text ?? "")) return problem(says(text?.trim() ? "no-look-up" : "no-picture"), "check");
  const read = await examine(enrolledDevice(), text);
  const { facts, verdict } = read;
  if (!facts) return problem([verdict.words, ...verdict.reasons].join(". "), "stop");
  if (seats.has(facts.code)) return problem(says("vehicle-on-the-list", { name: facts.name }), "check");
  seen(seatOf(read));
  return undefined;
}

async function seatGroup(text) {
  const { problem: why, members = [] } = await examineGroup(enrolledDevice(), text);
  if (why) return problem(`${says(`is-${why}`)}. ${says(`why-${why}`)}`, "stop");
  const others = members.filter(({ facts }) => !seats.has(facts.code));
  if (!others.length) return problem(says("vehicle-all-on-the-list"), "check");
  if (seats.all().length + others.length > seats.MOST) return problem(says("vehicle-full"));
  const made = others.map(seatOf);
  seen(...made);
  return undefined;
}

function seatOf({ verdict, ...read }) {
  const { facts, bundle, status } = read;
  const { text, shown, ruledBy } = travellerOf(read, verdict);
  const seat = {
    id: uuid7(enrolledDevice().clock.now()),
    code: facts.code,
    status,
    answer: verdict.answer,
    name: facts.name,
    born: String(facts.born),
    destination: areaIn(bundle, facts.destination),
    words: verdict.words,
    reasons: verdict.reasons.filter(Boolean),
    forAReason: verdict.answer === "stop",
    decision: verdict.answer === "go" ? "through" : "",
  };
  form().elements.plate.value ||= facts.plate;
  readHere.set(seat.id, { ...seat, text, shown, ruledBy, facts });
  return seats.make(seat);
}

// Of several the gravest is heard.
function seen(...made) {
  const answers = made.map((seat) => seat.dataset.answer);
  signal(["stop", "check", "go"].find((each) => answers.includes(each)));
  changed();
}

async function remove(seat, address) {
  const body = new FormData(form());
  body.set("off", seat.dataset.seat);
  readHere.delete(seat.dataset.seat);
  seat.remove();
  changed();
  form().elements.text.focus({ preventScroll: true });
  if (!isHere()) await ask(address, body, PATIENCE).catch(() => {}); // the next request says so again
}

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
  place.hidden = !words;
  place.querySelector("#problem").textContent = "";
  for (const each of [words].flat().filter(Boolean))
    place
      .querySelector("#problem")
      .append(Object.assign(document.createElement("li"), { textContent: each }));
  if (!words) return;
  if (answer) signal(answer);
  place.scrollIntoView({ block: "nearest" });
}

// After whatever was typed, chosen or scanned: what is told, and what outlives the page.
function changed() {
  seats.tell();
  keepHere().catch(() => {}); // a full disk: the list stands on the page all the same
}

async function keepHere() {
  const device = enrolledDevice();
  if (!device || !form()) return;
  const rows = seats.all().map((seat) => {
    const { id, decision, reason } = seats.chosen(seat);
    const { facts: _facts, ...row } = readHere.get(id) ?? {};
    return row.id && { ...row, decision, reason };
  });
  const { plate, aboard, without } = form().elements;
  const told = { plate: plate.value, aboard: aboard.value, without: without.value };
  const vehicle = { checkId: form().dataset.vehicle, ...told, seats: rows.filter(Boolean) };
  await keep(device, official, vehicle.seats.length ? vehicle : null);
}

// Those who were scanned on the device are on the list of the page that comes after.
async function restore() {
  const device = enrolledDevice() ?? (await opened);
  if (!device || !form()) return;
  const before = await kept(device, official);
  if (!before || !form()) return;
  const { plate, aboard, without } = form().elements;
  for (const [field, value] of Object.entries({ plate, aboard, without }))
    value.value ||= before[field] ?? "";
  for (const seat of before.seats) {
    if (seats.has(seat.code)) continue;
    readHere.set(seat.id, seat);
    seats.make(seat);
  }
  seats.tell();
}

document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id === "desk") begin();
});

function begin() {
  if (!form()) return void tellBegun().catch(() => {});
  readHere = new Map();
  for (const seat of seats.all()) seats.follow(seat);
  seats.tell();
  restore().catch(() => {});
}

// Ready for the next one: those of a vehicle who are kept here are not forgotten.
async function tellBegun() {
  const place = document.querySelector("[data-vehicle-begun]");
  const device = enrolledDevice() ?? (await opened);
  const before = place?.hidden && device && (await kept(device, official));
  if (!before) return;
  place.querySelector("[data-vehicle-plate]").textContent = before.plate;
  place.querySelector("[data-vehicle-count]").textContent = before.seats.length;
  place.hidden = false;
}

// What cannot be sent is recorded here; and what the server has recorded is not kept here any more.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (!elt.matches(`${DECIDE}, ${LEAVE}, ${OPEN}`)) return;
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
  const hasAll = xhr.status < 400 || xhr.status === 422; // who could not be recorded is on the page that comes
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
  const checkId = uuid7(enrolledDevice().clock.now());
  made.querySelector(FORM).dataset.vehicle = checkId;
  made.querySelector("[name=check_id]").value = checkId;
  putPiece(made);
}

// A group's code that was shown at the desk.
document.addEventListener("dancu:group", ({ detail: { text } }) => {
  openHere();
  add({ text });
});

async function leaveHere() {
  await keep(enrolledDevice(), official, null).catch(() => {});
  document.dispatchEvent(new CustomEvent("dancu:ready", { detail: {} }));
}

let isRecording = false;

// Each is on the disk before anybody is told so; pressed twice, or after a crash in the middle, each is kept once.
async function decideHere() {
  if (isRecording) return;
  const wrong = seats.problems();
  if (wrong.length) return problem(wrong);
  isRecording = true;
  const [device, at] = [enrolledDevice(), form()];
  const checkId = at.dataset.vehicle;
  const [plate, aboard] = [at.elements.plate.value, Number(at.elements.aboard.value)];
  const counts = { through: 0, secondary: 0, back: 0 };
  let shift;
  try {
    ({ shift } = await recordVehicle(device, { checkId, plate, aboard }));
    for (const seat of seats.all()) {
      const { id, code, name, status, answer, decision, reason } = seats.chosen(seat);
      if (!(decision in counts) || !code) continue;
      const read = readHere.get(id) ?? travellerOf({ facts: { code, name }, status }, { answer });
      const who = { ...read, facts: read.facts ?? {}, id, code, name, plate, vehicle: checkId };
      await record(device, who, decision, { code: reason });
      counts[decision] += 1;
    }
    await keep(device, official, null);
  } catch {
    return problem(says("not-kept"), "stop");
  } finally {
    isRecording = false;
  }
  const decided = Object.entries(counts).filter(([, count]) => count);
  const told = decided.map(([decision, count]) => `${count} ${says(`done-${decision}`)}`).join(", ");
  const left = aboard - decided.reduce((sum, [, count]) => sum + count, 0);
  const remains = left > 0 ? says("vehicle-left", { count: left }) : "";
  const recorded = { name: plate || says("vehicle"), decided: [told, remains].filter(Boolean).join(". ") };
  const detail = { recorded: { ...recorded, decision: worst(counts), counts: shift !== null } };
  document.dispatchEvent(new CustomEvent("dancu:ready", { detail }));
  return undefined;
}

const worst = ({ secondary, back }) => (secondary || back ? "secondary" : "through");

begin();
