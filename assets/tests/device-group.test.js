import assert from "node:assert/strict";
import { test } from "node:test";

import { update } from "../device/bundle.js";
import { isGroup, readGroup } from "../device/group.js";
import { passCode, readPass } from "../device/pass.js";
import { enrolled } from "./device-cast.js";
import { passClaims, passText, signingKey, toBase45 } from "./device-codes.js";

const [AN, LAN] = [12345678901234567n, 12345678901234568n];
const HOUR = 3600;
const seconds = () => Math.floor(Date.now() / 1000);
const members = [
  [AN, "Nguyễn Văn An", 1990, "34", true, 0, 72 * 3600],
  [LAN, "Lê Ngọc Lan", 1992, "", false, 60, 72 * 3600, "26740", "00004"],
];

async function groupText(key, claims = {}) {
  const told = {
    4: seconds() + 71 * HOUR,
    6: seconds() - HOUR,
    105: "26740",
    106: "31117",
    107: "51B-12345",
    110: members,
    ...claims,
  };
  const map = new Map(Object.entries(told).map(([name, value]) => [Number(name), value]));
  return `DG1:${toBase45(await key.sign(map))}`;
}

async function station(t, withdrawn) {
  const { device, server } = await enrolled(t);
  if (withdrawn) server.change("withdrawn", passCode(withdrawn), JSON.stringify("revoked"));
  return { server, bundle: await update(device.store, device.server, device.clock) };
}

test("each of a group is read as by their own pass", async (t) => {
  const { server, bundle } = await station(t, LAN);
  const text = await groupText(server.passKey);
  assert.ok(isGroup(` ${text.toLowerCase().slice(0, 4)}${text.slice(4)}`));
  const { members: read } = await readGroup(text, Date.now(), bundle);
  assert.deepEqual(
    read.map(({ status, facts }) => [
      status,
      facts.code,
      facts.name,
      facts.born,
      facts.numberEnd,
      facts.destination,
    ]),
    [
      ["valid", passCode(AN), "Nguyễn Văn An", 1990, "34", "31117"],
      ["revoked", passCode(LAN), "Lê Ngọc Lan", 1992, "", "00004"],
    ],
  );
});

test("a group of another's key, changed, or of other claims is none", async (t) => {
  const { server, bundle } = await station(t);
  const good = await groupText(server.passKey);
  for (const [text, problem] of [
    [await groupText(await signingKey("pass")), "unknown_key"],
    [`${good.slice(0, -1)}${good.endsWith("0") ? "1" : "0"}`, "altered"],
    ["DG1:", "unreadable"],
    ["DG1:NOTHING", "unreadable"],
    [await groupText(server.passKey, { 110: [] }), "unreadable"],
    [await groupText(server.passKey, { 110: [["x"]] }), "unreadable"],
    [(await passText(server.passKey, passClaims(seconds()))).replace("DC1", "DG1"), "unreadable"],
  ]) {
    const read = await readGroup(text, Date.now(), bundle);
    assert.equal(read.members, undefined, text);
    assert.ok([problem, "unreadable"].includes(read.problem), read.problem);
  }
  assert.equal((await readPass(good.replace("DG1", "DC1"), Date.now(), bundle)).status, "unreadable");
});

test("without keys nobody can say whether it is forged", async (t) => {
  const { server } = await station(t);
  const { members: read } = await readGroup(await groupText(server.passKey), Date.now(), null);
  assert.deepEqual(
    read.map(({ status }) => status),
    ["not_known", "not_known"],
  );
});

test("a group whose time is over is over for each", async (t) => {
  const { server, bundle } = await station(t);
  const { members: read } = await readGroup(
    await groupText(server.passKey),
    Date.now() + 72 * HOUR * 1000,
    bundle,
  );
  assert.deepEqual(
    read.map(({ status }) => status),
    ["expired", "expired"],
  );
});
