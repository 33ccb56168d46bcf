import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";

import { open } from "./page.js";

const fileOf = (name) => readFile(fileURLToPath(import.meta.resolve(`zxing-wasm/${name}`)));
const READER = await fileOf("reader/zxing_reader.wasm");
await prepareZXingModule({
  overrides: { wasmBinary: await fileOf("writer/zxing_writer.wasm") },
  fireImmediately: true,
});

const MODULE = 4; // pixels
const MARGIN = 4; // modules

// A picture of QR codes beside each other, black on white; none where no text is given.
async function pictureOf(...texts) {
  const codes = [];
  for (const text of texts) codes.push((await writeBarcode(text, { format: "QRCode" })).symbol);
  const side = (Math.max(20, ...codes.map(({ width }) => width)) + 2 * MARGIN) * MODULE;
  const [width, height] = [side * Math.max(1, codes.length), side];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [place, code] of codes.entries()) {
    for (let y = 0; y < code.height * MODULE; y++) {
      for (let x = 0; x < code.width * MODULE; x++) {
        if (code.data[Math.floor(y / MODULE) * code.width + Math.floor(x / MODULE)]) continue;
        const at = ((y + MARGIN * MODULE) * width + x + MARGIN * MODULE + place * side) * 4;
        data.fill(0, at, at + 3);
      }
    }
  }
  return { width, height, data };
}

// The worker in a window of its own, with the decoder's own program; `network` says whether that can be
// fetched.
async function started(network = { up: true }) {
  const answers = new Map();
  const worker = await open("scan-worker", "", {
    path: "/static/built/scan-worker.js",
    answer: () => {
      if (!network.up) throw new TypeError("no network");
      return new Response(READER, { headers: { "Content-Type": "application/wasm" } });
    },
    prepare: (window) => {
      window.WebAssembly = WebAssembly;
      window.postMessage = (answer) => answers.set(answer.id, answer);
    },
  });
  let last = 0;
  worker.read = async (image, hard = true) => {
    const id = ++last;
    await worker.window.onmessage({ data: { id, image, hard } });
    return answers.get(id);
  };
  return worker;
}

test("a pass's code is read quickly, with every letter that is in it", async () => {
  const worker = await started();
  const text = "HC1:NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH-R6IOO6 Nguyễn Thị Ánh";

  assert.deepEqual({ ...(await worker.read(await pictureOf(text), false)) }, { id: 1, text });
  assert.equal(worker.asked[0].address, "https://dancu.test/static/built/zxing_reader.wasm");
});

test("of two codes in one picture one is read, whole", async () => {
  const worker = await started();
  const { text } = await worker.read(await pictureOf("HC1:AN", "HC1:BAY"));

  assert.ok(["HC1:AN", "HC1:BAY"].includes(text), text);
});

test("a picture without a code is no mistake", async () => {
  const worker = await started();
  for (const hard of [false, true]) assert.equal((await worker.read(await pictureOf(), hard)).text, "");
});

test("a code that is covered in part is read or it is not, but never as another text", async () => {
  const worker = await started();
  const image = await pictureOf("HC1:NGUYEN-THI-AN");
  for (let covered = 0; covered < 100; covered += 10) {
    const data = image.data.slice();
    data.fill(255, 0, Math.floor((data.length * covered) / 100));
    const { text } = await worker.read({ ...image, data });
    assert.ok(["HC1:NGUYEN-THI-AN", ""].includes(text), `${covered} %: ${text}`);
  }
});

test("a decoder that could not be fetched is told, and fetched anew with the next picture", async () => {
  const network = { up: false };
  const worker = await started(network);
  assert.match((await worker.read(await pictureOf("HC1:AN"))).error, /network|wasm/i);

  network.up = true;
  assert.equal((await worker.read(await pictureOf("HC1:AN"))).text, "HC1:AN");
});
