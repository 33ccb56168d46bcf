// A pass (DC1) read on the device: docs/pass-format.md. What it is called is what the server's examination calls
// it (dancu/checkpoints/examining.py).
import { fromBase45 } from "./base45.js";
import { toBase64url } from "./bytes.js";
import { claimsOf, isSignedBy, read } from "./cose.js";

const PREFIX = "DC1:";
const LONGEST = 3_500; // letters that one code can hold
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32
const LETTERS = 11;
const [EXPIRES, ISSUED] = [4, 6];
const [PASS, NAME, BORN, NUMBER, AGREES, ORIGIN, DESTINATION, PLATE] = [
  100, 101, 102, 103, 104, 105, 106, 107,
];

export const isPass = (text) => text.trim().slice(0, PREFIX.length).toUpperCase() === PREFIX;

// What a scanned text is worth at the moment `at` (ms, corrected), by the keys and the list of withdrawn passes
// of a bundle, or without one: { status, facts }.
//
// status   valid, expired, not_yet_valid, revoked, superseded; altered, unknown_key, withdrawn_key, unreadable,
//          of which facts are null; not_known: nobody can say whether it is forged, and the facts are what it says
export async function readPass(text, at, bundle) {
  const { problem, claims, isProved } = await opened(text, PREFIX, at, bundle);
  if (problem) return { status: problem, facts: null };
  const facts = factsOf(claims);
  if (!facts) return { status: "unreadable", facts: null };
  return { status: isProved ? statusOf(facts, at, bundle) : "not_known", facts };
}

// What stands in a signed code of this prefix, at the moment `at`: { claims, isProved }, isProved being false where
// nobody can say whether it is forged; or { problem }, a status of readPass of which there are no facts.
export async function opened(text, prefix, at, bundle) {
  let message;
  try {
    message = read(fromBase45(letters(text, prefix)));
  } catch {
    return { problem: "unreadable" };
  }
  const key = bundle?.part("keys").get(toBase64url(message.kid));
  if (key?.usage !== "pass") return bundle?.isFresh(at) ? { problem: "unknown_key" } : unproved(message);
  if (!(await isSignedBy(message, key))) return { problem: "altered" };
  if (key.exp && at >= key.exp * 1000) return { problem: "withdrawn_key" };
  return { ...unproved(message), isProved: true };
}

function unproved(message) {
  try {
    return { claims: claimsOf(message), isProved: false };
  } catch {
    return { problem: "unreadable" };
  }
}

export function statusOf({ code, issuedAt, expiresAt }, at, bundle) {
  const withdrawn = bundle.part("withdrawn").get(code);
  if (withdrawn) return withdrawn; // which no age of the list makes untrue
  if (at > expiresAt) return "expired";
  return at < issuedAt ? "not_yet_valid" : "valid";
}

// What it says: { code, name, born, numberEnd, agrees, origin, destination, plate, issuedAt, expiresAt (ms) };
// null where it does not say so.
function factsOf(claims) {
  try {
    const facts = {
      code: passCode(BigInt(claims.get(PASS))),
      name: claims.get(NAME),
      born: claims.get(BORN),
      numberEnd: claims.get(NUMBER) ?? "",
      agrees: claims.get(AGREES) === true,
      origin: claims.get(ORIGIN),
      destination: claims.get(DESTINATION),
      plate: claims.get(PLATE) ?? "",
      issuedAt: claims.get(ISSUED) * 1000,
      expiresAt: claims.get(EXPIRES) * 1000,
    };
    const isWhole = typeof facts.name === "string" && facts.issuedAt <= facts.expiresAt;
    return isWhole ? facts : null;
  } catch {
    return null;
  }
}

// The number as printed: "7K3M-9QX2-PF4Y".
export function passCode(number) {
  let code = "";
  for (let place = LETTERS - 1; place >= 0; place--)
    code += ALPHABET[Number((number >> BigInt(5 * place)) & 31n)];
  code += ALPHABET[check(code)];
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

// A Reed–Solomon check symbol over GF(32): x^5 + x^2 + 1.
function check(code) {
  let total = 0;
  for (const letter of code) {
    const value = (total ^ ALPHABET.indexOf(letter)) << 1;
    total = value & 32 ? value ^ 0b100101 : value;
  }
  return total;
}

function letters(text, prefix) {
  const shown = text.trim();
  if (shown.slice(0, prefix.length).toUpperCase() !== prefix || shown.length > LONGEST)
    throw new RangeError("no such code");
  return shown.slice(prefix.length);
}
