// A pass that is shown while the network is gone: what it says, what it comes to here, and what is recorded of it.
import { readGroup } from "../device/group.js";
import { readPass } from "../device/pass.js";
import { lastOf } from "../device/recent.js";
import { colourOf } from "./passage.js";
import { verdictOf } from "./verdict.js";

export const SHOWN = { go: "green", check: "amber", stop: "red" };

// What `readPass` gives, with the text, the moment, the bundle (or null), what was recorded here before, the
// colour of the rules (passage.js) and the verdict (verdict.js).
export async function examine(device, text) {
  const at = device.clock.now();
  const bundle = await device.bundle().catch(() => null);
  return verdictOn(device, text, await readPass(text, at, bundle), { at, bundle });
}

// The same of each of a group; or { problem }, why there is nobody (a status).
export async function examineGroup(device, text) {
  const at = device.clock.now();
  const bundle = await device.bundle().catch(() => null);
  const { problem, members = [] } = await readGroup(text, at, bundle);
  if (problem) return { problem };
  return { members: await Promise.all(members.map((read) => verdictOn(device, text, read, { at, bundle }))) };
}

async function verdictOn(device, text, read, { at, bundle }) {
  const last = read.facts && (await lastOf(device.store, at, read.facts).catch(() => null));
  const colour =
    read.facts && bundle?.isFresh(at) ? await colourOf(read, at, bundle).catch(() => null) : null;
  const told = { ...read, text, bundle, at, last, colour };
  return { ...told, verdict: verdictOf(told, told) };
}

// The traveller as `record` takes them.
export function travellerOf({ facts, text, status, colour }, { answer }) {
  const known = { code: facts?.code, name: facts?.name, facts, text, status };
  return { ...known, shown: SHOWN[answer], ruledBy: colour?.brief };
}

// A commune by its code, in words.
export const areaIn = (bundle, code) => bundle?.part("areas").get(code)?.join(", ") ?? code;
