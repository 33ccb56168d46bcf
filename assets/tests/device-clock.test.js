import assert from "node:assert/strict";
import { test } from "node:test";

import { timeOf } from "../device/uuid7.js";
import { crossing, enrolled, unenrolled } from "./device-cast.js";

const DAY = 86_400_000;
const HOUR = 3_600_000;

// A device whose clock a test sets: `set` is ms ahead of ours; `slept` ms that the steady clock missed.
function watch() {
  const about = { set: 0, slept: 0 };
  about.wall = () => Date.now() + about.set;
  about.steady = () => performance.now() - about.slept;
  return about;
}
const isClose = (one, other) => assert.ok(Math.abs(one - other) < 1500, `${one - other} ms apart`);

for (const off of [DAY, -DAY, 7 * 60_000]) {
  test(`a clock that is ${off / HOUR} hours off is corrected with the first answer`, async (t) => {
    const clock = watch();
    clock.set = off;
    const { device, server } = await enrolled(t, clock);
    isClose(device.clock.drift, off);
    const { at } = await device.record("crossing", crossing());
    await device.sync.once();

    isClose(at, Date.now());
    assert.equal(server.asked.filter((what) => what.includes("sync")).length, 1);
  });
}

test("a device whose clock is set while it is off learns it from the server's refusal", async (t) => {
  const clock = watch();
  const { device, server, again } = await enrolled(t, clock);
  device.close();
  clock.set = DAY;
  const next = await again();
  await next.record("crossing", crossing());
  await next.sync.once();

  isClose(next.clock.now(), Date.now());
  isClose(server.syncs[0].drift, DAY);
  assert.equal(server.counted, 1);
});

test("a clock days ahead does not end the lease where the server corrects it", async (t) => {
  const clock = watch();
  const { device, server, again } = await enrolled(t, clock);
  await device.sync.once();
  device.close();
  clock.set = 5 * DAY;
  const next = await again();
  await next.sync.once();
  assert.deepEqual(server.asked.filter((what) => what === "GET /api/devices/bundle").length, 1);
  assert.ok(await next.bundle());
});

test("where nobody corrects it the lease ends by the device's own clock", async (t) => {
  const clock = watch();
  const { device, server } = await enrolled(t, clock);
  await device.sync.once();
  server.loses = () => "request";
  clock.set = 5 * DAY;
  await assert.rejects(device.sync.once());
  assert.equal(await device.store.get("bundle"), undefined);
});

test("a clock that is set back while the page is open changes neither the time nor the ids' order", async (t) => {
  const clock = watch();
  const { device, again } = await enrolled(t, clock);
  clock.slept = -3 * HOUR; // three hours without a contact
  clock.set = 3 * HOUR;
  const one = await device.record("crossing", crossing(1));
  clock.set -= DAY;
  const two = await device.record("crossing", crossing(2));
  isClose(two.at, Date.now() + 3 * HOUR);
  assert.ok(two.at > one.at);

  const next = await again();
  isClose(next.clock.now(), Date.now() + 3 * HOUR);
});

test("ids are later and later, whatever the clock does without a page", async (t) => {
  const clock = watch();
  const { device, again } = await enrolled(t, clock);
  const one = await device.record("crossing", crossing(1));
  clock.set = -DAY;
  const two = await (await again()).record("crossing", crossing(2));

  assert.ok(timeOf(two.id) > timeOf(one.id));
});

test("where a clock was far ahead, ids come back to the right time once it was corrected", async (t) => {
  const clock = watch();
  const { device, again } = await enrolled(t, clock);
  device.close();
  clock.set = DAY; // while the device was off
  const next = await again();
  const wrong = await next.record("crossing", crossing(1));
  isClose(wrong.at, Date.now() + DAY);
  await next.sync.once();
  const right = await next.record("crossing", crossing(2));

  isClose(right.at, Date.now());
});

test("it is never earlier than the server has said", async (t) => {
  const clock = watch();
  const { device, again } = await enrolled(t, clock);
  await device.sync.once();
  clock.set = -400 * DAY; // an empty battery
  isClose((await again()).clock.now(), Date.now());
});

test("a device that slept is not taken for one whose clock was set", async (t) => {
  const clock = watch();
  const { device } = await enrolled(t, clock);
  clock.set = 3 * HOUR; // hours go by in which the steady clock stands still
  clock.slept = 3 * HOUR;
  isClose(device.clock.now(), Date.now() + 3 * HOUR);
});

// A device in whose page so many ms go by as a test says.
async function timed(t) {
  let gone = 0;
  const begun = Date.now();
  const about = { wall: () => begun + gone, steady: () => gone };
  const { device } = await unenrolled(t, about);
  const after = (ms) => {
    gone += ms;
    return new Date(begun + gone).toISOString();
  };
  return { device, begun, after };
}

test("the way there and back is halved", async (t) => {
  const { device, begun, after } = await timed(t);
  const mark = device.clock.mark();
  after(4000);
  await device.clock.learn(new Date(begun + 2000 + 5000).toISOString(), mark);

  assert.equal(device.clock.drift, -5000);
});

test("a slow answer does not spoil what a quick one has measured", async (t) => {
  const { device, begun, after } = await timed(t);
  await device.clock.learn(new Date(begun).toISOString(), device.clock.mark());
  const mark = device.clock.mark();
  after(20_000);

  assert.equal(await device.clock.learn(new Date(begun + 19_000).toISOString(), mark), false);
  assert.equal(device.clock.drift, 0);
});
