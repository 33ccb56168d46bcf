// A group's code (DG1): the passes of all who travel together, in one signed message (docs/pass-format.md). It is no
// pass of its own: each is looked at by their own.
import { opened, passCode, statusOf } from "./pass.js";

const PREFIX = "DG1:";
const [ISSUED, ORIGIN, DESTINATION, PLATE, MEMBERS] = [6, 105, 106, 107, 110];

export const isGroup = (text) => text.trim().slice(0, PREFIX.length).toUpperCase() === PREFIX;

// { members: [{ status, facts }], as readPass gives each }, or { problem: a status of which there are no facts }.
export async function readGroup(text, at, bundle) {
  const { problem, claims, isProved } = await opened(text, PREFIX, at, bundle);
  if (problem) return { problem };
  try {
    const members = claims.get(MEMBERS).map((member) => factsOf(member, claims));
    const told = members.map((facts) => ({
      status: isProved ? statusOf(facts, at, bundle) : "not_known",
      facts,
    }));
    return told.length ? { members: told } : { problem: "unreadable" };
  } catch {
    return { problem: "unreadable" };
  }
}

// Issued and ending so many seconds after the first of them; where from and to stands with who does not go the
// group's way.
function factsOf([number, name, born, numberEnd, agrees, issued, expires, ...way], claims) {
  const [origin, destination] = way.length ? way : [claims.get(ORIGIN), claims.get(DESTINATION)];
  const since = claims.get(ISSUED);
  const times = { issuedAt: (since + issued) * 1000, expiresAt: (since + expires) * 1000 };
  if (typeof name !== "string" || !(times.issuedAt <= times.expiresAt)) throw new TypeError("no member");
  const who = { name, born, numberEnd, agrees: agrees === true, origin, destination };
  return { code: passCode(BigInt(number)), ...who, plate: String(claims.get(PLATE) ?? ""), ...times };
}
