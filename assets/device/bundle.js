// What a device has to know, as the server signed it: fetched as differences, used whole or not at all
// (docs/devices.md, "The bundle").
import { areEqual, fromBase64url, sha256, toBase64url, utf8 } from "./bytes.js";
import { claimsOf, isSignedBy, read } from "./cose.js";

export const STALE = 12 * 3_600_000; // ms: by an older list nobody is let through or stopped
const [UNTIL, MADE, PLACE, PARTS] = [4, 6, 200, 201];
const KEYS = "/.well-known/dancu-keys.json";

// A bundle that is not used; `why`: signature, place, older, over, or digest.
export class NotUsed extends Error {
  constructor(why) {
    super(`a bundle that is not used: ${why}`);
    this.why = why;
  }
}

// What the device has.
export class Bundle {
  #parts;

  // `parts`: of each part { number, entries: a Map of keys to JSON texts }; moments in ms.
  constructor({ made, until }, parts) {
    this.made = made;
    this.until = until;
    this.#parts = parts;
  }

  // A part's values by their keys; empty where the bundle has no such part.
  part(name) {
    const entries = this.#parts.get(name)?.entries;
    return {
      get: (key) => (entries?.has(key) ? JSON.parse(entries.get(key)) : undefined),
      size: entries?.size ?? 0,
    };
  }

  // Whether the bundle has such a part, were it without entries.
  has(name) {
    return this.#parts.has(name);
  }

  isFresh(at) {
    return at - this.made <= STALE && at <= this.until;
  }

  get held() {
    return this.#parts;
  }
}

// The bundle in the store; null where there is none.
export async function stored(store) {
  const [rows, about] = await store.transact(["parts", "about"], "readonly", async (parts, names, ask) => [
    await ask(parts.getAll()),
    await ask(names.get("bundle")),
  ]);
  if (!about) return null;
  const parts = new Map();
  for (const { name, number, ...sealed } of rows)
    parts.set(name, { number, entries: new Map(await store.unseal(sealed, `part ${name}`)) });
  return new Bundle(about, parts);
}

// Forgets it.
export const forget = (store) =>
  store.transact(["parts", "about"], "readwrite", (parts, about) => {
    parts.clear();
    about.delete("bundle");
  });

// Asks the server for what has changed and takes it over; the bundle that is then there. Raises NotUsed, and
// what Server raises; what was there before stays in use.
export async function update(store, server, clock) {
  const before = await stored(store);
  const { place } = await store.get("enrolment");
  const have = [...(before?.held ?? [])].map(([name, { number }]) => `${name}.${number}`).sort();
  const check = { server, clock, place, before };
  try {
    return await takeOver(store, await fetched(server, have), check);
  } catch (error) {
    if (!(error instanceof NotUsed) || error.why !== "digest" || !have.length) throw error;
    return takeOver(store, await fetched(server, []), check);
  }
}

const fetched = (server, have) =>
  server.signed("GET", `/api/devices/bundle${have.length ? `?have=${have.join(",")}` : ""}`);

async function takeOver(store, { manifest, parts: changes }, { server, clock, place, before }) {
  const claims = await verified(manifest, { server, clock, place, before });
  const parts = new Map();
  for (const [name, [number, digest]] of claims.get(PARTS)) {
    const entries = applied(before?.held.get(name), changes[name]);
    if (!entries || entries.number !== number || !areEqual(await digestOf(entries.entries), digest))
      throw new NotUsed("digest");
    parts.set(name, entries);
  }
  const about = { made: claims.get(MADE) * 1000, until: claims.get(UNTIL) * 1000 };
  await keep(store, about, parts);
  return new Bundle(about, parts);
}

async function verified(manifest, { server, clock, place, before }) {
  let message;
  try {
    message = read(fromBase64url(manifest));
  } catch {
    throw new NotUsed("signature");
  }
  const key = (await keyOf(message.kid, before)) ?? (await keyFetched(message.kid, server));
  const now = clock.now();
  const counts = key && !(key.exp && now >= key.exp * 1000) && (await isSignedBy(message, key));
  if (!counts) throw new NotUsed("signature");
  const claims = claimsOf(message);
  const [kind, id] = claims.get(PLACE) ?? [];
  if (kind !== place.kind || Number(id) !== place.id) throw new NotUsed("place");
  if (!(claims.get(MADE) * 1000 >= (before?.made ?? 0))) throw new NotUsed("older"); // shown again by somebody
  if (!(claims.get(UNTIL) * 1000 > now)) throw new NotUsed("over");
  if (!(claims.get(PARTS) instanceof Map)) throw new NotUsed("signature");
  return claims;
}

const isForBundles = (key) => (key?.usage === "bundle" ? key : null);

const keyOf = async (kid, before) => isForBundles(before?.part("keys").get(toBase64url(kid)));

async function keyFetched(kid, server) {
  const { keys } = await server.ask("GET", KEYS);
  return isForBundles(keys.find((key) => key.kid === toBase64url(kid)));
}

// A part after its changes: { number, entries }; null where they do not follow on what is there.
function applied(held, change) {
  if (!change) return held;
  if (change.from !== 0 && change.from !== held?.number) return null;
  const entries = new Map(change.from === 0 ? [] : held.entries);
  for (const [key, text] of change.entries) {
    if (text === null) entries.delete(key);
    else entries.set(key, text);
  }
  return { number: change.to, entries };
}

// SHA-256 over all entries by key, in the order of their UTF-16 code units, which is that of `sort`.
export function digestOf(entries) {
  const lines = [...entries.keys()].sort().map((key) => `${key}\t${entries.get(key)}\n`);
  return sha256(utf8(lines.join("")));
}

async function keep(store, about, parts) {
  const rows = [];
  for (const [name, { number, entries }] of parts)
    rows.push({ name, number, ...(await store.seal([...entries], `part ${name}`)) });
  await store.transact(["parts", "about"], "readwrite", (stored, names) => {
    stored.clear();
    for (const row of rows) stored.put(row);
    names.put(about, "bundle");
  });
}
