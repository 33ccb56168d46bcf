// Rules for tests as a bundle carries them (dancu/rules/abroad.py).
const known = (name) => ({ "!": [{ "===": [{ var: name }, { var: "nothing" }] }] });
const all = (...parts) => ({ and: parts });
const not = (part) => ({ "!": [part] });
const words = (text) => ({ vi: `${text} (vi)`, en: text });

// A clause: where the fact is this value, or is not.
export const where = (name, value, then, { isNot = false, unknown = null } = {}) => {
  const equals = { "===": [{ var: name }, value] };
  const [one, other] = isNot ? [not(equals), equals] : [equals, not(equals)];
  const holds = all(known(name), one);
  return { holds, fails: all(known(name), other), then, unknown, words: words(`${name} ${value}`) };
};

export const rule = (
  clauses,
  { id = "passage", version = 2, since = 0, until = null, otherwise = "green" } = {},
) => ({
  ...{ id, version, since, until, citation: "Decision 7", clauses },
  ...{ otherwise, otherwise_words: words("otherwise") },
});

// The rule "passage" in short.
export const passage = () =>
  rule([
    where("code", "valid", "red", { isNot: true }),
    where("remembered", "red", "red"),
    where("declared.positive", true, "red"),
    where("identity", "confirmed", "amber", { isNot: true }),
    where("remembered", "amber", "amber"),
    where("replaced", true, "amber"),
  ]);
