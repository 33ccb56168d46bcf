import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const PAGE = `
  <p id="connection-trouble" hidden>The system cannot be reached</p>
  <form id="form" action="/commune/meet/1/" hx-post="/commune/meet/1/"><button id="send">Met</button></form>
  <form id="plain" action="/commune/notes/"><button id="note">Save</button></form>`;

async function opened() {
  const sent = [];
  const page = await open("officials", PAGE, {
    path: "/commune/",
    prepare: (window) => {
      // With it htmx looks for attributes hx-on…, of which the house has none.
      window.XPathEvaluator = class {
        createExpression() {
          return { evaluate: () => ({ iterateNext: () => null }) };
        }
      };
      window.XMLHttpRequest = class extends window.EventTarget {
        upload = new window.EventTarget();
        headers = {};
        open(verb, path) {
          Object.assign(this, { verb, path });
        }
        setRequestHeader(name, value) {
          this.headers[name] = value;
        }
        overrideMimeType() {}
        getAllResponseHeaders() {
          return "";
        }
        send() {
          sent.push(this);
        }
      };
    },
  });
  await page.wait(0.1);
  return Object.assign(page, { sent });
}

// The server's answer to what htmx had asked for, before htmx puts it into the page; true where it may.
function answered(page, { text, status = 200, asked = "/commune/", url = asked, boosted = false }) {
  const xhr = { responseText: text, status, responseURL: `https://dancu.test${url}` };
  const detail = { xhr, boosted, requestConfig: { path: asked }, shouldSwap: true };
  page.tell("htmx:beforeSwap", detail);
  return detail.shouldSwap;
}

const SIGN_IN = "\n<!DOCTYPE html><title>Sign in</title>";

test("what changes something carries the page's token, what only reads does not", async () => {
  const page = await opened();
  for (const [verb, token] of [
    ["post", "token"],
    ["delete", "token"],
    ["get", undefined],
  ]) {
    const detail = { verb, headers: {} };
    page.tell("htmx:configRequest", detail);
    assert.equal(detail.headers["X-CSRFToken"], token, verb);
  }
});

test("a press is sent by htmx, and never as a page of its own", async () => {
  const page = await opened();
  page.find("#send").click();
  await page.wait(0.1);

  assert.deepEqual(
    page.sent.map(({ verb, path, headers }) => [verb, path, headers["X-CSRFToken"]]),
    [["POST", "/commune/meet/1/", "token"]],
  );
});

test("a press on what was swapped in this very moment, before htmx knew it, is handed on once", async () => {
  const page = await opened();
  const fresh = page.find("#form").cloneNode(true);
  fresh.setAttribute("hx-post", "/commune/meet/2/");
  page.find("#form").replaceWith(fresh);
  fresh.querySelector("button").click();
  await page.wait(0.1);

  assert.deepEqual(
    page.sent.map(({ path }) => path),
    ["/commune/meet/2/"],
  );
});

test("a form that is not htmx's is the browser's", async () => {
  const page = await opened();
  page.find("#note").click();

  assert.deepEqual(
    page.submitted.map(({ id }) => id),
    ["plain"],
  );
  assert.deepEqual(page.sent, []);
});

test("a session that has ended leads to the page that says so, not into a piece of this one", async () => {
  const page = await opened();
  assert.equal(answered(page, { text: SIGN_IN, url: "/office/sign-in/?next=/commune/" }), false);
  assert.deepEqual(page.went, ["https://dancu.test/office/sign-in/?next=/commune/"]);
});

test("a page whose token is too old is read anew", async () => {
  const page = await opened();
  assert.equal(answered(page, { text: SIGN_IN, status: 403 }), false);
  assert.deepEqual(page.went, ["again"]);
});

test("a piece goes into the page, and so does a page where a link asked for one", async () => {
  const page = await opened();
  assert.equal(answered(page, { text: "<p>1 new</p>" }), true);
  assert.equal(answered(page, { text: SIGN_IN, url: "/elsewhere/", boosted: true }), true);
  assert.deepEqual(page.went, []);
});

test("trouble on the way is said on the page, and no more once something got through", async () => {
  const page = await opened();
  const said = () => !page.find("#connection-trouble").hidden;
  page.tell("htmx:sendError");
  assert.equal(said(), true);
  page.tell("htmx:afterOnLoad", { xhr: { status: 503 } });
  assert.equal(said(), true);
  page.tell("htmx:afterOnLoad", { xhr: { status: 422 } }); // a form with a mistake in it got through
  assert.equal(said(), false);
});
