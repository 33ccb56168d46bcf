// COSE_Sign1 with ES256 (RFC 9052 §4.2), in the one spelling that the server writes: see docs/pass-format.md
// and dancu/credentials/envelope.py. What a stranger's code says is taken apart byte by byte, and decoded only
// once its signature was found good.
import { decode } from "cborg";

import { areEqual, fromBase64url, joined, utf8 } from "./bytes.js";

const TAG = 0xd2;
const HEADER = [0xa2, 0x01, 0x26, 0x04, 0x48]; // {1: -7, 4: h'… 8 bytes
const HALF_ORDER = fromBase64url("f____4AAAAB__________95zfVbTi89CedzlYX4xkqg"); // of P-256 (FIPS 186-4, D.1.2.3)

// What is no such message at all.
export class NotACredential extends Error {}

// { kid, payload, signature }, of which nothing is to be believed yet. Raises NotACredential.
export function read(message) {
  const body = message[0] === TAG ? message.subarray(1) : message;
  const { bytes: header, end: afterHeader } = byteString(body, 1);
  const isOurs = body[0] === 0x84 && header.length === HEADER.length + 8 && body[afterHeader] === 0xa0;
  if (!isOurs || !areEqual(header.subarray(0, HEADER.length), HEADER)) throw new NotACredential();
  const { bytes: payload, end: afterPayload } = byteString(body, afterHeader + 1);
  const { bytes: signature, end } = byteString(body, afterPayload);
  if (signature.length !== 64 || end !== body.length) throw new NotACredential();
  return { kid: header.slice(HEADER.length), payload, signature };
}

// Whether the key (a JWK) has signed it; of the two signatures that ECDSA accepts only one counts.
export async function isSignedBy({ kid, payload, signature }, { kty, crv, x, y }) {
  if (isMore(signature.subarray(32), HALF_ORDER)) return false;
  const jwk = { kty, crv, x, y };
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, [
    "verify",
  ]);
  const signed = joined(
    [0x84, 0x6a, ...utf8("Signature1")],
    [0x40 + HEADER.length + kid.length, ...HEADER, ...kid],
    [0x40, ...head(payload.length)],
    payload,
  );
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, signed);
}

// The claims, as a Map. Raises NotACredential where they are none.
export function claimsOf({ payload }) {
  try {
    const claims = decode(payload, { useMaps: true });
    if (claims instanceof Map) return claims;
  } catch {
    // what was signed is no CBOR
  }
  throw new NotACredential();
}

// The byte string at this place, whose length is written in the shortest way.
function byteString(data, at) {
  const [first, second, third] = data.subarray(at, at + 3);
  let [headLength, length] = [1, first - 0x40];
  if (first === 0x58 && second >= 24) [headLength, length] = [2, second];
  else if (first === 0x59 && second > 0) [headLength, length] = [3, second * 256 + third];
  else if (!(first >= 0x40 && first < 0x58)) throw new NotACredential();
  const end = at + headLength + length;
  if (!(end <= data.length)) throw new NotACredential();
  return { bytes: data.subarray(at + headLength, end), end };
}

function head(length) {
  if (length < 24) return [0x40 + length];
  return length < 256 ? [0x58, length] : [0x59, length >> 8, length & 0xff];
}

function isMore(number, than) {
  const at = number.findIndex((byte, i) => byte !== than[i]);
  return at >= 0 && number[at] > than[at];
}
