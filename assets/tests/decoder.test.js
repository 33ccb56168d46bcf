import assert from "node:assert/strict";
import { test } from "node:test";

import { open, settled } from "./page.js";

// A page whose workers answer when the test says so.
async function opened() {
  const workers = [];
  const prepare = (window) => {
    window.Worker = class {
      asked = [];

      constructor(address) {
        this.address = String(address);
        workers.push(this);
      }

      postMessage(question) {
        this.asked.push(question);
      }

      terminate() {
        this.ended = true;
      }
    };
  };
  const page = await open("decoder", "", { prepare });
  return { page, workers, Decoder: page.exported.Decoder };
}

const picture = () => ({ data: new Uint8ClampedArray(4) });

// What became of a reading, or "waiting".
function followed(reading) {
  const seen = { of: "waiting" };
  reading.then(
    (text) => {
      seen.of = text;
    },
    (error) => {
      seen.of = `failed: ${error.message}`;
    },
  );
  return seen;
}

test("answers find their question, in whichever order they come", async () => {
  const { workers, Decoder } = await opened();
  const decoder = new Decoder();
  const [first, second] = [followed(decoder.read(picture())), followed(decoder.read(picture(), true))];
  const [worker] = workers;
  assert.match(worker.address, /\/static\/built\/scan-worker\.js$/);
  assert.deepEqual(
    worker.asked.map(({ hard }) => hard),
    [false, true],
  );

  worker.onmessage({ data: { id: worker.asked[1].id, text: "HC1:BAY" } });
  await settled();
  assert.deepEqual([first.of, second.of], ["waiting", "HC1:BAY"]);
  worker.onmessage({ data: { id: worker.asked[0].id, text: "" } });
  await settled();
  assert.equal(first.of, "");
});

test("a picture that cannot be read fails alone", async () => {
  const { workers, Decoder } = await opened();
  const decoder = new Decoder();
  const [torn, good] = [followed(decoder.read(picture())), followed(decoder.read(picture()))];
  const [worker] = workers;
  worker.onmessage({ data: { id: worker.asked[0].id, error: "no image" } });
  worker.onmessage({ data: { id: worker.asked[1].id, text: "HC1:AN" } });
  await settled();

  assert.deepEqual([torn.of, good.of], ["failed: no image", "HC1:AN"]);
});

test("a worker that could not be loaded fails all that wait, so that nobody waits for ever", async () => {
  const { workers, Decoder } = await opened();
  const decoder = new Decoder();
  const readings = [followed(decoder.read(picture())), followed(decoder.read(picture()))];
  workers[0].onerror({});
  await settled();

  assert.deepEqual(
    readings.map(({ of }) => of),
    Array(2).fill("failed: the decoder could not be loaded"),
  );
});

test("a decoder that is closed ends its worker and what waits, and a late answer harms nobody", async () => {
  const { workers, Decoder } = await opened();
  const decoder = new Decoder();
  const reading = followed(decoder.read(picture()));
  decoder.close();
  workers[0].onmessage({ data: { id: workers[0].asked[0].id, text: "HC1:AN" } });
  await settled();

  assert.deepEqual([reading.of, workers[0].ended], ["failed: closed", true]);
});

test("a worker that was started beforehand is used by one decoder; the next one has its own", async () => {
  const { page, workers, Decoder } = await opened();
  page.exported.prepareWhenIdle();
  await page.wait(2);
  assert.equal(workers.length, 1);

  new Decoder();
  assert.equal(workers.length, 1);
  new Decoder();
  assert.equal(workers.length, 2);
});
