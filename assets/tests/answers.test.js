import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const SYMPTOMS = `
  <input type="checkbox" name="symptoms" value="fever"><input type="checkbox" name="symptoms" value="cough">
  <input type="checkbox" name="symptoms" value="none">
  <input type="checkbox" name="other" value="kept" checked>`;
const NUMBER = `
  <input type="radio" name="number_kind" value="pin"><input type="radio" name="number_kind" value="passport">
  <input id="id_number" name="number">`;

const ticked = (page) => page.all("[type=checkbox]:checked").map(({ value }) => value);
const tick = (page, value) => page.find(`[value="${value}"]`).click();

test("“none of these” clears the symptoms ticked before, and nothing of another question", async () => {
  const page = await open("answers", SYMPTOMS);
  for (const value of ["fever", "cough", "none"]) tick(page, value);

  assert.deepEqual(ticked(page), ["none", "kept"]);
});

test("a symptom clears “none of these”, and leaves the other symptoms", async () => {
  const page = await open("answers", SYMPTOMS);
  for (const value of ["none", "fever", "cough"]) tick(page, value);

  assert.deepEqual(ticked(page), ["fever", "cough", "kept"]);
});

test("who takes a tick away again changes nothing else", async () => {
  const page = await open("answers", SYMPTOMS);
  for (const value of ["fever", "cough", "cough"]) tick(page, value);

  assert.deepEqual(ticked(page), ["fever", "kept"]);
});

test("a telephone shows digits for a personal number, and letters again for a passport's", async () => {
  const page = await open("answers", NUMBER);
  const keyboard = () => page.find("#id_number").getAttribute("inputmode");
  assert.equal(keyboard(), null); // not chosen yet

  tick(page, "pin");
  assert.equal(keyboard(), "numeric");
  tick(page, "passport");
  assert.equal(keyboard(), null);
});

test("the keyboard fits as well where the page comes back with the kind chosen", async () => {
  const page = await open("answers", NUMBER.replace('value="pin"', 'value="pin" checked'));

  assert.equal(page.find("#id_number").getAttribute("inputmode"), "numeric");
});
