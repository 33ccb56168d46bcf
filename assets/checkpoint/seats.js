// The list of those who sit in a vehicle: each a line of the form, which the server gives or which is made here
// from the empty one, and says itself what is to be decided.
import { says } from "./words.js";

export const MOST = 99; // people in one vehicle (dancu/checkpoints/vehicles.py)
const form = () => document.querySelector("form[data-vehicle]");
const list = () => form().querySelector("[data-seats]");
const field = (seat, name) => seat.querySelector(`[data-field="${name}"]`);

export const all = () => [...list().children].reverse();
export const has = (code) => all().some((seat) => seat.dataset.code === code);

// What was chosen of one.
export function chosen(seat) {
  const { code, answer, status } = seat.dataset;
  const [name, words] = ["name", "words"].map(
    (each) => seat.querySelector(`.dancu-seat__who [data-fill=${each}]`).textContent,
  );
  const decision = seat.querySelector("[data-field=decision]:checked")?.value ?? "";
  const reason = field(seat, "reason").value;
  return { id: seat.dataset.seat, code, answer, status, name, words, decision, reason };
}

// Puts the lines of the server's HTML at the top of the list, and gives them.
export function put(html) {
  const box = document.createElement("div");
  box.innerHTML = html;
  const made = [...box.querySelectorAll("li[data-seat]")];
  for (const seat of made) {
    list().prepend(seat);
    follow(seat);
  }
  return made;
}

// The same for one who was read here: { id, code, status, answer, name, born, destination, words, reasons,
// forAReason, decision, reason }.
export function make(told) {
  const seat = document.getElementById("empty-seat").content.cloneNode(true).querySelector("li");
  seat.dataset.seat = told.id;
  Object.assign(seat.dataset, { answer: told.answer, code: told.code, status: told.status });
  seat.className = `dancu-seat dancu-seat--${told.answer}`;
  seat.toggleAttribute("data-for-a-reason", told.forAReason);
  seat.querySelector("details").open = told.answer !== "go";
  for (const place of seat.querySelectorAll("[data-fill]"))
    place.textContent = told[place.dataset.fill] ?? "";
  for (const reason of told.reasons) {
    const line = document.createElement("li");
    line.textContent = reason;
    seat.querySelector("[data-seat-reasons]").append(line);
  }
  for (const each of seat.querySelectorAll("[name$='-']")) each.name += told.id;
  for (const each of seat.querySelectorAll("[id$='-']")) each.id += told.id;
  for (const label of seat.querySelectorAll("label")) label.htmlFor += told.id;
  field(seat, "seat").value = told.id;
  for (const name of ["code", "text"]) field(seat, name).value = told[name] ?? "";
  field(seat, "shown").value = told.answer;
  seat.querySelector("fieldset").parentElement.hidden = !told.code;
  seat.querySelector("[data-remove]").value = told.id;
  list().prepend(seat);
  for (const choice of seat.querySelectorAll("[data-field=decision]"))
    choice.checked = choice.value === told.decision;
  follow(seat);
  field(seat, "reason").value = told.reason ?? "";
  return seat;
}

// Chooses for one what was chosen before.
export function choose(seat, { decision, reason }) {
  for (const choice of seat.querySelectorAll("[data-field=decision]"))
    choice.checked = choice.value === decision;
  follow(seat);
  field(seat, "reason").value = reason ?? "";
}

// Only reasons for what was chosen are offered, and none where none is asked for; what is chosen against the
// verdict stands in the folded line, too.
export function follow(seat) {
  const { decision, answer, code } = chosen(seat);
  const asks =
    ["secondary", "back"].includes(decision) || (decision === "through" && "forAReason" in seat.dataset);
  seat.querySelector("[data-seat-reason]").hidden = !asks;
  const reason = field(seat, "reason");
  for (const group of reason.querySelectorAll("optgroup")) {
    const isOffered = group.dataset.of === decision;
    group.hidden = !isOffered;
    group.disabled = !isOffered;
  }
  if (!asks || reason.selectedOptions[0]?.closest("optgroup")?.disabled) reason.value = "";
  const label = seat.querySelector("[data-field=decision]:checked")?.parentElement.querySelector("label");
  const place = seat.querySelector("[data-choice]");
  place.hidden = !label || !code || (decision === "through" && answer === "go");
  place.textContent = label ? `→ ${label.textContent}` : "";
}

const isLacking = (seat) => {
  const { code, decision, reason } = chosen(seat);
  const wants = !seat.querySelector("[data-seat-reason]").hidden;
  if (!code) return "";
  if (!decision) return "choose";
  return wants && !reason ? "reason" : "";
};

// On the list, with nothing to scan, and of this vehicle on record before.
const countAll = (without) =>
  all().length + (Number(without.value) || 0) + Number(form().dataset.onRecord || 0);

// How many are on the list, of how many, and how many are still to be decided on.
export function tell() {
  const { aboard, without } = form().elements;
  const counted = countAll(without);
  const open = all().filter(isLacking).length;
  const words = Number(aboard.value)
    ? says("vehicle-tally", { counted, aboard: aboard.value })
    : says("vehicle-tally-open", { counted });
  const told = [words, open ? says("vehicle-open", { count: open }) : ""].filter(Boolean).join(" · ");
  const place = form().querySelector("[data-tally]");
  if (place.textContent !== told) place.textContent = told;
  place.dataset.complete = String(!open && counted > 0 && counted === Number(aboard.value));
}

// Who came onto the list just now, in sight and to a reader, wherever the list is scrolled.
export function tellLast(seat) {
  const place = form().querySelector("[data-last]");
  const { name, words, answer } = chosen(seat);
  place.textContent = says("vehicle-last", { name, words });
  place.className = `dancu-bar__last dancu-bar__last--${answer}`;
}

// What is to be put right before all is recorded, as the server says it (dancu/web/checkpoint/vehicle.py).
export function problems() {
  const { aboard, without } = form().elements;
  const count = Number(aboard.value);
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST)) return [says("vehicle-aboard")];
  if (!all().length) return [says("vehicle-nobody")];
  const counted = countAll(without);
  if (counted !== count) return [says("vehicle-count", { aboard: count, counted })];
  return all().flatMap((seat) => {
    const lack = isLacking(seat);
    return lack ? [says(`vehicle-${lack}`, { name: chosen(seat).name })] : [];
  });
}
