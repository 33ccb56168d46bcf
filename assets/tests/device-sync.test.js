import assert from "node:assert/strict";
import { test } from "node:test";

import { remember } from "../device/recent.js";
import { NoNetwork } from "../device/server.js";
import { chance, crossing, enrolled } from "./device-cast.js";

const waiting = async (device) => (await device.outbox.state()).waiting;

test("what was recorded is sent, signed, and forgotten once the server has it", async (t) => {
  const { device, server } = await enrolled(t);
  const { id } = await device.record("crossing", crossing(1), { shift: "shift-1" });
  assert.deepEqual(await device.sync.once(), { sent: 1, later: 0 });

  const [{ items, ...about }] = server.syncs;
  assert.equal(server.recorded.get(id).shift, "shift-1");
  assert.deepEqual(items[0].payload, crossing(1));
  assert.deepEqual([about.made, about.waiting, about.app], [1, 1, "checkpoint/1"]);
  assert.equal(about.oldest, items[0].at);
  assert.equal(await waiting(device), 0);
});

test("without a network all stays, and nothing is lost or doubled when it is back", async (t) => {
  const { device, server } = await enrolled(t);
  server.loses = () => "request";
  for (let i = 0; i < 5; i++) await device.record("crossing", crossing(i));
  await assert.rejects(device.sync.once(), NoNetwork);
  assert.equal(await waiting(device), 5);

  server.loses = () => "";
  await device.sync.once();
  assert.equal(server.counted, 5);
  assert.equal(await waiting(device), 0);
});

test("an answer that was lost is asked for again, and counts once", async (t) => {
  const { device, server } = await enrolled(t);
  server.loses = (what) => (what.includes("sync") ? "answer" : "");
  await device.record("crossing", crossing());
  await assert.rejects(device.sync.once(), NoNetwork);
  server.loses = () => "";
  await device.sync.once();

  assert.equal(server.syncs.length, 2);
  assert.equal(server.counted, 1);
  assert.equal(await waiting(device), 0);
});

for (let seed = 1; seed <= 12; seed++) {
  test(`whatever gets lost, and however often the page dies, all arrives once (${seed})`, async (t) => {
    const random = chance(seed);
    const { device: first, server, again } = await enrolled(t);
    const fates = ["request", "request", "request", "answer", "answer", "answer", "", "", "", ""];
    server.loses = () => fates[Math.floor(random() * fates.length)];
    server.answers = () => (random() < 0.2 ? "later" : "taken");
    const tabs = [first, await again()];
    const recorded = [];
    for (let step = 0; step < 60; step++) {
      const which = Math.floor(random() * 2);
      const what = random();
      if (what < 0.5) recorded.push((await tabs[which].record("crossing", crossing(step))).id);
      else if (what < 0.6)
        tabs[which] = await again(); // what was in memory is gone
      else if (what < 0.8) await tabs[which].sync.once().catch(() => {});
      else await Promise.all(tabs.map((tab) => tab.sync.once().catch(() => {})));
    }
    server.loses = () => "";
    server.answers = () => "taken";
    await tabs[0].sync.once();

    assert.deepEqual([...server.recorded.keys()].sort(), [...recorded].sort());
    assert.equal(server.counted, recorded.length);
    const counters = [...server.recorded.values()].map(({ counter }) => counter).sort((a, b) => a - b);
    assert.deepEqual(
      counters,
      Array.from(recorded, (_, i) => i + 1),
    );
    assert.equal(await waiting(tabs[1]), 0);
  });
}

test("five hundred crossings of a browser that was killed go in batches of at most 200", async (t) => {
  const { device, server, again } = await enrolled(t);
  for (let i = 0; i < 500; i++) await device.record("crossing", crossing(i));
  const next = await again();
  await next.sync.once();

  assert.deepEqual(
    server.syncs.map(({ items }) => items.length),
    [200, 200, 100],
  );
  assert.equal(server.recorded.size, 500);
});

test("two tabs never synchronise at the same time", async (t) => {
  const { device, server, again } = await enrolled(t);
  const other = await again();
  let going = 0;
  let most = 0;
  const { fetch } = server;
  server.fetch = null;
  for (const tab of [device, other]) {
    const signed = tab.server.signed.bind(tab.server);
    tab.server.signed = async (...given) => {
      going += 1;
      most = Math.max(most, going);
      await new Promise((done) => setTimeout(done, 2));
      return signed(...given).finally(() => {
        going -= 1;
      });
    };
  }
  server.fetch = fetch;
  for (let i = 0; i < 20; i++) await device.record("crossing", crossing(i));
  await Promise.all([device.sync.once(), other.sync.once(), device.sync.once(), other.sync.once()]);

  assert.equal(most, 1);
  assert.equal(server.counted, 20);
});

test("what is recorded while one synchronising goes on is sent by the next, which waits already", async (t) => {
  const { device, server } = await enrolled(t);
  const first = device.sync.once();
  await device.record("crossing", crossing());
  await Promise.all([first, device.sync.once()]);

  assert.equal(server.counted, 1);
});

test("what the server wants later is kept and sent again, and the others are not held up", async (t) => {
  const { device, server } = await enrolled(t);
  const { id } = await device.record("crossing", crossing(1));
  await device.record("crossing", crossing(2));
  server.answers = (item) => (item.id === id ? "later" : "taken");
  assert.deepEqual(await device.sync.once(), { sent: 1, later: 1 });
  server.answers = () => "taken";
  assert.deepEqual(await device.sync.once(), { sent: 1, later: 0 });
});

test("what is refused or kept for people is told until the officer has read it", async (t) => {
  const { device, server, again } = await enrolled(t);
  const one = await device.record("crossing", crossing(1));
  const two = await device.record("crossing", crossing(2));
  server.answers = ({ id }) => (id === one.id ? "refused" : "kept");
  await device.sync.once();

  const next = await again();
  const { notices, waiting: left } = await next.state();
  assert.deepEqual(
    notices.map(({ id, is, message, payload }) => [id, is, message, payload.pass]),
    [
      [one.id, "refused", "because", "PASS-1"],
      [two.id, "kept", "because", "PASS-2"],
    ],
  );
  assert.equal(left, 0);
  await next.acknowledge(one.id);
  assert.deepEqual(
    (await device.state()).notices.map(({ id }) => id),
    [two.id],
  );
});

test("an answer that nobody knows yet forgets nothing", async (t) => {
  const { device, server } = await enrolled(t);
  await device.record("crossing", crossing());
  server.answers = () => "postponed";
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 1 });
});

test("one item that the server cannot read does not hold up the others, and is not lost", async (t) => {
  const { device } = await enrolled(t);
  for (let i = 0; i < 9; i++) await device.record("crossing", crossing(i));
  await device.record("crossing", { unreadable: true });
  for (let i = 0; i < 9; i++) await device.record("crossing", crossing(10 + i));
  assert.deepEqual(await device.sync.once(), { sent: 18, later: 1 });
});

test("an item that the server cannot read is tried three times, then told as refused", async (t) => {
  const { device, server, again } = await enrolled(t);
  const { id } = await device.record("crossing", { unreadable: true, pass: "PASS-1" });
  for (let round = 1; round <= 2; round++) {
    assert.deepEqual(await (await again()).sync.once(), { sent: 0, later: 1 });
    assert.deepEqual((await device.state()).notices, []);
  }
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 0 });

  const [{ id: told, is, code, message, payload }] = (await device.state()).notices;
  assert.deepEqual([told, is, code, message, payload.pass], [id, "refused", "unreadable", "", "PASS-1"]);
  await device.record("crossing", crossing());
  assert.deepEqual(await device.sync.once(), { sent: 1, later: 0 });
  assert.equal(server.counted, 1);
});

test("many items that the server cannot read do not hold up the others", async (t) => {
  const { device, server } = await enrolled(t);
  for (let i = 0; i < 15; i++) await device.record("crossing", { unreadable: true });
  for (let i = 0; i < 30; i++) await device.record("crossing", crossing(i));
  assert.deepEqual(await device.sync.once(), { sent: 30, later: 15 });
  assert.equal(server.counted, 30);
});

test("where the server reads nothing at all, it is not asked for each item", async (t) => {
  const { device, server } = await enrolled(t);
  for (let i = 0; i < 200; i++) await device.record("crossing", { unreadable: true });
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 200 });

  assert.ok(server.syncs.length < 30);
});

test("what the server misses goes first", async (t) => {
  const { device } = await enrolled(t);
  for (let i = 0; i < 5; i++) await device.record("crossing", crossing(i));
  const items = await device.outbox.batch(2, { missing: [[4, 5]] });

  assert.deepEqual(
    items.map(({ counter }) => counter),
    [4, 5],
  );
});

test("a device that was cut off sends once more what waits, then forgets everything", async (t) => {
  const { device, server, again } = await enrolled(t);
  await device.sync.once();
  assert.ok(await device.bundle());
  for (let i = 0; i < 250; i++) await device.record("crossing", crossing(i));
  server.wipe = true;
  server.answers = () => "kept";
  await device.sync.once();

  assert.equal(server.recorded.size, 250);
  const next = await again();
  assert.equal((await next.state()).isEnrolled, false);
  assert.equal(await next.bundle(), null);
  assert.equal(await next.store.key("device"), undefined);
  assert.deepEqual(await next.store.all("notices"), []);
  const last = server.syncs.at(-1);
  assert.deepEqual([last.items, last.waiting], [[], 0]); // whereby the server knows that it is wiped
});

test("a device that was cut off keeps what the server wants later, and forgets what it knows of others", async (t) => {
  const { device, server } = await enrolled(t);
  await device.sync.once();
  await remember(device.store, { id: "1", at: 1 }, { code: "A" }, "through");
  const { id } = await device.record("crossing", crossing(1));
  await device.record("crossing", crossing(2));
  server.wipe = true;
  server.answers = (item) => (item.id === id ? "later" : "kept");
  assert.deepEqual(await device.sync.once(), { sent: 1, later: 1 });
  assert.deepEqual([await device.bundle(), await device.store.all("recent")], [null, []]);
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 1 });
  assert.equal((await device.state()).isEnrolled, true);

  server.answers = () => "kept";
  await device.sync.once();
  assert.equal(server.counted, 2);
  assert.equal((await device.state()).isEnrolled, false);
  assert.equal(await device.store.key("device"), undefined);
});

test("a device that was cut off with nothing waiting says so once, and is wiped", async (t) => {
  const { device, server } = await enrolled(t);
  server.wipe = true;
  await device.sync.once();

  assert.deepEqual(
    server.syncs.map(({ waiting: left }) => left),
    [0],
  );
  assert.equal((await device.state()).isEnrolled, false);
});

test("what another tab records while a device is wiped is sent first", async (t) => {
  const { device, server, again } = await enrolled(t);
  const other = await again();
  server.wipe = true;
  server.answers = () => "kept";
  const { wipe } = device.store;
  device.store.wipe = async (how) => {
    device.store.wipe = wipe;
    await other.record("crossing", crossing());
    return device.store.wipe(how);
  };
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 1 });
  await device.sync.once();

  assert.equal(server.counted, 1);
  assert.equal((await other.state()).isEnrolled, false);
});

test("a device that was cut off and loses the network keeps what waits until it was sent", async (t) => {
  const { device, server } = await enrolled(t);
  await device.sync.once();
  assert.ok(await device.bundle());
  server.syncs.length = 0;
  for (let i = 0; i < 250; i++) await device.record("crossing", crossing(i));
  server.wipe = true;
  server.loses = () => (server.syncs.length ? "request" : "");
  await assert.rejects(device.sync.once(), NoNetwork);
  assert.equal(await device.bundle(), null);
  assert.equal(await waiting(device), 50);

  server.loses = () => "";
  await device.sync.once();
  assert.equal(server.recorded.size, 250);
});

test("when the lease ends the bundle is forgotten, and what waits stays and can be sent", async (t) => {
  const { device, server } = await enrolled(t);
  await device.sync.once();
  await device.record("crossing", crossing());
  const contact = await device.store.get("contact");
  await device.store.set({ contact: { ...contact, leaseUntil: Date.now() - 5000 } });

  assert.equal(await device.bundle(), null);
  assert.equal(await waiting(device), 1);
  await device.sync.once();
  assert.equal(server.counted, 1);
  assert.ok(await device.bundle());
});

test("a page in place of an answer, as in a hotel's network, is no answer", async (t) => {
  const { device } = await enrolled(t);
  await device.record("crossing", crossing());
  const page = { ok: true, status: 200, json: async () => JSON.parse("<!doctype html>") };
  const { Server } = await import("../device/server.js");
  device.server = new Server(device.store, device.clock, { fetch: async () => page });
  await assert.rejects(device.sync.once(), NoNetwork);
  assert.equal(await waiting(device), 1);
});
