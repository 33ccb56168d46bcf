import assert from "node:assert/strict";
import { test } from "node:test";

import { brief, inForce, possible } from "../device/rules.js";
import { passage, rule, where } from "./device-rules.js";

const GOOD = {
  code: "valid",
  identity: "confirmed",
  remembered: "green",
  replaced: false,
  declared: { positive: false },
};
const answers = (facts, by = passage()) => possible(by, facts).map(({ answer }) => answer);

test("what is known in full has one answer, that of the first clause that holds", () => {
  assert.deepEqual(answers(GOOD), ["green"]);
  assert.deepEqual(answers({ ...GOOD, declared: { positive: true } }), ["red"]);
  assert.deepEqual(answers({ ...GOOD, identity: "disagrees", replaced: true }), ["amber"]);
});

test("what is not known leaves open what the server may say", () => {
  assert.deepEqual(answers({ ...GOOD, remembered: null }), ["red", "amber", "green"]);
  assert.deepEqual(answers({ ...GOOD, remembered: undefined, identity: "disagrees" }), ["red", "amber"]);
  assert.deepEqual(answers({ ...GOOD, code: "revoked", remembered: null }), ["red"]);
});

test("what the server answers where it does not know either is among them", () => {
  const living = rule([where("person", "alive", "green", { unknown: "red" })], { otherwise: "amber" });
  assert.deepEqual(answers({}, living), ["green", "red", "amber"]);
});

test("what nobody knows is answered as the rule says for that, and leaves nothing open", () => {
  const clauses = (unknown) => [
    where("origin.level", 4, "red", { unknown }),
    where("destination.level", 4, "amber"),
  ];
  const ends = ["origin.level", "destination.level"];
  const say = (unknown, facts, nobody) =>
    possible(rule(clauses(unknown)), facts, nobody).map(({ answer }) => answer);
  assert.deepEqual(say(null, {}, ends), ["green"]);
  assert.deepEqual(say("amber", {}, ends), ["amber"]);
  assert.deepEqual(say(null, { destination: { level: 4 } }, ["origin.level"]), ["amber"]);
  assert.deepEqual(say(null, {}, ["origin.level"]), ["amber", "green"]);
  assert.deepEqual(say(null, {}), ["red", "amber", "green"]);
});

test("a decision says by which clause it was made", () => {
  const [found] = possible(passage(), { ...GOOD, replaced: true });
  assert.equal(brief(passage(), found), "passage 2 6 amber");
  const [otherwise] = possible(passage(), GOOD);
  assert.equal(brief(passage(), otherwise), "passage 2 0 green");
});

test("the rule of the smallest area counts from when its last version began until it ends", () => {
  const country = [rule([], { version: 2, since: 50 }), rule([], { version: 1, since: 0 })];
  const province = [
    rule([], { id: "own", version: 2, since: 60, until: 80 }),
    rule([], { id: "own", version: 1, since: 20 }),
  ];
  const at = (moment) => {
    const found = inForce([province, country], moment);
    return found && `${found.id} ${found.version}`;
  };
  assert.equal(at(10), "passage 1");
  assert.equal(at(20), "own 1");
  assert.equal(at(60), "own 2");
  assert.equal(at(80), "passage 2"); // and not own 1, whose place it took
  assert.equal(at(-1), null);
  assert.equal(inForce(undefined, 5), null);
});
