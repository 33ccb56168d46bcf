import assert from "node:assert/strict";
import { test } from "node:test";

import { lastOf, remember } from "../device/recent.js";
import { beginShift, lackOf, shiftOf } from "../device/shift.js";
import { enrolled, unenrolled } from "./device-cast.js";

test("a device is enrolled by its code, and knows its name and place afterwards", async (t) => {
  const { device, server, again } = await unenrolled(t);
  assert.equal((await device.state()).isEnrolled, false);
  await device.enrol(" 7k3m-9qx2 ");
  const { isEnrolled, name, place, waiting } = await (await again()).state();

  assert.deepEqual([isEnrolled, name, place.name, waiting], [true, "Telephone 3", "Cầu Bến Lức", 0]);
  assert.deepEqual(Object.keys([...server.devices.values()][0]).sort(), ["crv", "kty", "x", "y"]);
});

test("a wrong code enrols nothing", async (t) => {
  const { device } = await unenrolled(t);
  await assert.rejects(device.enrol("AAAA-AAAA"), { code: "no-such-code", status: 404 });
  assert.equal((await device.state()).isEnrolled, false);
});

test("where the answer is lost the same key enrols again", async (t) => {
  const { device, server, again } = await unenrolled(t);
  server.loses = () => "answer";
  await assert.rejects(device.enrol(server.code));
  const [first] = server.devices.values();
  server.loses = () => "";
  await (await again()).enrol(server.code);

  assert.deepEqual([...server.devices.values()][0], first);
});

test("two tabs make one key", async (t) => {
  const { device, server, again } = await unenrolled(t);
  const other = await again();
  const keys = [];
  const { set } = server.devices;
  server.devices.set = (id, jwk) => set.call(server.devices, id, keys[keys.push(jwk) - 1]);
  await Promise.all([device.enrol(server.code), other.enrol(server.code)]);

  assert.deepEqual(keys[0], keys[1]);
});

test("a device without enrolment asks the server for nothing", async (t) => {
  const { device, server } = await unenrolled(t);
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 0 });
  assert.deepEqual(server.asked, []);
});

test("a shift counts for the officer to whom it was given, and for nobody else", async (t) => {
  const { device, server, again } = await enrolled(t);
  await beginShift(device, "7", "token");
  assert.equal(await shiftOf(await again(), "7"), "shift-1");
  assert.equal(await shiftOf(device, "8"), null);

  server.loses = () => "request";
  await assert.rejects(beginShift(device, "8", "token"));
  assert.equal(await shiftOf(device, "8"), null);
  assert.equal(await shiftOf(device, "7"), null);
  assert.equal(await lackOf(device, "8"), "nobody");
});

test("a shift that the server refuses is forgotten, and why is known until there is one", async (t) => {
  const { device, server, again } = await enrolled(t);
  assert.equal(await lackOf(device, "7"), null); // not asked yet
  const refusals = { "shift-elsewhere": "elsewhere", "cut-off": "nobody", "not-this-device": "nobody" };
  for (const [code, lack] of Object.entries(refusals)) {
    server.noShift = "";
    await beginShift(device, "7", "token");
    assert.equal(await lackOf(device, "7"), null);
    server.noShift = code;
    await assert.rejects(beginShift(device, "7", "token"), { code });
    assert.equal(await shiftOf(await again(), "7"), null);
    assert.equal(await lackOf(device, "7"), lack);
  }
  server.noShift = "";
  await assert.rejects(beginShift(device, "7", "another's token"), { status: 403 });
  assert.equal(await lackOf(device, "7"), "nobody");
});

test("a shift stays while the network is gone, and is over at its end", async (t) => {
  let later = 0;
  const { device, server } = await enrolled(t, { wall: () => Date.now() + later });
  await beginShift(device, "7", "token");
  server.loses = () => "answer";
  await assert.rejects(beginShift(device, "7", "token"));
  later = 7.9 * 3_600_000;
  assert.equal(await shiftOf(device, "7"), "shift-1");
  later = 8.1 * 3_600_000;
  assert.equal(await shiftOf(device, "7"), null);
  assert.equal(await lackOf(device, "7"), "nobody");
});

test("one who is shown again is known by the pass, or by name, year and number with another", async (t) => {
  const { device, again } = await enrolled(t);
  const an = { code: "A", name: "Nguyễn Văn An", born: 1990, numberEnd: "34" };
  const at = Date.now();
  await remember(device.store, { id: "1", at: at - 60_000 }, an, "secondary");
  await remember(device.store, { id: "2", at: at - 30_000 }, an, "through");
  const last = async (facts, now = at) => lastOf((await again()).store, now, facts);

  assert.deepEqual(await last(an), { at: at - 30_000, decision: "through", isSamePass: true });
  assert.equal((await last({ ...an, code: "B" })).isSamePass, false);
  assert.equal(await last({ ...an, code: "B", born: 1991 }), null);
  assert.equal(await last(an, at + 13 * 3_600_000), null);
  assert.deepEqual(await device.store.all("recent"), []);
});
