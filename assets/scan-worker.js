// Reads QR codes off the page's own thread, so that the picture and the buttons stay alive.
// Takes { id, image, hard } where image is ImageData or a Blob; answers { id, text } or { id, error }.
import { prepareZXingModule, purgeZXingModule, readBarcodes } from "zxing-wasm/reader";

const decoder = new URL(DECODER, self.location.href).href;
const prepare = () => prepareZXingModule({ overrides: { locateFile: () => decoder }, fireImmediately: true });
let ready = prepare();
ready.catch(() => {}); // told to whoever asks for a reading

// The decoder; fetched anew where an earlier try failed because the network was away.
async function loaded() {
  try {
    return await ready;
  } catch {
    purgeZXingModule();
    ready = prepare();
    return ready;
  }
}

const quick = {
  formats: ["QRCode"],
  maxNumberOfSymbols: 1,
  tryHarder: false,
  tryRotate: false, // a QR code is found by its three corners, whichever way it is held
  tryInvert: false,
  tryDownscale: false,
  textMode: "Plain",
};
const thorough = {
  ...quick,
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: true,
};

self.onmessage = async ({ data: { id, image, hard } }) => {
  try {
    await loaded();
    const [code] = await readBarcodes(image, hard ? thorough : quick);
    self.postMessage({ id, text: code?.isValid ? code.text : "" });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message || error) });
  }
};
