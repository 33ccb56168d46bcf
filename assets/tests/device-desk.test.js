// What the service worker gives where a page should be: the server's, the desk that is kept, or patience.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";

import { keepDesk, keptDesk } from "../device/desk.js";
import { Device } from "../device/device.js";
import { choosePin } from "../device/pin.js";

const HERE = "https://dancu.test/checkpoint/";
const FILE = "/static/built/checkpoint.abc.js";
let server; // what each address is answered: a Response, an Error, or a promise of one

// As much of a browser's CacheStorage as is used.
class FakeCaches {
  #all = new Map();
  open = async (name) => {
    if (!this.#all.has(name)) this.#all.set(name, new Map());
    const kept = this.#all.get(name);
    return {
      match: async (address) => kept.get(address)?.clone(),
      put: async (address, answer) => kept.set(address, answer),
      addAll: async (files) => {
        for (const file of files) kept.set(file, new Response("file"));
      },
    };
  };
  keys = async () => [...this.#all.keys()];
  delete = async (name) => this.#all.delete(name);
}

const page = (version, files = [FILE]) =>
  new Response(`desk ${version} ${files.map((file) => `<script src="${file}">`).join("")}`, {
    headers: { "Dancu-Version": version },
  });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.indexedDB = new IDBFactory();
  globalThis.caches = new FakeCaches();
  server = { "/checkpoint/offline/files.json": () => Response.json({ files: [FILE] }) };
  globalThis.fetch = async (asked) => {
    const address = typeof asked === "string" ? asked : new URL(asked.url).pathname;
    const answer = await server[address]();
    if (answer instanceof Error) throw answer;
    return answer;
  };
});

async function keeps(version, language = "vi", files) {
  server[`/checkpoint/offline/${language}/`] = () => page(version, files);
  await keepDesk(language);
}

async function onShift({ hasPin = true } = {}) {
  const device = await Device.open();
  await device.store.set({ shift: { official: "7", until: Date.now() + 3_600_000 } });
  if (hasPin) await choosePin(device.store, "7", "840271");
  device.close();
}

const shown = async (address = HERE) => (await keptDesk(new Request(address))).text();
const gone = () => new TypeError("no network");

test("with the network it is the server's page", async () => {
  await keeps("1");
  server["/checkpoint/"] = () => new Response("the server's");
  assert.equal(await shown(), "the server's");
});

test("without it the desk that is kept, and the browser's own words where none is", async () => {
  server["/checkpoint/"] = gone;
  await assert.rejects(shown(), TypeError);
  await keeps("1");
  assert.match(await shown(), /^desk 1/);
});

// The answer comes after so many ms; what is shown by then.
async function late(address = HERE) {
  await keeps("1");
  const { promise, resolve } = Promise.withResolvers();
  server["/checkpoint/"] = () => promise;
  const asked = shown(address);
  await new Promise(setImmediate);
  mock.timers.tick(8_000);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  resolve(new Response("the server's"));
  return asked;
}

test("who can open the desk does not wait for a slow page", async () => {
  await onShift();
  assert.match(await late(), /^desk 1/);
});

test("who has no PIN waits, for nothing else would help", async () => {
  await onShift({ hasPin: false });
  assert.equal(await late(), "the server's");
});

test("who asked for the server waits", async () => {
  await onShift();
  assert.equal(await late(`${HERE}?wait`), "the server's");
});

test("a server that nobody stands behind is as good as none to whom the desk opens", async () => {
  await keeps("1");
  server["/checkpoint/"] = () => new Response("down", { status: 503 });
  assert.equal(await shown(), "down");
  await onShift();
  assert.match(await shown(), /^desk 1/);
  server["/checkpoint/"] = () => new Response("a fault of ours", { status: 500 });
  assert.equal(await shown(), "a fault of ours");
});

test("the language of the last visit counts, and what was rolled back is gone", async () => {
  server["/checkpoint/"] = gone;
  for (const [version, language] of [
    ["1", "vi"],
    ["1-en", "en"],
    ["1", "vi"],
    ["2", "vi"],
    ["1", "vi"],
  ]) {
    await keeps(version, language);
    assert.match(await shown(), new RegExp(`^desk ${version} `));
  }
  assert.ok((await caches.keys()).length <= 3);
});

test("half a version is never kept", async () => {
  server["/checkpoint/"] = gone;
  await keeps("1");
  await assert.rejects(keeps("2", "vi", ["/static/built/checkpoint.new.js"]), /two versions/);
  assert.match(await shown(), /^desk 1 /);
});
