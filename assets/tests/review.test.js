import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const CASE = `
  <dialog id="review-keys"><button>Close</button></dialog>
  <div id="review" data-review>
    <h2 tabindex="-1" id="question" data-review-question>Are these the same person?</h2>
    <input type="radio" name="person" value="7" data-who="1" checked>
    <input type="radio" name="person" value="8" data-who="2">
    <button id="same" data-key="s">Same person</button>
    <button id="different" data-key="d">Different people</button>
    <button id="undo" data-key="u" disabled>Undo</button><button id="help" data-key="?" hidden>Keys</button>
    <details data-reason><summary>Reason</summary><input name="reason"></details>
  </div>`;

const record = (id, off = "") => `
  <li id="record-${id}" tabindex="0" data-row>
    <input type="radio" name="verdict-${id}" value="site" data-verdict="1" ${off}>
    <input type="radio" name="verdict-${id}" value="cannot_tell" data-verdict="2">
    <input name="note-${id}">
  </li>`;
const LIST = `<ol>${record("a")}${record("b", "disabled")}${record("c")}</ol>
  <button id="sign" data-key="s">Sign (<span data-chosen>…</span>)</button>`;

async function opened(body) {
  const page = await open("review", body);
  page.clicks = [];
  page.document.addEventListener("click", ({ target }) => page.clicks.push(target.id), true);
  page.chosen = () => page.all(":checked").map(({ name, value }) => `${name}=${value}`);
  return page;
}

test("an answer is one key, small or large, and no other answer is given", async () => {
  const page = await opened(CASE);
  page.key("s");
  page.key("D", { shiftKey: true });

  assert.deepEqual(page.clicks, ["same", "different"]);
});

test("a key held down answers once, so that no second case is answered unseen", async () => {
  const page = await opened(CASE);
  page.key("s");
  page.key("s", { repeat: true });

  assert.deepEqual(page.clicks, ["same"]);
});

test("what is switched off while an answer is on its way is not pressed", async () => {
  const page = await opened(CASE);
  page.key("u");

  assert.deepEqual(page.clicks, []);
});

test("a digit chooses who is meant", async () => {
  const page = await opened(CASE);
  page.key("2");
  assert.deepEqual(page.chosen(), ["person=8"]);
  page.key("1");
  assert.deepEqual(page.chosen(), ["person=7"]);
  assert.equal(page.key("9"), false);
});

test("r unfolds the reason; what is typed there answers nothing, until Escape", async () => {
  const page = await opened(CASE);
  page.key("r");
  assert.equal(page.find("[data-reason]").open, true);
  assert.equal(page.focus, "reason");

  for (const letter of "same") assert.equal(page.key(letter), false);
  assert.deepEqual(page.clicks, []);
  page.key("Escape");
  page.key("s");
  assert.deepEqual(page.clicks, ["same"]);
});

test("? shows the keys, and while they are shown no key answers", async () => {
  const page = await opened(CASE);
  assert.equal(page.find("#help").hidden, false); // with scripts only
  page.key("?", { shiftKey: true });
  assert.equal(page.find("dialog").open, true);

  page.key("s");
  assert.deepEqual(page.clicks, ["help"]);
});

test("the next case is read from its question", async () => {
  const page = await opened(CASE);
  const review = page.find("#review");
  page.find("#help").hidden = true; // as the server sends it
  page.tell("htmx:afterSettle", { target: review }, review);

  assert.equal(page.focus, "question");
  assert.equal(page.find("#help").hidden, false);
});

test("a list begins at its first record, and each verdict leads to the next one", async () => {
  const page = await opened(LIST);
  page.key("1");
  assert.deepEqual(page.chosen(), ["verdict-a=site"]);
  assert.equal(page.focus, "record-b");

  page.key("2");
  page.key("1");
  assert.deepEqual(page.chosen(), ["verdict-a=site", "verdict-b=cannot_tell", "verdict-c=site"]);
  assert.equal(page.focus, "record-c"); // the last one stays
  assert.equal(page.find("[data-chosen]").textContent, "3");
});

test("a verdict that cannot be given is not, and one stays with the record", async () => {
  const page = await opened(LIST);
  page.find("#record-b").focus();
  page.key("1");

  assert.deepEqual(page.chosen(), []);
  assert.equal(page.focus, "record-b");
});

test("arrows and j, k move in the list, and stop at its ends", async () => {
  const page = await opened(LIST);
  page.find("#record-a").focus();
  for (const [key, id] of [
    ["j", "b"],
    ["ArrowDown", "c"],
    ["j", "c"],
    ["k", "b"],
    ["ArrowUp", "a"],
    ["k", "a"],
  ]) {
    page.key(key);
    assert.equal(page.focus, `record-${id}`, key);
  }
});

test("a note with digits in it is a note, and s in it signs nothing", async () => {
  const page = await opened(LIST);
  page.find("[name=note-a]").focus();
  for (const letter of "12s") assert.equal(page.key(letter), false);

  assert.deepEqual([page.chosen(), page.clicks], [[], []]);
});

test("verdicts given with the mouse are counted too", async () => {
  const page = await opened(LIST);
  assert.equal(page.find("[data-chosen]").textContent, "0");
  page.find("[name=verdict-c]").click();

  assert.equal(page.find("[data-chosen]").textContent, "1");
});
