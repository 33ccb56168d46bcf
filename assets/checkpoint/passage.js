// The colour of a pass by the rules that the device carries, from what the pass and the bundle's list say.
import { sha256, toBase64url, utf8 } from "../device/bytes.js";
import { brief, inForce, possible } from "../device/rules.js";

const LETTERS = 5; // of a key in the list (dancu/checkpoints/ask_list.py)
const [REMEMBERED, UNCONFIRMED] = [1, 2]; // why a pass stands there
const LATE = 2 * 60_000; // ms: a pass so much older than the bundle was there when its list was made

// What the rule in force answers to a pass that `readPass` read, at the moment `at`: { answer: "green", "amber",
// "red" or "ask", where several may be right; words by language, by which rule (brief, citation), and why it
// is asked: "remembered", something may be known of its bearer; "new", it is younger than the list;
// "unconfirmed", what was declared did not agree with the register in full; "unknown", the rule asks for what else
// is not known here }. Null where the bundle has no rule.
export async function colourOf({ status, facts }, at, bundle) {
  const rule = inForce(bundle.part("rules").get("passage"), at);
  if (!rule) return null;
  const why = await whyAsk(facts, bundle);
  const nothing = bundle.part("rules").get("nothing-remembered") ?? null;
  const levels = levelsOf(facts, at, bundle);
  const found = possible(
    rule,
    { ...factsOf(status, facts.agrees, why, nothing), ...levels.facts },
    levels.nobody,
  );
  const { citation } = rule;
  if (found.length > 1) return { answer: "ask", why };
  return { ...found[0], citation, brief: brief(rule, found[0]) };
}

async function whyAsk({ code, issuedAt }, bundle) {
  const listed = bundle.part("ask").get(await askingKey(code));
  if (listed === REMEMBERED) return "remembered";
  if (issuedAt > bundle.made - LATE) return "new";
  return listed === UNCONFIRMED ? "unconfirmed" : "unknown";
}

// The facts of the rule "passage" (docs/rules-catalogue.md) as far as they are known here. Of whom the list does
// not say to ask nothing is remembered, they are alive, and what they declared agrees with the register; that it
// did when it was declared stands in some passes, too. Purpose and vehicle no pass tells. `nothing`: what
// remembering nothing comes to.
function factsOf(status, agrees, why, nothing) {
  const agreed = why === "unknown" || (agrees && why !== "unconfirmed");
  const identity = agreed ? "confirmed" : null;
  const seen = { code: status, identity };
  if (why === "remembered" || why === "new") return seen;
  const declared = { symptoms: false, contact: false, positive: false };
  return { ...seen, person: identity && "alive", declared, remembered: nothing, replaced: false };
}

// The levels of risk of origin and destination at the moment `at`: { facts, nobody }, where `nobody` names the
// facts that the server does not know either, since no decision says that commune's level. Of a commune that is
// none of today, and by a bundle that has no levels, the server may know one.
function levelsOf({ origin, destination }, at, bundle) {
  const [facts, nobody] = [{}, []];
  for (const [name, code] of Object.entries({ origin, destination })) {
    if (!bundle.has("levels") || !bundle.part("areas").get(code)) continue;
    const steps = bundle.part("levels").get(code) ?? [];
    const level = steps.filter(([since]) => since <= at).at(-1)?.[1] ?? null;
    if (level === null) nobody.push(`${name}.level`);
    else facts[name] = { level };
  }
  return { facts, nobody };
}

// Under which key the list has a pass, by its code as printed.
export async function askingKey(code) {
  return toBase64url(await sha256(utf8(`dancu-ask\t${code}`))).slice(0, LETTERS);
}
