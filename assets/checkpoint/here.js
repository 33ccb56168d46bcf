// This browser as a device, for the checkpoint's pages: opened once a page, and whether it is enrolled known
// without waiting. Where it is not, or the browser keeps nothing, the pages are as they are without it.
import { Device } from "../device/device.js";
import { Schedule } from "../device/schedule.js";
import { beginShift, endShift } from "../device/shift.js";
import * as network from "./network.js";

export const OPEN = "dancu.opened"; // in this tab: whose desk is open without the network, and until when
const place = document.querySelector("[data-device]"); // the line that says how things stand
let device = null;
let schedule = null;
let isLeaving = false; // the officer signs out

// The device where it is enrolled, else null.
export const enrolledDevice = () => (schedule ? device : null);

// Whose page this is: the officer's number.
export let official = place?.dataset.official ?? "";

// The number of the station that the page is of; 0 for none.
export let station = Number(place?.dataset.station) || 0;

// The page was nobody's, and an officer has opened it with their PIN.
export function workAs(shift) {
  ({ official, station } = shift);
  device.tell();
}

// Resolves to the device, enrolled or not; null where this browser keeps nothing.
export const opened = open();

async function open() {
  try {
    device = await Device.open();
    if (await device.enrolment) await begin();
    else device.listen(follow);
  } catch {
    device = null; // a private window, a browser without a store or without a secure address
  }
  return device;
}

// Enrolled in this moment, perhaps in another tab.
async function follow() {
  if (await device.enrolment) await begin();
}

async function begin() {
  if (schedule) return;
  schedule = new Schedule(device, { lost: network.lost });
  device.listen(async () => {
    if (await device.enrolment) return;
    schedule?.end(); // cut off, or forgotten
    schedule = null;
  });
  register();
  network.listen((gone) => {
    if (!gone) talk();
  });
  talk();
}

// First what waits, for a wrong clock is corrected by it, then the shift.
async function talk() {
  await schedule?.soon();
  if (schedule) takeShift();
}

// Where there is no answer it is asked for when the network is back, and by the next page. A page that was opened
// without the network has no session to ask in.
function takeShift() {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (official && token) beginShift(device, official, token, () => !isLeaving).catch(() => {});
}

// Who signs out works with this device no more, and opens it no more without the network.
document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault(); // until it is on the disk
  isLeaving = true;
  leave()
    .catch(() => {})
    .finally(() => form.submit());
});

async function leave() {
  const here = await opened;
  if (await here?.enrolment) await endShift(here);
}
if (official) sessionStorage.removeItem(OPEN); // the server's page has taken the place of the one opened here

function register() {
  const { worker } = place?.dataset ?? {};
  const workers = navigator.serviceWorker;
  if (!worker || !workers) return;
  workers.register(worker).catch(() => {}); // where it is refused the pages send
  const keep = ({ active }) => active.postMessage({ keep: document.documentElement.lang });
  if (official) workers.ready?.then(keep).catch(() => {}); // so that the desk opens without the network
}
