import assert from "node:assert/strict";
import { test } from "node:test";

import { isStep, keyOf, neighbour } from "../keys.js";
import { open } from "./page.js";

test("a letter is the same key small and large", () => {
  assert.equal(keyOf({ key: "J", shiftKey: true }), "j");
  assert.equal(keyOf({ key: "j" }), "j");
  assert.equal(keyOf({ key: "ArrowDown" }), "ArrowDown");
  assert.equal(keyOf({ key: "F2" }), "F2");
});

test("a key with Ctrl, Alt or Meta is the browser's, and one of a letter being composed", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"]) {
    assert.equal(keyOf({ key: "m", [held]: true }), "", held);
  }
});

test("↓ and j lead to the next row, ↑ and k to the one before, and nothing leads beyond the ends", () => {
  const [an, binh, chi] = ["An", "Bình", "Chi"];
  const from = (row, key) => neighbour([an, binh, chi], row, key);

  assert.deepEqual([from(an, "j"), from(an, "ArrowDown")], [binh, binh]);
  assert.deepEqual([from(chi, "k"), from(chi, "ArrowUp")], [binh, binh]);
  assert.deepEqual([from(chi, "j"), from(an, "k")], [undefined, undefined]);
  assert.equal(isStep("m"), false);
});

const DESK = `
  <div id="left"><button data-key="m">Met</button></div>
  <div id="right"><button data-key="m">Met</button><button data-key="u" disabled>Undo</button></div>
  <fieldset disabled><button data-key="F8">Turn back</button></fieldset>`;

async function pressed(key, within) {
  const page = await open("keys", DESK);
  const clicked = [];
  page.document.addEventListener("click", ({ target }) => clicked.push(target.parentElement.id));
  // The script takes the page it runs in, as in a browser.
  const taken = within ? page.exported.press(key, page.find(within)) : page.exported.press(key);
  return { taken, clicked };
}

test("a key presses the button that names it, within the row it is meant for", async () => {
  assert.deepEqual(await pressed("m", "#right"), { taken: true, clicked: ["right"] });
  assert.deepEqual(await pressed("m"), { taken: true, clicked: ["left"] });
});

test("a button switched off, or in such a fieldset, is not pressed, nor its key the browser's", async () => {
  assert.deepEqual(await pressed("u"), { taken: true, clicked: [] });
  assert.deepEqual(await pressed("F8"), { taken: true, clicked: [] });
});

test("a key that nothing on the page names is left to the browser", async () => {
  for (const key of ["x", "", "F5"]) assert.deepEqual(await pressed(key), { taken: false, clicked: [] }, key);
});
