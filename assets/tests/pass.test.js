import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

// A phone that keeps its screen awake where it may; what it was asked for.
async function opened({ refuses = false, fullscreen = true } = {}) {
  const asked = [];
  const page = await open("pass", "<button data-fullscreen hidden>Full screen</button>", {
    prepare: (window) => {
      const request = async () => {
        asked.push("awake");
        if (refuses) throw new window.DOMException("", "NotAllowedError");
      };
      Object.defineProperty(window.navigator, "wakeLock", { configurable: true, value: { request } });
      window.document.documentElement.requestFullscreen = fullscreen ? () => asked.push("full") : undefined;
    },
  });
  return Object.assign(page, { asked });
}

test("the screen stays awake in the queue, also when the pass is looked at again", async () => {
  const page = await opened();
  assert.deepEqual(page.asked, ["awake"]);
  page.hide();
  page.hide(false);

  assert.deepEqual(page.asked, ["awake", "awake"]);
});

test("a phone with a low battery, which refuses, shows the pass all the same", async () => {
  const page = await opened({ refuses: true });
  page.find("button").click();

  assert.deepEqual(page.asked, ["awake", "full"]);
});

test("the button stands there only where the browser can fill the screen", async () => {
  assert.equal((await opened()).find("button").hidden, false);
  assert.equal((await opened({ fullscreen: false })).find("button").hidden, true);
});
