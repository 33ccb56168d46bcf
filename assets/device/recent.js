// What was recorded on this device in the last hours, so that one who is shown again is known without the
// network.
import { mustBeEnrolled } from "./store.js";

const KEPT = 12 * 3_600_000; // ms: a shift

const of = (id) => `recent ${id}`;

// Keeps who was recorded: `facts` as `readPass` gives them. Raises NotEnrolled.
export async function remember(store, { id, at }, { code, name, born, numberEnd }, decision) {
  const row = { id, at, ...(await store.seal({ code, name, born, numberEnd, decision }, of(id))) };
  await store.transact(["recent", "about"], "readwrite", async (rows, about, ask) => {
    await mustBeEnrolled(about, ask);
    rows.put(row);
  });
}

// What was recorded last of this pass or, under another one, of somebody of this name, year and number:
// { at, decision, isSamePass }; null for nothing.
export async function lastOf(store, now, { code, name, born, numberEnd }) {
  const rows = (await store.all("recent")).sort((one, other) => other.at - one.at);
  const over = rows.filter(({ at }) => now - at > KEPT).map(({ id }) => id);
  if (over.length)
    await store.transact(["recent"], "readwrite", (recent) => {
      for (const id of over) recent.delete(id);
    });
  for (const { id, at, ...sealed } of rows.filter((row) => now - row.at <= KEPT)) {
    const known = await store.unseal(sealed, of(id));
    const isSamePass = known.code === code;
    const isSamePerson = known.name === name && known.born === born && known.numberEnd === numberEnd;
    if (isSamePass || isSamePerson) return { at, decision: known.decision, isSamePass };
  }
  return null;
}
