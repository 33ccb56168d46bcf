// Those in the vehicle who were scanned while the network was gone, kept on the device until they are decided on:
// a page that is closed loses nobody.
const NAME = "vehicle";
const DONE = "vehicleDone";
const OF = "those aboard";

const LONGEST = 12 * 3_600_000; // ms: a shift

// { checkId, plate, aboard, without, seats }: the seats as seats.js makes them, each with what is recorded of it;
// null for none. `official`: whose list it is.
export async function keep(device, official, vehicle) {
  const told = vehicle && { ...vehicle, official, at: device.clock.now() };
  await device.store.set({ [NAME]: told && (await device.store.seal(told, OF)) });
}

// The same, or null: also where it is another officer's, or of another shift.
export async function kept(device, official) {
  const sealed = await device.store.get(NAME);
  const found = sealed ? await device.store.unseal(sealed, OF).catch(() => null) : null;
  const isTheirs = found?.official === official && device.clock.now() - found.at < LONGEST;
  return isTheirs ? found : null;
}

// A vehicle was recorded on this device: the server's list of it is over.
export const setDone = (device, checkId) => device.store.set({ [DONE]: checkId });
export const isDone = async (device, checkId) => (await device.store.get(DONE)) === checkId;
