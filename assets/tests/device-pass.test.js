import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase45 } from "../device/base45.js";
import { update } from "../device/bundle.js";
import { utf8 } from "../device/bytes.js";
import { isPass, passCode, readPass } from "../device/pass.js";
import { enrolled } from "./device-cast.js";
import { passClaims, passText, signingKey, toBase45 } from "./device-codes.js";

const HOUR = 3_600_000;
const NUMBER = 12345678901234567n;
const PASS_CODES = ["0000-0000-0012", "AYWA-HEPP-JW7G", "ZZZZ-ZZZZ-ZZZK"];
const now = () => Date.now();
const seconds = () => Math.floor(now() / 1000);

// A device with a bundle, and the text of a pass: of An, unless told otherwise.
async function station(t, { claims = {}, key, withdrawn, more } = {}) {
  const { device, server } = await enrolled(t);
  if (withdrawn) server.change("withdrawn", passCode(NUMBER), JSON.stringify(withdrawn));
  const bundle = await update(device.store, device.server, device.clock);
  const text = await passText(key ?? server.passKey, passClaims(seconds(), claims), more);
  return { device, server, bundle, text };
}

// RFC 9285, sections 4.3 and 4.4
for (const [text, bytes] of [
  ["BB8", "AB"],
  ["%69 VD92EX0", "Hello!!"],
  ["UJCLQE7W581", "base-45"],
  ["QED8WEX0", "ietf!"],
]) {
  test(`base45 of the standard's examples: ${text}`, () => {
    assert.deepEqual([...fromBase45(text)], [...utf8(bytes)]);
  });
}

test("what is no base45 is not read", () => {
  for (const text of ["GGW", ":::", "A", "BB8A", "bb8", "::"])
    assert.throws(() => fromBase45(text), RangeError);
});

test("each byte survives base45", () => {
  for (let length = 0; length < 70; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    assert.deepEqual([...fromBase45(toBase45(bytes))], [...bytes]);
  }
});

test("a good pass says who, from where to where, and until when", async (t) => {
  const { text, bundle } = await station(t);
  const { status, facts } = await readPass(` ${text.replace("DC1", "dc1")}\n`, now(), bundle);

  assert.equal(status, "valid");
  assert.equal(facts.name, "Nguyễn Văn An");
  assert.deepEqual([facts.born, facts.numberEnd, facts.agrees], [1990, "34", true]);
  assert.deepEqual([facts.origin, facts.destination, facts.plate], ["26740", "31117", "51F-12345"]);
  assert.equal(facts.expiresAt - facts.issuedAt, 72 * HOUR);
  assert.equal(facts.code, passCode(NUMBER));
});

test("a pass is expired or not valid yet by the corrected time, at either end", async (t) => {
  const { text, bundle } = await station(t);
  const statusAt = async (at) => (await readPass(text, at, bundle)).status;
  const { facts } = await readPass(text, now(), bundle);

  assert.equal(await statusAt(facts.issuedAt), "valid");
  assert.equal(await statusAt(facts.issuedAt - 1), "not_yet_valid");
  assert.equal(await statusAt(facts.expiresAt), "valid");
  assert.equal(await statusAt(facts.expiresAt + 1), "expired");
});

for (const withdrawn of ["revoked", "superseded"]) {
  test(`a pass that the bundle tells as ${withdrawn} is`, async (t) => {
    const { text, bundle } = await station(t, { withdrawn });
    assert.equal((await readPass(text, now(), bundle)).status, withdrawn);
  });
}

test("a pass of which anything was changed is never good", async (t) => {
  const { text, bundle } = await station(t);
  const bytes = fromBase45(text.slice(4));
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] ^= 1 << (at % 8);
    const { status, facts } = await readPass(`DC1:${toBase45(changed)}`, now(), bundle);
    // Without its tag it is spelt the other way that counts.
    if (status === "valid") assert.fail(`byte ${at}`);
    assert.ok(["altered", "unreadable", "unknown_key"].includes(status), status);
    assert.equal(facts, null);
  }
});

test("a pass signed by a stranger, by a key for something else, or in the other form is none", async (t) => {
  const { server, bundle } = await station(t);
  const status = async (key, more) =>
    (await readPass(await passText(key, passClaims(seconds()), more), now(), bundle)).status;

  assert.equal(await status(await signingKey("pass")), "unknown_key");
  assert.equal(await status(server.bundleKey), "unknown_key");
  assert.equal(await status(server.passKey, { highS: true }), "altered");
});

test("a pass by a key that was withdrawn counts no more", async (t) => {
  const { device, server } = await enrolled(t);
  const key = await signingKey("pass", { exp: seconds() - 1 });
  server.change("keys", key.kid, JSON.stringify(key.jwk));
  const bundle = await update(device.store, device.server, device.clock);
  const text = await passText(key, passClaims(seconds()));

  assert.equal((await readPass(text, now(), bundle)).status, "withdrawn_key");
  assert.equal((await readPass(text, now() - 60_000, bundle)).status, "valid");
});

test("without a bundle, or by a list too old to know the key, nobody says whether it is forged", async (t) => {
  const { text, bundle } = await station(t);
  const { status, facts } = await readPass(text, now(), null);
  assert.deepEqual([status, facts.name], ["not_known", "Nguyễn Văn An"]);

  const later = now() + 13 * HOUR;
  const stranger = await passText(await signingKey("pass"), passClaims(seconds()));
  assert.equal((await readPass(stranger, later, bundle)).status, "not_known");
  assert.equal((await readPass(text, later, bundle)).status, "valid");
});

test("what is no pass at all is unreadable, however it looks", async (t) => {
  const { bundle } = await station(t);
  const texts = ["", "DC1:", "HC1:6BF", "DC1:BB8", "079190000003", `DC1:${"A".repeat(9000)}`, "DC1:ế"];
  for (const text of texts) assert.equal((await readPass(text, now(), bundle)).status, "unreadable", text);
});

test("a signed text without what a pass says is unreadable", async (t) => {
  const { server, bundle } = await station(t);
  for (const claims of [new Map([[4, 1]]), new Map(), [1, 2], "x", passClaims(seconds(), { 101: 7 })])
    assert.equal(
      (await readPass(await passText(server.passKey, claims), now(), bundle)).status,
      "unreadable",
    );
});

test("a pass is told from everything else by its first letters", () => {
  assert.deepEqual(["DC1:X", " dc1:x", "HC1:X", "7K3M-9QX2-PF4Y"].map(isPass), [true, true, false, false]);
});

test("a number is written as the server writes it", () => {
  // dancu/checkpoints/codes.py: pass_code
  assert.equal(passCode(0n), "0000-0000-0000");
  assert.equal(passCode(1n), PASS_CODES[0]);
  assert.equal(passCode(NUMBER), PASS_CODES[1]);
  assert.equal(passCode(2n ** 55n - 1n), PASS_CODES[2]);
});
