// The checkpoint's service worker: sends what waits when the browser has a network again, also where the page
// was closed, and opens the desk where there is none. Of pages it keeps one alone, which is nobody's: what an
// officer saw stays on no disk.
import { keepDesk, keptDesk, keptFile } from "./device/desk.js";
import { Device } from "./device/device.js";

const TAG = "dancu-sync";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => {
  if (event.tag === TAG) event.waitUntil(synchronise());
});
self.addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (keep) event.waitUntil(keepDesk(keep).catch(() => {})); // the next page asks again
});
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== self.location.origin) return;
  if (mode === "navigate") event.respondWith(keptDesk(event.request));
  else if (new URL(url).pathname.startsWith("/static/")) event.respondWith(keptFile(event.request));
});

// The browser tries again where this fails.
async function synchronise() {
  const device = await Device.open();
  try {
    const { later } = await device.sync.once();
    if (later) throw new Error(`${later} wait`);
  } finally {
    device.close();
  }
}
