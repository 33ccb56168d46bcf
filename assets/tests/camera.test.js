import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";
import { Phone } from "./phone.js";

async function started(about = {}) {
  const phone = Object.assign(new Phone(), about);
  const page = await open("camera", "<video></video>", { prepare: phone.fit });
  const camera = new page.exported.Camera(page.find("video"));
  await camera.start();
  return { phone, page, camera };
}

async function frame({ page, camera }, middle) {
  let picture;
  camera.frame(middle).then((taken) => {
    picture = taken;
  });
  await page.wait(0.75);
  return picture;
}

test("a whole picture is made smaller, and its middle is left as sharp as it is", async () => {
  const all = await started();
  const whole = await frame(all, false);
  assert.deepEqual([whole.width, whole.height], [960, 540]);
  const middle = await frame(all, true);
  assert.deepEqual([middle.width, middle.height], [720, 720]);

  assert.deepEqual(all.phone.drawn, [
    [0, 0, 1280, 720, 0, 0, 960, 540],
    [280, 0, 720, 720, 0, 0, 720, 720],
  ]);
});

test("a phone held upright, and a poor camera, are read whole and never made larger", async () => {
  const upright = await frame(await started({ size: [720, 1280] }), false);
  assert.deepEqual([upright.width, upright.height], [540, 960]);

  const poor = await started({ size: [640, 480] });
  const whole = await frame(poor, false);
  assert.deepEqual([whole.width, whole.height], [640, 480]);
  await frame(poor, true);
  assert.deepEqual(poor.phone.drawn[1].slice(0, 4), [80, 0, 480, 480]);
});

test("a camera that sends no pictures, or none yet, holds nobody up", async () => {
  assert.equal(await frame(await started({ size: [0, 0] }), false), null);

  const taken = await started();
  taken.phone.pictures = false;
  taken.phone.unplug();
  assert.equal(await frame(taken, false), null);
  assert.equal(taken.camera.running, false);
});

test("started twice, the first picture of the two is ended", async () => {
  const { phone, camera } = await started();
  await camera.start();

  assert.deepEqual(
    phone.tracks.map(({ readyState }) => readyState),
    ["ended", "live"],
  );
});

test("light and focus are asked only of a camera that has them", async () => {
  const plain = await started();
  await plain.camera.light(true);
  assert.equal(plain.camera.hasLight, false);
  assert.deepEqual(plain.phone.tracks[0].applied, []);

  const good = await started({ can: { torch: true, focusMode: ["manual", "continuous"] } });
  await good.camera.light(true);
  assert.equal(good.camera.hasLight, true);
  assert.equal(JSON.stringify(good.phone.tracks[0].applied), '[{"focusMode":"continuous"},{"torch":true}]');
});

test("a light that does not go on stops no scan", async () => {
  const { phone, camera } = await started({ can: { torch: true } });
  phone.tracks[0].applyConstraints = async () => {
    throw new Error("too hot");
  };

  await camera.light(true);
});
