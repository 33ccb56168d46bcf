// Devices for tests: each test has a database of its own; what was opened is closed at its end.
import "fake-indexeddb/auto";

import { Device } from "../device/device.js";
import { FakeServer } from "./device-server.js";

let last = 0;

// A device enrolled at a server: { device, server, again }; `again` opens the same store anew, as the page after
// a crash or another tab does.
export async function enrolled(t, about = {}) {
  const { device, server, again } = await unenrolled(t, about);
  await device.enrol(server.code);
  return { device, server, again };
}

export async function unenrolled(t, { wall, steady } = {}) {
  last += 1;
  const server = await FakeServer.start();
  const name = `device-${last}`;
  const again = async () => {
    const device = await Device.open({ name, fetch: server.fetch, wall, steady });
    t.after(() => device.close());
    return device;
  };
  return { device: await again(), server, again };
}

// Numbers between 0 and 1 that are the same for the same seed.
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// A crossing as an item's payload.
export const crossing = (number = 0) => ({ pass: `PASS-${number}`, decision: "through" });
