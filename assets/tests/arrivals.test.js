import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const row = (id, { focus = "-1", key = "m" } = {}) => `
  <tr id="arrival-${id}" tabindex="${focus}" data-arrival>
    <td><input type="checkbox" name="declaration" value="${id}" data-tick></td>
    <td><a class="dancu-arrival__name" href="/commune/journey/${id}/">${id}</a></td>
    <td><details id="more-${id}"><summary>+1</summary></details></td>
    <td><button id="button-${id}" data-key="${key}">Met</button></td>
    <td><a href="/commune/journey/${id}/#declared" data-open="/commune/declared/${id}/" data-fold="fold-${id}">▾</a></td>
  </tr>`;

const list = (...ids) => `
  <section id="arrivals-list" data-arrivals>
    <table>
      <thead><tr><th><label data-tick-all hidden><input type="checkbox"></label></th></tr></thead>
      <tbody>${ids.map((id, place) => row(id, place ? {} : { focus: "0" })).join("")}</tbody>
    </table>
    <div data-bulk hidden><button data-bulk-send data-one="Mark 1" data-many="Mark {count}"></button>
      <button data-bulk-clear hidden>Untick all</button></div>
  </section>`;

const AROUND = `
  <details id="filters-more" open><summary>More filters</summary><input name="q"></details>
  <a data-follows href="/commune/files/list.csv?page=9">CSV</a><button data-print hidden>Print</button>`;

// The list of the commune officer Chi: An, Bình and Hà are expected.
async function opened({ ids = ["an", "binh", "ha"], path = "/commune/", prepare } = {}) {
  const page = await open("arrivals", AROUND + list(...ids), { path, prepare });
  page.asks = [];
  page.document.addEventListener("refresh", () => page.asks.push("refresh"), true);
  page.clicks = [];
  page.document.addEventListener(
    "click",
    ({ target }) => page.clicks.push(target.id || target.className),
    true,
  );
  page.on = (id) => page.find(`#arrival-${id}`).focus();
  page.ticked = () => page.all("[data-tick]:checked").map(({ value }) => value);
  page.bulk = () => (page.find("[data-bulk]").hidden ? null : page.find("[data-bulk-send]").textContent);
  return page;
}

// What htmx does with the server's answer to a refresh.
function swapped(page, ...ids) {
  const old = page.find("[data-arrivals]");
  page.tell("htmx:beforeSwap", { target: old }, old);
  old.outerHTML = list(...ids);
  const fresh = page.find("[data-arrivals]");
  page.tell("htmx:afterSwap", { target: fresh, elt: fresh }, fresh);
}

test("the list asks for news every 20 seconds", async () => {
  const page = await opened();
  await page.wait(61);

  assert.equal(page.asks.length, 3);
});

test("it does not ask while nobody sees it, and at once when it is seen again", async () => {
  const page = await opened();
  page.hide();
  await page.wait(120);
  assert.equal(page.asks.length, 0);

  page.hide(false);
  assert.equal(page.asks.length, 1);
});

test("it does not ask while a press is under way, which the answer could undo", async () => {
  const page = await opened();
  page.find("#arrival-an").classList.add("htmx-request");
  await page.wait(60);

  assert.equal(page.asks.length, 0);
});

test("a list before an empty chair says that it asks by itself; a hand at the mouse keeps the session alive", async () => {
  const page = await opened();
  const asked = () => {
    const detail = { triggeringEvent: { type: "refresh" }, headers: {} };
    page.tell("htmx:configRequest", detail);
    return detail.headers["Dancu-By-Itself"];
  };
  assert.equal(asked(), undefined); // the page was just opened
  assert.equal(asked(), "yes");
  page.tell("pointermove");
  assert.equal(asked(), undefined);
  assert.equal(asked(), "yes");
});

test("↓ and j go to the next row, ↑ and k to the one before, and Tab comes back to where one was", async () => {
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
    page.all('[data-arrival][tabindex="0"]').map(({ id }) => id),
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

test("a key on a row whose press is under way is neither lost on another row nor sent as a page", async () => {
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

test("what is ticked outlasts the list's refreshing itself, also where others came in between", async () => {
  const page = await opened();
  page.find('[value="an"]').click();
  page.find('[value="ha"]').click();
  swapped(page, "yen", "an", "binh", "ha");

  assert.deepEqual(page.ticked(), ["an", "ha"]);
  assert.equal(page.bulk(), "Mark 2");
});

test("who has left the list is ticked no more, and the bar counts without them", async () => {
  const page = await opened();
  page.find('[value="an"]').click();
  page.find('[value="ha"]').click();
  swapped(page, "binh", "ha");

  assert.deepEqual(page.ticked(), ["ha"]);
  assert.equal(page.bulk(), "Mark 1");
});

test("the focus stays with the person, wherever the row now stands", async () => {
  const page = await opened();
  page.on("binh");
  swapped(page, "binh", "yen", "an", "ha");
  assert.equal(page.focus, "arrival-binh");

  page.key("j");
  assert.equal(page.focus, "arrival-yen");
});

test("further journeys that were unfolded stay unfolded", async () => {
  const page = await opened();
  page.find("#more-binh").open = true;
  swapped(page, "an", "binh");

  assert.deepEqual(
    page.all("[data-arrivals] details[open]").map(({ id }) => id),
    ["more-binh"],
  );
});

test("what another piece of the page brings in leaves ticks and focus alone", async () => {
  const page = await opened();
  page.find('[value="an"]').click();
  page.find("[name=q]").focus();
  const other = page.find("#filters-more");
  page.tell("htmx:beforeSwap", { target: other }, other);
  page.tell("htmx:afterSwap", { target: other, elt: other }, other);

  assert.deepEqual(page.ticked(), ["an"]);
  assert.equal(page.focus, "q");
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

const FOLD = (id) => `<tr id="fold-${id}" data-fold-of="arrival-${id}"><td>Declared: fever</td></tr>`;
const answers = (page, id) => {
  page.answer = () => ({ ok: true, text: async () => FOLD(id) });
};

test("d folds the declaration out below its row, asks for it once, and folds it in again", async () => {
  const page = await opened();
  answers(page, "an");
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

test("a declaration that is folded out stays below its row when the list refreshes itself", async () => {
  const page = await opened();
  answers(page, "an");
  page.find("#arrival-an [data-open]").click();
  await page.wait(0);
  swapped(page, "yen", "an", "binh");
  assert.equal(page.find("#arrival-an").nextElementSibling.id, "fold-an");
  assert.equal(page.find("#arrival-an [data-open]").getAttribute("aria-expanded"), "true");

  swapped(page, "binh"); // and goes with its person
  assert.equal(page.has("#fold-an"), false);
});

for (const [what, answer] of [
  ["the network is gone", undefined],
  ["the server refuses", () => ({ ok: false })],
  ["the session has ended", () => ({ ok: true, redirected: true })],
]) {
  test(`where ${what} the declaration's link leads to the person's page, as without scripts`, async () => {
    const page = await opened();
    page.answer = answer ?? page.answer;
    page.find("#arrival-an [data-open]").click();
    await page.wait(0);

    assert.deepEqual(page.went, ["https://dancu.test/commune/journey/an/#declared"]);
  });
}

test("a declaration opened with Ctrl is the browser's, in another tab", async () => {
  const page = await opened();
  const opener = page.find("[data-open]");
  const click = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });

  assert.equal(opener.dispatchEvent(click), true);
  assert.deepEqual(page.asked, []);
});

test("files are of the list as it is filtered, all its pages", async () => {
  const page = await opened({ path: "/commune/?q=An&page=3" });
  page.tell("htmx:pushedIntoHistory");

  assert.equal(page.find("[data-follows]").href, "https://dancu.test/commune/files/list.csv?q=An");
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

test("on a telephone they are closed to begin with", async () => {
  const narrow = (window) => {
    window.matchMedia = () => ({ matches: true });
  };
  const page = await opened({ prepare: narrow });

  assert.equal(page.find("#filters-more").open, false);
});

test("a list of nobody, or one where nobody can be marked, works all the same", async () => {
  const page = await open("arrivals", "<section data-arrivals></section>");
  await page.wait(20);
  page.key("j");

  assert.equal(page.focus, "body");
});
