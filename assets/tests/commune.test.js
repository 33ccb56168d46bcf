import assert from "node:assert/strict";
import { test } from "node:test";

import { open, settled } from "./page.js";

const FORM = `
  <form><p id="help">Where you come from</p>
    <input id="origin" name="origin" value="" aria-describedby="help"
      data-commune-source="/api/communes/" data-commune-target="origin_id">
    <input type="hidden" name="origin_id" value="">
    <div data-commune-choices><input type="radio" name="which" value="7"></div>
    <input id="next" name="next">
  </form>`;
const HONG_HA = { id: 1203, label: "Phường Hồng Hà, Hà Nội", note: "trước đây: Phường Phúc Xá" };
const HONG_BANG = { id: 1187, label: "Phường Hồng Bàng, Hải Phòng" };

// A form with one commune; the server answers each question when the test says so.
async function opened(body = FORM) {
  const page = await open("commune", body);
  page.waiting = new Map(); // what was asked → answers it
  page.window.fetch = (address, { signal }) =>
    new Promise((resolve, reject) => {
      const asked = new URL(address).searchParams.get("q");
      page.asked.push(asked);
      page.waiting.set(asked, { resolve, reject });
      signal.addEventListener("abort", () =>
        reject(Object.assign(new Error("aborted"), { name: "AbortError" })),
      );
    });
  page.write = (text) => {
    page.find("#origin").focus();
    page.type("#origin", text);
  };
  page.answers = async (asked, areas) => {
    page.waiting.get(asked).resolve({ ok: true, json: async () => areas });
    await page.wait(0.5);
  };
  page.offered = () => page.all(".autocomplete__option").map(({ textContent }) => textContent.trim());
  page.chosen = () => page.find("[name=origin_id]").value;
  await page.wait(0.5);
  return page;
}

test("communes are offered once two letters are typed and the hand rests", async () => {
  const page = await opened();
  page.write("h");
  await page.wait(1);
  for (const text of ["ho", "hon", "hong"]) {
    page.write(text);
    await page.wait(0.1);
  }
  assert.deepEqual(page.asked, []);
  await page.wait(0.5);
  assert.deepEqual(page.asked, ["hong"]);

  await page.answers("hong", [HONG_HA, HONG_BANG]);
  assert.equal(page.offered().length, 2);
  assert.match(page.offered()[0], /^Phường Hồng Hà, Hà Nội.*trước đây: Phường Phúc Xá/);
});

test("an answer to what was typed before is not shown under what is typed now", async () => {
  const page = await opened();
  page.write("hong ha");
  await page.wait(0.5);
  page.write("hong bang");
  await page.wait(0.5);
  await page.answers("hong bang", [HONG_BANG]);
  await page.answers("hong ha", [HONG_HA]);

  assert.deepEqual(page.offered(), ["Phường Hồng Bàng, Hải Phòng"]);
});

test("an answer that comes when one has gone on to the next field opens no list over it", async () => {
  const page = await opened();
  page.write("hong");
  await page.wait(0.5);
  page.find("#next").focus();
  await page.answers("hong", [HONG_HA]);

  assert.deepEqual(
    page.offered().filter((text) => text.includes("Hồng Hà")),
    [],
  );
});

test("the chosen commune's id is sent, and no more once another name is typed", async () => {
  const page = await opened();
  page.write("hong");
  await page.wait(0.5);
  await page.answers("hong", [HONG_HA]);
  page.find(".autocomplete__option").click();
  await page.wait(0.5);
  assert.equal(page.chosen(), "1203");
  assert.equal(page.find("#origin").value, "Phường Hồng Hà, Hà Nội");

  page.write("hong b");
  assert.equal(page.chosen(), "");
});

test("those offered by the server for the name before go when another one is typed", async () => {
  const page = await opened();
  assert.equal(page.has("[data-commune-choices]"), true);
  page.write("hai");

  assert.equal(page.has("[data-commune-choices]"), false);
});

for (const [what, happens, words] of [
  ["nothing is found", (page) => page.answers("hong", []), /Không tìm thấy/],
  [
    "the network is gone",
    (page) => page.waiting.get("hong").reject(new TypeError("no network")),
    /Chưa tải được/,
  ],
  [
    "the server refuses",
    (page) => page.waiting.get("hong").resolve({ ok: false, status: 503 }),
    /Chưa tải được/,
  ],
]) {
  test(`where ${what} it is said, in the page's language`, async () => {
    const page = await opened();
    page.write("hong");
    await page.wait(0.5);
    await happens(page);
    await page.wait(0.5);

    assert.match(page.offered().join() || page.find(".autocomplete__wrapper").textContent, words);
  });
}

test("what the server wrote into the field, and how it is described, stays", async () => {
  const page = await opened(FORM.replace('name="origin" value=""', 'name="origin" value="Phường Hồng Hà"'));
  const field = page.find("#origin");

  assert.deepEqual([field.name, field.value], ["origin", "Phường Hồng Hà"]);
  assert.match(page.find("form").textContent, /Where you come from .*Gõ ít nhất hai chữ cái/);
});

test("a piece that comes in later is enhanced too", async () => {
  const page = await opened('<div id="piece"></div>');
  page.find("#piece").innerHTML = FORM;
  page.tell("htmx:load", {}, page.find("#piece"));
  await settled();

  assert.equal(page.has(".autocomplete__wrapper #origin"), true);
});
