// <div data-scan data-scan-target="#id" data-scan-submit> reads a QR code with the camera or from a picture,
// writes its text into the target and submits the target's form, once. The markup is in kit/camera.html, with
// every message.
//
// A cancelable event "dancu:scanned" (detail.text) goes first: whoever calls preventDefault() handles the
// text instead. With data-scan-goes-on the camera then reads on, one code behind the other.
import { Camera } from "./camera.js";
import { Decoder, prepareWhenIdle } from "./decoder.js";

const PROBLEMS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

// A camera that starts by itself for the next one still sees the code of the last: it counts again only after
// it was out of view for this long, or at once if the officer presses the button.
const GONE = 3_000; // ms
let lastRead = "";

class Scanner {
  #root;
  #camera;
  #decoder = null;
  #done = false;
  #starting = false;
  #unsent = ""; // what was read and could not be sent
  #passedOver = { text: "", at: 0 }; // the code that is not to be read again yet, and when it was seen last

  constructor(root) {
    this.#root = root;
    this.#camera = new Camera(this.#part("video"));
    this.#part("start").addEventListener("click", () => {
      lastRead = "";
      this.start(true);
    });
    this.#part("stop").addEventListener("click", () => this.stop());
    this.#part("light").addEventListener("click", () => this.#toggleLight());
    this.#part("retry").addEventListener("click", () => this.#retry());
    for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
      document.addEventListener(name, ({ detail }) => detail.elt === this.#target?.form && this.#notSent());
    }
    this.#part("picture")?.addEventListener("change", (event) => this.#readPicture(event.target));
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#again());
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
    this.#show({ start: true });
    this.#startIfAllowed();
    if (this.#scansAllDay) prepareWhenIdle();
  }

  async start(pressed = false) {
    if (this.#starting || this.#camera.running || this.#done) return;
    if (!window.isSecureContext) return this.#say("insecure", true);
    if (!navigator.mediaDevices?.getUserMedia) return this.#say("none", true);
    this.#starting = true;
    this.#say("starting");
    try {
      this.#decoder ??= new Decoder(); // loads while the camera wakes up
      await this.#camera.start();
    } catch (error) {
      this.#camera.stop();
      return this.#say(PROBLEMS[error.name] || "failed", true);
    } finally {
      this.#starting = false;
    }
    if (document.hidden) return this.stop();
    this.#passedOver = { text: lastRead, at: Date.now() };
    this.#show({ view: true, stop: true, light: this.#camera.hasLight });
    this.#say("hold");
    // Else the verdict above is being read.
    if (pressed) this.#part("view").scrollIntoView({ block: "nearest" });
    await this.#look();
  }

  stop() {
    this.#camera.stop();
    this.#show({ start: !this.#done });
    if (!this.#done) this.#say("");
  }

  async #look() {
    for (let turn = 0; this.#camera.running && !this.#done; turn++) {
      if (!this.#root.isConnected) return this.#leave(); // htmx has put something else here
      const image = await this.#camera.frame(turn % 2 === 1);
      if (!image) continue;
      try {
        // Every sixth look is a thorough one, for a torn or glossy code.
        const text = await this.#decoder.read(image, turn % 6 === 5);
        if (text && this.#camera.running && !this.#isStillThere(text)) return this.#found(text);
      } catch {
        if (!this.#camera.running) return undefined;
        this.stop();
        this.#decoder.close();
        this.#decoder = null;
        return this.#say("failed", true);
      }
    }
    // The camera was unplugged or taken by another program.
    if (!this.#done && !this.#part("view").hidden) this.stop();
    return undefined;
  }

  #isStillThere(text) {
    const now = Date.now();
    const still = text === this.#passedOver.text && now - this.#passedOver.at < GONE;
    this.#passedOver = still ? { text, at: now } : { text: "", at: 0 };
    const again = this.#goesOn ? "found" : "again"; // among many it is no refusal
    this.#say(still ? again : "hold");
    return still;
  }

  async #readPicture(input) {
    const [file] = input.files;
    if (!file || this.#done) return;
    this.stop();
    this.#say("reading");
    let text = "";
    try {
      this.#decoder ??= new Decoder();
      text = await this.#decoder.read(file, true);
    } catch {
      // An image format this device cannot read: the server may.
    }
    if (text) {
      input.value = ""; // what was read is enough; the picture stays on the device
      this.#found(text);
    } else if (this.#submits) {
      this.#say("sending");
      this.#submit();
    } else {
      this.#say("unread", true);
    }
  }

  #found(text) {
    if (this.#goesOn && this.#camera.running) return this.#foundOneOfMany(text);
    this.#done = true;
    lastRead = text;
    this.#camera.stop();
    this.#show({});
    this.#say("found");
    navigator.vibrate?.(120);
    if (!this.#tell(text)) return this.#again();
    this.#target.value = text;
    this.#target.dispatchEvent(new Event("input", { bubbles: true }));
    this.#target.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.#submits) this.#submit();
    else this.#again();
    return undefined;
  }

  // The camera reads on; nobody is read twice who still stands before it.
  #foundOneOfMany(text) {
    lastRead = text;
    this.#passedOver = { text, at: Date.now() };
    this.#say("found");
    if (!this.#tell(text)) return this.#look();
    this.#target.value = text;
    this.#camera.stop();
    this.#submit();
    return undefined;
  }

  // Whether nobody else handles it.
  #tell(text) {
    const event = new CustomEvent("dancu:scanned", { detail: { text }, bubbles: true, cancelable: true });
    return this.#root.dispatchEvent(event);
  }

  #submit() {
    this.#done = true;
    const { form } = this.#target;
    if (form.requestSubmit) form.requestSubmit();
    else HTMLFormElement.prototype.submit.call(form); // a button named "submit" would hide form.submit
  }

  #again() {
    this.#done = false;
    this.#show({ start: true });
  }

  // The network is gone: what was read is kept for one press, the field is free for a scanner gun, the camera
  // can be used again.
  #notSent() {
    if (!this.#root.isConnected) return;
    this.#unsent = this.#target.value || this.#unsent;
    if (this.#done) this.#target.value = "";
    this.#done = false;
    this.#show({ start: true, retry: Boolean(this.#unsent) });
    this.#say("unsent", true);
  }

  #retry() {
    this.#target.value = this.#unsent;
    this.#submit();
  }

  #leave() {
    this.#camera.stop();
    this.#decoder?.close();
    this.#decoder = null;
    this.#show({ start: true });
  }

  // Someone who scans all day has allowed the camera once: do not make them press a button for every car.
  async #startIfAllowed() {
    if (!this.#scansAllDay || document.hidden) return;
    const permission = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
    if (permission?.state === "granted") this.start();
  }

  async #toggleLight() {
    const button = this.#part("light");
    const on = button.getAttribute("aria-pressed") !== "true";
    await this.#camera.light(on);
    button.setAttribute("aria-pressed", String(on));
  }

  get #target() {
    return document.querySelector(this.#root.dataset.scanTarget);
  }

  get #scansAllDay() {
    return "scanAuto" in this.#root.dataset;
  }

  get #goesOn() {
    return "scanGoesOn" in this.#root.dataset;
  }

  get #submits() {
    return "scanSubmit" in this.#root.dataset;
  }

  #part(name) {
    return this.#root.querySelector(`[data-scan-part="${name}"]`);
  }

  #show({ view = false, start = false, stop = false, light = false, retry = false }) {
    for (const [name, shown] of Object.entries({ view, start, stop, light, retry }))
      this.#part(name).hidden = !shown;
    if (!light) this.#part("light").setAttribute("aria-pressed", "false");
  }

  #say(what, problem = false) {
    const message = this.#part("message");
    message.textContent = what
      ? this.#root.querySelector(`template[data-scan-says="${what}"]`).content.textContent.trim()
      : "";
    message.classList.toggle("dancu-scan__message--problem", problem);
  }
}

const begun = new WeakSet();

function begin(root) {
  for (const place of [root, ...root.querySelectorAll("[data-scan]")]) {
    if (!place.matches?.("[data-scan]") || begun.has(place)) continue;
    begun.add(place);
    new Scanner(place);
  }
}

document.addEventListener("htmx:load", ({ target }) => begin(target));
begin(document);
