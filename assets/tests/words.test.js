import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const wordsIn = async (lang) => (await open("words", "", { lang })).exported.words;

test("the suggestions speak the page's language, Vietnamese in any spelling of its code", async () => {
  assert.equal((await wordsIn("vi")).autocomplete.waiting, "Đang tìm…");
  assert.equal((await wordsIn("vi-VN")).autocomplete.waiting, "Đang tìm…");
  assert.equal((await wordsIn("en")).autocomplete.waiting, "Looking…");
});

test("what is said in one language is said in the other", async () => {
  const [english, vietnamese] = [await wordsIn("en"), await wordsIn("vi")];

  assert.deepEqual(Object.keys(english.autocomplete), Object.keys(vietnamese.autocomplete));
  for (const name of Object.keys(english.autocomplete)) {
    assert.equal(typeof english.autocomplete[name], typeof vietnamese.autocomplete[name], name);
  }
});

test("one suggestion is not “1 suggestions”, and the first is number one", async () => {
  const { autocomplete } = await wordsIn("en");

  assert.equal(autocomplete.results(1), "1 suggestion");
  assert.equal(autocomplete.results(2), "2 suggestions");
  assert.equal(autocomplete.selected("Phường Hồng Hà", 3, 0), "Phường Hồng Hà, 1 of 3");
});
