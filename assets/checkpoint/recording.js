// A decision that is recorded on the device, to be sent when there is a network.
import { remember } from "../device/recent.js";
import { shiftOf } from "../device/shift.js";
import { official, station } from "./here.js";
import { small } from "./picture.js";

const LONGEST = 200; // letters of an officer's own words (dancu/checkpoints/reasons.py)
const LONE = /\p{Surrogate}/gu; // half a letter, of which no UTF-8 can be made
const direction = () => document.querySelector(".dancu-direction [aria-pressed=true]")?.value ?? "in";

const whole = (text) => (text ?? "").replace(LONE, "").trim();
const own = (text) => [...whole(text)].slice(0, LONGEST).join(""); // letters, none of them halved

// `traveller`: { code, name, facts and text (of a pass that was read here), id (of a press that was made online),
// shown, status, ruledBy, plate, vehicle (its check, where they sat in one with others) }; `decision`: through, secondary or back; `why`: { code, written, about }. On the
// disk when it resolves: { id, counter, at, shift }, the last null where people decide what counts. Raises
// NotEnrolled, or the browser's error where it could not be kept.
export async function record(device, traveller, decision, why = {}) {
  const bundle = await device.store.get("bundle");
  const payload = {
    pass: traveller.code,
    decision,
    reason_code: why.code ?? "",
    reason: own(why.written),
    about: why.about ?? "",
    direction: direction(),
    station,
    plate: whole(traveller.plate).toUpperCase(),
    shown: traveller.shown ?? "",
    status: traveller.status ?? "",
    ruled_by: traveller.ruledBy ?? "",
    bundle_at: bundle ? new Date(bundle.made).toISOString() : null,
  };
  if (traveller.vehicle) payload.vehicle = traveller.vehicle;
  if (traveller.text) payload.text = whole(traveller.text); // the server verifies it
  const shift = await shiftOf(device, official);
  const kept = await device.record("crossing", payload, { id: traveller.id, shift });
  const known = { name: traveller.name, ...traveller.facts, code: traveller.code };
  // That it is remembered matters less than that it is recorded.
  await remember(device.store, { id: kept.id, at: device.clock.now() }, known, decision).catch(() => {});
  return { ...kept, shift };
}

// How many sat in a vehicle whose passengers were decided on together, under the check's own id. On the disk when
// it resolves; as `record`.
export async function recordVehicle(device, { checkId, plate, aboard }) {
  const payload = { plate: whole(plate).toUpperCase(), aboard, direction: direction(), station };
  const shift = await shiftOf(device, official);
  return { ...(await device.record("vehicle", payload, { id: checkId, shift })), shift };
}

// A forged code that was shown, and what was decided: `status` as `readPass` says; `picture`: a file, or none.
// On the disk when it resolves; as `record`.
export async function report(device, { text, status, plate, note, picture }, decision) {
  const payload = {
    kind: status,
    decision,
    code_text: whole(text),
    note: own(note),
    station,
    plate: whole(plate).toUpperCase(),
    picture: picture?.size ? await device.pictures.keep(await small(picture)) : "",
  };
  const shift = await shiftOf(device, official);
  return { ...(await device.record("incident", payload, { shift })), shift };
}
