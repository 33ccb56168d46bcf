import assert from "node:assert/strict";
import { test } from "node:test";

import { update } from "../device/bundle.js";
import { toBase64url } from "../device/bytes.js";
import { chance, enrolled } from "./device-cast.js";
import { signingKey } from "./device-codes.js";

const fetched = (device) => update(device.store, device.server, device.clock);
const bundles = (server) => server.asked.filter((what) => what.includes("/api/devices/bundle"));
const withdrawn = (bundle, code) => bundle?.part("withdrawn").get(code);
const isNotUsed = (why) => ({ why });

test("the bundle is fetched whole, then as differences", async (t) => {
  const { device, server } = await enrolled(t);
  assert.equal(withdrawn(await fetched(device), "7K3M-9QX2-PF4Y"), "revoked");
  server.change("withdrawn", "AAAA-AAAA-AAAA", '"superseded"');
  server.change("withdrawn", "7K3M-9QX2-PF4Y", null);
  const bundle = await fetched(device);

  assert.deepEqual(bundles(server), [
    "GET /api/devices/bundle",
    "GET /api/devices/bundle?have=areas.2,ask.1,keys.2,reasons.3,rules.2,withdrawn.1",
  ]);
  assert.equal(withdrawn(bundle, "7K3M-9QX2-PF4Y"), undefined);
  assert.equal(withdrawn(bundle, "AAAA-AAAA-AAAA"), "superseded");
  assert.deepEqual(bundle.part("areas").get("26740"), ["Phường Bến Nghé", "Thành phố Hồ Chí Minh"]);
});

test("it is there after the page has died, and another tab sees it", async (t) => {
  const { device, again } = await enrolled(t);
  const other = await again();
  assert.equal(await other.bundle(), null);
  await fetched(device);

  assert.equal(withdrawn(await (await again()).bundle(), "7K3M-9QX2-PF4Y"), "revoked");
  assert.equal(withdrawn(await other.bundle(), "7K3M-9QX2-PF4Y"), "revoked");
});

for (let seed = 1; seed <= 6; seed++) {
  test(`differences give the same as the whole (${seed})`, async (t) => {
    const random = chance(seed);
    const { device, server } = await enrolled(t);
    for (let step = 0; step < 40; step++) {
      const key = `CODE-${Math.floor(random() * 12)}`;
      server.change(
        "withdrawn",
        key,
        random() < 0.4 ? null : JSON.stringify(random() < 0.5 ? "revoked" : "ế"),
      );
      if (random() < 0.3) await fetched(device);
    }
    const bundle = await fetched(device);
    for (const key of Array.from({ length: 12 }, (_, i) => `CODE-${i}`)) {
      const text = server.parts.get("withdrawn").entries.get(key);
      assert.equal(withdrawn(bundle, key), text && JSON.parse(text));
    }
  });
}

const TAMPERED = {
  "an entry is missing": ({ manifest, parts }) => ({
    manifest,
    parts: { ...parts, withdrawn: { ...parts.withdrawn, entries: [] } },
  }),
  "an entry says something else": ({ manifest, parts }) => ({
    manifest,
    parts: { ...parts, withdrawn: { ...parts.withdrawn, entries: [["7K3M-9QX2-PF4Y", '"valid"']] } },
  }),
  "a part is missing": ({ manifest, parts: { withdrawn: _gone, ...parts } }) => ({ manifest, parts }),
  "a number is another": ({ manifest, parts }) => ({
    manifest,
    parts: { ...parts, withdrawn: { ...parts.withdrawn, to: 99 } },
  }),
};
for (const [what, tampers] of Object.entries(TAMPERED)) {
  test(`a bundle in which ${what} is never used`, async (t) => {
    const { device, server } = await enrolled(t);
    server.tampers = tampers;
    await assert.rejects(fetched(device), isNotUsed("digest"));
    assert.equal(await device.bundle(), null);
  });
}

test("each changed byte of the manifest is noticed", async (t) => {
  const { device, server } = await enrolled(t);
  for (let place = 0; place < 400; place += 7) {
    server.tampers = ({ manifest, parts }) => {
      const at = place % manifest.length;
      const other = manifest[at] === "A" ? "Q" : "A";
      return { manifest: manifest.slice(0, at) + other + manifest.slice(at + 1), parts };
    };
    await assert.rejects(fetched(device), isNotUsed("signature"));
  }
  assert.equal(await device.bundle(), null);
});

test("what was good before stays in use where a tampered one comes after it", async (t) => {
  const { device, server } = await enrolled(t);
  const good = await fetched(device);
  server.change("withdrawn", "AAAA-AAAA-AAAA", '"revoked"');
  server.tampers = TAMPERED["an entry says something else"];
  await assert.rejects(fetched(device), isNotUsed("digest"));

  const bundle = await device.bundle();
  assert.equal(bundle.made, good.made);
  assert.equal(withdrawn(bundle, "7K3M-9QX2-PF4Y"), "revoked");
});

test("where a difference does not fit, the whole is asked for and used", async (t) => {
  const { device, server } = await enrolled(t);
  await fetched(device);
  server.parts.get("withdrawn").log = []; // the server has forgotten what changed since
  server.parts.get("withdrawn").entries.set("AAAA-AAAA-AAAA", '"revoked"');
  server.parts.get("withdrawn").number += 1;

  assert.equal(withdrawn(await fetched(device), "AAAA-AAAA-AAAA"), "revoked");
  assert.deepEqual(bundles(server).slice(1), [
    "GET /api/devices/bundle?have=areas.2,ask.1,keys.2,reasons.3,rules.2,withdrawn.1",
    "GET /api/devices/bundle",
  ]);
});

test("a bundle signed by a key of ours for something else, or by a stranger's, is never used", async (t) => {
  const { device, server } = await enrolled(t);
  const ours = server.bundleKey;
  for (const key of [server.passKey, await signingKey("bundle")]) {
    server.bundleKey = { ...key, jwk: ours.jwk };
    await assert.rejects(fetched(device), isNotUsed("signature"));
  }
  assert.equal(await device.bundle(), null);
});

test("a key that is new to the device is fetched from where keys are published", async (t) => {
  const { device, server } = await enrolled(t);
  await fetched(device);
  server.bundleKey = await signingKey("bundle");
  server.change("keys", server.bundleKey.kid, JSON.stringify(server.bundleKey.jwk));
  await fetched(device);
  await fetched(device);

  assert.equal(server.asked.filter((what) => what.endsWith("dancu-keys.json")).length, 2);
});

test("a bundle by a key that was withdrawn is not used", async (t) => {
  const { device, server } = await enrolled(t);
  server.bundleKey.jwk.exp = Math.floor(Date.now() / 1000) - 1;
  await assert.rejects(fetched(device), isNotUsed("signature"));
});

test("another place's bundle is not used", async (t) => {
  const { device, server } = await enrolled(t);
  server.place = { ...server.place, id: 13 };
  await assert.rejects(fetched(device), isNotUsed("place"));
});

test("an older bundle that somebody shows again is not used, and neither one whose time is over", async (t) => {
  const { device, server } = await enrolled(t);
  let old;
  server.tampers = (bundle) => {
    old = bundle;
    return bundle;
  };
  await fetched(device);
  const first = old;
  await new Promise((done) => setTimeout(done, 1100)); // the manifest counts seconds
  server.tampers = (bundle) => bundle;
  await fetched(device);
  server.tampers = () => first;
  await assert.rejects(fetched(device), isNotUsed("older"));

  server.tampers = (bundle) => bundle;
  server.until = -10_000;
  await assert.rejects(fetched(device), isNotUsed("over"));
});

test("a signature's other form is not accepted", async (t) => {
  const { device, server } = await enrolled(t);
  const { sign } = server.bundleKey;
  server.bundleKey.sign = (claims) => sign(claims, { highS: true });
  await assert.rejects(fetched(device), isNotUsed("signature"));
});

test("synchronising goes on where the bundle is not used, and says why", async (t) => {
  const { device, server } = await enrolled(t);
  server.tampers = ({ parts }) => ({ manifest: toBase64url(new Uint8Array(90)), parts });
  assert.deepEqual(await device.sync.once(), { sent: 0, later: 0 });
  assert.equal((await device.state()).bundleTrouble, "signature");
});

test("a list is fresh for twelve hours", async (t) => {
  const { device } = await enrolled(t);
  const bundle = await fetched(device);
  assert.equal(bundle.isFresh(bundle.made + 12 * 3_600_000), true);
  assert.equal(bundle.isFresh(bundle.made + 12 * 3_600_000 + 1), false);
});

test("a bundle on the disk that somebody has changed is not read", async (t) => {
  const { device, again } = await enrolled(t);
  await fetched(device);
  const [row] = await device.store.all("parts");
  new Uint8Array(row.sealed)[3] ^= 1;
  await device.store.transact(["parts"], "readwrite", (parts) => parts.put(row));
  await assert.rejects((await again()).bundle());
});
