import assert from "node:assert/strict";
import { test } from "node:test";

import { answersWithFold, opened, row } from "./arrivals-page.js";

test("↓ and j go to the next row, ↑ and k to the one before, and Tab to where one was", async () => {
  const page = await opened();
  page.on("an");
  for (const [key, id] of [
    ["j", "binh"],
    ["ArrowDown", "ha"],
    ["j", "ha"],
    ["k", "binh"],
    ["ArrowUp", "an"],
    ["k", "an"],
  ]) {
    assert.equal(page.key(key), true);
    assert.equal(page.focus, `arrival-${id}`, key);
  }
  assert.deepEqual(
    page.all('[data-row][tabindex="0"]').map(({ id }) => id),
    ["arrival-an"],
  );
});

test("m presses the button of the row it is on, and of no other", async () => {
  const page = await opened();
  page.on("binh");
  page.key("m");
  page.key("u"); // nobody is met yet

  assert.deepEqual(page.clicks, ["button-binh"]);
});

test("a key on a row whose press is under way is neither another row's nor a page", async () => {
  const page = await opened();
  page.on("an");
  page.find("#button-an").classList.add("htmx-request");
  for (const key of ["m", "u", "x", "d", "Enter", " "]) assert.equal(page.key(key), true, key);
  assert.deepEqual(page.clicks, []);

  page.key("j");
  assert.equal(page.focus, "arrival-binh");
});

test("keys outside the list, or with Ctrl, are the browser's", async () => {
  const page = await opened();
  page.find("[name=q]").focus();
  assert.equal(page.key("m"), false);
  page.on("an");
  assert.equal(page.key("m", { ctrlKey: true }), false);

  assert.deepEqual(page.clicks, []);
});

test("Enter on a row opens the person, on its button it presses the button", async () => {
  const page = await opened();
  page.on("an");
  page.key("Enter");
  assert.deepEqual(page.clicks, ["dancu-arrival__name"]);

  page.find("#button-an").focus();
  assert.equal(page.key("Enter"), false);
});

test("x and Space tick a row, and the bar counts those ticked", async () => {
  const page = await opened();
  assert.equal(page.bulk(), null);
  page.on("an");
  page.key("x");
  assert.equal(page.bulk(), "Mark 1");
  page.key("j");
  page.key(" ");
  assert.equal(page.bulk(), "Mark 2");
  assert.deepEqual(page.ticked(), ["an", "binh"]);

  page.key("x");
  assert.deepEqual(page.ticked(), ["an"]);
});

test("Shift and M mark those ticked as met, and nothing where nobody is ticked", async () => {
  const page = await opened();
  const sends = [];
  page.find("[data-bulk-send]").addEventListener("click", () => sends.push(page.ticked().join()));
  page.on("an");
  page.key("M", { shiftKey: true });
  page.key("x");
  page.key("M", { shiftKey: true });

  assert.deepEqual(sends, ["an"]);
  assert.ok(!page.clicks.includes("button-an"));
});

test("one tick ticks all; it shows when only some are, and all are unticked again", async () => {
  const page = await opened();
  const all = page.find("[data-tick-all] input");
  assert.equal(page.find("[data-tick-all]").hidden, false);
  all.click();
  assert.deepEqual(page.ticked(), ["an", "binh", "ha"]);
  page.find("[data-tick]").click();
  assert.deepEqual([all.checked, all.indeterminate], [false, true]);

  page.find("[data-bulk-clear]").click();
  assert.deepEqual([page.ticked(), page.bulk(), all.indeterminate], [[], null, false]);
});

test("after a press the focus is on the row that came for the old one", async () => {
  const page = await opened();
  page.find('[value="an"]').click();
  const answer = page.document.createElement("template");
  answer.innerHTML = row("an", { key: "u" });
  const fresh = answer.content.firstElementChild;
  page.find("#arrival-an").replaceWith(fresh);
  fresh.querySelector("[data-tick]").remove(); // who is met needs no tick
  page.tell("htmx:afterRequest", { successful: true, target: fresh });
  assert.equal(page.focus, "arrival-an");
  assert.equal(page.bulk(), null);

  page.key("u");
  assert.ok(page.clicks.includes("button-an"));
});

test("d folds the declaration out below its row, asks for it once, and folds it in again", async () => {
  const page = await opened();
  answersWithFold(page, "an");
  page.on("an");
  page.key("d");
  page.key("d"); // the answer is still on its way
  await page.wait(0);
  assert.equal(page.find("#arrival-an").nextElementSibling.id, "fold-an");
  assert.equal(page.find("#arrival-an [data-open]").getAttribute("aria-expanded"), "true");

  page.key("d");
  assert.equal(page.find("#fold-an").hidden, true);
  page.key("d");
  assert.equal(page.find("#fold-an").hidden, false);
  assert.deepEqual(
    page.asked.map(({ address, headers }) => [address, headers["HX-Request"]]),
    [["/commune/declared/an/", "true"]],
  );
});

test("further filters close by Escape, which gives the focus back, and by a press beside them", async () => {
  const page = await opened();
  const filters = page.find("#filters-more");
  page.find("[name=q]").focus();
  page.key("Escape");
  assert.equal(filters.open, false);
  assert.equal(page.focus, "summary");

  filters.open = true;
  page.find("[name=q]").click();
  assert.equal(filters.open, true);
  page.find("[data-tick]").click();
  assert.equal(filters.open, false);
});
