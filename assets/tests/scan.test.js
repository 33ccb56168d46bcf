import assert from "node:assert/strict";
import { test } from "node:test";

import { ALL_DAY, opened } from "./scan-page.js";

test("a code is sent once, though it is in every picture, and the camera is closed", async () => {
  const page = await opened();
  await page.press("start");
  assert.equal(page.message(), "hold");
  page.phone.sees = "HC1:AN";
  await page.wait(2);

  assert.equal(page.submitted.length, 1);
  assert.equal(page.find("#code").value, "HC1:AN");
  assert.equal(page.message(), "found");
  assert.equal(page.phone.isOn, false);
});

test("the camera waits for a press, unless it was allowed to one who scans all day", async () => {
  assert.equal((await opened()).phone.isOn, false);
  assert.equal((await opened({ allowed: true })).phone.isOn, false);
  assert.equal((await opened({ ...ALL_DAY, allowed: false })).phone.isOn, false);
  assert.equal((await opened(ALL_DAY)).phone.isOn, true);
});

test("the code of the traveller before, still in sight, is not read for the next one", async () => {
  const page = await opened(ALL_DAY);
  page.phone.sees = "HC1:AN";
  await page.wait(1);
  await page.next();
  await page.wait(10);

  assert.equal(page.submitted.length, 1);
  assert.equal(page.message(), "again");
  assert.equal(page.find("#code").value, "");
});

test("it counts again after three seconds out of sight, not after a shake of the hand", async () => {
  const page = await opened(ALL_DAY);
  page.phone.sees = "HC1:AN";
  await page.wait(1);
  await page.next();
  for (const [away, sent] of [
    [2, 1],
    [3.5, 2],
  ]) {
    page.phone.sees = "";
    await page.wait(away);
    page.phone.sees = "HC1:AN";
    await page.wait(1);
    assert.equal(page.submitted.length, sent, `${away} s`);
  }
});

test("another traveller's code counts at once, one after the other", async () => {
  const page = await opened(ALL_DAY);
  const sent = [];
  for (const code of ["HC1:AN", "HC1:BAY", "HC1:CUC", "HC1:AN"]) {
    page.phone.sees = code;
    await page.wait(1);
    sent.push(page.find("#code").value);
    await page.next();
  }

  assert.deepEqual(sent, ["HC1:AN", "HC1:BAY", "HC1:CUC", "HC1:AN"]);
  assert.equal(page.submitted.length, 4);
});

test("who presses the button means the code that is in sight, read before or not", async () => {
  const page = await opened(ALL_DAY);
  page.phone.sees = "HC1:AN";
  await page.wait(1);
  await page.next();
  await page.press("stop");
  await page.press("start");
  await page.wait(1);

  assert.equal(page.submitted.length, 2);
});

test("where a code only fills a field nothing is sent, and the next one can be read", async () => {
  const page = await opened({ options: "" });
  const heard = [];
  for (const name of ["input", "change"]) page.find("#code").addEventListener(name, () => heard.push(name));
  for (const code of ["079080000001", "079080000002"]) {
    page.phone.sees = code;
    await page.press("start");
    await page.wait(1);
    assert.equal(page.find("#code").value, code);
    assert.equal(page.shown(), "start");
  }

  assert.equal(page.submitted.length, 0);
  assert.deepEqual(heard, ["input", "change", "input", "change"]);
});

test("a page that handles the text itself gets it, and the form is not sent", async () => {
  const page = await opened();
  const texts = [];
  page.document.addEventListener("dancu:scanned", (event) => {
    texts.push(event.detail.text);
    event.preventDefault();
  });
  page.phone.sees = "card of An";
  await page.press("start");
  await page.wait(1);

  assert.deepEqual([texts, page.submitted.length, page.shown()], [["card of An"], 0, "start"]);
});

test("every sixth look is a thorough one, every second at the middle of the picture", async () => {
  const page = await opened();
  await page.press("start");
  await page.wait(1);
  const looks = page.phone.asked.slice(0, 12);

  assert.deepEqual(looks.map(({ hard }, turn) => hard && turn).filter(Boolean), [5, 11]);
  assert.deepEqual(
    looks.map(({ image }) => image.width),
    Array.from({ length: 12 }, (_, turn) => (turn % 2 ? 720 : 960)),
  );
});

test("for one who scans all day the decoder is loaded before the first code, and used for it", async () => {
  const page = await opened({ ...ALL_DAY, allowed: false });
  await page.wait(2);
  assert.equal(page.phone.workers.length, 1);

  page.phone.sees = "HC1:AN";
  await page.press("start");
  await page.wait(1);
  assert.equal(page.submitted.length, 1);
  assert.equal(page.phone.workers.length, 1);
});
