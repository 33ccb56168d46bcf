import assert from "node:assert/strict";
import { test } from "node:test";

import { askingKey } from "../checkpoint/passage.js";
import { update } from "../device/bundle.js";
import { passage, rule, where } from "./device-rules.js";
import { anPass, CODE, colour, cut, NOW, opened, press, reasons, scans, verdict } from "./offline-desk.js";

const HOURS = 3600;
const ORIGIN = "26740"; // of An's pass

// What the desk shows of a pass after the server's lists and rules were changed so.
async function shownAfter(change, claims) {
  const page = await opened();
  change(page.server);
  await update(page.device.store, page.device.server, page.device.clock);
  cut(page);
  await scans(page, await anPass(page, claims));
  return [colour(page), verdict(page), ...reasons(page)];
}
const nothing = () => {};
const rules =
  (...areas) =>
  (server) =>
    server.change("rules", "passage", JSON.stringify(areas));

test("a pass that the list has is asked about, and refused to nobody", async () => {
  const key = await askingKey(CODE);
  assert.deepEqual(await shownAfter((server) => server.change("ask", key, "1")), [
    "amber",
    "Compare face and card",
    "Something may be known.",
  ]);
});

test("a pass has the key under which the server lists it", async () => {
  assert.equal(await askingKey("7K3M-9QX2-PF4Y"), "D_QjD"); // as in dancu/checkpoints/tests/test_carried.py
});

test("of a pass that is younger than the list nobody knows what the server knows", async () => {
  const young = { 6: Math.floor(NOW / 1000) - 60 };
  assert.deepEqual(await shownAfter(nothing, young), [
    "amber",
    "Compare face and card",
    "Newer than the list.",
  ]);
});

test("what did not agree with the register in full is looked at", async () => {
  const key = await askingKey(CODE);
  const listed = (server) => server.change("ask", key, "2");
  assert.deepEqual((await shownAfter(nothing, { 104: false }))[0], "green");
  assert.deepEqual(await shownAfter(listed), ["amber", "Compare face and card", "Did not agree in full."]);
});

test("a province's own rule decides, and its words are read", async () => {
  const own = rule([where("identity", "confirmed", "red")], { id: "own" });
  const shown = await shownAfter(rules([own], [passage()]));
  assert.deepEqual(shown, ["red", "Stop", "identity confirmed (Decision 7)"]);
});

test("a rule that asks for what no pass tells leaves the decision to the officer", async () => {
  const shown = await shownAfter(
    rules([rule([where("vehicle", "truck", "green"), where("code", "valid", "red")])]),
  );
  assert.deepEqual(shown, ["amber", "Compare face and card", "The rule asks for more."]);
});

const fromRed = () => rules([rule([where("origin.level", 4, "red")], { id: "own" })]);
const levelsOf =
  (...steps) =>
  (server) => {
    fromRed()(server);
    server.change("levels", ORIGIN, JSON.stringify(steps));
  };

test("the level of the commune that the pass names decides, as it is at that moment", async () => {
  const before = [NOW - HOURS * 1000, 2];
  assert.equal((await shownAfter(levelsOf([NOW - 1, 4])))[0], "red");
  assert.equal((await shownAfter(levelsOf(before, [NOW - 1, 4])))[0], "red");
  assert.equal((await shownAfter(levelsOf(before, [NOW + 6 * HOURS * 1000, 4])))[0], "green");
  assert.equal((await shownAfter(levelsOf([NOW - 2, 4], [NOW - 1, null])))[0], "green");
});

test("of a commune without a level nobody knows one, and the rule says what is done then", async () => {
  const elsewhere = (server) => {
    fromRed()(server);
    server.change("levels", "00001", "[[0,4]]");
  };
  assert.equal((await shownAfter(elsewhere))[0], "green");
});

test("without levels, or of a commune of another time, the decision is the officer's", async () => {
  const asks = ["amber", "Compare face and card", "The rule asks for more."];
  assert.deepEqual(await shownAfter(fromRed()), asks);
  const ended = (server) => {
    levelsOf([0, 4])(server);
    server.change("areas", ORIGIN, null);
  };
  assert.deepEqual(await shownAfter(ended), asks);
});

test("a rule of tomorrow counts tomorrow, also where the network never came back", async () => {
  const tomorrow = rule([], { version: 3, since: NOW + 6 * HOURS * 1000, otherwise: "red" });
  const page = await opened();
  rules([tomorrow, passage()])(page.server);
  await update(page.device.store, page.device.server, page.device.clock);
  cut(page);
  await scans(page, await anPass(page));
  assert.equal(colour(page), "green");
  press(page, "#next");
  await page.wait(7 * HOURS);
  await scans(page, await anPass(page, { 6: Math.floor(NOW / 1000) - HOURS }));
  assert.deepEqual([colour(page), verdict(page)], ["red", "Stop"]);
});

test("without a rule nobody is told to be good", async () => {
  assert.deepEqual(await shownAfter(rules()), ["amber", "Compare face and card", "No rule."]);
});

test("a code that passed minutes ago may be in two hands", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.key("F2");
  await page.shows("[data-banner]");
  await scans(page, await anPass(page));
  assert.deepEqual([colour(page), verdict(page)], ["amber", "Check"]);
  assert.equal((await page.items()).length, 1);
});
