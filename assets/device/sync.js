// Sends what waits and fetches what changed: one synchronising at a time over all tabs and the service worker.
import { NotUsed, update } from "./bundle.js";
import { NoNetwork, Problem } from "./server.js";

const MOST = 200; // items of one batch
const MOST_UNREAD = 20; // items of one round, where the server reads nothing at all; the others come after
const BUNDLE_EVERY = 5 * 60_000; // ms
export const APP = "checkpoint/1";
const LOCK = "dancu-device-sync";
const UNREADABLE = [400, 413, 422]; // the batch as it is: one of it may be at fault

// Without locks (browsers before 2022) two tabs may send the same: the server counts it once.
const alone = (work) => (navigator.locks ? navigator.locks.request(LOCK, work) : work());

export class Synchroniser {
  #device;
  #going = null;
  #next = null;

  constructor(device) {
    this.#device = device;
  }

  // One exchange with the server: { sent, later }, how many items the server has answered for, and how many it
  // wants again. Called while one goes on it is that one, and another right after it. Raises NoNetwork or
  // Problem; what was not answered still waits.
  once() {
    if (this.#going) {
      this.#next ??= this.#going
        .catch(() => {}) // told to who asked for it
        .then(() => {
          this.#next = null;
          return this.once();
        });
      return this.#next;
    }
    this.#going = alone(() => this.#exchange())
      .catch(async (problem) => {
        await this.#device.keepLease(); // not before: a clock that is wrong is corrected by a contact
        throw problem;
      })
      .finally(() => {
        this.#going = null;
      });
    return this.#going;
  }

  async #exchange() {
    const { store, outbox } = this.#device;
    if (!(await store.get("enrolment"))) return { sent: 0, later: 0 };
    const round = {
      sent: 0,
      postponed: new Set(),
      missing: [],
      most: MOST,
      wipe: false,
      asked: false,
      unread: new Set(),
      isRead: false, // whether the server could read any item
      isTold: false, // whether it was told that nothing waits
    };
    while (!round.asked || (await this.#rest(round))) await this.#batch(round);
    const pictures = await this.#device.pictures.send();
    if (pictures && round.postponed.size) {
      round.postponed = new Set(round.unread);
      while (await this.#rest(round)) await this.#batch(round);
    }
    if (round.wipe) await this.#wipe(round);
    else await this.#bundle();
    const { waiting } = await outbox.state();
    return { sent: round.sent, later: waiting };
  }

  // A device that was cut off forgets its keys and itself when nothing waits any more; until then each later
  // contact tries again. Last it says that nothing waits, so that the server knows.
  async #wipe(round) {
    while (!round.isTold) {
      if ((await this.#device.outbox.state()).waiting) return;
      await this.#batch(round);
    }
    const kept = (await this.#device.outbox.notices()).length;
    if (await this.#device.wipe({ ifSent: true })) await this.#device.store.set({ cutOff: { kept } });
    this.#device.tell();
  }

  // Whether something waits that was not sent in this round.
  async #rest({ postponed, isRead, unread }) {
    if (!isRead && unread.size >= MOST_UNREAD) return false;
    const { waiting } = await this.#device.outbox.state();
    return waiting > 0 && (await this.#device.outbox.batch(1, { except: postponed })).length > 0;
  }

  async #batch(round) {
    const { store, outbox, server, clock } = this.#device;
    const items = await outbox.batch(round.most, { except: round.postponed, missing: round.missing });
    const { made, waiting, oldest } = await outbox.state();
    const moment = (at) => (at === null || at === undefined ? null : new Date(at).toISOString());
    const { made: bundle_at } = (await store.get("bundle")) ?? {};
    const about = { app: APP, made, waiting, oldest: moment(oldest), bundle_at: moment(bundle_at) };
    round.asked = true;
    let answer;
    try {
      answer = await server.signed("POST", "/api/devices/sync", () => ({
        ...about,
        drift: clock.drift,
        items,
      }));
    } catch (problem) {
      if (!(problem instanceof Problem) || !UNREADABLE.includes(problem.status) || !items.length)
        throw problem;
      // Of a batch that cannot be read one half is tried; the one item that remains waits, and the others go on.
      if (items.length === 1) {
        const [{ id }] = items;
        round.postponed.add(id);
        round.unread.add(id);
        if (await outbox.unread(id, problem.told.message ?? "")) this.#device.tell();
      }
      round.most = Math.max(1, Math.floor(items.length / 2));
      return;
    }
    round.most = MOST;
    round.isRead ||= items.length > 0;
    round.isTold = waiting === 0;
    const settled = new Set(await outbox.settle(answer.answers ?? []));
    round.sent += settled.size;
    for (const { id } of items) if (!settled.has(id)) round.postponed.add(id);
    round.missing = answer.missing ?? [];
    round.wipe ||= answer.wipe === true;
    await store.set({ contact: { at: clock.now(), leaseUntil: Date.parse(answer.lease_until) } });
    if (round.wipe) await this.#device.forget();
    this.#device.tell();
  }

  // What the server does not give, or gives with a signature that is not good, leaves what there is.
  async #bundle() {
    const { store, server, clock } = this.#device;
    const asked = (await store.get("bundleAsked")) ?? 0;
    const since = clock.now() - asked;
    if (since >= 0 && since < BUNDLE_EVERY && (await store.get("bundle"))) return;
    try {
      await update(store, server, clock);
      await store.set({ bundleAsked: clock.now(), bundleTrouble: null });
    } catch (error) {
      if (error instanceof NoNetwork) throw error;
      await store.set({ bundleTrouble: error instanceof NotUsed ? error.why : (error.code ?? "failed") });
    }
    this.#device.tell();
  }
}
