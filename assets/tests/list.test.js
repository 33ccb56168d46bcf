import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

// Two jobs in a list of the page kit; the first can be done now.
const JOBS = `
  <section id="jobs" data-list><table><tbody>
    <tr id="line-1" tabindex="0" data-row><td><a id="sending" href="#sending">Sending</a>
      <button id="now" data-key="n">Now</button><input id="why"></td></tr>
    <tr id="line-2" tabindex="-1" data-row><td><input type="checkbox" value="2" data-tick></td></tr>
  </tbody></table></section>`;

async function opened() {
  const page = await open("list", JOBS);
  page.pressed = [];
  page.document.addEventListener("click", ({ target }) => page.pressed.push(target.id), true);
  return page;
}

test("any list is gone through by j and k, and Enter opens the row one is on", async () => {
  const page = await opened();
  page.find("#line-1").focus();
  page.key("j");
  assert.equal(page.focus, "line-2");
  page.key("k");
  page.key("Enter");

  assert.deepEqual(page.pressed, ["sending"]);
});

test("a row's button is pressed by its own key, and by no other", async () => {
  const page = await opened();
  page.find("#line-1").focus();
  assert.equal(page.key("z"), false);
  page.key("n");

  assert.deepEqual(page.pressed, ["now"]);
});

test("what is typed into a row's field is no key of the list", async () => {
  const page = await opened();
  page.find("#why").focus();
  assert.equal(page.key("j"), false);
  assert.equal(page.key("n"), false);

  assert.deepEqual(page.pressed, []);
});

test("a row whose answer is under way takes no press, and is left by j", async () => {
  const page = await opened();
  page.find("#line-1").classList.add("htmx-request");
  page.find("#line-1").focus();
  page.key("n");
  assert.deepEqual(page.pressed, []);
  page.key("j");

  assert.equal(page.focus, "line-2");
});

test("a list without a bar for many is ticked all the same", async () => {
  const page = await opened();
  page.find("#line-2").focus();
  page.key("x");

  assert.equal(page.find("[data-tick]").checked, true);
});
