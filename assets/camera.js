// A phone's camera: the rear one where there is one, its light, and frames small enough to be read quickly.

// The longest side of the whole frame as it is read, and of the sharp piece from its middle. Measured with a
// code of 300 characters: see docs/figures/server.md.
const WHOLE = 960;
const MIDDLE = 720;

export class Camera {
  #video;
  #stream = null;
  #canvas = document.createElement("canvas");

  constructor(video) {
    this.#video = video;
  }

  // Rejects with the browser's DOMException; its name says why (NotAllowedError, NotFoundError,
  // NotReadableError…).
  async start() {
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    this.stop();
    this.#stream = stream;
    this.#video.srcObject = stream;
    await this.#video.play();
    this.#set({ focusMode: "continuous" });
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
  }

  get running() {
    return this.#track?.readyState === "live";
  }

  get hasLight() {
    return Boolean(this.#track?.getCapabilities?.().torch);
  }

  light(on) {
    return this.#set({ torch: on });
  }

  // The next picture as ImageData: the whole frame made smaller, or (`middle`) its middle as sharp as it is.
  async frame(middle) {
    await this.#nextPicture();
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!this.running || !width) return null;
    const side = Math.min(width, height, MIDDLE);
    const source = middle ? [(width - side) / 2, (height - side) / 2, side, side] : [0, 0, width, height];
    const scale = middle ? 1 : Math.min(1, WHOLE / Math.max(width, height));
    this.#canvas.width = Math.round(source[2] * scale);
    this.#canvas.height = Math.round(source[3] * scale);
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.#video, ...source, 0, 0, this.#canvas.width, this.#canvas.height);
    return context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }

  #set(constraint) {
    const [name] = Object.keys(constraint);
    const able = this.#track?.getCapabilities?.()[name];
    const can = Array.isArray(able) ? able.includes(constraint[name]) : Boolean(able);
    return can ? this.#track.applyConstraints({ advanced: [constraint] }).catch(() => {}) : undefined;
  }

  #nextPicture() {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, 500); // a camera that was taken away sends no more pictures
      const done = () => {
        clearTimeout(late);
        resolve();
      };
      if (this.#video.requestVideoFrameCallback) this.#video.requestVideoFrameCallback(done);
      else requestAnimationFrame(done);
    });
  }
}
