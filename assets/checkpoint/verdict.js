// What a pass that was read on the device comes to. It is green only where the rule that the device carries says
// so whatever the server knows besides, and the list has nothing to ask about.
import { ago, moment, says } from "./words.js";

const FORGED = ["altered", "unknown_key", "withdrawn_key"]; // nobody's crossing: it becomes an incident
const STOPS = ["expired", "not_yet_valid", "revoked"];
const JUST_NOW = 10 * 60_000; // ms: a code that passed so lately may be in two hands
const NOT_THIS = ["not_known", "superseded"]; // people look: nobody can say more, or there is a newer pass

// { answer: "go", "check" or "stop", words, reasons, kind } for what `readPass` gave at the moment `at` by this
// bundle (or null), and the colour that the rules gave (passage.js, or null); `last`: what was recorded here before
// (recent.js). `kind`: what can be recorded of it: a crossing ("go", "check", "stop"), an incident ("forged"),
// nothing ("nobody").
export function verdictOf({ status, facts }, { bundle, at, last, colour = null }) {
  const found = own(status, facts, { bundle, at, colour });
  const told = { ...found, kind: facts ? found.answer : kindOf(status) };
  if (!last) return told;
  const before = says("recorded-before", { ago: ago(last.at, at), decision: says(`done-${last.decision}`) });
  const reasons = [last.isSamePass ? before : `${before} ${says("another-pass")}`, ...told.reasons];
  const isStopped = last.decision !== "through" && told.answer !== "stop";
  if (!isStopped) {
    const isTwice = told.answer === "go" && last.isSamePass && at - last.at < JUST_NOW;
    return isTwice
      ? { ...told, answer: "check", kind: "check", words: says("is-amber"), reasons }
      : { ...told, reasons };
  }
  return {
    ...told,
    answer: "stop",
    kind: "stop",
    words: says(last.decision === "back" ? "before-back" : "before-held"),
    reasons,
  };
}

const kindOf = (status) => (FORGED.includes(status) ? "forged" : "nobody");

function own(status, facts, { bundle, at, colour }) {
  if (!facts || STOPS.includes(status)) {
    const when = { time: facts && moment(status === "expired" ? facts.expiresAt : facts.issuedAt) };
    const why = says(`why-${status}`, { ...when, ago: facts && ago(facts.expiresAt, at) });
    return { answer: "stop", words: says(`is-${status}`), reasons: [why] };
  }
  if (NOT_THIS.includes(status))
    return { answer: "check", words: says(`is-${status}`), reasons: [says(`why-${status}`)] };
  if (!bundle.isFresh(at)) {
    const reasons = [says("why-stale", { time: moment(bundle.made) }), says("not-known-offline")];
    return { answer: "check", words: says("is-not_known"), reasons };
  }
  return colour
    ? ruled(colour)
    : { answer: "check", words: says("is-valid"), reasons: [says("why-no-rule")] };
}

const ANSWERS = { green: "go", amber: "check", red: "stop" };

function ruled({ answer, words, why, citation }) {
  if (answer === "ask") return { answer: "check", words: says("is-valid"), reasons: [says(`ask-${why}`)] };
  const said = words[document.documentElement.lang.slice(0, 2)] ?? words.vi;
  const reasons = answer === "green" ? [says("why-green")] : [`${said} (${citation})`];
  return { answer: ANSWERS[answer], words: says(`is-${answer}`), reasons };
}
