// Signed messages for tests, made as the server makes them (dancu/credentials/envelope.py).
import { encode } from "cborg";

import { joined, sha256, toBase64url, utf8 } from "../device/bytes.js";

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// A signing key for a usage: { kid, jwk as published, sign(claims) }.
export async function signingKey(usage, { exp } = {}) {
  const how = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(how, true, ["sign", "verify"]);
  const kid = (await sha256(await crypto.subtle.exportKey("spki", pair.publicKey))).slice(0, 8);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const jwk = { kty, crv, x, y, alg: "ES256", use: "sig", kid: toBase64url(kid), usage, nbf: 0 };
  const sign = (claims, more) => sign1(pair.privateKey, kid, encode(claims), more);
  return { kid: jwk.kid, jwk: exp ? { ...jwk, exp } : jwk, sign };
}

// A COSE_Sign1 message; `highS`: the other one of the two signatures that ECDSA accepts.
async function sign1(key, kid, payload, { highS = false } = {}) {
  const header = Uint8Array.from([0xa2, 0x01, 0x26, 0x04, 0x48, ...kid]);
  const text = encode(["Signature1", header, new Uint8Array(), payload]);
  const signature = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, text));
  const s = BigInt(`0x${Buffer.from(signature.slice(32)).toString("hex")}`);
  const low = s > ORDER / 2n ? ORDER - s : s;
  const wanted = highS ? ORDER - low : low;
  signature.set(Buffer.from(wanted.toString(16).padStart(64, "0"), "hex"), 32);
  return joined([0xd2], encode([header, {}, payload, signature]));
}

export function toBase45(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let number = isPair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let letter = isPair ? 3 : 2; letter; letter--) {
      text += LETTERS[number % 45];
      number = Math.floor(number / 45);
    }
  }
  return text;
}

const HOUR = 3600;

// The claims of An's pass, valid for 72 hours from an hour before `at` (s).
export const passClaims = (at, more = {}) =>
  new Map(
    Object.entries({
      4: at + 71 * HOUR,
      6: at - HOUR,
      100: 12345678901234567n,
      101: "Nguyễn Văn An",
      102: 1990,
      103: "34",
      104: true,
      105: "26740",
      106: "31117",
      107: "51F-12345",
      ...more,
    }).map(([key, value]) => [Number(key), value]),
  );

export const passText = async (key, claims, more) => `DC1:${toBase45(await key.sign(claims, more))}`;

// A part's digest as the server computes it.
export function digest(entries) {
  const rows = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(utf8(rows.map(([key, text]) => `${key}\t${text}\n`).join("")));
}
