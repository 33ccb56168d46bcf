// Who works with this device: what the server gave to the officer who is signed in, and to nobody else.
import { Problem } from "./server.js";

const ADDRESS = "/checkpoint/device/shift/";
const REFUSED = 409; // a shift, and not the form that asks for it
const ELSEWHERE = "shift-elsewhere"; // the device is enrolled to another place than the officer works at

// Asks the server for a shift of this officer (`official`: their number, of whom the page is; `isWanted`: whether
// it still is when the answer comes). Raises what Server raises; then nobody's shift is kept that is not this
// officer's, and none at all where the server has refused one.
export async function beginShift(device, official, csrfToken, isWanted = () => true) {
  const before = await device.store.get("shift");
  if (before && before.official !== official) await device.store.set({ shift: null, noShift: "nobody" });
  const headers = { "X-CSRFToken": csrfToken };
  try {
    const told = await device.server.signed("POST", ADDRESS, undefined, headers);
    const { station, direction, officer } = told;
    const shift = { id: told.shift, until: Date.parse(told.until), station, direction, official, officer };
    if (isWanted()) await device.store.set({ shift, noShift: null });
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === REFUSED)) throw problem;
    await device.store.set({ shift: null, noShift: problem.code === ELSEWHERE ? "elsewhere" : "nobody" });
    throw problem;
  } finally {
    device.tell();
  }
}

// Whoever works with it next begins another.
export async function endShift(device) {
  await device.store.set({ shift: null, noShift: "nobody" });
  device.tell();
}

// The shift's id for what this officer records; null where there is none, or it is over, and people decide what
// counts.
export async function shiftOf(device, official) {
  const shift = await device.store.get("shift");
  return isOf(shift, official, device.clock.now()) ? shift.id : null;
}

// Why there is none: "elsewhere", the device is another place's, or "nobody"; null where there is one, or where
// the server was not asked yet.
export async function lackOf(device, official) {
  const shift = await device.store.get("shift");
  if (shift) return isOf(shift, official, device.clock.now()) ? null : "nobody";
  return (await device.store.get("noShift")) ?? null;
}

const isOf = (shift, official, at) => shift?.official === official && at <= shift.until;
