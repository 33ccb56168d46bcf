// What this device keeps, in IndexedDB, each value sealed with AES-GCM by a key that cannot be taken out of the
// browser.
//
// This protects from who copies the browser's files (a backup, a disk taken out, another program that reads
// them without running the browser): they find ids, counters and moments, and no names or passes. It does not
// protect from who uses this browser under this address, for the key lies beside the values and the browser
// applies it to whatever a page of ours asks. Against that help a lock on the device, the lease, and cutting
// it off.
const NAME = "dancu-device";
const STORES = {
  keys: {}, // "seal", "device"
  about: {}, // small things by name
  outbox: { keyPath: "counter" },
  notices: { keyPath: "id" }, // items that were refused or kept for people
  recent: { keyPath: "id" }, // what was recorded here in the last hours
  parts: { keyPath: "name" }, // of the bundle
  pictures: { keyPath: "hash" },
};

// Another tab has forgotten this device, or it was cut off; nothing was kept.
export class NotEnrolled extends Error {}

// Within a transaction that keeps something: raises NotEnrolled where the device is no longer the one that it
// was (`id`, where it is given).
export async function mustBeEnrolled(about, ask, id) {
  const enrolment = await ask(about.get("enrolment"));
  if (!enrolment || (id && enrolment.id !== id)) throw new NotEnrolled();
}

const ask = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const how = (iv, of) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(of) });

function connect(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [store, options] of Object.entries(STORES)) request.result.createObjectStore(store, options);
    request.transaction.objectStore("outbox").createIndex("id", "id", { unique: true });
  };
  return ask(request);
}

export class Store {
  #name;
  #database;

  static async open(name = NAME) {
    const store = new Store();
    store.#name = name;
    await store.#connect();
    return store;
  }

  // Runs `work` with these object stores in one transaction: all of it is on the disk when this resolves, or
  // nothing. Within it only requests to the stores may be awaited (`ask`, the last argument).
  async transact(names, mode, work) {
    const transaction = await this.#begin(names, mode);
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted")); // such as a full disk
    });
    over.catch(() => {}); // told below
    try {
      const answer = await work(...names.map((name) => transaction.objectStore(name)), ask);
      await over;
      return answer;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // it has ended already
      }
      throw error;
    }
  }

  get(name) {
    return this.transact(["about"], "readonly", (about) => ask(about.get(name)));
  }

  set(values) {
    return this.transact(["about"], "readwrite", (about) => {
      for (const [name, value] of Object.entries(values)) about.put(value, name);
    });
  }

  all(store) {
    return this.transact([store], "readonly", (rows) => ask(rows.getAll()));
  }

  // A key by its name: the one that is there, or what `make` makes, where two tabs try at once the first.
  async key(name, make) {
    const there = await this.transact(["keys"], "readonly", (keys) => ask(keys.get(name)));
    if (there || !make) return there;
    const made = await make();
    return this.transact(["keys"], "readwrite", async (keys) => {
      const first = await ask(keys.get(name));
      if (!first) keys.put(made, name);
      return first ?? made;
    });
  }

  // { iv, sealed }, bound to what it is of, so that nobody can put one value in another's place.
  async seal(value, of) {
    const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(how(iv, of), await this.#sealKey(), bytes);
    return { iv, sealed };
  }

  async unseal(row, of) {
    return JSON.parse(new TextDecoder().decode(await this.unsealBytes(row, of)));
  }

  async unsealBytes({ iv, sealed }, of) {
    return new Uint8Array(await crypto.subtle.decrypt(how(iv, of), await this.key("seal"), sealed));
  }

  // Forgets all there is: keys, bundle, outbox. Where it is `ifSent` and something still waits in the outbox,
  // nothing; false then.
  wipe({ ifSent = false } = {}) {
    const names = Object.keys(STORES);
    return this.transact(names, "readwrite", async (...given) => {
      const [stores, ask] = [given.slice(0, -1), given.at(-1)];
      if (ifSent && (await ask(stores[names.indexOf("outbox")].count()))) return false;
      for (const store of stores) store.clear();
      return true;
    });
  }

  close() {
    this.#database.close();
  }

  async #connect() {
    this.#database = await connect(this.#name);
    this.#database.onversionchange = () => this.#database.close();
  }

  // A browser may close the database behind a page's back, as Safari does after a while in the background.
  async #begin(names, mode) {
    const durable = mode === "readwrite" ? { durability: "strict" } : undefined;
    try {
      return this.#database.transaction(names, mode, durable);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await this.#connect();
      return this.#database.transaction(names, mode, durable);
    }
  }

  // Read anew each time: another tab may have wiped the store meanwhile.
  #sealKey() {
    const make = () =>
      crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return this.key("seal", make);
  }
}
