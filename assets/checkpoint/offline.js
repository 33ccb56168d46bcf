// The desk while the network is gone, on a device that is enrolled: passes are read here, decisions recorded
// here and sent later. When the network is back the desk goes on with the server by itself.
import { isGroup } from "../device/group.js";
import { isPass } from "../device/pass.js";
import { areaIn, examine, SHOWN, travellerOf } from "./examining.js";
import { enrolledDevice, opened } from "./here.js";
import { isLane, tellServer, turn } from "./lane.js";
import * as network from "./network.js";
import { goOnWithServer, isOpenedHere, begin as openHere } from "./opening.js";
import { desk, piece, put, tellVerdict } from "./pieces.js";
import { askReason, needsReason } from "./reasons.js";
import { record, report } from "./recording.js";
import { moment, says, time } from "./words.js";

const SCANNING = "form.dancu-scanning";
const DECIDING = "form[data-deciding-code]";
const PATIENCE = 8_000; // ms until the device does without the server; a photo takes longer to send
const ANSWERS = { through: "go", secondary: "check", back: "stop" };
let shownOnline = null; // { code, shown, status } of the server's last verdict, for the reason that is asked after it

// What cannot be sent is done here: at once where the network is known to be gone, else when a request has had
// no answer.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  remindOf(elt);
  if (!enrolledDevice()) return;
  if ((network.isGone() || isOpenedHere()) && takes(event.detail)) event.preventDefault();
  else if (xhr && elt.matches(`${SCANNING}, ${DECIDING}`) && !elt.elements.picture?.files.length)
    xhr.timeout = PATIENCE;
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => {
    if (!enrolledDevice()) return;
    network.lost();
    takes(detail);
  });
}

// A direction that was turned meanwhile, also on a page before this one.
const tell = () => enrolledDevice() && !isOpenedHere() && tellServer(enrolledDevice()).catch(() => {});
network.listen((gone) => gone || tell());
opened.then(() => network.isGone() || tell());
openHere(() => ready());
document.addEventListener("dancu:ready", ({ detail }) => ready(detail)); // after a vehicle

// Who works without the network is not led away from the desk, to a page that cannot be loaded, and neither from
// a traveller who is still to be decided on.
document.addEventListener("dancu:session-ending", (event) => {
  const isAtWork = network.isGone() || desk()?.querySelector("[data-offline], [data-vehicle]");
  if (isAtWork && enrolledDevice()) event.preventDefault();
});

function takes({ elt, requestConfig }) {
  const sent = requestConfig?.formData ?? new FormData(elt.matches("form") ? elt : undefined);
  if (elt.matches(SCANNING)) show(String(sent.get("text") ?? ""));
  else if (elt.matches(DECIDING)) takeOver(elt, sent);
  else if (isLane(elt)) turn(enrolledDevice(), elt, sent.get("direction")).catch(() => {});
  else return false;
  return true;
}

// What the server's verdict was, for a press on it that does not arrive.
function remindOf(form) {
  const { decidingCode: code, decidingStatus: status } = form.dataset ?? {};
  if (code && status) shownOnline = { code, status, shown: SHOWN[form.dataset.decidingAnswer] ?? "" };
}

// The verdict on what was scanned, typed or photographed.
async function show(text) {
  if (isGroup(text)) return document.dispatchEvent(new CustomEvent("dancu:group", { detail: { text } }));
  if (!isPass(text)) return ready({ problem: says(text.trim() ? "no-look-up" : "no-picture"), text });
  showVerdict(await examine(enrolledDevice(), text));
  return undefined;
}

function showVerdict({ verdict, ...read }) {
  const { facts, bundle } = read;
  const made = piece("verdict", [verdict.kind], facts ? textsOf(read, verdict) : { heading: verdict.words });
  tellVerdict(made, verdict);
  const form = made.querySelector("form");
  const { plate } = form.elements;
  if (facts) plate.value = facts.plate;
  const traveller = travellerOf(read, verdict);
  form.addEventListener("click", ({ target }) => {
    const { decision, next } = target.closest("button")?.dataset ?? {};
    if (next !== undefined) ready();
    if (!decision) return;
    if (verdict.kind === "forged") return void incident(read, form, verdict.words, decision);
    decide({ ...traveller, plate: plate.value }, decision, { bundle, isStop: verdict.answer === "stop" });
  });
  put(made);
}

// A forged code: who lets its bearer through says why.
function incident({ text, status }, form, words, decision) {
  const { plate, note, picture } = form.elements;
  if (decision === "through" && !note.value.trim()) return note.focus();
  const about = { text, status, plate: plate.value, note: note.value, picture: picture.files[0] };
  return keeping(decision, words, () => report(enrolledDevice(), about, decision));
}

function textsOf({ facts, bundle }, { words }) {
  const area = (code) => areaIn(bundle, code);
  return {
    heading: `${words}: ${facts.name}`,
    name: facts.name,
    born: String(facts.born),
    number: facts.numberEnd && `••• ${facts.numberEnd}`,
    origin: area(facts.origin),
    destination: area(facts.destination),
    until: moment(facts.expiresAt),
    code: facts.code,
    list: bundle ? moment(bundle.made) : says("no-list"),
  };
}

// A press on the server's verdict, or on its page of reasons, that did not arrive: it is recorded here under its
// own id, which counts once even if it had arrived.
async function takeOver(form, sent) {
  const { decidingCode: code, deciding: name } = form.dataset;
  const pressed = sent.get("decision");
  const decision = pressed === "override" ? "through" : pressed;
  if (!(decision in ANSWERS) || !sent.get("crossing_id")) return;
  const online = shownOnline?.code === code ? shownOnline : {};
  const traveller = { ...online, code, name, id: sent.get("crossing_id"), plate: sent.get("plate") ?? "" };
  const why = {
    code: sent.get("reason") ?? "",
    written: sent.get("other_reason") ?? "",
    about: sent.get("about") ?? "",
  };
  const bundle = await enrolledDevice()
    .bundle()
    .catch(() => null);
  await decide(traveller, decision, { bundle, isStop: pressed === "override", why });
}

async function decide(traveller, decision, { bundle, isStop, why = {} }) {
  if (needsReason(decision, isStop, why)) {
    askReason(traveller, decision, bundle, (given) => keep(traveller, decision, given));
    return;
  }
  await keep(traveller, decision, why);
}

function keep(traveller, decision, why) {
  return keeping(decision, traveller.name, () => record(enrolledDevice(), traveller, decision, why));
}

// Told as recorded only once it is on the disk. Pressed twice it is kept once.
let isKeeping = false;

async function keeping(decision, name, work) {
  if (isKeeping) return;
  isKeeping = true;
  let kept;
  try {
    kept = await work();
  } catch {
    desk().querySelector("[data-not-kept]")?.remove();
    desk().prepend(piece("not-kept", []));
    desk().firstElementChild.scrollIntoView();
    return;
  } finally {
    isKeeping = false;
  }
  sessionStorage.removeItem("dancu.unrecorded"); // see checkpoint.js
  ready({ recorded: { name, decision, counts: kept.shift !== null } });
}

// The desk ready for the next one; with what was recorded just now, or why the last thing led nowhere.
function ready({ recorded, problem = "", text = "" } = {}) {
  const counts = recorded?.counts ? "counts" : "for-people";
  const when = [...(recorded ? ["recorded", counts] : []), ...(problem ? ["problem"] : [])];
  const texts = recorded && {
    name: recorded.name,
    decided: recorded.decided ?? says(`done-${recorded.decision}`),
    time: time(enrolledDevice()?.clock.now() ?? Date.now()),
  };
  const made = piece("ready", when, { ...texts, problem });
  made.querySelector("[data-banner]")?.classList.add(`dancu-banner--${ANSWERS[recorded?.decision]}`);
  const field = made.querySelector("#id_text");
  field.value = text;
  if (problem) field.setAttribute("aria-invalid", "true");
  put(made);
  goOnWithServer();
}
