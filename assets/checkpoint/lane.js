// The direction of the lane while the network is gone: it counts at once for what is recorded here, and the
// server is told when it is back, by this page or the next.
const LANE = ".dancu-direction";
const UNTOLD = "untoldDirection";

export const isLane = (form) => form.matches(LANE);

// Keeps this direction ("in", "out") for the server, and shows it: decisions are recorded by what is shown.
export async function turn(device, form, direction) {
  const shift = await device.store.get("shift");
  await device.store.set({ [UNTOLD]: direction, ...(shift && { shift: { ...shift, direction } }) });
  for (const choice of form.querySelectorAll("[name=direction]"))
    choice.setAttribute("aria-pressed", String(choice.value === direction));
}

// The network is back: what was pressed is pressed for the server.
export async function tellServer(device) {
  const untold = await device.store.get(UNTOLD);
  if (!untold) return;
  await device.store.set({ [UNTOLD]: null });
  document.querySelector(`${LANE} [value="${untold}"]`)?.click();
}
