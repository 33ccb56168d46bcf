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
export function possible(rule, facts) {
  const known = whole(facts);
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
    add(then, words, nth + 1);
    if (unknown !== null) add(unknown, words, nth + 1);
  }
  add(rule.otherwise, rule.otherwise_words, 0);
  return found;
}

// "passage 2 3 red": by which rule, version and clause, and what it answered.
export const brief = ({ id, version }, { clause, answer }) => `${id} ${version} ${clause} ${answer}`;

// certlogic-js calls null what is not there, and only that.
function whole(facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, isGroup(value) ? whole(value) : value]));
}

const isGroup = (value) => typeof value === "object" && !Array.isArray(value);
