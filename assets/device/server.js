// The server as a device speaks to it: signed, with an end to waiting, each answer measuring the clock.
import { utf8 } from "./bytes.js";
import { authorization } from "./signing.js";

const LONGEST = 30_000; // ms for one request

// No answer, or a page of somebody else's instead of one, as in a hotel's network.
export class NoNetwork extends Error {}

// The server refused, or failed: `status`, `code` and what the problem says besides.
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail ?? told.title ?? String(status));
    Object.assign(this, { status, code: told.code ?? "", told });
  }
}

export class Server {
  #store;
  #clock;
  #fetch;

  constructor(store, clock, { fetch = (...given) => globalThis.fetch(...given) } = {}) {
    this.#store = store;
    this.#clock = clock;
    this.#fetch = fetch;
  }

  // The answer's JSON. Raises NoNetwork or Problem.
  async ask(method, path, body, headers = {}) {
    const mark = this.#clock.mark();
    const answer = await this.#send(method, path, body, headers);
    const told = await this.#read(answer);
    const time = told.server_time ?? answer.headers.get("Dancu-Time");
    if (time) await this.#clock.learn(time, mark);
    if (!answer.ok) throw new Problem(answer.status, told);
    return told;
  }

  // The same, signed by the device. Where the server finds its clock wrong, it is corrected and tried again;
  // `body` may be a function, which is then asked again.
  async signed(method, path, body, headers = {}) {
    try {
      return await this.#signedOnce(method, path, body, headers);
    } catch (problem) {
      if (problem.code !== "wrong-clock") throw problem;
      return this.#signedOnce(method, path, body, headers);
    }
  }

  async #signedOnce(method, path, maker, headers) {
    const given = typeof maker === "function" ? maker() : maker;
    const body = asBytes(given);
    const { id } = (await this.#store.get("enrolment")) ?? {};
    const at = Math.round(this.#clock.now());
    const Authorization = await authorization(this.#store, id, { method, path, body, at });
    const media = given instanceof Uint8Array ? "application/octet-stream" : "application/json";
    const kind = given === undefined ? {} : { "Content-Type": media };
    return this.ask(method, path, given === undefined ? undefined : body, {
      ...kind,
      ...headers,
      Authorization,
    });
  }

  async #send(method, path, body, headers) {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), LONGEST);
    try {
      // A redirect leads to a sign-in page, which is no answer.
      return await this.#fetch(path, {
        method,
        body,
        headers,
        signal: end.signal,
        redirect: "manual",
        cache: "no-store",
      });
    } catch (error) {
      throw new NoNetwork(error.message);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(answer) {
    try {
      const told = await answer.json();
      if (told && typeof told === "object") return told;
    } catch {
      // no JSON
    }
    if (answer.ok) throw new NoNetwork("another's page");
    return {};
  }
}

function asBytes(body) {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return utf8(typeof body === "string" ? body : JSON.stringify(body));
}
