import assert from "node:assert/strict";
import { test } from "node:test";

import { update } from "../device/bundle.js";
import {
  anPass,
  CODE,
  colour,
  cut,
  opened,
  press,
  RESULT,
  reasons,
  scans,
  sends,
  until,
  verdict,
} from "./offline-desk.js";

const HOURS = 3600;
const state = (page) => page.text("[data-device-words]");

test("with the network the desk is as it is without this", async () => {
  const page = await opened();
  const form = page.find("form.dancu-scanning");
  assert.equal(page.tell("htmx:beforeRequest", { elt: form, requestConfig: {} }, form), true);
  assert.equal(state(page), "Everything is sent · list of 15:00");
});

test("a good pass is read on the device: green by its rule, with who it is", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));

  assert.equal(colour(page), "green");
  assert.equal(verdict(page), "Let through");
  assert.deepEqual(reasons(page), ["Nothing about it."]);
  assert.equal(page.text("#heading"), "Let through: Nguyễn Văn An");
  assert.equal(page.focus, "heading");
  assert.match(
    page.text("#desk"),
    /1990 ••• 34.*Phường Bến Nghé, Thành phố Hồ Chí Minh .*14:00 02\/12\/2026/,
  );
  assert.equal(page.find("#id_plate").value, "51F-12345");
  assert.equal(page.find("#connection-trouble").hasAttribute("hidden"), true);
});

test("a decision is kept on the device, told at once, and sent when the network is back", async () => {
  const page = await opened();
  cut(page);
  const text = await anPass(page);
  await scans(page, text);
  page.type("#id_plate", "51f-777");
  page.key("F2");
  await page.shows("[data-banner]");

  assert.equal(page.text("[data-banner]"), "Nguyễn Văn An: let through, 15:00. Will be sent.");
  assert.ok(page.find("[data-banner]").classList.contains("dancu-banner--go"));
  assert.equal(page.focus, "id_text");
  const [{ kind, payload, shift, counter }] = await page.items();
  assert.deepEqual([kind, shift, counter], ["crossing", "shift-1", 1]);
  const { bundle_at, ...said } = payload;
  assert.deepEqual(said, {
    pass: CODE,
    decision: "through",
    reason_code: "",
    reason: "",
    about: "",
    direction: "out",
    station: 12,
    plate: "51F-777",
    shown: "green",
    status: "valid",
    ruled_by: "passage 2 0 green",
    text,
  });
  assert.equal(bundle_at, "2026-11-29T08:00:00.000Z");
  await until(() => state(page) === "No network: 1 waiting · list of 15:00");

  page.server.loses = () => "";
  await page.wait(30);
  await until(async () => (await page.waiting()) === 0);
  assert.equal(page.server.counted, 1);
  await until(() => state(page) === "Everything is sent · list of 15:00", "sent");
});

test("while the network is gone nothing waits for it, and a probe ends that", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  press(page, "#next");
  const form = page.find("form.dancu-scanning");
  form.elements.text.value = await anPass(page);
  const asked = () => page.tell("htmx:beforeRequest", { elt: form, requestConfig: {} }, form);
  assert.equal(asked(), false);

  page.server.loses = () => "";
  await page.wait(5);
  await until(asked, "asks the server again");
});

test("a stop takes a reason: one press of the bundle's", async () => {
  const page = await opened({ lang: "vi" });
  cut(page);
  await scans(page, await anPass(page));
  page.key("F4");
  await page.shows("#question");
  assert.equal(page.text("#question"), "hold?");
  assert.equal(page.text("[data-reason]"), "Dương tính");
  assert.equal(await page.waiting(), 0);
  press(page, "[data-reason]");
  await page.shows("[data-banner]");

  const [{ payload }] = await page.items();
  assert.deepEqual([payload.decision, payload.reason_code], ["secondary", "positive"]);
});

test("words of the officer's own say what they are of, and Escape leads back to the verdict", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.type("#id_plate", "51F-1");
  page.key("F8");
  await page.shows("#question");
  page.key("Escape");
  await page.shows("#heading");
  assert.equal(page.find("#id_plate").value, "51F-1");
  page.key("F8");
  await page.shows("#question");
  press(page, "#symptoms");
  assert.equal(await page.waiting(), 0);
  page.type("#written", "  Sốt 38,5 ");
  press(page, "#symptoms");
  await page.shows("[data-banner]");

  const [{ payload }] = await page.items();
  assert.deepEqual([payload.reason, payload.about, payload.plate], ["Sốt 38,5", "symptoms", "51F-1"]);
});

test("a pass that has expired or was withdrawn is red, and letting it through takes a reason", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page, { 4: Math.floor(Date.now() / 1000) - 2 * HOURS, 6: 1_700_000_000 }));
  assert.deepEqual([colour(page), verdict(page)], ["red", "Pass expired"]);
  assert.deepEqual(reasons(page), ["Expired at 13:00 29/11/2026, 2 hours ago."]);
  press(page, "#through");
  await page.shows("#question");
  assert.equal(page.text("#question"), "through?");
  page.type("#written", "Cấp cứu");
  press(page, "[data-about]");
  await page.shows("[data-banner]");

  const [{ payload }] = await page.items();
  assert.deepEqual([payload.status, payload.shown, payload.reason], ["expired", "red", "Cấp cứu"]);
});

test("a pass that was replaced is amber, and the newer one is asked for", async () => {
  const page = await opened();
  page.server.change("withdrawn", CODE, '"superseded"');
  await page.device.store.set({ bundle: undefined, bundleAsked: 0 });
  await update(page.device.store, page.device.server, page.device.clock);
  cut(page);
  await scans(page, await anPass(page));

  assert.deepEqual([colour(page), verdict(page)], ["amber", "Pass replaced"]);
  assert.deepEqual(reasons(page), ["Ask for the newer pass."]);
});

test("own words are cut between letters, and no half of one is kept", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.type("#id_plate", "51f\ud83d-1");
  page.key("F8");
  await page.shows("#question");
  page.type("#written", `\udc00${"a".repeat(199)}😷😷`);
  press(page, "#symptoms");
  await page.shows("[data-banner]");

  const [{ payload }] = await page.items();
  assert.deepEqual([payload.reason, payload.plate], [`${"a".repeat(199)}😷`, "51F-1"]);
});

// A pass of which one letter was changed.
async function forged(page) {
  const text = await anPass(page);
  return `${text.slice(0, -9)}${text.at(-9) === "A" ? "B" : "A"}${text.slice(-8)}`;
}

test("a forged code is red, tells of nobody, and is reported as an incident", async () => {
  const page = await opened();
  cut(page);
  const text = await forged(page);
  await scans(page, text);
  assert.equal(verdict(page), "Forged code");
  assert.equal(page.has("#name"), false);
  page.type("[name=plate]", "51f-1");
  page.key("F2");
  assert.equal(page.focus, "note"); // who lets it through says why
  page.key("F8");
  await page.shows("[data-banner]");

  const [{ kind, payload }] = await page.items();
  const told = { kind: "altered", decision: "back", code_text: text, note: "", station: 12, plate: "51F-1" };
  assert.deepEqual([kind, payload], ["incident", { ...told, picture: "" }]);
  assert.equal(page.text("[data-banner]"), "Forged code: turned back, 15:00. Will be sent.");
});

test("of a code that nobody can read nothing is recorded", async () => {
  const page = await opened();
  cut(page);
  await scans(page, "DC1:ABC");
  assert.equal(page.all("[data-decision]").length, 0);
  page.key("Escape");
  await page.shows("form.dancu-scanning");
});

test("by a list older than twelve hours nobody is told to be good", async () => {
  const page = await opened();
  page.server.loses = () => "request";
  await page.sleep(12 * HOURS + 60);
  await scans(page, await anPass(page));

  assert.deepEqual([colour(page), verdict(page)], ["amber", "Not known"]);
  assert.match(reasons(page)[0], /The list of 15:00 29\/11\/2026 is too old/);
  await until(() => /the list of 15:00 29\/11\/2026 is too old/.test(state(page)), "age");
});

test("without a list the device says that it does not know, and records all the same", async () => {
  const page = await opened({ hasBundle: false });
  cut(page);
  await page.device.store.set({ bundle: undefined });
  const text = await anPass(page);
  await scans(page, text);
  assert.equal(verdict(page), "Not known");
  assert.match(page.text("#desk"), /26740 31117/);
  press(page, "#through");
  await page.shows("[data-banner]");

  const [{ payload }] = await page.items();
  assert.deepEqual([payload.status, payload.bundle_at], ["not_known", null]);
  assert.equal(payload.text, text);
});

test("one who is shown again at this device is known", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.key("F2");
  await page.shows("[data-banner]");
  await page.sleep(180);
  await scans(page, await anPass(page));
  assert.equal(reasons(page)[0], "Recorded 3 minutes ago: let through.");
  assert.equal(colour(page), "amber");
  page.key("F8");
  await page.shows("#question");
  press(page, "[data-reason]");
  await page.shows("[data-banner]");

  await scans(page, await anPass(page, { 100: 77n }));
  assert.deepEqual([colour(page), verdict(page)], ["red", "Turned back before"]);
  assert.match(reasons(page)[0], /^Recorded just now: turned back\. With another pass\.$/);
});

test("what is typed cannot be looked up, and stays in the field; a photo without a code says so", async () => {
  const page = await opened();
  cut(page);
  await scans(page, "7K3M-9QX2-PF4Y");
  assert.equal(page.text("#problem"), "Nothing typed can be looked up.");
  assert.equal(page.find("#id_text").value, "7K3M-9QX2-PF4Y");
  page.find("#problem").remove();
  await scans(page, "");
  assert.equal(page.text("#problem"), "No code in the photo.");
});

test("a decision online whose request fails is kept under its own id, and nobody is asked again", async () => {
  const page = await opened();
  page.find("#desk").innerHTML = RESULT;
  cut(page);
  sends(page, page.find("form[data-deciding]"), { decision: "through" });
  await page.shows("[data-banner]");

  const [{ id, payload, at }] = await page.items();
  assert.equal(id, "019e0000-0000-7000-8000-000000000009");
  assert.equal(at, new Date(0x019e00000000).toISOString());
  assert.deepEqual(
    [payload.pass, payload.plate, payload.shown, payload.status],
    [CODE, "51F-99999", "green", "valid"],
  );
  assert.deepEqual([payload.station, "text" in payload], [12, false]); // the server has read it
  assert.equal(page.window.sessionStorage.length, 0);
});

test("a stop pressed online that did not arrive is asked for its reason here, once", async () => {
  const page = await opened();
  page.find("#desk").innerHTML = RESULT;
  cut(page);
  sends(page, page.find("form[data-deciding]"), { decision: "secondary" });
  await page.shows("#question");
  assert.equal(await page.waiting(), 0);
  press(page, "[data-reason]");
  await page.shows("[data-banner]");

  const [{ id, payload }, ...others] = await page.items();
  assert.deepEqual(
    [id, payload.reason_code, others],
    ["019e0000-0000-7000-8000-000000000009", "positive", []],
  );
});

test("on a device that is not enrolled everything stays as it is", async () => {
  const page = await opened({ isEnrolled: false });
  page.find("#desk").innerHTML = RESULT;
  cut(page);
  sends(page, page.find("form[data-deciding]"), { decision: "through" });
  await page.wait(1);

  assert.equal(page.has("form[data-deciding]"), true);
  assert.equal(page.window.sessionStorage.length, 1);
  assert.equal(page.find("[data-device]").hidden, true);
  assert.equal(page.asked.length, 0);
});

test("where the device cannot keep it, it says that nothing was recorded", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.window.IDBObjectStore = globalThis.IDBObjectStore;
  const { add } = globalThis.IDBObjectStore.prototype;
  globalThis.IDBObjectStore.prototype.add = function full() {
    this.transaction.abort();
  };
  try {
    page.key("F2");
    await page.shows("[data-not-kept]");
  } finally {
    globalThis.IDBObjectStore.prototype.add = add;
  }
  assert.equal(page.has("#heading"), true);
  assert.equal(await page.waiting(), 0);
});

test("what was refused is told until the officer has seen it", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.key("F2");
  await page.shows("[data-banner]");
  page.server.answers = () => "kept";
  page.server.loses = () => "";
  await page.wait(30);
  await page.shows("[data-seen]");
  assert.match(
    page.text("[data-device-notices]"),
    /^Kept AYWA-HEPP-JW7G, let through, 15:00 29\/11\/2026 because/,
  );
  press(page, "[data-seen]");
  await until(() => !page.has("[data-seen]"), "seen");
});

test("who has no shift is told so, and that people will look at what they decide", async () => {
  const page = await opened();
  await page.device.store.set({ shift: null, noShift: "elsewhere" });
  await page.wait(31); // until the line looks again
  await until(() => state(page) === "Everything is sent · list of 15:00 · Another checkpoint's.");
  cut(page);
  await scans(page, await anPass(page));
  page.key("F2");
  await page.shows("[data-banner]");

  assert.match(page.text("[data-banner]"), /let through, 15:0\d\. People will look at it\.$/);
  assert.equal((await page.items())[0].shift, null);
});

test("a shift that is over is told of, without a network", async () => {
  const page = await opened();
  cut(page);
  await page.sleep(8 * HOURS + 60);
  await page.wait(31);
  await until(() => / · Nobody is signed in\.$/.test(state(page)), "over");
  await scans(page, await forged(page));
  page.key("F8");
  await page.shows("[data-banner]");

  assert.match(page.text("[data-banner]"), /turned back, 23:0\d\. People will look at it\.$/);
});

test("what the server could not read is told in words of the page", async () => {
  const page = await opened();
  cut(page);
  const { id } = await page.device.record("crossing", { pass: CODE, unreadable: true, decision: "back" });
  for (let tries = 0; tries < 3; tries++) await page.device.outbox.unread(id, "");
  await page.wait(31); // until the line looks again
  await page.shows("[data-seen]");
  assert.match(page.text("[data-device-notices]"), /^Refused AYWA-HEPP-JW7G, turned back, .* Not read\./);
});

// Whether the desk lets its page be replaced by a sign-in.
const isHeld = (page) => !page.tell("dancu:session-ending");

test("the end of the session leads nobody away who works without the network, or decides on somebody", async () => {
  const page = await opened();
  assert.equal(isHeld(page), false);
  cut(page);
  await scans(page, await anPass(page));
  assert.equal(isHeld(page), true);
  page.server.loses = () => "";
  await page.wait(5);
  assert.equal(isHeld(page), true);
  page.key("F2");
  await page.shows("[data-banner]");
  await until(() => !isHeld(page), "may sign in");
});

test("that the network is gone is noticed before anybody is scanned", async () => {
  const page = await opened();
  cut(page);
  page.hide(false); // the telephone comes out of the pocket
  await until(() => state(page) === "No network · list of 15:00", "gone");
});

test("a scan does not wait long for a network that swallows it", async () => {
  const page = await opened();
  const [form, xhr] = [page.find("form.dancu-scanning"), { timeout: 20_000 }];
  page.tell("htmx:beforeRequest", { elt: form, xhr, requestConfig: {} }, form);
  assert.equal(xhr.timeout, 8000);
});

test("what was recorded outlives the page", async () => {
  const page = await opened();
  cut(page);
  await scans(page, await anPass(page));
  page.key("F2");
  await page.shows("[data-banner]");
  const { server, factory } = page;
  server.loses = () => "";
  const next = await opened({ memory: { server, factory }, seconds: 60 });
  await until(async () => (await next.waiting()) === 0, "sent");

  assert.equal(server.counted, 1);
});
