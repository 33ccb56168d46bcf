import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const HOURS = 3600;
const DESK = `
  <div id="desk">
    <form data-deciding="Nguyễn Thị An" data-deciding-code="A1B2" action="/checkpoint/decide/">
      <input type="hidden" name="csrfmiddlewaretoken" value="token">
      <input type="hidden" name="crossing_id" value="c-1">
      <input id="field" name="text">
      <button id="through" data-key="F2" name="decision" value="through">Let through</button>
      <button id="hold" data-key="F4">Hold</button>
      <fieldset disabled><button id="back" data-key="F8">Turn back</button></fieldset>
    </form>
    <button id="escape" data-key="Escape">Back</button>
  </div>
  <template id="unrecorded"><form class="told" action="/checkpoint/examine/">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <p data-asks="/checkpoint/arrived/"><b data-name></b><i data-unknown></i><i data-nothing hidden></i></p>
  </form></template>`;

const KEYED_IN = `
  <div id="desk"><form data-deciding="" action="/checkpoint/undeclared/">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <input type="hidden" name="declaration_id" value="d-1">
    <input name="full_name" value="Lê Văn Bảy"><input name="birth_date" value="1/2/1980">
    <input type="hidden" name="decision" value="through">
  </form></div>`;

// The desk of the checkpoint officer Bình.
async function opened(body = DESK, { desk = true, ...more } = {}) {
  const prepare = (window) => {
    window.matchMedia = () => ({ matches: desk });
  };
  const page = await open("checkpoint", body, { path: "/checkpoint/", prepare, ...more });
  page.clicks = [];
  page.document.addEventListener("click", ({ target }) => page.clicks.push(target.id), true);
  return page;
}

const sends = (page) => page.tell("htmx:beforeRequest", { elt: page.find("form[data-deciding]") });
const answered = (page, status) =>
  page.tell("htmx:afterSwap", { target: page.find("#desk"), xhr: { status } }, page.find("#desk"));
const memory = (page) => ({ ...page.window.sessionStorage });

// The next page of the desk, and what it tells.
async function next(stored, more = {}) {
  const page = await opened(DESK, { stored, ...more });
  page.told = page.find("#desk .told");
  return page;
}

test("a function key presses its decision, also while one types into the field", async () => {
  const page = await opened();
  page.find("#field").focus();
  assert.equal(page.key("F2"), true);
  page.key("F4");

  assert.deepEqual(page.clicks, ["through", "hold"]);
});

test("a key held down, or with another one, decides nothing", async () => {
  const page = await opened();
  page.key("F2", { repeat: true });
  for (const held of ["shiftKey", "ctrlKey", "altKey", "metaKey"]) page.key("F2", { [held]: true });

  assert.deepEqual(page.clicks, []);
});

test("what a scanner gun types is text: no letter decides", async () => {
  const page = await opened();
  page.find("#field").focus();
  for (const letter of "F2F4HC1:ABC") assert.equal(page.key(letter), false);

  assert.deepEqual(page.clicks, []);
});

test("a decision that is switched off is not pressed, and its key is not the browser's", async () => {
  const page = await opened();
  assert.equal(page.key("F8"), true);
  assert.deepEqual(page.clicks, []);
});

test("Escape closes open suggestions first, then leads back", async () => {
  const page = await opened();
  page.find("#field").setAttribute("aria-expanded", "true");
  page.find("#field").focus();
  page.key("Escape");
  assert.deepEqual(page.clicks, []);

  page.find("#field").setAttribute("aria-expanded", "false");
  page.key("Escape");
  assert.deepEqual(page.clicks, ["escape"]);
});

const settle = (page, piece) => {
  const desk = page.find("#desk");
  desk.innerHTML = piece;
  page.tell("htmx:afterSettle", { target: desk }, desk);
};
const CHOICE = '<h2 tabindex="-1" data-desk-focus id="verdict">May pass</h2>';
const FIELD = '<input id="code" data-desk-type>';
const MISTAKE =
  '<div class="govuk-error-summary"><a href="#wrong">Enter the name</a></div><input id="wrong">';

test("after each change the heading is heard, or the field typed into, or the mistake", async () => {
  const page = await opened();
  settle(page, CHOICE);
  assert.equal(page.focus, "verdict");
  settle(page, CHOICE + FIELD);
  assert.equal(page.focus, "code");
  settle(page, MISTAKE + CHOICE + FIELD);
  assert.equal(page.focus, "wrong");
});

test("where something is asked further down, it is heard in place of the heading, on a telephone too", async () => {
  for (const desk of [true, false]) {
    const page = await opened(DESK, { desk });
    settle(page, `${CHOICE}<fieldset tabindex="-1" data-desk-asked id="presses"></fieldset>`);
    assert.equal(page.focus, "presses");
  }
});

test("on a telephone the field is left alone, for its keyboard would cover half of the desk", async () => {
  const page = await opened(`<div id="desk">${FIELD}</div>`, { desk: false });
  assert.equal(page.focus, "body");
  settle(page, FIELD + CHOICE);
  assert.equal(page.focus, "verdict");
});

test("who types a commune means “another commune”", async () => {
  const page = await opened(
    '<input type="radio" id="other"><p data-other-of="other"><input id="name"></p><input id="elsewhere">',
  );
  page.type("#elsewhere", "x");
  assert.equal(page.find("#other").checked, false);
  page.type("#name", "Phường Hồng Hà");
  assert.equal(page.find("#other").checked, true);
});

test("a decision that was answered leaves nothing in the tab's memory", async () => {
  const page = await opened();
  sends(page);
  assert.equal(page.window.sessionStorage.length, 1);
  answered(page, 200);
  assert.equal(page.window.sessionStorage.length, 0);

  sends(page);
  answered(page, 503);
  assert.equal(page.window.sessionStorage.length, 1);
});

test("a decision without an answer is told on the next page, with the way back by code", async () => {
  const page = await opened();
  page.find("#field").value = "typed since";
  sends(page);
  const { told } = await next(memory(page));

  assert.equal(told.querySelector("[data-name]").textContent, "Nguyễn Thị An");
  assert.equal(told.elements.text.value, "A1B2");
  assert.equal(told.getAttribute("action"), "/checkpoint/examine/");
});

test("of who has no pass all that was keyed in is kept, but the page's token and the decision", async () => {
  const page = await opened(KEYED_IN);
  sends(page);
  const { told } = await next(memory(page));
  const fields = Object.fromEntries([...told.elements].map(({ name, value }) => [name, value]));

  assert.equal(told.getAttribute("action"), "/checkpoint/undeclared/");
  assert.equal(fields.full_name, "Lê Văn Bảy");
  assert.equal(fields.birth_date, "1/2/1980");
  assert.equal(fields.again, "1");
  assert.ok(!("decision" in fields));
  assert.equal([...told.elements].filter(({ name }) => name === "csrfmiddlewaretoken").length, 1);
});

test("when the session ends what stands on the desk is kept as well", async () => {
  const page = await opened(KEYED_IN);
  page.tell("dancu:session-over");

  assert.equal((await next(memory(page))).told.querySelector("[data-name]").textContent, "Lê Văn Bảy");
});

test("nothing is told after a shift's twelve hours", async () => {
  const page = await opened();
  sends(page);
  const late = await next(memory(page), { seconds: 12 * HOURS + 1 });

  assert.equal(late.has("#desk .told"), false);
  assert.equal(late.window.sessionStorage.length, 0);
});

// The next page, where the server answers so when it is asked whether the press arrived.
async function askedWhether(answer) {
  const page = await opened();
  sends(page);
  return opened(DESK, { stored: memory(page), answer });
}

test("the server is asked whether the press arrived, by its own id", async () => {
  const page = await askedWhether(() => ({ ok: true, json: async () => ({ is: "unknown" }) }));
  const [{ address, method, body }] = page.asked;

  assert.deepEqual([address, method], ["/checkpoint/arrived/", "POST"]);
  assert.equal(String(body), "crossing_id=c-1&csrfmiddlewaretoken=token");
});

test("where nothing arrived the officer reads so", async () => {
  const page = await askedWhether(() => ({ ok: true, json: async () => ({ is: "nothing" }) }));

  assert.equal(page.find(".told [data-unknown]").hidden, true);
  assert.equal(page.find(".told [data-nothing]").hidden, false);
});

test("where it was recorded, that stands there instead of the way back", async () => {
  const html = '<p id="recorded">Let through at 15:04</p>';
  const page = await askedWhether(() => ({ ok: true, json: async () => ({ is: "recorded", html }) }));

  assert.equal(page.has(".told"), false);
  assert.equal(page.find("#desk #recorded").textContent, "Let through at 15:04");
  assert.equal(page.window.sessionStorage.length, 0);
});

test("who stands on the desk as not decided yet is not told of twice", async () => {
  const page = await askedWhether(() => ({ ok: true, json: async () => ({ is: "keyed_in" }) }));

  assert.equal(page.has(".told"), false);
});

for (const [what, answer] of [
  ["does not answer", undefined],
  ["refuses", () => ({ ok: false })],
  [
    "sends a page instead",
    () => ({
      ok: true,
      json: async () => {
        throw new SyntaxError("<!doctype html>");
      },
    }),
  ],
]) {
  test(`where the server ${what}, it is told, and asked again on the page after`, async () => {
    const page = await askedWhether(answer);

    assert.equal(page.find(".told [data-unknown]").hidden, false);
    assert.equal(page.window.sessionStorage.length, 1);
  });
}

// The desk with the queue at its foot, which was tapped.
const TAPPED = `
  <div id="desk"><input id="text" name="text" data-desk-focus>
    <form id="queue" data-desk-aside><button id="step">0</button></form></div>`;

test("after a tap at the queue a scanner gun types into the field again", async () => {
  const page = await opened(TAPPED);
  page.find("#step").focus();
  page.tell(
    "htmx:afterSettle",
    { elt: page.find("#queue"), target: page.find("#queue") },
    page.find("#queue"),
  );
  assert.equal(page.document.activeElement.id, "text");
});

test("on a telephone the tap leaves the field alone, whose keyboard would cover the desk", async () => {
  const page = await opened(TAPPED, { desk: false });
  page.find("#step").focus();
  page.tell(
    "htmx:afterSettle",
    { elt: page.find("#queue"), target: page.find("#queue") },
    page.find("#queue"),
  );
  assert.equal(page.document.activeElement.id, "step");
});
