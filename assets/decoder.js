// The page's side of scan-worker.js: one worker, questions and answers matched by number.

export class Decoder {
  #worker = new Worker(new URL("scan-worker.js", import.meta.url));
  #asked = new Map();
  #last = 0;

  constructor() {
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
