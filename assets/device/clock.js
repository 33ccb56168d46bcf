// The server's time, by this device's clock and how far that is off.
//
// `drift` is how far the device's clock is ahead of the server's, in ms. It is measured by every answer that
// bears the server's time, with half of the way there and back.
const JUMP = 1_000; // ms by which a clock that was set back differs from one that only ran unevenly
const ROUGHLY = 250; // ms: a measurement may be so much worse than the last and still be taken

export class Clock {
  #store;
  #wall;
  #steady;
  #seen; // { wall, steady } when the clock was read last
  drift = 0;
  measured = false; // whether the drift was ever measured
  #unsure = Number.POSITIVE_INFINITY; // ms by which the drift may be wrong
  #floor = 0; // the latest moment that the server has told of: it is not earlier

  // `wall`: ms since 1970, which anybody may set; `steady`: ms that nobody sets, and that may stand still
  // while the device sleeps.
  static async open(store, { wall = Date.now, steady = () => performance.now() } = {}) {
    const clock = new Clock();
    Object.assign(clock, (await store.get("clock")) ?? {});
    clock.#store = store;
    clock.#wall = wall;
    clock.#steady = steady;
    clock.#floor = clock.floor ?? 0;
    delete clock.floor;
    clock.#look();
    return clock;
  }

  // ms since 1970, as the server would say.
  now() {
    this.#look();
    return Math.max(this.#seen.wall - this.drift, this.#floor);
  }

  // Before a request: what its answer is measured by.
  mark() {
    return this.#look();
  }

  // The server has told its time in an answer to the request that was begun at `mark`. True where the drift
  // was corrected by it.
  async learn(serverTime, mark) {
    const server = Date.parse(serverTime);
    if (!Number.isFinite(server)) return false;
    const here = this.#look();
    const half = (here.steady - mark.steady) / 2;
    const drift = here.wall - half - server;
    const contradicts = Math.abs(drift - this.drift) > half + this.#unsure;
    this.#floor = contradicts ? server : Math.max(this.#floor, server);
    const isTaken = !this.measured || contradicts || half <= this.#unsure + ROUGHLY;
    if (isTaken) {
      this.drift = Math.round(drift);
      this.measured = true;
      this.#unsure = half + ROUGHLY;
    }
    await this.#keep();
    return isTaken;
  }

  // A clock that was set back while the page was open is seen by the steady one. One that was set forward
  // looks like a device that slept; the next answer of the server corrects it.
  #look() {
    const now = { wall: this.#wall(), steady: this.#steady() };
    if (this.#seen) {
      const back = this.#seen.wall + (now.steady - this.#seen.steady) - now.wall;
      if (back > JUMP) {
        this.drift = Math.round(this.drift - back);
        this.#keep().catch(() => {}); // for the page after this one; the next answer measures it anew
      }
    }
    this.#seen = now;
    return now;
  }

  #keep() {
    return this.#store.set({ clock: { drift: this.drift, measured: this.measured, floor: this.#floor } });
  }
}
