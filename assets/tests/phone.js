// A phone for a test: what its camera can do and sees. Of the browser's own parts it stands in for the
// camera, the canvas and the worker; a picture is decoded 5 ms after it was asked for, 25 pictures come in a
// second.

export class Phone {
  sees = ""; // the text of the code before the camera
  refuses = ""; // the name of what goes wrong when the camera is asked for
  allowed = false; // the camera was allowed to this site before
  can = {}; // the track's capabilities
  size = [1280, 720];
  pictures = true; // a camera that was taken away sends none
  decodes = true; // the decoder could be loaded
  tracks = [];
  workers = [];
  drawn = []; // from where in the picture: [x, y, width, height, …]
  asked = []; // how thoroughly each picture was read

  // Gives all this to a page's window.
  fit = (window) => {
    const phone = this;
    const is = (object, properties) => {
      for (const [name, value] of Object.entries(properties))
        Object.defineProperty(object, name, { configurable: true, writable: true, value });
    };
    is(window, { isSecureContext: true, Worker: this.#worker(window) });
    is(window.navigator, {
      mediaDevices: { getUserMedia: async () => this.#stream(window) },
      permissions: { query: async () => ({ state: this.allowed ? "granted" : "prompt" }) },
    });
    is(window.HTMLVideoElement.prototype, {
      srcObject: null,
      play: async () => {},
      requestVideoFrameCallback: (done) => phone.pictures && window.setTimeout(done, 40),
    });
    for (const [side, name] of ["videoWidth", "videoHeight"].entries())
      Object.defineProperty(window.HTMLVideoElement.prototype, name, {
        configurable: true,
        get: () => phone.size[side],
      });
    window.HTMLCanvasElement.prototype.getContext = () => ({
      drawImage: (_video, ...from) => phone.drawn.push(from),
      getImageData: (_x, _y, width, height) => ({ width, height, data: new Uint8ClampedArray(4) }),
    });
  };

  // The camera runs.
  get isOn() {
    return this.tracks.some(({ readyState }) => readyState === "live");
  }

  unplug() {
    for (const track of this.tracks) track.readyState = "ended";
  }

  #stream(window) {
    if (this.refuses) throw new window.DOMException("", this.refuses);
    const track = {
      readyState: "live",
      applied: [],
      stop: () => {
        track.readyState = "ended";
      },
      getCapabilities: () => this.can,
      applyConstraints: async ({ advanced: [constraint] }) => track.applied.push(constraint),
    };
    this.tracks.push(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  }

  #worker(window) {
    const phone = this;
    return class {
      constructor(address) {
        this.address = String(address);
        this.ended = false;
        phone.workers.push(this);
      }

      postMessage({ id, image, hard }) {
        phone.asked.push({ id, image, hard });
        const { sees: text } = phone;
        const data = phone.decodes ? { id, text } : { id, error: "no decoder" };
        window.setTimeout(() => this.ended || this.onmessage({ data }), 5);
      }

      terminate() {
        this.ended = true;
      }
    };
  }
}
