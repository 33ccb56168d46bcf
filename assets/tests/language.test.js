import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

const SWITCH =
  '<form data-language action="/language/"><input type="hidden" name="next" value="/declare/who/"></form>';
const FORM = `
  <input name="csrfmiddlewaretoken" type="hidden" value="token-of-this-page">
  <input name="full_name"><textarea name="note"></textarea>
  <input name="phone"><input name="phone">
  <select name="purpose"><option value="">–</option><option value="work">Work</option></select>
  <input type="radio" name="sex" value="f"><input type="radio" name="sex" value="m">
  <input type="checkbox" name="symptoms" value="fever">
  <input type="checkbox" name="symptoms" value="none" checked>
  <input type="hidden" name="origin_id" value="">
  <input type="password" name="code">
  <details><summary>More</summary></details>`;
const PAGE = `${SWITCH}<main>${FORM}</main>`;

// Everything typed on the Vietnamese page, whose language is then changed; what the tab remembers.
async function changed(typing, { body = PAGE, path = "/declare/who/", prepare } = {}) {
  const page = await open("language", body, { path, prepare });
  typing(page);
  page.find("[data-language]").requestSubmit();
  assert.equal(page.submitted.length, 1);
  return { ...page.window.sessionStorage };
}

const inEnglish = (stored, { body = PAGE, path = "/declare/who/", ...more } = {}) =>
  open("language", body, { lang: "en", path, stored, ...more });

const value = (page, name) => page.find(`main [name="${name}"]`).value;
const checked = (page) => page.all("main :checked:not(option)").map((choice) => choice.value);

test("what was typed, chosen and unfolded stands on the page in the other language", async () => {
  const stored = await changed((page) => {
    page.type("[name=full_name]", "Nguyễn Thị An");
    page.type("[name=note]", "hai dòng\nchữ");
    page.find("[name=purpose]").value = "work";
    page.find("[value=f]").click();
    page.find("[value=fever]").click();
    page.find("[value=none]").click();
    page.find("details").open = true;
  });
  const page = await inEnglish(stored);

  assert.equal(value(page, "full_name"), "Nguyễn Thị An");
  assert.equal(value(page, "note"), "hai dòng\nchữ");
  assert.equal(value(page, "purpose"), "work");
  assert.deepEqual(checked(page), ["f", "fever"]);
  assert.equal(page.find("details").open, true);
});

test("two fields of one name each get back their own", async () => {
  const stored = await changed((page) => {
    const [first, second] = page.all("[name=phone]");
    [first.value, second.value] = ["0912 345 678", "0987 654 321"];
  });
  const page = await inEnglish(stored);

  assert.deepEqual(
    page.all("[name=phone]").map((field) => field.value),
    ["0912 345 678", "0987 654 321"],
  );
});

test("neither a code or password nor the page's own token is kept", async () => {
  const stored = await changed((page) => page.type("[name=code]", "847 291"));
  assert.doesNotMatch(JSON.stringify(stored), /847 291|token-of-this-page/);

  const page = await inEnglish(stored, { body: PAGE.replace("token-of-this-page", "token-of-the-next") });
  assert.equal(value(page, "csrfmiddlewaretoken"), "token-of-the-next");
});

test("the tab forgets what was typed as soon as it stands there again", async () => {
  const stored = await changed((page) => page.type("[name=full_name]", "Nguyễn Thị An"));
  const page = await inEnglish(stored);

  assert.equal(page.window.sessionStorage.length, 0);
});

test("it is given to no other page, and not after a minute; and then forgotten too", async () => {
  const stored = await changed((page) => page.type("[name=full_name]", "Nguyễn Thị An"));
  for (const other of [{ path: "/declare/route/" }, { seconds: 61 }]) {
    const page = await inEnglish(stored, other);
    assert.equal(value(page, "full_name"), "");
    assert.equal(page.window.sessionStorage.length, 0);
  }
});

test("what listens to a field learns of it as if it were typed", async () => {
  const stored = await changed((page) => {
    page.type("[name=full_name]", "Nguyễn Thị An");
    page.find("[value=m]").click();
  });
  const heard = [];
  await inEnglish(stored, {
    prepare: (window) => {
      for (const name of ["input", "change", "click"]) {
        window.document.addEventListener(name, ({ target }) => heard.push(`${name} ${target.name}`));
      }
    },
  });

  assert.ok(heard.includes("input full_name"));
  assert.ok(heard.includes("change full_name"));
  assert.ok(heard.includes("click sex"));
  assert.ok(!heard.some((event) => event.endsWith("phone"))); // nothing was typed there
});

test("a chosen commune keeps its id, though another name typed empties it", async () => {
  const stored = await changed((page) => {
    page.type("[name=full_name]", "Phường Hồng Hà");
    page.find("[name=origin_id]").value = "1203";
  });
  const page = await inEnglish(stored, {
    prepare: (window) => {
      const hidden = window.document.querySelector("[name=origin_id]");
      window.document.addEventListener("input", () => {
        hidden.value = "";
      });
    },
  });

  assert.equal(value(page, "origin_id"), "1203");
});

test("a page with other fields than before takes those it knows", async () => {
  const stored = await changed((page) => {
    page.type("[name=full_name]", "Nguyễn Thị An");
    page.type("[name=note]", "một");
  });
  const page = await inEnglish(stored, { body: `${SWITCH}<main><input name="full_name"></main>` });

  assert.equal(value(page, "full_name"), "Nguyễn Thị An");
});

test("where the browser keeps nothing the language changes all the same", async () => {
  const withoutStorage = (window) => {
    Object.defineProperty(window, "sessionStorage", {
      get: () => {
        throw new window.DOMException("denied", "SecurityError");
      },
    });
  };
  const page = await open("language", PAGE, { path: "/declare/who/", prepare: withoutStorage });
  page.type("[name=full_name]", "Nguyễn Thị An");
  page.find("[data-language]").requestSubmit();

  assert.equal(page.submitted.length, 1);
});

test("nonsense in the tab's storage, or a form that is no language's, changes nothing", async () => {
  const page = await inEnglish({ "typed before the language was changed": "{half" });
  assert.equal(value(page, "full_name"), "");

  const form = page.document.createElement("form");
  page.find("main").append(form);
  form.requestSubmit();
  assert.equal(page.window.sessionStorage.length, 0);
});

test("a piece with an address comes back in the other language, until the next press", async () => {
  const page = await inEnglish(
    {},
    { body: `${SWITCH}<main><div id="desk" data-piece-has-address></div></main>` },
  );
  const desk = page.find("#desk");
  const next = () => page.find("[name=next]").value;
  page.tell("htmx:afterSettle", {
    target: desk,
    requestConfig: { verb: "get", path: "/checkpoint/code/?text=A1" },
  });
  assert.equal(next(), "/checkpoint/code/?text=A1");

  page.tell("htmx:afterSettle", {
    target: desk,
    requestConfig: { verb: "post", path: "/checkpoint/decide/" },
  });
  assert.equal(next(), "/declare/who/");
});
