import assert from "node:assert/strict";
import { test } from "node:test";

import { TooLarge } from "../device/outbox.js";
import { remember } from "../device/recent.js";
import { NotEnrolled } from "../device/store.js";
import { timeOf, uuid7 } from "../device/uuid7.js";
import { crossing, enrolled } from "./device-cast.js";

const counters = async (device) => (await device.outbox.batch(500)).map(({ counter }) => counter);

test("an item's id is a UUID of version 7 whose time is the item's", async (t) => {
  const { device } = await enrolled(t);
  const before = Date.now();
  const { id, at } = await device.record("crossing", crossing());
  const [item] = await device.outbox.batch(1);

  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(timeOf(id), at);
  assert.equal(item.at, new Date(at).toISOString());
  assert.ok(Math.abs(at - before) < 2000);
  assert.ok(Number.isNaN(timeOf("01970000-0000-4000-8000-000000000001")));
});

test("counters have no gaps, also where two tabs record at the same moment", async (t) => {
  const { device, again } = await enrolled(t);
  const other = await again();
  const all = Array.from({ length: 40 }, (_, i) => (i % 2 ? device : other).record("crossing", crossing(i)));
  const ids = (await Promise.all(all)).map(({ id }) => id);

  assert.deepEqual(
    await counters(device),
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  assert.equal(new Set(ids).size, 40);
});

test("a press that is put in again under its own id is one item, with the first one's words", async (t) => {
  const { device, again } = await enrolled(t);
  const id = uuid7(Date.now() - 60_000);
  const first = await device.record("crossing", crossing(1), { id });
  const second = await (await again()).record("crossing", crossing(2), { id });

  assert.deepEqual(second, first);
  const [item, ...others] = await device.outbox.batch(10);
  assert.deepEqual([item.id, item.payload, others], [id, crossing(1), []]);
  assert.equal(timeOf(id), first.at);
});

test("what was answered for leaves its counter used", async (t) => {
  const { device } = await enrolled(t);
  await device.record("crossing", crossing(1));
  await device.sync.once();
  const { counter } = await device.record("crossing", crossing(2));

  assert.equal(counter, 2);
});

test("a page that dies before the item is kept has used up no counter", async (t) => {
  const { device, again } = await enrolled(t);
  await device.record("crossing", crossing(1));
  const { transact } = device.store;
  device.store.transact = (names, mode, work) =>
    transact.call(device.store, names, mode, async (...given) => {
      const answer = await work(...given);
      if (names.includes("outbox")) throw new Error("died"); // before it is complete
      return answer;
    });
  await assert.rejects(device.record("crossing", crossing(2)), /died/);
  const next = await again();

  assert.deepEqual((await next.record("crossing", crossing(3))).counter, 2);
  assert.deepEqual(await counters(next), [1, 2]);
});

test("nobody is told that an item is recorded where the disk is full", async (t) => {
  const { device } = await enrolled(t);
  const { put } = IDBObjectStore.prototype;
  const full = t.mock.method(IDBObjectStore.prototype, "add", function add(row) {
    put.call(this, row);
    this.transaction.abort();
    return put.call(this, row);
  });
  await assert.rejects(device.record("crossing", crossing()));
  full.mock.restore();

  assert.deepEqual((await device.outbox.state()).waiting, 0);
  assert.equal((await device.record("crossing", crossing())).counter, 1);
});

test("an item that the server would not take for its size is not kept", async (t) => {
  const { device } = await enrolled(t);
  await assert.rejects(device.record("crossing", { note: "ế".repeat(22_000) }), TooLarge);
  await device.record("crossing", { note: "ế".repeat(21_000) });

  assert.deepEqual(await counters(device), [1]);
});

test("a batch is no larger than a megabyte, whatever it holds", async (t) => {
  const { device } = await enrolled(t);
  for (let i = 0; i < 80; i++) await device.record("crossing", { note: "x".repeat(15_900) });
  const { length } = JSON.stringify(await device.outbox.batch(200));

  assert.ok(length > 850_000 && length < 1_000_000, String(length));
});

test("on the disk nobody reads a pass or a name", async (t) => {
  const { device } = await enrolled(t);
  await device.record("crossing", { pass: "7K3M-9QX2-PF4Y", reason: "Nguyễn Văn An" });
  const [{ sealed, iv, ...row }] = await device.store.all("outbox");

  assert.deepEqual(Object.keys(row).sort(), ["at", "counter", "id", "kind", "shift"]);
  assert.equal(Buffer.from(sealed).includes("7K3M"), false);
  assert.equal((await device.store.key("seal")).extractable, false);
  assert.equal((await device.store.key("device")).privateKey.extractable, false);
});

test("one item's content put in another's place is not read", async (t) => {
  const { device } = await enrolled(t);
  const one = await device.record("crossing", crossing(1));
  await device.record("crossing", crossing(2));
  const [first, second] = await device.store.all("outbox");
  await device.store.transact(["outbox"], "readwrite", (outbox) => {
    outbox.put({ ...first, sealed: second.sealed, iv: second.iv });
  });

  assert.equal(first.id, one.id);
  await assert.rejects(device.outbox.batch(1));
});

test("nothing is told as recorded after another tab has forgotten the device", async (t) => {
  const { device, again } = await enrolled(t);
  await (await again()).wipe();

  await assert.rejects(device.record("crossing", crossing()), NotEnrolled);
  await assert.rejects(device.pictures.keep(new Uint8Array(9)), NotEnrolled);
  await assert.rejects(remember(device.store, { id: "1", at: 1 }, { code: "A" }, "through"), NotEnrolled);
  for (const store of ["outbox", "pictures", "recent"]) assert.deepEqual(await device.store.all(store), []);
});

test("nor where another tab forgets it, and enrols it anew, while the item is sealed", async (t) => {
  const { device, server, again } = await enrolled(t);
  const other = await again();
  const { seal } = device.store;
  device.store.seal = async (...given) => {
    const sealed = await seal.apply(device.store, given);
    await other.wipe();
    await other.store.set({ enrolment: { id: "another" } });
    return sealed;
  };

  await assert.rejects(device.record("crossing", crossing()), NotEnrolled);
  assert.equal((await device.outbox.state()).waiting, 0);
  assert.equal(server.counted, 0);
});
