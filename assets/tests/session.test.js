import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const shown = (longer, left) => `
  <dialog id="session-ending" data-left="${left}" data-address="/session/"
    data-then="/office/sign-in/" ${longer}>
    <strong data-session-clock></strong><p data-session-said data-words="Seconds left:"></p>
    <p class="dancu-dialog__problem" hidden></p><button id="stay" data-session-stay>I am here</button>
  </dialog>`;

const answers = (left) => () => ({ json: async () => ({ left }) });

// The page of an official whose session ends in `left` seconds; the server knows no more, unless told.
async function opened({ left = 600, longer = "data-longer" } = {}) {
  const page = await open("session", shown(longer, left));
  page.dialog = page.find("dialog");
  page.clock = () => page.find("[data-session-clock]").textContent;
  page.answer = answers(0);
  return page;
}

test("nothing is asked and nothing is shown while more than two minutes are left", async () => {
  const page = await opened();
  await page.wait(479);

  assert.equal(page.dialog.open, false);
  assert.deepEqual(page.asked, []);
});

test("two minutes before the end the warning opens with the focus, and the clock runs", async () => {
  const page = await opened();
  await page.wait(480);
  assert.equal(page.dialog.open, true);
  assert.equal(page.clock(), "2:00");
  assert.equal(page.focus, "stay");

  await page.wait(55);
  assert.equal(page.clock(), "1:05");
});

test("who works in another window is not warned here: the server is asked first", async () => {
  const page = await opened();
  page.answer = answers(1800);
  await page.wait(485);
  assert.equal(page.dialog.open, false);
  assert.equal(page.asked.length, 1);
  assert.equal(page.asked[0].method, "GET");

  page.answer = answers(0);
  await page.wait(1800 - 120);
  assert.equal(page.dialog.open, true);
});

for (const [how, stay] of [
  ["its button", (page) => page.find("button").click()],
  ["Escape", (page) => page.dialog.dispatchEvent(new page.window.Event("cancel", { cancelable: true }))],
]) {
  test(`who says by ${how} to be here gets more time, and the warning closes`, async () => {
    const page = await opened();
    await page.wait(500);
    page.answer = answers(600);
    stay(page);
    await page.wait(1);

    const { address, method, headers } = page.asked.at(-1);
    assert.deepEqual([address, method, headers["X-CSRFToken"]], ["/session/", "POST", "token"]);
    assert.equal(page.dialog.open, false);
  });
}

test("where the network is gone it is said in the warning, which stays open and counts on", async () => {
  const page = await opened();
  await page.wait(500);
  page.answer = () => {
    throw new TypeError("no network");
  };
  page.find("button").click();
  await page.wait(10);
  assert.equal(page.find(".dancu-dialog__problem").hidden, false);
  assert.equal(page.dialog.open, true);
  assert.equal(page.clock(), "1:30");

  page.answer = answers(600);
  page.find("button").click();
  await page.wait(1);
  assert.equal(page.find(".dancu-dialog__problem").hidden, true);
  assert.equal(page.dialog.open, false);
});

test("an end that cannot be put off is warned of once, and comes", async () => {
  const page = await opened({ longer: "" });
  await page.wait(490);
  page.find("button").click();
  await page.wait(60);
  assert.equal(page.dialog.open, false);
  assert.equal(page.asked.filter(({ method }) => method === "POST").length, 0);

  await page.wait(60);
  assert.deepEqual(page.went, ["/office/sign-in/"]);
});

test("at the end the page is told, to keep what is on it, and led away once", async () => {
  const page = await opened();
  const order = [];
  page.document.addEventListener("dancu:session-over", () => order.push("told", page.went.length));
  await page.wait(601);
  assert.deepEqual(page.went, []); // the server, which counts whole seconds, may still have it

  await page.wait(5);
  assert.deepEqual(order, ["told", 0]);
  assert.deepEqual(page.went, ["/office/sign-in/"]);
});

test("a session that goes on elsewhere at the last moment ends nothing here", async () => {
  const page = await opened();
  await page.wait(595);
  page.answer = answers(600);
  await page.wait(30);

  assert.deepEqual(page.went, []);
  assert.equal(page.dialog.open, false);
});

test("a device that slept past the end is led away as soon as it is looked at", async () => {
  const page = await opened();
  page.hide();
  await page.sleep(3600);
  assert.deepEqual(page.went, []);

  page.hide(false);
  await page.wait(1);
  assert.deepEqual(page.went, ["/office/sign-in/"]);
});

test("a page that the browser had kept and shows again asks how much time is left", async () => {
  const page = await opened();
  page.answer = answers(1800);
  const event = Object.assign(new page.window.Event("pageshow"), { persisted: true });
  page.window.dispatchEvent(event);
  await page.wait(600);

  assert.equal(page.dialog.open, false);
  assert.equal(page.asked.length, 1);
});

test("a screen reader is told 60, 30 and 10 seconds before the end, and not each second", async () => {
  const page = await opened();
  const told = new Set();
  for (let second = 0; second < 600; second++) {
    await page.wait(1, 500);
    told.add(page.find("[data-session-said]").textContent);
  }

  assert.deepEqual([...told], ["", "Seconds left: 60", "Seconds left: 30", "Seconds left: 10"]);
});

test("a page without a session has no clock", async () => {
  const page = await open("session", "<p>Trang chủ</p>");
  await page.wait(3600);

  assert.deepEqual([page.asked, page.went], [[], []]);
});

test("who holds the page because the network is gone is not warned and not led away, until it is back", async () => {
  const page = await opened({ left: 130 });
  page.answer = undefined;
  let isGone = true;
  page.document.addEventListener("dancu:session-ending", (event) => isGone && event.preventDefault());
  await page.wait(600);
  assert.equal(page.dialog.open, false);
  assert.deepEqual(page.went, []);

  isGone = false;
  page.answer = answers(0);
  await page.wait(11);
  assert.deepEqual(page.went, ["/office/sign-in/"]);
});
