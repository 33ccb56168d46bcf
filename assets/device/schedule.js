// When a page synchronises: after each new item, when the network or the page comes back, every 20 s while
// something waits, else once a minute as a sign of life; after failures later and later.
import { NoNetwork } from "./server.js";

const WAITING = 20_000; // ms
const QUIET = 60_000; // ms
const FIRST = 4_000; // ms after a failure, twice as long after each further one
const LONGEST = 120_000; // ms
const TAG = "dancu-sync"; // of what the service worker is woken up for

export class Schedule {
  #device;
  #lost;
  #timer;
  #failures = 0;
  #isOver = false;
  #waiting = 0;

  // `lost` is called where there was no answer.
  constructor(device, { lost = () => {} } = {}) {
    this.#device = device;
    this.#lost = lost;
    window.addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
    device.listen(() => this.#look());
  }

  // No more.
  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  // Now, whatever the last failure says.
  async soon() {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    try {
      const { later } = await this.#device.sync.once();
      this.#failures = later ? this.#failures + 1 : 0;
      this.#waiting = later;
    } catch (error) {
      this.#failures += 1; // no network, or a server that has trouble: what waits stays
      if (error instanceof NoNetwork) this.#lost();
      this.#wakeLater();
    }
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.soon(), this.#pause());
  }

  // One more waits than before: it goes at once.
  async #look() {
    const { waiting } = await this.#device.outbox.state();
    const isMore = waiting > this.#waiting;
    this.#waiting = waiting;
    if (isMore && navigator.onLine !== false) this.soon();
    else if (isMore) this.#wakeLater();
  }

  #pause() {
    const usual = this.#waiting ? WAITING : QUIET;
    if (!this.#failures) return usual;
    const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(this.#failures, 10));
    return longest * (0.5 + Math.random() / 2); // not all devices of a station at once
  }

  // Where the browser has background synchronisation it goes on when this page is closed.
  #wakeLater() {
    if (!this.#waiting) return;
    navigator.serviceWorker?.ready.then(({ sync }) => sync?.register(TAG)).catch(() => {});
  }
}
