// A page for a test, in which one of the house's scripts runs as in a browser: bundled as for people, in a
// window of its own, whose clock, server and storage are the test's.
import { dirname, join } from "node:path";
import { mock } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { Window } from "happy-dom";

const assets = dirname(dirname(fileURLToPath(import.meta.url)));
const NOW = Date.UTC(2026, 10, 29, 8); // when every page is opened, in ms
const bundles = new Map();

async function bundleOf(script) {
  const here = JSON.stringify(`https://dancu.test/static/built/${script}.js`);
  const define = {
    SCAN_WORKER: '"scan-worker.js"',
    DECODER: '"zxing_reader.wasm"',
    "import.meta.url": here,
  };
  const entryPoints = [join(assets, `${script}.js`)];
  const common = { bundle: true, write: false, format: "iife", globalName: "exported", logLevel: "silent" };
  const { outputFiles } = await build({ ...common, entryPoints, define });
  return outputFiles[0].text;
}

// All that was promised until now has happened.
export const settled = () => new Promise((done) => setImmediate(done));

class Page {
  asked = []; // what the server was asked for: { address, method, headers, body }
  went = []; // addresses that the script led to
  submitted = []; // forms that the browser was left to send
  answer = () => {
    throw new TypeError("no network");
  };

  constructor(path, at) {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: at });
    const settings = { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true };
    this.window = new Window({ url: `https://dancu.test${path}`, settings });
    this.document = this.window.document;
    for (const name of ["setTimeout", "clearTimeout", "setInterval", "clearInterval"]) {
      this.window[name] = (...given) => globalThis[name](...given);
    }
    this.window.Date = globalThis.Date;
    this.window.fetch = async (address, { method = "GET", headers = {}, body } = {}) => {
      this.asked.push({ address: String(address), method, headers: { ...headers }, body });
      return this.answer(String(address), method);
    };
    this.window.location.assign = (address) => this.went.push(String(address));
    this.window.location.reload = () => this.went.push("again");
  }

  find(selector) {
    return this.document.querySelector(selector);
  }

  all(selector) {
    return [...this.document.querySelectorAll(selector)];
  }

  // Is told in words like the next: to compare elements themselves would print half a browser where they
  // differ.
  has(selector) {
    return this.find(selector) !== null;
  }

  // Where the next key goes to, by id or name.
  get focus() {
    const { id, name, tagName } = this.document.activeElement;
    return id || name || tagName.toLowerCase();
  }

  // Presses a key where the focus is; true where the page took it, false where it is the browser's.
  key(key, more = {}) {
    const init = { key, bubbles: true, cancelable: true, ...more };
    return !this.document.activeElement.dispatchEvent(new this.window.KeyboardEvent("keydown", init));
  }

  // Types into a field as a person does: its text, and what listens learns of it.
  type(selector, text) {
    const field = this.find(selector);
    field.value = text;
    for (const name of ["input", "change"])
      field.dispatchEvent(new this.window.Event(name, { bubbles: true }));
  }

  // An event such as htmx sends; true where nobody prevented it.
  tell(name, detail = {}, target = this.document) {
    const event = new this.window.CustomEvent(name, { detail, bubbles: true, cancelable: true });
    return target.dispatchEvent(event);
  }

  // Scripts of the house are modules: they run when all of the page is there, and before its pictures are.
  arrives(readyState) {
    Object.defineProperty(this.document, "readyState", { configurable: true, value: readyState });
  }

  // The page is put behind another one, or comes back.
  hide(hidden = true) {
    Object.defineProperty(this.document, "hidden", { configurable: true, value: hidden });
    this.document.dispatchEvent(new this.window.Event("visibilitychange"));
  }

  // Lets so many seconds pass, and what happens in them: in steps (ms) as fine as a camera's pictures, or coarse.
  async wait(seconds, step = seconds > 10 ? 250 : 20) {
    await settled();
    for (let left = Math.round(seconds * 1000); left > 0; left -= step) {
      mock.timers.tick(Math.min(left, step));
      await settled();
    }
  }

  // A device that slept: the clock went on, and no timer ran.
  async sleep(seconds) {
    mock.timers.setTime(Date.now() + seconds * 1000);
    await settled();
  }
}

// Opens a page with this body and runs the script of this name in it. `stored`: what the tab remembers; `seconds`: how
// long after a test's first page; `answer`: the server's; `prepare`: what the browser has besides.
export async function open(script, body, about = {}) {
  const { path = "/", lang = "vi", stored = {}, seconds = 0, answer, prepare } = about;
  if (!bundles.has(script)) bundles.set(script, bundleOf(script));
  const bundle = await bundles.get(script);
  const page = new Page(path, NOW + seconds * 1000);
  page.document.write(
    `<html lang="${lang}"><head><meta name="csrf-token" content="token"></head><body>${body}</body></html>`,
  );
  page.window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) page.submitted.push(event.target);
    event.preventDefault();
  });
  page.answer = answer ?? page.answer;
  for (const [name, value] of Object.entries(stored)) page.window.sessionStorage.setItem(name, value);
  prepare?.(page.window, page);
  page.arrives("interactive");
  page.window.eval(bundle);
  page.document.dispatchEvent(new page.window.Event("DOMContentLoaded", { bubbles: true }));
  page.arrives("complete");
  page.window.dispatchEvent(new page.window.Event("load"));
  page.exported = page.window.exported;
  await settled();
  return page;
}
