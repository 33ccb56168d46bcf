// The desk of the checkpoint officer Bình on an enrolled device, for tests: its markup is what the templates of
// dancu/web/checkpoint give, in short; the device's store is real, the server the small one.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { mock } from "node:test";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { update } from "../device/bundle.js";
import { Device } from "../device/device.js";
import { passClaims, passText } from "./device-codes.js";
import { FakeServer } from "./device-server.js";
import { open, settled } from "./page.js";

const decision = (answer) =>
  `<section class="dancu-decision dancu-decision--${answer}"><p class="dancu-decision__words"></p></section>`;
const button = (value, key, when = "") =>
  `<button type="button" ${when} data-decision="${value}" data-key="${key}" id="${value}">${value}</button>`;
const SAYS = {
  "is-valid": "Compare face and card",
  "why-no-rule": "No rule.",
  "why-green": "Nothing about it.",
  "is-green": "Let through",
  "is-amber": "Check",
  "is-red": "Stop",
  "ask-remembered": "Something may be known.",
  "ask-new": "Newer than the list.",
  "ask-unconfirmed": "Did not agree in full.",
  "ask-unknown": "The rule asks for more.",
  "not-known-offline": "Earlier stops are not known.",
  "is-not_known": "Not known",
  "why-not_known": "No keys.",
  "why-stale": "The list of {time} is too old.",
  "is-expired": "Pass expired",
  "why-expired": "Expired at {time}, {ago}.",
  "is-revoked": "Pass revoked",
  "why-revoked": "Revoked.",
  "is-superseded": "Pass replaced",
  "why-superseded": "Ask for the newer pass.",
  "is-altered": "Forged code",
  "why-altered": "Changed after signing.",
  "recorded-before": "Recorded {ago}: {decision}.",
  "another-pass": "With another pass.",
  "before-held": "Held before",
  "before-back": "Turned back before",
  "done-through": "let through",
  "done-secondary": "held",
  "done-back": "turned back",
  "just-now": "just now",
  "no-list": "none",
  "no-look-up": "Nothing typed can be looked up.",
  "no-picture": "No code in the photo.",
  "device-sent": "Everything is sent",
  "device-waiting": "{count} waiting",
  "device-gone": "No network",
  "device-gone-waiting": "No network: {count} waiting",
  "device-list": "list of {time}",
  "device-list-old": "the list of {time} is too old",
  "device-no-list": "no list",
  "device-elsewhere": "Another checkpoint's.",
  "device-nobody": "Nobody is signed in.",
  "device-unreadable": "Not read.",
  "device-kept": "Kept",
  "device-refused": "Refused",
};

const SCANNING = `<form class="dancu-scanning" action="/checkpoint/examine/"><input id="id_text" name="text" data-desk-focus></form>`;
export const RESULT = `
  <form class="dancu-result" data-deciding="Nguyễn Văn An" data-deciding-code="AYWA-HEPP-JW7G"
    data-deciding-status="valid" data-deciding-answer="go" action="/checkpoint/decide/">
    <input type="hidden" name="code" value="AYWA-HEPP-JW7G">
    <input type="hidden" name="crossing_id" value="019e0000-0000-7000-8000-000000000009">
    <input name="plate" value="51F-99999">
  </form>`;
const PAGE = `
  <section data-device data-official="7" data-station="12" data-zone="Asia/Ho_Chi_Minh" data-worker="/checkpoint/worker.js" hidden>
    <p data-device-words></p><p data-pin-wanted hidden></p><div data-device-notices hidden></div>
    <template data-says="device-notice"><div><b data-what></b> <i data-who></i> <i data-why></i><button data-seen>Seen</button></div></template>
  </section>
  <div id="connection-trouble"></div>
  <form class="dancu-direction"><button value="in" aria-pressed="false"></button><button value="out" aria-pressed="true"></button></form>
  <div id="desk">${SCANNING}</div>
  <template id="unrecorded"><form class="told"></form></template>
  <template id="offline-verdict"><form class="dancu-result" data-offline>
    <h1 tabindex="-1" data-desk-focus data-fill="heading" id="heading"></h1>${decision("go")}${decision("check")}${decision("stop")}
    <div data-when="go check stop"><p data-fill="name" id="name"></p><span data-fill="born"></span>
      <span data-unless-empty><i data-fill="number"></i></span><dd data-fill="origin"></dd>
      <dd data-fill="destination"></dd><input name="plate" id="id_plate"><dd data-fill="until"></dd></div>
    <p data-when="go check stop"><i data-fill="code"></i><i data-fill="list"></i></p>
    <div data-when="forged"><input name="plate"><input name="note" id="note"><input type="file" name="picture"></div>
    ${button("through", "F2", 'data-when="go check forged"')}
    <button type="button" data-when="stop" data-decision="through" id="through">Let through for a reason</button>
    <button type="button" data-when="go check nobody forged" data-next data-key="Escape" id="next">Next</button>
    <div data-when="go check stop forged">${button("secondary", "F4")}${button("back", "F8")}</div></form></template>
  <template id="offline-reason"><h1 data-desk-focus tabindex="-1" id="question"><span data-when="back">back?</span><span data-when="secondary">hold?</span><span data-when="through">through?</span></h1>
    <p data-fill="name"></p><fieldset data-reasons></fieldset>
    <form><input data-written id="written"><button type="button" data-when="passing" data-about="">Record</button>
    <fieldset data-when="stopping"><button type="button" data-about="symptoms" id="symptoms">Fever</button></fieldset></form>
    <button type="button" data-leave data-key="Escape">Back</button></template>
  <template id="offline-ready"><div data-when="recorded" data-banner class="dancu-banner"><strong data-fill="name"></strong>: <span data-fill="decided"></span>, <span data-fill="time"></span>.<i data-when="counts"> Will be sent.</i><i data-when="for-people"> People will look at it.</i></div>
    <div data-when="problem" role="alert"><p data-fill="problem" id="problem"></p></div>${SCANNING}</template>
  <template id="offline-not-kept"><div role="alert" data-not-kept>Not recorded</div></template>
  ${Object.entries(SAYS)
    .map(([name, words]) => `<template data-says="${name}">${words}</template>`)
    .join("")}`;

const BROWSER = ["crypto", "TextEncoder", "TextDecoder", "AbortController", "structuredClone", "Blob"];
export const NOW = Date.UTC(2026, 10, 29, 8); // as in page.js
export const CODE = "AYWA-HEPP-JW7G"; // of An's pass

// Lets what was begun happen, until something is so; where it takes long, a while goes by.
export async function until(isSo, what = String(isSo)) {
  const end = performance.now() + 5000; // a machine that is busy needs more turns
  for (let turn = 0; turn < 3000 || performance.now() < end; turn++) {
    if (await isSo()) return;
    await settled();
    if (turn > 300 && turn % 10 === 0) mock.timers.tick(100);
  }
  assert.fail(`not within reach: ${what}`);
}

// Opens the desk. `memory`: what an earlier desk of this device gave back; `about.isEnrolled`,
// `about.hasBundle`: what the device is.
export async function opened({ isEnrolled = true, hasBundle = true, memory, seconds = 0, lang = "en" } = {}) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOW + seconds * 1000 });
  const server = memory?.server ?? (await FakeServer.start());
  globalThis.indexedDB = memory?.factory ?? new IDBFactory();
  const factory = globalThis.indexedDB;
  const device = await Device.open({ fetch: server.fetch, steady: () => Date.now() });
  if (isEnrolled && !memory) await device.enrol(server.code);
  if (isEnrolled && hasBundle && !memory) await update(device.store, device.server, device.clock);
  let page;
  const prepare = (window, made) => {
    page = made;
    window.matchMedia = () => ({ matches: true });
    window.scrollTo = () => {};
    for (const name of BROWSER) window[name] = globalThis[name];
    Object.assign(window, { indexedDB: factory, IDBKeyRange, performance: { now: () => Date.now() } });
    for (const [name, value] of Object.entries({
      locks: navigator.locks,
      onLine: true,
      serviceWorker: undefined,
    }))
      Object.defineProperty(window.navigator, name, { value, configurable: true });
  };
  const answer = (address) => server.fetch(address, page.asked[page.asked.length - 1]);
  const stored = memory?.stored;
  page = await open("checkpoint", PAGE, { path: "/checkpoint/", prepare, lang, stored, seconds, answer });
  Object.assign(page, { server, device, factory });
  page.text = (selector) => page.find(selector)?.textContent.replace(/\s+/g, " ").trim();
  page.waiting = async () => (await device.outbox.state()).waiting;
  page.items = () => device.outbox.batch(100);
  page.shows = (selector) => until(() => page.has(selector), selector);
  if (isEnrolled) {
    await until(() => page.text("[data-device-words]"), "enrolled");
    await until(async () => (await device.store.get("shift"))?.official === "7", "on shift");
  }
  return page;
}

// The network is cut: what is asked for has no answer.
export const cut = (page) => {
  page.server.loses = () => "request";
};

// What is scanned cannot be sent.
export async function scans(page, text) {
  const form = page.find("form.dancu-scanning");
  form.elements.text.value = text;
  sends(page, form);
  await page.shows("#heading, #problem");
}

// The browser lets htmx try, and its request fails.
export function sends(page, form, more = {}) {
  const formData = new page.window.FormData(form);
  for (const [name, value] of Object.entries(more)) formData.set(name, value);
  const detail = { elt: form, requestConfig: { formData } };
  if (page.tell("htmx:beforeRequest", detail, form)) page.tell("htmx:sendError", detail, form);
}

export const anPass = async (page, claims, more) =>
  passText(page.server.passKey, passClaims(Math.floor(Date.now() / 1000), claims), more);

// What it shows.
export const press = (page, selector) => page.find(selector).click();
const COLOURS = { go: "green", check: "amber", stop: "red" };
export const colour = (page) =>
  Object.keys(COLOURS)
    .filter((each) => page.has(`.dancu-decision--${each}`))
    .map((each) => COLOURS[each])
    .join();
export const verdict = (page) => page.text(".dancu-decision__words");
export const reasons = (page) => page.all(".dancu-decision__reasons li").map((line) => line.textContent);
