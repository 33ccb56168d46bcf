import assert from "node:assert/strict";
import { test } from "node:test";

import { keep, kept } from "../checkpoint/vehicle-kept.js";
import { enrolled } from "./device-cast.js";

const BUS = { checkId: "019e0000-0000-7000-8000-000000000001", plate: "51B-12345", seats: [{ name: "An" }] };

test("who was scanned is there for the same officer when the page is opened again", async (t) => {
  const { device } = await enrolled(t);
  await keep(device, "7", BUS);
  const found = await kept(device, "7");
  assert.deepEqual([found.checkId, found.plate, found.seats], [BUS.checkId, BUS.plate, BUS.seats]);
});

test("it is nobody else's, and sealed", async (t) => {
  const { device } = await enrolled(t);
  await keep(device, "7", BUS);
  assert.equal(await kept(device, "8"), null);
  assert.equal(await kept(device, ""), null);
  const raw = await device.store.get("vehicle");
  assert.deepEqual(Object.keys(raw).sort(), ["iv", "sealed"]);
});

test("it is gone when all is recorded, and after a shift", async (t) => {
  const { device } = await enrolled(t);
  await keep(device, "7", BUS);
  await keep(device, "7", null);
  assert.equal(await kept(device, "7"), null);
  await keep(device, "7", BUS);
  const later = { store: device.store, clock: { now: () => device.clock.now() + 12 * 3_600_000 } };
  assert.equal(await kept(later, "7"), null);
});
