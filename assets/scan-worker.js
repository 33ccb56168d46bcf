// Reads QR codes off the page's own thread, so that the picture and the buttons stay alive.
// Takes { id, image, hard } where image is ImageData or a Blob; answers { id, text } or { id, error }.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const decoder = new URL(DECODER, self.location.href).href;
prepareZXingModule({ overrides: { locateFile: () => decoder }, fireImmediately: true }).catch(() => {});

const quick = {
  formats: ["QRCode"],
  maxNumberOfSymbols: 1,
  tryHarder: false,
  tryRotate: false, // a QR code is found by its three corners, whichever way it is held
  tryInvert: false,
  tryDownscale: false,
  textMode: "Plain",
};
const thorough = { ...quick, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, tryDenoise: true };

self.onmessage = async ({ data: { id, image, hard } }) => {
  try {
    const [code] = await readBarcodes(image, hard ? thorough : quick);
    self.postMessage({ id, text: code?.isValid ? code.text : "" });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message || error) });
  }
};
