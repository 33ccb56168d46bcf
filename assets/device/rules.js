// What a rule answers on a device, by certlogic-js. The device knows less than the server: what is not known
// leaves several answers open, and the server's is among them (dancu/rules/abroad.py).
import { evaluate } from "certlogic-js";

// The rule in force at the moment `at` (ms) among those that the bundle's part "rules" has of a kind: of the
// smallest area whose latest version still counts; null for none.
export function inForce(areas, at) {
  for (const versions of areas ?? []) {
    const latest = versions.find(({ since }) => since <= at);
    if (latest && (latest.until === null || at < latest.until)) return latest;
  }
  return null;
}

// All that the server may answer to these facts (objects in objects; what is absent or null is not known), the
// first that leads to each: [{ answer, words, clause }], `clause` counted from 1, 0 for none. One: it is sure.
// `nobody`: names of facts that the server does not know either; where a clause asks for nothing else that is
// missing here, it does there what it says for that.
export function possible(rule, facts, nobody = []) {
  const known = whole(facts);
  const isMissing = (name) => !nobody.includes(name) && factOf(known, name) === undefined;
  const found = [];
  const add = (answer, words, clause) => {
    if (!found.some((each) => each.answer === answer)) found.push({ answer, words, clause });
  };
  for (const [nth, { holds, fails, then, unknown, words }] of rule.clauses.entries()) {
    if (evaluate(holds, known)) {
      add(then, words, nth + 1);
      return found;
    }
    if (evaluate(fails, known)) continue;
    if (!readBy(holds).some(isMissing)) {
      if (unknown === null) continue;
      add(unknown, words, nth + 1);
      return found;
    }
    add(then, words, nth + 1);
    if (unknown !== null) add(unknown, words, nth + 1);
  }
  add(rule.otherwise, rule.otherwise_words, 0);
  return found;
}

// The names of all facts that a condition reads; by "nothing" it only asks whether another one is there
// (dancu/rules/plain.py).
function readBy(condition) {
  if (Array.isArray(condition)) return condition.flatMap(readBy);
  if (condition === null || typeof condition !== "object") return [];
  if (typeof condition.var === "string") return condition.var === "nothing" ? [] : [condition.var];
  return Object.values(condition).flatMap(readBy);
}

const factOf = (facts, name) => name.split(".").reduce((within, part) => within?.[part], facts);

// "passage 2 3 red": by which rule, version and clause, and what it answered.
export const brief = ({ id, version }, { clause, answer }) => `${id} ${version} ${clause} ${answer}`;

// certlogic-js calls null what is not there, and only that.
function whole(facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, isGroup(value) ? whole(value) : value]));
}

const isGroup = (value) => typeof value === "object" && !Array.isArray(value);
