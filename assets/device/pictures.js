// Pictures, which are large and go in pieces: each piece begins where the server says that it has what came
// before (docs/devices.md, "Pictures").
import { sha256, toHex } from "./bytes.js";
import { namesOf } from "./outbox.js";
import { Problem } from "./server.js";
import { mustBeEnrolled } from "./store.js";

export const LARGEST = 8_000_000; // bytes
const PIECE = 262_144; // bytes
const TRIES = 3; // without a byte more
const UNNAMED = 3_600_000; // ms: so long a picture that no item names is kept after it was sent
const SENT = "picturesSent"; // in `about`: the hashes of those that the server had when it was asked last

// A picture is larger than the server takes.
export class PictureTooLarge extends Error {}

export class Pictures {
  #store;
  #server;

  constructor(store, server) {
    this.#store = store;
    this.#server = server;
  }

  // Keeps a picture (bytes) until each item that names it was answered for (Outbox.settle), for the server may
  // have forgotten it before; its SHA-256, in hex, by which items name it. Raises PictureTooLarge, NotEnrolled.
  async keep(bytes) {
    if (bytes.length > LARGEST) throw new PictureTooLarge();
    const hash = toHex(await sha256(bytes));
    const row = { hash, at: Date.now(), ...(await this.#store.seal(bytes, `picture ${hash}`)) };
    await this.#store.transact(["pictures", "about"], "readwrite", async (pictures, about, ask) => {
      await mustBeEnrolled(about, ask);
      pictures.put(row);
    });
    return hash;
  }

  // How many wait to be sent.
  async waiting() {
    const { hashes, sent } = await this.#all();
    return hashes.filter((hash) => !sent.has(hash)).length;
  }

  // Sends what the server has not, or has no more; how many it has now and had not when it was asked last.
  // Raises what Server raises where the network is gone; a picture that the server does not take now waits.
  async send() {
    let count = 0;
    const { hashes, sent } = await this.#all();
    for (const hash of hashes) {
      const told = await this.#sendOne(hash).catch(onlyProblems);
      if (!told) continue;
      if (told.isNew || !sent.has(hash)) count += 1;
      await this.#mark(hash);
    }
    return count;
  }

  // { hashes, sent }: of the pictures that are there, and of those of them that the server had.
  #all() {
    return this.#store.transact(["pictures", "about"], "readonly", async (pictures, about, ask) => ({
      hashes: await ask(pictures.getAllKeys()),
      sent: new Set(await ask(about.get(SENT))),
    }));
  }

  // The server has it. It is forgotten where no item came to name it, as when the page died in between.
  #mark(hash) {
    const stores = ["pictures", "outbox", "about"];
    return this.#store.transact(stores, "readwrite", async (pictures, outbox, about, ask) => {
      const row = await ask(pictures.get(hash));
      const isOld = row && Date.now() - row.at > UNNAMED;
      if (isOld && !namesOf(await ask(outbox.getAll())).has(hash)) pictures.delete(hash);
      const there = new Set(await ask(pictures.getAllKeys()));
      const sent = new Set([...((await ask(about.get(SENT))) ?? []), hash]);
      about.put(
        [...sent].filter((one) => there.has(one)),
        SENT,
      );
    });
  }

  // { isNew }, whether something of it had to be sent, where the server has all of it now; else null.
  async #sendOne(hash) {
    const row = await this.#store.transact(["pictures"], "readonly", (rows, ask) => ask(rows.get(hash)));
    if (!row) return null; // another tab's work
    const bytes = await this.#store.unsealBytes(row, `picture ${hash}`);
    const address = `/api/devices/pictures/${hash}`;
    let { have } = await this.#server.signed("GET", address);
    const isNew = have < bytes.length;
    for (let tries = 0; have < bytes.length && tries < TRIES; ) {
      const next = await this.#piece(
        `${address}?from=${have}&of=${bytes.length}`,
        bytes.slice(have, have + PIECE),
      );
      tries = next > have ? 0 : tries + 1;
      have = next;
    }
    return have >= bytes.length ? { isNew } : null;
  }

  // How many bytes are there afterwards.
  async #piece(address, piece) {
    try {
      return (await this.#server.signed("PUT", address, piece)).have;
    } catch (problem) {
      if (problem instanceof Problem && problem.code === "wrong-hash") return 0; // it begins anew
      throw problem;
    }
  }
}

// What the server refuses or cannot do now holds up neither the other pictures nor the bundle.
function onlyProblems(error) {
  if (!(error instanceof Problem)) throw error;
  return null;
}
