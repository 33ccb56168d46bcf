// What was done with this device and waits to be sent. An item is on the disk before anybody is told that it is
// recorded; it is forgotten only when the server has answered for it.
import { mustBeEnrolled } from "./store.js";
import { timeOf, uuid7 } from "./uuid7.js";

export const LARGEST = 64_000; // bytes of one item's content
const WHOLE = 900_000; // bytes of a batch
const AROUND = 300; // bytes that stand around one content
const TRIES = 3; // of an item that the server cannot read
const BACK = 60_000; // ms by which the time may go back only where the clock was corrected

// An item is larger than the server takes; nothing was recorded.
export class TooLarge extends Error {}

const of = (id) => `item ${id}`;

// The hashes of the pictures that these rows of the outbox name.
export const namesOf = (rows) => new Set(rows.map(({ picture }) => picture).filter(Boolean));

export class Outbox {
  #store;
  #clock;

  constructor(store, clock) {
    this.#store = store;
    this.#clock = clock;
  }

  // Keeps an item and gives { id, counter, at (ms) }; `id`: one that was made before, as that of a press whose
  // answer was lost, whose time is then the item's. The same id twice is one item. Counters have no gaps, also
  // with several tabs: they are given in the transaction that keeps the item. Raises TooLarge,
  // NotEnrolled, or the browser's error where the disk is full; then nothing is kept.
  async append(kind, payload, { id: given, shift = null } = {}) {
    if (new Blob([JSON.stringify(payload)]).size > LARGEST) throw new TooLarge();
    const enrolment = await this.#store.get("enrolment");
    const id = given ?? uuid7(await this.#moment());
    const row = { id, kind, at: timeOf(id), shift, ...(await this.#store.seal(payload, of(id))) };
    if (payload.picture) row.picture = payload.picture; // its hash, by which the picture is kept as long
    const stores = ["outbox", "about"];
    return this.#store.transact(stores, "readwrite", async (outbox, about, ask) => {
      await mustBeEnrolled(about, ask, enrolment?.id); // sealed with the key of that one
      const there = await ask(outbox.index("id").get(id));
      if (there) return { id, counter: there.counter, at: there.at };
      const counter = ((await ask(about.get("made"))) ?? 0) + 1;
      about.put(counter, "made");
      outbox.add({ ...row, counter });
      return { id, counter, at: row.at };
    });
  }

  // { made, waiting, oldest (ms or null) }
  state() {
    return this.#store.transact(["outbox", "about"], "readonly", async (outbox, about, ask) => {
      const [first] = await ask(outbox.getAll(null, 1));
      const made = (await ask(about.get("made"))) ?? 0;
      return { made, waiting: await ask(outbox.count()), oldest: first?.at ?? null };
    });
  }

  // The next items as they are sent, first those that the server misses: at most `most`, none of `except`
  // (ids).
  async batch(most, { except = new Set(), missing = [] } = {}) {
    const rows = await this.#store.transact(["outbox"], "readonly", async (outbox, ask) => {
      const found = new Map();
      const ranges = [...missing.map(([from, to]) => IDBKeyRange.bound(from, to)), null];
      for (const range of ranges)
        for (const row of await ask(outbox.getAll(range, most + except.size + found.size)))
          if (!except.has(row.id)) found.set(row.counter, row);
      return [...found.values()].slice(0, most);
    });
    let size = 0;
    const fitting = rows.filter(({ sealed }, place) => {
      size += sealed.byteLength + AROUND;
      return place === 0 || size <= WHOLE;
    });
    return Promise.all(fitting.map((row) => this.#item(row)));
  }

  async #item({ id, kind, at, counter, shift, iv, sealed }) {
    const payload = await this.#store.unseal({ iv, sealed }, of(id));
    return { id, kind, at: new Date(at).toISOString(), counter, shift, payload };
  }

  // Does what the server's answers say, all at once; the ids of what is no longer waiting. What is refused or
  // kept for people stands in `notices` until the officer has read it. A picture goes with the last item that
  // names it.
  settle(answers) {
    const stores = ["outbox", "notices", "pictures"];
    return this.#store.transact(stores, "readwrite", async (outbox, notices, pictures, ask) => {
      const settled = [];
      const named = new Set();
      for (const { id, is, code = "", message = "" } of answers) {
        if (!["taken", "known", "kept", "refused"].includes(is)) continue; // later, or what we do not know yet
        const row = await ask(outbox.index("id").get(id));
        if (!row) continue;
        outbox.delete(row.counter);
        settled.push(id);
        if (row.picture) named.add(row.picture);
        if (is === "kept" || is === "refused") notices.put({ ...row, is, code, message });
      }
      const left = named.size ? namesOf(await ask(outbox.getAll())) : new Set();
      for (const hash of named) if (!left.has(hash)) pictures.delete(hash);
      return settled;
    });
  }

  // The server could not read this item, sent alone. True where that was so too often: it then stands in
  // `notices` as refused, with what the server says (`message`), and waits no more.
  async unread(id, message) {
    const isLast = await this.#store.transact(["outbox"], "readwrite", async (outbox, ask) => {
      const row = await ask(outbox.index("id").get(id));
      if (!row) return false; // another tab's work
      const tries = (row.tries ?? 0) + 1;
      outbox.put({ ...row, tries });
      return tries >= TRIES;
    });
    return isLast && (await this.settle([{ id, is: "refused", code: "unreadable", message }])).length > 0;
  }

  // What the officer has not acknowledged: { id, kind, at, is, code, message, payload }, oldest first.
  async notices() {
    const found = [];
    for (const { iv, sealed, ...row } of await this.#store.all("notices"))
      found.push({ ...row, payload: await this.#store.unseal({ iv, sealed }, of(row.id)) });
    return found.sort((one, other) => one.at - other.at);
  }

  acknowledge(id) {
    return this.#store.transact(["notices"], "readwrite", (notices) => notices.delete(id));
  }

  // The time of a new id: each is later than the one before, whatever the device's clock does, unless the
  // clock was far ahead and has been corrected.
  #moment() {
    const { drift } = this.#clock;
    const now = Math.floor(this.#clock.now());
    return this.#store.transact(["about"], "readwrite", async (about, ask) => {
      const last = await ask(about.get("last"));
      const isCorrected = last && last.drift !== drift && last.at - now > BACK;
      const at = last && !isCorrected ? Math.max(now, last.at + 1) : now;
      about.put({ at, drift }, "last");
      return at;
    });
  }
}
