import assert from "node:assert/strict";
import { test } from "node:test";

import { PictureTooLarge } from "../device/pictures.js";
import { NoNetwork, Problem } from "../device/server.js";
import { chance, enrolled } from "./device-cast.js";

function picture(length, seed = 7) {
  const random = chance(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}
const pieces = (server) => server.asked.filter((what) => what.startsWith("PUT"));

test("a picture goes in pieces of a quarter of a megabyte", async (t) => {
  const { device, server } = await enrolled(t);
  const bytes = picture(700_000);
  const hash = await device.pictures.keep(bytes);
  await device.sync.once();

  assert.deepEqual(
    pieces(server).map((what) => new URLSearchParams(what.split("?")[1]).get("from")),
    ["0", "262144", "524288"],
  );
  assert.deepEqual([...server.pictures.get(hash).bytes.slice(0, 99)], [...bytes.slice(0, 99)]);
  assert.equal(server.pictures.get(hash).bytes.length, bytes.length);
  assert.equal(await device.pictures.waiting(), 0);
});

test("a picture goes on where it was when the network was lost, also in the next page", async (t) => {
  const { device, server, again } = await enrolled(t);
  const hash = await device.pictures.keep(picture(700_000));
  server.loses = () => (pieces(server).length === 2 ? "answer" : "");
  await assert.rejects(device.pictures.send(), NoNetwork);
  server.loses = () => "";
  await (await again()).pictures.send();

  assert.equal(pieces(server).length, 3);
  assert.equal(server.pictures.get(hash).bytes.length, 700_000);
});

test("pieces that do not give the picture are sent anew", async (t) => {
  const { device, server } = await enrolled(t);
  const hash = await device.pictures.keep(picture(300_000));
  server.pictures.set(hash, { bytes: picture(1000, 8) }); // somebody else's
  await device.pictures.send();

  assert.equal(server.pictures.get(hash).bytes.length, 300_000);
  assert.equal(await device.pictures.waiting(), 0);
});

const kept = async (device) => (await device.store.all("pictures")).length;
const hasPicture = (server) => (item) => (server.pictures.has(item.payload.picture) ? "taken" : "later");

test("an item that waited for its picture is sent again right after it, and the picture is forgotten", async (t) => {
  const { device, server } = await enrolled(t);
  const hash = await device.pictures.keep(picture(1000));
  await device.record("incident", { picture: hash });
  server.answers = hasPicture(server);

  assert.deepEqual(await device.sync.once(), { sent: 1, later: 0 });
  assert.equal(await kept(device), 0);
});

test("a picture that the server has forgotten before it took the item is sent again", async (t) => {
  const { device, server, again } = await enrolled(t);
  const hash = await device.pictures.keep(picture(1000));
  await device.record("incident", { picture: hash });
  server.answers = () => "later";
  await device.sync.once();
  assert.equal(await device.pictures.waiting(), 0);
  server.pictures.clear();
  server.answers = hasPicture(server);

  assert.deepEqual(await (await again()).sync.once(), { sent: 1, later: 0 });
  assert.equal(server.pictures.get(hash).bytes.length, 1000);
  assert.equal(await kept(device), 0);
});

test("a picture is kept until each item that names it was answered for", async (t) => {
  const { device, server } = await enrolled(t);
  const hash = await device.pictures.keep(picture(1000));
  const { id } = await device.record("incident", { picture: hash });
  await device.record("incident", { picture: hash });
  server.answers = (item) => (item.id === id ? "refused" : "later");
  await device.sync.once();
  assert.equal(await kept(device), 1);
  server.answers = () => "kept";
  await device.sync.once();
  assert.equal(await kept(device), 0);
});

test("a picture that no item came to name is forgotten an hour after it was taken", async (t) => {
  const { device } = await enrolled(t);
  await device.pictures.keep(picture(1000));
  await device.sync.once();
  assert.equal(await kept(device), 1); // the item may be made in this moment
  const now = Date.now();
  t.mock.method(Date, "now", () => now + 3_700_000);
  await device.sync.once();
  assert.equal(await kept(device), 0);
});

test("a picture that is too large is not kept", async (t) => {
  const { device } = await enrolled(t);
  await assert.rejects(device.pictures.keep(new Uint8Array(8_000_001)), PictureTooLarge);
});

test("a picture that the server does not take now stays, and holds up nothing else", async (t) => {
  const { device, server } = await enrolled(t);
  const { signed } = device.server;
  device.server.signed = async (method, path, ...given) => {
    if (method === "PUT" && path.includes(refused)) throw new Problem(503, {});
    return signed.call(device.server, method, path, ...given);
  };
  const refused = await device.pictures.keep(picture(1000, 1));
  await device.pictures.keep(picture(1000, 2));
  await device.sync.once();

  assert.equal(await device.pictures.waiting(), 1);
  assert.equal(server.pictures.size, 1);
  assert.ok(await device.bundle());
});
