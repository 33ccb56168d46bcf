import assert from "node:assert/strict";
import { test } from "node:test";

import { opened } from "./scan-page.js";

for (const [refuses, what] of [
  ["NotAllowedError", "refused"],
  ["NotFoundError", "none"],
  ["NotReadableError", "busy"],
  ["AnythingElse", "failed"],
]) {
  test(`a camera that cannot be had (${refuses}) is ${what}, and can be asked for again`, async () => {
    const page = await opened({ refuses });
    await page.press("start");
    assert.equal(page.message(), what);
    assert.equal(page.part("message").classList.contains("dancu-scan__message--problem"), true);
    assert.equal(page.shown(), "start");

    page.phone.refuses = "";
    await page.press("start");
    assert.equal(page.message(), "hold");
    assert.equal(page.part("message").classList.contains("dancu-scan__message--problem"), false);
  });
}

test("a page without https, or a browser without cameras, says so", async () => {
  const page = await opened();
  page.window.isSecureContext = false;
  await page.press("start");
  assert.equal(page.message(), "insecure");

  page.window.isSecureContext = true;
  page.window.navigator.mediaDevices = undefined;
  await page.press("start");
  assert.equal(page.message(), "none");
});

test("who presses twice starts one camera", async () => {
  const page = await opened();
  page.part("start").click();
  await page.press("start");

  assert.equal(page.phone.tracks.length, 1);
});

test("a decoder that could not be loaded is said, and loaded anew at the next press", async () => {
  const page = await opened({ decodes: false });
  await page.press("start");
  await page.wait(1);
  assert.equal(page.message(), "failed");
  assert.equal(page.phone.isOn, false);
  assert.deepEqual(
    page.phone.workers.map(({ ended }) => ended),
    [true],
  );

  Object.assign(page.phone, { decodes: true, sees: "HC1:AN" });
  await page.press("start");
  await page.wait(1);
  assert.equal(page.submitted.length, 1);
  assert.equal(page.phone.workers.length, 2);
});

test("a camera that is unplugged, or closed because the page is hidden, can be started again", async () => {
  const page = await opened();
  for (const ends of [() => page.phone.unplug(), () => page.hide()]) {
    await page.press("start");
    assert.equal(page.shown(), "view stop");
    ends();
    await page.wait(1);
    assert.deepEqual([page.shown(), page.message(), page.phone.isOn], ["start", "", false]);
    page.hide(false);
  }
});

test("when the desk goes on to something else the camera and the decoder end", async () => {
  const page = await opened();
  await page.press("start");
  page.find("#desk").innerHTML = "<h2>May pass</h2>";
  await page.wait(1);

  assert.equal(page.phone.isOn, false);
  assert.deepEqual(
    page.phone.workers.map(({ ended }) => ended),
    [true],
  );
});

test("what was read and could not be sent is kept for one press, and the field is free", async () => {
  const page = await opened();
  page.phone.sees = "HC1:AN";
  await page.press("start");
  await page.wait(1);
  page.tell("htmx:sendError", { elt: page.find("#form") });
  assert.deepEqual([page.message(), page.shown()], ["unsent", "start retry"]);
  assert.equal(page.find("#code").value, "");

  await page.press("retry");
  assert.equal(page.submitted.length, 2);
  assert.equal(page.find("#code").value, "HC1:AN");
});

test("another form's trouble is not the scanner's", async () => {
  const page = await opened();
  page.tell("htmx:responseError", { elt: page.document.body });

  assert.deepEqual([page.message(), page.shown()], ["", "start"]);
});

const choose = async (page) => {
  const picture = new page.window.Blob(["a picture"], { type: "image/jpeg" });
  Object.defineProperty(page.part("picture"), "files", { configurable: true, value: [picture] });
  page.part("picture").dispatchEvent(new page.window.Event("change", { bubbles: true }));
  await page.wait(1);
};

test("a code in a picture is read thoroughly, and sent as one from the camera", async () => {
  const page = await opened({ sees: "HC1:AN" });
  await choose(page);

  assert.deepEqual(
    page.phone.asked.map(({ hard }) => hard),
    [true],
  );
  assert.equal(page.find("#code").value, "HC1:AN");
  assert.equal(page.submitted.length, 1);
});

test("a picture that the device cannot read is sent to the server, once", async () => {
  for (const about of [{ sees: "" }, { decodes: false }]) {
    const page = await opened(about);
    await choose(page);
    assert.deepEqual([page.submitted.length, page.message()], [1, "sending"]);
    await choose(page);
    assert.equal(page.submitted.length, 1);
  }
});

test("where nothing is sent the person is told to take another picture", async () => {
  const page = await opened({ options: "" });
  await choose(page);

  assert.deepEqual([page.submitted.length, page.message()], [0, "unread"]);
});

test("the light is offered where the camera has one, and is off again with the camera", async () => {
  assert.ok(!(await opened()).shown().includes("light"));

  const page = await opened({ can: { torch: true } });
  await page.press("start");
  assert.equal(page.shown(), "view stop light");
  await page.press("light");
  assert.equal(page.part("light").getAttribute("aria-pressed"), "true");
  await page.press("light");
  await page.press("light");
  assert.deepEqual(
    page.phone.tracks[0].applied.map(({ torch }) => torch),
    [true, false, true],
  );

  await page.press("stop");
  assert.equal(page.part("light").getAttribute("aria-pressed"), "false");
});
