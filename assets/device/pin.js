// The PIN with which an officer opens this device without the network. It is no key to what the device keeps, for
// that is sent also while nobody is there: it keeps out who picks the device up, and is gone after five wrong tries.
import { areEqual, utf8 } from "./bytes.js";

export const TRIES = 5;
const ROUNDS = 310_000; // of PBKDF2, as OWASP has asked since 2021
const [LEAST, MOST] = [6, 12]; // digits
const UP = "01234567890123456789";

// Why nobody may choose this PIN: "digits", "easy"; "" for a good one.
export function faultOf(pin) {
  if (!/^\d+$/.test(pin) || pin.length < LEAST || pin.length > MOST) return "digits";
  const down = [...UP].reverse().join("");
  return new Set(pin).size < 3 || UP.includes(pin) || down.includes(pin) ? "easy" : "";
}

// From now on this is the officer's PIN at this device. Raises the browser's error where it could not be kept.
export async function choosePin(store, official, pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const proof = await proofOf(store, official, pin, salt);
  await store.set({ [nameOf(official)]: { salt, proof, left: TRIES } });
}

// "set", "none", or "spent" by wrong tries.
export async function stateOfPin(store, official) {
  const held = await store.get(nameOf(official));
  if (!held) return "none";
  return held.left ? "set" : "spent";
}

// Whether it is the officer's: { isRight, left }, `left` tries until the PIN counts no more. A try is counted
// before it is looked at, so that nobody has another by closing the page.
export async function tryPin(store, official, pin) {
  const name = nameOf(official);
  const known = await store.transact(["about"], "readwrite", async (about, ask) => {
    const held = await ask(about.get(name));
    if (held?.left) about.put({ ...held, left: held.left - 1 }, name);
    return held;
  });
  if (!known?.left) return { isRight: false, left: 0 };
  const isRight = areEqual(await proofOf(store, official, pin, known.salt), known.proof);
  if (isRight) await store.set({ [name]: { ...known, left: TRIES } });
  return { isRight, left: isRight ? TRIES : known.left - 1 };
}

const nameOf = (official) => `pin ${official}`;

// What nobody can compute from the PIN without this browser, whose key cannot be taken out of it.
async function proofOf(store, official, pin, salt) {
  const typed = await crypto.subtle.importKey("raw", utf8(`${official} ${pin}`), "PBKDF2", false, [
    "deriveBits",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  const slow = await crypto.subtle.deriveBits(how, typed, 256);
  const make = () => crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", await store.key("pin", make), slow));
}
