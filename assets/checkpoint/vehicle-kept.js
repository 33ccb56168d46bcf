// Those in the vehicle who were scanned while the network was gone, kept on the device until they are decided on:
// a page that is closed loses nobody.
const NAME = "vehicle";
const OF = "those aboard";

// { checkId, plate, aboard, without, seats }: the seats as seats.js makes them, each with what is recorded of it.
export async function keep(device, vehicle) {
  await device.store.set({ [NAME]: vehicle && (await device.store.seal(vehicle, OF)) });
}

// The same, or null.
export async function kept(device) {
  const sealed = await device.store.get(NAME);
  return sealed ? device.store.unseal(sealed, OF).catch(() => null) : null;
}
