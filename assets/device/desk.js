// The desk's page and all that it loads, kept by the service worker for when there is no network. A newer one takes
// the place of the one before only when all of it is there.
import { Device } from "./device.js";
import { stateOfPin } from "./pin.js";

const NAME = "dancu-desk-"; // of a cache: version and language behind it
const CURRENT = "dancu-current-desk"; // which of them
const PAGE = "/checkpoint/offline/";
const FILES = `${PAGE}files.json`;
const PATIENCE = 8_000; // ms for a page
const LATE = new Error("no answer in time");
const DOWN = [502, 503, 504]; // a server that is not there

// Keeps the newest in this language. Raises where the network is gone meanwhile; what was kept stays.
export async function keepDesk(language) {
  const page = await fetched(`${PAGE}${language.slice(0, 2)}/`);
  const name = `${NAME}${page.headers.get("Dancu-Version")}-${language}`;
  const kept = await caches.open(name);
  if (!(await kept.match(PAGE))) {
    const { files } = await (await fetched(FILES)).json();
    const named = (await page.clone().text()).match(/\/static\/built\/[\w.-]+/g) ?? [];
    if (!named.every((file) => files.includes(file))) throw new Error("two versions at once");
    await kept.addAll(files);
    await kept.put(PAGE, page); // last: where it is, all is
  }
  const before = await current();
  await (await caches.open(CURRENT)).put(PAGE, new Response(name));
  for (const other of await names()) if (![name, before].includes(other)) await caches.delete(other); // may be open
}

// The server's page; where there is no answer, or nobody answers behind it, the desk that is kept, if its officer
// can open it: who cannot waits for the server, and so does who asked for it ("?wait").
export async function keptDesk(request) {
  const asked = fetch(request);
  if (new URL(request.url).searchParams.has("wait")) return asked.catch(kept);
  try {
    const answer = await inTime(asked);
    if (!DOWN.includes(answer.status)) return answer;
    return ((await isOpenable()) && (await desk())) || answer;
  } catch (error) {
    if (error !== LATE) return kept(error);
    return ((await isOpenable()) && (await desk())) || asked.catch(kept);
  }
}

async function kept(error) {
  const page = await desk();
  if (!page) throw error;
  return page;
}

// Whether somebody is on shift who has a PIN.
async function isOpenable() {
  const device = await Device.open();
  try {
    const shift = await device.store.get("shift");
    if (!shift || device.clock.now() > shift.until) return false;
    return (await stateOfPin(device.store, shift.official)) === "set";
  } finally {
    device.close();
  }
}

// A file whose name tells its content: the one that is kept, else the server's.
export const keptFile = async (request) => (await caches.match(request)) ?? fetch(request);

async function desk() {
  const name = await current();
  return name ? ((await (await caches.open(name)).match(PAGE)) ?? null) : null;
}

// The cache that was asked for last.
async function current() {
  const told = await (await caches.open(CURRENT)).match(PAGE);
  return told ? told.text() : "";
}

const names = async () => (await caches.keys()).filter((name) => name.startsWith(NAME));

async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache", credentials: "omit" }); // nobody's
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

const inTime = (asked) =>
  Promise.race([asked, new Promise((_, reject) => setTimeout(reject, PATIENCE, LATE))]);
