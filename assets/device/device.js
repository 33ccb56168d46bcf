// This device: what it is enrolled as, what it has to know, what waits to be sent. One object a page; all of it
// lies in the store, so that another tab, or the page after a crash, sees the same.
import { forget, stored } from "./bundle.js";
import { Clock } from "./clock.js";
import { Outbox } from "./outbox.js";
import { Pictures } from "./pictures.js";
import { Server } from "./server.js";
import { publicKey } from "./signing.js";
import { Store } from "./store.js";
import { APP, Synchroniser } from "./sync.js";

export class Device {
  #listeners = new Set();
  #channel = null;
  #bundle = null;

  // `name`: of the database; `fetch`, `wall`, `steady`: see Server and Clock.
  static async open({ name, fetch, wall, steady } = {}) {
    const device = new Device();
    device.store = await Store.open(name);
    device.clock = await Clock.open(device.store, { wall, steady });
    device.outbox = new Outbox(device.store, device.clock);
    device.server = new Server(device.store, device.clock, { fetch });
    device.pictures = new Pictures(device.store, device.server);
    device.sync = new Synchroniser(device);
    device.#hear(name ?? "dancu-device");
    return device;
  }

  // { id, name, place } or undefined.
  get enrolment() {
    return this.store.get("enrolment");
  }

  // Enrols the device with a code. Raises NoNetwork or Problem ("no-such-code", "too-many-tries").
  async enrol(code) {
    const body = { code: code.trim().toUpperCase(), public_key: await publicKey(this.store), app: APP };
    const headers = { "Content-Type": "application/json" };
    const told = await this.server.ask("POST", "/api/devices/enrol", JSON.stringify(body), headers);
    await this.store.set({
      cutOff: null,
      enrolment: { id: told.device_id, name: told.name, place: told.place },
      contact: { at: this.clock.now(), leaseUntil: Date.parse(told.lease_until) },
    });
    await navigator.storage?.persist?.().catch(() => {}); // what waits is not cleared away for want of space
    this.tell();
  }

  // Keeps an item to be sent; see Outbox.append.
  async record(kind, payload, about) {
    const kept = await this.outbox.append(kind, payload, about);
    this.tell();
    return kept;
  }

  // The bundle, or null where there is none, or the lease has ended.
  async bundle() {
    await this.keepLease();
    const about = await this.store.get("bundle");
    if (!about) this.#bundle = null;
    else if (this.#bundle?.made !== about.made) this.#bundle = await stored(this.store);
    return this.#bundle;
  }

  // Without a word from the server the lease ends, and with it what the device knows; what waits stays.
  async keepLease() {
    const { leaseUntil } = (await this.store.get("contact")) ?? {};
    if (leaseUntil && this.clock.now() > leaseUntil && (await this.store.get("bundle")))
      await forget(this.store);
  }

  // How things stand, for people: moments in ms, null for never.
  async state() {
    const enrolment = await this.enrolment;
    if (!enrolment) return { isEnrolled: false, waiting: 0, notices: [] };
    const [outbox, pictures, contact, bundle, trouble] = await Promise.all([
      this.outbox.state(),
      this.pictures.waiting(),
      this.store.get("contact"),
      this.store.get("bundle"),
      this.store.get("bundleTrouble"),
    ]);
    const told = { contact: contact?.at ?? null, leaseUntil: contact?.leaseUntil ?? null };
    const list = { bundleMade: bundle?.made ?? null, bundleTrouble: trouble ?? null };
    const notices = await this.outbox.notices();
    return { isEnrolled: true, ...enrolment, ...outbox, pictures, ...told, ...list, notices };
  }

  async acknowledge(id) {
    await this.outbox.acknowledge(id);
    this.tell();
  }

  // Forgets all there is, also what waits; where it is `ifSent`, only if nothing waits, else false.
  async wipe({ ifSent = false } = {}) {
    const isDone = await this.store.wipe({ ifSent });
    if (isDone) this.#bundle = null;
    this.tell();
    return isDone;
  }

  // Forgets what it knows of others: the bundle, and who was recorded here. What waits stays.
  async forget() {
    this.#bundle = null;
    await forget(this.store);
    await this.store.transact(["recent"], "readwrite", (recent) => recent.clear());
  }

  // Calls `listener` after each change, whichever tab made it.
  listen(listener) {
    this.#listeners.add(listener);
  }

  tell() {
    this.#channel?.postMessage("changed");
    for (const listener of this.#listeners) listener();
  }

  close() {
    this.#channel?.close();
    this.#listeners.clear();
    this.store.close();
  }

  #hear(name) {
    if (typeof BroadcastChannel === "undefined") return; // browsers before 2022: each tab looks by itself
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = () => {
      for (const listener of this.#listeners) listener();
    };
    this.#channel.unref?.(); // in the tests
  }
}
