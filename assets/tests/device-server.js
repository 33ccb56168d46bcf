// A small server written from docs/devices.md, for tests: it checks signatures, keeps items by their id, and
// loses requests and answers as a test tells it.
import { fromBase64url, sha256, toBase64url, toHex, utf8 } from "../device/bytes.js";
import { digest, signingKey } from "./device-codes.js";
import { passage } from "./device-rules.js";

const MINUTES = 60_000;
const FIVE = 5 * MINUTES;

export class FakeServer {
  code = "7K3M-9QX2";
  place = { kind: "station", id: 12, name: "Cầu Bến Lức" };
  ahead = 0; // ms by which the server's clock differs from the one of this process
  devices = new Map(); // id → JWK
  recorded = new Map(); // id → item
  counted = 0; // how often something was recorded
  made = 0;
  asked = []; // "POST /api/devices/sync", …
  syncs = []; // bodies
  answers = () => "taken"; // of an item that comes for the first time
  loses = () => ""; // "request", "answer" or "" for each request
  wipe = false;
  noShift = ""; // why nobody gets one
  lease = 72 * 60 * MINUTES;
  pictures = new Map(); // hash → { of, bytes }
  tampers = (bundle) => bundle;
  parts = new Map(); // name → { number, entries: Map, log: [[number, key, text]] }
  until = 72 * 60 * MINUTES;

  static async start() {
    const server = new FakeServer();
    server.bundleKey = await signingKey("bundle");
    server.passKey = await signingKey("pass");
    server.change("keys", server.bundleKey.kid, JSON.stringify(server.bundleKey.jwk));
    server.change("keys", server.passKey.kid, JSON.stringify(server.passKey.jwk));
    server.change("withdrawn", "7K3M-9QX2-PF4Y", '"revoked"');
    server.change("ask", "000000", "1");
    server.change("rules", "nothing-remembered", '"green"');
    server.change("rules", "passage", JSON.stringify([[passage()]]));
    server.change("areas", "26740", '["Phường Bến Nghé","Thành phố Hồ Chí Minh"]');
    server.change("areas", "31117", '["Phường Hồng Hà","Hà Nội"]');
    for (const decision of ["through", "secondary", "back"])
      server.change(
        "reasons",
        decision,
        JSON.stringify([["positive", { vi: "Dương tính", en: "Positive" }]]),
      );
    return server;
  }

  get now() {
    return Date.now() + this.ahead;
  }

  change(name, key, text) {
    const part = this.parts.get(name) ?? { number: 0, entries: new Map(), log: [] };
    this.parts.set(name, part);
    part.number += 1;
    if (text === null) part.entries.delete(key);
    else part.entries.set(key, text);
    part.log.push([part.number, key, text]);
  }

  fetch = async (address, { method = "GET", headers = {}, body } = {}) => {
    this.asked.push(`${method} ${address}`);
    const lost = this.loses(`${method} ${address}`);
    if (lost === "request") throw new TypeError("no network");
    const bytes = typeof body === "string" ? utf8(body) : (body ?? new Uint8Array());
    const { status, told, time } = await this.#answer(method, address, headers, bytes);
    if (lost === "answer") throw new TypeError("no network");
    const text = JSON.stringify(told);
    const bears = new Headers(time ? { "Dancu-Time": time } : {});
    return { ok: status < 400, status, headers: bears, json: async () => JSON.parse(text) };
  };

  async #answer(method, address, headers, body) {
    const [path] = address.split("?");
    if (path === "/api/devices/time") return this.#ok({});
    if (path === "/.well-known/dancu-keys.json")
      return this.#ok({ keys: [this.bundleKey.jwk, this.passKey.jwk] });
    if (path === "/api/devices/enrol") return this.#enrol(JSON.parse(new TextDecoder().decode(body)));
    const refusal = await this.#check(method, address, headers, body);
    if (refusal) return refusal;
    if (path === "/api/devices/sync") return this.#sync(JSON.parse(new TextDecoder().decode(body)));
    if (path === "/api/devices/bundle")
      return this.#bundle(new URLSearchParams(address.split("?")[1]).get("have"));
    if (path === "/checkpoint/device/shift/") return this.#shift(headers);
    return this.#picture(method, address, body);
  }

  #ok(told) {
    return { status: 200, told: { server_time: new Date(this.now).toISOString(), ...told } };
  }

  #problem(status, code, more = {}) {
    return { status, told: { title: code, code, ...more } };
  }

  #enrol({ code, public_key }) {
    if (code !== this.code) return this.#problem(404, "no-such-code");
    const id = "01970000-0000-7000-8000-000000000001";
    this.devices.set(id, public_key);
    return this.#ok({ device_id: id, name: "Telephone 3", place: this.place, ...this.#leased() });
  }

  #leased() {
    return { lease_until: new Date(this.now + this.lease).toISOString() };
  }

  async #check(method, address, { Authorization = "" }, body) {
    const [id, at, signature] = Authorization.replace("Dancu-Device ", "").split(":");
    const jwk = this.devices.get(id);
    if (!jwk) return this.#problem(401, "not-this-device");
    const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, [
      "verify",
    ]);
    const text = ["dancu-device-1", method, address, at, toHex(await sha256(body))].join("\n");
    const how = { name: "ECDSA", hash: "SHA-256" };
    if (!(await crypto.subtle.verify(how, key, fromBase64url(signature), utf8(text))))
      return this.#problem(401, "not-this-device");
    if (Math.abs(Number(at) - this.now) <= FIVE) return null;
    return { ...this.#problem(401, "wrong-clock"), time: new Date(this.now).toISOString() };
  }

  #sync(sent) {
    this.syncs.push(sent);
    if (sent.items.some(({ payload }) => payload.unreadable)) return this.#problem(422, "unreadable");
    this.made = Math.max(this.made, sent.made);
    const answers = sent.items.map((item) => this.#take(item));
    return this.#ok({ ...this.#leased(), wipe: this.wipe, missing: this.#missing(), answers });
  }

  #take(item) {
    if (this.recorded.has(item.id)) return { id: item.id, is: "known" };
    const is = this.answers(item);
    if (is === "later") return { id: item.id, is };
    this.counted += 1;
    this.recorded.set(item.id, item);
    return is === "taken" ? { id: item.id, is } : { id: item.id, is, code: "why", message: "because" };
  }

  #missing() {
    const there = new Set([...this.recorded.values()].map(({ counter }) => counter));
    const gone = [];
    for (let counter = 1; counter <= this.made; counter++)
      if (!there.has(counter)) gone.push([counter, counter]);
    return gone.slice(0, 10);
  }

  async #bundle(have) {
    if (this.wipe) return this.#problem(403, "cut-off");
    const numbers = new Map((have ?? "").split(",").map((part) => part.split(".")));
    const parts = {};
    const digests = new Map();
    for (const [name, { number, entries, log }] of this.parts) {
      const from = Number(numbers.get(name) ?? 0);
      const changed = from
        ? log.filter(([at]) => at > from)
        : [...entries].map(([key, text]) => [0, key, text]);
      parts[name] = { from, to: number, entries: changed.map(([, key, text]) => [key, text]) };
      digests.set(name, [number, await digest(entries)]);
    }
    const seconds = Math.floor(this.now / 1000);
    const claims = new Map([
      [4, seconds + this.until / 1000],
      [6, seconds],
      [200, [this.place.kind, this.place.id]],
      [201, digests],
    ]);
    const manifest = toBase64url(await this.bundleKey.sign(claims));
    return { status: 200, told: this.tampers({ manifest, parts }) };
  }

  #shift(headers) {
    if (headers["X-CSRFToken"] !== "token") return this.#problem(403, "csrf");
    if (this.noShift) return this.#problem(409, this.noShift);
    const until = new Date(this.now + 8 * 60 * MINUTES).toISOString();
    return this.#ok({ shift: "shift-1", until, station: { id: 12, name: this.place.name }, direction: "in" });
  }

  async #picture(method, address, body) {
    const [path, query] = address.split("?");
    const hash = path.split("/").pop();
    const there = this.pictures.get(hash) ?? { bytes: new Uint8Array() };
    if (method === "GET") return this.#ok({ have: there.bytes.length });
    const from = Number(new URLSearchParams(query).get("from"));
    const of = Number(new URLSearchParams(query).get("of"));
    if (from === there.bytes.length) there.bytes = Uint8Array.from([...there.bytes, ...body]);
    this.pictures.set(hash, there);
    if (there.bytes.length < of || toHex(await sha256(there.bytes)) === hash)
      return this.#ok({ have: there.bytes.length });
    this.pictures.delete(hash);
    return this.#problem(422, "wrong-hash");
  }
}
