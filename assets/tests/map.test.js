import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const PAGE = `
  <svg data-map><a href="?area=1" id="point-1"><circle></circle></a><a href="?area=2" id="point-2"></a></svg>
  <table><tbody>
    <tr id="row-1" tabindex="0" data-row><th><a href="?area=1">Huế</a></th></tr>
    <tr id="row-3" tabindex="0" data-row><th><a href="?area=3">Cà Mau</a></th></tr>
  </tbody></table>`;

const marked = (page) => page.all(".dancu-is-meant").map(({ id }) => id);

test("the circle of the line one stands on is marked, and lies above the others", async () => {
  const page = await open("map", PAGE);
  page.tell("focusin", undefined, page.find("#row-1"));

  assert.deepEqual(marked(page), ["point-1", "row-1"]);
  assert.equal(page.find("[data-map]").lastElementChild.id, "point-1");
});

test("the line of the circle one points at is marked", async () => {
  const page = await open("map", PAGE);
  page.tell("pointerover", undefined, page.find("circle"));

  assert.deepEqual(marked(page), ["point-1", "row-1"]);
});

test("nothing is marked any more beside a map, nor a circle of a line that has none", async () => {
  const page = await open("map", PAGE);
  page.tell("focusin", undefined, page.find("#row-1"));
  page.tell("focusin", undefined, page.find("#row-3"));
  assert.deepEqual(marked(page), ["row-3"]);
  page.tell("pointerover", undefined, page.document.body);

  assert.deepEqual(marked(page), []);
});
