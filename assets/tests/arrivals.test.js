import assert from "node:assert/strict";
import { test } from "node:test";

import { answersWithFold, opened, swapped } from "./arrivals-page.js";
import { open } from "./page.js";

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

test("a list before an empty chair says that it asks by itself; a hand at the mouse ends that", async () => {
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
    page.all("[data-list] details[open]").map(({ id }) => id),
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

test("a declaration that is folded out stays below its row when the list refreshes itself", async () => {
  const page = await opened();
  answersWithFold(page, "an");
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
  ["the session has ended", () => ({ ok: true, redirected: true, text: async () => "<!doctype html>" })],
]) {
  test(`where ${what} the declaration's link leads to the person's page, as without scripts`, async () => {
    const page = await opened();
    page.answer = answer ?? page.answer;
    page.find("#arrival-an [data-open]").click();
    await page.wait(0);

    assert.deepEqual(page.went, ["https://dancu.test/commune/journey/an/#declared"]);
    assert.doesNotMatch(page.find("tbody").textContent, /null|doctype/);
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

test("on a telephone they are closed to begin with", async () => {
  const narrow = (window) => {
    window.matchMedia = () => ({ matches: true });
  };
  const page = await opened({ prepare: narrow });

  assert.equal(page.find("#filters-more").open, false);
});

test("a list of nobody, or one where nobody can be marked, works all the same", async () => {
  const page = await open("arrivals", "<section data-list></section>");
  await page.wait(20);
  page.key("j");

  assert.equal(page.focus, "body");
});
