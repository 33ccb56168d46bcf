// How a device signs what it sends: with a key of its own, whose private half cannot be taken out of the
// browser (docs/devices.md, "How a device signs").
import { sha256, toBase64url, toHex, utf8 } from "./bytes.js";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" };

// The device's key pair; made where there is none yet.
export const deviceKey = (store) =>
  store.key("device", () => crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]));

// The public half, as a JWK of four members.
export async function publicKey(store) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", (await deviceKey(store)).publicKey);
  return { kty, crv, x, y };
}

// The header Authorization of a request at the moment `at` (ms, as corrected); `path` with its query; `body`
// in bytes.
export async function authorization(store, deviceId, { method, path, body, at }) {
  const hash = toHex(await sha256(body));
  const text = ["dancu-device-1", method, path, String(at), hash].join("\n");
  const { privateKey } = await deviceKey(store);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, utf8(text));
  return `Dancu-Device ${deviceId}:${at}:${toBase64url(signature)}`;
}
