// The line that says how this device stands: what waits to be sent, how old its list is, and what came back
// refused or kept for people, until the officer has seen it.
import { STALE } from "../device/bundle.js";
import { stateOfPin } from "../device/pin.js";
import { lackOf } from "../device/shift.js";
import { enrolledDevice, official, opened } from "./here.js";
import * as network from "./network.js";
import { moment, says, time } from "./words.js";

const EVERY = 30_000; // ms: a list grows old by itself
const place = document.querySelector("[data-device]");

// { name, words } of a state as Device.state gives it, at the moment `at`; `lack`: why there is no shift (lackOf).
export function told({ waiting, pictures = 0, bundleMade }, isGone, at, lack = null) {
  const count = waiting + pictures;
  const [usual, more] = isGone ? ["gone", "gone-waiting"] : ["sent", "waiting"];
  const sending = says(`device-${count ? more : usual}`, { count });
  const lacking = lack && says(`device-${lack}`);
  const words = [sending, list(bundleMade, at), lacking].filter(Boolean).join(" · ");
  const name = isGone ? "gone" : usual;
  return { name: count && !isGone ? "waiting" : name, words };
}

function list(made, at) {
  if (made === null) return says("device-no-list");
  return at - made > STALE
    ? says("device-list-old", { time: moment(made) })
    : says("device-list", { time: time(made) });
}

let turn = 0;

async function show() {
  const device = enrolledDevice() ?? (await opened);
  place.hidden = !enrolledDevice();
  if (!device) return;
  turn += 1;
  const mine = turn;
  const state = await device.state().catch(() => null); // forgotten in this moment; the next look knows
  const lack = official ? await lackOf(device, official).catch(() => null) : null; // else it is locked
  if (!state || mine !== turn) return; // a later look has it newer
  if (!state.isEnrolled) return tellCutOff(await device.store.get("cutOff"));
  place.hidden = false;
  place.querySelector("[data-pin-wanted]").hidden = !(await wantsPin(device));
  const { name, words } = told(state, network.isGone(), device.clock.now(), lack);
  place.dataset.state = name;
  const line = place.querySelector("[data-device-words]");
  if (line.textContent !== words) line.textContent = words; // a reader hears what has changed, once
  if (official) tellNotices(device, state.notices); // and not to whoever picks a locked device up
  return undefined;
}

// Where the officer whose page this is has none.
async function wantsPin({ store }) {
  if (!official || document.querySelector("[data-pin]")) return false;
  return (await stateOfPin(store, official)) !== "set";
}

// Until it is enrolled again: what was promised to be sent is not recorded.
function tellCutOff(cutOff) {
  place.hidden = !cutOff;
  if (!cutOff) return;
  document.querySelector("#desk [data-banner]")?.remove();
  place.dataset.state = "gone";
  place.querySelector("[data-device-notices]").hidden = true;
  place.querySelector("[data-device-words]").textContent = says("device-was-cut-off", { count: cutOff.kept });
}

function tellNotices(device, notices) {
  const rows = place.querySelector("[data-device-notices]");
  const shown = notices.map(({ id }) => id).join(" ");
  if (rows.dataset.shown === shown) return;
  rows.dataset.shown = shown;
  rows.textContent = "";
  for (const notice of notices) rows.append(row(device, notice));
  rows.hidden = !notices.length;
}

function row(device, { id, is, at, code, message, payload }) {
  const made = place.querySelector('template[data-says="device-notice"]').content.cloneNode(true);
  made.querySelector("[data-what]").textContent = says(`device-${is}`);
  const done = payload.decision ? says(`done-${payload.decision}`) : "";
  made.querySelector("[data-who]").textContent = [payload.pass, done, moment(at)].filter(Boolean).join(", ");
  made.querySelector("[data-why]").textContent = message || says(`device-${code}`);
  made.querySelector("[data-seen]").addEventListener("click", () => device.acknowledge(id));
  return made;
}

export async function begin() {
  if (!place) return;
  const device = await opened;
  if (!device) return;
  device.listen(show);
  network.listen(show);
  setInterval(show, EVERY);
  await show();
}
