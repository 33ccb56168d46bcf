// A vehicle without the network: its passengers are read, listed and recorded on the device.
import { isGroup } from "../device/group.js";
import { isPass } from "../device/pass.js";
import { uuid7 } from "../device/uuid7.js";
import { areaIn, examine, examineGroup, travellerOf } from "./examining.js";
import { enrolledDevice } from "./here.js";
import { record, recordVehicle } from "./recording.js";
import * as seats from "./seats.js";
import { says } from "./words.js";

const DECISIONS = ["through", "secondary", "back"];

let readHere = new Map(); // of the seats that were read on the device: what is recorded of each, by its id

export const begin = () => {
  readHere = new Map();
};
export const forget = (id) => readHere.delete(id);
export const readOf = (id) => readHere.get(id);
export const remember = (seat) => readHere.set(seat.id, seat);

// Puts whom the text tells of onto the list: { made } (lines), or { problem, answer }.
export async function seatHere(text) {
  if (isGroup(text)) return seatGroup(text);
  if (text.includes("|")) return seatCard(text);
  if (!isPass(text)) return { problem: says(text.trim() ? "no-look-up" : "no-picture"), answer: "check" };
  const read = await examine(enrolledDevice(), text);
  if (!read.facts) return seatForged(read.status, read.verdict);
  if (seats.has(read.facts.code)) return onTheList(read.facts.name);
  return { made: [seatOf(read)] };
}

async function seatGroup(text) {
  const { problem, members = [] } = await examineGroup(enrolledDevice(), text);
  if (problem)
    return seatForged(problem, { words: says(`is-${problem}`), reasons: [says(`why-${problem}`)] });
  const others = new Map(members.map((read) => [read.facts.code, read]));
  for (const code of others.keys()) if (seats.has(code)) others.delete(code);
  if (!others.size) return { problem: says("vehicle-all-on-the-list"), answer: "check" };
  if (seats.all().length + others.size > seats.MOST)
    return { problem: says("vehicle-full"), answer: "check" };
  return { made: [...others.values()].map(seatOf) };
}

const onTheList = (name) => ({ problem: says("vehicle-on-the-list", { name }), answer: "check" });

// Of a card that nobody can look up here the name is told, and that they are to be entered.
function seatCard(text) {
  const [number, , name = "", born = ""] = text.split(/[|｜]/);
  const told = name.trim() || `…${number.slice(-4)}`;
  if (seats.all().some((seat) => seats.chosen(seat).name === told)) return onTheList(told);
  const words = says("vehicle-no-pass");
  return { made: [without({ answer: "check", name: told, born: born.trim().slice(-4), words })] };
}

function seatForged(status, { words, reasons }) {
  if (status === "unreadable") return { problem: [words, ...reasons].join(". "), answer: "check" };
  const told = { answer: "stop", name: says("vehicle-no-name"), words, status };
  return { made: [without({ ...told, reasons: [...reasons, says("vehicle-forged")] })] };
}

// One whom no crossing can be recorded of: they are entered at the desk.
function without(told) {
  const id = uuid7(enrolledDevice().clock.now());
  const seat = {
    id,
    code: "",
    status: "",
    born: "",
    reasons: [],
    forAReason: true,
    decision: "desk",
    ...told,
  };
  remember(seat);
  return seats.make(seat);
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
    text,
  };
  remember({ ...seat, shown, ruledBy, facts });
  return seats.make(seat);
}

// Each is on the disk before anybody is told so; pressed twice, or after a crash in the middle, each is kept once.
// { counts by decision, names of those who are still to be entered or decided on, shift }. Raises what
// `record` raises.
export async function recordAll({ checkId, plate, aboard }) {
  const device = enrolledDevice();
  const counts = Object.fromEntries(DECISIONS.map((decision) => [decision, 0]));
  const names = [];
  const { shift } = await recordVehicle(device, { checkId, plate, aboard });
  for (const seat of seats.all()) {
    const { id, code, name, status, answer, decision, reason } = seats.chosen(seat);
    if (!DECISIONS.includes(decision) || !code) {
      names.push(name);
      continue;
    }
    const read = readOf(id) ?? travellerOf({ facts: { code, name }, status }, { answer });
    const who = { ...read, facts: read.facts ?? {}, id, code, name, plate, vehicle: checkId };
    await record(device, who, decision, { code: reason });
    counts[decision] += 1;
  }
  return { counts, names, shift };
}
