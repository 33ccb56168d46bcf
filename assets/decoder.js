// The page's side of scan-worker.js: one worker, questions and answers matched by number.

const start = () => new Worker(new URL(SCAN_WORKER, import.meta.url));
let waiting = null; // a worker that was started before anybody needed it

// Load the decoder when there is nothing else to do: the first scan of a shift is then as quick as the
// second.
export function prepareWhenIdle() {
  const prepare = () => (waiting ??= start());
  const idle = () =>
    window.requestIdleCallback
      ? window.requestIdleCallback(prepare, { timeout: 5_000 })
      : setTimeout(prepare, 1_000);
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
}

export class Decoder {
  #worker = waiting ?? start();
  #asked = new Map();
  #last = 0;

  constructor() {
    waiting = null;
    this.#worker.onmessage = ({ data: { id, text, error } }) => {
      const { resolve, reject } = this.#asked.get(id) || {};
      this.#asked.delete(id);
      if (error) reject?.(new Error(error));
      else resolve?.(text);
    };
    this.#worker.onerror = (event) => this.#failAll(event.message || "the decoder could not be loaded");
  }

  // The text of the QR code in this image (ImageData or Blob), or "" where none is seen.
  read(image, hard = false) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, image, hard }, image.data ? [image.data.buffer] : []);
    });
  }

  close() {
    this.#worker.terminate();
    this.#failAll("closed");
  }

  #failAll(reason) {
    for (const { reject } of this.#asked.values()) reject(new Error(reason));
    this.#asked.clear();
  }
}
