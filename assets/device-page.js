// The page of this device: enrols it with a code, and tells what it is called, what waits and how old its list
// is. Without this script, or where the browser keeps nothing, the page says that it needs both.
import { begin as beginState } from "./checkpoint/device-state.js";
import { official, opened } from "./checkpoint/here.js";
import { moment, says } from "./checkpoint/words.js";
import { choosePin, faultOf, stateOfPin } from "./device/pin.js";

const page = document.querySelector("[data-device-page]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const problem = (name) => page.querySelector(`[data-problem="${name}"]`); // stays until the next press
let device = null;

function show(...names) {
  for (const each of page.querySelectorAll("[data-part]")) each.hidden = !names.includes(each.dataset.part);
}

async function tell() {
  const state = await device.state();
  if (!state.isEnrolled) return show("enrol");
  const never = says("never");
  const texts = {
    name: state.name,
    place: state.place.name,
    contact: state.contact ? moment(state.contact) : never,
    waiting: String(state.waiting + state.pictures),
    oldest: state.oldest ? moment(state.oldest) : "–",
    bundle: state.bundleMade ? moment(state.bundleMade) : never,
    lease: state.leaseUntil ? moment(state.leaseUntil) : never,
    lost: String(state.waiting + state.pictures),
  };
  for (const each of page.querySelectorAll("[data-fill]")) each.textContent = texts[each.dataset.fill] ?? "";
  part("unsent").dataset.count = texts.lost;
  const hasPin = (await stateOfPin(device.store, official)) === "set";
  show(
    "enrolled",
    "pin",
    hasPin ? "pin-set" : "pin-none",
    ...(part("sure").dataset.asked ? ["sure"] : ["ask"]),
    ...(texts.lost === "0" ? [] : ["unsent"]),
  );
  return undefined;
}

async function enrol(event) {
  event.preventDefault();
  const form = event.target;
  const field = form.elements.code;
  const button = form.querySelector("button");
  problem("code").hidden = true;
  field.removeAttribute("aria-invalid");
  button.disabled = true;
  try {
    await device.enrol(field.value);
    await tell();
    page.querySelector("[data-heading]").focus();
  } catch (error) {
    problem("code").textContent = says(`problem-${error.code || "network"}`) || says("problem-network");
    problem("code").hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  } finally {
    button.disabled = false;
  }
}

async function setPin(event) {
  event.preventDefault();
  const form = event.target;
  const field = form.elements.pin;
  const button = form.querySelector("button");
  const { again } = form.elements;
  const isSame = field.value.trim() === again.value.trim();
  const fault = faultOf(field.value.trim()) || (isSame ? "" : "differs");
  const tellFault = (words) => {
    problem("pin").textContent = words;
    problem("pin").hidden = !words;
    field.toggleAttribute("aria-invalid", Boolean(words));
    field.focus();
  };
  if (fault) return tellFault(says(`pin-${fault}`));
  button.disabled = true;
  try {
    await choosePin(device.store, official, field.value.trim());
    form.reset();
    await tell();
    tellFault("");
    page.querySelector("#pin-title").focus();
  } catch {
    tellFault(says("pin-not-kept"));
  } finally {
    button.disabled = false;
  }
  return undefined;
}

async function forget() {
  await device.wipe();
  const registration = await navigator.serviceWorker?.getRegistration?.().catch(() => null);
  await registration?.unregister().catch(() => {});
  delete part("sure").dataset.asked;
  await tell();
  page.querySelector("[data-heading]").focus();
}

async function sendNow(button) {
  button.disabled = true;
  problem("not-sent").hidden = true;
  await device.sync.once().catch(() => {
    problem("not-sent").hidden = false;
  });
  button.disabled = false;
  await tell();
}

function press({ target }) {
  const { act } = target.closest("[data-act]")?.dataset ?? {};
  if (act === "send") return void sendNow(target.closest("button"));
  if (act === "forget") return void forget();
  if (act === "ask") part("sure").dataset.asked = "1";
  if (act === "keep") delete part("sure").dataset.asked;
  if (!act) return undefined;
  return void tell().then(() => act === "ask" && part("sure").querySelector("[data-act=keep]").focus());
}

async function begin() {
  device = await opened;
  if (!device) return show("cannot");
  page.querySelector("[data-part=enrol] form").addEventListener("submit", enrol);
  page.querySelector("[data-pin]").addEventListener("submit", setPin);
  page.addEventListener("click", press);
  device.listen(tell);
  await tell();
  if (window.location.hash === "#pin") page.querySelector("#pin-title").focus(); // it was hidden until now
  return beginState();
}

if (page) begin();
