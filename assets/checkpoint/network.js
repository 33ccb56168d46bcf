// Whether the server can be reached, for a desk that must not wait for each traveller to find out. While it
// cannot, a small question is asked again and again; the first answer to it ends that.
const EVERY = 4_000; // ms
const LONGEST = 5_000; // ms for an answer
const PROBE = "/api/devices/time";

let gone = false;
let timer;
const listeners = new Set();

export const isGone = () => gone;

export function listen(listener) {
  listeners.add(listener);
}

// A request had no answer, or the browser says that there is no network.
export function lost() {
  if (gone) return;
  set(true);
  timer = setTimeout(probe, EVERY);
}

async function probe() {
  clearTimeout(timer);
  if (!gone) return;
  if (await answers()) return set(false);
  timer = setTimeout(probe, EVERY);
}

async function answers() {
  const end = new AbortController();
  const late = setTimeout(() => end.abort(), LONGEST);
  try {
    const answer = await fetch(PROBE, { cache: "no-store", signal: end.signal });
    return Boolean((await answer.json()).server_time); // and not a hotel's page
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}

function set(value) {
  gone = value;
  for (const listener of listeners) listener(gone);
}

window.addEventListener("offline", lost);
window.addEventListener("online", probe);
if (navigator.onLine === false) lost();
