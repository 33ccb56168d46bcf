import assert from "node:assert/strict";
import { test } from "node:test";

import { choosePin, faultOf, stateOfPin, TRIES, tryPin } from "../device/pin.js";
import { unenrolled } from "./device-cast.js";

const PIN = "840271";

test("six to twelve digits that are not easily guessed", () => {
  for (const pin of ["84027", "8402711234567", "84a271", "", "８４０２７１"])
    assert.equal(faultOf(pin), "digits");
  for (const pin of ["111111", "123456", "987654", "890123", "121212"]) assert.equal(faultOf(pin), "easy");
  for (const pin of [PIN, "110234", "502019"]) assert.equal(faultOf(pin), "");
});

test("it opens for its officer, and for nobody else", async (t) => {
  const { device } = await unenrolled(t);
  assert.equal(await stateOfPin(device.store, "7"), "none");
  await choosePin(device.store, "7", PIN);
  assert.equal(await stateOfPin(device.store, "7"), "set");
  assert.deepEqual(await tryPin(device.store, "7", PIN), { isRight: true, left: TRIES });
  assert.deepEqual(await tryPin(device.store, "8", PIN), { isRight: false, left: 0 });
});

test("after five wrong tries the right one opens nothing, and a new one does", async (t) => {
  const { device, again } = await unenrolled(t);
  await choosePin(device.store, "7", PIN);
  for (const left of [4, 3, 2]) assert.equal((await tryPin(device.store, "7", "840272")).left, left);
  const another = await again(); // the page was closed and opened
  for (const left of [1, 0]) assert.equal((await tryPin(another.store, "7", "840272")).left, left);
  assert.deepEqual(await tryPin(another.store, "7", PIN), { isRight: false, left: 0 });
  assert.equal(await stateOfPin(another.store, "7"), "spent");
  await choosePin(another.store, "7", "840273");
  assert.equal((await tryPin(another.store, "7", "840273")).isRight, true);
});

test("a right one gives all tries back", async (t) => {
  const { device } = await unenrolled(t);
  await choosePin(device.store, "7", PIN);
  await tryPin(device.store, "7", "840272");
  await tryPin(device.store, "7", PIN);
  assert.equal((await tryPin(device.store, "7", "840272")).left, TRIES - 1);
});

test("many tries at once are counted one by one", async (t) => {
  const { device } = await unenrolled(t);
  await choosePin(device.store, "7", PIN);
  const tried = await Promise.all(
    Array.from({ length: 9 }, (_, nth) => tryPin(device.store, "7", `84027${nth + 2}`)),
  );
  assert.deepEqual(
    tried.map(({ left }) => left),
    [4, 3, 2, 1, 0, 0, 0, 0, 0],
  );
});

test("what is kept tells nobody the PIN", async (t) => {
  const { device } = await unenrolled(t);
  await choosePin(device.store, "7", PIN);
  await choosePin(device.store, "8", PIN);
  const [one, other] = [await device.store.get("pin 7"), await device.store.get("pin 8")];
  assert.notDeepEqual(one.proof, other.proof);
  assert.ok(!JSON.stringify([one, other]).includes(PIN));
});
